// The help sheet: every shortcut, from the one table in keys.js. As a dialog on the coding screen, and as a page.

import { register } from "./commands.js";
import { make, makeDialog, openDialog } from "./dom.js";
import { SHORTCUTS } from "./keys.js";
import { state } from "./state.js";

const SIGNS = {
  ArrowDown: ["↓", "Down"],
  ArrowUp: ["↑", "Up"],
  ArrowLeft: ["←", "Left"],
  ArrowRight: ["→", "Right"],
  Escape: ["Esc", "Escape"],
  Delete: ["Del", "Delete"],
};
const NOTES = {
  Review: "While you review suggestions, or after you clicked one in the margin; these go before the others. What you select there becomes its span.",
};

let dialog;

export function start() {
  register("help.open", () => {
    dialog ??= makeDialog("help", "Keyboard", makeIntro(), makeSheet());
    openDialog(dialog, { home: state.turns[state.currentTurn]?.element });
  });
}

function makeIntro() {
  return make("p", {
    class: "hint",
    text: "Single keys work while the focus is in the transcript, never in text fields or panels; they can be switched off under View.",
  });
}

/** Make the sheet: a table of keys for each group. */
export function makeSheet() {
  const groups = new Map();
  for (const one of SHORTCUTS) groups.set(one.group, [...(groups.get(one.group) ?? []), one]);
  return make("div", { class: "sheet" }, ...[...groups].map(([group, rows]) => makeGroup(group, rows)));
}

function makeGroup(group, rows) {
  const merged = new Map(); // one line per thing to do, whatever its places
  for (const row of rows) merged.set(row.text, [...(merged.get(row.text) ?? []), ...row.keys]);
  return make(
    "section",
    {},
    make("h3", { text: group }),
    NOTES[group] ? make("p", { class: "hint", text: NOTES[group] }) : null,
    make(
      "table",
      {},
      make(
        "tbody",
        {},
        ...[...merged].map(([text, keys]) => make("tr", {}, make("td", {}, ...makeKeys(keys)), make("th", { scope: "row", text }))),
      ),
    ),
  );
}

function makeKeys(keys) {
  const isNine = keys.length === 9;
  const shown = isNine ? [keys[0], keys[8]] : keys;
  return shown.flatMap((key, at) => [at ? (isNine ? " to " : " or ") : null, makeCombination(key)]);
}

function makeCombination(key) {
  const parts = key.split(/(?<=.)\+(?=.)/); // "Shift+U", but not "+"
  return make("span", { class: "keys" }, ...parts.flatMap((part, at) => [at ? "+" : null, makeKey(part)]));
}

function makeKey(part) {
  const [sign, spoken] = SIGNS[part] ?? [part, null];
  return make("kbd", { "aria-label": spoken, text: sign });
}

// The page /help has a place for the sheet.
const place = document.getElementById("help-sheet");
if (place) place.replaceChildren(makeSheet());
