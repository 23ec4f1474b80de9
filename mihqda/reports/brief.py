"""Tables as a printed document has room for them; the whole of them is on the web page and in the workbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from mihqda.reports.grid import Cell, Column, Grid, GridRow, rows_of
from mihqda.reports.model import ReportTable
from mihqda.reports.wording import Wording

_MOST_ROWS = 40
_MOST_PAIRS = 25
_LONG = ("L1", "M1", "M2", "M3", "C1", "U3")  # lists, of which the first rows show what they are about
_QUOTES_IN_ROW = 1


def brief(table: ReportTable, words: Wording) -> tuple[Grid, tuple[str, ...]]:
    """Return a table's grid and notes for paper.

    The theme table has one quote to a theme, and no definitions, which stand in the codebook; the codebook has
    the codes that were used, by name; of a long list the first rows are shown, of pairs of codes those that occur most.
    """
    if table.id == "T3":
        return _codebook(table, words)
    if table.id == "T4":
        return _themes(table.grid), table.notes
    if table.id == "T15":
        return _pairs(table, words)
    grid = table.grid
    if table.id in _LONG and len(grid.rows) > _MOST_ROWS:
        more = words.say("more_rows", number=len(grid.rows) - _MOST_ROWS)
        return Grid(grid.columns, grid.rows[:_MOST_ROWS]), (more, *table.notes)
    return grid, table.notes


def _themes(grid: Grid) -> Grid:
    widths = {"theme": 30, "quotes": 66}
    columns = tuple(
        replace(one, width=widths.get(one.name, _fit([row.cells[at] for row in grid.rows])))
        for at, one in enumerate(grid.columns)
    )
    rows = []
    for row in grid.rows:
        head, *others = row.cells
        cells = (
            replace(head, note=""),
            *(replace(one, quotes=one.quotes[:_QUOTES_IN_ROW]) for one in others),
        )
        rows.append(replace(row, cells=cells))
    return Grid(columns, tuple(rows))


def _fit(cells: Sequence[Cell]) -> int:
    """Return the width of numbers with their notes."""
    return max((len(text) for cell in cells for text in (cell.text, cell.note)), default=0) + 1


def _pairs(table: ReportTable, words: Wording) -> tuple[Grid, tuple[str, ...]]:
    """Return the pairs of codes that most stretches of text share; the matrix is a figure."""
    columns = (
        Column("name_a", words.say("col_code"), 40),
        Column("name_b", words.say("col_code"), 40),
        Column("segments", words.say("col_stretches"), 12, is_number=True),
        Column("participants", words.say("col_participants"), 12, is_number=True),
    )
    most = table.frame.sort_values("segments", ascending=False, kind="stable")
    shown = most.head(_MOST_PAIRS)
    notes = [words.rules["cooccurrence"], words.say("note_no_association")] if len(shown) else [*table.notes]
    if len(shown) < len(most):
        notes.insert(0, words.say("more_rows", number=len(most) - len(shown)))
    rows = rows_of(shown, *(column.name for column in columns))
    cells = (GridRow(tuple(Cell(words.show(value)) for value in row)) for row in rows)
    return Grid(columns, tuple(cells)), tuple(notes)


def _codebook(table: ReportTable, words: Wording) -> tuple[Grid, tuple[str, ...]]:
    names = {column.name: at for at, column in enumerate(table.grid.columns)}
    kept = [name for name in ("name", "definition", "codings") if name in names]
    if "name" not in kept or not table.grid.rows:
        return table.grid, table.notes
    widths = {"name": 36, "definition": 70, "codings": 10}
    columns = tuple(replace(table.grid.columns[names[name]], width=widths[name]) for name in kept)
    is_used = _used(table)
    if not any(is_used):
        is_used = [True] * len(is_used)  # a codebook before the coding has begun
    rows = tuple(
        GridRow(tuple(replace(row.cells[names[name]], note="") for name in kept), row.depth, row.is_strong)
        for row, used in zip(table.grid.rows, is_used, strict=True)
        if used
    )
    unused = [
        str(name)
        for (name, codable), used in zip(rows_of(table.frame, "name", "codable"), is_used, strict=True)
        if not used and codable
    ]
    folded = (words.say("brief_unused", names=words.listing(unused)),) if unused else ()
    return Grid(columns, rows), (*table.notes, words.say("brief_codebook"), *folded)


def _used(table: ReportTable) -> list[bool]:
    """Tell for each code whether it, or one below it, has codings."""
    used: list[bool] = []
    above: list[tuple[int, int]] = []  # depth and row of the codes above
    for row, (depth, codings) in enumerate(rows_of(table.frame, "depth", "codings")):
        while above and above[-1][0] >= depth:
            above.pop()
        above.append((int(depth), row))
        used.append(False)
        if codings is not pd.NA and codings > 0:
            for _, place in above:
                used[place] = True
    return used
