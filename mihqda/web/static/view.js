// How the transcript is seen: size of the text, what is dimmed.

import { announce } from "./announce.js";
import { register } from "./commands.js";
import { getPref, setPref, TEXT_SIZES } from "./prefs.js";
import { on, set, state } from "./state.js";

function resize(by) {
  const at = Math.max(TEXT_SIZES.indexOf(getPref("textSize")), 0) + Number(by);
  const size = TEXT_SIZES[Math.min(Math.max(at, 0), TEXT_SIZES.length - 1)];
  setPref("textSize", size);
  announce(`Text size ${size} %`);
}

function showDimmed(isDimmed) {
  document.getElementById("turns").classList.toggle("dimmed", isDimmed);
  for (const button of document.querySelectorAll('[data-command="view.dim"]')) button.setAttribute("aria-pressed", String(isDimmed));
}

// The head may take two lines; what sticks below it must know.
function followHead() {
  const head = document.getElementById("top");
  const isStuck = () => getComputedStyle(head).position === "sticky";
  const tell = () => document.documentElement.style.setProperty("--head", isStuck() ? `${head.offsetHeight}px` : "0px");
  new ResizeObserver(tell).observe(head);
}

export function start() {
  followHead();
  register("view.size", resize);
  register("view.dim", () => {
    set({ isDimmed: !state.isDimmed });
    announce(state.isDimmed ? "What is not coded is dimmed" : "Nothing is dimmed");
  });
  on("isDimmed", showDimmed);
}
