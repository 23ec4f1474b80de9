// The panels beside the text: on a wide screen they stand there or are put away, on a narrow one they slide over it.

import { register } from "./commands.js";
import { make } from "./dom.js";
import { getPref, setPref } from "./prefs.js";
import { state } from "./state.js";

const NARROW = matchMedia("(max-width: 899px)"); // as in app.css
const PANELS = { codebook: "codebook", inspector: "side" }; // name -> id of the element that is put away

let open = null; // the drawer that is out on a narrow screen
let before = null; // where the focus was

export function start() {
  register("panel.open", (name) => isShown(name) || show(name));
  register("panel.toggle", (name) => (isShown(name) ? hide(name) : show(name, true)));
  for (const [name, id] of Object.entries(PANELS)) {
    const close = make("button", { type: "button", class: "drawer-close", text: "Back to the text", on: { click: () => hide(name) } });
    document.getElementById(id)?.prepend(close);
  }
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || document.querySelector("dialog:modal")) return;
    if (open) hide(open);
    else if (event.target.closest?.("#codebook, #side")) state.turns[state.currentTurn]?.element.focus({ preventScroll: true });
    else return;
    event.preventDefault();
  });
  document.getElementById("main")?.addEventListener("pointerdown", () => open && hide(open, false));
  NARROW.addEventListener("change", () => {
    open = null;
    draw();
  });
  draw();
}

const isShown = (name) => (NARROW.matches ? open === name : getPref("panels").includes(name));

function show(name, takesFocus = false) {
  before = document.activeElement;
  if (NARROW.matches) open = name;
  else setPref("panels", [...getPref("panels"), name]);
  draw();
  if (takesFocus) document.getElementById(name)?.focus();
}

function hide(name, returnsFocus = true) {
  if (NARROW.matches) open = null;
  else setPref("panels", getPref("panels").filter((one) => one !== name));
  draw();
  if (!returnsFocus) return;
  const home = before?.isConnected && before.checkVisibility() && before !== document.body ? before : state.turns[state.currentTurn]?.element;
  home?.focus({ preventScroll: true });
  before = null;
}

function draw() {
  for (const name of Object.keys(PANELS)) {
    document.body.classList.toggle(`shows-${name}`, isShown(name));
    for (const button of document.querySelectorAll(`[data-command="panel.toggle"][data-argument="${name}"]`))
      button.setAttribute("aria-expanded", String(isShown(name)));
  }
}
