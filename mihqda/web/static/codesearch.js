// Finding codes by what a person types: names, names in other languages, keywords and definitions.

/** Return a text as it is compared: without case, diacritics and doubled white space. */
export function fold(text) {
  return text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll("ß", "ss")
    .replace(/\s+/g, " ")
    .trim();
}

const prepared = new WeakMap(); // code -> its folded texts; a code whose texts change is replaced

function prepare(code) {
  let found = prepared.get(code);
  if (!found) {
    const keywords = Array.isArray(code.keywords) ? code.keywords : Object.values(code.keywords ?? {}).flat();
    found = {
      name: fold(code.name),
      names: Object.entries(code.names ?? {}).map(([language, name]) => [language, name, fold(name)]),
      keywords: keywords.map((key) => [key, fold(key.replace(/\*$/, "")), key.endsWith("*")]),
      rules: fold([code.id, code.definition, code.include, ...(code.examples ?? [])].join(" ")),
    };
    prepared.set(code, found);
  }
  return found;
}

const starts = (text, word) => text.startsWith(word) || text.includes(` ${word}`);

/** Say where one word stands in a code: {rank, where}, or null. */
function matchWord(code, word) {
  const { name, names, keywords, rules } = prepare(code);
  if (name.startsWith(word)) return { rank: 0, where: "" };
  if (starts(name, word)) return { rank: 1, where: "" };
  const named = names.find(([, , text]) => starts(text, word));
  if (named) return { rank: 2, where: `${named[0]}: ${named[1]}` };
  const key = keywords.find(([, text, isOpen]) => starts(text, word) || (isOpen && text && word.startsWith(text)));
  if (key) return { rank: 3, where: `keyword: ${key[0]}` };
  if (name.includes(word)) return { rank: 4, where: "" };
  if (names.some(([, , text]) => text.includes(word))) return { rank: 4, where: "" };
  if (starts(rules, word)) return { rank: 5, where: "in its rules" };
  return null;
}

/**
 * Return the codes that hold every word typed, the best first, as [{code, where}]; `where` says what matched if it was
 * not the name. Without a word: all codes, last used first.
 */
export function findCodes(codes, typed) {
  const words = fold(typed).split(" ").filter(Boolean);
  const found = [];
  let order = 0;
  for (const code of codes) {
    const matches = words.map((word) => matchWord(code, word));
    if (matches.includes(null)) continue;
    const worst = matches.reduce((one, other) => (other.rank > one.rank ? other : one), { rank: 0, where: "" });
    found.push({ code, where: worst.where, rank: worst.rank, order: order++ });
  }
  return found.sort((one, other) => one.rank - other.rank || compareUse(one.code, other.code) || one.order - other.order);
}

/** Order codes by when this coder used them last, the latest first; those never used stay in their order. */
export function compareUse(one, other) {
  return (other.last_used ?? "") > (one.last_used ?? "") ? 1 : (other.last_used ?? "") < (one.last_used ?? "") ? -1 : 0;
}
