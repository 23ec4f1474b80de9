// The coding screen: reads what the page says and starts the modules; panels.js fetches codings and codes.

import * as commands from "./commands.js";
import * as keys from "./keys.js";
import { readTurns } from "./offsets.js";
import * as panels from "./panels.js";
import { applyPrefs } from "./prefs.js";
import * as selection from "./selection.js";
import { set, state } from "./state.js";
import * as transcript from "./transcript.js";
import * as view from "./view.js";

async function start() {
  const said = document.body.dataset;
  set({
    study: said.study,
    coder: said.coder,
    isBlind: said.blind === "true",
    isReadOnly: said.readOnly === "true",
    transcript: said.transcript,
    turns: readTurns(document.getElementById("turns")),
  });
  applyPrefs();
  commands.start();
  keys.start();
  transcript.start();
  selection.start();
  view.start();
  await panels.start();
  document.documentElement.dataset.ready = "true"; // for tests and scripts that wait
}

start();
