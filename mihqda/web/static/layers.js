// What is shown and how: coders' layers, dimming, suggestions, text size, colours, keys. One dialog, kept by prefs.js.

import { announce } from "./announce.js";
import { markOf } from "./colours.js";
import { register } from "./commands.js";
import { make, makeDialog, openDialog } from "./dom.js";
import { getPref, setPref, TEXT_SIZES, THEMES } from "./prefs.js";
import { on, set, state } from "./state.js";

let dialog, layers;

export function start() {
  register("view.layers", open);
  for (const name of ["coders", "codings", "hiddenLayers"]) on(name, () => dialog?.open && drawLayers());
}

function open() {
  dialog ?? build();
  drawLayers();
  for (const input of dialog.querySelectorAll("[data-state]")) input.checked = state[input.dataset.state];
  for (const select of dialog.querySelectorAll("select")) select.value = getPref(select.dataset.pref);
  openDialog(dialog, { home: state.turns[state.currentTurn]?.element });
}

function build() {
  layers = make("fieldset", { id: "layers" });
  const transcript = make(
    "fieldset",
    {},
    make("legend", { text: "Transcript" }),
    makeStateCheck("Dim what is not coded", "isDimmed"),
    makeStateCheck("Show suggestions", "showSuggestions"),
    makeChoice("Text size", TEXT_SIZES.map((size) => [size, `${size} %`]), "textSize", Number),
    makeChoice("Colours", THEMES, "theme", String),
  );
  const keys = make(
    "fieldset",
    {},
    make("legend", { text: "Keyboard" }),
    makeCheck("Single keys in the transcript, such as c or 1", getPref("shortcuts"), (isOn) => setPref("shortcuts", isOn)),
  );
  dialog = makeDialog("view", "View", layers, transcript, keys);
}

function makeCheck(text, isOn, change, more = {}) {
  const input = make("input", { type: "checkbox", checked: isOn, ...more, on: { change: () => change(input.checked) } });
  return make("label", { class: "check" }, input, text);
}

const makeStateCheck = (text, name) => makeCheck(text, state[name], (isOn) => set({ [name]: isOn }), { "data-state": name });

function makeChoice(title, options, pref, read) {
  const id = `view-${pref}`;
  const select = make(
    "select",
    { id, "data-pref": pref, on: { change: () => setPref(pref, read(select.value)) } },
    ...options.map(([value, text]) => make("option", { value, text })),
  );
  return make("div", { class: "field inline" }, make("label", { for: id, text: title }), select);
}

/** The coders who coded in this study, with how many codings each has in this transcript. */
function drawLayers() {
  const counts = new Map([state.coder, ...state.coders].filter(Boolean).map((coder) => [coder, 0]));
  for (const coding of state.codings.values()) counts.set(coding.coder, (counts.get(coding.coder) ?? 0) + 1);
  const focused = document.activeElement?.dataset?.coder;
  const items = [...counts].map(([coder, count]) => {
    const text = `${coder === state.coder ? `${coder} (you)` : coder}: ${count} here`;
    const item = makeCheck(text, !state.hiddenLayers.has(coder), (isShown) => showLayer(coder, isShown), { "data-coder": coder });
    item.firstChild.after(make("span", { class: "coder", "aria-hidden": "true", text: markOf(coder).initials }));
    return item;
  });
  const note = state.isBlind && make("p", { class: "hint", text: "You code blind: other coders' work does not reach this page." });
  layers.replaceChildren(make("legend", { text: "Coders" }), ...items, note || "");
  if (focused !== undefined) layers.querySelector(`[data-coder="${CSS.escape(focused)}"]`)?.focus();
}

function showLayer(coder, isShown) {
  const hidden = new Set(state.hiddenLayers);
  if (isShown) hidden.delete(coder);
  else hidden.add(coder);
  set({ hiddenLayers: hidden });
  announce(`${coder} ${isShown ? "shown" : "hidden"}`);
}
