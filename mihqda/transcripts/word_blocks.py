"""What a Word document holds: paragraphs and tables, as the walker hands them on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import takewhile

from mihqda.transcripts.shapes import BOLD, HEADING, PLAIN

SOFT_BREAK = "\v\n"
"""A line break inside a paragraph: unlike LF alone it does not end the paragraph."""

_MAX_HEAD = 60


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text with marks for a bold or coloured beginning (`BOLD`, `PLAIN`) and before a heading (`HEADING`)."""

    text: str
    is_heading: bool = False
    is_styled: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; a cell is what stands in it."""

    rows: tuple[tuple[tuple[Block, ...], ...], ...]


Block = Paragraph | Table


@dataclass(slots=True)
class Content:
    """What a document holds: blocks in order, its notes in the order of their marks, and counts for warnings."""

    blocks: list[Block] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class Draft:
    """A paragraph while it is read: its text with whether it is bold or coloured, and its text boxes."""

    is_heading: bool = False
    is_merged: bool = False
    pieces: list[tuple[str, bool]] = field(default_factory=list)
    boxes: list[Block] = field(default_factory=list)

    def finish(self) -> Paragraph:
        """Return the paragraph, its bold or coloured beginning or its being a heading marked in the text."""
        text = "".join(piece for piece, _ in self.pieces)
        spoken = [is_styled for piece, is_styled in self.pieces if piece.strip()]
        if self.is_heading and spoken:
            return Paragraph(HEADING + text.replace(SOFT_BREAK, " "), True)
        styled = "".join(
            piece for piece, _ in takewhile(lambda one: one[1] or not one[0].strip(), self.pieces)
        )
        head = styled.partition(SOFT_BREAK)[0].rstrip()
        if 0 < len(head.lstrip()) <= _MAX_HEAD:
            start = len(head) - len(head.lstrip())
            text = f"{text[:start]}{BOLD}{text[start : len(head)]}{PLAIN}{text[len(head) :]}"
        return Paragraph(text, is_styled=bool(spoken) and all(spoken))


def plain_lines(blocks: Iterable[Block]) -> list[str]:
    """Return the paragraphs of blocks as lines; a row of a table is one, with tabs, if its cells are."""
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            lines.append(block.text)
            continue
        for row in block.rows:
            cells = [[line for line in plain_lines(cell) if line.strip()] for cell in row]
            if all(len(cell) <= 1 for cell in cells):
                lines.append("\t".join(line for cell in cells for line in cell))
            else:
                lines += [line for cell in cells for line in cell]
    return lines
