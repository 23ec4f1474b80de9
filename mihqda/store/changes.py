"""What happened since a step: one cheap query for pages and notebooks that keep up with a study."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from mihqda.store.database import Store

LOOK_BACK = 500
"""Steps of which the changes are told one by one; who is further behind has to read the study anew."""


@dataclass(frozen=True, slots=True)
class Change:
    """One step and what it touched.

    Parameters
    ----------
    step, at, who, what, kind
        As the history writes them; `kind` is do, undo or redo.
    tables
        The tables that it touched, sorted.
    transcripts
        The transcripts that it touched, or whose codings it touched, sorted.
    coders
        Whose layers it touched, sorted.
    """

    step: int
    at: str
    who: str
    what: str
    kind: str
    tables: tuple[str, ...]
    transcripts: tuple[str, ...]
    coders: tuple[str, ...]


def last_step(store: Store) -> int:
    """Return the number of the last step, 0 if nothing has happened yet."""
    return int(store.read("SELECT coalesce(max(step), 0) FROM history")[0][0])


def changes_since(store: Store, step: int) -> tuple[Change, ...]:
    """Return the steps after a step, oldest first; of more than `LOOK_BACK` only the latest."""
    newest = last_step(store)
    if newest <= step:
        return ()
    found: dict[int, tuple[tuple[str, str, str, str], set[str], set[str], set[str]]] = {}
    for number, at, who, what, kind, table, transcript, coder in store.read(
        """
        SELECT h.step, h.at, h.who, h.what, h.kind, c.tbl,
               CASE c.tbl WHEN 'transcripts' THEN json_extract(coalesce(c.after, c.before), '$.id')
                    ELSE json_extract(coalesce(c.after, c.before), '$.transcript') END AS place,
               json_extract(coalesce(c.after, c.before), '$.coder') AS layer
        FROM history h JOIN changes c ON c.step = h.step WHERE h.step > ?
        GROUP BY h.step, c.tbl, place, layer ORDER BY h.step
        """,
        (max(step, newest - LOOK_BACK),),
    ):
        _, tables, transcripts, coders = found.setdefault(
            number, ((at, who, what, kind), set(), set(), set())
        )
        tables.add(table)
        transcripts.update({transcript} - {None, ""})
        coders.update({coder} - {None})
    return tuple(
        Change(
            number, *head, tuple(sorted(tables)), tuple(sorted(transcripts)), tuple(sorted(coders))
        )
        for number, (head, tables, transcripts, coders) in found.items()
    )  # fmt: skip


def touched_since(store: Store, step: int) -> Collection[str]:
    """Return the tables that steps after a step touched."""
    return {row[0] for row in store.read("SELECT DISTINCT tbl FROM changes WHERE step > ?", (step,))}
