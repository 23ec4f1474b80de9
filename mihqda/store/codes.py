"""Codebooks and codes in the study file: once loaded, the study is the record."""

from __future__ import annotations

import json
from typing import Any

from mihqda.codebook import Code, Codebook, Link
from mihqda.errors import NotFoundError
from mihqda.store.database import Store

_COLUMNS = "id, codebook, position, parent, name, kind, codable, valence_applicable, retired, rules"


def get_codebooks(store: Store) -> tuple[Codebook, ...]:
    """Return the study's codebooks in the order in which they were loaded."""
    codes: dict[str, list[Code]] = {}
    for row in store.read(f"SELECT {_COLUMNS} FROM codes ORDER BY codebook, position"):
        codes.setdefault(row[1], []).append(_code(row))
    return tuple(
        Codebook(name, title, version, language, tuple(codes.get(name, ())), json.loads(meta))
        for name, title, version, language, meta in store.read(
            "SELECT id, title, version, language, meta FROM codebooks ORDER BY position, id"
        )
    )


def get_codebook(store: Store, codebook: str) -> Codebook:
    """Return one codebook.

    Raises
    ------
    NotFoundError
        If the study has none of that id.
    """
    books = get_codebooks(store)
    for book in books:
        if book.id == codebook:
            return book
    there = ", ".join(book.id for book in books) or "none"
    raise NotFoundError(f"the study has no codebook {codebook!r}; there are: {there}")


def get_base(store: Store, codebook: str) -> str:
    """Return a codebook as it was last loaded, as YAML."""
    rows = store.read(
        "SELECT c.text FROM codebooks b JOIN contents c ON c.key = b.base WHERE b.id = ?", (codebook,)
    )
    return str(rows[0][0])


def put_codebook(store: Store, book: Codebook, *, base: str | None = None) -> None:
    """Write a codebook so that the study holds exactly it; unchanged codes are not touched.

    Parameters
    ----------
    book
        The codebook as it shall be.
    base
        Its YAML, when it was loaded from a file just now; None keeps what was loaded last.
    """
    head = (book.title, book.version, book.language, json.dumps(dict(book.meta), ensure_ascii=False))
    known = store.read("SELECT title, version, language, meta FROM codebooks WHERE id = ?", (book.id,))
    if not known:
        store.write(
            "INSERT INTO codebooks (id, position, title, version, language, meta, base)"
            " VALUES (?, (SELECT count(*) + 1 FROM codebooks), ?, ?, ?, ?, ?)",
            (book.id, *head, store.keep(base or "")),
        )
    else:
        if known[0] != head:
            store.write(
                "UPDATE codebooks SET title = ?, version = ?, language = ?, meta = ? WHERE id = ?",
                (*head, book.id),
            )
        if base is not None:
            key = store.keep(base)
            store.write("UPDATE codebooks SET base = ? WHERE id = ? AND base <> ?", (key, book.id, key))
    rows = {row[0]: row for row in store.read(f"SELECT {_COLUMNS} FROM codes WHERE codebook = ?", (book.id,))}
    wanted = {code.id: _row(code, book.id, position) for position, code in enumerate(book.codes)}
    for code in rows.keys() - wanted.keys():
        store.write("DELETE FROM codes WHERE id = ?", (code,))
    for code, row in wanted.items():
        if code not in rows:
            store.write(f"INSERT INTO codes ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        elif rows[code] != row:
            store.write(
                "UPDATE codes SET codebook = ?, position = ?, parent = ?, name = ?, kind = ?, codable = ?,"
                " valence_applicable = ?, retired = ?, rules = ? WHERE id = ?",
                (*row[1:], code),
            )


def code_ids(store: Store) -> set[str]:
    """Return the ids of all codes."""
    return {row[0] for row in store.read("SELECT id FROM codes")}


def count_by_code(store: Store) -> dict[str, int]:
    """Return code -> number of codings, for the codes that have any."""
    return dict(store.read("SELECT code, count(*) FROM codings GROUP BY code"))


def _row(code: Code, codebook: str, position: int) -> tuple[Any, ...]:
    rules = {
        "definition": code.definition,
        "include": code.include,
        "exclude": code.exclude,
        "examples": list(code.examples),
        "keywords": list(code.keywords),
        "links": [[link.to, link.relation] for link in code.links],
        "attributes": dict(code.attributes),
    }
    return (
        code.id, codebook, position, code.parent, code.name, code.kind, int(code.codable),
        int(code.valence_applicable), int(code.retired), json.dumps(rules, ensure_ascii=False),
    )  # fmt: skip


def _code(row: tuple[Any, ...]) -> Code:
    name, _, _, parent, label, kind, codable, valence, retired, rules_json = row
    rules = json.loads(rules_json)
    return Code(
        name, label, kind, parent, bool(codable), bool(valence), bool(retired),
        rules["definition"], rules["include"], rules["exclude"], tuple(rules["examples"]), tuple(rules["keywords"]),
        tuple(Link(*link) for link in rules["links"]), rules["attributes"],
    )  # fmt: skip
