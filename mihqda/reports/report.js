"use strict";
// Sorts a table by the column whose head is clicked: up, down, and back to the order of the report.
for (const table of document.querySelectorAll("table.sortable")) {
  const body = table.tBodies[0];
  const rows = Array.from(body.rows);
  const heads = Array.from(table.tHead.rows[0].cells);
  const language = document.documentElement.lang;
  const decimal = language === "nl" ? "," : ".";
  const value = (row, at) => {
    const copy = row.cells[at].cloneNode(true);
    for (const note of copy.querySelectorAll("small")) note.remove();
    return copy.textContent.trim();
  };
  // n of N and n (m) go by n, then by the other; what is no number goes last.
  const numbers = (text) => text.split(/[/( ]/).filter(Boolean).map((part) => {
    const plain = part.replace(/[^0-9,.\-−]/g, "").replace("−", "-");
    const digits = decimal === "," ? plain.replaceAll(".", "").replace(",", ".") : plain.replaceAll(",", "");
    return digits === "" ? NaN : Number(digits);
  });
  const compare = (one, other, isNumber) => {
    if (!isNumber) return one.localeCompare(other, language, { numeric: true });
    const [a, b] = [numbers(one), numbers(other)];
    for (let at = 0; at < Math.max(a.length, b.length, 1); at += 1) {
      const [x, y] = [a[at] ?? NaN, b[at] ?? NaN];
      if (Number.isNaN(x) || Number.isNaN(y)) {
        if (Number.isNaN(x) !== Number.isNaN(y)) return Number.isNaN(x) ? -1 : 1;
      } else if (x !== y) return x - y;
    }
    return 0;
  };
  const sort = (at) => {
    const was = heads[at].getAttribute("aria-sort");
    const isNumber = heads[at].classList.contains("n");
    const [first, second] = isNumber ? ["descending", "ascending"] : ["ascending", "descending"];
    const order = was === null ? first : was === first ? second : "";
    for (const head of heads) head.removeAttribute("aria-sort");
    const sorted = rows.map((row, place) => [value(row, at), place, row]);
    if (order) {
      heads[at].setAttribute("aria-sort", order);
      const sign = order === "ascending" ? 1 : -1;
      sorted.sort((one, other) => sign * compare(one[0], other[0], isNumber) || one[1] - other[1]);
    }
    table.classList.toggle("sorted", Boolean(order));
    body.append(...sorted.map((one) => one[2]));
  };
  heads.forEach((head, at) => {
    // A button element would be blank in the heads that are repeated on paper.
    const button = document.createElement("span");
    button.setAttribute("role", "button");
    button.tabIndex = 0;
    button.title = table.dataset.hint;
    button.append(...head.childNodes);
    button.addEventListener("click", () => sort(at));
    button.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      sort(at);
    });
    head.append(button);
  });
}
