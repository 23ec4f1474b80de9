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


_SELECT = """
    SELECT step, at, who, what, why, kind, target, (SELECT count(*) FROM changes c WHERE c.step = h.step)
    FROM history h
"""
_LAST_WORD = "(SELECT m.kind FROM history m WHERE m.target = h.step ORDER BY m.step DESC LIMIT 1)"


def operations(store: Store, *, after: int = 0) -> tuple[Operation, ...]:
    """Return the steps after step `after`, oldest first."""
    return tuple(Operation(*row) for row in store.read(f"{_SELECT} WHERE step > ? ORDER BY step", (after,)))


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
    _turn_back(store, operation, "undo", who)
    return operation


def next_to_undo(store: Store) -> Operation | None:
    """Return the step that `undo` would take back; None if there is none."""
    rows = store.read(
        f"{_SELECT} WHERE kind = 'do' AND coalesce({_LAST_WORD}, '') <> 'undo' ORDER BY step DESC LIMIT 1"
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
        f"""{_SELECT} WHERE step = (
            SELECT u.target FROM history u JOIN history h ON h.step = u.target
            WHERE u.kind = 'undo'
              AND u.step = (SELECT max(m.step) FROM history m WHERE m.target = u.target)
              AND u.step > (SELECT coalesce(max(d.step), 0) FROM history d WHERE d.kind = 'do')
            ORDER BY u.step DESC LIMIT 1)"""
    )
    if not rows:
        raise ConflictError("there is nothing to redo")
    operation = Operation(*rows[0])
    _turn_back(store, operation, "redo", who)
    return operation


def _turn_back(store: Store, operation: Operation, kind: Literal["undo", "redo"], who: str) -> None:
    newest_first = "DESC" if kind == "undo" else "ASC"
    try:
        with store.step(f"{kind}: {operation.what}", who=who, kind=kind, target=operation.step):
            changes = store.read(
                f"SELECT tbl, before, after FROM changes WHERE step = ? ORDER BY n {newest_first}",
                (operation.step,),
            )
            for table, before, after in changes:
                if kind == "undo":
                    _put(store, table, expected=after, wanted=before, step=operation.step)
                else:
                    _put(store, table, expected=before, wanted=after, step=operation.step)
    except sqlite3.IntegrityError as error:
        raise ConflictError(
            f"step {operation.step} cannot be taken back: later steps build on it; undo those first"
        ) from error


def _put(store: Store, table: str, *, expected: str | None, wanted: str | None, step: int) -> None:
    """Replace a row by another, if it is what the history says."""
    columns, keys = store.columns(table)
    row: dict[str, Any] = json.loads(wanted or expected or "{}")
    where = " AND ".join(f'"{key}" = ?' for key in keys)
    at = [json.loads(expected or wanted or "{}")[key] for key in keys]
    there = store.read(f"SELECT {store.row_as_json(table)} FROM {table} WHERE {where}", at)
    current = there[0][0] if there else None
    if current != expected:
        raise ConflictError(f"step {step} cannot be taken back: a row of {table} was changed since then")
    if wanted is None:
        store.write(f"DELETE FROM {table} WHERE {where}", at)
    elif expected is None:
        names = ", ".join(f'"{name}"' for name in columns)
        marks = ", ".join("?" for _ in columns)
        store.write(f"INSERT INTO {table} ({names}) VALUES ({marks})", [row[name] for name in columns])
    else:
        sets = ", ".join(f'"{name}" = ?' for name in columns)
        store.write(f"UPDATE {table} SET {sets} WHERE {where}", [*(row[name] for name in columns), *at])
