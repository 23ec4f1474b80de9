// The one place where code points, UTF-16 and DOM points meet. On the server and in `state` a position counts the code
// points of the transcript's text; JavaScript and the DOM count UTF-16 units, of which an emoji takes two.
// A turn's speech is one text node; what lies between the speeches (labels, blank lines) has positions but is not shown.

import { state } from "./state.js";

/** Return how many UTF-16 units the first `points` code points of a text take. */
export function toUnits(text, points) {
  let unit = 0;
  for (let point = 0; point < points && unit < text.length; point++) unit += isPair(text, unit) ? 2 : 1;
  return unit;
}

/** Return how many code points the first `units` UTF-16 units of a text hold; half a pair counts as none. */
export function toPoints(text, units) {
  let point = 0;
  for (let unit = 0; unit < Math.min(units, text.length); point++) {
    unit += isPair(text, unit) ? 2 : 1;
    if (unit > units) break;
  }
  return point;
}

function isPair(text, unit) {
  const high = text.charCodeAt(unit);
  if (high < 0xd800 || high > 0xdbff || unit + 1 >= text.length) return false;
  const low = text.charCodeAt(unit + 1);
  return low >= 0xdc00 && low <= 0xdfff;
}

/** Read the turns from the page: in order, each with its span, its element and the text node of its speech. */
export function readTurns(list) {
  return Array.from(list.querySelectorAll(".turn"), (element, n) => {
    const { start, end, kind } = element.dataset;
    const speech = element.querySelector(".speech").firstChild;
    return {
      n,
      start: +start,
      end: +end,
      kind,
      isBackchannel: element.classList.contains("backchannel"),
      isPlain: speech.length === end - start, // no pairs: units are points
      element,
      speech,
    };
  });
}

const unitsIn = (turn, position) =>
  turn.isPlain ? position - turn.start : toUnits(turn.speech.data, position - turn.start);

/** Return the position of a place in a turn's text node, given in UTF-16 units. */
export const positionAt = (index, units) => positionIn(state.turns[index], units);

const positionIn = (turn, units) => turn.start + (turn.isPlain ? units : toPoints(turn.speech.data, units));

/** Return the index of the first turn that ends after a position; the number of turns if none does. */
export function turnAfter(position) {
  let low = 0;
  let high = state.turns.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (state.turns[middle].end > position) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Return the index of the turn at a position, or of the nearest after it, or of the last; -1 without turns. */
export function turnAt(position) {
  return Math.min(turnAfter(position), state.turns.length - 1);
}

/** Return the parts of a span that are shown: [{turn (index), from, to}] in UTF-16 units of the turns' text nodes. */
export function partsOf(start, end) {
  const parts = [];
  for (let index = turnAfter(start); index < state.turns.length && state.turns[index].start < end; index++) {
    const part = partIn(index, start, end);
    if (part) parts.push(part);
  }
  return parts;
}

/** Return the part of a span in one turn, or null. */
export function partIn(index, start, end) {
  const turn = state.turns[index];
  const from = unitsIn(turn, Math.max(start, turn.start));
  const to = unitsIn(turn, Math.min(end, turn.end));
  return from < to ? { turn: index, from, to } : null;
}

/** Return the range of a part: static, so that changes of the page cost nothing. */
export function rangeOf({ turn, from, to }) {
  const node = state.turns[turn].speech;
  return new StaticRange({ startContainer: node, startOffset: from, endContainer: node, endOffset: to });
}

/** Return static ranges of what is shown of a span, one per turn. */
export const rangesOf = (start, end) => partsOf(start, end).map(rangeOf);

/** Return the DOM points of a span as [node, offset, node, offset], or null if nothing of it is shown. */
export function pointsOf(start, end) {
  const parts = partsOf(start, end);
  if (!parts.length) return null;
  const [first, last] = [parts[0], parts.at(-1)];
  return [state.turns[first.turn].speech, first.from, state.turns[last.turn].speech, last.to];
}

/** Return what is shown of a span as text, turns apart by a space. */
export function textOf(start, end) {
  return partsOf(start, end)
    .map(({ turn, from, to }) => state.turns[turn].speech.data.slice(from, to))
    .join(" ");
}

/**
 * Return the span that a DOM range covers, without white space at its ends, or null if it covers no speech.
 * Its ends may lie anywhere: a triple click ends in the next turn's label, "select all" in the body.
 */
export function spanOf(range) {
  let first = firstTurnFrom(range.startContainer, range.startOffset);
  let last = lastTurnTo(range.endContainer, range.endOffset);
  if (!first || !last) return null;
  let { index, units } = first;
  let { index: lastIndex, units: lastUnits } = last;
  // White space at the ends says nothing and is easily caught by a mouse.
  const { turns } = state;
  while (index <= lastIndex) {
    const text = turns[index].speech.data.slice(units, index === lastIndex ? lastUnits : undefined);
    const lead = text.length - text.trimStart().length;
    if (lead < text.length) {
      units += lead;
      break;
    }
    index++;
    units = 0;
  }
  while (lastIndex >= index) {
    const from = lastIndex === index ? units : 0;
    const text = turns[lastIndex].speech.data.slice(from, lastUnits);
    const kept = text.trimEnd().length;
    if (kept) {
      lastUnits = from + kept;
      break;
    }
    lastIndex--;
    lastUnits = turns[lastIndex]?.speech.length;
  }
  if (index > lastIndex) return null;
  const start = positionIn(turns[index], units);
  const end = positionIn(turns[lastIndex], outward(turns[lastIndex].speech.data, lastUnits));
  return start < end ? { start, end } : null;
}

// An end within a pair is moved behind it: half a character cannot be coded.
function outward(text, units) {
  return units > 0 && units < text.length && isPair(text, units - 1) ? units + 1 : units;
}

function firstTurnFrom(node, offset) {
  const { turns } = state;
  // The first turn whose speech does not end before the point.
  const index = search((turn) => compare(node, offset, turn.speech, turn.speech.length) < 0);
  if (index === turns.length) return null;
  return { index, units: node === turns[index].speech ? offset : 0 };
}

function lastTurnTo(node, offset) {
  const { turns } = state;
  // The last turn whose speech begins before the point.
  const index = search((turn) => compare(node, offset, turn.speech, 0) <= 0) - 1;
  if (index < 0) return null;
  return { index, units: node === turns[index].speech ? offset : turns[index].speech.length };
}

function search(isReached) {
  let low = 0;
  let high = state.turns.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isReached(state.turns[middle])) high = middle;
    else low = middle + 1;
  }
  return low;
}

// Where a point lies to another: negative before, positive after.
function compare(node, offset, other, otherOffset) {
  if (node === other) return offset - otherOffset;
  const range = document.createRange();
  range.setStart(other, otherOffset);
  return range.comparePoint(node, offset);
}

const segmenters = new Map(); // "language granularity" -> Intl.Segmenter

/**
 * Cut a text into words ("word") or sentences ("sentence"): [{from, to}] in units, without white space. A mark goes with
 * the word that it touches: a full stop with the one before, an opening quote with the one after.
 */
export function cut(text, granularity, language = "") {
  const key = `${language} ${granularity}`;
  if (!segmenters.has(key)) segmenters.set(key, new Intl.Segmenter(language || undefined, { granularity }));
  const pieces = [];
  let isOpen = false; // the last piece has marks only, and the next word belongs to it
  for (const { segment, index, isWordLike } of segmenters.get(key).segment(text)) {
    const body = segment.trim();
    if (!body) continue;
    const from = index + segment.indexOf(body);
    const to = from + body.length;
    const last = pieces.at(-1);
    const touches = granularity === "word" && last?.to === from;
    if (touches && (isOpen || !isWordLike)) last.to = to;
    else pieces.push({ from, to });
    isOpen = granularity === "word" && !isWordLike && (isOpen || !touches);
  }
  return pieces;
}

/** Return the words or sentences of a turn as spans in code points. */
export function piecesOf(index, granularity) {
  const turn = state.turns[index];
  const text = turn.speech.data;
  let [unit, position] = [0, turn.start];
  const reach = (units) => {
    position += toPoints(text.slice(unit, units), units - unit);
    unit = units;
    return position;
  };
  return cut(text, granularity, turn.element.closest("[lang]")?.lang).map(({ from, to }) => ({
    start: reach(from),
    end: reach(to),
  }));
}
