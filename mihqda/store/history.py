"""The history of a study, and undo and redo, which it carries across restarts."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from typing import Any, Literal

from mihqda.errors import ConflictError
from mihqda.store.database import Store


@dataclass(frozen=True, slots=True)
class Operation:
    """One step of the history: who did what, when and why, and to how many rows."""

    step: int
    at: str
    who: str
    what: str
    why: str
    kind: str
    target: int | None
    rows: int


SELECT = """
    SELECT step, at, who, what, why, kind, target, (SELECT count(*) FROM changes c WHERE c.step = h.step)
    FROM history h
"""
LAST_WORD = "(SELECT m.kind FROM history m WHERE m.target = h.step ORDER BY m.step DESC LIMIT 1)"


def operations(store: Store, *, after: int = 0) -> tuple[Operation, ...]:
    """Return the steps after step `after`, oldest first."""
    return tuple(Operation(*row) for row in store.read(f"{SELECT} WHERE step > ? ORDER BY step", (after,)))


def last_time(store: Store) -> str:
    """Return the time of the last step, or "" if nothing has happened yet."""
    rows = store.read("SELECT at FROM history ORDER BY step DESC LIMIT 1")
    return str(rows[0][0]) if rows else ""


def undo(store: Store, *, who: str = "") -> Operation:
    """Take back the latest step that is not taken back.

    Raises
    ------
    ConflictError
        If there is nothing to undo, or its rows were changed in the meantime.
    """
    operation = next_to_undo(store)
    if operation is None:
        raise ConflictError("there is nothing to undo")
    turn_back(store, operation, "undo", who)
    return operation


def next_to_undo(store: Store) -> Operation | None:
    """Return the step that `undo` would take back; None if there is none."""
    rows = store.read(
        f"{SELECT} WHERE kind = 'do' AND coalesce({LAST_WORD}, '') <> 'undo' ORDER BY step DESC LIMIT 1"
    )
    return Operation(*rows[0]) if rows else None


def redo(store: Store, *, who: str = "") -> Operation:
    """Do again what was undone last; a new change in between clears what could be redone.

    Raises
    ------
    ConflictError
        If there is nothing to redo, or its rows were changed in the meantime.
    """
    rows = store.read(
        f"""{SELECT} WHERE step = (
            SELECT u.target FROM history u JOIN history h ON h.step = u.target
            WHERE u.kind = 'undo'
              AND u.step = (SELECT max(m.step) FROM history m WHERE m.target = u.target)
              AND u.step > (SELECT coalesce(max(d.step), 0) FROM history d WHERE d.kind = 'do')
            ORDER BY u.step DESC LIMIT 1)"""
    )
    if not rows:
        raise ConflictError("there is nothing to redo")
    operation = Operation(*rows[0])
    turn_back(store, operation, "redo", who)
    return operation


def turn_back(
    store: Store, operation: Operation, kind: Literal["undo", "redo"], who: str, *, names_others: bool = True
) -> None:
    """Undo or redo one step, as a step of its own.

    Raises
    ------
    ConflictError
        If rows that it changed were changed since then; it says by which step, and whose if `names_others`.
    """
    newest_first = "DESC" if kind == "undo" else "ASC"
    again = "taken back" if kind == "undo" else "done again"
    cannot = f"step {operation.step} ({operation.what}) cannot be {again}"
    try:
        with store.step(f"{kind}: {operation.what}", who=who, kind=kind, target=operation.step):
            changes = store.read(
                f"SELECT tbl, before, after FROM changes WHERE step = ? ORDER BY n {newest_first}",
                (operation.step,),
            )
            for table, before, after in changes:
                expected, wanted = (after, before) if kind == "undo" else (before, after)
                if not _put(store, table, expected=expected, wanted=wanted):
                    since = _later(store, operation.step, table, expected or wanted, names_others)
                    raise ConflictError(f"{cannot}: a row of {table} was changed since then{since}")
    except sqlite3.IntegrityError as error:
        raise ConflictError(f"{cannot}: later steps build on it; undo those first") from error


def _put(store: Store, table: str, *, expected: str | None, wanted: str | None) -> bool:
    """Replace a row by another, if it is what the history says; return whether it was."""
    columns, keys = store.columns(table)
    row: dict[str, Any] = json.loads(wanted or expected or "{}")
    where = " AND ".join(f'"{key}" = ?' for key in keys)
    at = [json.loads(expected or wanted or "{}")[key] for key in keys]
    there = store.read(f"SELECT {store.row_as_json(table)} FROM {table} WHERE {where}", at)
    current = there[0][0] if there else None
    if current != expected:
        return False
    if wanted is None:
        store.write(f"DELETE FROM {table} WHERE {where}", at)
    elif expected is None:
        names = ", ".join(f'"{name}"' for name in columns)
        marks = ", ".join("?" for _ in columns)
        store.write(f"INSERT INTO {table} ({names}) VALUES ({marks})", [row[name] for name in columns])
    else:
        sets = ", ".join(f'"{name}" = ?' for name in columns)
        store.write(f"UPDATE {table} SET {sets} WHERE {where}", [*(row[name] for name in columns), *at])
    return True


def _later(store: Store, step: int, table: str, row: str | None, names_others: bool) -> str:
    """Return which later step changed a row last, as the end of a sentence; "" if it is not to be told."""
    if not names_others:
        return ""
    _, keys = store.columns(table)
    known = json.loads(row or "{}")
    same = " AND ".join(f"json_extract(coalesce(c.after, c.before), '$.\"{key}\"') IS ?" for key in keys)
    found = store.read(
        "SELECT h.step, h.who, h.what FROM changes c JOIN history h ON h.step = c.step"
        f" WHERE c.step > ? AND c.tbl = ? AND {same} ORDER BY c.n DESC LIMIT 1",
        (step, table, *(known[key] for key in keys)),
    )
    return "" if not found else f" (step {found[0][0]}, {found[0][1]}: {found[0][2]})"
