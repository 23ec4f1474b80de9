"""Segments that are sentences, found by a few rules and no language model.

A sentence is a convenience, not a measure: speech has no full stops. Where it is not certain that a sentence
ends, it goes on, but for full stops before small letters, which speech recognisers write.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from mihqda.segments import paragraph
from mihqda.segments.abbreviations import BEFORE_NUMBERS, MAYBE_LAST, MONTHS, NEVER_LAST, STARTERS
from mihqda.spans import Span, trim
from mihqda.transcripts import Transcript, Turn
from mihqda.transcripts.model import UNDETERMINED

_MARK = re.compile(
    r"(?P<mark>\.(?:[ \u00a0]\.)+|[.!?…]+)"
    r"(?P<close>[\"'”’“»«›‹)\]}]*(?:\s»(?=\s|$))?)"  # what closes, in French after a space
)
_LAST_WORD = re.compile(r"[\w.'’-]*\Z")
_WORD = re.compile(r"[^\W_]+")
_DOTTED = re.compile(r"[^\W\d_]{1,2}(?:\.[^\W\d_]{1,2})+")
_INITIAL_BEFORE = re.compile(r"(?:\A|[\s.(])[^\W\d_]\.\s*\w\Z")
_ABBREVIATIONS = NEVER_LAST | MAYBE_LAST
_NUMBERED = BEFORE_NUMBERS | MAYBE_LAST
_REACH = 80  # how far from a mark to look; keeps long texts without sentences fast


def cut(transcript: Transcript, *, is_interviewer: Callable[[Turn], bool], size: int) -> list[Span]:
    """Return the sentences of each paragraph of each turn, without the white space between them.

    A sentence ends at ``. ! ? …`` with what closes after it (quotation marks, brackets), but not

    - after an abbreviation, an initial, or a number that counts (``1. First``, ``3. Mai``, in German ``2. Jahr``),
      nor inside a number or a time (``10.30 uur``);
    - after an ellipsis, if a small letter, a digit or "I" follows, or if it was a false start: at most two
      words, or its first or last word is said again ("the… The nurse");
    - before a small letter, if something closes ("Why?" she asked);
    - if the mark stands in brackets of its own, "(?)" or "[…]", or if no word follows in the paragraph.

    Otherwise a small letter may follow, as in the output of speech recognisers, and the space may be missing
    ("good.It"). Every character but white space belongs to exactly one sentence. `is_interviewer` and `size`
    make no difference.
    """
    out: list[Span] = []
    for turn in transcript.turns:
        language = transcript.language if turn.language == UNDETERMINED else turn.language
        for inside in paragraph.split(transcript.text, turn.span):
            out += split(transcript.text, inside, is_german=language == "de")
    return out


def split(text: str, span: Span, *, is_german: bool = False) -> Iterator[Span]:
    """Yield the sentences inside a span that begins and ends with something else than white space."""
    start = span.start
    for mark in _MARK.finditer(text, span.start, span.end):
        if _is_end(text, start, span.end, mark, is_german):
            yield _trimmed(start, mark.end(), text)
            start = mark.end()
    yield _trimmed(start, span.end, text)


def _trimmed(start: int, end: int, text: str) -> Span:
    span = trim(Span(start, end), text)
    assert span is not None  # a mark, or the word that `_is_end` saw, is in it
    return span


def _is_end(text: str, start: int, end: int, mark: re.Match[str], is_german: bool) -> bool:
    following = _WORD.search(text, mark.end(), min(end, mark.end() + _REACH))
    if following is None:
        return False
    before = text[max(start, mark.start() - _REACH) : mark.start()]
    if before.endswith(("(", "[")):
        return False
    sign, closes, next_word = mark["mark"], mark["close"], following[0]
    is_ellipsis = sign != "." and not set(sign) - set(". \u00a0…")
    if not text[mark.end()].isspace():
        return not is_ellipsis and _is_space_missing(before, text[mark.end() : mark.end() + 2])
    if is_ellipsis:
        return not _is_interrupted(text[start : min(mark.start(), start + _REACH)], before, next_word)
    if closes and next_word[0].islower():
        return False
    return sign != "." or _ends_at_full_stop(before, next_word, is_german)


def _is_space_missing(before: str, after: str) -> bool:
    """Tell whether "good.It" are two sentences; "e.g.The", "www.Site" and "U.S.A" are not."""
    word = _last_word(before).casefold()
    return (
        before[-2:].isalpha()
        and before[-2:].islower()
        and after[:1].isupper()
        and (after[1:].islower() or after[1:] in ("'", "’", " "))
        and word not in _ABBREVIATIONS
    )


def _is_interrupted(head: str, before: str, next_word: str) -> bool:
    """Tell whether the sentence goes on after an ellipsis."""
    if next_word[0].islower() or next_word[0].isdigit() or next_word == "I":
        return True
    first = _WORD.search(head)
    said = before.split()
    again = {first[0].casefold() if first else "", _last_word(before).casefold()}
    return len(said) <= 2 or next_word.casefold() in again


def _ends_at_full_stop(before: str, next_word: str, is_german: bool) -> bool:
    if len(before) < _REACH and not any(character.isalpha() for character in before):
        return False  # "1. First" is one sentence
    word = _last_word(before)
    small, is_lower = word.casefold(), next_word[0].islower()
    is_starter = next_word.casefold() in STARTERS
    if word.isupper() and len(word) > 1 and "." not in word:
        return True  # HR, ING, NL: no abbreviations with a full stop
    if small in NEVER_LAST:
        return False
    if next_word[0].isdigit():
        return small not in _NUMBERED and not _DOTTED.fullmatch(word) and len(word) != 1
    if small in MAYBE_LAST:
        return is_starter if is_german else not is_lower
    if _DOTTED.fullmatch(word):
        return word.isupper() and is_starter and not is_lower
    if len(word) == 1 and word.isalpha() and word != "I":
        if small == "u":  # Dutch for "you", German for "und"
            return not is_lower
        return word.isupper() and is_starter and not is_lower and not _INITIAL_BEFORE.search(before)
    if word.isdigit() and len(word) <= 2:
        if next_word.casefold() in MONTHS:
            return False
        if is_german:
            return is_starter and not is_lower
    return True


def _last_word(before: str) -> str:
    """Return the word before a mark, with its inner dots, apostrophes and hyphens; empty after a bracket."""
    if before[-1:].isspace():
        return ""
    found = _LAST_WORD.search(before.split()[-1]) if before else None
    return found[0].strip("'’.-") if found else ""
