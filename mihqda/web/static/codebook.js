// The codebook beside the text: a tree of codes to move in, to search and to apply from.

import { makeCodeAtHand, makePinned } from "./codeathand.js";
import { compareUse, findCodes } from "./codesearch.js";
import { register, run } from "./commands.js";
import { make } from "./dom.js";
import { makeTree } from "./codetree.js";
import { on, set, state } from "./state.js";

const VIEWS = [
  ["tree", "All"],
  ["recent", "Recent"],
  ["used", "Most used"],
];
const SHORT = 20; // codes in the lists of recent and most used ones

const closed = new Set(); // keys of branches that are shut
let view = "tree";
let typed = "";
let tree, search, nothing, status;

export function start() {
  const panel = document.getElementById("codebook");
  if (!panel) return;
  search = make("input", {
    type: "search",
    id: "code-search",
    placeholder: "Find a code",
    "aria-label": "Find a code by name, keyword or definition",
    "aria-controls": "code-tree",
    autocomplete: "off",
    spellcheck: "false",
  });
  status = make("p", { class: "visually-hidden", role: "status" });
  const list = make("ul", { id: "code-tree", class: "code-tree", "aria-label": "Codes" });
  const create = () => run("code.create", { name: typed });
  nothing = make("p", { class: "quiet nothing", hidden: true }, make("span"), make("button", { type: "button", text: "Make a new code", on: { click: create } }));
  panel.append(make("h2", { class: "visually-hidden", text: "Codes" }));
  panel.append(make("div", { class: "code-find" }, search, makeViews(), status), makePinned(), list, nothing, makeCodeAtHand());

  tree = makeTree(list, {
    onFocus: (key) => state.codes.has(key) && set({ currentCode: key }),
    onRun: (key) => state.codes.has(key) && run("code.apply", key),
    onToggle: (key, isOpen) => {
      if (isOpen) closed.delete(key);
      else closed.add(key);
      drawTree();
    },
    onType: (character) => {
      search.value += character;
      search.focus();
      find();
    },
  });
  search.addEventListener("input", find);
  search.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") tree.moveTo(tree.first());
    else if (event.key === "Enter" && state.codes.has(tree.first())) run("code.apply", firstCodable());
    else if (event.key === "Escape" && search.value) {
      search.value = "";
      find();
    } else return;
    event.preventDefault();
  });

  on("uses", drawTree);
  on("pinned", drawTree);
  on("currentCode", (code) => tree.moveTo(code, false));
  register("codebook.search", () => {
    run("panel.open", "codebook");
    search.focus();
    search.select();
  });
}

function makeViews() {
  const buttons = VIEWS.map(([name, text]) =>
    make("button", {
      type: "button",
      "aria-pressed": String(name === view),
      text,
      on: {
        click: (event) => {
          view = name;
          for (const one of buttons) one.setAttribute("aria-pressed", String(one === event.currentTarget));
          drawTree();
        },
      },
    }),
  );
  return make("div", { class: "segmented", role: "group", "aria-label": "Which codes" }, ...buttons);
}

function find() {
  typed = search.value.trim();
  drawTree();
  const count = document.querySelectorAll("#code-tree > li").length;
  status.textContent = typed ? `${count} ${count === 1 ? "code" : "codes"}` : "";
}

/** The best code for what was typed: the first one that can be applied. */
function firstCodable() {
  const found = findCodes(state.codes.values(), typed).find(({ code }) => code.codable && !code.retired);
  return found?.code.id ?? tree.first();
}

// ---- the tree

function drawTree() {
  const rows = typed ? foundRows() : view === "tree" ? treeRows() : listRows();
  tree.draw(rows);
  nothing.hidden = rows.length > 0;
  nothing.firstChild.textContent = typed ? "No code matches." : view === "tree" ? "There are no codes yet." : "You have not applied a code yet.";
}

function foundRows() {
  const found = findCodes(state.codes.values(), typed);
  return found.map(({ code, where }, index) => makeRow(code, { level: 1, position: index + 1, size: found.length, where }));
}

function listRows() {
  const used = [...state.codes.values()].filter((code) => code.mine > 0 || code.last_used);
  used.sort(view === "recent" ? compareUse : (one, other) => other.mine - one.mine || compareUse(one, other));
  const shown = used.slice(0, SHORT);
  return shown.map((code, index) => makeRow(code, { level: 1, position: index + 1, size: shown.length }));
}

function treeRows() {
  const below = Map.groupBy(state.codes.values(), (code) => code.parent ?? "");
  const books = state.codebooks.filter((book) => (below.get("") ?? []).some((code) => code.codebook === book.id));
  const rows = [];
  const walk = (codes, level) =>
    codes.forEach((code, index) => {
      const children = below.get(code.id) ?? [];
      const isOpen = !closed.has(code.id);
      rows.push(makeRow(code, { level, position: index + 1, size: codes.length, hasChildren: children.length > 0, isOpen }));
      if (isOpen) walk(children, level + 1);
    });
  if (books.length < 2) walk(below.get("") ?? [], 1);
  else
    books.forEach((book, index) => {
      const key = `book ${book.id}`;
      const isOpen = !closed.has(key);
      const title = book.title || book.id;
      const content = [make("span", { class: "code-name", text: title })];
      rows.push({ key, label: title, level: 1, position: index + 1, size: books.length, hasChildren: true, isOpen, class: "is-book", content });
      if (isOpen) walk((below.get("") ?? []).filter((code) => code.codebook === book.id), 2);
    });
  return rows;
}

function makeRow(code, { where = "", ...row }) {
  const number = state.pinned.indexOf(code.id) + 1;
  const label = [
    code.name,
    number ? `number key ${number}` : "",
    code.retired ? "retired" : code.codable ? "" : "holds other codes",
    code.mine ? `${code.mine} by you` : "",
    where,
  ];
  return {
    key: code.id,
    label: label.filter(Boolean).join(", "),
    class: `${code.codable ? "" : "is-container"} ${code.retired ? "is-retired" : ""}`,
    hasChildren: false,
    isOpen: false,
    ...row,
    content: [
      make(
        "span",
        { class: "code-name" },
        code.name,
        where ? make("span", { class: "where", text: where }) : null,
      ),
      number ? make("kbd", { text: String(number) }) : null,
      code.mine ? make("span", { class: "count", text: String(code.mine), title: "Your codings" }) : null,
    ],
  };
}
