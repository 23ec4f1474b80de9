"""Values and the text that stands for them in a cell."""

from __future__ import annotations

import json
import math
import re
from datetime import date, datetime, time, timedelta
from numbers import Integral, Real
from typing import Any

from mihqda.encoding import normalise
from mihqda.errors import InputError

Plain = str | int | float | bool | list[Any] | dict[str, Any] | None
"""What a cell can hold, before it becomes text."""

_GROUPED = re.compile(r"[+-]?\d{1,3}([.,' ])\d{3}(?:\1\d{3})*(?!\1)([.,]\d+)?", re.ASCII)
_PLAIN = re.compile(r"[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2007": " ", "’": "'", "−": "-"})


def parse_number(text: str) -> float:
    """Return the number that a person wrote, with a decimal comma or a decimal point.

    One comma or one point alone is the decimal sign, so ``1.234`` and ``1,234`` are both a little more than
    one. Groups of three digits may be set apart by points, commas, spaces or apostrophes where that leaves no
    doubt: spaces and apostrophes always, points and commas if there are several or a decimal sign follows.

    Examples
    --------
    >>> parse_number("1.234,5"), parse_number("1,5"), parse_number("1 234 567"), parse_number("12")
    (1234.5, 1.5, 1234567.0, 12.0)

    Raises
    ------
    InputError
        If it is no finite number.
    """
    number = text.strip().translate(_SPACES)
    grouped = _GROUPED.fullmatch(number)
    if grouped and _is_certain(grouped):
        number = number.replace(grouped[1], "")
    elif not _PLAIN.fullmatch(number):
        raise InputError(f"{_clip(text)} is not a number; write 1.5 or 1,5")
    value = float(number.replace(",", "."))
    if not math.isfinite(value):
        raise InputError(f"{_clip(text)} is too large a number")
    return value


def _is_certain(grouped: re.Match[str]) -> bool:
    separator, decimals = grouped[1], grouped[2]
    if decimals and decimals[0] == separator:
        return False
    return separator in " '" or bool(decimals) or grouped[0].count(separator) > 1


def _clip(text: str) -> str:
    return repr(text if len(text) <= 40 else text[:39] + "…")


def is_missing(value: object) -> bool:
    """Tell whether a value stands for nothing: None, NaN, NaT, pandas' NA."""
    if value is None or type(value).__name__ in ("NAType", "NaTType"):  # pandas need not be imported for this
        return True
    return isinstance(value, Real) and bool(value != value)


def simplify(value: object) -> Plain:
    """Return what a cell holds for a value.

    None for a missing value, Python's own booleans and finite numbers (whole ones as int), lists and dicts
    as they are, ISO 8601 for dates and times, ``h:mm:ss`` for durations, else the text, normalised.

    Examples
    --------
    >>> simplify(120.0), simplify(float("nan")), simplify(date(2026, 1, 31)), simplify(timedelta(hours=30))
    (120, None, '2026-01-31', '30:00:00')
    """
    if isinstance(value, str):
        return normalise(value)
    if type(value) is int:
        return value
    if is_missing(value):
        return None
    if isinstance(value, bool) or type(value).__name__ in ("bool", "bool_"):  # the latter are NumPy's
        return bool(value)
    if isinstance(value, Integral):
        return int(value)
    if isinstance(value, Real):
        number = float(value)
        if not math.isfinite(number):
            return str(number)
        return int(number) if number.is_integer() and abs(number) < 1e15 else number
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        minutes, seconds = divmod(abs(round(value.total_seconds())), 60)
        return f"{'-' if value < timedelta(0) else ''}{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    if isinstance(value, list | tuple | dict):
        return value if isinstance(value, dict) else list(value)
    return normalise(str(value))


def to_text(value: object) -> str:
    """Return the text that a cell shows for a value: `simplify`, then ``true`` and ``false``, JSON for lists.

    Examples
    --------
    >>> to_text(120.0), to_text(0.5), to_text(True), to_text(None), to_text(["a", 1])
    ('120', '0.5', 'true', '', '["a", 1]')
    """
    return shown(simplify(value))


def shown(plain: Plain) -> str:
    """Return the text that a cell shows for what `simplify` gave; see `to_text`."""
    if isinstance(plain, str):
        return plain
    if plain is None:
        return ""
    if isinstance(plain, bool):
        return "true" if plain else "false"
    if isinstance(plain, int | float):
        return str(plain)
    return normalise(json.dumps(plain, ensure_ascii=False, default=to_text))


_GUARDED = re.compile(r"''*[=+\-@\t]")


def is_like_formula(text: str) -> bool:
    """Tell whether a spreadsheet could take a text for a formula: it begins with ``= + - @`` or a tab.

    A lone sign, which is a valence, and a number are not like a formula.
    """
    return text[:1] in ("=", "+", "-", "@", "\t") and text not in ("+", "-") and not _PLAIN.fullmatch(text)


def guard(text: str) -> str:
    """Return a text as it stands in a CSV cell: with an apostrophe if it is like a formula, or looks guarded.

    Examples
    --------
    >>> guard("=SUM(A1)"), guard("-"), guard("-1,5"), guard("'=x")
    ("'=SUM(A1)", '-', '-1,5', "''=x")
    """
    return "'" + text if is_like_formula(text) or _GUARDED.match(text) else text


def unguard(cell: str) -> str:
    """Return the text of a CSV cell: without one apostrophe if that guards something like a formula."""
    return cell[1:] if _GUARDED.match(cell) else cell
