// Starts what stands around the transcript, and fetches what the page shows.

import { registerCodings } from "./codings.js";
import * as live from "./live.js";
import * as undo from "./undo.js";

export async function start() {
  registerCodings();
  undo.start();
  live.start();
  await live.loadAll();
}
