// Where the reader is and what she has selected: by mouse exactly as she drew it, by keyboard in words, sentences and
// turns. The selection is the browser's own, so that a screen reader hears it and "copy" copies it.

import { announce } from "./announce.js";
import { settle } from "./api.js";
import { register } from "./commands.js";
import { piecesOf, pointsOf, spanOf, textOf, turnAfter, turnAt } from "./offsets.js";
import { on, set, state } from "./state.js";

const list = () => document.getElementById("turns");

// ---- the browser's selection -> state.selection

let isWaiting = false;

function readSoon() {
  if (isWaiting) return;
  isWaiting = true;
  requestAnimationFrame(() => {
    isWaiting = false;
    read();
  });
}

// A selection elsewhere (a search field, a definition) leaves the one in the transcript as it is.
function read() {
  const chosen = getSelection();
  if (!chosen.rangeCount || !list().contains(chosen.anchorNode)) return;
  keep(chosen.isCollapsed ? null : spanOf(chosen.getRangeAt(0)));
}

function keep(span) {
  const before = state.selection;
  if (span?.start === before?.start && span?.end === before?.end) return;
  set({ selection: span });
}

/** Select a span, or nothing. */
export function select(span) {
  const chosen = getSelection();
  const points = span && pointsOf(span.start, span.end);
  if (points) {
    chosen.setBaseAndExtent(...points);
    keep(spanOf(chosen.getRangeAt(0)));
  } else {
    if (list().contains(chosen.anchorNode)) chosen.removeAllRanges();
    keep(null);
  }
}

// ---- the current turn: the one that Tab comes to

/** Make a turn the current one; with `focus`, go there. */
export function goTo(index, { focus = true } = {}) {
  const turn = state.turns[index];
  if (!turn) return;
  const before = state.turns[state.currentTurn];
  if (before) before.element.tabIndex = -1;
  turn.element.tabIndex = 0;
  if (index !== state.currentTurn) set({ currentTurn: index });
  if (!focus) return;
  turn.element.focus({ preventScroll: true });
  const room = innerHeight * 0.7;
  turn.element.scrollIntoView({ block: turn.element.offsetHeight > room ? "start" : "nearest" });
}

/** Scroll until a place in the text is on the screen. */
export function reveal(position) {
  const points = pointsOf(position, position + 1);
  if (!points) return;
  const range = document.createRange();
  range.setStart(points[0], points[1]);
  range.setEnd(points[2], points[3]);
  const box = range.getBoundingClientRect();
  const head = document.getElementById("top")?.getBoundingClientRect().bottom ?? 0;
  const foot = innerHeight - 80;
  if (box.top < head + 8) scrollBy(0, box.top - head - 40);
  else if (box.bottom > foot) scrollBy(0, box.bottom - foot + 40);
}

function step(by) {
  const index = state.currentTurn + by;
  if (index < 0 || index >= state.turns.length) {
    announce(by > 0 ? "The last turn" : "The first turn");
    return;
  }
  select(null);
  goTo(index);
}

// ---- by keyboard

/** The first word or sentence whose start (or end) lies after a position. */
function pieceAfter(granularity, edge, position) {
  for (let index = turnAfter(position); index < state.turns.length; index++) {
    const found = piecesOf(index, granularity).find((piece) => piece[edge] > position);
    if (found) return { ...found, index };
  }
  return null;
}

/** The last one whose start (or end) lies before a position. */
function pieceBefore(granularity, edge, position) {
  for (let index = turnAt(position); index >= 0; index--) {
    const found = piecesOf(index, granularity).findLast((piece) => piece[edge] < position);
    if (found) return { ...found, index };
  }
  return null;
}

function stepSentence(by) {
  const { selection, turns, currentTurn } = state;
  if (!turns.length) return;
  const here = selection ?? turns[currentTurn];
  const piece =
    by > 0
      ? pieceAfter("sentence", "start", selection ? here.end - 1 : here.start - 1)
      : pieceBefore("sentence", "end", selection ? here.start + 1 : here.end + 1);
  if (!piece) {
    announce(by > 0 ? "The last sentence" : "The first sentence");
    return;
  }
  if (piece.index !== currentTurn) goTo(piece.index);
  select(piece);
  reveal(piece.start);
  announce(textOf(piece.start, piece.end));
}

// Every change of the selection's ends goes through here, and is said.
function change(start, end, at) {
  const before = state.selection;
  if (start >= end) {
    select(null);
    announce("Nothing selected");
    return;
  }
  select({ start, end });
  reveal(at === "start" ? start : end - 1);
  if (!before) announce(`Selected: ${textOf(start, end)}`);
  else if (end > before.end) announce(textOf(before.end, end));
  else if (start < before.start) announce(textOf(start, before.start));
  else announce(`Taken out: ${end < before.end ? textOf(end, before.end) : textOf(before.start, start)}`);
}

function beginning() {
  const { start } = state.turns[state.currentTurn];
  return state.selection ?? { start, end: start };
}

function grow(granularity) {
  if (!state.turns.length) return;
  const { start, end } = beginning();
  const piece = pieceAfter(granularity, "end", end);
  if (piece) change(start, piece.end, "end");
}

function shrink(granularity) {
  const { selection } = state;
  if (!selection) return;
  change(selection.start, pieceBefore(granularity, "end", selection.end)?.end ?? 0, "end");
}

function growTurn() {
  if (!state.turns.length) return;
  const { start, end } = beginning();
  const index = turnAt(end);
  const turn = state.turns[index];
  if (turn && turn.end > end) change(start, turn.end, "end");
}

function shrinkTurn() {
  const { selection, turns } = state;
  if (!selection) return;
  const index = turnAt(selection.end - 1);
  change(selection.start, index > 0 ? turns[index - 1].end : 0, "end");
}

function moveStart(by) {
  const { selection } = state;
  if (!selection) return;
  const piece = (by > 0 ? pieceAfter : pieceBefore)("word", "start", selection.start);
  if (piece) change(piece.start, selection.end, "start");
}

export function start() {
  if (state.turns.length) goTo(state.currentTurn, { focus: false });
  document.addEventListener("selectionchange", readSoon);
  list().addEventListener("focusin", (event) => {
    const element = event.target.closest(".turn");
    const index = element ? state.turns.findIndex((turn) => turn.element === element) : -1;
    if (index >= 0) goTo(index, { focus: false });
  });

  register("turn.go", (index) => goTo(Number(index)));
  register("turn.next", () => step(1));
  register("turn.previous", () => step(-1));
  register("sentence.next", () => stepSentence(1));
  register("sentence.previous", () => stepSentence(-1));
  register("select.span", (span) => {
    goTo(turnAt(span.start));
    select(span);
    reveal(span.start);
  });
  register("select.growWord", () => grow("word"));
  register("select.shrinkWord", () => shrink("word"));
  register("select.growSentence", () => grow("sentence"));
  register("select.shrinkSentence", () => shrink("sentence"));
  register("select.growTurn", growTurn);
  register("select.shrinkTurn", shrinkTurn);
  register("select.startBack", () => moveStart(-1));
  register("select.startForward", () => moveStart(1));
  register("select.drop", () => {
    select(null);
    set({ currentCoding: null });
  });
  for (const way of ["next", "previous"]) {
    register(`transcript.${way}`, async () => {
      const address = document.body.dataset[way];
      if (address) {
        await settle(); // what is being written needs no warning; what could not be written gets one
        location.assign(`${address}#t0`); // the focus goes to the first turn, so that keys work at once
      }
      else announce(way === "next" ? "This is the last transcript" : "This is the first transcript");
    });
  }
}
