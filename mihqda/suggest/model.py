"""Suggestion, the evidence beside it, and what a suggester is.

Suggesters take segments as a frame, one row per segment:

============ ====== ==================================================================================
transcript   str    id; the group that is never split
start, end   int64  half-open span in Unicode code points of the transcript
unit         str    how it was cut
text         str    the segment's text
speaker      str    who speaks, as far as it may inform: kind and group ("participant provider"), never a person
context      str    the question asked, or else the previous turn; "" if there is none
language     str    two-letter code, or ``und``
============ ====== ==================================================================================

and what is known of them as an array of shape (segments, codes): 1 coded, 0 read and not coded (or rejected), NaN unread.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, Protocol, Self

from mihqda.errors import InputError
from mihqda.spans import Span

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

SEGMENT_COLUMNS = ("transcript", "start", "end", "unit", "text", "speaker", "context", "language")

Strength = Literal["strong", "medium", "weak"]
FEW_CODED = 50
"""Below so many coded segments a probability is shown as strong, medium or weak: it would look more exact than it is."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a code was suggested: evidence, not a reason, and positions and ids, not text.

    Parameters
    ----------
    words
        Spans in the transcript that weighed most, heaviest first.
    weights
        Of these words, in the same order, in log-odds.
    negated
        Spans of a negation near a hit (keyword rules).
    quotes
        Ids of the nearest accepted codings of the code, nearest first.
    field
        Which of the code's texts the segment resembles most: ``definition``, ``include``, ``example 2``,
        ``keyword``; "" if none does.
    matched
        The part of that text that matched (it is the codebook's, not a participant's).
    """

    words: tuple[Span, ...] = ()
    weights: tuple[float, ...] = ()
    negated: tuple[Span, ...] = ()
    quotes: tuple[str, ...] = ()
    field: str = ""
    matched: str = ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A code that a suggester proposes for a span.

    Parameters
    ----------
    id
        Of the same transcript, span, code, suggester and coders it learned from: always the same, so that a refit knows what
        was decided.
    transcript, span, unit, code
        What is proposed where; `unit` is how the segment was cut.
    probability
        Calibrated, 0 to 1; None where nothing was measured (keyword rules, a study without codings).
    score
        By which suggestions are ranked within a suggester, higher first; no unit.
    strength
        In words, for when there are fewer than `FEW_CODED` coded segments.
    evidence
        What weighed.
    suggester, version, settings
        Who proposes, and how it was set.
    state
        Hash of everything it learned from.
    coded
        How many coded segments it learned from.
    """

    id: str
    transcript: str
    span: Span
    unit: str
    code: str
    probability: float | None
    score: float
    strength: Strength
    evidence: Evidence = field(default_factory=Evidence)
    suggester: str = ""
    version: str = ""
    settings: Mapping[str, Any] = field(default_factory=dict)
    state: str = ""
    coded: int = 0

    def __post_init__(self) -> None:
        if self.probability is not None and not 0 <= self.probability <= 1:
            raise ValueError(f"a probability lies between 0 and 1, got {self.probability}")


def suggestion_id(transcript: str, span: Span, code: str, suggester: str, coders: Sequence[str] = ()) -> str:
    """Return the id of a suggestion: twelve hexadecimal digits, the same for the same proposal.

    `coders` are those whom alone the suggester learned from, in whatever order; none means everybody.
    """
    what = "\x1f".join((transcript, str(span.start), str(span.end), code, suggester, *sorted(set(coders))))
    return hashlib.sha256(what.encode()).hexdigest()[:12]


def check_seed(seed: object) -> None:
    """Refuse a seed that is no whole number from 0 on.

    Raises
    ------
    InputError
        If it is none.
    """
    if isinstance(seed, bool) or not isinstance(seed, int) or seed < 0:
        raise InputError(f"a seed is a whole number from 0 on, got {seed!r}")


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """What a suggester thinks of segments.

    Parameters
    ----------
    probability
        Shape (segments, codes), calibrated; NaN where the suggester has none.
    ranking
        Same shape: what to sort by, within a segment and within a code; NaN where it says nothing.
    threshold
        Shape (codes,): from which probability (or, where there is none, from which ranking) on to propose.
    """

    probability: NDArray[np.float64]
    ranking: NDArray[np.float64]
    threshold: NDArray[np.float64]


class Suggester(Protocol):
    """Segments in, probabilities and evidence out; made by `mihqda.suggest.suggesters.make`.

    Registered in the group ``mihqda.suggesters`` as a callable ``(codes, *, seed=0, **settings) -> Suggester``.
    """

    name: str
    version: str
    settings: Mapping[str, Any]

    def fit(self, segments: pd.DataFrame, labels: NDArray[np.float64]) -> Self:
        """Learn from segments and what is known of them; no rows at all is allowed."""
        ...

    def score(self, segments: pd.DataFrame) -> Scores:
        """Return what it thinks of other segments."""
        ...

    def explain(self, segments: pd.DataFrame, pairs: Sequence[tuple[int, int]]) -> list[Evidence]:
        """Return the evidence for (row, code) pairs, in their order; `quotes` is filled in by `propose`."""
        ...
