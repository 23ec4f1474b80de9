"""Segment, and the units in which a transcript can be cut."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Literal, get_args

from mihqda.errors import InputError
from mihqda.spans import Span
from mihqda.transcripts import Transcript, Turn

Unit = Literal["turn", "exchange", "paragraph", "sentence", "window"]
UNITS: tuple[Unit, ...] = get_args(Unit)


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of one transcript put before a coder: a view on the text, never a copy.

    Parameters
    ----------
    transcript
        Id of the transcript.
    span
        Where it lies.
    unit
        How it was cut.
    number
        1 for the first of this unit in the transcript.
    """

    transcript: str
    span: Span
    unit: Unit
    number: int


def segment(
    transcript: Transcript,
    unit: Unit,
    *,
    is_interviewer: Callable[[Turn], bool] = lambda turn: False,
    size: int = 3,
) -> tuple[Segment, ...]:
    """Cut a transcript into segments, in order.

    Parameters
    ----------
    transcript
        What to cut.
    unit
        ``turn``; ``exchange`` (a question with its answer); ``paragraph`` and ``sentence`` (inside turns);
        ``window`` (`size` turns, one turn further each time).
    is_interviewer
        Which turns ask: an exchange begins at each of these that follows an answer.
    size
        Turns in a window; at least 1.

    Raises
    ------
    InputError
        If the unit is unknown or `size` is below 1.
    """
    if unit not in UNITS:
        raise InputError(f"unknown unit {unit!r}; there are: {', '.join(UNITS)}")
    if size < 1:
        raise InputError(f"a window needs at least 1 turn, got {size}")
    cut = import_module(f"mihqda.segments.{unit}").cut
    spans: list[Span] = cut(transcript, is_interviewer=is_interviewer, size=size)
    return tuple(Segment(transcript.id, span, unit, number) for number, span in enumerate(spans, 1))
