"""Subtitles (WebVTT and SubRip): cues with times become speeches.

Both formats are read alike and leniently, for real files are mixtures: unpadded times, dots or commas, numbers
or GUIDs above the times, missing blank lines, tags and entities of either.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from mihqda.encoding import decode, normalise
from mihqda.errors import InputError
from mihqda.transcripts.labels import find_labels
from mihqda.transcripts.model import Reading, Speech, compose
from mihqda.transcripts.names import clean, split_voices

PAUSE = 2.0
"""Seconds of silence that part turns where no cue names a speaker."""

_CLOCK = r"(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,6}))?"
_TIMES = re.compile(rf"\s*{_CLOCK}\s*-+>\s*{_CLOCK}")
_TIMING_LINE = re.compile(r"\s*\d\S{0,20}\s*-+>\s*\S")
_BLOCK = re.compile(r"(?:NOTE|STYLE|REGION)(?:\s|$)")
_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?(?:\s+(?P<name>[^<>]*))?>|</v>", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:c|i|b|u|s|ruby|rt|lang|font|span)(?:[.\s][^<>]*)?>|<\d[\d:.,]*>|\{\\[^{}]*\}", re.IGNORECASE
)
_BREAK = re.compile(r"<br\s*/?>|\\[Nn](?![a-z])", re.IGNORECASE)
_ROLLING = re.compile(r"<\d[\d:.]*><c>")


@dataclass(frozen=True, slots=True)
class Cue:
    """Lines shown at one time; seconds, None if they cannot be read."""

    lines: tuple[str, ...]
    start: float | None = None
    end: float | None = None


@dataclass(frozen=True, slots=True)
class CueReader:
    """WebVTT or SubRip."""

    name: str
    suffixes: tuple[str, ...]

    def read(self, data: bytes, *, encoding: str | None = None) -> Reading:
        """Return the file's text and turns; see `Reader`."""
        decoded = decode(data, encoding)
        cues = parse_cues(decoded.text)
        if not cues:
            raise InputError(
                f"no cue found: .{self.name} has lines such as 00:00:01.000 --> 00:00:04.000 with speech below; "
                "if it is plain text, rename it to .txt"
            )
        speeches, warnings = to_speeches(cues)
        text, turns = compose(speeches)
        if not turns:
            raise InputError("its cues hold no speech; a transcript has at least one turn with words")
        return Reading(text, turns, decoded.encoding, (*decoded.warnings, *warnings))


def parse_cues(text: str) -> list[Cue]:
    """Return the cues of a WebVTT or SubRip text, in the order of the file.

    Text below a blank line inside a cue belongs to it. What stands before the first times does not, nor do
    NOTE, STYLE and REGION blocks and the line right above other times that names a cue. Times that cannot be
    read are None. Lines that YouTube repeats while they roll up are kept once.
    """
    lines = text.split("\n")
    is_rolling = _ROLLING.search(text) is not None
    timings = [number for number, line in enumerate(lines) if "-->" in line and _TIMING_LINE.match(line)]
    cues: list[Cue] = []
    shown = ""
    for number, following in pairwise([*timings, len(lines) + 1]):
        below = _drop_identifier(lines[number + 1 : following], is_last=following > len(lines))
        spoken = [line for line in _drop_blocks(below) if line.strip()]
        if is_rolling:
            spoken = [line for line in spoken if line.strip() != shown]
            shown = _TAG.sub("", spoken[-1]).strip() if spoken else shown
        times = _TIMES.match(lines[number])
        start, end = (_seconds(times.groups()[:4]), _seconds(times.groups()[4:])) if times else (None, None)
        cues.append(Cue(tuple(spoken), start, end))
    return cues


def _drop_identifier(lines: list[str], *, is_last: bool) -> list[str]:
    """Return the lines below times without the name of the next cue: a number, or a line after a blank one."""
    if is_last or not lines or not lines[-1].strip():
        return lines
    is_named = lines[-1].strip().isdecimal() or (len(lines) > 1 and not lines[-2].strip())
    return lines[:-1] if is_named else lines


def _drop_blocks(lines: list[str]) -> Iterator[str]:
    is_block = False
    previous = "-"
    for line in lines:
        if not line.strip():
            is_block = False
        elif not previous.strip() and _BLOCK.match(line):
            is_block = True
        if not is_block:
            yield line
        previous = line


def _seconds(fields: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, fraction = fields
    whole = int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds or 0)
    return float(f"{whole}.{fraction or 0}")  # adding a fraction would make 101.49000000000001 of 101.49


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a cue: who is named in its tags, and what is said."""

    cue: Cue
    voice: str | None
    text: str
    joint: str  # what parts it from the line before


def to_speeches(cues: Iterable[Cue]) -> tuple[list[Speech], tuple[str, ...]]:
    """Return cues as speeches, adjacent ones of the same speaker as one, and warnings.

    A speaker is named by a voice tag or, in files without, by a label at the beginning of a line that the
    vote accepts; a cue that names nobody goes on with the speech before. If none does, a pause parts speeches.
    """
    cues = list(cues)
    backwards = sum(cue.start is not None and cue.end is not None and cue.end < cue.start for cue in cues)
    unread = sum(cue.start is None for cue in cues)
    warnings = []
    if backwards:
        warnings.append(f"{backwards} cue(s) end before they begin: their end is left out")
    if unread:
        warnings.append(f"{unread} cue(s) have times that cannot be read: they are left out")
    lines = [line for cue in cues for line in _read_lines(cue)]
    named = _name_by_tags(lines) if any(line.voice for line in lines) else _name_by_labels(lines)
    if named is None:
        warnings.append("no speaker labels found: read as one unlabelled speaker")
    return list(_merge(lines, named)), tuple(warnings)


def _read_lines(cue: Cue) -> Iterator[_Line]:
    """Yield what is said in a cue, a line or a voice at a time, without tags and with entities as characters."""
    text = "\n".join(cue.lines)
    voice: str | None = None
    position = 0
    tags = [
        (tag.start(), tag.end(), clean(html.unescape(tag["name"] or ""))) for tag in _VOICE.finditer(text)
    ]
    for start, end, name in [*tags, (len(text), len(text), "")]:
        for part in _BREAK.sub("\n", text[position:start]).split("\n"):
            said = _TAG.sub("", part)
            if "&" in said:
                said = normalise(html.unescape(said)).replace("\n", " ")
            said = said.strip()
            if said:
                # a dash begins the words of another voice, whom the file does not name
                yield _Line(cue, voice, said, "\n" if said.startswith(("-", "–")) else " ")
        position, voice = end, name or None


def _name_by_tags(lines: list[_Line]) -> list[tuple[tuple[str, ...] | None, str]]:
    known = {line.voice.casefold() for line in lines if line.voice}
    return [(split_voices(line.voice, known) if line.voice else None, line.text) for line in lines]


def _name_by_labels(lines: list[_Line]) -> list[tuple[tuple[str, ...] | None, str]] | None:
    vote = find_labels("\n".join(line.text for line in lines), is_cues=True, has_blank_lines=False)
    if vote is None:
        return None
    found = {label.start: (label, voices) for label, voices in zip(vote.labels, vote.voices(), strict=True)}
    out: list[tuple[tuple[str, ...] | None, str]] = []
    position = 0
    for line in lines:
        label, voices = found.get(position, (None, None))
        out.append((voices, line.text[label.speech - position :] if label else line.text))
        position += len(line.text) + 1
    return out


def _merge(lines: list[_Line], named: list[tuple[tuple[str, ...] | None, str]] | None) -> Iterator[Speech]:
    current: Speech | None = None
    for number, line in enumerate(lines):
        start, end = line.cue.start, line.cue.end
        if start is not None and end is not None and end < start:
            end = None
        voices, said = (None, line.text) if named is None else named[number]
        is_pause = named is None and current is not None and _is_pause(current.end, start)
        if current is None or is_pause or (voices is not None and voices != current.speakers):
            if current:
                yield current
            current = Speech(voices or (), said, start, end)
        else:
            text = f"{current.text}{line.joint}{said}" if current.text else said
            current = replace(
                current,
                text=text,
                start=min((one for one in (current.start, start) if one is not None), default=None),
                end=max((one for one in (current.end, end) if one is not None), default=None),
            )
    if current:
        yield current


def _is_pause(end: float | None, start: float | None) -> bool:
    return end is not None and start is not None and start - end >= PAUSE
