"""T3: the codes and their rules."""

from __future__ import annotations

import pandas as pd

from mihqda.reports.grid import Cell, Column, Grid, GridRow, rows_of
from mihqda.reports.model import ReportTable
from mihqda.reports.prose import listing, plural
from mihqda.snapshot import Snapshot

_COLUMNS = (
    Column("code", "Id", 18),
    Column("name", "Name", 16),
    Column("definition", "Definition", 28),
    Column("include", "Include", 22),
    Column("exclude", "Exclude", 20),
    Column("example", "Example", 22),
    Column("origin", "Origin", 10),
    Column("version", "Added in", 9),
    Column("codings", "Codings", 9, is_number=True),
)
_OPTIONAL = ("definition", "include", "exclude", "example")


def codebook_table(snapshot: Snapshot) -> ReportTable:
    """Return T3: every code in its tree, with its rules and how many codings it has of its own.

    The frame adds ``codebook, kind, parent, depth, codable, retired``; a container has no codings (NA). What
    no code has is left out of the page, not of the frame.
    """
    codes = snapshot.codes
    used = snapshot.codings.groupby("code").size()
    frame = codes[["code", "codebook", "name", "kind", "parent"]].copy()
    depths = depth_of_codes(snapshot)
    frame["depth"] = [depths[code] for code in codes["code"]]
    for name in ("definition", "include", "exclude", "example", "origin", "version", "codable", "retired"):
        frame[name] = codes[name]
    counts = [int(used.get(code, 0)) for code in codes["code"]]
    frame["codings"] = pd.Series(counts, dtype="Int64", index=frame.index).mask(
        ~codes["codable"].astype(bool) & (pd.Series(counts, index=frame.index) == 0)
    )
    order = tree_order(snapshot)
    frame = frame.iloc[order].reset_index(drop=True)
    shown = tuple(one for one in _COLUMNS if one.name not in _OPTIONAL or any(frame[one.name]))
    return ReportTable(
        "T3", "codebook", "Codebook", frame, shown, _notes(snapshot, frame), _layout(frame, shown)
    )


def depth_of_codes(snapshot: Snapshot) -> dict[str, int]:
    """Return code -> how many codes stand above it."""
    depths: dict[str, int] = dict.fromkeys(snapshot.codes["code"], -1)
    for below in snapshot.descendants.values():
        for code in below:
            depths[code] += 1
    return depths


def tree_order(snapshot: Snapshot) -> list[int]:
    """Return the rows of the codes so that children follow their parent, otherwise as the codebooks list them."""
    children: dict[str, list[tuple[str, int]]] = {}
    for row, (code, parent) in enumerate(rows_of(snapshot.codes, "code", "parent")):
        children.setdefault(parent, []).append((code, row))
    order: list[int] = []
    waiting = list(reversed(children.get("", [])))
    while waiting:
        code, row = waiting.pop()
        order.append(row)
        waiting += reversed(children.get(code, []))
    return order


def _layout(frame: pd.DataFrame, shown: tuple[Column, ...]) -> Grid:
    rows = []
    for record in frame.to_dict("records"):
        state = (
            "retired" if record["retired"] else "container, not coded itself" if not record["codable"] else ""
        )
        cells = []
        for column in shown:
            value = record[column.name]
            if column.name == "codings":
                cells.append(Cell("" if pd.isna(value) else str(value)))
            else:
                cells.append(Cell(str(value), state if column.name == "name" else ""))
        rows.append(GridRow(tuple(cells), record["depth"], not record["codable"]))
    return Grid(shown, tuple(rows))


def _notes(snapshot: Snapshot, frame: pd.DataFrame) -> tuple[str, ...]:
    if frame.empty:
        return ("The study has no codebook yet; `mihqda codebook` lists what there is to add.",)
    books = [
        f"{book} {snapshot.versions[book]}"
        for book in frame["codebook"].unique()
        if book in snapshot.versions
    ]
    applied = frame[frame["codable"].astype(bool)]
    used = int((applied["codings"] > 0).sum())
    return (
        f"{plural(len(applied), 'code')}, {used} of them used here"
        + (f"; codebooks: {listing(books)}" if books else "")
        + ". Codings are a code's own, of all coders chosen; codes below it are not added.",
    )
