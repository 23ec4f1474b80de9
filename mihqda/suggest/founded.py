"""Where a segment has a word in common with a code's texts: the least ground for a proposal while nothing is coded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from mihqda.suggest.words import find_words, fold

if TYPE_CHECKING:
    from numpy.typing import NDArray

SHORT, STEM = 4, 5
"""Words agree if they are the same or begin with the same five letters, or if one of four letters begins the other."""


def find_shared(texts: Sequence[str], books: Sequence[Iterable[str]]) -> NDArray[np.bool_]:
    """Return which texts have a word in common with which codes, shape (texts, codes).

    Parameters
    ----------
    texts
        Of the segments.
    books
        What the codebook says of each code: its texts.

    Examples
    --------
    >>> find_shared(["We planned it.", "No."], [["plan"], ["the planning"], ["roles"]]).tolist()
    [[True, True, False], [False, False, False]]
    """
    stems: dict[str, set[int]] = {}
    short: dict[str, set[int]] = {}
    begins: dict[str, set[int]] = {}
    for code, book in enumerate(books):
        for word in {fold(word) for text in book for word in find_words(text) if word[0].isalnum()}:
            stems.setdefault(word[:STEM], set()).add(code)
            if len(word) == SHORT:
                short.setdefault(word, set()).add(code)
            if len(word) > SHORT:
                begins.setdefault(word[:SHORT], set()).add(code)
    out = np.zeros((len(texts), len(books)), bool)
    known: dict[str, list[int]] = {}
    for row, text in enumerate(texts):
        for word in find_words(text):
            found = known.get(word)
            if found is None:
                one = fold(word)
                # A word of four letters may begin one of the code's, or the other way round.
                more = begins if len(one) == SHORT else short if len(one) > SHORT else {}
                found = known[word] = sorted(stems.get(one[:STEM], set()) | more.get(one[:SHORT], set()))
            out[row, found] = True
    return out
