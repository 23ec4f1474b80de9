// The direction of what a coding says, as one group of buttons: the same in the picker and in the inspector.

import { make } from "./dom.js";

export const VALENCES = [
  ["", "none", "No valence"],
  ["+", "+", "Positive"],
  ["-", "−", "Negative"],
  ["mixed", "±", "Mixed"],
  ["neutral", "0", "Neutral"],
];

/** How a valence is written on the screen. */
export const writeValence = (valence) => VALENCES.find(([value]) => value === valence)?.[1] ?? valence;

/** How it is said. */
export const sayValence = (valence) => VALENCES.find(([value]) => value === valence)?.[2] ?? valence;

/**
 * Make a group of radio buttons named `id`; `onChange(value)` hears what a person chose. Arrows move; + and − set the
 * direction, both together make "mixed", 0 is neutral, Backspace none.
 */
export function makeValence(id, onChange, value = "") {
  const inputs = VALENCES.map(([one]) => make("input", { type: "radio", name: id, value: one, id: `${id}-${one || "none"}` }));
  const element = make(
    "fieldset",
    { class: "valence", id },
    make("legend", { text: "Valence" }),
    ...VALENCES.map(([one, sign, name], at) =>
      make(
        "label",
        { title: name, "data-valence": one || "none" },
        inputs[at],
        make("span", { "aria-hidden": "true", text: sign }),
        make("span", { class: "visually-hidden", text: name }),
      ),
    ),
  );
  const get = () => inputs.find((input) => input.checked)?.value ?? "";
  const put = (next) => {
    for (const input of inputs) input.checked = input.value === next;
  };
  const choose = (next) => {
    if (next === get()) return;
    put(next);
    onChange(next);
  };
  let isFresh = true; // nothing judged by key since the focus came
  element.addEventListener("focusin", (event) => {
    if (!element.contains(event.relatedTarget)) isFresh = true;
  });
  put(value);
  element.addEventListener("change", () => onChange(get()));
  element.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "+" || event.key === "-") toggle(event.key);
    else if (event.key === "0") choose("neutral");
    else if (event.key === "Backspace") choose("");
    else return;
    event.preventDefault();
  });

  /** Judge by a key: the first sets the direction, the other one after it makes it mixed, the same again takes it back. */
  function toggle(sign) {
    const now = get();
    const other = sign === "+" ? "-" : "+";
    if (isFresh || (now !== sign && now !== other && now !== "mixed")) choose(sign);
    else if (now === sign) choose("");
    else choose(now === "mixed" ? other : "mixed");
    isFresh = false;
  }

  return {
    element,
    get,
    set: (next) => {
      if (next !== get()) put(next);
    },
    toggle,
    focus: () => (inputs.find((input) => input.checked) ?? inputs[0]).focus(),
    disable: (isOff) => {
      for (const input of inputs) input.disabled = isOff;
    },
  };
}
