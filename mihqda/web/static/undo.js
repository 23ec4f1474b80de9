// Undo and redo of this coder's own last action, wherever it was made; the study remembers across restarts.

import { notify } from "./announce.js";
import { post, settle } from "./api.js";
import { register, run } from "./commands.js";
import { state } from "./state.js";

async function step(path) {
  if (!(await settle())) {
    notify("Something is not saved yet: retry or discard it first.");
    return;
  }
  try {
    const done = await post(path);
    await run("study.refresh");
    const isElsewhere = done.transcript && done.transcript !== state.transcript;
    notify(`${done.message}${isElsewhere ? ", another transcript than this one" : ""}.`, path.endsWith("undo") ? { action: "Redo", run: () => run("edit.redo") } : {});
  } catch (error) {
    notify(error.message);
  }
}

export function start() {
  let line = Promise.resolve(); // one after the other, however fast the key is pressed
  register("edit.undo", () => (line = line.then(() => step("/api/undo"))));
  register("edit.redo", () => (line = line.then(() => step("/api/redo"))));
}
