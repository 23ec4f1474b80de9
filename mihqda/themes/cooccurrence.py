"""Code × code: which codes are applied to the same words, or in the same unit of talk."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Container, Iterator, Mapping
from functools import partial
from itertools import combinations
from typing import NamedTuple, cast, get_args

import pandas as pd

from mihqda.codings.frame import rows_of
from mihqda.errors import InputError
from mihqda.segments import Unit, segment
from mihqda.snapshot import Snapshot
from mihqda.spans import Span, merge
from mihqda.themes.choice import choose_codes
from mihqda.themes.groups import sessions_of
from mihqda.themes.people import Talk
from mihqda.themes.pieces import evidence_of
from mihqda.transcripts import Transcript, Turn

UNITS = ("overlap", *get_args(Unit), "transcript")
COLUMNS = ("code_a", "code_b", "segments", "participants", "sessions")


class _Together(NamedTuple):
    """Two codes in one place, by their positions in the codebooks, and who speaks there in both."""

    pair: tuple[int, int]
    transcript: str
    people: frozenset[int]


def cooccurrence(snapshot: Snapshot, *, unit: str = "overlap", size: int = 3) -> pd.DataFrame:
    """Count how often two codes meet.

    The codes below a code are not rolled up, and only codings in which somebody speaks who is data count. A
    co-occurrence is a count, never a correlation.

    Parameters
    ----------
    snapshot
        A study, or what a filter leaves of it.
    unit
        ``overlap``: the same words. ``turn``, ``exchange``, ``paragraph``, ``sentence``, ``window`` or
        ``transcript``: the same unit; a coding belongs to every unit in which it covers more than white space
        of somebody's words who is data.
    size
        Turns in a window; windows overlap, so codings that are close meet in several.

    Returns
    -------
    DataFrame
        code_a, code_b, segments, participants, sessions, the last three ``Int64``; a row for each pair that
        meets, `code_a` before `code_b` in the codebooks' order. By overlap `segments` is the number of
        unbroken stretches of text that both codes cover, whoever coded them, and participants are the
        registered people who speak in these. By a unit `segments` is the number of units with both codes,
        and participants are those who speak in the coded text of both codes in the same unit: they may be
        none, where one person's code meets another's.

    Raises
    ------
    InputError
        If the unit is unknown or `size` is below 1.
    """
    if unit not in UNITS:
        raise InputError(f"unknown unit {unit!r}; there are: {', '.join(UNITS)}")
    if size < 1:
        raise InputError(f"a window needs at least 1 turn, got {size}")
    evidence = evidence_of(snapshot)
    codes = [one.theme.id for one in choose_codes(snapshot)]
    spans: defaultdict[str, list[tuple[int, Span]]] = defaultdict(list)
    for position, code in enumerate(codes):
        by_transcript: defaultdict[str, list[Span]] = defaultdict(list)
        for piece in evidence.codings_of(code):
            by_transcript[piece.transcript].append(Span(piece.start, piece.end))
        for transcript, found in by_transcript.items():
            spans[transcript] += [(position, span) for span in merge(found)]
    if unit == "overlap":
        met = _by_overlap(spans, evidence.cast.talks)
    else:
        met = _by_unit(spans, evidence.cast.talks, _units(snapshot, unit, size))
    sessions = sessions_of(snapshot)
    segments: defaultdict[tuple[int, int], int] = defaultdict(int)
    people: defaultdict[tuple[int, int], set[int]] = defaultdict(set)
    places: defaultdict[tuple[int, int], set[str]] = defaultdict(set)
    for one in met:
        segments[one.pair] += 1
        people[one.pair] |= one.people
        places[one.pair].add(sessions[one.transcript])
    registered = evidence.cast.registered
    rows = [
        (
            codes[pair[0]],
            codes[pair[1]],
            count,
            sum(who < registered for who in people[pair]),
            len(places[pair]),
        )
        for pair, count in sorted(segments.items())
    ]
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    return frame.astype({"code_a": "str", "code_b": "str", **dict.fromkeys(COLUMNS[2:], "Int64")})


def _by_overlap(spans: dict[str, list[tuple[int, Span]]], talks: Mapping[str, Talk]) -> Iterator[_Together]:
    for transcript, found in spans.items():
        talk = talks[transcript]
        open_spans: list[tuple[int, Span]] = []
        for position, span in sorted(found, key=lambda pair: (pair[1], pair[0])):
            open_spans = [(other, there) for other, there in open_spans if there.end > span.start]
            for other, there in open_spans:
                shared = span & there
                # The spans of one code are apart, so each overlap is a whole stretch of its own.
                people = talk.people(shared.start, shared.end) if shared else frozenset[int]()
                if people:
                    yield _Together((min(position, other), max(position, other)), transcript, people)
            open_spans.append((position, span))


def _by_unit(
    spans: dict[str, list[tuple[int, Span]]], talks: Mapping[str, Talk], units: dict[str, list[Span]]
) -> Iterator[_Together]:
    for transcript, found in spans.items():
        talk = talks[transcript]
        there = units[transcript]
        starts, ends = [unit.start for unit in there], [unit.end for unit in there]
        codes: defaultdict[int, dict[int, frozenset[int]]] = defaultdict(dict)
        for position, span in found:
            for at in range(bisect_right(ends, span.start), bisect_left(starts, span.end)):
                shared = span & there[at]
                people = talk.people(shared.start, shared.end) if shared else frozenset[int]()
                if people:
                    codes[at][position] = codes[at].get(position, frozenset()) | people
        for at in sorted(codes):
            for one, other in combinations(sorted(codes[at]), 2):
                yield _Together((one, other), transcript, codes[at][one] & codes[at][other])


def _units(snapshot: Snapshot, unit: str, size: int) -> dict[str, list[Span]]:
    """Return transcript -> its units, in order."""
    if unit == "transcript":
        return {transcript: [Span(0, max(len(text), 1))] for transcript, text in snapshot.texts.items()}
    turns: dict[str, list[Span]] = {transcript: [] for transcript in snapshot.texts}
    numbers: dict[tuple[str, int], Span] = {}
    columns = ("transcript", "turn", "start", "end")
    for transcript, number, start, end in rows_of(snapshot.turns, *columns):
        turns[transcript].append(Span(start, end))
        numbers[transcript, number] = turns[transcript][-1]
    if unit == "turn":
        return turns
    labels: defaultdict[tuple[str, Span], list[str]] = defaultdict(list)
    answers: set[tuple[str, Span]] = set()
    columns = ("transcript", "turn", "speaker", "kind")
    for transcript, number, label, kind in rows_of(snapshot.voices, *columns):
        key = transcript, numbers[transcript, number]
        if label:
            labels[key].append(label)
        if kind != "interviewer":
            answers.add(key)
    found = {}
    for transcript, there in turns.items():
        said = tuple(Turn(span, tuple(labels[transcript, span])) for span in there)
        whole = Transcript(transcript, snapshot.texts[transcript], said, "", "", "")
        asked = {span for span in there if (transcript, span) not in answers}
        pieces = segment(whole, cast(Unit, unit), is_interviewer=partial(_is_one_of, asked), size=size)
        found[transcript] = [piece.span for piece in pieces]
    return found


def _is_one_of(spans: Container[Span], turn: Turn) -> bool:
    return turn.span in spans
