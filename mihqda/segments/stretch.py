"""A span that a coder makes longer or shorter, by words, sentences or turns.

Each press moves one end to the next border of a piece; a span never becomes empty and never leaves the pieces::

    pieces   [---) [-----) [--)
    span           [-----)
    longer         [---------)        side="end", by=1
    longer   [-----------)            side="start", by=1
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, get_args

from mihqda.segments.model import segment
from mihqda.spans import Span
from mihqda.transcripts import Transcript

Step = Literal["sentence", "word", "turn"]
STEPS: tuple[Step, ...] = get_args(Step)
Side = Literal["start", "end"]


def pieces_of(transcript: Transcript, step: Step) -> tuple[Span, ...]:
    """Return the words, sentences or turns of a transcript, in order; labels and stamps belong to none."""
    if step == "word":
        return tuple(
            Span(found.start(), found.end())
            for turn in transcript.turns
            for found in re.compile(r"\S+").finditer(transcript.text, turn.span.start, turn.span.end)
        )
    return tuple(one.span for one in segment(transcript, step))


def stretch(span: Span, pieces: Sequence[Span], *, side: Side = "end", by: Literal[1, -1] = 1) -> Span:
    """Return a span with one end moved to the next border: longer (1) or shorter (-1).

    Where there is no further border, or the span would become empty, it is returned as it is.

    Examples
    --------
    >>> words = [Span(0, 3), Span(4, 8), Span(9, 12)]
    >>> stretch(Span(4, 8), words), stretch(Span(4, 12), words, by=-1)
    (Span(start=4, end=12), Span(start=4, end=8))
    >>> stretch(Span(4, 8), words, side="start")
    Span(start=0, end=8)
    """
    if side == "end":
        ends = [one.end for one in pieces]
        if by == 1:
            return Span(span.start, min((end for end in ends if end > span.end), default=span.end))
        return Span(span.start, max((end for end in ends if span.start < end < span.end), default=span.end))
    starts = [one.start for one in pieces]
    if by == 1:
        return Span(max((start for start in starts if start < span.start), default=span.start), span.end)
    return Span(min((s for s in starts if span.start < s < span.end), default=span.start), span.end)
