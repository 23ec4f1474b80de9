"""Rows -> CSV, XLSX and JSONL files."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import TextIO

from mihqda.tables.replace import replacing
from mihqda.tables.sheets import Sheet
from mihqda.tables.values import Plain, guard, shown, simplify, to_text
from mihqda.tables.workbook import make_workbook

Rows = Iterable[Sequence[object]]


def write_csv(target: Path | TextIO, columns: Sequence[str], rows: Rows) -> None:
    """Write rows as CSV: commas, LF line ends, decimal points, quotation marks where needed.

    A file is UTF-8 with a byte order mark, without which Excel takes it for cp1252; a stream gets no mark.
    Where Excel separates lists by semicolons, people will open `write_xlsx` more easily.

    Parameters
    ----------
    target
        A path, replaced only when all is written, or an open text stream.
    columns
        The head.
    rows
        As long as `columns`; None, NaN and NA are empty cells.

    Raises
    ------
    InputError
        If the target cannot be written.
    ValueError
        If a row is not as long as `columns`.
    """
    lines = ([guard(shown(cell)) for cell in cells] for cells in _check(columns, rows))
    if isinstance(target, Path):
        with replacing(target) as file:
            stream = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
            csv.writer(stream, lineterminator="\n").writerows(lines)
            stream.detach()
    else:
        csv.writer(target, lineterminator="\n").writerows(lines)


def write_jsonl(target: Path | TextIO, columns: Sequence[str], rows: Rows) -> None:
    """Write rows as JSONL, one object a line, in UTF-8; numbers, booleans and lists stay what they are.

    Takes and raises what `write_csv` does. None, NaN and NA are null, dates ISO 8601.
    """
    cells = _check(columns, rows)
    names = [to_text(name) for name in next(cells)]
    lines = (
        json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False, default=to_text) + "\n"
        for row in cells
    )
    if isinstance(target, Path):
        with replacing(target) as file:
            file.writelines(line.encode() for line in lines)
    else:
        target.writelines(lines)


def write_xlsx(target: Path, sheets: Mapping[str, tuple[Sequence[str], Rows]]) -> None:
    """Write sheets as an Excel workbook: bold frozen head, wrapped cells, columns as wide as their text.

    Texts stay texts, whatever they look like, numbers and booleans stay what they are, dates become text in
    ISO 8601. The same rows give the same bytes.

    Parameters
    ----------
    target
        A path, replaced only when all is written.
    sheets
        Title -> columns, rows; titles have 1 to 31 characters, no brackets, slashes,
        colon, star or question mark.

    Raises
    ------
    InputError
        If the target cannot be written, a title is not allowed, or something is more than Excel can hold
        (a text of 32,767 characters, 1,048,576 rows, 16,384 columns).
    ValueError
        If a row is not as long as its columns.
    """
    write_sheets(
        target, [Sheet(title, list(_check(columns, rows))) for title, (columns, rows) in sheets.items()]
    )


def write_sheets(target: Path, sheets: Sequence[Sheet]) -> None:
    """Write sheets that are laid out as an Excel workbook; raises what `write_xlsx` does."""
    data = make_workbook(sheets)
    with replacing(target) as file:
        file.write(data)


def tidy_sheet(title: str, columns: Sequence[str], rows: Rows) -> Sheet:
    """Return rows as a sheet with a head to filter by; values are simplified."""
    return Sheet(title, list(_check(columns, rows)), has_filter=True)


def _check(columns: Sequence[str], rows: Rows) -> Iterator[list[Plain]]:
    """Yield the head and each row, simplified; all are of one length."""
    for number, row in enumerate(chain([columns], rows), 1):
        if len(row) != len(columns):
            raise ValueError(f"row {number} has {len(row)} cells, the head has {len(columns)}")
        yield [simplify(value) for value in row]
