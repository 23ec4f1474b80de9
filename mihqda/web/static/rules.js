// What a code means, beside the text: definition, what to include and exclude, examples.

import { make } from "./dom.js";
import { state } from "./state.js";

/** Return the names of the codes above a code, the topmost first. */
export function pathOf(code) {
  const path = [];
  for (let above = state.codes.get(code.parent); above && !path.includes(above.name); above = state.codes.get(above.parent))
    path.unshift(above.name);
  return path;
}

/** Make the rules of a code, as elements. */
export function makeRules(code) {
  const path = pathOf(code).join(" › ");
  const part = (title, text) => (text ? make("div", { class: "rule" }, make("h4", { text: title }), makeText(text)) : null);
  const others = Object.entries(code.names ?? {});
  return make(
    "div",
    { class: "rules" },
    path ? make("p", { class: "path", text: path }) : null,
    make("h3", {}, code.name, code.retired ? make("span", { class: "badge", text: "retired" }) : null),
    others.length
      ? make("p", { class: "other-names" }, ...others.map(([language, name]) => make("span", { lang: language, text: name })))
      : null,
    code.definition ? makeText(code.definition) : make("p", { class: "quiet", text: "No definition yet." }),
    part("Include", code.include),
    part("Exclude", code.exclude),
    code.examples?.length
      ? make(
          "div",
          { class: "rule" },
          make("h4", { text: code.examples.length === 1 ? "Example" : "Examples" }),
          make("ul", {}, ...code.examples.map((text) => make("li", { text }))),
        )
      : null,
    code.keywords?.length ? part("Keywords", code.keywords.join(", ")) : null,
    code.codable ? null : make("p", { class: "quiet", text: "Holds other codes; it is not applied itself." }),
  );
}

function makeText(text) {
  return make("p", { class: "prose", text });
}
