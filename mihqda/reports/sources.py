"""T2: where the data come from."""

from __future__ import annotations

from typing import Any

import pandas as pd

from mihqda.reports.grid import Cell, Column, Grid, GridRow, rows_of
from mihqda.reports.model import ReportTable
from mihqda.reports.wording import Wording
from mihqda.snapshot import Snapshot

# name, key of its label, width, is it a number
_COLUMNS = (
    ("session", "col_session", 13, False), ("kind", "col_kind", 10, False), ("date", "col_date", 11, False),
    ("mode", "col_mode", 9, False), ("language", "col_language", 9, False), ("duration", "col_minutes", 8, True),
    ("participants_n", "col_participants", 12, True), ("participants", "col_who", 22, False),
    ("words", "col_their_words", 9, True), ("transcripts", "col_transcripts", 14, False),
)  # fmt: skip
_OPTIONAL = ("date", "mode", "language", "duration")


def sources_table(snapshot: Snapshot, words: Wording) -> ReportTable:
    """Return T2: every session with its transcripts, its participants and their words.

    Words are those of turns in which a registered participant speaks; a shared turn counts once. Unknown
    speakers are counted apart, in ``unknown_speakers`` and ``unknown_words``; interviewers nowhere. What is
    not recorded for any session is left out of the page, not of the frame.
    """
    heard = _heard(snapshot, words)
    rows = []
    columns = ("session", "kind", "date", "mode", "language", "duration")
    for session, kind, date, mode, language, duration in rows_of(snapshot.sessions, *columns):
        transcripts = snapshot.transcripts.loc[snapshot.transcripts["session"] == session, "transcript"]
        people = heard["participant"].get(session, _NOBODY)
        unknown = heard["unknown"].get(session, _NOBODY)
        rows.append((
            session, kind, date, mode, language, _minutes(duration), len(people.names), "; ".join(people.names),
            people.words, "; ".join(transcripts), len(unknown.names), "; ".join(unknown.names), unknown.words,
        ))  # fmt: skip
    frame = pd.DataFrame(rows, columns=list(_NAMES)).astype({"duration": "float64"})
    shown = tuple(
        Column(name, words.say(key), width, is_number)
        for name, key, width, is_number in _COLUMNS
        if name not in _OPTIONAL or _is_recorded(frame[name])
    )
    return ReportTable(
        "T2", "sources", words.say("T2"), frame, shown, _notes(frame, words), _layout(frame, shown, words)
    )


_NAMES = (
    "session", "kind", "date", "mode", "language", "duration", "participants_n", "participants", "words",
    "transcripts", "unknown_speakers_n", "unknown_speakers", "unknown_words",
)  # fmt: skip


class _Heard:
    """Who of one kind speaks in a session, and how many words."""

    def __init__(self, names: tuple[str, ...], words: int) -> None:
        self.names, self.words = names, words


_NOBODY = _Heard((), 0)


def _heard(snapshot: Snapshot, words: Wording) -> dict[str, dict[str, _Heard]]:
    """Return kind of voice -> session -> who speaks."""
    session_of = dict(rows_of(snapshot.transcripts, "transcript", "session"))
    lengths = {
        (transcript, turn): number
        for transcript, turn, number in rows_of(snapshot.turns, "transcript", "turn", "words")
    }
    out: dict[str, dict[str, _Heard]] = {}
    for kind in ("participant", "unknown"):
        names: dict[str, dict[str, None]] = {}
        turns: dict[str, set[tuple[str, int]]] = {}
        voices = snapshot.voices[snapshot.voices["kind"] == kind]
        for transcript, turn, speaker, person in rows_of(
            voices, "transcript", "turn", "speaker", "participant"
        ):
            session = session_of[transcript]
            names.setdefault(session, {})[person or speaker or words.say("no_label")] = None
            turns.setdefault(session, set()).add((transcript, turn))
        out[kind] = {
            session: _Heard(tuple(sorted(found)), int(sum(lengths[turn] for turn in turns[session])))
            for session, found in names.items()
        }
    return out


def _minutes(duration: object) -> float:
    return float("nan") if duration in ("", None) else float(str(duration))


def _is_recorded(column: pd.Series[Any]) -> bool:
    return any(value != "" and value == value for value in column)


def _layout(frame: pd.DataFrame, shown: tuple[Column, ...], words: Wording) -> Grid:
    rows = []
    for record in frame.to_dict("records"):
        cells = []
        for column in shown:
            note = ""
            if column.name == "participants" and record["unknown_speakers_n"]:
                speakers = words.count(record["unknown_speakers_n"], "unknown speaker")
                note = words.say("and_unknown_speakers", speakers=speakers, names=record["unknown_speakers"])
            if column.name == "words" and record["unknown_words"]:
                note = words.say("and_unknown_words", number=record["unknown_words"])
            value = record[column.name]
            value = {"kind": words.kind, "date": words.date}.get(column.name, words.show)(value)
            cells.append(Cell(value, note))
        rows.append(GridRow(tuple(cells)))
    return Grid(shown, tuple(rows))


def _notes(frame: pd.DataFrame, words: Wording) -> tuple[str, ...]:
    if frame.empty:
        return (words.say("note_no_transcripts"),)
    kinds = frame.groupby("kind", sort=False).size()
    counted = words.listing(words.count(int(n), str(kind)) for kind, n in kinds.items())
    notes = [words.say("note_sources", sessions=words.count(len(frame), "session"), kinds=counted)]
    silent = frame.loc[frame["transcripts"] == "", "session"]
    if len(silent):
        notes.append(words.say("note_without_transcript", names=words.listing(silent, limit=20)))
    missing = frame.loc[frame["duration"].isna(), "session"]
    if 0 < len(missing) < len(frame):
        notes.append(
            words.say("note_duration", fraction=words.fraction(len(frame) - len(missing), len(frame)))
        )
    return tuple(notes)
