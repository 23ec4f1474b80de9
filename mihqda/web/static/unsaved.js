// What is not saved yet, said in one place: failed writes with Retry and Discard, changes that met another's, and a
// connection that is away.

import { announce } from "./announce.js";
import { discard, retry } from "./api.js";
import { codeAgain, codeName, firstWords, wantedBy } from "./codings.js";
import { register, run } from "./commands.js";
import { make } from "./dom.js";
import { on, state } from "./state.js";
import { sayValence } from "./valence.js";

const CONNECTIONS = {
  lost: "The connection to the study is lost. What you code is kept on this page and is saved when it is back; leave the page open.",
  refused:
    "The server was started anew and asks for its start address: open the link that mihqda serve printed, in this browser. This page then goes on.",
  other: "Another study or another coder now answers at this address. Nothing is written from this page any more.",
};

let box, connection, list, count;

export function start() {
  connection = make("p", { class: "connection", role: "status" });
  count = make("h2", { class: "unsaved-title" });
  list = make("ul", { class: "unsaved-list" });
  box = make("section", { id: "unsaved", "aria-label": "Not saved yet", hidden: true }, connection, count, list);
  document.body.append(box);
  on("unsaved", draw);
  on("connection", draw);
  register("unsaved.retry", () => state.unsaved.forEach(retry));
}

const GONE = "This coding was removed elsewhere meanwhile.";

let told = 0;

function draw() {
  const failed = state.unsaved.filter((write) => write.status === "failed");
  const isAway = state.connection !== "ok";
  box.hidden = !isAway && failed.length === 0;
  connection.hidden = !isAway;
  if (connection.textContent !== (CONNECTIONS[state.connection] ?? "")) connection.textContent = CONNECTIONS[state.connection] ?? "";
  count.hidden = failed.length === 0;
  count.textContent = `Not saved yet: ${state.unsaved.length}`;
  const hadFocus = list.contains(document.activeElement);
  list.replaceChildren(...(failed.length ? state.unsaved.map(makeItem) : []));
  // With the card of a coding that was removed elsewhere the focus went as well.
  const isGone = failed.length > told && failed.at(-1).error.isGone && document.activeElement === document.body;
  if (hadFocus || isGone) (list.querySelector("textarea") ?? list.querySelector("button"))?.focus();
  if (failed.length > told && !isAway) announce(`Not saved: ${failed.at(-1).error.isGone ? GONE : failed.at(-1).error.message}`);
  told = failed.length;
}

function makeItem(write) {
  const { error } = write;
  if (!error) return make("li", {}, make("span", { class: "what", text: write.what }), make("span", { class: "why", text: "waits for the one before" }));
  if (error.isGone) return makeGone(write);
  return error.current ? makeConflict(write) : makeFailure(write);
}

function makeFailure(write) {
  const { error } = write;
  const why = error.isLost ? null : make("span", { class: "why", text: [error.message, error.wayOut].filter(Boolean).join(" ") });
  return make(
    "li",
    {},
    make("span", { class: "what", text: write.what }),
    why,
    makeButtons(write, ["Retry", () => retry(write)], ["Discard", () => discard(write)]),
  );
}

/** The coding is no more: what was to be written to it can be read, copied, and coded again. */
function makeGone(write) {
  const { memo } = wantedBy(write);
  const isMemo = memo !== "" && memo !== undefined;
  return make(
    "li",
    { class: "gone" },
    make("span", { class: "what", text: write.what }),
    make("span", { class: "why", text: GONE }),
    isMemo && makeMemo(memo),
    makeButtons(write, [isMemo ? "Code it again with my memo" : "Code it again", () => codeAgain(write)], ["Discard", () => discard(write)]),
  );
}

function makeMemo(memo) {
  const field = make("textarea", { class: "memo-field", rows: 3, readonly: true, "aria-label": "Your memo, not saved" });
  field.value = memo;
  return field;
}

/** Somebody else changed the same coding meanwhile: both states, and the person chooses. */
function makeConflict(write) {
  const { current } = write.error;
  const isRemoval = Object.keys(write.changes ?? {}).length === 0;
  const names = new Set([...Object.keys(write.changes ?? {}), ...FIELDS.filter((name) => current[name] !== write.base?.[name])]);
  const mine = { ...write.base, ...write.changes };
  const isMoved = names.delete("start") | names.delete("end");
  const rows = [...(isMoved ? ["text"] : []), ...names].map((name) =>
    make(
      "tr",
      {},
      make("th", { scope: "row", text: TITLES[name] ?? name }),
      make("td", { text: say(name, mine) }),
      make("td", { text: say(name, current) }),
    ),
  );
  const overrule = () => {
    write.error.overrule?.();
    retry(write);
  };
  return make(
    "li",
    { class: "conflict" },
    make("span", { class: "what", text: write.what }),
    make("span", { class: "why", text: "This coding was changed elsewhere meanwhile; nothing was overwritten." }),
    make(
      "table",
      {},
      make("thead", {}, make("tr", {}, make("td"), make("th", { scope: "col", text: "yours" }), make("th", { scope: "col", text: "now" }))),
      make("tbody", {}, ...rows),
    ),
    makeButtons(write, [isRemoval ? "Remove it all the same" : "Use mine", overrule], ["Keep what is there now", () => discard(write)]),
  );
}

const FIELDS = ["start", "end", "code", "valence", "memo"];
const TITLES = { text: "Text", code: "Code", valence: "Valence", memo: "Memo" };

function say(name, coding) {
  if (name === "text") return `${firstWords(coding)} (${coding.end - coding.start} characters)`;
  const value = coding[name];
  if (name === "code") return codeName(value);
  if (name === "valence") return sayValence(value ?? "").toLowerCase();
  return value === "" ? "empty" : String(value);
}

function makeButtons(write, ...buttons) {
  return make(
    "span",
    { class: "buttons" },
    ...buttons.map(([text, act]) =>
      make("button", { type: "button", text, "aria-label": `${text}: ${write.what}`, on: { click: () => (act(), home()) } }),
    ),
  );
}

function home() {
  if (box.hidden) run("turn.go", state.currentTurn);
}
