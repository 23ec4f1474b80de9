"""Read Word documents (.docx): paragraphs with labels as in plain text, or tables of turns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mihqda.errors import InputError
from mihqda.transcripts.model import Reading, Speech, compose
from mihqda.transcripts.shapes import BOLD, HEADING, PLAIN
from mihqda.transcripts.times import CLOCK
from mihqda.transcripts.turns import cut_turns

if TYPE_CHECKING:
    from mihqda.transcripts.word_blocks import Block, Content
    from mihqda.transcripts.word_tables import Columns, Row

_MARKS = re.compile(f"[{BOLD}{PLAIN}{HEADING}]")
_INNER_STAMP = re.compile(rf"[ \t]*(?:\[\s*{CLOCK}\s*\]|#\s*{CLOCK}\s*#)")
_PARAGRAPH_END = re.compile(r"\s*(?<!\v)\n\s*")
_COUNTS = {
    "insertions": "tracked insertion(s) kept",
    "deletions": "tracked deletion(s) left out",
    "hidden": "hidden character(s) left out",
    "boxes": "text box(es) read after their paragraph",
    "chunks": "embedded document(s) not read",
}


@dataclass(frozen=True, slots=True)
class WordReader:
    """Word 2007 and later."""

    name: str
    suffixes: tuple[str, ...]

    def read(self, data: bytes, *, encoding: str | None = None) -> Reading:
        """Return the file's text and turns; see `Reader`. A Word file says its encoding itself."""
        from mihqda.transcripts.word_parts import open_parts
        from mihqda.transcripts.word_walk import read_content

        parts = open_parts(data)
        content = read_content(
            parts.document, footnotes=parts.footnotes, endnotes=parts.endnotes, styles=parts.styles
        )
        speeches, warnings = _to_speeches(content.blocks)
        notes = [f"[{number}] {note}" for number, note in enumerate(content.notes, 1) if note]
        text, turns = compose([*speeches, *notes])
        if not turns:
            raise InputError("it holds no speech; a transcript has at least one turn with words")
        return Reading(text, turns, "", (*_count(content, len(notes)), *warnings))


reader = WordReader("docx", (".docx",))


def _count(content: Content, notes: int) -> list[str]:
    out = [f"{content.counts[key]} {what}" for key, what in _COUNTS.items() if content.counts[key]]
    return [*out, f"{notes} footnote(s) stand at the end and belong to no turn"] if notes else out


def _to_speeches(blocks: list[Block]) -> tuple[list[Speech | str], list[str]]:
    """Return the turns of tables that hold turns, and of the paragraphs and other tables by their labels.

    Where tables hold the turns, paragraphs without labels are text of no turn.
    """
    from mihqda.transcripts.word_blocks import Paragraph, plain_lines
    from mihqda.transcripts.word_tables import read_rows, read_turns

    columns = _find_columns(blocks)
    out: list[Speech | str] = []
    warnings: list[str] = []
    lines: list[str] = []

    def flush() -> None:
        if any(line.strip() for line in lines):
            speeches, said = _read_lines(lines, is_beside=bool(columns))
            out.extend(speeches)
            warnings.extend(said)
        lines.clear()

    for block in blocks:
        rows = [] if isinstance(block, Paragraph) else read_rows(block)
        if isinstance(block, Paragraph) or not any(len(row) in columns for row in rows):
            lines += plain_lines([block])
            continue
        flush()
        for width, some in _group(rows):
            if width in columns:
                out += read_turns(some, columns[width])
            else:
                out += [" ".join(line for cell in row for line in cell) for row in some]
    flush()
    if not columns and not any(isinstance(one, Speech) and one.speakers for one in out):
        styled = sum(isinstance(block, Paragraph) and block.is_styled for block in blocks)
        if (
            3
            <= styled
            < len([block for block in blocks if isinstance(block, Paragraph) and block.text.strip()])
        ):
            warnings.append(
                f"{styled} paragraphs are wholly bold or coloured, perhaps one speaker's: labels before them would tell"
            )
    return [_clean(one) for one in out], warnings


def _find_columns(blocks: list[Block]) -> dict[int, Columns]:
    """Return the columns of tables that hold turns, number of cells in a row -> columns.

    Rows of all tables vote together, for some programs write a table per turn.
    """
    from mihqda.transcripts.word_blocks import Table
    from mihqda.transcripts.word_tables import find_columns, read_rows

    by_width: dict[int, list[Row]] = {}
    for block in blocks:
        for row in read_rows(block) if isinstance(block, Table) else ():
            by_width.setdefault(len(row), []).append(row)
    found = {width: find_columns(rows) for width, rows in by_width.items()}
    return {width: columns for width, columns in found.items() if columns}


def _group(rows: list[Row]) -> Iterator[tuple[int, list[Row]]]:
    """Yield neighbouring rows of the same number of cells together."""
    some: list[Row] = []
    for row in rows:
        if some and len(row) != len(some[0]):
            yield len(some[0]), some
            some = []
        some.append(row)
    if some:
        yield len(some[0]), some


def _read_lines(lines: list[str], *, is_beside: bool) -> tuple[list[Speech | str], tuple[str, ...]]:
    text = "\n".join(lines)
    cut = cut_turns(text, has_headings=True, is_word=True)
    if is_beside and not any(turn.speakers for turn in cut.turns):
        return [text], ()
    found: list[tuple[int, Speech | str]] = [(aside.start, aside.quote(text)) for aside in cut.asides]
    for turn in cut.turns:
        found.append((turn.span.start, Speech(turn.speakers, turn.span.quote(text), turn.start, turn.end)))
    return [one for _, one in sorted(found, key=lambda pair: pair[0])], cut.warnings


def _clean(one: Speech | str) -> Speech | str:
    """Return speech without marks and inner stamps, its paragraphs parted by a blank line."""
    text = _MARKS.sub("", one if isinstance(one, str) else one.text)
    if isinstance(one, Speech):
        text = _INNER_STAMP.sub("", text)
    text = _PARAGRAPH_END.sub("\n\n", text).replace("\v\n", "\n")
    return text if isinstance(one, str) else Speech(one.speakers, text, one.start, one.end)
