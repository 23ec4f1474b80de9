"""Coding: one application of a code to a span by a coder."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from secrets import token_hex
from typing import Literal, get_args

from mihqda.errors import InputError
from mihqda.spans import Span

Valence = Literal["+", "-", "mixed", "neutral"]
VALENCES: tuple[Valence, ...] = get_args(Valence)

_WORDS = {
    "plus": "+", "positive": "+", "pos": "+", "＋": "+",
    "minus": "-", "negative": "-", "negatief": "-", "positief": "+", "gemengd": "mixed", "neutraal": "neutral", "neg": "-", "−": "-", "–": "-", "－": "-",
    "+/-": "mixed", "+/−": "mixed", "±": "mixed", "0": "neutral",
}  # fmt: skip


def parse_valence(value: str | None) -> Valence | None:
    """Return the valence that a person wrote, or None for an empty cell.

    Examples
    --------
    >>> parse_valence("−"), parse_valence("Positive"), parse_valence("")
    ('-', '+', None)

    Raises
    ------
    InputError
        If it is none of ``+ - − plus minus positive negative mixed neutral``.
    """
    word = (value or "").strip().casefold()
    if not word:
        return None
    word = _WORDS.get(word, word)
    if word not in VALENCES:
        raise InputError(f"valence {value!r} is none of: + - − plus minus positive negative mixed neutral")
    return word


def new_id() -> str:
    """Return a new id: twelve hexadecimal digits, random, so that two copies of a study do not collide."""
    return token_hex(6)


@dataclass(frozen=True, slots=True)
class Coding:
    """A code on a span, by a coder.

    Parameters
    ----------
    id
        Unique in the study.
    transcript, span, code, coder
        What was coded, where, as what, by whom. Several coders and codes may share one span.
    valence
        Direction of the influence on implementation (not the mood of the wording); None if not judged.
    memo
        The coder's note on this coding.
    created
        Time in UTC, ISO 8601 to the second with a final ``Z``.
    origin
        ``hand``, ``import``, or where it came from, such as ``suggestion:ID``.
    """

    id: str
    transcript: str
    span: Span
    code: str
    coder: str
    valence: Valence | None = None
    memo: str = ""
    created: str = ""
    origin: str = "hand"

    def __post_init__(self) -> None:
        for name in ("id", "transcript", "code", "coder"):
            if not getattr(self, name).strip():
                raise InputError(f"a coding needs a {name}")
        if self.valence is not None and self.valence not in VALENCES:
            raise InputError(f"valence {self.valence!r} is none of: {' '.join(VALENCES)}")
        if self.created:
            check_time(self.created)


@lru_cache(maxsize=4096)  # thousands of codings of one table share their time
def check_time(value: str) -> str:
    """Return `value` if it is a time in UTC as codings hold it.

    Raises
    ------
    InputError
        If it is not ``YYYY-MM-DDTHH:MM:SSZ``.
    """
    try:
        datetime.strptime(value, "%Y-%m-%dT%H:%M:%SZ")
    except ValueError:
        raise InputError(f"time {value!r} is not like 2026-01-31T14:05:00Z") from None
    return value
