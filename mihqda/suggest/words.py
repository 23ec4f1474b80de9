"""Words of a text, folded, and where they stand in it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_TOKEN = re.compile(r"[^\W_\u0300-\u036f][\w\u0300-\u036f]*(?:['’][\w\u0300-\u036f]+)*|[?!%€$£]")


def fold(word: str) -> str:
    """Return a word in lower case without diacritics, and with a straight apostrophe."""
    word = word.casefold().replace("’", "'")
    if word.isascii():
        return word
    return "".join(char for char in unicodedata.normalize("NFKD", word) if not unicodedata.combining(char))


def find_words(text: str) -> list[str]:
    """Return the words of a text as they are written; ``?``, ``!``, ``%`` and currencies count as words."""
    return _TOKEN.findall(text)


def locate_words(text: str) -> list[tuple[int, int]]:
    """Return start and end of each word of `find_words`, in code points of the text."""
    return [match.span() for match in _TOKEN.finditer(text)]


def character_grams(word: str, sizes: Sequence[int]) -> list[str]:
    """Return the n-grams of a word between two blanks; the whole of it where it is shorter.

    Examples
    --------
    >>> character_grams("team", (3, 4))
    [' te', 'tea', 'eam', 'am ', ' tea', 'team', 'eam ']
    """
    padded = f" {word} "
    grams: list[str] = []
    for size in sizes:
        if len(padded) <= size:
            grams.append(padded)
            break
        grams += [padded[at : at + size] for at in range(len(padded) - size + 1)]
    return grams
