// The margin of a turn: for every coding a bar along its lines and a label with the code's name.

import { hueOf, markOf } from "./colours.js";
import { make } from "./dom.js";
import { partIn } from "./offsets.js";
import { state } from "./state.js";

const LANE = 7; // px from one bar to the next
const LANES = 6;
export const SIGNS = { "+": "+", "-": "−", mixed: "±", neutral: "○" };
export const SPOKEN = { "+": "positive", "-": "negative", mixed: "mixed", neutral: "neutral" };

const measure = document.createRange();

/**
 * Measure where the codings of a turn lie: [{coding, top, bottom}] in px from the top of its speech, and the height of a
 * line. Only reads, so that many turns are measured with one layout.
 */
export function measureTurn(index, codings) {
  const turn = state.turns[index];
  const head = turn.speech.parentElement.getBoundingClientRect().top;
  const places = [];
  for (const coding of codings) {
    const part = partIn(index, coding.start, coding.end);
    if (!part) continue;
    measure.setStart(turn.speech, part.from);
    measure.setEnd(turn.speech, part.to);
    const { top, bottom } = measure.getBoundingClientRect();
    places.push({ coding, top: top - head, bottom: bottom - head });
  }
  return places;
}

/** Draw the margin of a turn from what was measured. Only writes. */
export function drawTurn(index, places, labelHeight, hasSeveralCoders) {
  const { element } = state.turns[index];
  let margin = element.querySelector(".margin");
  if (!margin && !places.length) return;
  if (!margin) {
    margin = make("div", { class: "margin" }, make("ul", { class: "stripes" }), make("div", { class: "proposals" }));
    element.append(margin);
  }
  const list = margin.querySelector(".stripes");
  list.replaceChildren();
  list.hidden = !places.length;
  margin.style.removeProperty("--lanes");
  if (!places.length) return;
  list.setAttribute("aria-label", `Codings of turn ${index + 1}`);
  const ends = []; // bottom of the last bar in each lane
  let free = 0; // the first height that has no label
  const items = document.createDocumentFragment();
  for (const place of places) {
    let lane = ends.findIndex((end) => end <= place.top + 2);
    if (lane < 0) lane = Math.min(ends.length, LANES - 1);
    ends[lane] = place.bottom;
    const top = Math.max(place.top, free);
    free = top + labelHeight;
    items.append(stripe(place, lane, top, index, hasSeveralCoders));
  }
  list.append(items);
  margin.style.setProperty("--lanes", `${ends.length * LANE}px`); // suggestions stand beside the bars too
  list.style.minHeight = `${Math.ceil(free)}px`;
}

function stripe({ coding, top, bottom }, lane, labelTop, index, hasSeveralCoders) {
  const code = state.codes.get(coding.code);
  const name = code?.name ?? coding.code;
  const { initials, line } = markOf(coding.coder);
  const isRest = coding.start < state.turns[index].start;
  const bar = make("span", { class: "bar", "aria-hidden": "true" });
  bar.style.top = `${top.toFixed(1)}px`;
  bar.style.height = `${Math.max(6, bottom - top).toFixed(1)}px`;
  bar.style.insetInlineStart = `${lane * LANE}px`;
  const spoken = [
    isRest ? `${name}, continued` : name,
    SPOKEN[coding.valence],
    hasSeveralCoders ? `by ${coding.coder}` : "",
    coding.memo ? "with memo" : "",
    coding.isPending ? "not saved yet" : "",
  ];
  const label = make(
    "button",
    {
      type: "button",
      class: "label",
      tabindex: index === state.currentTurn ? 0 : -1,
      "aria-label": spoken.filter(Boolean).join(", "),
      "aria-pressed": String(coding.id === state.currentCoding),
      title: name,
    },
    hasSeveralCoders ? make("span", { class: "coder", text: initials }) : null,
    make("span", { class: "name", text: `${isRest ? "… " : ""}${name}` }),
    coding.valence ? make("span", { class: "sign", text: SIGNS[coding.valence] }) : null,
    coding.memo ? make("span", { class: "has-memo", text: "✎" }) : null,
  );
  label.style.top = `${labelTop.toFixed(1)}px`;
  const classes = ["stripe", `line-${line}`, coding.isPending ? "pending" : "", coding.id === state.currentCoding ? "current" : ""];
  return make(
    "li",
    { class: classes.filter(Boolean).join(" "), "data-hue": hueOf(coding.code), "data-coding": coding.id },
    bar,
    label,
  );
}
