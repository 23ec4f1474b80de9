"""T1: who took part."""

from __future__ import annotations

import pandas as pd

from mihqda.reports.grid import Column, rows_of
from mihqda.reports.model import ReportTable
from mihqda.reports.prose import listing, plural
from mihqda.snapshot import Snapshot

_KNOWN = ("participant", "group", "role", "site")
_SHORT = 40  # characters of a cell that a narrow column still holds well


def participants_table(snapshot: Snapshot) -> ReportTable:
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
    columns = [Column("participant", "Id", 9)]
    for name in map(str, register.columns[1:]):
        values = [str(value) for value in register[name]]
        if any(value.strip() for value in values):
            longest = max(map(len, [*values, name]))
            columns.append(Column(name, _label(name), min(max(longest, 8), _SHORT)))
    columns.append(Column(ids, "Sessions taken part in", 26))
    return ReportTable(
        "T1", "participants", "Participants", frame, tuple(columns), _notes(snapshot, frame, number)
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


def _label(name: str) -> str:
    return "Organisation" if name == "site" else name.replace("_", " ").capitalize()


def _notes(snapshot: Snapshot, frame: pd.DataFrame, number: str) -> tuple[str, ...]:
    if frame.empty:
        return (
            "There is no register of participants yet, so that nobody can be counted as a person. "
            "`mihqda participants STUDY --template people.xlsx` writes all speakers into a workbook to complete; "
            "`mihqda participants STUDY --from people.xlsx` loads it.",
        )
    sizes = frame.groupby("group", sort=False).size()
    notes = [
        f"{plural(len(frame), 'participant')}: "
        + listing(f"{size} {group or '(none)'}" for group, size in sizes.items())
        + "."
    ]
    silent = frame.loc[frame[number] == 0, "participant"]
    if len(silent):
        notes.append(
            f"{plural(len(silent), 'participant')} of the register {'is' if len(silent) == 1 else 'are'} not heard "
            f"in any transcript here and still belong{'s' if len(silent) == 1 else ''} to N: "
            f"{listing(silent, limit=20)}."
        )
    return tuple(notes)
