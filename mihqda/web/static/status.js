// The line below: whether everything is saved, and what is coded in this transcript.

import { make } from "./dom.js";
import { partsOf } from "./offsets.js";
import { on, state } from "./state.js";

let saved, coded;

export function start() {
  const line = document.getElementById("status");
  if (!line) return;
  saved = make("span", { class: "saved" });
  coded = make("span");
  line.append(saved, coded);
  for (const name of ["unsaved", "connection"]) on(name, showSaved);
  for (const name of ["codings", "hiddenLayers"]) on(name, showCoded);
  showSaved();
}

function showSaved() {
  const count = state.unsaved.length;
  const isStuck = state.connection !== "ok" || state.unsaved.some((write) => write.status === "failed");
  if (isStuck) saved.textContent = count ? `${count} not saved yet` : "No connection";
  else if (count) saved.textContent = "Saving …";
  else saved.textContent = state.isReadOnly ? "For reading only" : "All saved";
  saved.classList.toggle("is-stuck", isStuck);
}

function showCoded() {
  const counts = new Map(state.coder ? [[state.coder, 0]] : []);
  for (const one of state.codings.values()) counts.set(one.coder, (counts.get(one.coder) ?? 0) + 1);
  const parts = [...counts].map(([coder, count]) => {
    const note = state.hiddenLayers.has(coder) ? " (hidden)" : "";
    return `${count.toLocaleString("en")} by ${coder === state.coder ? "you" : coder}${note}`;
  });
  const outside = [...state.codings.values()].filter(({ start, end }) => !partsOf(start, end).length).length;
  if (outside) parts.push(`${outside.toLocaleString("en")} outside the turns, not shown`);
  coded.textContent = `Codings: ${parts.join(", ") || "none"}`;
}
