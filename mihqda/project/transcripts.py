"""Stage 1 of a project: files become transcripts in the study, and people and sessions with them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from mihqda.errors import InputError, MihqdaError
from mihqda.participants import read_asked, read_register, read_sessions
from mihqda.store import Store
from mihqda.store import people as stored_people
from mihqda.store.themes import get_setting, put_setting
from mihqda.store.transcripts import add_transcript, known_files
from mihqda.tables import Table, read_head, read_table
from mihqda.transcripts import Transcript
from mihqda.transcripts.read import Imported, read_transcript
from mihqda.transcripts.speech import count_words

Progress = Callable[[str, int, int], None]
"""Called with what is at hand, how many are done, of how many."""

TableKind = Literal["participants", "sessions", "asked", "codings", "codebook", "unknown"]
_TABLE_SUFFIXES = {".csv", ".tsv", ".xlsx", ".jsonl"}
_CODEBOOK_SUFFIXES = {".yaml", ".yml"}


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of one file.

    Parameters
    ----------
    source
        Name of the file.
    status
        ``imported``, ``loaded`` (a register or the like), ``unchanged``, ``skipped`` or ``failed``.
    transcript
        Id, for a transcript.
    turns, words
        How many; words of turns only.
    speakers
        Label -> (turns, words), in order of appearance; ``""`` for turns without a label.
    languages
        Language -> turns, the most frequent first; ``und`` for turns that do not tell.
    encoding
        How the bytes were decoded; empty where the format says it itself.
    notes
        Warnings, or the reason why it failed or was skipped.
    """

    source: str
    status: Literal["imported", "loaded", "unchanged", "skipped", "failed"]
    transcript: str = ""
    turns: int = 0
    words: int = 0
    speakers: dict[str, tuple[int, int]] = field(default_factory=dict)
    languages: dict[str, int] = field(default_factory=dict)
    encoding: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Plan:
    transcripts: list[Path]
    tables: list[tuple[TableKind, Path]]
    reports: list[FileReport]


def import_paths(
    store: Store,
    paths: Iterable[Path],
    *,
    participants: Path | None = None,
    sessions: Path | None = None,
    asked: Path | None = None,
    interviewers: Sequence[str] = (),
    transcript_id: str | None = None,
    encoding: str | None = None,
    who: str = "",
    progress: Progress = lambda what, done, total: None,
) -> tuple[FileReport, ...]:
    """Read files and folders into the study, as one step of the history.

    A bad transcript is reported as failed and does not stop the others; a bad register stops everything.
    See `mihqda.project.Project.import_transcripts`.
    """
    plan = _plan([Path(path) for path in paths])
    if transcript_id is not None and len(plan.transcripts) != 1:
        raise InputError(f"--id names one transcript, but there are {len(plan.transcripts)} files")
    given: tuple[tuple[TableKind, Path | None], ...] = (
        ("participants", participants), ("sessions", sessions), ("asked", asked),
    )  # fmt: skip
    plan.tables[:0] = [(kind, path) for kind, path in given if path is not None]
    known = known_files(store)
    by_hash = {sha256: name for name, sha256 in known.items()}
    imported: list[Imported] = []
    reports = list(plan.reports)
    for number, path in enumerate(plan.transcripts):
        progress(path.name, number, len(plan.transcripts))
        try:
            one = read_transcript(path, id=transcript_id, encoding=encoding)
        except MihqdaError as error:
            reports.append(FileReport(path.name, "failed", notes=(_without(path, error),)))
            continue
        report = _compare(one, known, by_hash)
        if report.status == "imported":
            imported.append(one)
            known[one.transcript.id] = one.transcript.sha256
            by_hash.setdefault(one.transcript.sha256, one.transcript.id)
        reports.append(report)
    progress("", len(plan.transcripts), len(plan.transcripts))
    tables = [(kind, read_table(path)) for kind, path in plan.tables]
    with store.step(_describe(imported, tables), who=who):
        for one in imported:
            add_transcript(store, one)
        for kind, table in tables:
            reports.append(_load_table(store, kind, table))
        if interviewers:
            had = get_setting(store, "interviewers", [])
            put_setting(store, "interviewers", list(dict.fromkeys([*had, *interviewers])))
    return tuple(reports)


def _plan(paths: Sequence[Path]) -> _Plan:
    plan = _Plan([], [], [])
    for path in paths:
        if path.is_dir():
            for inside in sorted(path.iterdir(), key=lambda one: one.name):
                _sort_into(plan, inside, is_named=False)
        elif not path.exists():
            raise InputError(f"{path}: there is no such file or folder")
        else:
            _sort_into(plan, path, is_named=True)
    return plan


def _sort_into(plan: _Plan, path: Path, *, is_named: bool) -> None:
    def skip(why: str) -> None:
        plan.reports.append(FileReport(path.name, "skipped", notes=(why,)))

    if not is_named:
        if path.is_dir():
            return skip("a folder inside a folder; import it by its own name")
        if path.name.startswith((".", "~$")):
            return skip("hidden, or a lock file of a word processor")
        if path.name.upper().startswith(("README", "LICENSE", "LICENCE", "NOTICE")):
            return skip("about the data, not data")
    suffix = path.suffix.lower()
    if suffix == ".mihqda":
        return skip("a study")
    if suffix in _CODEBOOK_SUFFIXES:
        return skip(f"a codebook: mihqda codebook load STUDY {path.name}")
    if suffix in _TABLE_SUFFIXES:
        try:
            kind = classify_table(read_head(path))
        except InputError as error:
            plan.reports.append(FileReport(path.name, "failed", notes=(_without(path, error),)))
            return None
        if kind == "codings":
            return skip(f"codings: mihqda code STUDY --from {path.name}")
        if kind == "codebook":
            return skip(f"a codebook: mihqda codebook load STUDY {path.name}")
        if kind != "unknown":
            plan.tables.append((kind, path))
            return None
    plan.transcripts.append(path)
    return None


def _without(path: Path, error: MihqdaError) -> str:
    # The report names the file in a field of its own.
    return str(error).removeprefix(f"{path}: ").removeprefix(f"{path.name}: ")


def classify_table(head: Sequence[str]) -> TableKind:
    """Tell by its column names what a table holds."""
    columns = set(head)
    if {"participant", "group"} <= columns:
        return "participants"
    if {"session", "kind"} <= columns:
        return "sessions"
    if {"transcript", "code"} <= columns:
        return "codings"
    if "topic" in columns and columns & {"participant", "session"}:
        return "asked"
    if {"id", "name"} <= columns:
        return "codebook"
    return "unknown"


def describe_turns(transcript: Transcript) -> tuple[int, dict[str, tuple[int, int]]]:
    """Return the words of all turns, and label -> (turns, words) in order of appearance.

    A shared turn counts for each of its speakers, and once for the whole.
    """
    total = 0
    turns: Counter[str] = Counter()
    words: Counter[str] = Counter()
    for turn in transcript.turns:
        count = count_words(turn.span.quote(transcript.text))
        total += count
        for speaker in turn.speakers or ("",):
            turns[speaker] += 1
            words[speaker] += count
    return total, {speaker: (turns[speaker], words[speaker]) for speaker in turns}


def _compare(one: Imported, known: dict[str, str], by_hash: dict[str, str]) -> FileReport:
    transcript = one.transcript
    if known.get(transcript.id) == transcript.sha256:
        return FileReport(transcript.source, "unchanged", transcript.id, notes=("the same bytes as before",))
    if transcript.id in known:
        return FileReport(
            transcript.source, "failed", transcript.id,
            notes=(
                f"the study has another transcript {transcript.id!r}; codings point into that "
                "text, so it is not replaced. Import this file under another id: --id NAME",
            ),
        )  # fmt: skip
    notes = list(one.warnings)
    if transcript.sha256 in by_hash:
        notes.append(f"the same bytes as transcript {by_hash[transcript.sha256]!r}")
    words, speakers = describe_turns(transcript)
    return FileReport(
        transcript.source, "imported", transcript.id, len(transcript.turns), words, speakers,
        dict(Counter(turn.language for turn in transcript.turns).most_common()), one.encoding, tuple(notes),
    )  # fmt: skip


def _load_table(store: Store, kind: TableKind, table: Table) -> FileReport:
    if kind == "participants":
        register = read_register(table)
        outcome = Counter(stored_people.put_participants(store, register.participants).values())
        stored_people.put_rules(store, register.rules)
        note = ", ".join(f"{count} {what}" for what, count in outcome.items()) or "nobody"
        return FileReport(
            table.name, "loaded", encoding=table.encoding, notes=(f"participants: {note}", *table.warnings)
        )
    if kind == "sessions":
        sessions = read_sessions(table)
        stored_people.put_sessions(store, sessions)
        return FileReport(
            table.name,
            "loaded",
            encoding=table.encoding,
            notes=(f"{len(sessions)} sessions", *table.warnings),
        )
    asked = read_asked(table)
    stored_people.put_asked(store, asked)
    return FileReport(
        table.name, "loaded", encoding=table.encoding, notes=(f"{len(asked)} topics asked", *table.warnings)
    )


def load_register(store: Store, path: Path, *, who: str = "") -> FileReport:
    """Load a register, or the template that somebody completed, as one step."""
    table = read_table(path)
    with store.step(f"load participants from {path.name}", who=who):
        return _load_table(store, "participants", table)


def _describe(imported: Sequence[Imported], tables: Sequence[tuple[TableKind, Table]]) -> str:
    names = [one.transcript.id for one in imported]
    shown = ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")
    parts = [f"import {shown}"] if names else []
    parts += [f"load {kind} from {table.name}" for kind, table in tables]
    return "; ".join(parts) or "set interviewers"
