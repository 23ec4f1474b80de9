"""Values as words: how a number, a fraction, a list or a doubtful character stands on a page."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

import pandas as pd

UNDEFINED = "n/a"
"""How an undefined figure is shown, everywhere."""

# What XML 1.0, and so Word, cannot hold; HTML forbids the same but for surrogates, which have no bytes.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    r"""Return text without control characters, which no document holds; line ends and tabs stay.

    Examples
    --------
    >>> printable("a\x07b\n")
    'ab\n'
    """
    return text if text.isprintable() else _UNPRINTABLE.sub("", text)


def show(value: object) -> str:
    """Return a value as a page shows it; an undefined number is ``n/a``, a missing text is empty.

    Examples
    --------
    >>> show(88.0), show(1.25), show(float("nan")), show(True), show("x")
    ('88', '1.2', 'n/a', 'yes', 'x')
    """
    if isinstance(value, str):
        return value
    if value is None or value is pd.NA or value != value:
        return UNDEFINED
    if isinstance(value, bool) or type(value).__name__ == "bool":
        return "yes" if value else ""
    if isinstance(value, float):
        return f"{value:.1f}".removesuffix(".0")
    return str(value)


def fraction(n: object, of: object) -> str:
    """Return n of N, ``2/7``; without an N there is no n of people either: ``n/a``.

    Examples
    --------
    >>> fraction(2, 7.0), fraction(0, float("nan"))
    ('2/7', 'n/a')
    """
    if show(of) == UNDEFINED or show(n) == UNDEFINED:
        return UNDEFINED
    return f"{show(n)}/{show(of)}"


def plural(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun.

    Examples
    --------
    >>> plural(1, "code"), plural(2, "code"), plural(3, "person", "people")
    ('1 code', '2 codes', '3 people')
    """
    return f"{number} {one if number == 1 else many or one + 's'}"


def listing(names: Iterable[str], *, limit: int = 0) -> str:
    """Return names with commas; beyond `limit` only how many more there are.

    Examples
    --------
    >>> listing(["a", "b", "c"], limit=2)
    'a, b and 1 more'
    """
    all_names = list(names)
    if not limit or len(all_names) <= limit:
        return ", ".join(all_names)
    return f"{', '.join(all_names[:limit])} and {len(all_names) - limit} more"


def cut(text: str, length: int) -> str:
    """Return text of at most `length` characters, cut at a word and marked ``[…]`` if it was longer.

    Examples
    --------
    >>> cut("one two three", 12)
    'one two […]'
    """
    mark = " […]"
    if len(text) <= length:
        return text
    kept = text[: length - len(mark) + 1]
    words = kept.rsplit(maxsplit=1)[0] if any(ch.isspace() for ch in kept.strip()) else kept[:-1]
    return words.rstrip() + mark


def is_right_to_left(text: str) -> bool:
    """Tell whether the first letter with a direction runs from right to left.

    Examples
    --------
    >>> is_right_to_left("«שלום»"), is_right_to_left("P1: שלום")
    (True, False)
    """
    for ch in text:
        direction = unicodedata.bidirectional(ch)
        if direction in ("L", "R", "AL"):
            return direction != "L"
    return False


def clock(seconds: float | None) -> str:
    """Return a time in a recording, ``h:mm:ss``; empty if it is not known.

    Examples
    --------
    >>> clock(3725.9), clock(None)
    ('1:02:05', '')
    """
    if seconds is None or seconds != seconds:
        return ""
    whole = int(seconds)
    return f"{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}"


def moment(time: str) -> str:
    """Return a time of the history as people read it.

    Examples
    --------
    >>> moment("2026-01-31T14:05:00Z"), moment("")
    ('2026-01-31 14:05 UTC', 'not recorded')
    """
    return f"{time[:10]} {time[11:16]} UTC" if time else "not recorded"


def unique(names: Sequence[str]) -> tuple[str, ...]:
    """Return names once each, in order, without empty ones."""
    return tuple(dict.fromkeys(name for name in names if name))
