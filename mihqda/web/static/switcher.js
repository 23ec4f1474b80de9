// From one transcript to another, and the mark that one is finished.

import { notify } from "./announce.js";
import { post } from "./api.js";
import { register, run } from "./commands.js";
import { make, makeDialog, openDialog } from "./dom.js";
import { on, set, state } from "./state.js";

let dialog, body;

export function start() {
  register("transcript.choose", open);
  register("transcript.finish", finish);
  on("transcripts", () => {
    if (dialog?.open) draw();
    showFinished();
  });
}

function open() {
  if (!dialog) {
    body = make("tbody");
    const heads = ["Transcript", "Words", "Turns", "Codings", "Turns to code", "Finished by"].map((text) => make("th", { scope: "col", text }));
    const table = make("table", { class: "transcripts" }, make("thead", {}, make("tr", {}, ...heads)), body);
    dialog = makeDialog("switcher", "Transcripts", make("div", { class: "scrolls", tabindex: 0, role: "region", "aria-label": "List of transcripts" }, table));
  }
  draw();
  openDialog(dialog, { home: state.turns[state.currentTurn]?.element });
  body.querySelector("[aria-current]")?.focus();
}

function draw() {
  body.replaceChildren(
    ...state.transcripts.map((one) =>
      make(
        "tr",
        {},
        make(
          "th",
          { scope: "row" },
          make("a", {
            href: `/transcripts/${encodeURIComponent(one.id)}`,
            "aria-current": one.id === state.transcript ? "page" : null,
            text: one.id,
          }),
        ),
        makeNumber(one.words),
        makeNumber(one.turns),
        makeNumber(one.codings),
        makeNumber(one.uncoded),
        make("td", { text: one.finished.length ? `✓ ${one.finished.join(", ")}` : "–" }),
      ),
    ),
  );
}

const makeNumber = (number) => make("td", { class: "number", text: number.toLocaleString("en") });

const findThis = () => state.transcripts.find((one) => one.id === state.transcript);

function showFinished() {
  const isFinished = findThis()?.finished.includes(state.coder) ?? false;
  for (const button of document.querySelectorAll('[data-command="transcript.finish"]'))
    button.setAttribute("aria-pressed", String(isFinished));
}

async function finish() {
  const one = findThis();
  if (!one) return;
  const finished = !one.finished.includes(state.coder);
  try {
    await post(`/api/transcripts/${encodeURIComponent(state.transcript)}/finished`, { finished });
    const others = one.finished.filter((coder) => coder !== state.coder);
    const changed = { ...one, finished: finished ? [...others, state.coder] : others };
    set({ transcripts: state.transcripts.map((other) => (other === one ? changed : other)) });
    notify(finished ? `${one.id} is finished.` : `${one.id} is not finished any more.`, {
      action: "Undo",
      run: () => run("edit.undo"),
    });
  } catch (error) {
    notify(error.message);
  }
}
