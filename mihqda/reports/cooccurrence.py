"""T15: codes on the same words, a matrix on the page and a list of pairs in the frame."""

from __future__ import annotations

from collections import Counter

import pandas as pd

from mihqda.reports.codebook import tree_order
from mihqda.reports.grid import Cell, Column, Grid, GridRow, rows_of
from mihqda.reports.model import ReportTable
from mihqda.reports.wording import Wording
from mihqda.snapshot import Snapshot
from mihqda.themes.cooccurrence import cooccurrence

MOST_CODES = 25
"""Codes in the matrix of a page."""


def cooccurrence_table(snapshot: Snapshot, words: Wording) -> ReportTable:
    """Return T15: which codes cover the same words, and how many people say these."""
    frame = cooccurrence(snapshot)
    names = dict(rows_of(snapshot.codes, "code", "name"))
    frame.insert(1, "name_a", frame["code_a"].map(names).astype("str"))
    frame.insert(3, "name_b", frame["code_b"].map(names).astype("str"))
    met: Counter[str] = Counter()
    for one, other, segments in rows_of(frame, "code_a", "code_b", "segments"):
        met[one] += segments
        met[other] += segments
    in_order = [code for (code,) in rows_of(snapshot.codes.iloc[tree_order(snapshot)], "code") if code in met]
    most = set(sorted(in_order, key=lambda code: -met[code])[:MOST_CODES])
    shown = [code for code in in_order if code in most]
    layout = _matrix(frame, shown, names, words, has_people=not snapshot.participants.empty)
    return ReportTable(
        "T15",
        "cooccurrence",
        words.say("T15"),
        frame,
        (),
        _notes(frame, len(shown), len(in_order), words),
        layout,
    )


def _matrix(
    frame: pd.DataFrame, codes: list[str], names: dict[str, str], words: Wording, *, has_people: bool
) -> Grid:
    """Return the half below the diagonal; the columns have the numbers of the rows."""
    counts = {
        frozenset((one, other)): (participants, segments)
        for one, other, participants, segments in rows_of(
            frame, "code_a", "code_b", "participants", "segments"
        )
    }
    columns = (
        Column("code", words.say("col_code"), 36),
        *(Column(code, words.show(number), 6, is_number=True) for number, code in enumerate(codes[:-1], 1)),
    )
    rows = []
    for number, code in enumerate(codes, 1):
        line = [Cell(f"{number} · {names[code]}")]
        for other in codes[: len(columns) - 1]:
            found = counts.get(frozenset((code, other))) if codes.index(other) < number - 1 else None
            line.append(Cell(_shown(found, words, has_people=has_people) if found else ""))
        rows.append(GridRow(tuple(line)))
    return Grid(columns, tuple(rows))


def _shown(found: tuple[int, int], words: Wording, *, has_people: bool) -> str:
    participants, segments = found
    return (
        f"{words.show(participants)} ({words.show(segments)})" if has_people else f"({words.show(segments)})"
    )


def _notes(frame: pd.DataFrame, shown: int, codes: int, words: Wording) -> tuple[str, ...]:
    if frame.empty:
        return (words.say("note_no_pairs"),)
    notes = [words.say("note_matrix"), words.rules["cooccurrence"], words.say("note_no_association")]
    if shown < codes:
        notes.append(words.say("note_matrix_part", shown=shown, all=codes, pairs=len(frame)))
    return tuple(notes)
