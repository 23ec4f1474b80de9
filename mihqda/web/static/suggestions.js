// The suggestions for this transcript, and a coder's decisions on them. A suggestion is never a coding: it becomes one by
// her decision on that very suggestion, and what is shown as decided is in the study.

import { announce, notify } from "./announce.js";
import { ApiError, get, post, save } from "./api.js";
import { codeName, firstWords, mayCode, takeCoding } from "./codings.js";
import { register } from "./commands.js";
import { getPref, setPref } from "./prefs.js";
import { on, set, state } from "./state.js";

export const ORDERS = [
  ["rare", "Rare codes first"],
  ["uncertain", "Uncertain ones first"],
  ["likely", "Likely ones first"],
  ["reading", "As they are read"],
];
// Steps that touch these may settle a suggestion, open it again, or change its place in the order.
const TABLES = ["codings", "decisions", "finished", "codes", "codebooks", "settings", "evaluations", "transcripts"];

const deciding = new Map(); // id -> verdict that the server has not confirmed yet
let confirmations = 0;
let loading = null;
let isStale = false;
let hasAsked = false; // for suggestions to be made
let hears = () => {}; // tells the review what a decision led to

/** Let the review hear what became of decisions: hear(suggestion, verdict, answer). */
export const onDecided = (hear) => (hears = hear);

/** Return what waits for a decision, in the order of review. */
export const waiting = () => [...state.suggestions.values()].filter((one) => !one.decision && !deciding.has(one.id));

export const isDeciding = (id) => deciding.has(id);

/** How likely a suggestion is, as people read it: in words, and as a figure where enough is coded for one. */
export function sayChance({ strength, probability }) {
  return probability === null ? strength : `${strength}, ${Math.round(100 * probability)} %`;
}

/** Fetch the suggestions; asked while that is being done, once more. */
export function load() {
  isStale = true;
  loading ??= keepLoading().finally(() => (loading = null));
  return loading;
}

/** Wait until what was asked for last is there. */
export const settled = async () => loading;

async function keepLoading() {
  while (isStale) {
    isStale = false;
    const before = confirmations;
    const path = `/api/transcripts/${encodeURIComponent(state.transcript)}/suggestions`;
    try {
      const answer = await get(`${path}?order=${getPref("suggestionOrder", "rare")}&hidden=${getPref("hiddenSuggestions", false)}`);
      // An answer from before a decision would offer the same thing again.
      if (before !== confirmations) isStale = true;
      else take(answer);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error; // a lost connection is said elsewhere, and everything is read anew after it
    }
  }
}

function take({ suggestions, ...ledger }) {
  set({ ledger, suggestions: new Map(suggestions.map((one) => [one.id, one])) });
}

/**
 * Decide on a suggestion: "accept", "reject" or "skip". With another span or code it counts as changed.
 * The page goes on at once; the decision is shown as made when the study has it, and can be retried if it has not.
 */
export function decide(one, verdict, { start = one.start, end = one.end, code = one.code, valence = "", memo = "", seconds = null } = {}) {
  if (!mayCode() || deciding.has(one.id)) return false;
  const body = { seconds };
  if (verdict === "accept") {
    Object.assign(body, { valence, memo });
    if (start !== one.start) body.start = start;
    if (end !== one.end) body.end = end;
    if (code !== one.code) body.code = code;
  }
  deciding.set(one.id, verdict);
  set({ suggestions: state.suggestions });
  save({
    what: `${NAMES[verdict]} the suggestion ${codeName(one.code)}, ${firstWords(one)}`,
    target: `suggestion ${one.id}`,
    run: () => ask(one, verdict, body),
    confirmed: (answer) => {
      confirmations++;
      if (answer.coding) takeCoding(answer.coding);
    },
  }).then((answer) => {
    deciding.delete(one.id);
    const after = new Map(state.suggestions);
    for (const changed of answer?.changed ?? []) after.set(changed.id, changed);
    if (answer?.isGone) after.delete(one.id);
    set({ suggestions: after });
    if (answer) hears(one, verdict, answer);
  });
  return true;
}

const NAMES = { accept: "Accept", reject: "Reject", skip: "Leave for later" };

async function ask(one, verdict, body) {
  try {
    return await post(`/api/suggestions/${encodeURIComponent(one.id)}/${verdict}`, body);
  } catch (error) {
    // Made anew in the meantime, and not suggested any more: nothing is left to refuse.
    if (error.status === 404 && verdict !== "accept") return { coding: null, changed: [], isGone: true };
    throw error;
  }
}

/** Make the suggestions for this transcript anew, beside the server. */
export async function makeAnew() {
  if (!mayCode()) return;
  try {
    const { started } = await post("/api/suggestions/refit", { transcript: state.transcript });
    hasAsked = true;
    set({ isRefitting: true });
    announce(started ? "Suggestions are being made; go on coding meanwhile." : "Suggestions are being made already.");
  } catch (error) {
    notify([error.message, error.wayOut].filter(Boolean).join(" "));
  }
}

function show(isShown) {
  if (isShown === state.showSuggestions) return;
  set({ showSuggestions: isShown });
}

export function start() {
  set({ showSuggestions: getPref("suggestions", true) });
  on("showSuggestions", (isShown) => {
    setPref("suggestions", isShown);
    announce(isShown ? "Suggestions are shown" : "Suggestions are switched off");
  });
  on("ledgerState", (now) => now !== state.ledger?.state && load());
  on("changes", (changes) => {
    const isTouched = ({ tables, transcripts }) =>
      tables.some((table) => TABLES.includes(table)) && (!transcripts.length || transcripts.includes(state.transcript) || getPref("suggestionOrder", "rare") === "rare");
    if (changes.some(isTouched)) load();
  });
  on("connection", (now) => now === "ok" && load());
  on("isRefitting", async (isRunning) => {
    if (isRunning) return;
    await load();
    if (!hasAsked) return; // somebody else had them made
    hasAsked = false;
    const count = waiting().length;
    const said = count === 1 ? "1 suggestion waits" : `${count} suggestions wait`;
    notify(`Suggestions made: ${said}.${state.ledger?.note ? ` Note: ${state.ledger.note}.` : ""}`);
  });
  register("suggestions.make", makeAnew);
  register("suggestions.toggle", () => show(!state.showSuggestions));
  register("suggestions.order", (order) => {
    setPref("suggestionOrder", order);
    load();
  });
  register("suggestions.hidden", (areShown) => {
    setPref("hiddenSuggestions", areShown);
    load();
  });
  load();
}
