"""Codebooks as tables: a row per code, a column per field.

The head of the codebook (title, version, …) stands in rows whose id begins with ``#meta.``, with the value
under ``name``: one file holds everything, in CSV as well.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from mihqda.codebook.cells import read_cell, write_cell
from mihqda.codebook.model import CODE_FIELDS, HEAD_FIELDS, Code, Codebook, find_fault
from mihqda.codebook.plain import explain_id, is_id, propose_id
from mihqda.codebook.schema import build, flatten, order_fields
from mihqda.errors import BulkError, InputError, Problem
from mihqda.tables import Row, Table
from mihqda.tables.model import column_name

META = "#meta."
"""How the id of a row begins that belongs to the codebook's head."""

_ALIASES = {
    "id": ("code_id", "codeid", "code"),
    "name": ("label", "code_name", "codename"),
    "parent": ("parent_id", "parent_code"),
    "definition": ("description",),
    "include": ("inclusion", "inclusion_criteria"),
    "exclude": ("exclusion", "exclusion_criteria"),
    "example": ("examples",),
}


def to_rows(codebook: Codebook) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Return a codebook as columns and rows of cells: its head, then its codes in order.

    Returns
    -------
    columns
        Every field that a code of this kind of file always has, and those that any code of it has.
    rows
        One cell per column.
    """
    coded = [flatten(code) for code in codebook]
    names: dict[str, Any] = dict.fromkeys(CODE_FIELDS)
    for fields in coded:
        names |= dict.fromkeys(fields)
    columns = tuple(order_fields(names))
    head = {name: getattr(codebook, name) for name in HEAD_FIELDS}
    written = [{"id": META + name, "name": value} for name, value in head.items()]
    written += [
        {"id": META + name, "name": write_cell("meta", value)} for name, value in codebook.meta.items()
    ]
    for fields in coded:
        written.append({name: write_cell(name, value) for name, value in fields.items()})
    return columns, [tuple(row.get(column, "") for column in columns) for row in written]


def from_rows(table: Table, *, id: str, head: Mapping[str, str] = MappingProxyType({})) -> Codebook:
    """Read a codebook from a table.

    Parameters
    ----------
    table
        With the columns `id` and `name` (also as code_id or code, and as label); any other field may have a
        column, and columns that are no field become attributes. A parent is given by id or by a name that
        only one code has.
    id
        Of the codebook, if neither the table nor `head` says.
    head
        Fields of the codebook's head that stand elsewhere, as cells.

    Raises
    ------
    InputError
        If a column is missing, or the head is wrong.
    BulkError
        Listing every bad row.
    """
    names = _find_columns(table)
    problems: list[Problem] = []
    stated: dict[str, str] = {}
    found: list[tuple[Row, dict[str, str]]] = []
    for row in table.rows:
        cells = {names[column]: cell for column, cell in row.cells.items() if cell.strip()}
        code_id = cells.get("id", "").strip()
        if not code_id.lower().startswith(META):
            found.append((row, cells))
        elif (name := column_name(code_id[len(META) :])) in stated:
            problems.append(Problem(row.number, "id", code_id, "this field of the head occurs twice"))
        else:
            stated[name] = cells.get("name", "")
    _resolve_parents(found, problems)
    codes = [(row, code) for row, cells in found if (code := _read_row(row, cells, problems))]
    fault = None if problems else find_fault(code for _, code in codes)
    if fault:
        number = [row.number for row, code in codes if code.id == fault[0]][-1]
        problems.append(Problem(number, "id", fault[0], fault[1]))
    if problems:
        problems.sort(key=lambda problem: problem.row)
        raise BulkError(table.name, problems, "docs/codebook.md explains a codebook in a table")
    try:
        return _make_book({"id": id, **head, **stated}, tuple(code for _, code in codes))
    except InputError as error:
        raise InputError(f"{table.name}: {error}") from None


def _make_book(fields: Mapping[str, str], codes: tuple[Code, ...]) -> Codebook:
    head = {name: cell for name, cell in fields.items() if name in HEAD_FIELDS}
    meta = {
        name: read_cell("meta", cell) if cell.strip() else ""
        for name, cell in fields.items()
        if name not in HEAD_FIELDS
    }
    return Codebook(**head, codes=codes, meta=meta)


def _find_columns(table: Table) -> dict[str, str]:
    """Return column -> field; another tool's name for a field counts if nothing else claims that field."""
    names = {column: column for column in table.columns}
    for field, aliases in _ALIASES.items():
        claims = [alias for alias in aliases if alias in names]
        if field not in names and len(claims) == 1:
            names[claims[0]] = field
    missing = [field for field in ("id", "name") if field not in names.values()]
    if missing:
        way_out = ""
        if missing == ["id"] and table.rows:
            column = next(column for column, field in names.items() if field == "name")
            proposal = propose_id(table.rows[0].cells[column].lower())
            way_out = f"; add a column id with a short word per code, such as {proposal}"
        raise InputError(
            f"{table.name}: no column {' and no column '.join(map(repr, missing))}; "
            f"a codebook needs id and name, the file has: {', '.join(table.columns)}{way_out}"
        )
    return names


def _resolve_parents(found: list[tuple[Row, dict[str, str]]], problems: list[Problem]) -> None:
    """Replace parents that are given by name."""
    ids = {cells.get("id", "").strip() for _, cells in found}
    named: dict[str, list[str]] = {}
    for _, cells in found:
        named.setdefault(_fold(cells.get("name", "")), []).append(cells.get("id", "").strip())
    for row, cells in found:
        parent = cells.get("parent", "").strip()
        if not parent:
            continue
        matches = [parent] if parent in ids else named.get(_fold(parent), [])
        if len(matches) == 1:
            cells["parent"] = matches[0]
            continue
        reason = "no code of this table has this id or name"
        if matches:
            reason = f"several codes have this name: {', '.join(matches)}; give the id"
        problems.append(Problem(row.number, "parent", parent, reason))


def _fold(name: str) -> str:
    return " ".join(name.casefold().split())


def _read_row(row: Row, cells: Mapping[str, str], problems: list[Problem]) -> Code | None:
    code_id = cells.get("id", "").strip()
    if not is_id(code_id):
        problems.append(Problem(row.number, "id", "", explain_id(code_id)))
        return None
    fields: dict[str, Any] = {"id": code_id, "name": ""}
    before = len(problems)
    for field, cell in cells.items():
        if field == "id":
            continue
        try:
            fields[field] = read_cell(field, cell)
        except InputError as error:
            problems.append(Problem(row.number, field, "", str(error)))
    if len(problems) > before:
        return None
    try:
        return build(fields)
    except InputError as error:
        problems.append(Problem(row.number, "", "", str(error)))
        return None
