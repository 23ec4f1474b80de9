"""Segments that are paragraphs: what blank lines set apart inside a turn."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from mihqda.spans import Span, trim
from mihqda.transcripts import Transcript, Turn

_BLANK_LINES = re.compile(r"\n\s*\n")


def cut(transcript: Transcript, *, is_interviewer: Callable[[Turn], bool], size: int) -> list[Span]:
    """Return the paragraphs of each turn, without the white space at their ends.

    A line with white space only is blank; a turn without blank lines is one paragraph. `is_interviewer` and
    `size` make no difference.
    """
    return [span for turn in transcript.turns for span in split(transcript.text, turn.span)]


def split(text: str, span: Span) -> Iterator[Span]:
    """Yield the paragraphs inside a span."""
    start = span.start
    for gap in _BLANK_LINES.finditer(text, span.start, span.end):
        yield from _trimmed(start, gap.start(), text)
        start = gap.end()
    yield from _trimmed(start, span.end, text)


def _trimmed(start: int, end: int, text: str) -> Iterator[Span]:
    span = trim(Span(start, end), text) if start < end else None
    if span is not None:
        yield span
