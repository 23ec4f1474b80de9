// Beside the tree of codes: the pinned codes, and the code at hand with its rules.

import { run } from "./commands.js";
import { make } from "./dom.js";
import { freeNumber, pin } from "./prefs.js";
import { makeRules } from "./rules.js";
import { on, state } from "./state.js";

let pinned, rules;

/** Make the row of pinned codes, each a button with its number. */
export function makePinned() {
  pinned = make("ol", { class: "pinned", "aria-label": "Pinned codes, by number key" });
  for (const name of ["codes", "pinned"]) on(name, drawPinned);
  drawPinned();
  return pinned;
}

/** Make the place where the code at hand tells its rules, is applied and gets its number. */
export function makeCodeAtHand() {
  rules = make("section", { id: "code-rules", class: "code-rules", "aria-label": "Rules of the code at hand", tabindex: 0 });
  for (const name of ["codes", "pinned", "currentCode"]) on(name, drawRules);
  drawRules();
  return rules;
}

function drawPinned() {
  const items = state.pinned
    .map((id, at) => [state.codes.get(id), at + 1])
    .filter(([code]) => code)
    .map(([code, number]) =>
      make(
        "li",
        {},
        make(
          "button",
          { type: "button", class: "pin", title: `Apply ${code.name}`, on: { click: () => run("code.apply", code.id) } },
          make("kbd", { text: String(number) }),
          make("span", { text: code.name }),
        ),
      ),
    );
  pinned.replaceChildren(...items);
  pinned.hidden = items.length === 0;
}

function drawRules() {
  const code = state.codes.get(state.currentCode);
  const hadFocus = rules.contains(document.activeElement) && document.activeElement.id;
  if (!code) {
    rules.replaceChildren(make("p", { class: "quiet", text: "Choose a code to read its rules here." }));
    return;
  }
  const isUsable = code.codable && !code.retired;
  rules.replaceChildren(
    make(
      "div",
      { class: "code-actions" },
      isUsable
        ? make("button", { type: "button", id: "code-apply", class: "primary", text: "Apply", on: { click: () => run("code.apply", code.id) } })
        : null,
      isUsable ? makePinChoice(code) : null,
      make("button", { type: "button", id: "code-below", text: "New code below", on: { click: () => run("code.create", { parent: code.id }) } }),
    ),
    makeRules(code),
  );
  if (hadFocus) document.getElementById(hadFocus)?.focus();
}

function makePinChoice(code) {
  const number = state.pinned.indexOf(code.id) + 1;
  const free = freeNumber();
  const options = [["", "none"], ...Array.from({ length: 9 }, (_, at) => [at + 1, nameOf(at)])];
  function nameOf(at) {
    const other = state.codes.get(state.pinned[at]);
    return other && other !== code ? `${at + 1} (now ${other.name})` : `${at + 1}${at + 1 === free ? " (free)" : ""}`;
  }
  const choice = make(
    "select",
    { id: "code-pin", on: { change: () => pin(code.id, choice.value ? Number(choice.value) : null) } },
    ...options.map(([value, text]) => make("option", { value, text, selected: value === (number || "") })),
  );
  return make("label", { class: "pin-choice" }, "Key", choice);
}
