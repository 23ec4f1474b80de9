// What happened, for eyes and for screen readers: one polite live region and one notice with a way back.

import { make } from "./dom.js";

let region = null;

/** Say something to screen readers without moving the focus. */
export function announce(text) {
  region ??= document.getElementById("announcer") ?? addRegion();
  region.textContent = ""; // the same words twice are said twice
  setTimeout(() => (region.textContent = text), 30);
}

/** Show a sentence until the next one or until it is closed, with an action such as Undo beside it. */
export function notify(text, { action = null, run = null } = {}) {
  announce(text);
  const box = document.getElementById("notice") ?? addNotice();
  const close = () => box.replaceChildren();
  box.replaceChildren(make("span", { class: "notice-text", text }));
  if (action) {
    const act = () => {
      close();
      run();
    };
    box.append(make("button", { type: "button", class: "link", text: action, on: { click: act } }));
  }
  box.append(
    make("button", { type: "button", class: "close", "aria-label": "Close this message", text: "×", on: { click: close } }),
  );
}

/** Take the notice away: what it offers no longer holds. */
export function clearNotice() {
  document.getElementById("notice")?.replaceChildren();
}

function addRegion() {
  const node = make("div", { id: "announcer", class: "visually-hidden", role: "status", "aria-live": "polite" });
  document.body.append(node);
  return node;
}

function addNotice() {
  const node = make("div", { id: "notice", class: "notice" });
  document.body.append(node);
  return node;
}
