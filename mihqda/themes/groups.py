"""The rows of a theme table: groups of people, their sizes, their words, and whom one asked."""

from __future__ import annotations

from dataclasses import dataclass, field

from mihqda.codings.frame import rows_of
from mihqda.errors import NotFoundError
from mihqda.snapshot import Snapshot
from mihqda.themes.people import Cast

ALL = "(all)"
NONE = "(none)"
UNASSIGNED = "(unassigned)"
INTERVIEWER = "(interviewer)"


@dataclass(frozen=True)
class Groups:
    """Who belongs to which row.

    Parameters
    ----------
    names
        The groups of the register in the order in which it first names them, then ``(none)`` if somebody has
        none.
    members
        Group -> its registered people, by their places in `Cast.persons`; and of ``(all)``.
    row_of
        For each place in `Cast.persons` the name of the row: a group, ``(unassigned)``, ``(interviewer)``.
    """

    names: tuple[str, ...]
    members: dict[str, frozenset[int]]
    row_of: tuple[str, ...]
    _rows: dict[frozenset[int], tuple[str, ...]] = field(default_factory=dict, repr=False)

    def rows(self, people: frozenset[int]) -> tuple[str, ...]:
        """Return the rows in which something that these people say counts: theirs, and ``(all)``."""
        if people not in self._rows:
            self._rows[people] = (ALL, *sorted({self.row_of[person] for person in people}))
        return self._rows[people]


def group_people(snapshot: Snapshot, cast: Cast, by: str) -> Groups:
    """Sort the people by a column of the register.

    Raises
    ------
    NotFoundError
        If the register has no such column.
    """
    if by not in snapshot.participants.columns:
        there = ", ".join(map(str, snapshot.participants.columns))
        raise NotFoundError(f"the register has no column {by!r}; it has: {there}")
    values = [str(value) if str(value).strip() else NONE for value in snapshot.participants[by]]
    names = [name for name in dict.fromkeys(values) if name != NONE]
    if NONE in values:
        names.append(NONE)
    others = {"unknown": UNASSIGNED, "interviewer": INTERVIEWER}
    rest = [others[person.kind] for person in cast.persons[cast.registered :]]
    members = {name: frozenset(at for at, value in enumerate(values) if value == name) for name in names}
    return Groups(tuple(names), {**members, ALL: frozenset(range(cast.registered))}, (*values, *rest))


def count_words_of(snapshot: Snapshot, cast: Cast, groups: Groups) -> tuple[dict[str, int], list[int]]:
    """Return the words of each group, and of each registered person in the register's order.

    The words of a shared turn count once for a group, and for each of its speakers.
    """
    place = {person.name: at for at, person in enumerate(cast.persons[: cast.registered])}
    speakers: dict[tuple[str, int], set[int]] = {}
    known = snapshot.voices[snapshot.voices["kind"] == "participant"]
    for transcript, turn, who in rows_of(known, "transcript", "turn", "participant"):
        speakers.setdefault((transcript, turn), set()).add(place[who])
    words: dict[str, int] = dict.fromkeys(groups.members, 0)
    own = [0] * cast.registered
    for transcript, turn, count in rows_of(snapshot.turns, "transcript", "turn", "words"):
        people = speakers.get((transcript, turn))
        if people is None:
            continue
        for row in {groups.row_of[person] for person in people}:
            words[row] += count
        words[ALL] += count
        for person in people:
            own[person] += count
    return words, own


def sessions_of(snapshot: Snapshot) -> dict[str, str]:
    """Return transcript -> session; a transcript without one is a session of its own."""
    transcripts = snapshot.transcripts
    return {
        transcript: session or f"transcript {transcript}"
        for transcript, session in zip(transcripts["transcript"], transcripts["session"], strict=True)
    }


def people_asked(snapshot: Snapshot, cast: Cast) -> dict[str, frozenset[int]]:
    """Return topic -> the registered people asked about it, themselves or in a session that they spoke in."""
    place = {person.name: at for at, person in enumerate(cast.persons[: cast.registered])}
    session_of = dict(zip(snapshot.transcripts["transcript"], snapshot.transcripts["session"], strict=True))
    present: dict[str, set[int]] = {}
    known = snapshot.voices[snapshot.voices["kind"] == "participant"]
    for transcript, who in zip(known["transcript"], known["participant"], strict=True):
        present.setdefault(session_of[transcript], set()).add(place[who])
    asked: dict[str, set[int]] = {}
    for topic, who, session in rows_of(snapshot.asked, "topic", "participant", "session"):
        people = asked.setdefault(topic, set())
        if who in place:
            people.add(place[who])
        if session:
            people |= present.get(session, set())
    return {topic: frozenset(people) for topic, people in asked.items()}
