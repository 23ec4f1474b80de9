// Lines under the text for suggestions, by the CSS Custom Highlight API: dashed for what is suggested, thick for the words
// that weighed, double for a negation. Never a ground of a hue: that is how codings look.

import { rangesOf } from "./offsets.js";

const isAble = typeof Highlight !== "undefined" && "highlights" in CSS;
const NAMES = { pointed: 50, suggestion: 51, evidence: 52, negated: 53 }; // name -> priority

/** Draw a line of a kind under some spans, in place of where it was. */
export function paint(name, ...spans) {
  if (!isAble) return;
  const ranges = spans.filter(Boolean).flatMap(({ start, end }) => rangesOf(start, end));
  if (!ranges.length) {
    CSS.highlights.delete(name);
    return;
  }
  const highlight = new Highlight(...ranges);
  highlight.priority = NAMES[name];
  CSS.highlights.set(name, highlight);
}
