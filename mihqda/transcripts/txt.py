"""Read plain text (.txt): the text is the decoded file itself, turns are spans of the speech in it."""

from __future__ import annotations

from dataclasses import dataclass

from mihqda.encoding import decode
from mihqda.errors import InputError
from mihqda.transcripts.model import Reading
from mihqda.transcripts.turns import cut_turns


@dataclass(frozen=True, slots=True)
class TextReader:
    """Plain text or Markdown; in Markdown, headings and rules belong to no turn."""

    name: str
    suffixes: tuple[str, ...]
    has_headings: bool = False

    def read(self, data: bytes, *, encoding: str | None = None) -> Reading:
        """Return the file's text and turns; see `Reader`."""
        decoded = decode(data, encoding)
        cut = cut_turns(decoded.text, has_headings=self.has_headings)
        if not cut.turns:
            raise InputError("it holds no speech; a transcript has at least one turn with words")
        return Reading(decoded.text, cut.turns, decoded.encoding, decoded.warnings + cut.warnings)


reader = TextReader("txt", (".txt", ".text"))
