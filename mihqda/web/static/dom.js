// Elements are made here and nowhere from strings of HTML: what people wrote is never read as markup.

/**
 * Make an element. Attributes: `class`, `text` (its text), `on` ({event: listener}), true for a bare attribute,
 * false, null and undefined for none; children are elements or strings.
 */
export function make(tag, { text, on = {}, ...attributes } = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, value);
  }
  if (text !== undefined) node.textContent = text;
  for (const [event, listener] of Object.entries(on)) node.addEventListener(event, listener);
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** Open a modal dialog; when it closes, the focus goes back to where it was, or to `home`. */
export function openDialog(dialog, { home = null } = {}) {
  if (dialog.open) return;
  const before = document.activeElement;
  dialog.addEventListener(
    "close",
    () => {
      const target = before && before !== document.body && before.isConnected ? before : home;
      target?.focus({ preventScroll: true });
    },
    { once: true },
  );
  dialog.showModal();
}

/** Make a dialog with a heading and a close button, closed by Escape and by a click outside it. */
export function makeDialog(id, title, ...children) {
  const dialog = make(
    "dialog",
    { id, class: "dialog", "aria-labelledby": `${id}-title` },
    make(
      "header",
      { class: "dialog-head" },
      make("h2", { id: `${id}-title`, text: title }),
      make("button", {
        type: "button",
        class: "close",
        "aria-label": "Close",
        text: "×",
        on: { click: () => dialog.close() },
      }),
    ),
    ...children,
  );
  dialog.addEventListener("mousedown", (event) => {
    if (event.target === dialog && !isInside(dialog, event)) dialog.close();
  });
  document.body.append(dialog);
  return dialog;
}

function isInside(dialog, event) {
  const box = dialog.getBoundingClientRect();
  return (
    event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom
  );
}
