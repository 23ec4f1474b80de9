"""Stage 1 of a project: files become transcripts in the study, and people and sessions with them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from mihqda.errors import ConflictError, InputError, MihqdaError, as_argument
from mihqda.participants import translate_heads
from mihqda.project.registers import PeopleTable, put_people_table, read_people_table, set_interviewers
from mihqda.store import Store
from mihqda.store import transcripts as stored
from mihqda.store.codings import codings_of, remove_codings
from mihqda.store.suggestions import forget_transcript
from mihqda.tables import read_head
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
    tables: list[PeopleTable]
    reports: list[FileReport]


def import_paths(
    store: Store,
    paths: Iterable[Path],
    *,
    tables: Sequence[PeopleTable] = (),
    interviewers: Sequence[str] = (),
    transcript_id: str | None = None,
    encoding: str | None = None,
    who: str = "",
    progress: Progress = lambda what, done, total: None,
) -> tuple[FileReport, ...]:
    """Read files and folders into the study, as one step of the history.

    A bad file is reported as failed and does not stop the others; `tables` are read and checked already.
    See `mihqda.project.Project.import_transcripts`.
    """
    plan = _plan([Path(path) for path in paths])
    plan.tables[:0] = tables
    if transcript_id is not None and len(plan.transcripts) != 1:
        raise InputError(f"--id names one transcript, but there are {len(plan.transcripts)} files")
    known = stored.known_files(store)
    by_hash = {sha256: name for name, sha256 in known.items()}
    imported: list[Imported] = []
    reports = list(plan.reports)
    for number, path in enumerate(plan.transcripts):
        progress(path.name, number, len(plan.transcripts))
        try:
            one = read_transcript(path, id=transcript_id, encoding=encoding)
        except MihqdaError as error:
            reports.append(_failed(path, error))
            continue
        report = _compare(one, known, by_hash)
        if report.status == "imported":
            imported.append(one)
            known[one.transcript.id] = one.transcript.sha256
            by_hash.setdefault(one.transcript.sha256, one.transcript.id)
        reports.append(report)
    progress("", len(plan.transcripts), len(plan.transcripts))
    with store.step(_describe(imported, plan.tables), who=who):
        for one in imported:
            stored.add_transcript(store, one)
        for table in plan.tables:
            notes = put_people_table(store, table)
            reports.append(FileReport(table.table.name, "loaded", encoding=table.table.encoding, notes=notes))
        if interviewers:
            set_interviewers(store, interviewers)
    return tuple(reports)


def remove_transcript(
    store: Store, transcript: str, *, with_codings: bool = False, who: str = "", why: str = ""
) -> int:
    """Take a transcript out of the study, and its codings if that is said; returns how many codings went.

    Raises
    ------
    NotFoundError
        If the study has no such transcript.
    ConflictError
        If it has codings and `with_codings` is not said.
    """
    stored.get_transcript(store, transcript)
    ids = codings_of(store, transcript)
    if ids and not with_codings:
        raise ConflictError(
            f"transcript {transcript} has {len(ids)} codings, which would go with it: say so (--with-codings); "
            "mihqda undo brings them back"
        )
    with store.step(f"remove transcript {transcript} with {len(ids)} codings", who=who, why=why):
        forget_transcript(store, transcript)
        remove_codings(store, ids)
        stored.remove_transcript(store, transcript)
    return len(ids)


def _plan(paths: Sequence[Path]) -> _Plan:
    plan = _Plan([], [], [])
    for path in paths:
        if path.is_dir():
            before = len(plan.transcripts) + len(plan.tables)
            for inside in sorted(path.iterdir(), key=lambda one: one.name):
                _sort_into(plan, inside, is_named=False)
            if len(plan.transcripts) + len(plan.tables) == before:
                plan.reports.append(_failed(path, InputError("no transcripts in this folder")))
        elif not path.exists():
            plan.reports.append(_failed(path, InputError("there is no such file or folder")))
        else:
            _sort_into(plan, path, is_named=True)
    return plan


def _sort_into(plan: _Plan, path: Path, *, is_named: bool) -> None:
    reason = "" if is_named else _reason_to_skip(path)
    suffix = path.suffix.lower()
    if not reason and suffix == ".mihqda":
        reason = "a study"
    if not reason and suffix in _CODEBOOK_SUFFIXES:
        reason = f"a codebook: mihqda codebook load STUDY {as_argument(path)}"
    if not reason and suffix in _TABLE_SUFFIXES:
        try:
            kind = classify_table(read_head(path))
            if kind == "codings":
                reason = f"codings: mihqda code STUDY --from {as_argument(path)}"
            elif kind == "codebook":
                reason = f"a codebook: mihqda codebook load STUDY {as_argument(path)}"
            elif kind != "unknown":
                plan.tables.append(read_people_table(kind, path))
                return
        except InputError as error:
            plan.reports.append(_failed(path, error))
            return
    if reason:
        plan.reports.append(FileReport(path.name, "skipped", notes=(reason,)))
    else:
        plan.transcripts.append(path)


def _reason_to_skip(path: Path) -> str:
    if path.is_dir():
        return "a folder inside a folder; import it by its own name"
    if path.name.startswith((".", "~$")):
        return "hidden, or a lock file of a word processor"
    if path.name.upper().startswith(("README", "LICENSE", "LICENCE", "NOTICE")):
        return "about the data, not data"
    return ""


def _failed(path: Path, error: MihqdaError) -> FileReport:
    # The report names the file in a field of its own.
    said = str(error).removeprefix(f"{path}: ").removeprefix(f"{path.name}: ")
    return FileReport(path.name, "failed", notes=(said,))


def classify_table(head: Sequence[str]) -> TableKind:
    """Tell by its column names what a table holds."""
    columns = set(translate_heads(head).values())
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
                "text, so it is not replaced. Import this file under another id (--id NAME), or take that one out first "
                "(mihqda transcripts STUDY --remove ID)",
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


def _describe(imported: Sequence[Imported], tables: Sequence[PeopleTable]) -> str:
    names = [one.transcript.id for one in imported]
    shown = ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")
    parts = [f"import {shown}"] if names else []
    parts += [f"load {one.kind} from {one.table.name}" for one in tables]
    return "; ".join(parts) or "set interviewers"
