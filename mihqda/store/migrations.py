"""Bring a study file to the schema of this mihqda: named functions in one list, each one step.

A new step is a function at the end of MIGRATIONS; `user_version` counts how many a file has had.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

from mihqda.errors import StudyError


def create_tables(db: sqlite3.Connection) -> None:
    """Create the first schema."""
    run_script(db, files("mihqda.store").joinpath("schema.sql").read_text(encoding="utf-8"))


def add_suggestions(db: sqlite3.Connection) -> None:
    """Add the ledger of suggestions, decisions, finished transcripts and evaluations."""
    run_script(db, files("mihqda.store").joinpath("suggestions.sql").read_text(encoding="utf-8"))


MIGRATIONS: tuple[Callable[[sqlite3.Connection], None], ...] = (create_tables, add_suggestions)


def run_script(db: sqlite3.Connection, script: str) -> None:
    """Run statements inside the open transaction (`executescript` would commit it)."""
    statement = ""
    for line in script.splitlines():
        statement += line + "\n"
        if sqlite3.complete_statement(statement):
            db.execute(statement)
            statement = ""


def is_behind(db: sqlite3.Connection) -> bool:
    """Tell whether a file has not had every step."""
    return int(db.execute("PRAGMA user_version").fetchone()[0]) < len(MIGRATIONS)


def migrate(db: sqlite3.Connection, path: Path, *, with_backup: bool = True) -> None:
    """Run the steps that the file has not had; a file that holds something is backed up first.

    Raises
    ------
    StudyError
        If the file is from a newer mihqda.
    """
    had = int(db.execute("PRAGMA user_version").fetchone()[0])
    if had > len(MIGRATIONS):
        raise StudyError(
            f"{path.name} was written by a newer mihqda (study version {had}, this one knows {len(MIGRATIONS)}): "
            "pip install --upgrade mihqda"
        )
    if had == len(MIGRATIONS):
        return
    if had and with_backup:
        backup = path.with_name(f"{path.name}.v{had}.backup")
        with sqlite3.connect(backup) as copy:
            db.backup(copy)
        copy.close()
    db.execute("BEGIN IMMEDIATE")
    try:
        for step in MIGRATIONS[had:]:
            step(db)
        db.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
        db.execute("COMMIT")
    except BaseException:
        db.execute("ROLLBACK")
        raise
