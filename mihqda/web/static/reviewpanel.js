// The panel of suggestions: how many wait and what they are worth, the order, and the one at hand with its buttons.

import { codeName } from "./codings.js";
import { register, run } from "./commands.js";
import { make } from "./dom.js";
import * as evidence from "./evidence.js";
import { textOf } from "./offsets.js";
import { getPref } from "./prefs.js";
import { draft, onDraft, progress } from "./review.js";
import { makeRules } from "./rules.js";
import { on, state } from "./state.js";
import { ORDERS, sayChance, waiting } from "./suggestions.js";
import { makeValence } from "./valence.js";

const BUTTONS = [
  ["Accept", "a", "review.accept", "primary"],
  ["Reject", "x", "review.reject"],
  ["Other code…", "o", "review.other"],
  ["Skip", "k", "review.skip"],
  ["Shorter", "−", "review.shrink"],
  ["Longer", "+", "review.grow"],
];

const REMEMBERED = 3; // lines of what decisions changed

const parts = {}; // the elements that change
let shown = null; // id of the suggestion that the card shows
let hasEvidence = false;
let told = 0; // lines of the log

export function start() {
  const panel = document.getElementById("suggestions");
  panel.append(...makeHead(), makeSession(), makeCard());
  onDraft(draw);
  for (const name of ["suggestions", "showSuggestions", "isReviewing", "isRefitting", "ledger", "codes"]) on(name, later);
  register("review.evidence", toggleEvidence);
  register("review.valence", () => (draft && !parts.valence.element.hidden ? parts.valence.focus() : undefined));
  register("review.memo", () => {
    if (!draft) return;
    parts.memoBox.hidden = false;
    parts.memo.focus();
  });
  later();
}

function makeHead() {
  parts.state = make("p", { class: "panel-note", role: "status" });
  parts.review = make("button", { type: "button", "data-command": "review.toggle", "aria-keyshortcuts": "s", text: "Review" });
  parts.toggle = make("button", { type: "button", "data-command": "suggestions.toggle" });
  parts.make = make("button", { type: "button", "data-command": "suggestions.make", text: "Suggest codes for this transcript" });
  parts.order = make(
    "select",
    { id: "suggestion-order", on: { change: () => run("suggestions.order", parts.order.value) } },
    ...ORDERS.map(([value, text]) => make("option", { value, text })),
  );
  parts.orderBox = make("p", { class: "field inline" }, make("label", { for: "suggestion-order", text: "Order" }), parts.order);
  parts.hidden = make("input", { type: "checkbox", on: { change: () => run("suggestions.hidden", parts.hidden.checked) } });
  parts.hiddenText = make("span");
  parts.hiddenBox = make("label", { class: "check" }, parts.hidden, parts.hiddenText);
  parts.head = make("div", { class: "suggestions-head" }, parts.state, parts.orderBox, parts.hiddenBox, make("div", { class: "buttons" }, parts.review, parts.toggle, parts.make));
  return [make("h2", { text: "Suggestions" }), parts.head];
}

function makeCard() {
  parts.code = make("h3", { class: "suggested-code" });
  parts.leave = make("button", { type: "button", class: "close leave", "data-command": "review.end", "aria-label": "Leave this suggestion", text: "×" });
  parts.chance = make("p", { class: "facts" });
  parts.quote = make("blockquote");
  parts.span = make("p", { class: "facts" });
  parts.why = make("button", { type: "button", "data-command": "review.evidence", "aria-expanded": "false", "aria-controls": "evidence", "aria-keyshortcuts": "e" }, "Why? ", make("kbd", { text: "e" }));
  parts.evidence = make("div", { id: "evidence", class: "evidence", hidden: true });
  parts.rules = make("div");
  parts.valence = makeValence("suggestion-valence", (value) => draft && (draft.valence = value));
  parts.memo = make("textarea", { id: "suggestion-memo", class: "memo-field", rows: 2, maxlength: 10000, on: { input: () => draft && (draft.memo = parts.memo.value) } });
  parts.memoBox = make("div", { hidden: true }, make("label", { class: "field-label", for: "suggestion-memo", text: "Memo of the coding" }), parts.memo);
  for (const field of [parts.valence.element, parts.memo]) field.addEventListener("keydown", leaveField);
  const buttons = BUTTONS.map(([text, key, command, kind]) =>
    make("button", { type: "button", class: kind, "data-command": command, "aria-keyshortcuts": key === "−" ? "-" : key }, `${text} `, make("kbd", { "aria-hidden": "true", text: key })),
  );
  const tools = make("div", { class: "buttons" }, parts.why, make("button", { type: "button", text: "Memo", "data-command": "review.memo", "aria-keyshortcuts": "m" }));
  const rules = make("details", { class: "suggested-rules" }, make("summary", { text: "Rules of this code" }), parts.rules);
  parts.card = make(
    "section",
    { id: "suggestion", "aria-label": "Suggestion at hand", hidden: true },
    parts.leave, parts.code, parts.chance, parts.quote, parts.span,
    make("div", { class: "buttons decide" }, ...buttons),
    parts.valence.element, parts.memoBox, tools, parts.evidence, rules,
  );
  return parts.card;
}

function makeSession() {
  parts.progress = make("progress", { "aria-label": "Suggestions decided" });
  parts.count = make("p", { class: "facts" });
  const end = make("button", { type: "button", "data-command": "review.end", "aria-keyshortcuts": "Escape", text: "End review" });
  parts.log = make("div", { class: "review-log", role: "log", "aria-label": "What your decisions changed" });
  parts.session = make("section", { class: "session", "aria-label": "Review", hidden: true }, parts.progress, make("div", { class: "session-line" }, parts.count, end), parts.log);
  return parts.session;
}

// Escape and Enter lead from valence and memo back to the text, where the keys decide.
function leaveField(event) {
  const isLeft = event.key === "Escape" || (event.key === "Enter" && (event.target !== parts.memo || event.ctrlKey || event.metaKey));
  if (!isLeft) return;
  event.preventDefault();
  event.stopPropagation();
  run("turn.go", state.currentTurn);
}

let isDue = false;

function later() {
  if (isDue) return;
  isDue = true;
  requestAnimationFrame(() => {
    isDue = false;
    draw();
  });
}

function draw() {
  const panel = document.getElementById("suggestions");
  const count = waiting().length;
  const has = state.suggestions.size > 0;
  panel.hidden = !state.ledger || (!has && !state.ledger.hidden && (state.isReadOnly || !state.coder));
  document.body.classList.toggle("reviewing", state.isReviewing || draft !== null);
  put(parts.state, describe(count, has));
  parts.review.hidden = state.isReviewing || !count || !state.showSuggestions;
  parts.state.hidden = state.isReviewing; // the session says how many are left
  parts.leave.hidden = state.isReviewing;
  put(parts.toggle, state.showSuggestions ? "Hide" : "Show");
  parts.toggle.setAttribute("aria-label", state.showSuggestions ? "Hide suggestions" : "Show suggestions");
  parts.toggle.hidden = !has || state.isReviewing;
  put(parts.make, has ? "Suggest anew" : "Suggest codes for this transcript");
  parts.make.setAttribute("aria-disabled", String(state.isRefitting));
  parts.make.hidden = !state.showSuggestions || state.isReviewing;
  parts.order.value = getPref("suggestionOrder", "rare");
  parts.orderBox.hidden = !count || !state.showSuggestions;
  parts.hidden.checked = getPref("hiddenSuggestions", false);
  parts.hiddenBox.hidden = !state.ledger?.hidden || !state.showSuggestions || state.isReviewing;
  put(parts.hiddenText, `Also of codes that were often wrong (${state.ledger?.hidden})`);
  drawCard();
  drawProgress(count);
}

const put = (node, text) => node.textContent === text || (node.textContent = text);

function describe(count, has) {
  const { ledger } = state;
  if (!state.showSuggestions) return "Suggestions are switched off.";
  const parts = [];
  if (count) parts.push(`${count.toLocaleString("en")} ${count === 1 ? "waits" : "wait"}`);
  else parts.push(has ? "All are decided" : "None yet for this transcript");
  // What is measured counts others' work too.
  if (has && !state.isBlind && !ledger?.is_measured) parts.push("unmeasured: nobody knows yet how often they are right");
  const made = state.isRefitting ? " New ones are being made; go on coding meanwhile." : ledger?.note ? ` ${ledger.note[0].toUpperCase()}${ledger.note.slice(1)}.` : "";
  return `${parts.join("; ")}.${made}`;
}

function drawCard() {
  parts.card.hidden = !draft;
  if (!draft) {
    if (shown) evidence.hide(parts.evidence);
    shown = null;
    return;
  }
  const { one, start, end } = draft;
  const code = state.codes.get(one.code);
  put(parts.chance, sayWorth(one));
  put(parts.quote, evidence.shorten(textOf(start, end), 300));
  const isChanged = start !== one.start || end !== one.end;
  put(parts.span, isChanged ? "You changed the span; 0 brings the suggested one back." : "");
  parts.span.hidden = !isChanged;
  parts.valence.element.hidden = code?.valence_applicable === false;
  if (shown === one.id) return;
  shown = one.id;
  parts.code.replaceChildren(make("span", { class: "mark", "aria-hidden": "true", text: "?" }), make("span", { class: "visually-hidden", text: "Suggested: " }), codeName(one.code));
  parts.rules.replaceChildren(...(code ? [makeRules(code)] : []));
  parts.valence.set("");
  parts.memo.value = "";
  parts.memoBox.hidden = true;
  showEvidence();
}

function sayWorth(one) {
  const worth = one.measured === null ? (state.isBlind ? "" : "unmeasured") : `right ${Math.round(100 * one.measured)} % of the time when last measured`;
  return [sayChance(one), worth, ...one.reasons].filter(Boolean).join(" · ");
}

function toggleEvidence() {
  if (!draft) return;
  hasEvidence = !hasEvidence;
  showEvidence();
}

function showEvidence() {
  parts.why.setAttribute("aria-expanded", String(hasEvidence));
  parts.evidence.hidden = !hasEvidence;
  evidence.hide(parts.evidence);
  const { one } = draft;
  if (hasEvidence) evidence.show(one, parts.evidence, () => hasEvidence && draft?.one.id === one.id);
}

function drawProgress(count) {
  parts.session.hidden = !state.isReviewing;
  if (!state.isReviewing) return;
  parts.progress.max = Math.max(progress.decided + count, 1);
  parts.progress.value = progress.decided;
  put(parts.count, count ? `${progress.decided} decided, ${count.toLocaleString("en")} left` : `${progress.decided} decided, nothing is left to review here. u takes the last decision back.`);
  drawLog();
}

// Only what is new is added, so that a screen reader says no line twice.
function drawLog() {
  if (told > progress.log.length) {
    parts.log.replaceChildren();
    told = 0;
  }
  for (; told < progress.log.length; told++) parts.log.prepend(make("p", { text: progress.log[told] }));
  while (parts.log.children.length > REMEMBERED) parts.log.lastChild.remove();
}
