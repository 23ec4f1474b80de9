// The one way to the server. Reads are plain; every write waits in one line, in the order in which it was made, and is
// listed as "not saved yet" until the server has confirmed it: a failed one stays until it is retried or discarded.

import { on, set, state } from "./state.js";

const PATIENCE = 15_000; // ms without an answer after which the connection counts as lost

/** What the server answered instead of what was asked: `status` 0 if it did not answer at all. */
export class ApiError extends Error {
  constructor(status, message, { wayOut = null, current = null } = {}) {
    super(message);
    this.status = status;
    this.wayOut = wayOut;
    this.current = current;
    this.isShutOut = false;
  }

  /** True if nothing can be said to this server now: it is away, or does not know this browser any more. */
  get isLost() {
    return this.status === 0 || this.isShutOut;
  }
}

export const get = (path) => ask("GET", path);
export const post = (path, body = {}) => ask("POST", path, body);
export const patch = (path, body) => ask("PATCH", path, body);
export const remove = (path) => ask("DELETE", path);

async function ask(method, path, body) {
  const options = { method, cache: "no-store", keepalive: method !== "GET", signal: AbortSignal.timeout(PATIENCE) };
  if (body !== undefined) {
    options.body = JSON.stringify(body);
    options.headers = { "Content-Type": "application/json" };
  }
  let answer, content;
  try {
    answer = await fetch(path, options);
    content = answer.status === 204 ? null : await answer.json().catch(() => null);
  } catch {
    throw lost(new ApiError(0, "the connection to the study is lost"));
  }
  if (answer.ok) return content;
  const error = new ApiError(answer.status, content?.error ?? `the server answered ${answer.status}`, {
    wayOut: content?.way_out,
    current: content?.current,
  });
  if (error.status === 403 && (method === "GET" || (await isShutOut()))) {
    error.isShutOut = true;
    throw lost(error);
  }
  throw error;
}

// A write may be refused because the coding is another's; a question that everybody may ask tells the two apart.
async function isShutOut() {
  try {
    return (await fetch(`/api/changes?since=${Number.MAX_SAFE_INTEGER}`, { cache: "no-store" })).status === 403;
  } catch {
    return true;
  }
}

function lost(error) {
  const connection = error.isShutOut ? "refused" : "lost";
  if (state.connection !== connection) set({ connection });
  return error;
}

// ---- writes

let writes = [];
let isWorking = false;

/**
 * Write something, after all that was to be written before.
 *
 * `what` says it to a person; `run` does it and may be called again after a failure, so it must be safe to repeat;
 * `target` names what it changes: later writes to it wait while an earlier one has failed; `overlay(codings)` puts the
 * expected outcome into a Map of codings until the server has confirmed; `confirmed(result)` takes the answer;
 * `changes` and `base` are what a person sees if somebody else was faster: error.overrule() makes a retry overrule.
 * The promise resolves to the answer, or to undefined if the write was discarded.
 */
export function save({ what, run, target = null, overlay = null, confirmed = null, changes = null, base = null }) {
  return new Promise((resolve) => {
    const write = { what, run, target, overlay, confirmed, changes, base, resolve, status: "pending", error: null };
    show([...writes, write]);
    work();
  });
}

/** Try a failed write again. */
export function retry(write) {
  if (write.status === "pending") return;
  change(write, { status: "pending", error: null });
  work();
}

/** Give a failed write up, and those that build on it. */
export function discard(write) {
  const from = writes.indexOf(write);
  const gone = writes.filter((one, at) => one === write || (at > from && one.target && one.target === write.target));
  show(writes.filter((one) => !gone.includes(one)));
  for (const one of gone) one.resolve(undefined);
  work();
}

/** Resolve once no write is waiting; false if some failed and stand in the list. */
export async function settle() {
  while (isWorking) await new Promise((resolve) => setTimeout(resolve, 20));
  return writes.length === 0;
}

async function work() {
  if (isWorking) return;
  isWorking = true;
  for (let next = findNext(); next; next = findNext()) await attempt(next);
  isWorking = false;
}

function findNext() {
  return writes.find(
    (one, at) =>
      one.status === "pending" &&
      !writes.slice(0, at).some((before) => before.status === "failed" && before.target && before.target === one.target),
  );
}

async function attempt(write) {
  try {
    // After a loss live.js looks first whether the same study is back.
    if (state.connection !== "ok") throw new ApiError(0, "there is no connection to the study");
    const result = await write.run();
    write.confirmed?.(result);
    show(writes.filter((one) => one !== write));
    write.resolve(result);
  } catch (error) {
    if (!(error instanceof ApiError)) console.error(error); // ours: shown to the person as well
    change(write, { status: "failed", error });
  }
}

function change(write, changes) {
  Object.assign(write, changes);
  show([...writes]);
}

function show(list) {
  writes = list;
  set({ unsaved: writes });
}

// What failed only because nobody was there is tried again as soon as somebody is.
on("connection", () => {
  if (state.connection !== "ok") return;
  for (const one of writes) if (one.error?.isLost) Object.assign(one, { status: "pending", error: null });
  if (writes.length) {
    show([...writes]);
    work();
  }
});

addEventListener("beforeunload", (event) => {
  if (writes.length) event.preventDefault();
});
