// The one table of shortcuts, and what turns a key into a command. The help sheet is made from the table.

import { run } from "./commands.js";
import { getPref } from "./prefs.js";
import { state } from "./state.js";

const NINE = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];

/**
 * keys: as `name` below writes them. where: "transcript" (the focus is on a turn or a stripe), "review" (there and in the
 * panel of suggestions, while one is decided on, and before "transcript") or "everywhere" (outside text fields). A plain character is never "everywhere".
 * passKey: the command gets the key. group: heading on the help sheet.
 */
export const SHORTCUTS = [
  { group: "Move", where: "transcript", keys: ["ArrowDown", "j"], command: "turn.next", text: "Next turn" },
  { group: "Move", where: "transcript", keys: ["ArrowUp", "k"], command: "turn.previous", text: "Previous turn" },
  { group: "Move", where: "transcript", keys: ["ArrowRight"], command: "sentence.next", text: "Select the next sentence" },
  { group: "Move", where: "transcript", keys: ["ArrowLeft"], command: "sentence.previous", text: "Select the previous sentence" },
  { group: "Move", where: "transcript", keys: ["n"], command: "uncoded.next", text: "Next turn that you have not coded" },
  { group: "Move", where: "transcript", keys: ["Shift+N"], command: "uncoded.previous", text: "Previous turn that you have not coded" },
  { group: "Move", where: "transcript", keys: ["g"], command: "coding.next", text: "Next coding of this code" },
  { group: "Move", where: "transcript", keys: ["Shift+G"], command: "coding.previous", text: "Previous coding of this code" },
  { group: "Move", where: "transcript", keys: ["o"], command: "coding.here", text: "Go through the codings of this turn" },
  { group: "Move", where: "transcript", keys: [">"], command: "transcript.next", text: "Next transcript" },
  { group: "Move", where: "transcript", keys: ["<"], command: "transcript.previous", text: "Previous transcript" },
  { group: "Move", where: "transcript", keys: ["/"], command: "search.open", text: "Find in transcripts" },

  { group: "Select", where: "transcript", keys: ["Shift+ArrowRight"], command: "select.growWord", text: "One word longer" },
  { group: "Select", where: "transcript", keys: ["Shift+ArrowLeft"], command: "select.shrinkWord", text: "One word shorter" },
  { group: "Select", where: "transcript", keys: ["."], command: "select.growSentence", text: "One sentence longer" },
  { group: "Select", where: "transcript", keys: [","], command: "select.shrinkSentence", text: "One sentence shorter" },
  { group: "Select", where: "transcript", keys: ["Shift+ArrowDown"], command: "select.growTurn", text: "To the end of the turn, then of the next" },
  { group: "Select", where: "transcript", keys: ["Shift+ArrowUp"], command: "select.shrinkTurn", text: "One turn shorter" },
  { group: "Select", where: "transcript", keys: ["["], command: "select.startBack", text: "Begin one word earlier" },
  { group: "Select", where: "transcript", keys: ["]"], command: "select.startForward", text: "Begin one word later" },
  { group: "Select", where: "transcript", keys: ["Escape"], command: "select.drop", text: "Select nothing" },

  { group: "Code", where: "transcript", keys: NINE, command: "code.pinned", passKey: true, text: "Apply the pinned code of this number" },
  { group: "Code", where: "transcript", keys: ["c", "Enter"], command: "code.pick", text: "Choose a code and apply it" },
  { group: "Code", where: "transcript", keys: ["r"], command: "code.repeat", text: "Apply the last code again" },
  { group: "Code", where: "transcript", keys: ["i"], command: "code.inVivo", text: "New code named by the selected words" },
  { group: "Code", where: "transcript", keys: ["b"], command: "code.create", text: "New code" },
  { group: "Code", where: "transcript", keys: ["v"], command: "coding.valence", text: "Valence of the coding: none, +, −, mixed, neutral" },
  { group: "Code", where: "transcript", keys: ["m"], command: "coding.memo", text: "Memo of the coding" },
  { group: "Code", where: "transcript", keys: ["w"], command: "coding.resize", text: "Give the coding the selected words" },
  { group: "Code", where: "transcript", keys: ["Shift+C"], command: "coding.recode", text: "Give the coding another code" },
  { group: "Code", where: "transcript", keys: ["x", "Delete"], command: "coding.remove", text: "Remove the coding" },
  { group: "Code", where: "transcript", keys: ["u"], command: "edit.undo", text: "Undo" },
  { group: "Code", where: "transcript", keys: ["Shift+U"], command: "edit.redo", text: "Redo" },
  { group: "Code", where: "everywhere", keys: ["Ctrl+Z"], command: "edit.undo", text: "Undo" },
  { group: "Code", where: "everywhere", keys: ["Ctrl+Shift+Z"], command: "edit.redo", text: "Redo" },

  { group: "See", where: "transcript", keys: ["d"], command: "view.dim", text: "Dim what is not coded" },
  { group: "See", where: "transcript", keys: ["l"], command: "view.layers", text: "Show or hide coders" },
  { group: "See", where: "transcript", keys: ["s"], command: "review.toggle", text: "Review suggestions" },
  { group: "See", where: "transcript", keys: ["?"], command: "help.open", text: "This sheet" },

  { group: "Review", where: "review", keys: ["a"], command: "review.accept", text: "Accept the suggestion" },
  { group: "Review", where: "review", keys: ["x"], command: "review.reject", text: "Reject it" },
  { group: "Review", where: "review", keys: ["o"], command: "review.other", text: "Accept it with another code" },
  { group: "Review", where: "review", keys: ["+", "="], command: "review.grow", text: "Its span one word longer" },
  { group: "Review", where: "review", keys: ["-", "_"], command: "review.shrink", text: "Its span one word shorter" },
  { group: "Review", where: "review", keys: ["["], command: "review.startBack", text: "Its span begins one word earlier" },
  { group: "Review", where: "review", keys: ["]"], command: "review.startForward", text: "Its span begins one word later" },
  { group: "Review", where: "review", keys: ["0"], command: "review.reset", text: "Back to the suggested span" },
  { group: "Review", where: "review", keys: ["v"], command: "review.valence", text: "Valence of the coding that it becomes" },
  { group: "Review", where: "review", keys: ["m"], command: "review.memo", text: "Memo of the coding that it becomes" },
  { group: "Review", where: "review", keys: ["k"], command: "review.skip", text: "Skip it: leave it for later" },
  { group: "Review", where: "review", keys: ["e"], command: "review.evidence", text: "Why it is suggested" },
  { group: "Review", where: "review", keys: ["Escape"], command: "review.end", text: "End the review" },
];

/** The name of a key event: "j", "?", "Shift+U", "Ctrl+Z" (also for Command), "Shift+ArrowDown". */
export function name(event) {
  const isLetter = /^\p{L}$/u.test(event.key);
  const isCtrl = event.ctrlKey || event.metaKey;
  // Caps Lock is no Shift; and in a combination a letter is written large.
  const key = isLetter && (event.shiftKey || isCtrl || event.altKey) ? event.key.toUpperCase() : isLetter ? event.key.toLowerCase() : event.key;
  const hasShift = event.shiftKey && (isLetter || key.length > 1); // the Shift that makes a "?" is part of it
  return `${isCtrl ? "Ctrl+" : ""}${event.altKey ? "Alt+" : ""}${hasShift ? "Shift+" : ""}${key}`;
}

/** The shortcut that a key means at an element, or undefined. */
export function find(key, element) {
  const isText = element.closest?.("input, textarea, select, [contenteditable]");
  const isDialog = document.querySelector("dialog[open]:modal");
  if (isText || isDialog) return undefined;
  // A turn or one of its stripes; in the panels every letter stays what the browser makes of it.
  const isTranscript = element.closest?.("#turns") && getPref("shortcuts");
  const isDeciding = (state.isReviewing || state.currentSuggestion) && element.closest?.("#turns, #suggestions") && getPref("shortcuts");
  const places = [...(isDeciding ? ["review"] : []), ...(isTranscript ? ["transcript"] : []), "everywhere"];
  for (const place of places) {
    const found = SHORTCUTS.find((one) => one.where === place && one.keys.includes(key));
    if (found) return found;
  }
  return undefined;
}

export function start() {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing) return;
    const key = name(event);
    const isButton = event.target.closest?.("button, a, summary");
    if (isButton && (key === "Enter" || key === " ")) return; // these press the button
    const shortcut = find(key, event.target);
    if (!shortcut) return;
    event.preventDefault();
    run(shortcut.command, ...(shortcut.passKey ? [key] : []));
  });
}
