"""Cut a text into turns: spans of speech alone, without labels, stamps, headings and particulars."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace

from mihqda.encoding import name_lines
from mihqda.spans import Span, trim
from mihqda.transcripts.labels import Vote, find_labels
from mihqda.transcripts.model import Turn
from mihqda.transcripts.shapes import BOLD, HEADING, PLAIN
from mihqda.transcripts.times import SPACE, parse_clock, stamp_pattern

_BLANK = re.compile(rf"\n(?:{SPACE}*\n)+")
_SINGLE = re.compile(r"(?<!\v)\n\s*")  # the Word reader ends a line, not a paragraph, with VT and LF
_INVISIBLE = f"\u200b\u200c\u200d\u200e\u200f\u2060\ufeff{BOLD}{PLAIN}"
_STAMP_CHARACTERS = frozenset("0123456789[](){}<>#\\" + _INVISIBLE)
_VOID = rf"[\s{_INVISIBLE}]*"
_FIRST = re.compile(
    rf"{_VOID}(?:{stamp_pattern('time', is_bracketed=True)}|{stamp_pattern('alone')}{SPACE}*(?=\n|\Z)){_VOID}"
)
_LAST = re.compile(
    rf"(?:\n{SPACE}*{stamp_pattern('alone')}|(?<=\S){SPACE}*{stamp_pattern('time', is_bracketed=True)}){_VOID}\Z"
)
_STAMPED_LINE = re.compile(
    rf"\n{SPACE}*(?:{stamp_pattern('time', is_bracketed=True)}|{stamp_pattern('alone')}{SPACE}*(?=\n|\Z))"
)
_HEADING = re.compile(
    rf"\n(?:#{{1,6}}{SPACE}|{HEADING})[^\n]*|\n{SPACE}*([-*_])(?:{SPACE}*\1){{2,}}{SPACE}*(?=\n|\Z)"
)
_TRAILER = re.compile(
    r"""\n\s*(?: transcribed\ by\ https?://\S+
          | [^\n]{1,60}\ (?:stopped\ transcription|heeft\ de\ transcriptie\ gestopt|hat\ die\ transkription\ beendet)
          | [-–—\[(<*_ ]* (?: end\ of\ (?:the\ )?(?:recording|interview|transcript|audio)
              | einde\ (?:van\ (?:de|het)\ )?(?:opname|interview|gesprek|transcript)
              | ende\ der\ (?:aufnahme|transkription) | fin\ de\ l['’]enregistrement | fin\ de\ la\ grabación
            ) [-–—\])>*_. ]* )\s*\Z""",
    re.IGNORECASE | re.VERBOSE,
)
_QUOTED_BLANK = re.compile(rf"(?:\n{SPACE}*>{SPACE}*)+\Z")
_EMPHASIS = ("***", "**", "*", "__", "_")
_LONG_LINE = 120


@dataclass(frozen=True, slots=True)
class Cut:
    """The turns of a text and the stretches that belong to none though they are no labels, both in order."""

    turns: tuple[Turn, ...]
    asides: tuple[Span, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of text on its way to a turn."""

    start: int
    end: int
    speakers: tuple[str, ...] = ()
    begins: float | None = None
    ends: float | None = None


def cut_turns(text: str, *, has_headings: bool = False, is_word: bool = False) -> Cut:
    """Find the speakers of a text and cut it into turns.

    Text without labels gives one turn per paragraph, or per stamp, without speakers. Where one speaker alone
    is labelled, several times, a paragraph without a label has no speaker: it may be the answer.

    Parameters
    ----------
    text
        LF line ends.
    has_headings
        Whether Markdown headings and rules, or lines marked `HEADING`, belong to no turn.
    is_word
        Whether every line is a paragraph, except after VT.
    """
    trailer = _TRAILER.search(text, max(0, len(text) - 300))
    end = trailer.start() if trailer else len(text)
    headings = _find_headings(text, end) if has_headings else []
    parting = _find_parting(text, is_word)
    vote = find_labels(text[:end], has_blank_lines=parting is _BLANK)
    if vote is None:
        pieces = [one for piece in _cut_unlabelled(text, end, parting) for one in _without(headings, piece)]
        turns = tuple(
            turn for turn in _make_turns(text, pieces) if any(map(str.isalnum, turn.span.quote(text)))
        )
        asides = _find_asides(text, headings, 0, end)
        return Cut(turns, asides, ("no speaker labels found: read as one unlabelled speaker",))
    first, opening = _find_first(text, vote)
    lines = {label.start for label in vote.labels}
    headings = [heading for heading in headings if heading[0] not in lines]
    is_alone = len({label.key for label in vote.labels}) == 1 and len(vote.labels) > 1
    pieces = []
    stops = [label.start for label in vote.labels[1:]] + [end]
    for label, voices, stop in zip(vote.labels, vote.voices(), stops, strict=True):
        stop -= _count_closing(text[label.start : label.speech], text[label.speech : stop])
        for piece in _without(headings, _Piece(label.speech, stop, voices, label.begins, label.ends)):
            pieces += _split_unnamed(text, piece, parting) if is_alone and parting else [piece]
    turns = _make_turns(text, pieces, opening)
    warnings = _warn(text, vote, first, is_word)
    if unnamed := sum(not turn.speakers for turn in turns):
        warnings += (f"only one speaker is labelled; {unnamed} paragraphs without a label have no speaker",)
    return Cut(turns, _find_asides(text, headings, first, end), warnings)


def _find_first(text: str, vote: Vote) -> tuple[int, float | None]:
    """Return where what belongs to the first label begins: at it, or at a stamp alone on the line above."""
    first = vote.labels[0].start
    found = _LAST.search("\n" + text, max(0, first - _LONG_LINE), first + 1)
    if found and found["alone"]:
        return max(found.start() - 1, 0), parse_clock(found["alone"])
    return first, None


def _warn(text: str, vote: Vote, first: int, is_word: bool) -> tuple[str, ...]:
    out: tuple[str, ...] = ()
    before = len(text[:first].strip())
    if before:
        out += (f"{before} characters stand before the first speaker and belong to no turn",)
    if vote.doubtful:
        numbers = [text.count("\n", 0, label.start) + 1 for label in vote.doubtful]
        where = f"{len(numbers)} paragraph(s)" if is_word else name_lines(numbers)
        out += (f"begins like a speaker's label but was read as speech: {where}",)
    return out


def _find_parting(text: str, is_word: bool) -> re.Pattern[str] | None:
    """Return what parts paragraphs: a blank line; a line end if lines are long and none is blank; or nothing."""
    if is_word:
        return _SINGLE
    if _BLANK.search(text.strip()):
        return _BLANK
    return _SINGLE if any(len(line) > _LONG_LINE for line in text.split("\n")) else None


def _find_headings(text: str, end: int) -> list[tuple[int, int]]:
    return [(found.start(), found.end() - 1) for found in _HEADING.finditer("\n" + text[:end])]


def _without(headings: list[tuple[int, int]], piece: _Piece) -> Iterator[_Piece]:
    """Yield what a piece is without the headings inside."""
    stop = piece.end
    for place in range(bisect_left(headings, (piece.start, 0)), len(headings)):
        start, end = headings[place]
        if start >= stop:
            break
        yield replace(piece, end=start, ends=None)
        piece = replace(piece, start=end, begins=None)
    yield piece


def _split_unnamed(text: str, piece: _Piece, parting: re.Pattern[str]) -> Iterator[_Piece]:
    """Yield the first paragraph of a piece with its speaker, the others without."""
    for found in parting.finditer(text, piece.start, piece.end):
        if text[piece.start : found.start()].strip():  # else the label stands alone on its line
            yield replace(piece, end=found.start(), ends=None)
            piece = _Piece(found.end(), piece.end)
    yield piece


def _cut_unlabelled(text: str, end: int, parting: re.Pattern[str] | None) -> list[_Piece]:
    lines = sum(1 for line in text.split("\n") if line.strip())
    starts = [found.start() for found in _STAMPED_LINE.finditer("\n" + text[:end])]
    if len(starts) < 3 or 3 * len(starts) < lines:
        starts = [found.end() for found in parting.finditer(text, 0, end)] if parting else []
    starts = sorted({0, *starts})
    return [_Piece(start, stop) for start, stop in zip(starts, [*starts[1:], end], strict=True)]


def _count_closing(before: str, speech: str) -> int:
    """Return how many characters at the end only close an emphasis that opened before the label.

    White space counts with them, and so do blank lines of a Markdown quotation.
    """
    lead, said = before.lstrip(" \t>"), speech.rstrip()
    if said.endswith(">"):
        said = _QUOTED_BLANK.sub("", said)
    for mark in _EMPHASIS:
        if lead.startswith(mark):
            is_open = lead.count(mark) % 2 == 1 and said.endswith(mark) and said.count(mark) % 2 == 1
            return len(speech) - len(said) + (len(mark) if is_open else 0)
    return len(speech) - len(said)


def _make_turns(text: str, pieces: list[_Piece], pending: float | None = None) -> tuple[Turn, ...]:
    """Return the pieces that hold speech as turns, their stamps taken off at both ends as times.

    `pending` is the stamp alone on the line above a label, which is that label's.
    """
    turns: list[Turn] = []
    for piece in pieces:
        start, end, ends = piece.start, piece.end, piece.ends
        begins, pending = (pending if piece.begins is None else piece.begins), None
        said = text[start:end].strip()
        is_stamped = bool(said) and not _STAMP_CHARACTERS.isdisjoint((said[0], said[-1]))
        while is_stamped and (found := _FIRST.match(text, start, end)):
            stamp, until = _read_stamp(found)
            begins = stamp if begins is None else begins
            ends = until if ends is None else ends
            start = found.end()
        while is_stamped and (found := _LAST.search(text, max(start, end - _LONG_LINE), end)):
            stamp, until = _read_stamp(found)
            if found["alone"] and "#" not in found[0]:
                pending = stamp
            elif ends is None:
                ends = stamp if until is None else until
            end = found.start()
        span = trim(Span(start, end), text) if start < end else None
        if span:
            is_backwards = begins is not None and ends is not None and ends < begins
            turns.append(Turn(span, piece.speakers, begins, None if is_backwards else ends))
        elif pending is None:
            pending = begins
    return tuple(turns)


def _read_stamp(found: re.Match[str]) -> tuple[float, float | None]:
    name = "time" if found["time"] else "alone"
    until = found[f"{name}_end"]
    return parse_clock(found[name]), None if until is None else parse_clock(until)


def _find_asides(text: str, headings: list[tuple[int, int]], first: int, end: int) -> tuple[Span, ...]:
    """Return what stands before the first label, the headings after it, and what closes the transcript."""
    stretches = [(0, first), *(heading for heading in headings if heading[0] >= first), (end, len(text))]
    spans = (trim(Span(start, stop), text) for start, stop in stretches if start < stop)
    return tuple(span for span in spans if span)
