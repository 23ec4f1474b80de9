// Deciding on suggestions: one at a time, a key for each decision. In a review the next one follows in the chosen order;
// a suggestion that is clicked in the margin is decided in place.

import { announce, notify } from "./announce.js";
import { codeName, mayCode } from "./codings.js";
import { register, run } from "./commands.js";
import { piecesOf, textOf, turnAfter, turnAt } from "./offsets.js";
import { goTo, reveal } from "./selection.js";
import { on, set, state } from "./state.js";
import { decide, isDeciding, makeAnew, onDecided, sayChance, settled, waiting } from "./suggestions.js";
import { paint } from "./underline.js";

const LEARN_AFTER = 20; // decisions, as in the terminal
const LONGEST = 604_800; // seconds on one suggestion that count: whoever is away for longer did not think for longer
const NARROW = matchMedia("(max-width: 899px)"); // as in suggestions.css

/** The suggestion at hand and what would become of it: {one, start, end, valence, memo}, or null. */
export let draft = null;
/** What the review came to so far: how many were decided, and what that changed, the newest last. */
export const progress = { decided: 0, log: [] };

let began = 0; // when the suggestion at hand was shown
let done = []; // ids of what was decided here, the last one last
let sinceLearned = 0;
let orderBefore = [];
let hasCoded = false; // since the order was looked at
let redraw = () => {};

export const onDraft = (fn) => (redraw = fn);

// ---- which one

function show(id, { isQuiet = false } = {}) {
  const one = state.suggestions.get(id);
  if (!one) return clear();
  draft = { one, start: one.start, end: one.end, valence: "", memo: "" };
  began = performance.now();
  set({ currentSuggestion: id, currentCode: one.code });
  if (!NARROW.matches) run("panel.open", "inspector"); // there it lies below the text in any case
  if (state.selection) run("select.drop");
  drawDraft();
  // Whoever works with the buttons of the panel keeps the focus there.
  const isInPanel = document.getElementById("suggestions").contains(document.activeElement);
  goTo(turnAt(one.start), { focus: !isInPanel });
  if (isInPanel) state.turns[turnAt(one.start)].element.scrollIntoView({ block: "nearest" });
  reveal(one.start);
  if (!isQuiet) announce(`Suggestion: ${codeName(one.code)}, ${sayChance(one)}. ${state.isReviewing ? say(waiting().length) : ""}`);
  return undefined;
}

const say = (count) => `${count} left`;

function clear() {
  draft = null;
  set({ currentSuggestion: null });
  drawDraft();
}

function next() {
  const [first] = waiting();
  if (first) return show(first.id);
  const isInCard = document.getElementById("suggestion").contains(document.activeElement);
  clear();
  if (isInCard) goTo(state.currentTurn);
  announce("Nothing is left to review in this transcript.");
  return undefined;
}

function drawDraft() {
  paint("suggestion", draft);
  redraw();
}

async function toggle() {
  if (state.isReviewing) return end();
  if (!mayCode()) return undefined;
  await settled();
  if (!waiting().length) return notify("No suggestion waits here.");
  if (!state.showSuggestions) set({ showSuggestions: true });
  Object.assign(progress, { decided: 0, log: [] });
  done = [];
  orderBefore = waiting().map((one) => one.id);
  set({ isReviewing: true });
  return next();
}

function end() {
  const isReview = state.isReviewing;
  set({ isReviewing: false });
  clear();
  goTo(state.currentTurn);
  if (isReview) announce(`Review ended: ${progress.decided} decided, ${say(waiting().length)}; everything decided is in the study.`);
}

// ---- deciding

function settle(verdict, changes = {}) {
  if (!draft) return notify("No suggestion is at hand: s begins a review.");
  const { one, start, end: to, valence, memo } = draft;
  if (one.decision || isDeciding(one.id)) return undefined;
  const takesValence = state.codes.get(changes.code ?? one.code)?.valence_applicable !== false;
  const seconds = Math.min(Math.round(performance.now() - began) / 1000, LONGEST);
  done.push(one.id);
  progress.decided++;
  // The list is told of it, and the next one comes up: see follow.
  if (!decide(one, verdict, { start, end: to, valence: takesValence ? valence : "", memo, seconds, ...changes })) {
    done.pop();
    progress.decided--;
  } else if (!state.isReviewing) goTo(state.currentTurn);
  return undefined;
}

function other() {
  if (!draft) return undefined;
  const { id } = draft.one;
  const choose = (code) => draft?.one.id === id && settle("accept", { code });
  return run("code.pick", { title: `Another code instead of ${codeName(draft.one.code)}`, choose });
}

// What a decision led to, when the study has it.
function tell(one, verdict, { coding, changed }) {
  const name = codeName(one.code);
  const lines = [];
  if (verdict === "reject") lines.push(`Rejected: ${name}. It is not suggested here again.`);
  else if (verdict === "skip") lines.push(`Left for later: ${name}.`);
  else if (coding) {
    const as = coding.code === one.code ? "" : ` as ${codeName(coding.code)}`;
    const isNew = coding.origin === `suggestion:${one.id}`;
    const span = coding.start === one.start && coding.end === one.end ? "" : ", with another span";
    hasCoded = true;
    lines.push(`Accepted: ${name}${as}${span}. ${isNew ? "A new coding of yours" : "You had coded it already"}, ${countWords(coding)}.`);
  }
  const others = changed.filter((changedOne) => changedOne.id !== one.id && changedOne.decision).length;
  if (others) lines.push(`${others} other ${others === 1 ? "suggestion is" : "suggestions are"} settled by it.`);
  note(lines.join(" "));
  if (verdict === "skip") return;
  sinceLearned++;
  if (!state.isReviewing || sinceLearned < LEARN_AFTER || state.isRefitting) return;
  sinceLearned = 0;
  note("Learning anew from your decisions; go on meanwhile.");
  makeAnew();
}

const countWords = ({ start, end: to }) => {
  const count = textOf(start, to).split(/\s+/).filter(Boolean).length;
  return count === 1 ? "1 word" : `${count} words`;
};

function note(text) {
  if (!text) return;
  progress.log.push(text);
  if (!state.isReviewing) announce(text); // else the log says it itself
  redraw();
}

// The list was read anew: decisions were taken back, the order changed, or what is at hand is gone.
function follow() {
  const queue = waiting();
  const ids = new Set(queue.map((one) => one.id));
  const last = done.at(-1);
  if (last && ids.has(last)) {
    done.pop();
    progress.decided--;
    orderBefore = queue.map((one) => one.id);
    note(`Taken back: ${codeName(state.suggestions.get(last).code)}.`);
    if (state.isReviewing) return show(last, { isQuiet: true });
  }
  if (state.isReviewing) tellQueue(queue);
  if (!draft) return state.isReviewing && queue.length ? next() : redraw();
  const now = state.suggestions.get(draft.one.id);
  if (now && ids.has(now.id)) {
    draft.one = now;
    return redraw();
  }
  return state.isReviewing ? next() : clear();
}

// With every coding other codes are rare: what comes sooner than before is said.
function tellQueue(queue) {
  const ids = queue.map((one) => one.id);
  const now = new Set(ids);
  const kept = orderBefore.filter((id) => now.has(id));
  const places = new Map(kept.map((id, place) => [id, place]));
  const known = ids.filter((id) => places.has(id));
  const sooner = known.filter((id, place) => place < places.get(id)).length;
  const added = ids.length - known.length;
  orderBefore = ids;
  if (added) note(`${added} more ${added === 1 ? "suggestion waits" : "suggestions wait"}.`);
  if (sooner && hasCoded) note(`The order changed: ${sooner} ${sooner === 1 ? "comes" : "come"} sooner.`);
  if (sooner) hasCoded = false;
}

// ---- the span

// A span never becomes empty, and its ends are ends of words.
function move(edge, by) {
  if (!draft) return;
  const { start, end: to } = draft;
  const borders = [];
  for (let at = Math.max(turnAfter(start) - 1, 0); at < state.turns.length && state.turns[at].start <= to + 1; at++) borders.push(...piecesOf(at, "word"));
  const after = turnAfter(to);
  if (by > 0 && edge === "end" && after < state.turns.length) borders.push(...piecesOf(after, "word"));
  const places = borders.map((piece) => piece[edge]).filter((place) => (edge === "end" ? place > start : place < to));
  const current = draft[edge];
  const found = by > 0 ? Math.min(...places.filter((place) => place > current)) : Math.max(...places.filter((place) => place < current));
  if (!Number.isFinite(found)) {
    announce("No further there");
    return;
  }
  draft[edge] = found;
  drawDraft();
  reveal(edge === "end" ? found - 1 : found);
  announce(found > current === (edge === "end") ? textOf(Math.min(found, current), Math.max(found, current)) : `Left out: ${textOf(Math.min(found, current), Math.max(found, current))}`);
}

function reset() {
  if (!draft) return;
  Object.assign(draft, { start: draft.one.start, end: draft.one.end });
  drawDraft();
  announce("The suggested span");
}

// A selection that overlaps what is suggested says which words are meant.
function adopt(span) {
  if (!draft || !span || span.start >= draft.one.end || span.end <= draft.one.start) return;
  Object.assign(draft, { start: span.start, end: span.end });
  drawDraft();
}

export function start() {
  onDecided(tell);
  on("suggestions", follow);
  on("selection", adopt);
  on("showSuggestions", (isShown) => isShown || !draft || end());
  on("isRefitting", (isRunning) => isRunning || !state.isReviewing || note("Learned anew."));
  // Decided in place means: while the reader is at that place.
  on("currentTurn", (at) => {
    if (draft && !state.isReviewing && (state.turns[at].start >= draft.one.end || state.turns[at].end <= draft.one.start)) clear();
  });
  register("review.toggle", toggle);
  register("review.show", show);
  register("review.end", end);
  register("review.accept", () => settle("accept"));
  register("review.reject", () => settle("reject"));
  register("review.skip", () => settle("skip"));
  register("review.other", other);
  register("review.grow", () => move("end", 1));
  register("review.shrink", () => move("end", -1));
  register("review.startBack", () => move("start", -1));
  register("review.startForward", () => move("start", 1));
  register("review.reset", reset);
}
