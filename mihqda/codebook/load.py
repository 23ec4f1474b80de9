"""Codebooks from and to files, by suffix; shipped codebooks by name."""

from __future__ import annotations

import warnings
from pathlib import Path

from mihqda.codebook.model import Codebook
from mihqda.codebook.plain import propose_id
from mihqda.codebook.tabular import META, from_rows, to_rows
from mihqda.codebook.yaml import read_yaml, write_yaml
from mihqda.encoding import decode
from mihqda.errors import InputError, NotFoundError
from mihqda.shipped import shipped_codebooks
from mihqda.tables import read_table, write_csv, write_xlsx
from mihqda.tables.model import column_name
from mihqda.tables.replace import replacing

SUFFIXES = (".yaml", ".yml", ".csv", ".xlsx")
"""What `load_codebook` and `save_codebook` understand."""


def resolve(name_or_path: str | Path) -> Path:
    """Return the path of a shipped codebook's name (``mih``, ``cfir2022``, ``cfir2009``), or of a file.

    A file of that very name in the working folder has no say: a codebook's file has a suffix.

    Raises
    ------
    NotFoundError
        If there is neither.
    """
    shipped = shipped_codebooks()
    if str(name_or_path) in shipped:
        return shipped[str(name_or_path)]
    path = Path(name_or_path)
    if not path.is_file():
        raise NotFoundError(
            f"{name_or_path}: no such file, and no shipped codebook; those are: {', '.join(shipped)}"
        )
    return path


def load_codebook(path: Path) -> Codebook:
    """Read a codebook from YAML, CSV or XLSX.

    Parameters
    ----------
    path
        A workbook's codes stand in the sheet ``codes``, else in the first one, and the codebook's head in a
        sheet ``meta``.

    Raises
    ------
    InputError
        If the file is missing, of another kind, or holds no valid codebook; names file, line or row, code.
    """
    suffix = _check_suffix(path)
    if suffix in (".yaml", ".yml"):
        return read_yaml(_read_text(path), source=path.name)
    book_id = propose_id(path.stem) or "codebook"
    if suffix == ".csv":
        return from_rows(read_table(path), id=book_id)
    titles = _find_sheets(path)
    table = read_table(path, sheet="codes" if "codes" in titles else None)
    return from_rows(table, id=book_id, head=_read_head(path) if "meta" in titles else {})


def save_codebook(codebook: Codebook, path: Path) -> None:
    """Write a codebook as YAML, CSV or XLSX; `load_codebook` gives an equal one back.

    The file is replaced only when all is written.

    Raises
    ------
    InputError
        If the suffix is another one, or the file cannot be written.
    """
    suffix = _check_suffix(path)
    if suffix in (".yaml", ".yml"):
        data = write_yaml(codebook).encode()
        with replacing(path) as file:
            file.write(data)
        return
    columns, rows = to_rows(codebook)
    if suffix == ".csv":
        write_csv(path, columns, rows)
        return
    at, value = columns.index("id"), columns.index("name")
    codes = [row for row in rows if not row[at].startswith(META)]
    meta = [(row[at].removeprefix(META), row[value]) for row in rows if row[at].startswith(META)]
    write_xlsx(path, {"codes": (columns, codes), "meta": (("field", "value"), meta)})


def _check_suffix(path: Path) -> str:
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise InputError(
            f"{path.name}: a codebook is a file in {', '.join(SUFFIXES)}, got {suffix or 'no suffix'}"
        )
    return suffix


def _read_text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}); check its name and rights") from None
    try:
        return decode(data).text
    except InputError as error:
        raise InputError(f"{path.name}: {error}") from None


def _read_head(path: Path) -> dict[str, str]:
    sheet = read_table(path, sheet="meta")
    if not {"field", "value"} <= set(sheet.columns):
        raise InputError(
            f"{path.name}, sheet meta: the columns field and value are wanted, got {', '.join(sheet.columns)}"
        )
    return {column_name(row.cells["field"]): row.cells["value"] for row in sheet.rows}


def _find_sheets(path: Path) -> set[str]:
    """Return the titles of the sheets that can be read, in lower case; none if the file is no workbook."""
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about validations and styles, which are not read
        try:
            workbook = load_workbook(path, read_only=True)
        except Exception:  # openpyxl raises what the damage provokes; `read_table` says what is wrong
            return set()
    sheets = {
        sheet.title.strip().casefold() for sheet in workbook.worksheets if sheet.sheet_state == "visible"
    }
    workbook.close()
    return sheets
