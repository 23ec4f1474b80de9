"""File -> Table, by the file's suffix."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

from mihqda.encoding import Decoded, decode
from mihqda.errors import InputError
from mihqda.tables import csv, jsonl, xlsx
from mihqda.tables.model import Table, build, read_names

_TEXT = (".csv", ".tsv", ".txt")
_WORKBOOK = (".xlsx", ".xlsm")
_OBJECTS = (".jsonl", ".ndjson")
_SAVE_AS_XLSX = (".xls", ".xlsb", ".xlt", ".ods", ".fods", ".numbers", ".gsheet")


def read_table(path: Path, *, sheet: str | None = None) -> Table:
    """Read a CSV, XLSX or JSONL file; `mihqda.tables` says how cells, names and rows are read.

    Parameters
    ----------
    path
        ``.csv``, ``.tsv`` or ``.txt`` with any delimiter and encoding, ``.xlsx``, ``.xlsm``, ``.jsonl`` or
        ``.ndjson``.
    sheet
        Name of the sheet, ignoring case; None for the first that is not hidden. Not looked at for other
        formats.

    Raises
    ------
    InputError
        If the file is missing, empty, no table, damaged, or a row does not fit; names file and row.
    """
    suffix = _check_suffix(path)
    data = _read_bytes(path)
    if suffix in _WORKBOOK:
        return build(path.name, xlsx.read_records(data, path.name, sheet), is_sheet=True)
    text, decoded = _decode(data, path.name)
    is_clean = text == decoded.text
    if suffix in _OBJECTS:
        table = jsonl.read(text, path.name, is_clean=is_clean)
    else:
        table = build(path.name, csv.split(text, path.name, is_clean=is_clean))
    return replace(table, encoding=decoded.encoding, warnings=decoded.warnings + table.warnings)


def read_head(path: Path) -> tuple[str, ...]:
    """Return the column names of a file, ``()`` if it is no table or cannot be read.

    Columns without a name are left out; of JSONL the keys of the first object are taken.
    """
    try:
        suffix = _check_suffix(path)
        data = _read_bytes(path)
        if suffix in _OBJECTS:
            first = next(jsonl.read_objects(_decode(data, path.name)[0], path.name), (0, {}))
            return tuple(filter(None, first[1]))
        records = (
            xlsx.read_records(data, path.name)
            if suffix in _WORKBOOK
            else csv.split(_decode(data, path.name)[0], path.name)
        )
        with closing(records):  # the rest of the file is not looked at
            return tuple(filter(None, read_names(records)))
    except InputError:
        return ()


def _check_suffix(path: Path) -> str:
    suffix = path.suffix.lower()
    if suffix in _SAVE_AS_XLSX:
        raise InputError(f"{path.name}: {suffix} is not read; open it and save it as .xlsx or .csv")
    if suffix not in _TEXT + _WORKBOOK + _OBJECTS:
        raise InputError(
            f"{path.name}: no table by its name; tables are {', '.join(_TEXT + _WORKBOOK + _OBJECTS)}"
        )
    return suffix


def _read_bytes(path: Path) -> bytes:
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise InputError(f"{path}: no such file") from None
    except IsADirectoryError:
        raise InputError(f"{path}: a folder, not a file") from None
    except OSError as error:
        raise InputError(
            f"{path}: cannot be read ({error.strerror}); close it elsewhere or mend its rights"
        ) from None
    if not data.strip():
        raise InputError(f"{path.name}: the file is empty")
    return data


def _decode(data: bytes, name: str) -> tuple[str, Decoded]:
    """Return the text with LF line ends, and what `decode` says of it.

    `decode` makes LF of U+2028 and the like as well. Inside a cell these must not end the row, so the text
    returned still has them; the cells are normalised one by one.
    """
    if data.startswith((xlsx.ZIP, xlsx.OLE)):
        raise InputError(
            f"{name}: not plain text but an Excel workbook or an archive; give it its right suffix"
        )
    try:
        decoded = decode(data)
    except InputError as error:
        raise InputError(f"{name}: {error}") from None
    text = data.decode(decoded.encoding).lstrip("\ufeff")
    return text.replace("\r\n", "\n").replace("\r", "\n"), decoded
