"""Text without case and diacritics, and the way back to the positions of the original.

Folding changes lengths (``ß`` becomes ``ss``, a combining mark vanishes, the ligature ``ﬁ`` becomes ``fi``); a `Folded`
text knows for each of its characters where it stood, so that a hit has exact code points of the original.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

WORD = re.compile(r"[^\W_]+")
_INVISIBLE = "\xad\u200c\u200d\u2060\ufeff"
"""Soft hyphen, joiners and byte order mark: they stand inside words and are not seen."""


class _Table(dict[int, str]):
    """What each character becomes, found on first use; `uneven` are those that do not become exactly one."""

    def __init__(self) -> None:
        self.uneven: set[str] = set()

    def __missing__(self, point: int) -> str:
        char = chr(point)
        folded = char
        for _ in range(2):  # compatibility forms such as ㎅ have capitals inside
            folded = unicodedata.normalize("NFKD", folded.casefold())
        folded = "".join(ch for ch in folded if not unicodedata.combining(ch) and ch not in _INVISIBLE)
        if len(folded) != 1:
            self.uneven.add(char)
        self[point] = folded
        return folded


_TABLE = _Table()


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text; `places` holds the original position of each character, or None where they are the same."""

    text: str
    length: int
    places: list[int] | None = None

    def back(self, start: int, end: int) -> tuple[int, int]:
        """Return where a stretch of the folded text stands in the original, marks of its last letter included."""
        if self.places is None:
            return start, end
        following = self.places[end] if end < len(self.places) else self.length
        last = self.places[end - 1]
        # What lies between two folded characters vanished in folding: marks, which belong to the letter before.
        return self.places[start], max(following, last + 1)


def fold(text: str) -> Folded:
    """Return `text` without case, diacritics and compatibility forms.

    Examples
    --------
    >>> folded = fold("Cafe\u0301 Straße")
    >>> folded.text
    'cafe strasse'
    >>> folded.back(0, 4), folded.back(5, 12)
    ((0, 5), (6, 12))
    """
    if text.isascii():
        return Folded(text.lower(), len(text))
    folded = text.translate(_TABLE)
    if _TABLE.uneven.isdisjoint(text):
        return Folded(folded, len(text))
    places = [at for at, char in enumerate(text) for _ in _TABLE[ord(char)]]
    return Folded(folded, len(text), places)
