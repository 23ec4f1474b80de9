"""What suggesters learn from and look at: the study cut into segments, and what is known of each."""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, Any

import pandas as pd

from mihqda.codings.frame import rows_of
from mihqda.codings.overlap import TurnSpans
from mihqda.errors import NotFoundError
from mihqda.segments import Unit, segment
from mihqda.spans import Span
from mihqda.suggest.model import SEGMENT_COLUMNS
from mihqda.transcripts import Transcript, Turn

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from mihqda.codebook import Code
    from mihqda.snapshot import Snapshot

_HEARD = ("participant", "unknown")


def codes_to_suggest(codes: Iterable[Code]) -> tuple[Code, ...]:
    """Return the codes that may be proposed: no containers, none that was retired."""
    return tuple(code for code in codes if code.codable and not code.retired)


def segments_of(snapshot: Snapshot, unit: Unit = "turn", *, transcripts: Sequence[str] = ()) -> pd.DataFrame:
    """Cut a study into segments in which somebody speaks as data.

    Parameters
    ----------
    snapshot
        The study, or what a filter leaves of it.
    unit
        How to cut. A sentence, paragraph, exchange or window is left out if participants and unknown voices
        have no turn in it other than backchannels.
    transcripts
        Only these; none means all.

    Returns
    -------
    DataFrame
        The columns of `mihqda.suggest.model`, in order of transcript, start, end; no row without text. The
        context is the last thing an interviewer said before the people heard in the segment, backchannels
        aside; where there is none, the turn before.

    Raises
    ------
    NotFoundError
        If a transcript is named that the study does not have.
    """
    there = list(snapshot.transcripts["transcript"])
    for name in transcripts:
        if name not in there:
            known = ", ".join(there[:12]) or "none"
            raise NotFoundError(f"the study has no transcript {name!r}; there are: {known}")
    groups = dict(rows_of(snapshot.participants, "participant", "group"))
    turns = _by_transcript(snapshot.turns, "turn", "start", "end", "language", "is_backchannel")
    voices: dict[tuple[str, int], list[tuple[str, str, str]]] = {}
    for transcript, turn, speaker, kind, person in rows_of(
        snapshot.voices, "transcript", "turn", "speaker", "kind", "participant"
    ):
        voices.setdefault((transcript, turn), []).append((speaker, kind, groups.get(person, "")))
    rows: list[tuple[Any, ...]] = []
    for name, language in rows_of(snapshot.transcripts, "transcript", "language"):
        if not transcripts or name in transcripts:
            said = [
                _Said(Span(start, end), language, bool(quiet), tuple(voices.get((name, turn), ())))
                for turn, start, end, language, quiet in turns.get(name, ())
            ]
            rows += _cut(name, snapshot.texts[name], language, said, unit)
    frame = pd.DataFrame(rows, columns=list(SEGMENT_COLUMNS))
    if frame.empty:
        frame = frame.astype("str")
    return frame.astype({"start": "int64", "end": "int64"})


class _Said:
    """One turn with its voices: (speaker, kind, group) each."""

    __slots__ = ("is_asked", "is_quiet", "kinds", "language", "span", "speakers")

    def __init__(
        self, span: Span, language: str, is_quiet: bool, voices: tuple[tuple[str, str, str], ...]
    ) -> None:
        self.span, self.language, self.is_quiet = span, language, is_quiet
        self.speakers = tuple(dict.fromkeys(speaker for speaker, _, _ in voices if speaker))
        self.is_asked = any(kind == "interviewer" for _, kind, _ in voices)
        heard = {f"{kind} {group}".strip() for _, kind, group in voices if kind in _HEARD}
        self.kinds: frozenset[str] = frozenset() if is_quiet else frozenset(heard)


def _cut(name: str, text: str, language: str, said: Sequence[_Said], unit: Unit) -> Iterable[tuple[Any, ...]]:
    turns = tuple(Turn(one.span, one.speakers, language=one.language or "und") for one in said)
    asked = {one.span for one in said if one.is_asked}
    one = Transcript(name, text, turns, language, "", "")
    spans = TurnSpans(text, [(turn.span.start, turn.span.end) for turn in turns])
    question: list[int] = []  # for each turn the last one before it in which an interviewer said something
    last = -1
    for number, turn in enumerate(said):
        question.append(last)
        if turn.is_asked and not turn.is_quiet:
            last = number
    for part in segment(one, unit, is_interviewer=lambda turn: turn.span in asked):
        quote = part.span.quote(text)
        heard = [
            number
            for at in spans.overlapped(part.span.start, part.span.end)
            if said[number := spans.numbers[at]].kinds
        ]
        if not heard or quote.isspace():
            continue
        first = heard[0]
        before = question[first] if question[first] >= 0 else first - 1
        yield (
            name, part.span.start, part.span.end, unit, quote,
            ", ".join(sorted({kind for number in heard for kind in said[number].kinds})),
            said[before].span.quote(text) if before >= 0 else "",
            _language(said[first].language, language),
        )  # fmt: skip


def _language(turn: str, transcript: str) -> str:
    return turn if turn and turn != "und" else transcript or "und"


def labels_of(
    snapshot: Snapshot, segments: pd.DataFrame, codes: Sequence[Code], *, coders: Sequence[str] = ()
) -> NDArray[np.float64]:
    """Return what is known of segments.

    Parameters
    ----------
    snapshot
        The study.
    segments
        As `segments_of` gives them; they may overlap each other.
    codes
        The columns of the result.
    coders
        Whose codings and decisions count; none means everybody's, taken together.

    Returns
    -------
    array of shape (segments, codes)
        1 where a coding of the code overlaps the segment by more than white space. 0 where one of the coders
        rejected a suggestion of the code for the segment (or made another code of it), where a transcript is
        finished (a coder said so, or codings of it came by import), and where something else was coded on the
        segment by hand. NaN for all else: nobody has read it, as far as is known. Who accepts a suggestion has
        looked at that code alone, so that the other codes of the segment stay open.
    """
    import numpy as np

    labels = np.full((len(segments), len(codes)), np.nan)
    column = {code.id: at for at, code in enumerate(codes)}
    places = _Places(segments, snapshot.texts)
    codings = _of(snapshot.codings, coders)
    done = set(_of(snapshot.finished, coders)["transcript"])
    done |= set(codings["transcript"][codings["origin"] == "import"])
    labels[segments["transcript"].isin(done).to_numpy()] = 0
    found: list[tuple[list[int], int | None]] = []
    for transcript, start, end, code, origin in rows_of(
        codings, "transcript", "start", "end", "code", "origin"
    ):
        rows = places.overlapped(transcript, start, end)
        found.append((rows, column.get(code)))
        if not origin.startswith("suggestion:"):
            labels[rows] = 0  # who coded something here has read it
    for transcript, start, end, code in _rejected(_of(snapshot.decisions, coders)):
        if code in column:
            labels[places.covered(transcript, start, end), column[code]] = 0
    for rows, at in found:
        if at is not None:
            labels[rows, at] = 1
    return labels


def state_of(
    segments: pd.DataFrame, labels: NDArray[np.float64], codes: Sequence[Code], **settings: Any
) -> str:
    """Return a hash of everything that a suggester learns from: the same material, the same hash."""
    digest = hashlib.sha256()
    for row in rows_of(segments, *SEGMENT_COLUMNS):
        digest.update(json.dumps(row, ensure_ascii=False).encode("utf-8", "surrogatepass"))
    digest.update(labels.tobytes())
    for code in codes:
        plain = (
            code.id, code.name, code.parent, code.definition, code.include, code.exclude, code.examples,
            code.keywords, dict(code.attributes),
        )  # fmt: skip
        digest.update(json.dumps(plain, ensure_ascii=False, default=str).encode("utf-8", "surrogatepass"))
    digest.update(json.dumps(settings, sort_keys=True, default=str).encode())
    return digest.hexdigest()


def _rejected(decisions: pd.DataFrame) -> Iterable[tuple[str, int, int, str]]:
    columns = ("transcript", "start", "end", "code", "decision", "to_code")
    for transcript, start, end, code, decision, to_code in rows_of(decisions, *columns):
        if decision == "rejected" or (decision == "changed" and to_code != code):
            yield transcript, start, end, code


def _of(frame: pd.DataFrame, coders: Sequence[str]) -> pd.DataFrame:
    return frame[frame["coder"].isin(list(coders))] if coders else frame


def _by_transcript(frame: pd.DataFrame, *columns: str) -> dict[str, list[tuple[Any, ...]]]:
    out: dict[str, list[tuple[Any, ...]]] = {}
    for transcript, *row in rows_of(frame, "transcript", *columns):
        out.setdefault(transcript, []).append(tuple(row))
    return out


class _Places:
    """The rows of a frame of segments, found by position."""

    def __init__(self, segments: pd.DataFrame, texts: Mapping[str, str]) -> None:
        self._texts = texts
        found = _by_transcript(segments.assign(row=range(len(segments))), "start", "end", "row")
        self._spans = {name: sorted(spans) for name, spans in found.items()}
        # Segments may overlap (windows), so that the way back ends where nothing before reaches far enough.
        self._reach = {
            name: list(accumulate((end for _, end, _ in spans), max)) for name, spans in self._spans.items()
        }

    def overlapped(self, transcript: str, start: int, end: int) -> list[int]:
        """Return the rows of the segments that share more than white space with a stretch."""
        return [
            row
            for low, high, row in self._near(transcript, start, end)
            if self._texts[transcript][max(low, start) : min(high, end)].strip()
        ]

    def covered(self, transcript: str, start: int, end: int) -> list[int]:
        """Return the rows of the segments that a stretch covers."""
        return [row for low, high, row in self._near(transcript, start, end) if start <= low and high <= end]

    def _near(self, transcript: str, start: int, end: int) -> Iterable[tuple[int, int, int]]:
        spans, reach = self._spans.get(transcript, []), self._reach.get(transcript, [])
        at = bisect_left(spans, (end,)) - 1
        while at >= 0 and reach[at] > start:
            if spans[at][1] > start:
                yield spans[at]
            at -= 1
