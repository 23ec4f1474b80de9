// A new code where it is needed: name, parent and definition; in vivo, the selected words are the name.

import { notify } from "./announce.js";
import { post } from "./api.js";
import { findTarget } from "./codings.js";
import { register, run } from "./commands.js";
import { make, makeDialog, openDialog } from "./dom.js";
import { textOf } from "./offsets.js";
import { set, state } from "./state.js";

const LONGEST = 80; // characters of an in-vivo name

let dialog, form, name, parent, book, bookRow, definition, apply, applyText, fault;
let task = {};

export function start() {
  register("code.create", (options = {}) => open({ apply: Boolean(state.selection), ...options }));
  register("code.inVivo", () => {
    if (!state.selection) return notify("Select the words that name the code, then press i.");
    const words = textOf(state.selection.start, state.selection.end).replace(/\s+/g, " ").replace(/^["'“‘(\s]+|[\s.,;:"'”’)…]+$/gu, "");
    open({ name: shorten(words), isInVivo: true, apply: true });
  });
}

function shorten(words) {
  const points = [...words];
  return points.length <= LONGEST ? words : `${points.slice(0, LONGEST - 1).join("").trimEnd()}…`;
}

function open({ name: proposed = "", parent: below = "", isInVivo = false, apply: isApplied = false, then = null }) {
  if (state.isReadOnly) return notify("This study is open for reading only.");
  dialog ?? build();
  task = { isInVivo, then, span: findTarget(), isBusy: false };
  dialog.querySelector("h2").textContent = isInVivo ? "New code, in vivo" : "New code";
  name.value = proposed;
  definition.value = "";
  fault.textContent = "";
  name.removeAttribute("aria-invalid");
  fillParents(below || (isInVivo ? "" : (state.codes.get(state.currentCode)?.parent ?? "")));
  apply.checked = isApplied && task.span !== null;
  applyText.textContent = state.selection ? "Apply it to the selected text" : "Apply it to this turn";
  apply.closest("label").hidden = Boolean(then) || task.span === null;
  openDialog(dialog, { home: state.turns[state.currentTurn]?.element });
  name.focus();
  name.select();
}

function build() {
  name = make("input", { id: "new-name", type: "text", required: true, maxlength: 200, autocomplete: "off", "aria-describedby": "new-fault" });
  parent = make("select", { id: "new-parent", on: { change: showBook } });
  book = make("select", { id: "new-book" });
  definition = make("textarea", { id: "new-definition", rows: 4, maxlength: 10000 });
  apply = make("input", { type: "checkbox", id: "new-apply" });
  fault = make("p", { id: "new-fault", class: "fault", role: "alert" });
  bookRow = field("Codebook", book);
  form = make(
    "form",
    { class: "form", novalidate: true, on: { submit: (event) => (event.preventDefault(), create()) } },
    field("Name", name),
    fault,
    field("Below", parent),
    bookRow,
    field("Definition", definition, "What this code covers, in a sentence; you can leave it for later."),
    make("label", { class: "check" }, apply, (applyText = make("span"))),
    make(
      "div",
      { class: "buttons" },
      make("button", { type: "submit", class: "primary", text: "Make the code" }),
      make("button", { type: "button", text: "Cancel", on: { click: () => dialog.close() } }),
    ),
  );
  dialog = makeDialog("newcode", "New code", form);
}

function field(title, control, hint = "") {
  const id = `${control.id}-hint`;
  if (hint) control.setAttribute("aria-describedby", id);
  return make(
    "div",
    { class: "field" },
    make("label", { for: control.id, text: title }),
    control,
    hint ? make("p", { class: "hint", id, text: hint }) : null,
  );
}

function fillParents(chosen) {
  const children = new Map();
  for (const code of state.codes.values()) {
    const key = code.parent ?? "";
    children.set(key, [...(children.get(key) ?? []), code]);
  }
  const options = [make("option", { value: "", text: "the top" })];
  const walk = (key, depth) => {
    for (const code of children.get(key) ?? []) {
      if (code.retired) continue;
      options.push(make("option", { value: code.id, text: `${"\u00a0\u00a0".repeat(depth)}${code.name}`, selected: code.id === chosen }));
      walk(code.id, depth + 1);
    }
  };
  walk("", 0);
  parent.replaceChildren(...options);
  book.replaceChildren(...state.codebooks.map((one) => make("option", { value: one.id, text: one.title || one.id })));
  showBook();
}

function showBook() {
  bookRow.hidden = parent.value !== "" || state.codebooks.length < 2;
}

async function create() {
  if (task.isBusy) return;
  const wanted = name.value.trim();
  if (!wanted) return complain("A code needs a name.");
  task.isBusy = true;
  const body = { name: wanted };
  if (parent.value) body.parent = parent.value;
  else if (!bookRow.hidden) body.codebook = book.value;
  if (definition.value.trim()) body.definition = definition.value.trim();
  if (task.isInVivo) body.in_vivo = true;
  try {
    const code = await post("/api/codes", body);
    set({ codes: new Map(state.codes).set(code.id, code), uses: state.uses + 1 });
    const { span, then } = task;
    const isApplied = apply.checked && !apply.closest("label").hidden;
    dialog.close();
    set({ currentCode: code.id });
    if (then) then(code.id);
    else if (isApplied) run("code.apply", code.id, { span });
    else notify(`New code: ${code.name}.`, { action: "Undo", run: () => run("edit.undo") });
    run("study.refresh");
  } catch (error) {
    complain(error.wayOut ? `${error.message} ${error.wayOut}` : error.message);
  } finally {
    task.isBusy = false;
  }
}

function complain(text) {
  fault.textContent = text;
  name.setAttribute("aria-invalid", "true");
  name.focus();
}
