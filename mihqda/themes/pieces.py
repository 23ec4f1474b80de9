"""From codings to pieces: the stretches of text that make up a theme."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from weakref import WeakKeyDictionary

from mihqda.codings.frame import rows_of
from mihqda.snapshot import Snapshot
from mihqda.themes.people import cast_of
from mihqda.themes.query import AllOf, AnyOf, Leaf, Query


class Piece(NamedTuple):
    """A stretch of text that belongs to a theme: a coding, or what several codings cover together.

    Parameters
    ----------
    transcript, start, end
        Where.
    codings
        Ids of the codings that make it, sorted.
    valences
        Of these codings, without the empty one.
    people
        Who speaks in it, by their places in `Cast.persons`.
    low, high
        Where the first speech at or after `start` and `end` stands. Pieces overlap or touch, with no speech
        between them, if ``a.low <= b.high and b.low <= a.high``.
    """

    transcript: str
    start: int
    end: int
    codings: tuple[str, ...]
    valences: frozenset[str]
    people: frozenset[int]
    low: int
    high: int


class Evidence:
    """The codings of a snapshot with the people who speak in them, ready to be asked for themes.

    Attributes
    ----------
    cast
        Who speaks.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self.cast = cast_of(snapshot)
        self._descendants = snapshot.descendants
        self._counted = set(snapshot.codings["coding"]) if len(snapshot.set_aside) else None
        self._pieces: defaultdict[str, list[Piece]] = defaultdict(list)
        columns = ("coding", "transcript", "start", "end", "code", "valence")
        for frame in (snapshot.codings, snapshot.set_aside):
            for coding, transcript, start, end, code, valence in rows_of(frame, *columns):
                valences = frozenset((valence,) if valence else ())
                self._pieces[code].append(self._piece(transcript, start, end, (coding,), valences))

    def pieces(self, query: Query) -> list[Piece]:
        """Return the pieces of a query in which somebody speaks who is data.

        Of a filtered snapshot, those with at least one coding that the filter left; which of the others
        overlap them is still known to `and` and `not`.
        """
        found = [piece for piece in self._evaluate(query) if piece.people]
        if self._counted is None:
            return found
        return [piece for piece in found if not self._counted.isdisjoint(piece.codings)]

    def codings_of(self, code: str) -> list[Piece]:
        """Return the counted codings of a code alone, without the codes below it."""
        found = [piece for piece in self._pieces.get(code, ()) if piece.people]
        if self._counted is None:
            return found
        return [piece for piece in found if piece.codings[0] in self._counted]

    def within(self, pieces: Iterable[Piece], code: str) -> list[Piece]:
        """Return what the pieces share with the codings of a code, where somebody speaks who is data."""
        return [piece for piece in self._intersect(pieces, self._evaluate(Leaf(code))) if piece.people]

    def _evaluate(self, query: Query) -> list[Piece]:
        match query:
            case Leaf(code):
                return [piece for below in self._descendants[code] for piece in self._pieces.get(below, ())]
            case AnyOf(parts):
                return _distinct(piece for part in parts for piece in self._evaluate(part))
            case AllOf(parts, without):
                found = self._evaluate(parts[0])
                for part in parts[1:]:
                    found = self._intersect(found, self._evaluate(part))
                for part in without:
                    dropped = {id(piece) for piece, _ in self._overlaps(found, self._evaluate(part))}
                    found = [piece for piece in found if id(piece) not in dropped]
                return found

    def _intersect(self, ones: Iterable[Piece], others: Iterable[Piece]) -> list[Piece]:
        return _distinct(
            self._piece(
                one.transcript, max(one.start, other.start), min(one.end, other.end),
                tuple(sorted({*one.codings, *other.codings})), one.valences | other.valences,
            )
            for one, other in self._overlaps(ones, others)
        )  # fmt: skip

    def _overlaps(self, ones: Iterable[Piece], others: Iterable[Piece]) -> Iterator[tuple[Piece, Piece]]:
        """Yield the pairs that share text in which anybody but an interviewer speaks."""
        by_transcript: defaultdict[str, list[Piece]] = defaultdict(list)
        for other in others:
            by_transcript[other.transcript].append(other)
        longest: dict[str, int] = {}
        starts: dict[str, list[int]] = {}
        for transcript, rows in by_transcript.items():
            rows.sort(key=lambda piece: piece.start)
            starts[transcript] = [piece.start for piece in rows]
            longest[transcript] = max(piece.end - piece.start for piece in rows)
        for one in ones:
            if one.transcript not in starts:
                continue
            rows, begins = by_transcript[one.transcript], starts[one.transcript]
            talk = self.cast.talks[one.transcript]
            at = bisect_left(begins, one.start - longest[one.transcript])
            while at < len(rows) and begins[at] < one.end:
                other = rows[at]
                at += 1
                start, end = max(one.start, other.start), min(one.end, other.end)
                if start < end and talk.is_heard(start, end):
                    yield one, other

    def _piece(
        self, transcript: str, start: int, end: int, codings: tuple[str, ...], valences: frozenset[str]
    ) -> Piece:
        talk = self.cast.talks[transcript]
        following = talk.spans.following
        return Piece(
            transcript,
            start,
            end,
            codings,
            valences,
            talk.people(start, end),
            following(start),
            following(end),
        )


_FOUND: WeakKeyDictionary[Snapshot, Evidence] = WeakKeyDictionary()


def evidence_of(snapshot: Snapshot) -> Evidence:
    """Return the evidence of a snapshot; found once, because every table of a report asks for it."""
    if snapshot not in _FOUND:
        _FOUND[snapshot] = Evidence(snapshot)
    return _FOUND[snapshot]


def _distinct(pieces: Iterable[Piece]) -> list[Piece]:
    """Return each stretch of the same codings once."""
    return list(
        {(piece.transcript, piece.start, piece.end, piece.codings): piece for piece in pieces}.values()
    )
