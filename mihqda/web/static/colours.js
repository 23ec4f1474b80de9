// How codes and coders look: a hue for a code's branch of the tree, and for a coder a mark that is no colour.

import { on, state } from "./state.js";

export const HUES = 8; // as many as app.css defines
const LINES = ["solid", "dashed", "double", "dotted"]; // kinds of bar, of app.css

let hues = new Map(); // code -> hue

// What stands below the same code of the second level has the same hue.
function rank() {
  const branchOf = (id) => {
    const above = [];
    for (let code = state.codes.get(id); code && above.length < 20; code = state.codes.get(code.parent)) above.unshift(code.id);
    return above[Math.min(1, above.length - 1)];
  };
  const places = new Map();
  hues = new Map();
  for (const id of state.codes.keys()) {
    const branch = branchOf(id);
    if (!places.has(branch)) places.set(branch, places.size % HUES);
    hues.set(id, places.get(branch));
  }
}

/** Return the hue of a code: 0 to HUES - 1. */
export const hueOf = (code) => hues.get(code) ?? 0;

let marks = new Map(); // coder -> {initials, line}

function mark() {
  const coders = [...new Set([...state.codings.values()].map((one) => one.coder))].sort();
  if (state.coder && !coders.includes(state.coder)) coders.push(state.coder);
  const others = coders.filter((one) => one !== state.coder);
  marks = new Map(
    coders.map((coder) => [
      coder,
      { initials: initialsOf(coder, coders), line: coder === state.coder ? LINES[0] : LINES[1 + (others.indexOf(coder) % 3)] },
    ]),
  );
}

// The fewest first letters that tell a coder from the others.
function initialsOf(coder, coders) {
  const letters = [...coder];
  let length = 1;
  const isShared = (beginning) =>
    coders.some((other) => other !== coder && other.toLowerCase().startsWith(beginning.toLowerCase()));
  while (length < letters.length && length < 4 && isShared(letters.slice(0, length).join(""))) length++;
  return letters.slice(0, length).join("").toUpperCase();
}

/** Return a coder's initials and kind of line. */
export const markOf = (coder) => marks.get(coder) ?? { initials: initialsOf(coder, []), line: LINES[1] };

/** The coders of this transcript, in order. */
export const codersHere = () => [...marks.keys()];

export function start() {
  on("codes", rank);
  on("codings", mark);
  rank();
  mark();
}
