"""Time stamps as transcripts write them: ``0:42``, ``[00:12:31]``, ``#00:03:57-2#``, ``00:01 --> 00:04``."""

from __future__ import annotations

import re

SPACE = r"[^\S\n]"
"""Pattern of white space inside a line."""

CLOCK = r"\d{1,3}(?::\d{1,2}){1,3}(?:[.,-]\d{1,3}(?![\d:]))?"
"""Pattern of a time: minutes and seconds, or with hours; a fraction after ``.``, ``,`` or (f4) ``-``."""

_CLOCK = re.compile(CLOCK)


def stamp_pattern(name: str, *, is_bracketed: bool = False) -> str:
    """Return the pattern of a stamp or of a range of two; its groups are `name` and `name`_end.

    Brackets (``[]``, ``()``, ``<>``, ``{}`` or f4's ``##``, also escaped as Markdown does) are optional
    unless `is_bracketed`.
    """
    many = "" if is_bracketed else "?"
    until = rf"(?:{SPACE}*(?:-+>|[-–—]|to|tot|bis){SPACE}*(?P<{name}_end>{CLOCK}))?"
    return rf"(?:\\?[\[(<{{#]{SPACE}*){many}(?P<{name}>{CLOCK}){until}(?:{SPACE}*\\?[\])>}}#]){many}"


def parse_clock(clock: str) -> float:
    """Return a time in seconds.

    The fields are minutes and seconds, hours first if there are three; a fourth field (frames) is left out.

    Raises
    ------
    ValueError
        If it is no time.

    Examples
    --------
    >>> parse_clock("0:42"), parse_clock("01:02:03,5"), parse_clock("00:03:57-2")
    (42.0, 3723.5, 237.2)
    """
    if not _CLOCK.fullmatch(clock):
        raise ValueError(f"no time: {clock!r}")
    whole, _, fraction = clock.replace(",", ".").replace("-", ".").partition(".")
    total = 0
    for field in whole.split(":")[:3]:
        total = total * 60 + int(field)
    return float(f"{total}.{fraction or 0}")
