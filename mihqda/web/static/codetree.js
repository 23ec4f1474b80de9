// A tree of codes for the keyboard and for screen readers: one stop for Tab, arrows inside.
// https://www.w3.org/WAI/ARIA/apg/patterns/treeview/

import { make } from "./dom.js";

/**
 * A tree in `element`. `draw(rows)` shows rows {key, label, level, hasChildren, isOpen, position, size, content} in their
 * order; `onFocus(key)` hears which row is at hand, `onRun(key)` of Enter and double click, `onToggle(key, isOpen)` of
 * opening and closing, `onType(character)` of a letter.
 */
export function makeTree(element, { onFocus, onRun, onToggle, onType }) {
  let rows = [];
  let at = null; // key of the row that has the tab stop
  let chosen = null; // key of the row at hand

  element.setAttribute("role", "tree");

  function draw(next) {
    const hadFocus = element.contains(document.activeElement);
    rows = next;
    if (!rows.some((row) => row.key === at)) at = rows[0]?.key ?? null;
    element.replaceChildren(...rows.map(makeRow));
    if (hadFocus) nodeOf(at)?.focus({ preventScroll: true });
  }

  function makeRow(row) {
    const twig = row.hasChildren ? (row.isOpen ? "▾" : "▸") : "";
    const node = make(
      "li",
      {
        role: "treeitem",
        class: `code-row ${row.class ?? ""}`,
        "data-key": row.key,
        "data-level": row.level,
        "aria-level": row.level,
        "aria-posinset": row.position,
        "aria-setsize": row.size,
        "aria-expanded": row.hasChildren ? String(row.isOpen) : null,
        "aria-selected": String(row.key === chosen),
        "aria-label": row.label,
        tabindex: row.key === at ? 0 : -1,
      },
      make("span", { class: "twig", "aria-hidden": "true", text: twig }),
      ...row.content,
    );
    return node;
  }

  const nodeOf = (key) => [...element.children].find((node) => node.dataset.key === key) ?? null;
  const indexOf = (key) => rows.findIndex((row) => row.key === key);

  /** Give a row the tab stop; with `isFocused` the focus as well. */
  function moveTo(key, isFocused = true) {
    const node = nodeOf(key);
    if (!node) return;
    nodeOf(at)?.setAttribute("tabindex", -1);
    nodeOf(chosen)?.setAttribute("aria-selected", "false");
    at = chosen = key;
    node.setAttribute("tabindex", 0);
    node.setAttribute("aria-selected", "true");
    if (isFocused) node.focus();
    node.scrollIntoView({ block: "nearest" });
    onFocus(key);
  }

  function toggle(row, isOpen) {
    onToggle(row.key, isOpen);
    nodeOf(row.key)?.focus();
  }

  function parentOf(index) {
    for (let up = index - 1; up >= 0; up--) if (rows[up].level < rows[index].level) return rows[up];
    return null;
  }

  element.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const index = indexOf(at);
    const row = rows[index];
    if (!row) return;
    const step = (to) => to && moveTo(to.key);
    if (event.key === "ArrowDown") step(rows[index + 1]);
    else if (event.key === "ArrowUp") step(rows[index - 1]);
    else if (event.key === "Home") step(rows[0]);
    else if (event.key === "End") step(rows.at(-1));
    else if (event.key === "ArrowRight") {
      if (row.hasChildren && !row.isOpen) toggle(row, true);
      else if (row.hasChildren) step(rows[index + 1]);
    } else if (event.key === "ArrowLeft") {
      if (row.hasChildren && row.isOpen) toggle(row, false);
      else step(parentOf(index));
    } else if (event.key === "Enter") onRun(row.key);
    else if (event.key.length === 1 && event.key !== " ") onType(event.key);
    else if (event.key !== " ") return;
    event.preventDefault();
    event.stopPropagation();
  });

  element.addEventListener("click", (event) => {
    const node = event.target.closest("[role=treeitem]");
    if (!node) return;
    const row = rows[indexOf(node.dataset.key)];
    moveTo(row.key);
    if (event.target.closest(".twig") && row.hasChildren) toggle(row, !row.isOpen);
  });

  element.addEventListener("dblclick", (event) => {
    const node = event.target.closest("[role=treeitem]");
    if (node && !event.target.closest(".twig")) onRun(node.dataset.key);
  });

  return { draw, moveTo, focus: () => nodeOf(at)?.focus(), first: () => rows[0]?.key ?? null };
}
