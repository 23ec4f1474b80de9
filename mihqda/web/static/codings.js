// What can be done with codings: apply a code, change, resize, recode and remove a coding.
// `state.codings` is what the server has, with what is not confirmed yet laid over it.

import { announce, clearNotice, notify } from "./announce.js";
import { ApiError, discard, get, patch, post, remove, retry, save } from "./api.js";
import { register, run } from "./commands.js";
import { textOf } from "./offsets.js";
import { rememberLast } from "./prefs.js";
import { on, set, state } from "./state.js";

let stored = new Map(); // id -> coding, as the server told last
let confirmations = 0;
let hadOverlays = false;
const lineages = new Map(); // id -> the revisions of a coding that followed each other by writes of this page alone

/** Fetch the codings of this transcript anew. */
export async function loadCodings() {
  let before, codings;
  do {
    before = confirmations; // an answer from before a write of ours would take its coding away for a moment
    ({ codings } = await get(`/api/transcripts/${encodeURIComponent(state.transcript)}/codings`));
  } while (before !== confirmations);
  stored = new Map(codings.map((one) => [one.id, one]));
  show();
}

function show() {
  const shown = new Map(stored);
  for (const write of state.unsaved) write.overlay?.(shown);
  set({ codings: shown });
  if (state.currentCoding && !shown.has(state.currentCoding)) set({ currentCoding: null });
}

on("unsaved", () => {
  const hasOverlays = state.unsaved.some((write) => write.overlay);
  if (hasOverlays || hadOverlays) show();
  hadOverlays = hasOverlays;
});

const newId = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(6)), (byte) => byte.toString(16).padStart(2, "0")).join("");

export const codeName = (id) => state.codes.get(id)?.name ?? id;

const FIRST = 40; // characters of a text by which a person knows a coding

/** Return the first words of a span, in quotes. */
export function firstWords({ start, end }) {
  const text = textOf(start, end).replace(/\s+/g, " ");
  const points = [...text.slice(0, FIRST * 2)];
  return `“${points.length <= FIRST ? text : `${points.slice(0, FIRST).join("").replace(/\s+\S*$/u, "")}…`}”`;
}

/** Name a coding for a person: its code and the first words of its text. */
export const nameCoding = (coding) => `${codeName(coding.code)}, ${firstWords(coding)}`;

/** True if the person at this screen may change a coding: it is her own. */
export const isOwn = (coding) => coding.coder === state.coder;

/** Return what a code would be applied to: the selection, or the speech of the current turn. */
export function findTarget() {
  if (state.selection) return state.selection;
  const turn = state.turns[state.currentTurn];
  return turn ? { start: turn.start, end: turn.end } : null;
}

/** Apply a code to a span, or to the selection or current turn. */
export function applyCode(id, { valence = "", memo = "", span = findTarget() } = {}) {
  const code = state.codes.get(id);
  if (!code || !span || !mayCode()) return null;
  if (!code.codable || code.retired) {
    notify(code.retired ? `${code.name} is retired: it is applied no more.` : `${code.name} only holds other codes: choose one below it.`);
    return null;
  }
  const same = [...state.codings.values()].find(
    (one) => isOwn(one) && one.code === id && one.start === span.start && one.end === span.end,
  );
  if (same) {
    set({ currentCoding: same.id });
    notify(`You have coded this as ${code.name} already.`);
    return same.id;
  }
  const coding = {
    id: newId(),
    transcript: state.transcript,
    start: span.start,
    end: span.end,
    code: id,
    coder: state.coder,
    valence: code.valence_applicable ? valence : "",
    memo,
    created: new Date().toISOString().replace(/\.\d+Z$/, "Z"),
    origin: "hand",
    revision: "", // until the server gives one
  };
  clearNotice();
  const { created, coder, origin, revision, ...body } = coding;
  save({
    what: nameCoding(coding),
    target: coding.id,
    overlay: (codings) => codings.set(coding.id, { ...coding, isPending: true }),
    run: () => post("/api/codings", body),
    confirmed: (answer) => take(coding.id, revision, answer),
  });
  set({ currentCoding: coding.id, currentCode: id });
  rememberLast({ id, valence: coding.valence });
  announce(`Coded as ${code.name}${coding.valence ? `, ${coding.valence}` : ""}`);
  return coding.id;
}

/** Tell whether somebody codes here; if not, she is told why. */
export function mayCode() {
  if (state.isReadOnly) notify("This study is open for reading only.");
  else if (!state.coder) notify("Say who codes first.", { action: "To the start page", run: () => location.assign("/") });
  else return true;
  return false;
}

function take(id, revision, answer) {
  const lineage = lineages.get(id) ?? [];
  lineages.set(id, lineage.at(-1) === revision ? [...lineage, answer.revision] : [revision, answer.revision]);
  stored.set(answer.id, answer);
  confirmations++;
}

/** Take in a coding that the server made of a suggestion. */
export function takeCoding(coding) {
  take(coding.id, "", coding);
  show();
}

// A change that builds on this page's own ones meets no conflict with them, only with those of others.
function latest(id, revision) {
  const lineage = lineages.get(id) ?? [];
  return lineage.includes(revision) ? lineage.at(-1) : revision;
}

/**
 * Change one's own coding as it stood when the person began, so that nobody's change is overwritten unseen.
 * `what` names the change while it waits, `said` is announced when it is saved.
 */
export function changeCoding(coding, changes, what, said) {
  clearNotice();
  let base = coding.revision;
  save({
    what: `${what}, ${firstWords(coding)}`,
    target: coding.id,
    changes,
    base: coding,
    overlay: (codings) => {
      const shown = codings.get(coding.id);
      if (shown) codings.set(coding.id, { ...shown, ...changes, isPending: true });
    },
    run: async () => {
      const revision = latest(coding.id, base);
      try {
        return await patch(`/api/codings/${coding.id}`, { revision, ...changes });
      } catch (error) {
        if (error.status === 404) {
          error.isGone = true;
          stored.delete(coding.id);
        }
        const current = error instanceof ApiError ? error.current : null;
        if (!current) throw error;
        stored.set(coding.id, current);
        if (Object.entries(changes).every(([name, value]) => current[name] === value)) return current; // it had arrived
        error.overrule = () => (base = current.revision);
        throw error;
      }
    },
    confirmed: (answer) => take(coding.id, latest(coding.id, base), answer),
  }).then((answer) => answer && announce(said));
}

/** Return a coding as it would be with a write to it and all that wait behind that one. */
export function wantedBy(write) {
  const waiting = state.unsaved.slice(state.unsaved.indexOf(write)).filter((one) => one.target === write.target);
  return Object.assign({}, write.base, ...waiting.map((one) => one.changes));
}

/** Make anew the coding that was removed elsewhere while this one changed it; it is listed until that can be done. */
export function codeAgain(write) {
  if (stored.has(write.target)) return retry(write); // somebody brought it back meanwhile
  const wanted = wantedBy(write);
  const same = [...state.codings.values()].find(
    (one) => isOwn(one) && one.code === wanted.code && one.start === wanted.start && one.end === wanted.end,
  );
  if (same) {
    const memo = [same.memo, wanted.memo].filter(Boolean).join("\n\n");
    if (wanted.memo && same.memo !== wanted.memo) changeCoding(same, { memo }, `Memo of ${codeName(same.code)}`, `Memo of ${codeName(same.code)} saved`);
  } else if (!applyCode(wanted.code, { valence: wanted.valence, memo: wanted.memo, span: { start: wanted.start, end: wanted.end } })) return;
  discard(write);
}

/** Remove one's own coding; the way back is offered. */
export function removeCoding(coding) {
  clearNotice();
  let base = coding.revision;
  save({
    what: `Remove ${nameCoding(coding)}`,
    target: coding.id,
    changes: {},
    base: coding,
    overlay: (codings) => codings.delete(coding.id),
    run: async () => {
      const revision = latest(coding.id, base);
      try {
        return await remove(`/api/codings/${coding.id}?revision=${encodeURIComponent(revision)}`);
      } catch (error) {
        if (error.status === 404) return { removed: coding.id }; // it had arrived
        if (error.current) {
          stored.set(coding.id, error.current);
          error.overrule = () => (base = error.current.revision);
        }
        throw error;
      }
    },
    confirmed: () => {
      stored.delete(coding.id);
      confirmations++;
    },
  }).then((answer) => {
    if (answer) notify(`Removed: ${codeName(coding.code)}.`, { action: "Undo", run: () => run("edit.undo") });
  });
}

/** Return the codings that overlap the selection or, without one, the current turn; the one at hand in any case. */
export function codingsHere() {
  const span = state.selection ?? state.turns[state.currentTurn];
  const isHere = (one) => span && one.start < span.end && span.start < one.end && !state.hiddenLayers.has(one.coder);
  const here = [...state.codings.values()].filter((one) => one.id === state.currentCoding || isHere(one));
  return here.sort((one, other) => one.start - other.start || one.end - other.end || (one.id < other.id ? -1 : 1));
}

/** Return the coding at hand: the current one, or the only one here. */
export function codingAtHand(here = codingsHere()) {
  return here.find((one) => one.id === state.currentCoding) ?? (here.length === 1 ? here[0] : null);
}

function ownCurrent() {
  const coding = codingAtHand();
  if (!coding) notify("Which coding? Go to it first: o goes through those of this turn, or click its stripe.");
  else if (!isOwn(coding)) notify(`This coding is ${coding.coder}'s: only its own coder changes it.`);
  else return coding;
  return null;
}

export function setValence(coding, valence) {
  if (coding.valence === valence) return;
  const what = valence ? `Valence ${valence} for ${codeName(coding.code)}` : `No valence for ${codeName(coding.code)}`;
  changeCoding(coding, { valence }, what, what);
}

export function resizeCoding(coding, span) {
  if (!span) notify("Select the text that the coding should cover, then resize it.");
  else if (span.start !== coding.start || span.end !== coding.end)
    changeCoding(coding, { start: span.start, end: span.end }, `New size of ${codeName(coding.code)}`, `Resized: ${codeName(coding.code)}`);
}

export function recodeCoding(coding, code) {
  if (code === coding.code) return;
  const names = `${codeName(coding.code)} to ${codeName(code)}`;
  changeCoding(coding, { code }, `Recode ${names}`, `Recoded: ${names}`);
}

export function registerCodings() {
  register("code.apply", (id, options) => applyCode(id, options));
  register("code.repeat", () => {
    if (state.codes.has(state.lastCode?.id)) applyCode(state.lastCode.id, { valence: state.lastCode.valence });
    else notify("Nothing to repeat: no code that is there was applied yet in this browser.");
  });
  register("code.pinned", (number) => {
    const id = state.pinned[number - 1];
    if (id && state.codes.has(id)) applyCode(id);
    else notify(`No code is pinned on ${number}: choose one in the codebook and give it a number key.`);
  });
  register("coding.remove", () => {
    const coding = ownCurrent();
    if (coding) removeCoding(coding);
  });
  register("coding.resize", () => {
    const coding = ownCurrent();
    if (coding) resizeCoding(coding, state.selection);
  });
  register("coding.recode", () => {
    const coding = ownCurrent();
    if (coding) run("code.pick", { title: "Recode as", choose: (code) => recodeCoding(coding, code) });
  });
}
