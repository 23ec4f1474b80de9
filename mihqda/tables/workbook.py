"""Rows -> the bytes of an Excel workbook, the same bytes each time."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from mihqda.errors import InputError
from mihqda.tables.model import column_letter
from mihqda.tables.values import Plain, is_like_formula, to_text

_CELL, _ROWS, _COLUMNS, _TITLE = 32_767, 1_048_576, 16_384, 31  # what Excel can hold
_NARROWEST, _WIDEST = 8, 60  # columns, in characters
_EXACT = 2**53  # numbers in Excel are doubles
_LIKE_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")  # Excel takes _x000D_ for a carriage return
_TIMES = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def make_workbook(sheets: Mapping[str, Sequence[Sequence[Plain]]]) -> bytes:
    """Return a workbook with a sheet per title; the first row of each is its head.

    Raises
    ------
    InputError
        If a title is not allowed or something is more than Excel can hold.
    """
    from openpyxl import Workbook

    _check_titles(list(sheets))
    fitted = {title: _fit(title, rows) for title, rows in sheets.items()}  # before anything is opened
    workbook = Workbook(write_only=True)
    workbook.properties.creator = "mihqda"
    for title, rows in fitted.items():
        _fill(workbook.create_sheet(title), rows)
    buffer = io.BytesIO()
    workbook.save(buffer)
    return _without_times(buffer)


def _check_titles(titles: Sequence[str]) -> None:
    if not titles:
        raise InputError("a workbook needs at least one sheet")
    for title in titles:
        if (
            not 1 <= len(title) <= _TITLE
            or re.search(r"[\[\]:*?/\\]|^'|'$", title)
            or not title.isprintable()
        ):
            raise InputError(f"sheet {title!r}: Excel wants 1 to {_TITLE} characters, none of [ ] : * ? / \\")
    if len({title.casefold() for title in titles}) < len(titles):
        raise InputError(f"two sheets have one title, ignoring case: {', '.join(titles)}")


def _fit(title: str, rows: Sequence[Sequence[Plain]]) -> list[list[str | int | float | bool | None]]:
    """Return the rows as Excel can hold them."""
    if len(rows) > _ROWS or len(rows[0]) > _COLUMNS:
        raise InputError(
            f"sheet {title!r}: {len(rows)} rows, {len(rows[0])} columns; Excel holds {_ROWS} and {_COLUMNS}; "
            "write CSV instead"
        )
    return [
        [
            _fit_cell(cell, f"sheet {title!r}, {column_letter(column)}{number}")
            for column, cell in enumerate(row)
        ]
        for number, row in enumerate(rows, 1)
    ]


def _fit_cell(cell: Plain, where: str) -> str | int | float | bool | None:
    if cell is None or cell == "":
        return None
    if isinstance(cell, bool | float) or (isinstance(cell, int) and abs(cell) <= _EXACT):
        return cell
    text = to_text(cell)
    escaped = _LIKE_ESCAPE.sub("_x005F_", text)
    length = max(len(text.encode("utf-16-le")) // 2, len(escaped))
    if length > _CELL:
        raise InputError(f"{where}: a text of {length} characters, a cell holds {_CELL}; write CSV instead")
    return escaped


def _fill(sheet: Any, rows: Sequence[Sequence[str | int | float | bool | None]]) -> None:
    from openpyxl.cell import Cell

    sheet.freeze_panes = "A2"
    for column, cells in enumerate(zip(*rows, strict=True)):
        longest = max(len(line) for cell in cells for line in to_text(cell).split("\n"))
        sheet.column_dimensions[column_letter(column)].width = min(_WIDEST, max(_NARROWEST, longest + 2))
    styles = {
        (is_head, is_quoted): _make_style(sheet, is_head, is_quoted)
        for is_head in (True, False)
        for is_quoted in (True, False)
    }
    for number, row in enumerate(rows):
        written = []
        for value in row:
            is_quoted = isinstance(value, str) and is_like_formula(value)
            cell = Cell(sheet, 1, 1, value, styles[number == 0, is_quoted])  # the sheet sets row and column
            if isinstance(value, str):
                cell.data_type = "s"  # openpyxl takes "=…" for a formula and "#N/A" for an error
            written.append(cell)
        sheet.append(written)


def _make_style(sheet: Any, is_head: bool, is_quoted: bool) -> Any:
    """Return what openpyxl keeps of a cell's looks; finding it anew for each cell is slow."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font

    cell: Any = WriteOnlyCell(sheet)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    cell.font = Font(name="Calibri", size=11, bold=is_head)
    cell.quotePrefix = is_quoted
    return cell._style


def _without_times(workbook: io.BytesIO) -> bytes:
    """Return the same archive with fixed times and one order of its parts' fields, on every system."""
    out = io.BytesIO()
    with ZipFile(workbook) as source, ZipFile(out, "w") as target:
        for part in source.infolist():
            data = source.read(part)
            if part.filename == "docProps/core.xml":
                data = _TIMES.sub(rb"\g<1>2000-01-01T00:00:00Z", data)
            entry = ZipInfo(part.filename)  # 1 January 1980
            entry.create_system = 3
            target.writestr(entry, data, ZIP_DEFLATED)
    return out.getvalue()
