// Keeping up with the study: other tabs, the command line, other coders; and a connection that comes and goes.

import { announce } from "./announce.js";
import { ApiError, get } from "./api.js";
import { loadCodings } from "./codings.js";
import { register } from "./commands.js";
import { on, set, state } from "./state.js";

const PACE = 500; // ms between two questions
const SLOW = 2000; // while nobody answers

let step = null; // the last step of the study's history that this page shows
let timer = null;
let asking = null;

/** Fetch the study's head: who codes, the transcripts, how far they are. */
async function loadStudy() {
  const study = await get("/api/study");
  const isOther = state.study && (study.study !== state.study || study.coder !== state.coder);
  if (isOther) {
    set({ connection: "other" });
    throw new ApiError(0, "another study, or another coder, answers at this address");
  }
  set({
    study: study.study,
    coder: study.coder,
    coders: study.coders,
    isBlind: study.is_blind,
    isReadOnly: study.is_read_only,
    transcripts: study.transcripts,
  });
  return study;
}

let rules = ""; // all that codes say, but for how often they were used

/** Fetch all codes; where only their use has changed, nothing but the counts is drawn anew. */
async function loadCodes() {
  const { codebooks, codes } = await get("/api/codes");
  const said = JSON.stringify([codebooks, codes.map((code) => ({ ...code, mine: 0, last_used: "" }))]);
  if (said !== rules) set({ codebooks, codes: new Map(codes.map((code) => [code.id, code])) });
  else for (const { id, mine, last_used } of codes) Object.assign(state.codes.get(id), { mine, last_used });
  rules = said;
  set({ uses: state.uses + 1 });
}

/** Fetch everything that this page shows. */
async function loadAll() {
  const study = await loadStudy();
  await Promise.all([loadCodes(), loadCodings()]);
  step = study.step;
}

async function ask() {
  clearTimeout(timer);
  asking ??= keepUp().finally(() => (asking = null));
  await asking;
  clearTimeout(timer);
  timer = setTimeout(ask, state.connection === "ok" ? PACE : SLOW);
}

async function keepUp() {
  if (state.connection === "other") return;
  try {
    if (step === null || state.connection !== "ok") {
      await loadAll(); // much may have happened; and it may be another study
      set({ connection: "ok" });
    }
    const answer = await get(`/api/changes?since=${step}`);
    if (!answer.is_complete) await loadAll();
    else if (answer.changes.length) await follow(answer.changes);
    step = answer.step;
    set({ ledgerState: answer.suggestions ?? state.ledgerState, isRefitting: answer.is_refitting ?? false });
  } catch (error) {
    if (!(error instanceof ApiError)) console.error(error); // a lost connection is said by its state, and asked again soon
  }
}

async function follow(changes) {
  const tables = new Set(changes.flatMap((one) => one.tables));
  const here = changes.filter((one) => !one.transcripts.length || one.transcripts.includes(state.transcript));
  const isCoded = here.some((one) => one.tables.includes("codings"));
  const work = [];
  if (isCoded) work.push(loadCodings());
  if (isCoded || tables.has("codebooks") || tables.has("codes")) work.push(loadCodes());
  if ([...tables].some((table) => table !== "codings")) work.push(loadStudy());
  await Promise.all(work);
  set({ changes });
  const others = here.filter((one) => one.who && one.who !== state.coder);
  if (others.length === 1) announce(`${others[0].who}: ${others[0].what}`);
  else if (others.length) announce(`${others.length} changes by others`);
}

export async function start() {
  register("study.refresh", async () => {
    await asking; // it may have been asked before what is to be seen
    await ask();
  });
  on("connection", (now) => now === "ok" && announce("The connection is back."));
  document.addEventListener("visibilitychange", () => document.hidden || ask());
  addEventListener("online", ask);
  await ask();
}
