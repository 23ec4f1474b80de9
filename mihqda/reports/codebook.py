"""T3: the codes and their rules."""

from __future__ import annotations

import unicodedata

import pandas as pd

from mihqda.reports.grid import Cell, Column, Grid, GridRow, rows_of
from mihqda.reports.model import ReportTable
from mihqda.reports.wording import Wording
from mihqda.snapshot import Snapshot

_WIDTHS = {
    "code": 18, "name": 16, "definition": 28, "include": 22, "exclude": 20, "example": 22, "origin": 10, "version": 9,
    "codings": 10,
}  # fmt: skip
_OPTIONAL = ("definition", "include", "exclude", "example")


def codebook_table(snapshot: Snapshot, words: Wording) -> ReportTable:
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
    shown = tuple(
        Column(name, words.say("col_id" if name == "code" else f"col_{name}"), width, name == "codings")
        for name, width in _WIDTHS.items()
        if name not in _OPTIONAL or any(frame[name])
    )
    return ReportTable(
        "T3",
        "codebook",
        words.say("T3"),
        frame,
        shown,
        _notes(snapshot, frame, words),
        _layout(frame, shown, words),
    )


def depth_of_codes(snapshot: Snapshot) -> dict[str, int]:
    """Return code -> how many codes stand above it."""
    depths: dict[str, int] = dict.fromkeys(snapshot.codes["code"], -1)
    for below in snapshot.descendants.values():
        for code in below:
            depths[code] += 1
    return depths


def name_key(name: str) -> tuple[str, str]:
    """Return by what a name is sorted: without capitals and accents first."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return "".join(ch for ch in plain if not unicodedata.combining(ch)), name


def tree_order(snapshot: Snapshot, *, by_name: bool = False) -> list[int]:
    """Return the rows of the codes so that children follow their parent, otherwise as the codebooks list them.

    Parameters
    ----------
    by_name
        Put codes of the same parent by the alphabet instead.
    """
    children: dict[str, list[tuple[str, int]]] = {}
    for row, (code, parent) in enumerate(rows_of(snapshot.codes, "code", "parent")):
        children.setdefault(parent, []).append((code, row))
    if by_name:
        names = list(snapshot.codes["name"])
        for below in children.values():
            below.sort(key=lambda one: name_key(names[one[1]]))
    order: list[int] = []
    waiting = list(reversed(children.get("", [])))
    while waiting:
        code, row = waiting.pop()
        order.append(row)
        waiting += reversed(children.get(code, []))
    return order


def _layout(frame: pd.DataFrame, shown: tuple[Column, ...], words: Wording) -> Grid:
    rows = []
    for record in frame.to_dict("records"):
        state = (
            words.say("retired") if record["retired"] else "" if record["codable"] else words.say("container")
        )
        cells = []
        for column in shown:
            value = record[column.name]
            if column.name == "codings":
                cells.append(Cell("" if pd.isna(value) else words.show(value)))
            else:
                cells.append(Cell(str(value), state if column.name == "name" else ""))
        rows.append(GridRow(tuple(cells), record["depth"], not record["codable"]))
    return Grid(shown, tuple(rows))


def _notes(snapshot: Snapshot, frame: pd.DataFrame, words: Wording) -> tuple[str, ...]:
    if frame.empty:
        return (words.say("note_no_codebook"),)
    books = [
        f"{book} {snapshot.versions[book]}"
        for book in frame["codebook"].unique()
        if book in snapshot.versions
    ]
    applied = frame[frame["codable"].astype(bool)]
    used = int((applied["codings"] > 0).sum())
    return (
        words.say(
            "note_codebook_of" if books else "note_codebook",
            codes=words.count(len(applied), "code"), used=used, books=words.listing(books),
        ),
    )  # fmt: skip
