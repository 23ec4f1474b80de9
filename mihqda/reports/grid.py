"""What a table looks like on a page: columns, rows and cells, and the quotes in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    from mihqda.reports.wording import Wording


def rows_of(frame: pd.DataFrame, *columns: str) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of some columns, or of all, as tuples of Python values; much faster than `itertuples`."""
    return zip(*(frame[column].tolist() for column in columns or frame.columns), strict=True)


@dataclass(frozen=True, slots=True)
class Column:
    """A column as people read it.

    Parameters
    ----------
    name
        In the frame.
    label
        On the page.
    width
        Its share of the page's width, about in characters.
    is_number
        Set to the right.
    """

    name: str
    label: str
    width: int = 10
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """What was said before a quote: exactly some of its transcript, and who said it.

    Parameters
    ----------
    is_cut
        The text is only the end of what was said.
    """

    text: str
    speaker: str
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """Coded text in a report: always exactly ``texts[transcript][start:end]``.

    Parameters
    ----------
    codings
        Ids; several if several coders coded the same span.
    attribution
        Who said it, as it stands behind the quote: ``(P07, project lead)``.
    speakers
        Ids of participants; `groups` are theirs, ``(unassigned)`` among them if somebody is not registered.
    starts_at
        Seconds into the recording, or None.
    is_over_several
        It covers the words of several people, so that it shows less than it seems to.
    is_chosen
        It is among those that spread best over people, sessions and groups (see `mihqda.reports.spread`).
    is_by_id
        Ids, transcript and time may stand beside it; otherwise the attribution is all that says who said it.
    context
        What was said before it.
    number
        In the list of quotes, from 1.
    """

    codings: tuple[str, ...]
    transcript: str
    start: int
    end: int
    text: str
    attribution: str
    speakers: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    session: str = ""
    starts_at: float | None = None
    coders: tuple[str, ...] = ()
    valences: tuple[str, ...] = ()
    is_over_several: bool = False
    is_chosen: bool = False
    is_by_id: bool = True
    context: Context | None = None
    number: int = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a grid: text, a smaller line below it, quotes, and the anchor of what stands behind it."""

    text: str = ""
    note: str = ""
    target: str = ""
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row of a grid; `depth` counts the parents above it, `is_strong` sets its head in bold."""

    cells: tuple[Cell, ...]
    depth: int = 0
    is_strong: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as it is laid out on a page; the first cell of a row is its head."""

    columns: tuple[Column, ...]
    rows: tuple[GridRow, ...]

    def __post_init__(self) -> None:
        for number, row in enumerate(self.rows, 1):
            if len(row.cells) != len(self.columns):
                raise ValueError(f"grid row {number} has {len(row.cells)} cells, not {len(self.columns)}")

    @property
    def width(self) -> int:
        """The width of its columns together, about in characters."""
        return sum(column.width for column in self.columns)


def lay_out(frame: pd.DataFrame, columns: Sequence[Column], words: Wording) -> Grid:
    """Return some columns of a frame as a grid, a row for each of its rows."""
    rows = rows_of(frame, *(column.name for column in columns)) if columns else iter(())
    return Grid(
        tuple(columns), tuple(GridRow(tuple(Cell(words.show(value)) for value in row)) for row in rows)
    )
