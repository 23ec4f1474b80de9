// Suggestions in the margin: dashed, without a hue, with a question mark, so that none looks like a coding. Only turns in
// view have them.

import { codeName } from "./codings.js";
import { run } from "./commands.js";
import { make } from "./dom.js";
import { turnAfter } from "./offsets.js";
import { on, state } from "./state.js";
import { isDeciding, sayChance, waiting } from "./suggestions.js";
import { paint } from "./underline.js";

const MOST = 3; // of a turn; the rest is behind a button
const CHUNK = 5; // turns drawn in one frame

let byTurn = new Map(); // turn -> its suggestions, by position
const drawn = new Map(); // turn -> what stands there, as a signature
const open = new Set(); // turns whose every suggestion is shown
const checked = new Map(); // turn -> the state of the list in which it was looked at last
const stale = new Set();
let listState = 0;
let isPlanned = false;
let tabbed = -1;
let current = null;

function index() {
  byTurn = new Map();
  if (!state.showSuggestions) return;
  const shown = [...state.suggestions.values()].filter((one) => !one.decision);
  shown.sort((one, other) => one.start - other.start || (other.probability ?? 0) - (one.probability ?? 0));
  for (const one of shown) {
    const at = turnAfter(one.start); // where it begins: once is enough
    if (!byTurn.has(at)) byTurn.set(at, []);
    byTurn.get(at).push(one);
  }
}

const signatureOf = (at) =>
  (byTurn.get(at) ?? [])
    .map((one) => `${one.id} ${sayChance(one)} ${isDeciding(one.id)} ${one.id === state.currentSuggestion} ${codeName(one.code)}`)
    .concat(open.has(at))
    .join("\n");

function plan() {
  if (isPlanned || !stale.size) return;
  isPlanned = true;
  requestAnimationFrame(() => {
    isPlanned = false;
    for (const at of [...stale].slice(0, CHUNK)) {
      stale.delete(at);
      draw(at);
    }
    plan();
  });
}

// Turns that come into view, or whose list has changed since they were looked at.
function refresh() {
  for (const at of state.inView) if (checked.get(at) !== listState) stale.add(at);
  plan();
}

function draw(at) {
  checked.set(at, listState);
  const here = byTurn.get(at) ?? [];
  const signature = here.length ? signatureOf(at) : "";
  if ((drawn.get(at) ?? "") === signature) return;
  drawn.set(at, signature);
  const { element } = state.turns[at];
  let box = element.querySelector(".proposals");
  if (!box) {
    if (!here.length) return;
    box = make("div", { class: "proposals" });
    const margin = element.querySelector(".margin");
    if (margin) margin.append(box);
    else element.append(make("div", { class: "margin" }, make("ul", { class: "stripes", hidden: true }), box));
  }
  const focused = box.contains(document.activeElement) ? document.activeElement.dataset.suggestion : null;
  const shown = open.has(at) ? here : here.filter((one, place) => place < MOST || one.id === state.currentSuggestion);
  const list = make("ul", { "aria-label": `Suggestions for turn ${at + 1}` }, ...shown.map((one) => make("li", {}, makeProposal(one, at))));
  const rest = here.length - shown.length;
  if (rest) list.append(make("li", {}, makeRest(rest, at)));
  box.replaceChildren(...(here.length ? [list] : []));
  if (focused !== null) (box.querySelector(`[data-suggestion="${CSS.escape(focused ?? "")}"]`) ?? element).focus({ preventScroll: true });
}

function makeProposal(one, at) {
  const isPending = isDeciding(one.id);
  const name = codeName(one.code);
  const spoken = ["Suggestion", name, sayChance(one), isPending ? "not saved yet" : ""].filter(Boolean).join(", ");
  return make(
    "button",
    {
      type: "button",
      class: `proposal${isPending ? " pending" : ""}`,
      "data-suggestion": one.id,
      tabindex: at === state.currentTurn ? 0 : -1,
      "aria-label": spoken,
      "aria-pressed": String(one.id === state.currentSuggestion),
      title: `Suggested: ${name}`,
    },
    make("span", { class: "mark", text: "?" }),
    make("span", { class: "name", text: name }),
    make("span", { class: "chance", text: one.probability === null ? one.strength : `${Math.round(100 * one.probability)} %` }),
  );
}

const makeRest = (count, at) =>
  make("button", {
    type: "button",
    class: "proposal more",
    tabindex: at === state.currentTurn ? 0 : -1,
    "aria-label": `${count} more ${count === 1 ? "suggestion" : "suggestions"} for turn ${at + 1}`,
    text: `+${count}`,
    on: {
      click: () => {
        open.add(at);
        draw(at);
        state.turns[at].element.querySelectorAll(".proposal")[MOST]?.focus();
      },
    },
  });

const suggestionOf = (event) => state.suggestions.get(event.target.closest?.(".proposal")?.dataset.suggestion);

export function start() {
  const list = document.getElementById("turns");
  list.addEventListener("click", (event) => {
    const one = suggestionOf(event);
    if (one) run("review.show", one.id);
  });
  for (const name of ["pointerover", "focusin"]) list.addEventListener(name, (event) => paint("pointed", suggestionOf(event)));
  for (const name of ["pointerleave", "focusout"]) list.addEventListener(name, () => paint("pointed", null));
  for (const name of ["suggestions", "showSuggestions", "codes"]) {
    on(name, () => {
      index();
      listState++;
      refresh();
      showButton();
    });
  }
  on("isReviewing", showButton);
  on("inView", refresh);
  on("currentSuggestion", (id) => {
    for (const one of [current, id]) if (state.suggestions.has(one)) stale.add(turnAfter(state.suggestions.get(one).start));
    current = id;
    plan();
  });
  on("currentTurn", (at) => {
    for (const [turn, index] of [[tabbed, -1], [at, 0]]) {
      for (const button of state.turns[turn]?.element.querySelectorAll(".proposal") ?? []) button.tabIndex = index;
    }
    tabbed = at;
  });
  tabbed = state.currentTurn;
}

// The tool "Review" is there while something waits.
function showButton() {
  const count = waiting().length;
  for (const button of document.querySelectorAll('#toolbar [data-command="review.toggle"]')) {
    button.hidden = !state.isReviewing && (!count || !state.showSuggestions);
    button.setAttribute("aria-pressed", String(state.isReviewing));
    button.textContent = state.isReviewing ? "End review" : `Review ${count.toLocaleString("en")}`;
  }
}
