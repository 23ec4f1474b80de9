"""T2: where the data come from."""

from __future__ import annotations

from typing import Any

import pandas as pd

from mihqda.reports.grid import Cell, Column, Grid, GridRow, rows_of
from mihqda.reports.model import ReportTable
from mihqda.reports.prose import fraction, listing, plural, show
from mihqda.snapshot import Snapshot

_COLUMNS = (
    Column("session", "Session", 13),
    Column("kind", "Type", 10),
    Column("date", "Date", 11),
    Column("mode", "Mode", 9),
    Column("language", "Language", 9),
    Column("duration", "Minutes", 8, is_number=True),
    Column("participants_n", "Participants", 12, is_number=True),
    Column("participants", "Who", 22),
    Column("words", "Their words", 9, is_number=True),
    Column("transcripts", "Transcripts", 14),
)
_OPTIONAL = ("date", "mode", "language", "duration")


def sources_table(snapshot: Snapshot) -> ReportTable:
    """Return T2: every session with its transcripts, its participants and their words.

    Words are those of turns in which a registered participant speaks; a shared turn counts once. Unknown
    speakers are counted apart, in ``unknown_speakers`` and ``unknown_words``; interviewers nowhere. What is
    not recorded for any session is left out of the page, not of the frame.
    """
    heard = _heard(snapshot)
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
    shown = tuple(one for one in _COLUMNS if one.name not in _OPTIONAL or _is_recorded(frame[one.name]))
    return ReportTable(
        "T2", "sources", "Data sources", frame, shown, _notes(snapshot, frame), _layout(frame, shown)
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


def _heard(snapshot: Snapshot) -> dict[str, dict[str, _Heard]]:
    """Return kind of voice -> session -> who speaks."""
    session_of = dict(rows_of(snapshot.transcripts, "transcript", "session"))
    words = {
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
            names.setdefault(session, {})[person or speaker or "(no label)"] = None
            turns.setdefault(session, set()).add((transcript, turn))
        out[kind] = {
            session: _Heard(tuple(sorted(found)), int(sum(words[turn] for turn in turns[session])))
            for session, found in names.items()
        }
    return out


def _minutes(duration: object) -> float:
    return float("nan") if duration in ("", None) else float(str(duration))


def _is_recorded(column: pd.Series[Any]) -> bool:
    return any(value != "" and value == value for value in column)


def _layout(frame: pd.DataFrame, shown: tuple[Column, ...]) -> Grid:
    rows = []
    for record in frame.to_dict("records"):
        cells = []
        for column in shown:
            note = ""
            if column.name == "participants" and record["unknown_speakers_n"]:
                note = f"and {plural(record['unknown_speakers_n'], 'unknown speaker')}: {record['unknown_speakers']}"
            if column.name == "words" and record["unknown_words"]:
                note = f"and {record['unknown_words']} unknown"
            cells.append(Cell(show(record[column.name]), note))
        rows.append(GridRow(tuple(cells)))
    return Grid(shown, tuple(rows))


def _notes(snapshot: Snapshot, frame: pd.DataFrame) -> tuple[str, ...]:
    if frame.empty:
        return ("The study has no transcripts yet.",)
    kinds = frame.groupby("kind", sort=False).size()
    notes = [
        f"{plural(len(frame), 'session')}: "
        + listing(plural(int(n), str(kind)) for kind, n in kinds.items())
        + "."
        " Words are those of turns in which a registered participant speaks; interviewers are not counted."
    ]
    silent = frame.loc[frame["transcripts"] == "", "session"]
    if len(silent):
        notes.append(f"Without a transcript here: {listing(silent, limit=20)}.")
    missing = frame.loc[frame["duration"].isna(), "session"]
    if 0 < len(missing) < len(frame):
        notes.append(f"Duration recorded for {fraction(len(frame) - len(missing), len(frame))} sessions.")
    return tuple(notes)
