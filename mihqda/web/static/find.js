// Words in this transcript or in all, found by the server: the question goes by POST, so that it stands in no address.

import { announce } from "./announce.js";
import { get, post } from "./api.js";
import { register, run } from "./commands.js";
import { make, makeDialog, openDialog } from "./dom.js";
import { state } from "./state.js";

const AROUND = 60; // characters of context on each side

let dialog, input, onlyHere, list, status;
let asked = 0; // the answer to an older question is not shown
const turnsOf = new Map(); // transcript -> its turns

export function start() {
  register("search.open", open);
  const wanted = /^#at=(\d+)-(\d+)$/.exec(location.hash);
  if (wanted) run("select.span", { start: Number(wanted[1]), end: Number(wanted[2]) });
}

function open() {
  dialog ?? build();
  openDialog(dialog, { home: state.turns[state.currentTurn]?.element });
  input.focus();
  input.select();
}

function build() {
  input = make("input", { id: "find-text", type: "search", maxlength: 200, autocomplete: "off", spellcheck: "false" });
  onlyHere = make("input", { type: "checkbox" });
  status = make("p", { class: "hint", role: "status" });
  list = make("ol", { class: "hits", "aria-label": "Places" });
  const form = make(
    "form",
    { role: "search", on: { submit: (event) => (event.preventDefault(), find()) } },
    make("div", { class: "field" }, make("label", { for: "find-text", text: "Words" }), input),
    make("label", { class: "check" }, onlyHere, "Only in this transcript"),
    make("div", { class: "buttons" }, make("button", { type: "submit", class: "primary", text: "Find" })),
  );
  dialog = makeDialog("find", "Find in transcripts", form, status, list);
}

async function find() {
  const text = input.value.trim();
  if (!text) return;
  const number = ++asked;
  status.textContent = "Looking …";
  list.replaceChildren();
  try {
    const { hits, more } = await post("/api/search", onlyHere.checked ? { text, transcript: state.transcript } : { text });
    for (const transcript of new Set(hits.map((hit) => hit.transcript))) await fetchTurns(transcript);
    if (number !== asked) return;
    status.textContent = `${hits.length}${more ? " and more" : ""} ${hits.length === 1 ? "place" : "places"}`;
    list.replaceChildren(...hits.map(makeHit));
  } catch (error) {
    if (number === asked) status.textContent = error.message;
  }
}

async function fetchTurns(transcript) {
  if (turnsOf.has(transcript)) return;
  turnsOf.set(transcript, (await get(`/api/transcripts/${encodeURIComponent(transcript)}`)).turns);
}

function makeHit({ transcript, start, end }) {
  const turn = turnsOf.get(transcript).find((one) => one.end > start);
  const points = [...(turn?.text ?? "")];
  const from = Math.max(0, start - (turn?.start ?? 0));
  const to = Math.max(from, end - (turn?.start ?? 0));
  const before = points.slice(Math.max(0, from - AROUND), from).join("");
  const after = points.slice(to, to + AROUND).join("");
  const content = [
    make("span", { class: "where", text: `${transcript} · ${turn?.speakers.join(" & ") || "?"}` }),
    make("span", { dir: "auto" }, from > AROUND ? "…" : "", before, make("mark", { text: points.slice(from, to).join("") }), after, to + AROUND < points.length ? "…" : ""),
  ];
  const go = (event) => {
    if (transcript !== state.transcript) return; // the link leads there
    event.preventDefault();
    const arrive = () => {
      run("select.span", { start, end });
      announce(`Turn of ${turn?.speakers.join(" & ")}`);
    };
    dialog.addEventListener("close", arrive, { once: true }); // after the focus has gone back
    dialog.close();
  };
  const address = `/transcripts/${encodeURIComponent(transcript)}#at=${start}-${end}`;
  return make("li", {}, make("a", { href: address, on: { click: go } }, ...content));
}
