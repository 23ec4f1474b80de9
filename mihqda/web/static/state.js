// The one state of the page. Modules read `state`, change it with `set`, and hear of changes with `on`;
// they know nothing else of each other but commands (commands.js).
// Positions are code points of the transcript's text, as on the server; offsets.js alone turns them into DOM points.

export const state = {
  study: "",
  coder: "",
  isBlind: false,
  isReadOnly: false,
  transcript: "", // id
  turns: [], // {n, start, end, speakers: [..], kind, isBackchannel, element, speech}, in order; see offsets.js
  codings: new Map(), // id -> Coding of the API, of this transcript, already without what a blind coder may not see
  codes: new Map(), // id -> code of the API
  uses: 0, // counts up whenever `mine` and `last_used` of the codes are fresh
  codebooks: [], // {id, title, language}
  transcripts: [], // all of the study: {id, words, turns, codings, finished, uncoded}
  coders: [],
  lastCode: null, // {id, valence}: the code applied last, here or in another transcript
  changes: [], // what the study told last: {step, who, what, kind, transcripts, tables}
  suggestions: new Map(), // id -> suggestion of the API, those to decide on first and in order
  ledger: null, // what else the API says of them: {suggester, state, is_measured, hidden, is_refitting, note}
  ledgerState: "", // as the study told last: another one than that of `ledger` means that they were made anew
  isRefitting: false, // suggestions are being made
  currentSuggestion: null, // id or null: the one that is decided on
  inView: new Set(), // indices of the turns near the screen: only these are painted
  currentTurn: 0, // index into turns: the turn that has the focus of the list
  selection: null, // {start, end} or null
  currentCoding: null, // id or null: the coding that the inspector shows
  hoveredCoding: null, // id or null: the one pointed at
  currentCode: null, // id or null: the code at hand
  hiddenLayers: new Set(), // coders whose codings are not shown
  isDimmed: false,
  isReviewing: false,
  showSuggestions: true,
  connection: "ok", // "lost", "refused" or "other" (another study) while nobody answers
  unsaved: [], // writes that the server has not confirmed
  prefs: {},
  pinned: [], // ids of codes at 1 to 9, null where a number is free
};

const listeners = new Map();

/** Call `fn(value, name)` after every change of `name`. Returns a function that ends this. */
export function on(name, fn) {
  if (!listeners.has(name)) listeners.set(name, new Set());
  listeners.get(name).add(fn);
  return () => listeners.get(name).delete(fn);
}

/**
 * Change the state, then tell who listens: each listener once, however many of its names changed.
 * A map, set or list given again counts as changed, since its content may have: `set({codings: state.codings})`.
 */
export function set(changes) {
  const changed = [];
  for (const [name, value] of Object.entries(changes)) {
    if (state[name] === value && (value === null || typeof value !== "object")) continue;
    state[name] = value;
    changed.push(name);
  }
  const told = new Set();
  for (const name of changed) {
    for (const fn of listeners.get(name) ?? []) {
      if (told.has(fn)) continue;
      told.add(fn);
      fn(state[name], name);
    }
  }
}
