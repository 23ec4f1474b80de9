"""Tables of text that lose nothing: a cell that is too wide is folded, at words where it can be."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rich.cells import cell_len

GAP = "  "
KEEP = "\u00a0"
"""A space at which no line is broken: within an interval, say."""
_ROOM = 24
"""What a row is about (its first cell) keeps so much of its width for as long as the others can be folded."""
_FEW = 12
"""And so much of it before words of the others are broken."""
_NARROWEST = 10
"""Words longer than this are broken before a table grows wider than its terminal."""


def wrap(text: str, width: int, *, indent: str = "") -> list[str]:
    """Return the lines of a text, broken between words, and within a word only if it is wider than a line.

    Parameters
    ----------
    text
        May hold line breaks; they stay. At a `KEEP` no line is broken.
    width
        Columns of the terminal; wide characters count as two.
    indent
        Before each line but the first.
    """
    lines: list[str] = []
    for part in text.split("\n"):
        line = indent if lines else ""
        is_begun = False
        for word in re.split(r"[ \t]+", part.strip(" \t")):
            more = f"{line} {word}" if is_begun else line + word
            if is_begun and cell_len(more) > width:
                lines.append(line)
                more = indent + word
            line, is_begun = more, True
            while cell_len(line) > width:
                head = _fitting(line, width)
                lines.append(line[:head])
                line = indent + line[head:]
        lines.append(line)
    return lines


def lay_out(
    columns: Sequence[str], rows: Sequence[Sequence[str]], *, width: int, numbers: Sequence[bool] = ()
) -> list[str]:
    """Return the lines of a table: the head, a rule, then the rows.

    Where folding cells does not do, the table is wider than `width`, and nothing of it is left out.

    Parameters
    ----------
    columns, rows
        Headings and cells.
    width
        Of the terminal.
    numbers
        Which columns stand right and are never folded.
    """
    right = list(numbers) or [False] * len(columns)
    widths, gap = _allot(columns, rows, width, right)
    out = _lines(columns, widths, right, gap)
    out.append("─" * (sum(widths) + len(gap) * (len(widths) - 1)))
    for row in rows:
        out += _lines(row, widths, right, gap)
    return out


def _allot(
    columns: Sequence[str], rows: Sequence[Sequence[str]], width: int, numbers: Sequence[bool]
) -> tuple[list[int], str]:
    """Return how wide each column is, and what stands between them; the widest are folded first."""
    cells = [[row[at] for row in rows] for at in range(len(columns))]
    wanted = [
        max(_longest_line(head), *map(_longest_line, some), 1)
        for head, some in zip(columns, cells, strict=True)
    ]
    whole = [
        max(_longest_word(head), *map(_longest_line if is_number else _longest_word, some), 1)
        for head, some, is_number in zip(columns, cells, numbers, strict=True)
    ]
    folded = [
        least if is_number else min(least, _NARROWEST)
        for least, is_number in zip(whole, numbers, strict=True)
    ]
    much, few = (max(min(whole[0], _ROOM), min(room, wanted[0])) for room in (_ROOM, _FEW))
    steps = (
        (GAP, [much, *whole[1:]]),
        (GAP, [few, *whole[1:]]),
        (" ", [few, *whole[1:]]),
        (" ", [few, *folded[1:]]),
        (" ", folded),
    )
    widths = wanted
    for gap, least in steps:
        room = width - len(gap) * (len(columns) - 1)
        widths = _narrow(widths, least, room)
        if sum(widths) <= room:
            break
    return widths, gap


def _narrow(widths: Sequence[int], least: Sequence[int], room: int) -> list[int]:
    out = list(widths)
    while sum(out) > room:
        can = [at for at in range(len(out)) if out[at] > least[at]]
        if not can:
            break
        out[max(can, key=lambda at: out[at])] -= 1
    return out


def _lines(cells: Sequence[str], widths: Sequence[int], right: Sequence[bool], gap: str) -> list[str]:
    folded = [wrap(cell, width) for cell, width in zip(cells, widths, strict=True)]
    return [
        gap.join(
            _fill(lines[at] if at < len(lines) else "", width, is_right)
            for lines, width, is_right in zip(folded, widths, right, strict=True)
        )
        .replace(KEEP, " ")
        .rstrip()
        for at in range(max(map(len, folded)))
    ]


def _fill(text: str, width: int, is_right: bool) -> str:
    blank = " " * max(0, width - cell_len(text))
    return blank + text if is_right else text + blank


def _longest_line(text: str) -> int:
    return max(map(cell_len, text.split("\n")))


def _longest_word(text: str) -> int:
    return max(map(cell_len, re.split(r"[ \t\n]+", text)))


def _fitting(line: str, width: int) -> int:
    """Return after how many characters a line that is too wide is broken: after a dot or a dash if there is one."""
    most = next(at for at in range(len(line), 0, -1) if cell_len(line[:at]) <= width or at == 1)
    soft = max((line.rfind(mark, 0, most) + 1 for mark in "._/-:"), default=0)
    return soft if soft > most // 3 else most
