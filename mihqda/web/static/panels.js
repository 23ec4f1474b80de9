// Starts what stands around the transcript, and fetches what the page shows.

import * as codebook from "./codebook.js";
import { registerCodings } from "./codings.js";
import * as drawers from "./drawers.js";
import * as find from "./find.js";
import * as help from "./help.js";
import * as inspector from "./inspector.js";
import * as layers from "./layers.js";
import * as live from "./live.js";
import * as newcode from "./newcode.js";
import * as picker from "./picker.js";
import * as proposals from "./proposals.js";
import * as review from "./review.js";
import * as reviewpanel from "./reviewpanel.js";
import * as status from "./status.js";
import * as suggestions from "./suggestions.js";
import * as switcher from "./switcher.js";
import * as undo from "./undo.js";
import * as unsaved from "./unsaved.js";

export async function start() {
  registerCodings();
  for (const part of [codebook, drawers, find, help, inspector, layers, newcode, picker, status, switcher, undo, unsaved]) part.start();
  await live.start();
  for (const part of [proposals, review, reviewpanel, suggestions]) part.start(); // they need names of codes
}
