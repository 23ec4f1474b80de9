"""Excel workbook -> records of one sheet."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from zipfile import BadZipFile, ZipFile

from mihqda.errors import InputError
from mihqda.tables.model import Records, column_letter
from mihqda.tables.values import to_text

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""First bytes of an old .xls and of a workbook with a password."""
ZIP = b"PK\x03\x04"
_LARGEST = 400_000_000  # bytes of all parts, unpacked; 10,000 rows of quotes are about 10,000,000
_ESCAPED = re.compile(r"_x(005F|00[01][0-9A-F]|FFF[EF])_", re.IGNORECASE)


def read_records(data: bytes, name: str, sheet: str | None = None) -> Records:
    """Yield the records of a sheet that is not hidden: the first one, or the one called `sheet`.

    Raises
    ------
    InputError
        If the bytes are no workbook, are damaged, protected by a password or unreasonably large; if there is
        no such sheet; if a cell holds an error or a formula that was never computed (names the row).
    """
    _check_container(data, name)
    with _open(data, name, values=True) as workbook:
        chosen = _find_sheet(workbook, name, sheet)
        unsure = set()
        for number, cells in _rows(chosen):
            texts = []
            for column, cell in enumerate(cells):
                value = cell.value
                if cell.data_type == "e":
                    raise InputError(
                        f"{name}, row {number}, column {column_letter(column)}: the cell shows the error "
                        f"{value or '#VALUE!'}; mend it in Excel and save"
                    )
                if isinstance(value, str):
                    value = _unescape(value)
                elif value is None and cell.data_type == "n" and hasattr(cell, "row"):  # not merely absent
                    unsure.add((number, column))
                texts.append(to_text(value))
            yield number, texts
        title = chosen.title
    if unsure:
        _refuse_formulas(data, name, title, unsure)


def _refuse_formulas(data: bytes, name: str, title: str, unsure: set[tuple[int, int]]) -> None:
    with _open(data, name, values=False) as workbook:
        for number, cells in _rows(workbook[title]):
            for column, cell in enumerate(cells):
                if cell.data_type == "f" and (number, column) in unsure:
                    raise InputError(
                        f"{name}, row {number}, column {column_letter(column)}: a formula without a stored "
                        "result; open the file in Excel, save it and try again"
                    )


def _rows(sheet: Any) -> Iterator[tuple[int, tuple[Any, ...]]]:
    # Many programs write no dimension or a wrong one; without it each row ends at its own last cell, so that
    # neither are cells lost nor a sheet with one stray cell at XFD1048576 filled up.
    sheet.reset_dimensions()
    yield from enumerate(sheet.iter_rows(), 1)


def _find_sheet(workbook: Any, name: str, wanted: str | None) -> Any:
    sheets = [sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible"]
    if not sheets:
        raise InputError(f"{name}: no sheet to read; save it in Excel as 'Excel Workbook (.xlsx)'")
    if wanted is None:
        return sheets[0]
    for sheet in sheets:
        if sheet.title.strip().casefold() == wanted.strip().casefold():
            return sheet
    titles = ", ".join(repr(sheet.title) for sheet in sheets)
    raise InputError(f"{name}: no sheet {wanted!r}; there are: {titles} (hidden sheets are not read)")


def _unescape(text: str) -> str:
    """Return a text with Excel's ``_x000D_`` for control characters read; letters stay as they stand."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def _check_container(data: bytes, name: str) -> None:
    if data.startswith(OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise InputError(
                f"{name}: the workbook has a password; take it off in Excel "
                "(File > Info > Protect Workbook > Encrypt with Password) and save"
            )
        raise InputError(f"{name}: an old Excel workbook (.xls); open it in Excel and save as .xlsx")
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            size = sum(part.file_size for part in archive.infolist())
    except (BadZipFile, ValueError, OSError) as error:
        raise InputError(
            f"{name}: not an Excel workbook, or a damaged one; save it in Excel as .xlsx"
        ) from error
    if size > _LARGEST:
        raise InputError(
            f"{name}: {size // 1_000_000} MB when unpacked, {_LARGEST // 1_000_000} MB are read at most; "
            "save the sheet as CSV"
        )


@contextmanager
def _open(data: bytes, name: str, *, values: bool) -> Iterator[Any]:
    """Open a workbook; whatever openpyxl stumbles over in a damaged file is an InputError."""
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about validations, styles and such, which are not read
        try:
            workbook = load_workbook(io.BytesIO(data), read_only=True, data_only=values, keep_links=False)
            try:
                yield workbook
            finally:
                workbook.close()
        except InputError:
            raise
        except Exception as error:  # openpyxl raises what the damage provokes: KeyError, TypeError, …
            raise InputError(
                f"{name}: a damaged Excel workbook; open it in Excel and save it again"
            ) from error
