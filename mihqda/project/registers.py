"""Registers, sessions and who-was-asked tables of a project: read first, then written in one step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from mihqda.errors import InputError, NotFoundError
from mihqda.participants import (
    Asked,
    Register,
    Session,
    is_interviewer_label,
    read_asked,
    read_register,
    read_sessions,
)
from mihqda.store import Store
from mihqda.store import people as stored
from mihqda.store.codes import code_ids
from mihqda.store.themes import get_setting, get_themes, put_setting
from mihqda.store.transcripts import labels_by_transcript
from mihqda.tables import Row, Table, read_table

if TYPE_CHECKING:
    import pandas as pd

PeopleKind = Literal["participants", "sessions", "asked"]


@dataclass(frozen=True, slots=True)
class PeopleTable:
    """What a table says, checked in itself and not written yet."""

    kind: PeopleKind
    table: Table
    content: Register | tuple[Session, ...] | tuple[Asked, ...]


def read_people_table(kind: PeopleKind, source: str | Path | pd.DataFrame) -> PeopleTable:
    """Read a register, sessions or who-was-asked table from a file or a frame.

    Raises
    ------
    InputError
        Naming every bad row.
    """
    table = as_table(source)
    if kind == "participants":
        return PeopleTable(kind, table, read_register(table))
    if kind == "sessions":
        return PeopleTable(kind, table, read_sessions(table))
    return PeopleTable(kind, table, read_asked(table))


def put_people_table(store: Store, one: PeopleTable) -> tuple[str, ...]:
    """Write a table inside the open step; returns what a person should know, the outcome first."""
    content = one.content
    if isinstance(content, Register):
        return (*_put_register(store, content), *one.table.warnings)
    if one.kind == "sessions":
        sessions = tuple(item for item in content if isinstance(item, Session))
        stored.put_sessions(store, sessions)
        known = set(labels_by_transcript(store))
        missing = [name for session in sessions for name in session.transcripts if name not in known]
        return (_count(len(sessions), "session"), *_note("not imported (yet)", missing), *one.table.warnings)
    asked = tuple(item for item in content if isinstance(item, Asked))
    stored.put_asked(store, asked)
    topics = {theme.id for theme in get_themes(store)} | code_ids(store)
    people = {person.id for person in stored.get_participants(store)}
    return (
        f"{_count(len(asked), 'row')} of who was asked what",
        *_note("neither a code nor a theme", [row.topic for row in asked if row.topic not in topics]),
        *_note("not registered", [row.participant for row in asked if row.participant not in people | {""}]),
        *one.table.warnings,
    )


def _put_register(store: Store, register: Register) -> tuple[str, ...]:
    before = {person.id for person in stored.get_participants(store)}
    outcome = Counter(stored.put_participants(store, register.participants).values())
    stored.put_rules(store, register.rules)
    gone = before - {person.id for person in register.participants}
    labels = labels_by_transcript(store)
    folded = {name.casefold(): {label.casefold() for label in found} for name, found in labels.items()}
    lost = [
        rule.transcript
        for rule in register.rules
        if rule.transcript and rule.transcript.casefold() not in folded
    ]
    silent = [
        f"{rule.speaker} in {rule.transcript}"
        for rule in register.rules
        if rule.speaker
        and rule.speaker.casefold() not in folded.get(rule.transcript.casefold(), {rule.speaker.casefold()})
    ]
    return (
        f"participants: {', '.join(f'{count} {what}' for what, count in outcome.items()) or 'nobody'}",
        *_note("in the study but not in this table, kept (remove with --remove)", sorted(gone)),
        *_note("transcripts that are not imported (yet)", lost),
        *_note("labels that do not occur there", silent),
    )


def set_interviewers(store: Store, labels: Sequence[str]) -> None:
    """Add labels of who asks, inside the open step.

    Raises
    ------
    InputError
        If a label is a participant's id.
    """
    people = {person.id.casefold() for person in stored.get_participants(store)}
    for label in labels:
        if label.casefold() in people:
            raise InputError(
                f"--interviewer {label!r}: that is a participant of the register; take the person out first"
            )
    had = get_setting(store, "interviewers", [])
    new = [label for label in labels if not is_interviewer_label(label, had)]
    if new:
        put_setting(store, "interviewers", [*had, *dict.fromkeys(new)])


def remove_participant(store: Store, person: str, *, who: str = "", why: str = "") -> None:
    """Take a person out of the register; what she says stays, as an unknown voice.

    Raises
    ------
    NotFoundError
        If nobody has this id.
    """
    there = [one.id for one in stored.get_participants(store)]
    if person not in there:
        raise NotFoundError(
            f"nobody in the register is {person!r}; there are: {', '.join(there) or 'nobody'}"
        )
    with store.step(f"remove participant {person} from the register", who=who, why=why):
        stored.remove_participant(store, person)


def as_table(source: str | Path | pd.DataFrame) -> Table:
    """Return the table of a file, or a frame as such a table."""
    if isinstance(source, str | Path):
        return read_table(Path(source))
    columns = tuple("_".join(str(name).strip().casefold().split()) for name in source.columns)
    cells = source.astype(object).where(source.notna(), "").to_numpy().tolist()
    rows = tuple(
        Row(number, {name: _text(value) for name, value in zip(columns, row, strict=True)})
        for number, row in enumerate(cells, 2)
    )
    return Table("frame", columns, rows, "", ())


def _text(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _note(what: str, names: Sequence[str]) -> tuple[str, ...]:
    listed = list(dict.fromkeys(names))
    if not listed:
        return ()
    return (f"{what}: {', '.join(listed[:8])}" + (f" and {len(listed) - 8} more" if len(listed) > 8 else ""),)
