"""Report, and what it is made of: tables, figures, quotes, and the page that says how it was made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pandas as pd

from mihqda.reports.grid import Cell, Column, Grid, GridRow, Quote, rows_of
from mihqda.reports.plan import Language
from mihqda.reports.prose import show

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@dataclass(frozen=True, eq=False)
class ReportTable:
    """A table: tidy numbers, and how they are laid out.

    Parameters
    ----------
    id
        Such as ``T4``.
    name
        One word: of its Excel sheet and CSV file.
    title
        Its caption, without the id.
    frame
        One fact per row; goes to Excel and CSV as it stands.
    columns
        Those of `frame` that a page shows, in order.
    notes
        Sentences below the table.
    layout
        The grid, where it is not simply the columns of the frame.
    """

    id: str
    name: str
    title: str
    frame: pd.DataFrame
    columns: tuple[Column, ...]
    notes: tuple[str, ...] = ()
    layout: Grid | None = None

    def __post_init__(self) -> None:
        missing = {column.name for column in self.columns} - set(self.frame.columns)
        if missing:
            raise ValueError(f"table {self.id}: the frame lacks {', '.join(sorted(missing))}")

    @cached_property
    def grid(self) -> Grid:
        """The table as a page shows it."""
        if self.layout is not None:
            return self.layout
        rows = rows_of(self.frame, *(column.name for column in self.columns)) if self.columns else ()
        return Grid(self.columns, tuple(GridRow(tuple(Cell(show(value)) for value in row)) for row in rows))


class Draw(Protocol):
    """How to draw a frame: on the axes given, or on new ones of the right size."""

    def __call__(self, frame: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
        """Return the axes; ``ax.figure`` is the figure."""
        ...


@dataclass(frozen=True, eq=False)
class Figure:
    """A figure: its numbers, and how to draw them.

    Parameters
    ----------
    frame
        What is drawn.
    draw
        Draws `frame`, such as `mihqda.reports.figures.draw_dots`.
    alt
        What it shows, in words, for those who do not see it.
    """

    id: str
    title: str
    frame: pd.DataFrame
    draw: Draw
    alt: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Strip:
    """n of N people of a group, to be shown as a row of dots."""

    group: str
    n: int
    N: int


@dataclass(frozen=True, slots=True)
class Finding:
    """A line of the findings: words, and n of N for each group if it is about a theme.

    Parameters
    ----------
    text
        A sentence, or the name of a theme.
    more
        Behind the strips, or below.
    target
        Anchor of the quotes behind it.
    """

    text: str
    more: str = ""
    target: str = ""
    strips: tuple[Strip, ...] = ()


@dataclass(frozen=True, slots=True)
class FindingsBlock:
    """A heading of the findings, its lines, and the rule by which they were chosen."""

    title: str
    lines: tuple[Finding, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found, on one screen, in words of n and N."""

    blocks: tuple[FindingsBlock, ...]
    id: str = "S"
    title: str = "Findings"


@dataclass(frozen=True, slots=True)
class GroupQuotes:
    """The quotes behind one cell: those of a group on a theme.

    Parameters
    ----------
    count
        The cell's figure, such as ``2/7``.
    quotes
        Those that spread best come first.
    below
        Names and anchors of the child themes under which the other quotes of a parent are listed.
    """

    group: str
    anchor: str
    count: str
    quotes: tuple[Quote, ...]
    below: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class CrossedQuotes:
    """The quotes behind a cell of theme × phase, by their numbers."""

    phase: str
    anchor: str
    count: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ThemeQuotes:
    """The quotes of a theme, group by group, and which of them lie in which phase."""

    theme: str
    name: str
    anchor: str
    groups: tuple[GroupQuotes, ...]
    depth: int = 0
    crossed: tuple[CrossedQuotes, ...] = ()


@dataclass(frozen=True, slots=True)
class Quotes:
    """All quotes of a report, in the order of its theme table."""

    themes: tuple[ThemeQuotes, ...]
    frame: pd.DataFrame
    notes: tuple[str, ...] = ()
    id: str = "Q"
    title: str = "Quotes"


@dataclass(frozen=True, slots=True)
class Method:
    """What was counted and how: headings with sentences."""

    sections: tuple[tuple[str, tuple[str, ...]], ...]
    id: str = "M"
    title: str = "Method"


Part = ReportTable | Figure | Findings | Quotes | Method


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of a report, and the ids of the parts below it."""

    title: str
    parts: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Report:
    """A study's report: numbers and words; no file has been written and nothing has been drawn.

    Parameters
    ----------
    title, study
        What stands above it, and the name of the study.
    as_of
        Time of the study's last change, UTC: the report's date, because the same study gives the same report.
    tables, figures, quotes, method
        Its parts.
    sections
        In which order they are shown; what no section names goes to Excel and CSV alone.
    warnings
        What a reader must know before the numbers.
    facts
        Name -> value, below the title.
    findings
        What the report opens on; None if nobody asked for it.
    language
        Of its own words.
    """

    title: str
    study: str
    as_of: str
    tables: tuple[ReportTable, ...]
    figures: tuple[Figure, ...]
    quotes: Quotes
    method: Method
    sections: tuple[Section, ...]
    warnings: tuple[str, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)
    findings: Findings | None = None
    language: Language = "en"

    def __post_init__(self) -> None:
        parts = [part.id for part in self._parts()]
        if len(set(parts)) < len(parts):
            raise ValueError(f"two parts of a report have the same id: {', '.join(parts)}")
        unknown = {name for section in self.sections for name in section.parts} - set(parts)
        if unknown:
            raise ValueError(f"the report has no part {', '.join(sorted(unknown))}")

    def __getitem__(self, name: str) -> Part:
        """Return a part by its id."""
        for part in self._parts():
            if part.id == name:
                return part
        raise KeyError(
            f"the report has no part {name!r}; it has {', '.join(part.id for part in self._parts())}"
        )

    def _parts(self) -> tuple[Part, ...]:
        findings = () if self.findings is None else (self.findings,)
        return (*findings, *self.tables, *self.figures, self.quotes, self.method)


class ReportWriter(Protocol):
    """A format: registered in the group ``mihqda.reports``."""

    name: str

    def write(self, report: Report, directory: Path) -> tuple[Path, ...]:
        """Write a report into a folder that exists, and return the files; the same report, the same bytes.

        Raises
        ------
        OSError
            If a file cannot be written; the caller turns it into a message and puts things back.
        """
        ...
