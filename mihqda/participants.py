"""The register: participants, groups, sites and sessions, and whose voice a speaker label is.

A person is one participant, however many sessions; group sizes come from here. `resolve_speakers` gives each
(transcript, label) one of four kinds: ``participant``, ``interviewer``, ``unknown``, ``ignored``.
"""

from __future__ import annotations

import dataclasses
import datetime
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, cast, get_args

from mihqda.errors import BulkError, InputError, Problem
from mihqda.tables import Row, Table, parse_number, pick

SpeakerKind = Literal["participant", "interviewer", "unknown", "ignored"]
SPEAKER_KINDS: tuple[SpeakerKind, ...] = get_args(SpeakerKind)
SessionKind = Literal["interview", "joint interview", "focus group"]
SESSION_KINDS: tuple[SessionKind, ...] = get_args(SessionKind)

_INTERVIEWERS = frozenset(
    [
        "interviewer",
        "interviewers",
        "interviewster",
        "interviewerin",
        "intervieweur",
        "enquêteur",
        "enquêtrice",
        "entrevistador",
        "entrevistadora",
        "moderator",
        "moderatorin",
        "moderatrice",
        "modérateur",
        "modérateur",
        "moderador",
        "moderadora",
        "mod",
        "facilitator",
        "facilitateur",
        "gespreksleider",
        "gespreksleidster",
        "onderzoeker",
        "researcher",
        "i",
        "int",
        "iv",
        "q",
        "vraag",
    ]
)
_GENERIC = re.compile(
    r"(r|b|resp|respondent|interviewee|geïnterviewde|befragter?|speaker|spreker|sprecher|spk|s|unknown|onbekend)"
    r"[ _\-]?\d*",
    re.IGNORECASE,
)
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


@dataclass(frozen=True, slots=True)
class Participant:
    """A person who speaks as data. `attributes` holds every other column of the register."""

    id: str
    group: str
    role: str = ""
    site: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.id.strip() or not self.group.strip():
            raise InputError("a participant needs an id and a group")
        object.__setattr__(self, "attributes", MappingProxyType(dict(self.attributes)))


@dataclass(frozen=True, slots=True)
class Session:
    """One meeting with one or more participants; `duration` is in minutes, None if not known."""

    id: str
    kind: SessionKind
    date: str = ""
    mode: str = ""
    language: str = ""
    duration: float | None = None
    transcripts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SpeakerRule:
    """Whose voice a label is.

    An empty `transcript` means every transcript; an empty `speaker` means the one voice of that transcript
    that nothing else explains.
    """

    transcript: str
    speaker: str
    kind: SpeakerKind
    participant: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A topic (a code or a theme) that was put to a participant, or to everybody in a session."""

    topic: str
    participant: str = ""
    session: str = ""


@dataclass(frozen=True, slots=True)
class Register:
    """What a register file says."""

    participants: tuple[Participant, ...]
    rules: tuple[SpeakerRule, ...]


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


def is_interviewer_label(label: str, extra: Iterable[str] = ()) -> bool:
    """Tell whether a label names who asks: a known word (``Interviewer 2``, ``Gespreksleider``) or one of `extra`.

    Examples
    --------
    >>> is_interviewer_label("Moderator 1"), is_interviewer_label("P1"), is_interviewer_label("KB", ["kb"])
    (True, False, True)
    """
    folded = re.sub(r"[:*_](?:innen|in)\b", "", label.strip().casefold())  # Interviewer:in
    if folded in {one.strip().casefold() for one in extra}:
        return True
    return re.sub(r"[ _\-.]*(\d+|\b[a-z])?$", "", folded) in _INTERVIEWERS or folded in _INTERVIEWERS


def is_generic_label(label: str) -> bool:
    """Tell whether a label could be anybody's ("R", "Speaker 1"), so that it maps only per transcript."""
    return _GENERIC.fullmatch(label.strip()) is not None


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


def resolve_speakers(
    labels: Mapping[str, Iterable[str]],
    *,
    participants: Iterable[str],
    rules: Iterable[SpeakerRule] = (),
    interviewers: Iterable[str] = (),
) -> dict[tuple[str, str], tuple[SpeakerKind, str]]:
    """Tell whose voice each label of each transcript is.

    In this order: a rule for the label in this transcript; a rule for the label anywhere; a participant of
    that id, ignoring case (not for generic labels); an interviewer's label; a rule for this transcript
    without a label, if exactly one voice and one such person are left; else unknown.

    Parameters
    ----------
    labels
        Transcript id -> its labels; ``""`` stands for turns without one.
    participants
        Ids in the register.
    rules
        What the register says about labels.
    interviewers
        Labels that this study sets as the interviewer's.

    Returns
    -------
    dict
        (transcript, label) -> (kind, participant id or ``""``), one entry per label.
    """
    ids = {one.casefold(): one for one in participants}
    extra = tuple(interviewers)
    exact: dict[tuple[str, str], SpeakerRule] = {}
    sole: dict[str, list[SpeakerRule]] = {}
    for rule in rules:
        if rule.speaker:
            exact[rule.transcript.casefold(), rule.speaker.casefold()] = rule
        else:
            sole.setdefault(rule.transcript.casefold(), []).append(rule)
    out: dict[tuple[str, str], tuple[SpeakerKind, str]] = {}
    for transcript, found in labels.items():
        left: list[str] = []
        for label in dict.fromkeys(found):
            folded = label.casefold()
            named = exact.get((transcript.casefold(), folded)) or exact.get(("", folded))
            if named is not None:
                out[transcript, label] = (named.kind, named.participant)
            elif folded in ids and not is_generic_label(label):
                out[transcript, label] = ("participant", ids[folded])
            elif label and is_interviewer_label(label, extra):
                out[transcript, label] = ("interviewer", "")
            else:
                left.append(label)
        heard = {person for (where, _), (_, person) in out.items() if where == transcript}
        waiting = [rule for rule in sole.get(transcript.casefold(), []) if rule.participant not in heard]
        for label in left:
            if len(left) == 1 and len(waiting) == 1:
                out[transcript, label] = (waiting[0].kind, waiting[0].participant)
            else:
                out[transcript, label] = ("unknown", "")
    return out


def infer_session_kind(people: int) -> SessionKind:
    """Return the kind of a session by the number of people who speak as data: 1, 2, more."""
    return "interview" if people <= 1 else "joint interview" if people == 2 else "focus group"
