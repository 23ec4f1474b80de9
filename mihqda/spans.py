"""Spans of text and their algebra.

A span is a half-open interval of Unicode code points, so that ``text[span.start:span.end]`` is its quote::

    text   T h e   t e a m
           0 1 2 3 4 5 6 7 8
    "The"  [-----)             Span(0, 3)
    "team"         [-------)   Span(4, 8)

There is no empty span: ``0 <= start < end``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from operator import index


@dataclass(frozen=True, order=True, slots=True)
class Span:
    """A half-open stretch of text, in Unicode code points; ordered by start, then end.

    Examples
    --------
    >>> Span(0, 5) & Span(3, 9)
    Span(start=3, end=5)
    >>> Span(0, 5) & Span(5, 9) is None
    True
    >>> Span(4, 8).quote("The team")
    'team'
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        start, end = index(self.start), index(self.end)  # a float or a string is a TypeError
        if not 0 <= start < end:
            raise ValueError(f"a span needs 0 <= start < end, got {start}:{end}")
        object.__setattr__(self, "start", start)
        object.__setattr__(self, "end", end)

    def __len__(self) -> int:
        return self.end - self.start

    def __contains__(self, position: int) -> bool:
        return self.start <= position < self.end

    def __and__(self, other: Span) -> Span | None:
        """Return what both cover, or None.

        ::

            self   [-----)
            other      [-----)
                   ....[-)
        """
        start, end = max(self.start, other.start), min(self.end, other.end)
        return Span(start, end) if start < end else None

    def __or__(self, other: Span) -> Span:
        """Return the smallest span that covers both, with what lies between."""
        return Span(min(self.start, other.start), max(self.end, other.end))

    def overlaps(self, other: Span) -> bool:
        """Tell whether both share at least one character."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        """Tell whether `other` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end

    def gap(self, other: Span) -> Span | None:
        """Return what lies between the two, or None if they overlap or touch.

        ::

            self   [--)
            other        [--)
                   ...[--)
        """
        start, end = min(self.end, other.end), max(self.start, other.start)
        return Span(start, end) if start < end else None

    def quote(self, text: str) -> str:
        """Return the text under the span.

        Raises
        ------
        ValueError
            If the span reaches beyond the text.
        """
        if self.end > len(text):
            raise ValueError(f"span {self} reaches beyond the text of {len(text)} characters")
        return text[self.start : self.end]

    def __str__(self) -> str:
        return f"{self.start}:{self.end}"


def merge(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return the disjoint spans that cover the same characters, in order; touching spans become one.

    ::

        [---)  [--)
          [---)   [-)
        [-----)[----)   ->  [-----------)

    Examples
    --------
    >>> merge([Span(4, 6), Span(0, 2), Span(1, 4)])
    (Span(start=0, end=6),)
    """
    out: list[Span] = []
    for span in sorted(spans):
        if out and span.start <= out[-1].end:
            out[-1] = out[-1] | span
        else:
            out.append(span)
    return tuple(out)


def trim(span: Span, text: str) -> Span | None:
    """Return `span` without the white space at its ends, or None if nothing else is in it."""
    quote = text[span.start : span.end]
    start = span.start + len(quote) - len(quote.lstrip())
    end = span.end - (len(quote) - len(quote.rstrip()))
    return Span(start, end) if start < end else None
