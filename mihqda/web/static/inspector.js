// The codings at the cursor or in the selection: what they are, and their valence, memo, span and code in place.

import { notify } from "./announce.js";
import { changeCoding, codeName, codingAtHand, codingsHere, isOwn, removeCoding, resizeCoding, setValence } from "./codings.js";
import { register, run } from "./commands.js";
import { make } from "./dom.js";
import { textOf } from "./offsets.js";
import { on, set, state } from "./state.js";
import { makeValence, sayValence, writeValence } from "./valence.js";

const ORIGINS = { hand: "by hand", import: "imported" };
const LONGEST = 160; // characters of a quote

let list, title;
let shown = null; // id of the coding that was open last
const cards = new Map(); // coding id -> {element, kind, said, update}

export function start() {
  const panel = document.getElementById("inspector");
  if (!panel) return;
  title = make("p", { class: "panel-note" });
  list = make("ul", { class: "codings", "aria-label": "Codings here" });
  panel.append(make("h2", { class: "visually-hidden", text: "Coding" }), title, list);
  for (const name of ["codings", "currentTurn", "selection", "currentCoding", "hiddenLayers", "codes"]) on(name, later);
  register("coding.valence", () => focusOn("valence"));
  register("coding.memo", () => focusOn("memo"));
  // A memo that is being written is saved, and so warned of, before the page goes.
  addEventListener("beforeunload", () => list.contains(document.activeElement) && document.activeElement.blur(), { capture: true });
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

function draw() {
  const here = codingsHere();
  const open = codingAtHand(here)?.id;
  const where = state.selection ? "in the selection" : "in this turn";
  title.textContent = here.length ? `${here.length} ${here.length === 1 ? "coding" : "codings"} ${where}` : `No coding ${where}.`;
  for (const id of [...cards.keys()]) if (!here.some((one) => one.id === id)) cards.delete(id);
  const nodes = here.map((coding) => cardOf(coding, coding.id === open));
  place(nodes);
  if (open && open !== shown) cards.get(open).element.scrollIntoView({ block: "nearest" }); // among many it may lie below
  shown = open;
}

// Cards that stay are not moved: taking them out of the page would take the focus from them.
function place(nodes) {
  for (const old of [...list.children]) {
    if (nodes.includes(old)) continue;
    if (old.contains(document.activeElement)) document.activeElement.blur(); // a memo that is being written is saved
    old.remove();
  }
  nodes.forEach((node, at) => {
    if (list.children[at] !== node) list.insertBefore(node, list.children[at] ?? null);
  });
}

// A card is made once and then brought up to date, so that the focus and what is being written stay where they are.
function cardOf(coding, isOpen) {
  const isMine = isOwn(coding) && !state.isReadOnly;
  const kind = JSON.stringify([isOpen, isMine, isOpen && takesValence(coding)]);
  let card = cards.get(coding.id);
  if (card?.kind !== kind) cards.set(coding.id, (card = makeCard(coding, isOpen, isMine, kind)));
  const said = JSON.stringify([coding, codeName(coding.code), state.selection !== null, state.coder]);
  if (card.said !== said) card.update(coding);
  card.said = said;
  return card.element;
}

const takesValence = (coding) => Boolean(coding.valence) || state.codes.get(coding.code)?.valence_applicable !== false;

function makeCard({ id }, isOpen, isMine, kind) {
  const toggle = () => set({ currentCoding: isOpen ? null : id, currentCode: now(id).code });
  const head = make("button", { type: "button", id: `c-${id}`, class: "coding-head", "aria-expanded": String(isOpen), on: { click: toggle } });
  const quote = make("blockquote");
  const facts = make("p", { class: "facts" });
  const controls = !isOpen ? null : isMine ? makeControls(id) : makeReading(id);
  const element = make("li", { class: `coding-card${isOpen ? " is-open" : ""}` }, head, isOpen && quote, isOpen && facts, ...(controls?.elements ?? []));
  const update = (coding) => {
    element.classList.toggle("is-pending", Boolean(coding.isPending));
    head.replaceChildren(...makeHead(coding));
    if (!isOpen) return;
    quote.textContent = shorten(textOf(coding.start, coding.end));
    facts.replaceChildren(...makeFacts(coding));
    controls.update(coding);
  };
  return { element, update, kind, said: "" };
}

function makeHead(coding) {
  return [
    make("span", { class: "code-name", text: codeName(coding.code) }),
    coding.valence && make("span", { class: "sign", "data-valence": coding.valence, title: sayValence(coding.valence), text: writeValence(coding.valence) }),
    coding.memo && make("span", { class: "sign", title: "Has a memo", text: "✎" }),
    make("span", { class: "coder", text: isOwn(coding) ? "you" : coding.coder }),
  ].filter(Boolean);
}

function shorten(text) {
  const points = [...text.slice(0, LONGEST * 2)];
  return points.length <= LONGEST ? text : `${points.slice(0, LONGEST).join("").trimEnd()}…`;
}

function makeFacts(coding) {
  const time = make("time", { datetime: coding.created, text: writeTime(coding.created) });
  const from = coding.origin.startsWith("suggestion") ? "from a suggestion" : (ORIGINS[coding.origin] ?? coding.origin);
  const who = isOwn(coding) ? `${coding.coder} (you)` : coding.coder;
  return [`${who} · `, time, ` · ${from}`, ...(coding.isPending ? [make("b", { text: " · not saved yet" })] : [])];
}

function writeTime(text) {
  const time = new Date(text);
  return Number.isNaN(time.valueOf()) ? text : time.toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" });
}

function makeReading() {
  const valence = make("p", { class: "facts" });
  const memo = make("p", { class: "prose memo" });
  const update = (coding) => {
    valence.textContent = coding.valence ? `Valence: ${sayValence(coding.valence).toLowerCase()}` : "";
    memo.textContent = coding.memo;
    valence.hidden = !coding.valence;
    memo.hidden = !coding.memo;
  };
  return { elements: [valence, memo, make("p", { class: "quiet", text: "Only its own coder changes a coding." })], update };
}

function makeControls(id) {
  const valence = makeValence(`valence-${id}`, (value) => setValence(now(id), value));
  valence.element.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === "Escape") backToText(event);
  });
  const memo = makeMemo(id);
  const resize = makeButton("resize", id, "Resize to selection", () => resizeCoding(now(id), state.selection));
  const buttons = make(
    "div",
    { class: "buttons" },
    resize,
    makeButton("recode", id, "Recode…", () => run("coding.recode")),
    makeButton("remove", id, "Remove", () => removeCoding(now(id)), "danger"),
  );
  const label = make("label", { class: "field-label", for: memo.id, text: "Memo" });
  const update = (coding) => {
    valence.set(coding.valence);
    valence.element.hidden = !takesValence(coding);
    if (memo !== document.activeElement) memo.value = coding.memo;
    resize.setAttribute("aria-disabled", String(!state.selection));
  };
  return { elements: [valence.element, label, memo, buttons], update };
}

const now = (id) => state.codings.get(id);

function makeButton(name, id, text, act, kind = "") {
  const click = () => {
    set({ currentCoding: id });
    act();
  };
  return make("button", { type: "button", id: `${name}-${id}`, class: kind, text, on: { click } });
}

const LONGEST_MEMO = 10000; // characters, as on the server

/** A memo is written when the field is left; what was typed is never dropped. */
function makeMemo(id) {
  let base = null; // the coding as it stood when the person began to write
  const memo = make("textarea", {
    id: `memo-${id}`,
    class: "memo-field",
    rows: 3,
    maxlength: LONGEST_MEMO,
    placeholder: "A note on this coding",
    on: {
      focus: () => (base = now(id)),
      blur: () => {
        const from = base;
        base = null; // left once
        if (from && memo.value !== from.memo) changeCoding(from, { memo: memo.value }, `Memo of ${codeName(from.code)}`, `Memo of ${codeName(from.code)} saved`);
      },
      // The browser would cut what is too long without a word: it is not taken at all, and that is said.
      beforeinput: (event) => {
        const added = event.data ?? event.dataTransfer?.getData("text/plain") ?? "";
        const length = memo.value.length - (memo.selectionEnd - memo.selectionStart) + added.length;
        if (!added || length <= LONGEST_MEMO) return;
        event.preventDefault();
        notify(`A memo has at most ${LONGEST_MEMO} characters; with this it would have ${length}. Nothing was added.`);
      },
      keydown: (event) => {
        if (event.key === "Escape" || (event.key === "Enter" && (event.ctrlKey || event.metaKey))) backToText(event);
      },
    },
  });
  return memo;
}

function backToText(event) {
  event.preventDefault();
  event.stopPropagation();
  state.turns[state.currentTurn]?.element.focus({ preventScroll: true });
}

/** Put the focus on a field of the coding at hand, or of the last one that the coder made here. */
function focusOn(what) {
  const own = codingsHere().filter(isOwn);
  const coding = own.find((one) => one.id === state.currentCoding) ?? own.at(-1);
  if (!coding) return notify("There is no coding of yours here: apply a code first.");
  if (state.isReadOnly) return notify("This study is open for reading only.");
  run("panel.open", "inspector");
  set({ currentCoding: coding.id });
  draw();
  const field = what === "memo" ? document.getElementById(`memo-${coding.id}`) : document.querySelector(`#valence-${coding.id} input:checked`);
  if (field) field.focus();
  else notify(`${codeName(coding.code)} takes no valence.`);
}
