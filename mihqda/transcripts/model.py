"""Transcript and Turn, and what a reader gives back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from mihqda.spans import Span

UNDETERMINED = "und"
"""Language of a text whose language is not known (the code of ISO 639-2)."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One speaker's stretch of a transcript.

    Parameters
    ----------
    span
        The speech alone: no label, no time stamp, no white space at the ends.
    speakers
        Labels as the file writes them; empty if the file does not say, several for a shared turn.
    start, end
        Seconds from the beginning of the recording; None if the file does not say.
    language
        Two-letter code, or ``und``.
    """

    span: Span
    speakers: tuple[str, ...] = ()
    start: float | None = None
    end: float | None = None
    language: str = UNDETERMINED

    def __post_init__(self) -> None:
        for seconds in (self.start, self.end):
            if seconds is not None and not seconds >= 0:
                raise ValueError(f"a turn's time is not negative, got {seconds}")
        if any(not label.strip() for label in self.speakers):
            raise ValueError("a speaker label is not empty")


@dataclass(frozen=True, slots=True)
class Transcript:
    """The text of one interview or focus group; never edited in place.

    Parameters
    ----------
    id
        Unique in the study.
    text
        LF line ends, no byte order mark, not normalised otherwise.
    turns
        In order, not overlapping.
    language
        The language of most words, or ``und``.
    source
        Name of the file, without its folder.
    sha256
        Of the file's bytes, in hexadecimal.
    revision
        1 for the text as imported.
    """

    id: str
    text: str
    turns: tuple[Turn, ...]
    language: str
    source: str
    sha256: str
    revision: int = 1

    def __post_init__(self) -> None:
        if not self.id.strip():
            raise ValueError("a transcript needs an id")
        end = 0
        for turn in self.turns:
            if turn.span.start < end or turn.span.end > len(self.text):
                raise ValueError(
                    f"transcript {self.id}: turn at {turn.span} overlaps another or leaves the text"
                )
            end = turn.span.end


@dataclass(frozen=True, slots=True)
class Speech:
    """What one or more speakers say without a break, as a reader finds it; times in seconds."""

    speakers: tuple[str, ...]
    text: str
    start: float | None = None
    end: float | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader makes of a file.

    Parameters
    ----------
    text
        For .txt and .md the decoded file, labels included; for every other format what `compose` makes.
    turns
        In order; their `language` is filled in by the import, not by the reader.
    encoding
        How the bytes were decoded, such as ``utf-8``; empty where the format says it itself (.docx).
    warnings
        One sentence each, without transcript text: "3 tracked insertions accepted".
    """

    text: str
    turns: tuple[Turn, ...]
    encoding: str = ""
    warnings: tuple[str, ...] = ()


class Reader(Protocol):
    """A file format: bytes in, text and turns out. Registered in the group ``mihqda.readers``."""

    name: str
    suffixes: tuple[str, ...]

    def read(self, data: bytes, *, encoding: str | None = None) -> Reading:
        """Return the text and turns of a file.

        Raises
        ------
        InputError
            If the bytes are not of this format or hold no text. The message does not name the file:
            the caller knows it and adds it.
        """
        ...


def compose(speeches: Iterable[Speech | str]) -> tuple[str, tuple[Turn, ...]]:
    r"""Write speeches as text, ``Label: speech`` with a blank line between, and return it with the turns.

    Several speakers of one speech are joined by ``" & "``; a speech without a speaker has no label; an
    empty speech is left out. A string among the speeches (a title, a footnote) is text of no turn. Line ends
    become LF. Times are not written into the text.

    Examples
    --------
    >>> text, turns = compose([Speech(("Interviewer",), "Why?"), Speech(("P1",), "Time.")])
    >>> text
    'Interviewer: Why?\n\nP1: Time.\n'
    >>> [turn.span.quote(text) for turn in turns]
    ['Why?', 'Time.']
    """
    parts: list[str] = []
    turns: list[Turn] = []
    position = 0
    for speech in speeches:
        said = (
            (speech if isinstance(speech, str) else speech.text)
            .replace("\r\n", "\n")
            .replace("\r", "\n")
            .strip()
        )
        if not said:
            continue
        if parts:
            parts.append("\n\n")
            position += 2
        if isinstance(speech, str):
            parts.append(said)
            position += len(said)
            continue
        label = " & ".join(speech.speakers) + ": " if speech.speakers else ""
        parts += [label, said]
        start = position + len(label)
        position = start + len(said)
        turns.append(Turn(Span(start, position), speech.speakers, speech.start, speech.end))
    return "".join(parts) + ("\n" if parts else ""), tuple(turns)
