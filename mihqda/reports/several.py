"""L1: codings over the words of several people, for a decision."""

from __future__ import annotations

from mihqda.reports.grid import Cell, Column, Grid, GridRow, rows_of
from mihqda.reports.model import ReportTable
from mihqda.reports.prose import plural
from mihqda.snapshot import Snapshot
from mihqda.themes.several import codings_over_several

_COLUMNS = (
    Column("coding", "Coding", 16),
    Column("transcript", "Transcript", 14),
    Column("start", "From", 8, is_number=True),
    Column("end", "To", 8, is_number=True),
    Column("name", "Code", 26),
    Column("coder", "Coder", 10),
    Column("people", "Who speaks", 26),
)


def several_table(snapshot: Snapshot) -> ReportTable:
    """Return L1: one row per coding in which more than one person speaks."""
    names = dict(rows_of(snapshot.codes, "code", "name"))
    frame = codings_over_several(snapshot)
    frame.insert(5, "name", frame["code"].map(names).astype("str"))
    shown = rows_of(frame, *(column.name for column in _COLUMNS))
    layout = Grid(_COLUMNS, tuple(GridRow(tuple(Cell(str(value)) for value in row)) for row in shown))
    notes = (
        (
            f"{plural(len(frame), 'coding')} in which several people speak. Until somebody decides, each counts for "
            "all of them; where only one of them said it, take the coding away and code the words of that one. A turn "
            "that people share, as in a joint interview, may be right as it is. Positions count characters from 0.",
        )
        if len(frame)
        else ("No coding covers the words of several people.",)
    )
    return ReportTable(
        "L1", "several", "Codings over the words of several people", frame, _COLUMNS, notes, layout
    )
