"""Open the study file, and write to it in steps that the history records by itself."""

from __future__ import annotations

import getpass
import hashlib
import os
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from mihqda.errors import StudyError
from mihqda.store.migrations import is_behind, migrate

APPLICATION_ID = 0x6D697164  # "miqd": tells `file` and us that this SQLite file is a study
TRACKED = (
    "transcripts", "participants", "speaker_rules", "sessions", "session_transcripts", "asked",
    "codebooks", "codes", "codings", "themes", "settings", "decisions", "finished",
)  # fmt: skip
"""Tables whose every change is written to the history, in an order in which rows may be restored."""


def now() -> str:
    """Return the time in UTC as the study holds it."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Store:
    """One open study file.

    Use it as a context manager; leaving it checkpoints the log, so that the file alone is the whole study.
    """

    def __init__(self, path: Path, db: sqlite3.Connection, *, is_read_only: bool) -> None:
        self.path = path
        self.db = db
        self.is_read_only = is_read_only
        self._open_step: int | None = None
        self._is_deriving = False
        self._columns: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {}
        for table in TRACKED:
            info = db.execute("SELECT name, pk FROM pragma_table_info(?)", (table,)).fetchall()
            keys = sorted((pk, name) for name, pk in info if pk)
            self._columns[table] = (tuple(name for name, _ in info), tuple(name for _, name in keys))
        if not is_read_only:
            self._watch()

    @classmethod
    def create(cls, path: Path) -> Store:
        """Make a new study file.

        Raises
        ------
        StudyError
            If something of that name exists, or the folder cannot be written to.
        """
        if path.exists():
            raise StudyError(f"{path} exists already: choose another name, or open it")
        if not path.parent.is_dir():
            raise StudyError(f"{path.parent} is no folder: make it first, or choose another place")
        with explained(path):
            db = sqlite3.connect(path, isolation_level=None, timeout=5.0, check_same_thread=False)
            try:
                _prepare(db, writable=True)
                db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                migrate(db, path)
                return cls(path, db, is_read_only=False)
            except BaseException:
                db.close()
                path.unlink(missing_ok=True)
                raise

    @classmethod
    def open(cls, path: Path, *, patience: float = 5.0) -> Store:
        """Open a study file; read-only if the file or its folder cannot be written to.

        Parameters
        ----------
        patience
            Seconds to wait for another program that is writing to it.

        Raises
        ------
        StudyError
            If it does not exist, is no study, is damaged, or is from a newer mihqda.
        """
        if not path.exists():
            raise StudyError(f"{path}: there is no such study; make one: mihqda init {path}")
        if path.is_dir():
            raise StudyError(f"{path} is a folder, not a study file")
        with explained(path):
            with path.open("rb") as file:
                is_sqlite = file.read(16) == b"SQLite format 3\0"
            writable = os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
            uri = path.absolute().as_uri() + ("?mode=rw" if writable else "?mode=ro&immutable=1")
            db = sqlite3.connect(
                uri, uri=True, isolation_level=None, timeout=patience, check_same_thread=False
            )
            try:
                # Asked before any other pragma: those would change a file that is not ours.
                if not is_sqlite or db.execute("PRAGMA application_id").fetchone() != (APPLICATION_ID,):
                    raise StudyError(f"{path.name} is no mihqda study; make one: mihqda init NAME.mihqda")
                _prepare(db, writable=writable)
                if writable:
                    migrate(db, path)
                elif is_behind(db):
                    db = _newer_copy(db, path)
                return cls(path, db, is_read_only=not writable)
            except BaseException:
                db.close()
                raise

    def close(self) -> None:
        """Write the log back into the file and close it."""
        if not self.is_read_only:
            with explained(self.path):
                self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self.db.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def read(self, sql: str, values: Sequence[Any] | Mapping[str, Any] = ()) -> list[tuple[Any, ...]]:
        """Return the rows of a query."""
        with explained(self.path):
            return self.db.execute(sql, values).fetchall()

    def write(self, sql: str, values: Sequence[Any] = ()) -> int:
        """Run one statement inside the open step and return how many rows it touched."""
        self._need_step()
        return self.db.execute(sql, values).rowcount

    def write_many(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        """Run one statement for many rows inside the open step."""
        self._need_step()
        self.db.executemany(sql, rows)

    def keep(self, text: str) -> str:
        """Put a text into `contents` and return its key."""
        key = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        self.write("INSERT INTO contents (key, text) VALUES (?, ?) ON CONFLICT (key) DO NOTHING", (key, text))
        return key

    @contextmanager
    def step(
        self,
        what: str,
        *,
        who: str = "",
        why: str = "",
        kind: Literal["do", "undo", "redo"] = "do",
        target: int | None = None,
    ) -> Iterator[int]:
        """Run one user action: all of it is written, with its history, or nothing.

        A step inside a step joins it. A step that changed nothing leaves no entry.

        Raises
        ------
        StudyError
            If the study is read-only, locked or the disk is full; nothing was changed then.
        """
        if self._open_step is not None:
            yield self._open_step
            return
        if self._is_deriving:
            raise RuntimeError("a step cannot begin while derived data are written")
        self._need_writable()
        with explained(self.path):
            self.db.execute("BEGIN IMMEDIATE")
            try:
                self.db.execute("PRAGMA defer_foreign_keys = ON")
                cursor = self.db.execute(
                    "INSERT INTO history (at, who, what, why, kind, target) VALUES (?, ?, ?, ?, ?, ?)",
                    (now(), who or _login(), what, why, kind, target),
                )
                self._open_step = int(cursor.lastrowid or 0)
                self.db.execute("UPDATE temp.open_step SET step = ?", (self._open_step,))
                yield self._open_step
                done = self.db.execute(
                    "SELECT 1 FROM changes WHERE step = ? LIMIT 1", (self._open_step,)
                ).fetchone()
                self.db.execute("COMMIT" if done else "ROLLBACK")
            except BaseException:
                if self.db.in_transaction:
                    self.db.execute("ROLLBACK")
                raise
            finally:
                self._open_step = None

    @contextmanager
    def derive(self) -> Iterator[None]:
        """Write data that can be computed again, all of it or nothing, without an entry in the history.

        Only tables that are not `TRACKED` can be written so. Inside a step it joins that.

        Raises
        ------
        StudyError
            If the study is read-only, locked or the disk is full; nothing was changed then.
        """
        if self._open_step is not None or self._is_deriving:
            yield
            return
        self._need_writable()
        with explained(self.path):
            self.db.execute("BEGIN IMMEDIATE")
            try:
                self._is_deriving = True
                self.db.execute("UPDATE temp.open_step SET step = NULL")  # a tracked table refuses that
                yield
                self.db.execute("COMMIT")
            except BaseException:
                if self.db.in_transaction:
                    self.db.execute("ROLLBACK")
                raise
            finally:
                self._is_deriving = False

    def row_as_json(self, table: str, prefix: str = "") -> str:
        """Return the SQL expression for a row of a tracked table as the history writes it."""
        columns, _ = self._columns[table]
        return "json_object(" + ", ".join(f"'{name}', {prefix}\"{name}\"" for name in columns) + ")"

    def columns(self, table: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the columns of a tracked table and those of its primary key."""
        return self._columns[table]

    def _need_step(self) -> None:
        if self._open_step is None and not self._is_deriving:
            raise RuntimeError("a write needs an open step")

    def _need_writable(self) -> None:
        if self.is_read_only:
            raise StudyError(f"{self.path.name} cannot be written to: copy it to a folder of your own")

    def _watch(self) -> None:
        # Temporary triggers are written from the schema itself, so that no table can be forgotten in them.
        self.db.execute("CREATE TEMP TABLE open_step (step INTEGER)")
        self.db.execute("INSERT INTO temp.open_step VALUES (NULL)")
        for table in TRACKED:
            old, new = self.row_as_json(table, "OLD."), self.row_as_json(table, "NEW.")
            for event, before, after in (
                ("INSERT", "NULL", new),
                ("UPDATE", old, new),
                ("DELETE", old, "NULL"),
            ):
                self.db.execute(
                    f"CREATE TEMP TRIGGER watch_{table}_{event} AFTER {event} ON main.{table} BEGIN "
                    f"INSERT INTO changes (step, tbl, before, after) "
                    f"VALUES ((SELECT step FROM open_step), '{table}', {before}, {after}); END"
                )


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no login name in some containers and services
        return ""


def _prepare(db: sqlite3.Connection, *, writable: bool) -> None:
    if writable:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = FULL")
    db.execute("PRAGMA foreign_keys = ON")
    db.execute("PRAGMA temp_store = MEMORY")


def _newer_copy(db: sqlite3.Connection, path: Path) -> sqlite3.Connection:
    """Return a copy in memory with today's tables, of a file of an older mihqda that cannot be changed."""
    copy = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    db.backup(copy)
    db.close()
    _prepare(copy, writable=False)
    migrate(copy, path, with_backup=False)
    return copy


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn what SQLite and the system report about the file into a StudyError with a way out."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        said = str(error)
        for part, meaning in (
            ("closed", "it was closed: open the study again"),
            (
                "locking protocol",
                "its folder does not support file locking (a network drive?): copy it to a local disk",
            ),
            ("locked", "another program is writing to it: wait a moment and try again"),
            ("full", "the disk is full: make room and try again; nothing was changed"),
            ("readonly", "it cannot be written to: copy it to a folder of your own"),
            ("unable to open", "it cannot be opened here: check the folder and its permissions"),
            ("not a database", "it is no mihqda study, or it is damaged: go back to a copy"),
            ("malformed", "it is damaged: go back to a copy, then run: mihqda verify STUDY"),
            ("disk I/O", "the drive does not answer (a network drive?): copy the study to a local disk"),
        ):
            if part in said:
                raise StudyError(f"{path.name}: {meaning}") from error
        raise
    except OSError as error:
        raise StudyError(f"{path.name}: {error.strerror or error}") from error
