// Choosing a code by typing: letters, arrows, Enter. Plus and minus judge the valence on the way.

import { compareUse, findCodes } from "./codesearch.js";
import { findTarget } from "./codings.js";
import { notify } from "./announce.js";
import { register, run } from "./commands.js";
import { make, makeDialog, openDialog } from "./dom.js";
import { makeRules, pathOf } from "./rules.js";
import { state } from "./state.js";
import { makeValence } from "./valence.js";

const MOST = 60; // codes shown at once: whoever wants others types

let dialog, input, list, side, status, valence;
let found = [];
let at = 0;
let task = null; // {title, choose(code, valence), hasValence}

export function start() {
  register("code.pick", open);
}

/** Open the picker to apply a code, or with {title, choose} to choose one for something else. */
function open({ title = "Apply a code", choose = null } = {}) {
  if (!choose && !findTarget()) return notify("There is no text to code here.");
  dialog ?? build();
  task = {
    choose: choose ?? ((code, judged) => run("code.apply", code, { valence: judged })),
    hasValence: !choose,
  };
  dialog.querySelector("h2").textContent = title;
  input.value = "";
  valence.set("");
  valence.element.hidden = !task.hasValence;
  find();
  openDialog(dialog, { home: state.turns[state.currentTurn]?.element });
  input.focus();
}

function build() {
  input = make("input", {
    id: "picker-search",
    type: "text",
    role: "combobox",
    "aria-label": "Code: type part of its name, a keyword or its definition",
    "aria-controls": "picker-list",
    "aria-expanded": "true",
    "aria-autocomplete": "list",
    autocomplete: "off",
    spellcheck: "false",
    placeholder: "Type a name or a keyword",
    on: { input: find, keydown: onKey },
  });
  list = make("ul", { id: "picker-list", role: "listbox", "aria-label": "Codes" });
  side = make("div", { class: "picker-rules", tabindex: 0, role: "region", "aria-label": "Rules of this code" });
  status = make("p", { class: "visually-hidden", role: "status" });
  valence = makeValence("picker-valence", () => {});
  const hint = make("p", { class: "hint" }, make("kbd", { text: "Enter" }), " takes the marked code; ", make("kbd", { text: "+" }), " ", make("kbd", { text: "−" }), " judge; ", make("kbd", { text: "Esc" }), " leaves");
  dialog = makeDialog("picker", "Apply a code", input, valence.element, status, make("div", { class: "picker-body" }, list, side), hint);
  list.addEventListener("mousemove", (event) => {
    const index = [...list.children].indexOf(event.target.closest("li"));
    if (index >= 0 && index !== at) mark(index);
  });
  list.addEventListener("click", (event) => event.target.closest("li") && take());
  valence.element.addEventListener("keydown", (event) => event.key === "Enter" && (event.preventDefault(), take()));
}

function find() {
  const usable = [...state.codes.values()].filter((code) => code.codable && !code.retired);
  found = findCodes(usable, input.value);
  if (!input.value.trim()) found.sort((one, other) => isLast(other) - isLast(one) || compareUse(one.code, other.code));
  found = found.slice(0, MOST);
  list.replaceChildren(
    ...found.map(({ code, where }, index) =>
      make(
        "li",
        { role: "option", id: `picker-${index}`, "aria-selected": "false" },
        make("span", { class: "code-name" }, code.name, makeWhere(where || pathOf(code).join(" › "))),
        makeNumber(code),
      ),
    ),
  );
  status.textContent = `${found.length} ${found.length === 1 ? "code" : "codes"}`;
  mark(0);
}

const isLast = ({ code }) => Number(code.id === state.lastCode?.id);
const makeWhere = (where) => (where ? make("span", { class: "where", text: where }) : null);

function makeNumber(code) {
  const number = state.pinned.indexOf(code.id) + 1;
  return number ? make("kbd", { text: String(number) }) : null;
}

function mark(index) {
  at = Math.max(0, Math.min(index, found.length - 1));
  [...list.children].forEach((node, place) => node.setAttribute("aria-selected", String(place === at)));
  const node = list.children[at];
  if (node) {
    input.setAttribute("aria-activedescendant", node.id);
    node.scrollIntoView({ block: "nearest" });
    side.replaceChildren(makeRules(found[at].code));
  } else {
    input.removeAttribute("aria-activedescendant");
    side.replaceChildren(
      make("p", { class: "quiet", text: "No code matches." }),
      make("button", { type: "button", text: "Make a new code", on: { click: create } }),
    );
  }
  valence.disable(found.length > 0 && !found[at].code.valence_applicable);
}

function onKey(event) {
  const moves = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 };
  if (event.isComposing) return;
  if (event.key in moves) mark(at + moves[event.key]);
  else if (event.key === "Enter") take();
  else if (task.hasValence && isJudgement(event)) valence.toggle(event.key === "+" ? "+" : "-");
  else return;
  event.preventDefault();
}

/** A plus, or a minus that does not stand inside a word such as "kick-off". */
function isJudgement(event) {
  return event.key === "+" || (event.key === "-" && /(^|\s)$/.test(input.value.slice(0, input.selectionStart)));
}

function take() {
  const code = found[at]?.code;
  if (!code) return create();
  dialog.close();
  task.choose(code.id, code.valence_applicable ? valence.get() : "");
}

function create() {
  const name = input.value.trim();
  const { choose, hasValence } = task;
  dialog.close();
  run("code.create", { name, apply: hasValence, then: hasValence ? null : choose });
}
