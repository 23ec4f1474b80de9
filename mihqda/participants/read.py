"""Tables become registers, sessions and who was asked what: all rows, or a list of what is wrong."""

from __future__ import annotations

import dataclasses
import datetime
import re
from collections.abc import Iterable
from typing import cast

from mihqda.errors import BulkError, InputError, Problem
from mihqda.participants.labels import is_generic_label
from mihqda.participants.model import (
    SESSION_KINDS,
    SPEAKER_KINDS,
    Asked,
    Participant,
    Register,
    Session,
    SessionKind,
    SpeakerKind,
    SpeakerRule,
)
from mihqda.tables import Row, Table, parse_number, pick

_HEADS = {
    **dict.fromkeys(("deelnemer", "teilnehmer", "respondent", "participant_id"), "participant"),
    **dict.fromkeys(("groep", "gruppe"), "group"),
    **dict.fromkeys(("rol", "rolle", "functie", "funktion"), "role"),
    **dict.fromkeys(("locatie", "organisatie", "standort", "einrichtung"), "site"),
    **dict.fromkeys(("spreker", "sprecher"), "speaker"),
    **dict.fromkeys(("sessie", "sitzung"), "session"),
    **dict.fromkeys(("soort", "art"), "kind"),
    **dict.fromkeys(("datum",), "date"),
    **dict.fromkeys(("taal", "sprache"), "language"),
    **dict.fromkeys(("duur", "dauer"), "duration"),
}
"""Column names of Dutch and German offices; each is read as ours unless the table has ours as well."""

_YES = frozenset(["yes", "y", "ja", "j", "x", "1", "true", "waar", "oui", "si", "sí"])
_NO = frozenset(["", "no", "n", "nee", "nein", "0", "false", "onwaar", "-"])
_KIND_WORDS: dict[str, SessionKind] = {
    "joint": "joint interview",
    "focusgroup": "focus group",
    "focusgroep": "focus group",
    "focus groep": "focus group",
    "duo-interview": "joint interview",
    "duo interview": "joint interview",
}


def translate_heads(head: Iterable[str]) -> dict[str, str]:
    """Return column -> the name by which we know it.

    Examples
    --------
    >>> translate_heads(["deelnemer", "groep", "leeftijd"])
    {'deelnemer': 'participant', 'groep': 'group', 'leeftijd': 'leeftijd'}
    """
    columns = list(head)
    known = {column: _HEADS.get(column.casefold(), column) for column in columns}
    return {column: column if ours in columns else ours for column, ours in known.items()}


def translate_table(table: Table) -> Table:
    """Return a table with the columns named as we know them."""
    names = translate_heads(table.columns)
    if len(set(names.values())) < len(names) or all(name == ours for name, ours in names.items()):
        return table
    rows = tuple(
        Row(row.number, {names[name]: value for name, value in row.cells.items()}) for row in table.rows
    )
    return dataclasses.replace(table, columns=tuple(names[column] for column in table.columns), rows=rows)


def read_register(table: Table) -> Register:
    """Return the participants and speaker rules of a register.

    Parameters
    ----------
    table
        Columns ``participant`` and ``group``; optional ``role``, ``site``, ``transcript``, ``speaker``,
        ``kind`` (as the template writes it: participant, interviewer, unknown, ignored); every other column
        is an attribute of the person. A person may have several rows; an empty cell agrees with everything.

    Raises
    ------
    BulkError
        Listing every row that disagrees with an earlier one of the same person, lacks a group, or maps a
        generic label without a transcript.
    """
    table = translate_table(table)
    pick(table, required=("participant", "group"))
    known = {"participant", "group", "role", "site", "transcript", "speaker", "kind", "turns", "words"}
    others = [column for column in table.columns if column not in known]
    people: dict[str, dict[str, str]] = {}
    first: dict[tuple[str, str], int] = {}
    rules: dict[tuple[str, str, str], SpeakerRule] = {}
    owner: dict[tuple[str, str], tuple[str, int]] = {}
    problems: list[Problem] = []
    for row in table.rows:
        cell = {column: row.cells.get(column, "").strip() for column in table.columns}
        person, label, transcript = cell["participant"], cell.get("speaker", ""), cell.get("transcript", "")
        kind = _speaker_kind(row, cell.get("kind", ""), person, problems)
        if kind is None:
            continue
        if not person and kind == "participant":
            problems.append(Problem(row.number, "participant", "", "is empty"))
            continue
        if person:
            seen = people.setdefault(person, {})
            for column in ("group", "role", "site", *others):
                value = cell.get(column, "")
                if not value:
                    continue
                if seen.setdefault(column, value) != value:
                    earlier = first[person, column]
                    problems.append(
                        Problem(
                            row.number, column, value, f"disagrees with row {earlier} of participant {person}"
                        )
                    )
                first.setdefault((person, column), row.number)
        if kind == "unknown" or not (label or transcript):
            continue
        if label and not transcript and is_generic_label(label):
            problems.append(
                Problem(row.number, "speaker", label, "could be anybody; say in which transcript")
            )
            continue
        if label:
            was = owner.setdefault((transcript.casefold(), label.casefold()), (person, row.number))
            if was[0] != person:
                problems.append(
                    Problem(
                        row.number,
                        "speaker",
                        label,
                        f"row {was[1]} maps it to another person in this transcript",
                    )
                )
                continue
        rules[transcript, label, person] = SpeakerRule(transcript, label, kind, person)
    for person, seen in people.items():
        if "group" not in seen:
            row_number = next(
                r.number for r in table.rows if r.cells.get("participant", "").strip() == person
            )
            problems.append(Problem(row_number, "group", "", f"participant {person} has no group"))
    folded: dict[str, str] = {}
    for person in people:
        other = folded.setdefault(person.casefold(), person)
        if other != person:
            problems.append(
                Problem(
                    first.get((person, "group"), 1),
                    "participant",
                    person,
                    f"differs from {other!r} only in case",
                )
            )
    if problems:
        raise BulkError(
            table.name, sorted(problems, key=lambda p: p.row), "Mend the rows and load the file again."
        )
    return Register(
        tuple(
            Participant(
                person, seen["group"], seen.get("role", ""), seen.get("site", ""),
                {column: seen.get(column, "") for column in others},
            )
            for person, seen in people.items()
        ),
        tuple(rules.values()),
    )  # fmt: skip


def _speaker_kind(row: Row, word: str, person: str, problems: list[Problem]) -> SpeakerKind | None:
    kind = {"": "", "ignore": "ignored"}.get(word.casefold(), word.casefold())
    if kind not in ("", *SPEAKER_KINDS):
        problems.append(Problem(row.number, "kind", word, f"is none of: {', '.join(SPEAKER_KINDS)}"))
        return None
    if person:
        if kind in ("interviewer", "ignored"):
            problems.append(Problem(row.number, "kind", word, f"but the row names participant {person}"))
            return None
        return "participant"
    if kind:
        return cast(
            SpeakerKind, "unknown" if kind == "participant" and row.cells.get("speaker", "") else kind
        )
    return (
        "unknown"
        if row.cells.get("speaker", "").strip() or row.cells.get("transcript", "").strip()
        else "participant"
    )


def read_sessions(table: Table) -> tuple[Session, ...]:
    """Return the sessions of a table with ``session``, ``kind`` and optionally ``date,mode,language,duration,transcripts``.

    ``transcripts`` lists ids separated by ``;`` or ``,``; if it is empty, the session's id is the transcript's.

    Raises
    ------
    BulkError
        Listing every row with an unknown kind, a bad duration, a second use of an id or of a transcript.
    """
    table = translate_table(table)
    pick(
        table, required=("session", "kind"), optional=("date", "mode", "language", "duration", "transcripts")
    )
    problems: list[Problem] = []
    out: dict[str, Session] = {}
    taken: dict[str, int] = {}
    for row in table.rows:
        cell = {column: row.cells.get(column, "").strip() for column in table.columns}
        name, word = cell["session"], cell["kind"].casefold().replace("_", " ")
        kind = _KIND_WORDS.get(word, word)
        if not name or name in out:
            problems.append(Problem(row.number, "session", name, "occurs twice" if name else "is empty"))
            continue
        if kind not in SESSION_KINDS:
            problems.append(
                Problem(row.number, "kind", cell["kind"], f"is none of: {', '.join(SESSION_KINDS)}")
            )
            continue
        duration = None
        if cell.get("duration"):
            try:
                duration = parse_number(cell["duration"])
            except InputError:
                problems.append(
                    Problem(row.number, "duration", cell["duration"], "is not a number of minutes")
                )
                continue
        try:
            date = read_date(cell.get("date", ""))
        except InputError as error:
            problems.append(Problem(row.number, "date", cell["date"], str(error)))
            continue
        listed = tuple(t.strip() for t in re.split(r"[;,|]", cell.get("transcripts", "")) if t.strip()) or (
            name,
        )
        for transcript in listed:
            if transcript in taken:
                problems.append(
                    Problem(
                        row.number,
                        "transcripts",
                        transcript,
                        f"belongs to the session of row {taken[transcript]}",
                    )
                )
            taken.setdefault(transcript, row.number)
        out[name] = Session(
            name, kind, date, cell.get("mode", ""), cell.get("language", ""),
            duration, listed,
        )  # fmt: skip
    if problems:
        raise BulkError(table.name, problems, "Mend the rows and load the file again.")
    return tuple(out.values())


def read_date(value: str) -> str:
    """Return a date as ``YYYY-MM-DD``; also ``YYYY``, ``YYYY-MM``, and ``D-M-YYYY`` or ``D.M.YYYY``.

    Raises
    ------
    InputError
        If it is no date, or ``3/4/2024``, which is April here and March there.
    """
    text = value.strip()
    if not text or re.fullmatch(r"\d{4}", text):
        return text
    day_first = re.fullmatch(r"(\d{1,2})[-.](\d{1,2})[-.](\d{4})", text)
    slashes = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text)
    if slashes and int(slashes[1]) > 12:
        day_first = slashes
    if day_first:
        text = f"{day_first[3]}-{int(day_first[2]):02d}-{int(day_first[1]):02d}"
    try:
        if re.fullmatch(r"\d{4}-\d{2}", text):
            datetime.date.fromisoformat(f"{text}-01")
            return text
        return datetime.datetime.fromisoformat(text).date().isoformat()
    except ValueError:
        raise InputError("is no date; write it as 2026-01-31") from None


def read_asked(table: Table) -> tuple[Asked, ...]:
    """Return who was asked what.

    Parameters
    ----------
    table
        Either long, ``topic`` with ``participant`` or ``session`` (and optionally ``asked`` yes/no), or wide:
        a first column ``participant`` or ``session`` and one column per topic with yes/no (ja/nee, x, 1/0).

    Raises
    ------
    BulkError
        Listing every row with a cell that is neither yes nor no, or without a person or session.
    """
    table = translate_table(table)
    who = [column for column in ("participant", "session") if column in table.columns]
    if not who:
        raise InputError(
            f"{table.name}: needs a column participant or session; it has: {', '.join(table.columns)}"
        )
    problems: list[Problem] = []
    out: dict[Asked, None] = {}
    topics = [c for c in table.columns if c not in ("participant", "session", "topic", "asked", "note")]
    for row in table.rows:
        cell = {column: row.cells.get(column, "").strip() for column in table.columns}
        person, session = cell.get("participant", ""), cell.get("session", "")
        if bool(person) == bool(session):
            problems.append(Problem(row.number, "", "", "needs a participant or a session, and not both"))
            continue
        answers = (
            {t: cell[t] for t in topics} if "topic" not in cell else {cell["topic"]: cell.get("asked", "yes")}
        )
        for topic, answer in answers.items():
            if answer.casefold() in _YES and topic:
                out[Asked(topic, person, session)] = None
            elif answer.casefold() not in _NO or not topic:
                problems.append(
                    Problem(
                        row.number, topic or "topic", answer, "is neither yes nor no" if topic else "is empty"
                    )
                )
    if problems:
        raise BulkError(table.name, problems, "Mend the rows and load the file again.")
    return tuple(out)
