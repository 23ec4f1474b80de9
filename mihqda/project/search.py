"""Find words in transcripts, whatever their case, accents and quotation marks, at exact code points."""

from __future__ import annotations

import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

from mihqda.spans import Span

_ALIKE = {"‘": "'", "’": "'", "‚": "'", "“": '"', "”": '"', "„": '"', "–": "-", "—": "-", "‑": "-"}


class Folded:
    """A text made ready for searching: folded, with the way back to its own positions.

    Examples
    --------
    >>> [str(span) for span in Folded("A naïve 🙂 Café, cafe").find("CAFE")]
    ['10:14', '16:20']
    """

    def __init__(self, text: str) -> None:
        table = {letter: _fold(letter) for letter in set(text)}
        self.text = text.translate({ord(letter): folded for letter, folded in table.items()})
        self._starts: array[int] | None = None
        if any(len(folded) != 1 for folded in table.values()):
            # A letter may fold to several (ß) or none (an accent of its own): positions shift behind it.
            self._starts = array("L", accumulate((len(table[letter]) for letter in text), initial=0))

    def find(self, words: str) -> Iterator[Span]:
        """Yield where the words stand, from the beginning, without overlaps."""
        wanted = " ".join("".join(map(_fold, words)).split())
        if not wanted:
            return
        at, beyond = self.text.find(wanted), 0
        while at >= 0:
            start, end = self._unfolded(at, at + len(wanted))
            if start >= beyond:  # a letter that folds to two is one hit, not two
                yield Span(start, end)
                beyond = end
            at = self.text.find(wanted, at + len(wanted))

    def _unfolded(self, start: int, end: int) -> tuple[int, int]:
        if self._starts is None:
            return start, end
        # The last letter that begins at or before a place; accents behind the last letter belong to it.
        first = bisect_right(self._starts, start) - 1
        last = bisect_right(self._starts, end - 1) - 1
        after = last + 1
        while after < len(self._starts) - 1 and self._starts[after] == self._starts[after + 1]:
            after += 1
        return first, after


def within(hits: Iterator[Span], turns: Sequence[Span]) -> Iterator[Span]:
    """Yield the hits that share a character with a turn; turns are in order and disjoint."""
    ends = [turn.end for turn in turns]
    for hit in hits:
        at = bisect_right(ends, hit.start)
        if at < len(turns) and turns[at].start < hit.end:
            yield hit


def _fold(letter: str) -> str:
    if letter.isspace():
        return " "
    letter = _ALIKE.get(letter, letter)
    plain = unicodedata.normalize("NFKD", letter)
    return "".join(part for part in plain if not unicodedata.combining(part)).casefold()
