// Highlights in the text by the CSS Custom Highlight API: ranges, no change of the page, any number that overlap.
// A hue has three depths, so that text with two codings of one branch is darker than text with one.

import { HUES, hueOf } from "./colours.js";
import { partIn, rangeOf, rangesOf } from "./offsets.js";

const DEPTHS = 3;
const isAble = typeof Highlight !== "undefined" && "highlights" in CSS;
const highlights = new Map();
const painted = new Map(); // turn -> [[highlight, range], …]

export function start() {
  if (!isAble) return; // stripes still show everything
  const names = [];
  for (let hue = 0; hue < HUES; hue++) for (let depth = 1; depth <= DEPTHS; depth++) names.push(`hue${hue}-${depth}`);
  names.push("coded", "kept", "hovered", "current");
  names.forEach((name, priority) => {
    const highlight = new Highlight();
    highlight.priority = priority;
    highlights.set(name, highlight);
    CSS.highlights.set(name, highlight);
  });
}

/** Paint the codings of one turn, in place of what was painted there. */
export function paintTurn(index, codings) {
  clearTurn(index);
  if (!isAble || !codings.length) return;
  const parts = new Map(); // hue -> [{from, to}]
  const all = [];
  for (const coding of codings) {
    const part = partIn(index, coding.start, coding.end);
    if (!part) continue;
    const hue = hueOf(coding.code);
    if (!parts.has(hue)) parts.set(hue, []);
    parts.get(hue).push(part);
    all.push(part);
  }
  const ranges = [];
  const add = (name, { from, to }) => {
    const range = rangeOf({ turn: index, from, to });
    highlights.get(name).add(range);
    ranges.push([highlights.get(name), range]);
  };
  for (const [hue, some] of parts) {
    layers(some, DEPTHS).forEach((pieces, at) => pieces.forEach((piece) => add(`hue${hue}-${at + 1}`, piece)));
  }
  for (const piece of layers(all, 1)[0]) add("coded", piece);
  painted.set(index, ranges);
}

export function clearTurn(index) {
  for (const [highlight, range] of painted.get(index) ?? []) highlight.delete(range);
  painted.delete(index);
}

/** Paint one thing over the text: the coding pointed at, the current one, the selection. */
export function paintSpan(name, span) {
  const highlight = highlights.get(name);
  if (!highlight) return;
  highlight.clear();
  if (span) for (const range of rangesOf(span.start, span.end)) highlight.add(range);
}

/** Return, for every depth from 1, the pieces that at least so many parts cover, joined where they touch. */
export function layers(parts, depths) {
  const events = parts.flatMap(({ from, to }) => [[from, 1], [to, -1]]);
  events.sort(([one, isStart], [other, isOther]) => one - other || isOther - isStart); // starts first: pieces that touch join
  const found = Array.from({ length: depths }, () => []);
  const open = [];
  let count = 0;
  for (const [at, by] of events) {
    if (by > 0) {
      count++;
      if (count <= depths) open[count - 1] = at;
    } else {
      if (count <= depths && open[count - 1] < at) found[count - 1].push({ from: open[count - 1], to: at });
      count--;
    }
  }
  return found;
}
