"""Segments that are windows of several turns."""

from __future__ import annotations

from collections.abc import Callable

from mihqda.spans import Span
from mihqda.transcripts import Transcript, Turn


def cut(transcript: Transcript, *, is_interviewer: Callable[[Turn], bool], size: int) -> list[Span]:
    """Return the windows of `size` turns, one turn further each time; one window if there are fewer turns.

    From the start of the first turn to the end of the last, with the labels between. `is_interviewer` makes
    no difference.
    """
    turns = transcript.turns
    return [
        first.span | last.span for first, last in zip(turns, turns[min(size, len(turns)) - 1 :], strict=False)
    ]
