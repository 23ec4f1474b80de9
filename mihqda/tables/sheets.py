"""What a sheet of a workbook holds, and how it looks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from mihqda.tables.values import Plain


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell looks.

    Parameters
    ----------
    align
        Left or right, or in the middle; numbers of a laid-out sheet stand right whatever Excel takes them for.
    indent
        Steps to the right, such as a child below its parent.
    is_head
        On the ground of a head.
    has_rule
        A line below it.
    """

    is_bold: bool = False
    align: Literal["left", "right", "center"] = "left"
    indent: int = 0
    size: int = 11
    is_head: bool = False
    has_rule: bool = False


PLAIN, HEAD = Look(), Look(is_bold=True)


@dataclass(frozen=True, slots=True)
class Entry:
    """A cell that is more than its value: it looks like something, or leads to another sheet."""

    value: Plain
    look: Look = PLAIN
    link: str = ""


@dataclass(frozen=True)
class Sheet:
    """One sheet, from its first row on.

    Parameters
    ----------
    title
        1 to 31 characters, no brackets, slashes, colon, star or question mark.
    rows
        Values, or entries where a cell has a look of its own; all rows are of one length.
    heads
        So many rows at the top stay in view, and are printed on every page.
    fixed
        So many columns at the left stay in view.
    widths
        Of the columns, in characters; by default as wide as their text.
    heights
        Row, from 0 -> its height in points; Excel fits the others to their text, but not to text in merged cells.
    merged
        Areas that are one cell: first row, first column, last row, last column, from 0.
    has_filter
        The last head row gets buttons to sort and filter by.
    is_landscape
        Printed across, as wide as the page.
    """

    title: str
    rows: Sequence[Sequence[Plain | Entry]]
    heads: int = 1
    fixed: int = 0
    widths: Sequence[float] | None = None
    heights: Mapping[int, float] = field(default_factory=dict)
    merged: tuple[tuple[int, int, int, int], ...] = ()
    has_filter: bool = False
    is_landscape: bool = False
