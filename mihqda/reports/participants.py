"""T1: who took part."""

from __future__ import annotations

import pandas as pd

from mihqda.reports.grid import Column, lay_out, rows_of
from mihqda.reports.model import ReportTable
from mihqda.reports.wording import Wording
from mihqda.snapshot import Snapshot

_KNOWN = ("participant", "group", "role", "site")
_SHORT = 40  # characters of a cell that a narrow column still holds well


def participants_table(snapshot: Snapshot, words: Wording) -> ReportTable:
    """Return T1: every participant of the register, also those who never speak.

    The frame has the register's columns, then ``sessions`` (ids with ``; ``) and ``sessions_n``. A column of
    the register that is empty for everybody is left out of the page, not of the frame.
    """
    register = snapshot.participants
    taken = sessions_of_participants(snapshot)
    heard = [taken.get(person, ()) for person in register["participant"]]
    frame = register.copy()
    # The register may have a column of the same name; the one counted here must not replace it.
    ids, number = (f"{name}_taken_part" if name in register else name for name in ("sessions", "sessions_n"))
    frame[ids] = pd.Series(["; ".join(sessions) for sessions in heard], dtype="str", index=frame.index)
    frame[number] = pd.Series([len(sessions) for sessions in heard], dtype="int64", index=frame.index)
    columns = [Column("participant", words.say("col_id"), 9)]
    for name in map(str, register.columns[1:]):
        values = [str(value) for value in register[name]]
        if any(value.strip() for value in values):
            longest = max(map(len, [*values, name]))
            columns.append(Column(name, _label(name, words), min(max(longest, 8), _SHORT)))
    columns.append(Column(ids, words.say("col_taken_part"), 26))
    return ReportTable(
        "T1",
        "participants",
        words.say("T1"),
        frame,
        tuple(columns),
        _notes(frame, number, words),
        lay_out(frame, columns, words),
    )


def sessions_of_participants(snapshot: Snapshot) -> dict[str, tuple[str, ...]]:
    """Return participant -> sessions in which they speak, in the order of the sessions; absent if in none."""
    known = snapshot.voices[snapshot.voices["kind"] == "participant"]
    pairs = known[["transcript", "participant"]].drop_duplicates()
    pairs = pairs.merge(snapshot.transcripts[["transcript", "session"]], on="transcript")
    place = {session: at for at, session in enumerate(snapshot.sessions["session"])}
    found: dict[str, set[str]] = {}
    for person, session in rows_of(pairs, "participant", "session"):
        found.setdefault(person, set()).add(session)
    return {
        person: tuple(sorted(sessions, key=lambda one: (place.get(one, len(place)), one)))
        for person, sessions in found.items()
    }


def _label(name: str, words: Wording) -> str:
    return words.field(name).capitalize()


def _notes(frame: pd.DataFrame, number: str, words: Wording) -> tuple[str, ...]:
    if frame.empty:
        return (words.say("note_no_register"),)
    participants = words.count(len(frame), "participant")
    notes = [words.say("note_participants", participants=participants, groups=group_sizes(frame, words))]
    silent = frame.loc[frame[number] == 0, "participant"]
    if len(silent):
        participants = words.count(len(silent), "participant")
        names = words.listing(silent, limit=20)
        notes.append(words.say_of(len(silent), "note_silent", participants=participants, names=names))
    return tuple(notes)


def group_sizes(register: pd.DataFrame, words: Wording) -> str:
    """Return how many people each group has: "7 provider, 11 client"."""
    sizes = register.groupby("group", sort=False).size()
    none = words.say("row_none")
    return words.listing(
        words.say("group_with_size", size=int(size), group=group or none) for group, size in sizes.items()
    )
