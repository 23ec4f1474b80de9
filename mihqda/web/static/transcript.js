// What is seen of the codings: which turns are in view, what is painted there, which coding is pointed at or at hand.

import { announce } from "./announce.js";
import * as colours from "./colours.js";
import { register } from "./commands.js";
import { positionAt, turnAfter, turnAt } from "./offsets.js";
import * as paint from "./paint.js";
import { goTo, reveal, select } from "./selection.js";
import { on, set, state } from "./state.js";
import { drawTurn, measureTurn, SPOKEN } from "./stripes.js";

const CHUNK = 5; // turns painted in one go; the rest waits for the next frame

let byTurn = []; // turn -> its visible codings, by position
let drawn = []; // turn -> what its margin shows, as a signature
const stale = new Set(); // turns in view whose margin or highlights are not up to date
const later = new Set(); // turns out of view whose margin was drawn and is not up to date
let before = new Map(); // the codings as they were indexed last
let several = false; // codings of several coders: then each says whose it is
let isPlanned = false;
let isOnPaper = false;
let list = null;

const isVisible = (coding) => !state.hiddenLayers.has(coding.coder);

function index() {
  byTurn = [];
  before = state.codings;
  several = colours.codersHere().length > 1;
  const codings = [...state.codings.values()].filter(isVisible);
  codings.sort((one, other) => one.start - other.start || other.end - one.end || (one.code < other.code ? -1 : 1));
  for (const coding of codings) {
    for (let at = turnAfter(coding.start); at < state.turns.length && state.turns[at].start < coding.end; at++) {
      (byTurn[at] ??= []).push(coding);
    }
  }
}

/** The visible codings that touch a turn, in order. */
export const codingsAt = (turn) => byTurn[turn] ?? [];

function signatureOf(turn) {
  return codingsAt(turn)
    .map((one) => `${one.id} ${one.start} ${one.end} ${one.code} ${one.valence} ${one.memo ? 1 : 0} ${one.isPending ? 1 : 0}`)
    .join("\n");
}

// ---- what is in view

// Blocks of turns are watched, not turns: thousands of watched elements would cost every frame.
function watch() {
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        for (const element of target.children) {
          const at = numberOf(element);
          if (isIntersecting) {
            state.inView.add(at);
            stale.add(at);
          } else if (state.inView.delete(at)) {
            stale.delete(at);
            paint.clearTurn(at);
          }
        }
      }
      set({ inView: state.inView });
      plan();
    },
    { rootMargin: "60% 0px" },
  );
  for (const block of list.children) observer.observe(block);
}

const numbers = new WeakMap();
const numberOf = (element) => numbers.get(element);

function plan() {
  if (isPlanned || !(stale.size || later.size)) return;
  isPlanned = true;
  requestAnimationFrame(() => {
    isPlanned = false;
    draw([...(stale.size ? stale : later)].slice(0, CHUNK));
    plan();
  });
}

// First everything is measured, then everything is drawn: one layout for all.
function draw(turns) {
  const height = labelHeight();
  const work = [];
  for (const at of turns) {
    stale.delete(at);
    later.delete(at);
    const signature = `${signatureOf(at)} ${several}`;
    const isSame = drawn[at] === signature || (drawn[at] === undefined && !codingsAt(at).length);
    work.push({ at, signature, places: isSame ? null : measureTurn(at, codingsAt(at)) });
  }
  for (const { at, signature, places } of work) {
    if (isOnPaper || state.inView.has(at)) paint.paintTurn(at, codingsAt(at));
    if (!places) continue;
    drawTurn(at, places, height, several);
    drawn[at] = signature;
  }
}

// As app.css sets it, in lengths of the text's size.
const labelHeight = () => 1.5 * parseFloat(getComputedStyle(list).fontSize);

function refresh() {
  index();
  for (const at of state.inView) stale.add(at);
  for (const at of drawn.keys()) if (drawn[at] !== undefined && !state.inView.has(at)) later.add(at);
  plan();
}

// Only the turns that changed codings touch, where somebody may look.
function refreshChanged() {
  const changed = [...before.values()].filter((one) => state.codings.get(one.id) !== one);
  for (const one of state.codings.values()) if (before.get(one.id) !== one) changed.push(one);
  const wereSeveral = several;
  index();
  if (several !== wereSeveral) return refresh();
  for (const { start, end } of changed) {
    for (let at = turnAfter(start); at < state.turns.length && state.turns[at].start < end; at++) {
      if (state.inView.has(at)) stale.add(at);
      else if (drawn[at] !== undefined) later.add(at);
    }
  }
  return plan();
}

// Other lines, other bars: everything is measured again when it comes into view.
function remeasure() {
  drawn = drawn.map(() => "old"); // not forgotten: what was drawn and has no coding any more is to be cleared
  for (const at of state.inView) stale.add(at);
  plan();
}

// ---- pointing

const codingOf = (target) => target.closest?.(".stripe")?.dataset.coding ?? null;

function point() {
  list.addEventListener("pointerover", (event) => set({ hoveredCoding: codingOf(event.target) }));
  list.addEventListener("pointerleave", () => set({ hoveredCoding: null }));
  list.addEventListener("focusin", (event) => set({ hoveredCoding: codingOf(event.target) }));
  list.addEventListener("focusout", () => set({ hoveredCoding: null }));
  list.addEventListener("click", (event) => {
    const id = codingOf(event.target);
    if (id) set({ currentCoding: id, currentCode: state.codings.get(id)?.code ?? state.currentCode });
    else if (event.target.closest(".speech") && getSelection().isCollapsed) set({ currentCoding: shortestUnder(event) });
  });
}

// The shortest coding under the pointer: the one that a click on the text means.
function shortestUnder(event) {
  const point = document.caretPositionFromPoint?.(event.clientX, event.clientY);
  const at = numberOf(event.target.closest(".turn"));
  if (!point || point.offsetNode !== state.turns[at].speech) return null;
  const position = positionAt(at, point.offset);
  const here = codingsAt(at).filter((one) => one.start <= position && position <= one.end);
  return here.sort((one, other) => one.end - one.start - (other.end - other.start))[0]?.id ?? null;
}

function markStripes(name, id) {
  for (const old of list.querySelectorAll(`.stripe.${name}`)) old.classList.remove(name);
  const label = name === "current";
  if (label) for (const old of list.querySelectorAll('.label[aria-pressed="true"]')) old.setAttribute("aria-pressed", "false");
  if (!id) return;
  for (const one of list.querySelectorAll(`.stripe[data-coding="${CSS.escape(id)}"]`)) {
    one.classList.add(name);
    if (label) one.querySelector(".label").setAttribute("aria-pressed", "true");
  }
}

// ---- commands

function show(id) {
  const coding = state.codings.get(id);
  if (!coding) return;
  const at = turnAt(coding.start);
  if (state.currentTurn !== at || document.activeElement !== state.turns[at].element) goTo(at);
  reveal(coding.start);
  set({ currentCoding: id, currentCode: coding.code });
  say(coding);
}

function say(coding, before = "") {
  const name = state.codes.get(coding.code)?.name ?? coding.code;
  const speaker = state.turns[turnAt(coding.start)]?.element.querySelector(".speaker")?.textContent;
  const parts = [name, speaker && `said by ${speaker}`, SPOKEN[coding.valence], `coded by ${coding.coder}`];
  announce(before + parts.filter(Boolean).join(", "));
}

function stepCoding(by) {
  const current = state.codings.get(state.currentCoding);
  const code = state.currentCode ?? current?.code;
  if (!code) return announce("Choose a code or a coding first");
  const all = [...state.codings.values()].filter((one) => one.code === code && isVisible(one));
  all.sort((one, other) => one.start - other.start || one.end - other.end || (one.id < other.id ? -1 : 1));
  if (!all.length) return announce("This code has no coding here");
  const here = all.indexOf(current);
  const position = state.selection?.start ?? state.turns[state.currentTurn].start;
  let next;
  if (here >= 0) next = here + by;
  else next = by > 0 ? all.findIndex((one) => one.start >= position) : all.findLastIndex((one) => one.start < position);
  if (here < 0 && next < 0) next = by > 0 ? all.length : -1;
  const around = (next + all.length) % all.length;
  show(all[around].id);
  if (around !== next) say(all[around], "From the other end: ");
  return undefined;
}

function stepUncoded(by) {
  const isCoded = new Uint8Array(state.turns.length);
  for (const one of state.codings.values()) {
    if (state.coder && one.coder !== state.coder) continue;
    for (let at = turnAfter(one.start); at < state.turns.length && state.turns[at].start < one.end; at++) isCoded[at] = 1;
  }
  const count = state.turns.length;
  for (let far = 1; far <= count; far++) {
    const at = (((state.currentTurn + by * far) % count) + count) % count;
    const turn = state.turns[at];
    if (isCoded[at] || turn.isBackchannel || turn.kind === "interviewer" || turn.kind === "ignored") continue;
    set({ currentCoding: null });
    select(null);
    goTo(at);
    if (by * (at - state.currentTurn) < 0) announce("From the other end of the transcript");
    return;
  }
  announce("Every turn has a coding of yours");
}

function stepHere() {
  const here = codingsAt(state.currentTurn);
  if (!here.length) return announce("No codings in this turn");
  const at = here.findIndex((one) => one.id === state.currentCoding);
  const coding = here[(at + 1) % here.length];
  set({ currentCoding: coding.id, currentCode: coding.code });
  reveal(Math.max(coding.start, state.turns[state.currentTurn].start));
  return say(coding);
}

export function start() {
  list = document.getElementById("turns");
  state.turns.forEach((turn, at) => numbers.set(turn.element, at));
  colours.start();
  paint.start();
  index();
  watch();
  point();
  on("codings", () => {
    refreshChanged();
    paint.paintSpan("current", state.codings.get(state.currentCoding));
  });
  on("hiddenLayers", refresh);
  on("codes", remeasure);
  on("prefs", remeasure);
  on("currentCoding", (id) => {
    paint.paintSpan("current", state.codings.get(id));
    markStripes("current", id);
  });
  on("hoveredCoding", (id) => {
    paint.paintSpan("hovered", state.codings.get(id));
    markStripes("hovered", id);
  });
  on("selection", (span) => paint.paintSpan("kept", span));
  on("currentTurn", tab);
  let width = list.clientWidth;
  new ResizeObserver(() => {
    if (list.clientWidth === width) return;
    width = list.clientWidth;
    remeasure();
  }).observe(list);
  addEventListener("beforeprint", () => {
    isOnPaper = true;
    draw([...state.turns.keys()]);
  });
  addEventListener("afterprint", () => {
    isOnPaper = false;
    for (const at of state.turns.keys()) if (!state.inView.has(at)) paint.clearTurn(at);
  });

  register("coding.show", show);
  register("coding.next", () => stepCoding(1));
  register("coding.previous", () => stepCoding(-1));
  register("coding.here", stepHere);
  register("uncoded.next", () => stepUncoded(1));
  register("uncoded.previous", () => stepUncoded(-1));
}

let tabbed = null;

// Only the current turn's stripes are reached by Tab.
function tab(at) {
  for (const [turn, index] of [[tabbed, -1], [at, 0]]) {
    for (const label of state.turns[turn]?.element.querySelectorAll(".label") ?? []) label.tabIndex = index;
  }
  tabbed = at;
}
