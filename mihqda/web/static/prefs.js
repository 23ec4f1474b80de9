// What this browser remembers of how a person likes to work. Nothing of what was said is kept here, and of codes no more than ids.

import { set, state } from "./state.js";

const DEFAULTS = { textSize: 100, theme: "auto", shortcuts: true, panels: ["codebook", "inspector"], pinned: {}, last: {} };
export const TEXT_SIZES = [85, 100, 115, 130, 150, 175];
export const THEMES = [
  ["auto", "As the system"],
  ["light", "Light"],
  ["dark", "Dark"],
];

let prefs = { ...DEFAULTS, ...load() };

function load() {
  try {
    const found = JSON.parse(localStorage.getItem("mihqda.prefs") ?? "{}");
    return typeof found === "object" && found !== null ? found : {};
  } catch {
    return {}; // no storage, or not ours: the defaults serve
  }
}

/** What this browser remembers under a name. */
export const getPref = (name, otherwise) => prefs[name] ?? otherwise;

/** Remember something, and put it into effect. */
export function setPref(name, value) {
  keep(name, value);
  applyPrefs();
}

function keep(name, value) {
  prefs = { ...prefs, ...load(), [name]: value }; // another tab may have changed the others
  try {
    localStorage.setItem("mihqda.prefs", JSON.stringify(prefs));
  } catch {
    // not remembered, but it holds on this page
  }
}

/** Put text size, theme and the person's codes into effect. */
export function applyPrefs() {
  const root = document.documentElement;
  root.dataset.theme = prefs.theme;
  root.dataset.textSize = prefs.textSize;
  // What was applied on this page comes before what another tab applied last.
  set({ prefs, pinned: prefs.pinned[workKey()] ?? [], lastCode: state.lastCode ?? prefs.last[workKey()] ?? null });
}

// Pinned codes and the last one are of a study and a coder.
// Of the pinned there is a list of nine ids, null where a number is free.

const workKey = () => JSON.stringify([state.study, state.coder]);

/** Remember the code that was applied last, {id, valence}, for other transcripts and the next time. */
export function rememberLast(lastCode) {
  set({ lastCode });
  const before = prefs.last[workKey()];
  if (before?.id !== lastCode.id || before.valence !== lastCode.valence) keep("last", { ...load().last, [workKey()]: lastCode });
}

/** Put a code under a number from 1 to 9, or take it from its number with null. */
export function pin(code, number) {
  const before = state.pinned;
  const after = Array.from({ length: 9 }, (_, at) => (before[at] === code ? null : (before[at] ?? null)));
  if (number !== null) {
    const other = after[number - 1];
    const place = before.indexOf(code);
    if (other && place >= 0) after[place] = other; // the two change places
    after[number - 1] = code;
  }
  setPref("pinned", { ...prefs.pinned, [workKey()]: after });
}

/** Return the first number that has no code, or null. */
export function freeNumber() {
  const at = Array.from({ length: 9 }, (_, place) => state.pinned[place] ?? null).indexOf(null);
  return at < 0 ? null : at + 1;
}

addEventListener("storage", (event) => {
  if (event.key !== "mihqda.prefs") return;
  prefs = { ...DEFAULTS, ...load() };
  applyPrefs();
});
