"""The language in which keywords and a researcher's own patterns are written.

::

    pattern    alternatives { NEAR alternatives | NOT alternatives }
    NEAR/5     within five words, before or after; NEAR alone: within ten
    NOT/5      no such words within five words; NOT alone: nowhere in the segment
    alternatives   phrase { | phrase }
    phrase     word { word }        words that follow each other, whatever stands between but letters and digits
    word       lead                 and its inflected forms, in Dutch and English
               =lead                only this form
               lead*                every word that begins so

Case and diacritics do not count; operators are in capitals, so that ``not motivated`` is a phrase. ``NEAR`` and ``NOT`` look at the
first alternatives: ``time NEAR/3 no|little NOT next time`` is a hit of *time*. What a pattern matches does not depend
on negation: ``not`` near a hit is evidence (`mihqda.suggest.negation`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from mihqda.errors import InputError
from mihqda.suggest.folding import WORD, fold

NEAR_WITHIN = 10
FARTHEST = 100

_TOKEN = re.compile(r"(?P<bar>\|)|(?<!\S)(?P<operator>NEAR|NOT)(?:/(?P<within>\S*))?(?!\S)|(?P<word>[^\s|]+)")


@dataclass(frozen=True, slots=True)
class Term:
    """One word of a phrase, folded; `is_prefix` for any ending, `is_exact` for no other form."""

    word: str
    is_prefix: bool = False
    is_exact: bool = False


Phrase = tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """What must (``near``) or must not (``not``) stand within some words of a hit; None is the whole segment."""

    kind: Literal["near", "not"]
    within: int | None
    phrases: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern as it was written, what it looks for, and on which conditions."""

    text: str
    phrases: tuple[Phrase, ...]
    conditions: tuple[Condition, ...] = ()

    @property
    def words(self) -> int:
        """Return how many words it asks for at least: the longer, the more a hit says."""
        needed = min(len(phrase) for phrase in self.phrases)
        near = (one for one in self.conditions if one.kind == "near")
        return needed + sum(min(len(phrase) for phrase in one.phrases) for one in near)


@lru_cache(maxsize=20_000)
def parse(text: str) -> Pattern:
    """Read a pattern.

    Raises
    ------
    InputError
        Naming the pattern, the place (the first character is 1) and what is allowed there.

    Examples
    --------
    >>> parse("kick-off").phrases
    ((Term(word='kick', is_prefix=False, is_exact=False), Term(word='off', is_prefix=False, is_exact=False)),)
    >>> parse("time NEAR/x no")
    Traceback (most recent call last):
    mihqda.errors.InputError: pattern 'time NEAR/x no', at 6: NEAR/x needs a whole number of words, 0 to 100, such as NEAR/5
    """
    sides: list[tuple[Phrase, ...]] = []
    operators: list[tuple[Literal["near", "not"], int | None]] = []
    phrases: list[Phrase] = []
    phrase: list[Term] = []
    before = ("", 0)  # the mark that waits for words on its right, and where it stands
    tokens = list(_TOKEN.finditer(text))
    has_operators = any(token["operator"] or token["bar"] for token in tokens)
    for token in tokens:
        at = token.start() + 1
        if token["word"]:
            phrase.extend(_terms(text, token["word"], at, has_operators=has_operators))
            continue
        if not phrase:
            raise _fault(text, at, f"{token[0]} has no words on its left")
        phrases.append(tuple(phrase))
        phrase = []
        before = (token[0], at)
        if token["operator"]:
            sides.append(tuple(phrases))
            phrases = []
            operators.append(_operator(text, token, at))
    if not phrase:
        mark, at = before
        raise (
            _fault(text, at, f"{mark} has no words on its right")
            if mark
            else _fault(text, 1, "it has no words")
        )
    sides.append((*phrases, tuple(phrase)))
    conditions = (Condition(*operator, side) for operator, side in zip(operators, sides[1:], strict=True))
    return Pattern(text, sides[0], tuple(conditions))


def _operator(text: str, token: re.Match[str], at: int) -> tuple[Literal["near", "not"], int | None]:
    number = token["within"]
    is_near = token["operator"] == "NEAR"
    if number is None:
        return ("near", NEAR_WITHIN) if is_near else ("not", None)
    if not (number.isascii() and number.isdigit() and len(number) <= 3 and int(number) <= FARTHEST):
        name = token["operator"]
        raise _fault(text, at, f"{token[0]} needs a whole number of words, 0 to {FARTHEST}, such as {name}/5")
    return "near" if is_near else "not", int(number)


def _terms(text: str, raw: str, at: int, *, has_operators: bool) -> list[Term]:
    """Return the words of a stretch without white space: ``kick-off`` is two."""
    if re.match(r"(near|not)/\d", raw, re.IGNORECASE):
        raise _fault(text, at, f"operators stand alone and in capitals: {raw.upper()}")
    bracket = re.search(r"[()]", raw)
    if has_operators and bracket:
        reason = "no brackets: | binds first, and NEAR and NOT look at the words in front"
        raise _fault(text, at + bracket.start(), reason)
    star = re.search(r"(?<![^\W_])\*", raw)
    if star:
        raise _fault(text, at + star.start(), "* has no letters on its left")
    middle = re.search(r"\*(?=[^\W_])", raw)
    if middle:
        raise _fault(text, at + middle.start(), "* stands only at the end of a word")
    if raw.endswith("="):
        raise _fault(text, at + len(raw) - 1, "= has no word on its right")
    terms = []
    for part in re.finditer(r"(=?)([^\W_][^\s*=]*)(\*?)", raw):
        words = WORD.findall(fold(part[2]).text)
        ends = [*[False] * (len(words) - 1), bool(part[3])]
        terms += [Term(word, end, bool(part[1])) for word, end in zip(words, ends, strict=False)]
        if part[3] and len(words[-1]) < 2:
            raise _fault(
                text, at + part.start(2), f"{words[-1]}* is met by too much; give two letters or more"
            )
    return terms


def _fault(text: str, at: int, reason: str) -> InputError:
    return InputError(f"pattern {text!r}, at {at}: {reason}")
