"""Codings in the study file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from mihqda.codings import Coding, parse_valence
from mihqda.errors import NotFoundError
from mihqda.spans import Span
from mihqda.store.database import Store

SELECT = """
    SELECT g.id, g.transcript, g.start, g."end", g.code, g.coder, coalesce(g.valence, ''),
           coalesce(m.text, ''), g.created, g.origin
    FROM codings g LEFT JOIN contents m ON m.key = g.memo
"""
ORDER = ' ORDER BY g.transcript, g.start, g."end", g.code, g.coder, g.id'


def add_codings(store: Store, codings: Iterable[Coding]) -> None:
    """Write new codings, all in the open step."""
    rows = []
    memos: dict[str, str] = {}
    for one in codings:
        key = None
        if one.memo:
            key = hashlib.sha256(one.memo.encode()).hexdigest()
            memos[key] = one.memo
        rows.append(
            (
                one.id,
                one.transcript,
                one.span.start,
                one.span.end,
                one.code,
                one.coder,
                one.valence,
                key,
                one.created,
                one.origin,
            )
        )
    store.write_many(
        "INSERT INTO contents (key, text) VALUES (?, ?) ON CONFLICT DO NOTHING", list(memos.items())
    )
    store.write_many(
        'INSERT INTO codings (id, transcript, start, "end", code, coder, valence, memo, created, origin)'
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        rows,
    )


def change_coding(store: Store, one: Coding) -> None:
    """Give the coding of this id another span, code, valence or memo, in the open step."""
    store.write(
        'UPDATE codings SET start = ?, "end" = ?, code = ?, valence = ?, memo = ? WHERE id = ?',
        (
            one.span.start,
            one.span.end,
            one.code,
            one.valence,
            store.keep(one.memo) if one.memo else None,
            one.id,
        ),
    )


def get_coding(store: Store, coding: str) -> Coding | None:
    """Return the coding of exactly this id, or None."""
    rows = store.read(f"{SELECT} WHERE g.id = ?", (coding,))
    return to_coding(rows[0]) if rows else None


def codings_in(store: Store, transcript: str, coder: str | None = None) -> tuple[Coding, ...]:
    """Return the codings of a transcript in the order of the codings frame; of one coder, if she is given."""
    mine = "" if coder is None else " AND g.coder = ?"
    values = (transcript,) if coder is None else (transcript, coder)
    return tuple(
        to_coding(row) for row in store.read(f"{SELECT} WHERE g.transcript = ?{mine}{ORDER}", values)
    )


def remove_codings(store: Store, ids: Sequence[str]) -> None:
    """Take codings out; decisions that made them point to none then."""
    store.write_many("UPDATE decisions SET coding = NULL WHERE coding = ?", [(one,) for one in ids])
    store.write_many("DELETE FROM codings WHERE id = ?", [(one,) for one in ids])


def codings_of(store: Store, transcript: str) -> tuple[str, ...]:
    """Return the ids of a transcript's codings."""
    return tuple(row[0] for row in store.read("SELECT id FROM codings WHERE transcript = ?", (transcript,)))


def recode(store: Store, old: str, new: str) -> tuple[int, int]:
    """Give every coding of one code another code.

    A coding that would stand twice then (same span, coder, valence and memo) is removed.

    Returns
    -------
    tuple of int
        How many got the other code, and how many were removed as duplicates.
    """
    removed = store.write(
        "DELETE FROM codings WHERE code = ? AND EXISTS (SELECT 1 FROM codings o WHERE o.code = ?"
        ' AND o.transcript = codings.transcript AND o.start = codings.start AND o."end" = codings."end"'
        " AND o.coder = codings.coder AND o.valence IS codings.valence AND o.memo IS codings.memo)",
        (old, new),
    )
    return store.write("UPDATE codings SET code = ? WHERE code = ?", (new, old)), removed


def coding_at(store: Store, one: Coding) -> str | None:
    """Return the id of a coding of the same span, code and coder, or None."""
    rows = store.read(
        'SELECT id FROM codings WHERE transcript = ? AND start = ? AND "end" = ? AND code = ? AND coder = ?',
        (one.transcript, one.span.start, one.span.end, one.code, one.coder),
    )
    return str(rows[0][0]) if rows else None


def all_codings(store: Store) -> tuple[Coding, ...]:
    """Return every coding, in the order of the codings frame."""
    return tuple(to_coding(row) for row in store.read(SELECT + ORDER))


def find_codings(store: Store, beginnings: Sequence[str]) -> tuple[Coding, ...]:
    """Return the codings whose ids are given, whole or by a beginning that only one id has.

    Raises
    ------
    NotFoundError
        If an id is unknown or several begin like it.
    """
    out: dict[str, Coding] = {}
    for beginning in beginnings:
        escaped = beginning.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        rows = store.read(f"{SELECT} WHERE g.id = ?", (beginning,)) or store.read(
            f"{SELECT} WHERE g.id LIKE ? ESCAPE '\\' LIMIT 2", (f"{escaped}%",)
        )
        if len(rows) != 1 or not beginning:
            what = "several codings begin with" if rows else "the study has no coding"
            raise NotFoundError(f"{what} {beginning!r}; see: mihqda codings STUDY")
        out[rows[0][0]] = to_coding(rows[0])
    return tuple(out.values())


def to_coding(row: Sequence[str]) -> Coding:
    """Return a row of `SELECT` as a value."""
    name, transcript, start, end, code, coder, valence, memo, created, origin = row
    return Coding(
        name,
        transcript,
        Span(int(start), int(end)),
        code,
        coder,
        parse_valence(valence),
        memo,
        created,
        origin,
    )
