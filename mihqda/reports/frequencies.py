"""C1: code frequencies."""

from __future__ import annotations

from mihqda.reports.codebook import depth_of_codes, tree_order
from mihqda.reports.counts import Counts
from mihqda.reports.grid import Cell, Column, Grid, GridRow, rows_of
from mihqda.reports.model import ReportTable
from mihqda.reports.wording import Wording
from mihqda.snapshot import Snapshot
from mihqda.themes.frequencies import frequencies


def frequencies_table(
    snapshot: Snapshot, counts: Counts, words: Wording, *, has_quotes: bool = True
) -> ReportTable:
    """Return C1: how often, by whom and where each code was applied; codes without codings are one line of notes."""
    frame = frequencies(snapshot)
    names = dict(rows_of(snapshot.codes, "code", "name"))
    frame.insert(1, "name", frame["code"].map(names).astype("str"))
    place = {
        code: at for at, (code,) in enumerate(rows_of(snapshot.codes.iloc[tree_order(snapshot)], "code"))
    }
    frame = frame.sort_values("code", key=lambda column: column.map(place), kind="stable").reset_index(
        drop=True
    )
    numbers = ("codings", "participants", "sessions", "transcripts", "coders", "words")
    columns = (
        Column("name", words.say("col_code"), 40),
        *(Column(name, words.say(f"col_{name}"), 12, is_number=True) for name in numbers),
    )
    anchors = {entry.theme: entry.anchor for entry in counts.entries} if has_quotes else {}
    depths = depth_of_codes(snapshot)
    rows = [
        GridRow(
            (Cell(name, target=anchors.get(code, "")), *(Cell(words.show(value)) for value in values)),
            depths[code],
        )
        for code, name, *values in rows_of(frame, "code", "name", *numbers)
    ]
    return ReportTable(
        "C1", "frequencies", words.say("C1"), frame, columns, _notes(counts, words, is_empty=not rows),
        Grid(columns, tuple(rows)),
    )  # fmt: skip


def _notes(counts: Counts, words: Wording, *, is_empty: bool) -> tuple[str, ...]:
    unused = tuple(
        words.say("note_unused", how_many=words.count(len(names), noun), names=words.listing(names))
        for noun, names in counts.unused
        if noun == "code"
    )
    if is_empty:
        return (words.say("note_no_codings"), *unused)
    return (words.rules["frequencies"], words.say("note_frequencies"), *unused)
