// The codings at the cursor or in the selection: what they are, and their valence, memo, span and code in place.

import { notify } from "./announce.js";
import { changeCoding, codeName, isOwn, removeCoding, resizeCoding, setValence } from "./codings.js";
import { register, run } from "./commands.js";
import { make } from "./dom.js";
import { textOf } from "./offsets.js";
import { on, set, state } from "./state.js";
import { makeValence, sayValence, writeValence } from "./valence.js";

const ORIGINS = { hand: "by hand", import: "imported" };
const LONGEST = 160; // characters of a quote

let list, title;
const cards = new Map(); // coding id -> {element, key, memo, base}

export function start() {
  const panel = document.getElementById("inspector");
  if (!panel) return;
  title = make("p", { class: "panel-note" });
  list = make("ul", { class: "codings", "aria-label": "Codings here" });
  (panel.querySelector(".panel-body") ?? panel).append(title, list);
  for (const name of ["codings", "currentTurn", "selection", "currentCoding", "hiddenLayers", "codes"]) on(name, later);
  register("coding.valence", () => focusOn("valence"));
  register("coding.memo", () => focusOn("memo"));
  later();
}

let isDue = false;

/** Draw once per frame, however much has changed. */
function later() {
  if (isDue) return;
  isDue = true;
  requestAnimationFrame(() => {
    isDue = false;
    draw();
  });
}

/** Return the codings that overlap the selection or, without one, the current turn; the one at hand in any case. */
function findHere() {
  const turn = state.turns[state.currentTurn];
  const span = state.selection ?? turn;
  const here = [...state.codings.values()].filter(
    (one) =>
      one.id === state.currentCoding ||
      (span && one.start < span.end && span.start < one.end && (isOwn(one) || !state.hiddenLayers.has(one.coder))),
  );
  return here.sort((one, other) => one.start - other.start || one.end - other.end || (one.id < other.id ? -1 : 1));
}

function draw() {
  const here = findHere();
  const open = here.some((one) => one.id === state.currentCoding) ? state.currentCoding : here.length === 1 ? here[0].id : null;
  const where = state.selection ? "in the selection" : "in this turn";
  title.textContent = here.length ? `${here.length} ${here.length === 1 ? "coding" : "codings"} ${where}` : `No coding ${where}.`;
  const focused = list.contains(document.activeElement) ? document.activeElement.id : "";
  for (const id of [...cards.keys()]) if (!here.some((one) => one.id === id)) cards.delete(id);
  const nodes = here.map((coding) => cardOf(coding, coding.id === open));
  if (nodes.length !== list.children.length || nodes.some((node, at) => node !== list.children[at])) list.replaceChildren(...nodes);
  if (focused && document.activeElement?.id !== focused) document.getElementById(focused)?.focus({ preventScroll: true });
}

function cardOf(coding, isOpen) {
  const key = JSON.stringify([coding, isOpen, state.selection !== null, codeName(coding.code), state.isReadOnly]);
  const before = cards.get(coding.id);
  if (before && (before.key === key || before.memo === document.activeElement)) return before.element; // not under the pen
  const card = { key, memo: null };
  card.element = makeCard(coding, isOpen, card);
  cards.set(coding.id, card);
  return card.element;
}

function makeCard(coding, isOpen, card) {
  const code = state.codes.get(coding.code);
  const head = make(
    "button",
    {
      type: "button",
      id: `c-${coding.id}`,
      class: "coding-head",
      "aria-expanded": String(isOpen),
      on: { click: () => set({ currentCoding: isOpen ? null : coding.id, currentCode: coding.code }) },
    },
    make("span", { class: "code-name", text: codeName(coding.code) }),
    coding.valence
      ? make("span", { class: "sign", "data-valence": coding.valence, title: sayValence(coding.valence), text: writeValence(coding.valence) })
      : null,
    coding.memo ? make("span", { class: "sign", title: "Has a memo", text: "✎" }) : null,
    make("span", { class: "coder", text: isOwn(coding) ? "you" : coding.coder }),
  );
  const element = make("li", { class: `coding-card ${isOpen ? "is-open" : ""} ${coding.isPending ? "is-pending" : ""}` }, head);
  if (!isOpen) return element;
  const isMine = isOwn(coding) && !state.isReadOnly;
  element.append(
    make("blockquote", { text: shorten(textOf(coding.start, coding.end)) }),
    makeFacts(coding),
    ...(isMine ? makeControls(coding, code, card) : makeReading(coding)),
  );
  return element;
}

function shorten(text) {
  const points = [...text.slice(0, LONGEST * 2)];
  return points.length <= LONGEST ? text : `${points.slice(0, LONGEST).join("").trimEnd()}…`;
}

function makeFacts(coding) {
  const time = make("time", { datetime: coding.created, text: writeTime(coding.created) });
  const from = coding.origin.startsWith("suggestion") ? "from a suggestion" : (ORIGINS[coding.origin] ?? coding.origin);
  const who = isOwn(coding) ? `${coding.coder} (you)` : coding.coder;
  return make("p", { class: "facts" }, `${who} · `, time, ` · ${from}`, coding.isPending ? make("b", { text: " · not saved yet" }) : null);
}

function writeTime(text) {
  const time = new Date(text);
  return Number.isNaN(time.valueOf()) ? text : time.toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });
}

function makeReading(coding) {
  return [
    coding.valence ? make("p", { class: "facts", text: `Valence: ${sayValence(coding.valence).toLowerCase()}` }) : null,
    coding.memo ? make("p", { class: "prose memo", text: coding.memo }) : null,
    isOwn(coding) ? null : make("p", { class: "quiet", text: "Only its own coder changes a coding." }),
  ].filter(Boolean);
}

function makeControls(coding, code, card) {
  const valence = makeValence(`valence-${coding.id}`, (value) => setValence(now(coding), value), coding.valence);
  valence.element.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === "Escape") backToText(event);
  });
  return [
    code?.valence_applicable === false && !coding.valence ? null : valence.element,
    make("label", { class: "field-label", for: `memo-${coding.id}`, text: "Memo" }),
    (card.memo = makeMemo(coding)),
    make(
      "div",
      { class: "buttons" },
      makeButton("resize", coding, "Resize to selection", () => resizeCoding(now(coding), state.selection), !state.selection),
      makeButton("recode", coding, "Recode…", () => run("coding.recode")),
      makeButton("remove", coding, "Remove", () => removeCoding(now(coding)), false, "danger"),
    ),
  ].filter(Boolean);
}

const now = (coding) => state.codings.get(coding.id) ?? coding;

function makeButton(name, coding, text, act, isOff = false, kind = "") {
  const click = () => {
    set({ currentCoding: coding.id });
    act();
  };
  return make("button", { type: "button", id: `${name}-${coding.id}`, class: kind, text, "aria-disabled": isOff ? "true" : null, on: { click } });
}

/** A memo is written when the field is left; what was typed is never dropped. */
function makeMemo(coding) {
  let base = coding; // as it stood when the person began to write
  const write = () => {
    if (memo.value === base.memo) return;
    changeCoding(base, { memo: memo.value }, `Memo of ${codeName(coding.code)} saved`);
    base = { ...base, memo: memo.value };
  };
  const memo = make("textarea", {
    id: `memo-${coding.id}`,
    class: "memo-field",
    rows: Math.min(12, Math.max(2, coding.memo.split("\n").length)),
    maxlength: 10000,
    placeholder: "A note on this coding",
    on: {
      focus: () => (base = now(coding)),
      blur: () => {
        write();
        later();
      },
      keydown: (event) => {
        if (event.key === "Escape" || (event.key === "Enter" && (event.ctrlKey || event.metaKey))) backToText(event);
      },
    },
  });
  memo.value = coding.memo;
  return memo;
}

function backToText(event) {
  event.preventDefault();
  event.stopPropagation();
  state.turns[state.currentTurn]?.element.focus({ preventScroll: true });
}

/** Put the focus on a field of the coding at hand, or of the last one that the coder made here. */
function focusOn(what) {
  const own = findHere().filter(isOwn);
  const coding = own.find((one) => one.id === state.currentCoding) ?? own.at(-1);
  if (!coding) return notify("There is no coding of yours here: apply a code first.");
  if (state.isReadOnly) return notify("This study is open for reading only.");
  run("panel.open", "side");
  set({ currentCoding: coding.id });
  draw();
  const field = what === "memo" ? document.getElementById(`memo-${coding.id}`) : document.querySelector(`#valence-${coding.id} input:checked`);
  if (field) field.focus();
  else notify(`${codeName(coding.code)} takes no valence.`);
}
