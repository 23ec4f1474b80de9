"""Read a transcript from a file: the reader by its suffix, the languages of its turns, and what to warn of."""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from mihqda import registry
from mihqda.errors import InputError, PluginError
from mihqda.transcripts.language import choose, detect
from mihqda.transcripts.model import UNDETERMINED, Reader, Transcript

MAX_BYTES = 200_000_000
"""Larger files are refused: the longest transcripts have less than a hundredth of this."""

_WAYS_OUT = {
    ".doc": "open it in Word or LibreOffice and save it as .docx",
    ".odt": "save it as .docx",
    ".rtf": "save it as .docx",
    ".pages": "export it as .docx",
    ".pdf": "export the transcript as .docx or .txt from the program that made it",
    ".html": "save it as .txt",
    ".htm": "save it as .txt",
    ".json": "export it as .vtt, .srt or .txt from the program that made it",
    ".csv": "a table of turns is not read; export it as .docx or .txt",
    ".xlsx": "a table of turns is not read; export it as .docx or .txt",
    ".mp3": "mihqda reads transcripts, not recordings",
    ".m4a": "mihqda reads transcripts, not recordings",
    ".wav": "mihqda reads transcripts, not recordings",
    ".mp4": "mihqda reads transcripts, not recordings",
}


@dataclass(frozen=True, slots=True)
class Imported:
    """A transcript as read from a file.

    Parameters
    ----------
    transcript
        With the languages of its turns.
    reader
        Name of the reader.
    encoding
        How the bytes were decoded, such as ``utf-8``; empty where the format says it itself.
    warnings
        One sentence each, without transcript text.
    """

    transcript: Transcript
    reader: str
    encoding: str
    warnings: tuple[str, ...]


def read_transcript(path: Path, *, id: str | None = None, encoding: str | None = None) -> Imported:
    """Read one file.

    Parameters
    ----------
    path
        The suffix chooses the reader, ignoring case.
    id
        The transcript's id; by default the file's name without the suffix.
    encoding
        How the bytes are encoded; found out if None.

    Raises
    ------
    InputError
        If the file is missing, unreadable, too large, of an unknown format, damaged, binary or without speech;
        the message names the file and the way out.
    """
    path = Path(path)
    chosen = _choose_reader(path)
    data = _read_bytes(path)
    try:
        reading = chosen.read(data, encoding=encoding)
    except InputError as error:
        raise InputError(f"{_show(path)}: {error}") from error
    speech = [turn.span.quote(reading.text) for turn in reading.turns]
    if not any(any(map(str.isalpha, said)) for said in speech):
        raise InputError(f"{_show(path)}: it holds no words; a transcript has at least one turn with words")
    languages = [detect(said) for said in speech]
    turns = tuple(
        replace(turn, language=language) for turn, language in zip(reading.turns, languages, strict=True)
    )
    language = choose(zip(languages, speech, strict=True))
    transcript = Transcript(
        id=_make_id(path, id),
        text=reading.text,
        turns=turns,
        language=detect(" ".join(speech)) if language == UNDETERMINED else language,
        source=_show(Path(path.name)),
        sha256=hashlib.sha256(data).hexdigest(),
    )
    return Imported(transcript, chosen.name, reading.encoding, reading.warnings)


@cache
def readers() -> dict[str, Reader]:
    """Return the registered readers, suffix -> reader. A reader whose package is not installed is left out."""
    out: dict[str, Reader] = {}
    for name in registry.names("mihqda.readers"):
        try:
            reader: Reader = registry.load("mihqda.readers", name)
        except PluginError:
            continue
        for suffix in reader.suffixes:
            out[suffix.lower()] = reader
    return out


def _choose_reader(path: Path) -> Reader:
    suffix = path.suffix.lower()
    reader = readers().get(suffix)
    if reader is None:
        what = f"unknown format {path.suffix}" if suffix else "a file without a suffix"
        way_out = _WAYS_OUT.get(suffix, "rename it if it is one of these, or save it as one")
        raise InputError(
            f"{_show(path)}: {what}; transcripts are read from {', '.join(sorted(readers()))}: {way_out}"
        )
    return reader


def _read_bytes(path: Path) -> bytes:
    try:
        if path.exists() and not path.is_file():
            what = "a folder" if path.is_dir() else "a device or a pipe"
            raise InputError(f"{_show(path)}: it is {what}, not a file")
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise InputError(
                f"{_show(path)}: it has {size:,} bytes, more than the {MAX_BYTES:,} allowed; is it a transcript?"
            )
        return path.read_bytes()
    except FileNotFoundError as error:
        raise InputError(f"{_show(path)}: there is no such file") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(
            f"{_show(path)}: it cannot be read ({reason}); check its permissions and its name"
        ) from error


def _make_id(path: Path, id: str | None) -> str:
    # file names from a Mac are decomposed; the id that a person types is not
    name = unicodedata.normalize("NFC", path.stem if id is None else id).strip()
    if not name or not name.isprintable():
        raise InputError(f"{_show(path)}: {name!r} cannot be the transcript's id; give another one with --id")
    return name


def _show(path: Path) -> str:
    # names that are not UTF-8 come with lone surrogates, which can neither be printed nor stored
    return str(path).encode("utf-8", "replace").decode()
