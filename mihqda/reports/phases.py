"""T10: themes by phase; and what comes after the last phase, apart."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from mihqda.reports.counts import Counts, Entry
from mihqda.reports.grid import Cell, Column, Grid, GridRow, rows_of
from mihqda.reports.model import ReportTable
from mihqda.reports.wording import Wording
from mihqda.snapshot import Snapshot
from mihqda.themes.phases import COLUMNS, PhaseCell, phase_cells

BEYOND = "beyond"
"""The kind of code for what comes after the last phase."""


@dataclass(frozen=True, eq=False)
class Crossing:
    """Themes crossed with the codes of one kind.

    Parameters
    ----------
    kind
        ``phase`` or ``beyond``.
    names
        Phase -> its name, in the codebooks' order.
    cells
        Theme -> a cell for each phase; themes without a cell that counts anything are left out.
    """

    kind: str
    names: dict[str, str]
    cells: dict[str, tuple[PhaseCell, ...]] = field(repr=False)

    def cells_of(self, theme: str) -> tuple[PhaseCell, ...]:
        """Return the cells of a theme, none if it is not crossed."""
        return self.cells.get(theme, ())

    def anchor(self, entry: Entry, phase: str) -> str:
        """Return the anchor of a cell's quotes."""
        letter = "b" if self.kind == BEYOND else "p"
        return f"{entry.anchor}-{letter}{list(self.names).index(phase) + 1}"

    def count(self, cell: PhaseCell, words: Wording) -> str:
        """Return what a cell counts: ``3 (4)``, participants and mentions; without people ``(4)``."""
        if not cell.mentions:
            return ""
        return (
            f"{words.show(cell.participants)} ({words.show(cell.mentions)})"
            if cell.N
            else f"({cell.mentions})"
        )


def cross_phases(snapshot: Snapshot) -> tuple[Crossing, Crossing]:
    """Cross the themes with the phases, and with what comes after the last of them.

    Neither the phases nor what comes after are themes here.
    """
    codes = snapshot.codes
    below = snapshot.descendants
    beyond = {
        code
        for kind in ("phase", BEYOND)
        for one in codes["code"][codes["kind"] == kind]
        for code in below[one]
    }
    above = {code for code, there in below.items() if not beyond.isdisjoint(there)}
    out = beyond | above
    found = []
    for kind in ("phase", BEYOND):
        names = dict(rows_of(codes[codes["kind"] == kind], "code", "name"))
        cells: dict[str, tuple[PhaseCell, ...]] = {}
        for cell in phase_cells(snapshot, kind=kind):
            if cell.theme not in out:
                cells[cell.theme] = (*cells.get(cell.theme, ()), cell)
        found.append(Crossing(kind, names, cells))
    return found[0], found[1]


def phases_table(
    counts: Counts, crossing: Crossing, words: Wording, *, has_quotes: bool = True
) -> ReportTable:
    """Return T10, or T10b for what comes after the last phase.

    Parameters
    ----------
    has_quotes
        Whether the cells can lead to their quotes.
    """
    name = "T10b" if crossing.kind == BEYOND else "T10"
    rows, lines = [], []
    for entry in counts.entries:
        cells = crossing.cells_of(entry.theme)
        if not cells:
            continue
        rows += [(*cell[:-1], entry.name, crossing.names[cell.phase]) for cell in cells]
        line = [Cell(entry.name, target=entry.anchor if has_quotes else "")]
        for cell in cells:
            target = crossing.anchor(entry, cell.phase) if has_quotes and cell.mentions else ""
            line.append(Cell(crossing.count(cell, words), target=target))
        lines.append(GridRow(tuple(line), entry.depth, entry.depth == 0))
    frame = pd.DataFrame(rows, columns=[*COLUMNS, "name", "phase_name"])
    frame = frame[["theme", "name", "phase", "phase_name", "participants", "N", "mentions"]]
    width = max(12, min(18, 84 // max(len(crossing.names), 1)))
    columns = (
        Column("theme", words.say("col_theme"), 34),
        *(Column(phase, label, width, is_number=True) for phase, label in crossing.names.items()),
    )
    layout = Grid(columns, tuple(lines)) if lines else Grid(columns[:1], ())
    title = words.say("T10b") if crossing.kind == BEYOND else words.say("T10")
    table_name = "beyond" if crossing.kind == BEYOND else "phases"
    return ReportTable(name, table_name, title, frame, (), _notes(crossing, words), layout)


def _notes(crossing: Crossing, words: Wording) -> tuple[str, ...]:
    if not crossing.names:
        return (words.say("note_no_phases"),)
    if not crossing.cells:
        return (words.say("note_phase_none"),)
    size = next(iter(crossing.cells.values()))[0].N
    notes = [
        words.say("note_phase_cells", N=size) if size else words.say("note_phase_talk"),
        words.rules["phases"],
    ]
    notes.append(words.say("note_beyond") if crossing.kind == BEYOND else words.say("note_phase_sums"))
    return tuple(notes)
