"""What to call a code where two have one name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from mihqda.codebook import Codebook


def tell_apart(books: Iterable[Codebook]) -> dict[str, str]:
    """Return code -> its name, with the codebook behind it where another codebook has that name too.

    Two codes of one codebook that have one name are told apart by id.
    """
    codes = [(book.id, code) for book in books for code in book]
    named = Counter(code.name.casefold() for _, code in codes)
    there = Counter((book, code.name.casefold()) for book, code in codes)
    out = {}
    for book, code in codes:
        name = code.name.casefold()
        more = code.id if there[book, name] > 1 else book if named[name] > 1 else ""
        out[code.id] = f"{code.name} ({more})" if more else code.name
    return out
