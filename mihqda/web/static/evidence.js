// Why a code was suggested: words that weighed (marked in the text too), a negation, the matched part of the codebook,
// accepted quotes that are near.

import { get } from "./api.js";
import { run } from "./commands.js";
import { make } from "./dom.js";
import { textOf } from "./offsets.js";
import { state } from "./state.js";
import { paint } from "./underline.js";

const LONGEST = 200; // characters of a quote

/** Fetch and show the evidence of a suggestion in a box; `isWanted()` says whether it still is. */
export async function show(one, box, isWanted) {
  let evidence;
  try {
    evidence = await get(`/api/suggestions/${encodeURIComponent(one.id)}`);
  } catch (error) {
    if (isWanted()) box.replaceChildren(make("p", { class: "quiet", text: `There is no evidence to show: ${error.message}.` }));
    return;
  }
  if (!isWanted()) return;
  paint("evidence", ...evidence.words);
  paint("negated", ...evidence.negated);
  const parts = [...makeWords(evidence), ...makeMatch(evidence), ...makeQuotes(evidence)];
  const how = `Suggested by ${evidence.suggester}.`;
  box.replaceChildren(...(parts.length ? parts : [make("p", { text: "Nothing in particular speaks for it." })]), make("p", { class: "quiet", text: how }));
}

export function hide(box) {
  box.replaceChildren();
  for (const name of ["evidence", "negated"]) paint(name, null);
}

const list = (title, items) => [make("h4", { text: title }), make("ul", {}, ...items)];

function makeWords({ words, negated }) {
  const said = words.map(({ start, end, weight }) =>
    make("li", {}, make("span", { class: "weighed", dir: "auto", text: shorten(textOf(start, end), 40) }), ` ${sign(weight)}`),
  );
  const denied = negated.map(({ start, end }) => make("li", {}, make("span", { class: "negation", dir: "auto", text: shorten(textOf(start, end), 40) })));
  return [...(said.length ? list("Words that weighed", said) : []), ...(denied.length ? list("Negated", denied) : [])];
}

const sign = (weight) => (weight < 0 ? `−${(-weight).toFixed(1)}` : `+${weight.toFixed(1)}`);

function makeMatch({ field, matched }) {
  return matched ? [make("h4", { text: `Resembles its ${field}` }), make("p", { class: "prose", dir: "auto", text: shorten(matched) })] : [];
}

function makeQuotes({ quotes }) {
  const items = quotes.map((quote) => {
    const isHere = state.codings.has(quote.coding);
    const where = isHere
      ? make("button", { type: "button", class: "link", text: "show", "aria-label": "Show this coding in the text", on: { click: () => run("coding.show", quote.coding) } })
      : make("span", { class: "quiet", text: quote.transcript });
    return make("li", {}, make("bdi", { text: `“${shorten(quote.text)}”` }), " ", where);
  });
  return items.length ? list("Near accepted quotes", items) : [];
}

/** Return a text on one line, its middle left out where it is long. */
export function shorten(text, most = LONGEST) {
  const points = [...text.trim().replace(/\s+/g, " ")];
  if (points.length <= most) return points.join("");
  const half = (most - 3) >> 1;
  return `${points.slice(0, half).join("").trimEnd()} … ${points.slice(-half).join("").trimStart()}`;
}
