"""Who is data, and who speaks in a stretch of text."""

from __future__ import annotations

from typing import Literal, NamedTuple
from weakref import WeakKeyDictionary

from mihqda.codings.frame import rows_of
from mihqda.codings.overlap import TurnSpans
from mihqda.snapshot import Snapshot


class Person(NamedTuple):
    """Somebody whose words are data.

    Parameters
    ----------
    kind
        ``participant`` is in the register; ``unknown`` is a speaker of one transcript who is not;
        ``interviewer`` is data only if the filter says so.
    name
        The participant's id, else the label in the transcript.
    transcript
        Empty for a participant, who is the same person in every transcript.
    """

    kind: Literal["participant", "unknown", "interviewer"]
    name: str
    transcript: str = ""

    def described(self) -> str:
        """Return the id of a participant, or the label of anybody else with what it stands for."""
        return self.name if self.kind == "participant" else f"{self.name} (unassigned)".strip()


class Talk:
    """What is said in one transcript, and by whom; backchannels are not in it.

    Parameters
    ----------
    spans
        The turns.
    numbers
        Their numbers in the transcript.
    people
        Who speaks in each, by their places in `Cast.persons`.
    is_heard
        Whether anybody but an interviewer who is no data speaks in each.
    """

    def __init__(
        self, spans: TurnSpans, numbers: list[int], people: list[frozenset[int]], is_heard: list[bool]
    ) -> None:
        self.spans = spans
        self._numbers = numbers
        self._people = people
        self._is_heard = is_heard

    def people(self, start: int, end: int) -> frozenset[int]:
        """Return the places, in `Cast.persons`, of the people who speak in a stretch of text."""
        turns = self.spans.overlapped(start, end)
        if len(turns) == 1:
            return self._people[turns[0]]
        return frozenset().union(*(self._people[turn] for turn in turns))

    def is_heard(self, start: int, end: int) -> bool:
        """Tell whether anybody but an interviewer who is no data speaks in a stretch of text."""
        return any(self._is_heard[turn] for turn in self.spans.overlapped(start, end))

    def turns_of_people(self, start: int, end: int) -> list[tuple[int, int, int]]:
        """Return number, start and end of what a stretch shares with each turn in which people speak."""
        spans = self.spans
        return [
            (self._numbers[turn], max(start, spans.starts[turn]), min(end, spans.ends[turn]))
            for turn in spans.overlapped(start, end)
            if self._people[turn]
        ]


class Cast:
    """Everybody who is data in a snapshot.

    Attributes
    ----------
    persons
        The register in its order, then everybody else as the transcripts name them; people are known by
        their place in this list.
    registered
        How many of them are in the register.
    talks
        Transcript -> what is said in it.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self.persons = [Person("participant", str(one)) for one in snapshot.participants["participant"]]
        self.registered = len(self.persons)
        self._places = {person: place for place, person in enumerate(self.persons)}
        kinds = {"participant", "unknown"} | ({"interviewer"} if snapshot.filter.with_interviewer else set())
        speakers: dict[tuple[str, int], list[int]] = {}
        heard: set[tuple[str, int]] = set()
        columns = ("transcript", "turn", "speaker", "kind", "participant")
        for transcript, turn, label, kind, who in rows_of(snapshot.voices, *columns):
            if kind in kinds:
                person = Person(kind, who) if kind == "participant" else Person(kind, label, transcript)
                speakers.setdefault((transcript, turn), []).append(self._place(person))
            if kind in kinds or kind == "ignored":
                heard.add((transcript, turn))
        turns: dict[str, list[tuple[int, int, int]]] = {transcript: [] for transcript in snapshot.texts}
        spoken = snapshot.turns[~snapshot.turns["is_backchannel"].astype(bool)]
        for transcript, turn, start, end in rows_of(spoken, "transcript", "turn", "start", "end"):
            turns[transcript].append((start, end, turn))
        self.talks: dict[str, Talk] = {}
        for transcript, rows in turns.items():
            spans = TurnSpans(snapshot.texts[transcript], [row[:2] for row in rows])
            numbers = [rows[number][2] for number in spans.numbers]
            people = [frozenset(speakers.get((transcript, number), ())) for number in numbers]
            is_heard = [(transcript, number) in heard for number in numbers]
            self.talks[transcript] = Talk(spans, numbers, people, is_heard)

    def _place(self, person: Person) -> int:
        place = self._places.setdefault(person, len(self.persons))
        if place == len(self.persons):
            self.persons.append(person)
        return place


_CASTS: WeakKeyDictionary[Snapshot, Cast] = WeakKeyDictionary()


def cast_of(snapshot: Snapshot) -> Cast:
    """Return the cast of a snapshot; found once, because a report asks for it seven times."""
    if snapshot not in _CASTS:
        _CASTS[snapshot] = Cast(snapshot)
    return _CASTS[snapshot]
