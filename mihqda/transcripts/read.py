"""Read a file of any known format into a Transcript."""

from __future__ import annotations

import dataclasses
import hashlib
from dataclasses import dataclass
from pathlib import Path

from mihqda import registry
from mihqda.errors import InputError
from mihqda.transcripts.language import detect
from mihqda.transcripts.model import Transcript


@dataclass(frozen=True, slots=True)
class Imported:
    """A transcript with how it was read."""

    transcript: Transcript
    reader: str
    encoding: str
    warnings: tuple[str, ...]


def read_transcript(path: Path, *, id: str | None = None, encoding: str | None = None) -> Imported:
    """Read a file."""
    for name in registry.names("mihqda.readers"):
        if name != path.suffix.lower()[1:]:
            continue
        reader = registry.load("mihqda.readers", name)
        data = path.read_bytes()
        try:
            reading = reader.read(data, encoding=encoding)
        except InputError as e:
            raise InputError(f"{path.name}: {e}") from e
        turns = tuple(dataclasses.replace(t, language=detect(t.span.quote(reading.text))) for t in reading.turns)
        return Imported(Transcript(id or path.stem, reading.text, turns, "en", path.name, hashlib.sha256(data).hexdigest()), name, reading.encoding, reading.warnings)
    raise InputError(f"{path.name}: unknown format {path.suffix}")
