"""A code's fields as cells of a table and back, readable where that loses nothing, else as JSON.

=================== =================================================================================
field               cell
=================== =================================================================================
text                as it is
true or false       ``true``, ``false``
keywords, keywords_ ``one; two words``
example             one a line
links               ``relation: code; relation: code``
attribute           text and numbers as they are; lists, mappings, and texts that would be read as
                    something else, in JSON
=================== =================================================================================

A value that its readable form would not give back (a keyword with a semicolon) is written as JSON instead.
"""

from __future__ import annotations

import json
from typing import Any

from mihqda.codebook.model import CODE_FIELDS, Link
from mihqda.codebook.plain import parse_flag, parse_scalar, tidy
from mihqda.codebook.schema import FLAGS, to_plain
from mihqda.errors import InputError


def write_cell(field: str, value: Any) -> str:
    """Return the cell of a field, a value of `schema.flatten`."""
    if field in FLAGS:
        return "true" if value else "false"
    if field in CODE_FIELDS and (value is None or isinstance(value, str)):
        return value or ""
    if field in CODE_FIELDS and not value:
        return ""
    cell = _write_readable(field, value)
    if cell and _agrees(field, cell, value):
        return cell
    return json.dumps(to_plain(field, value), ensure_ascii=False)


def read_cell(field: str, cell: str) -> Any:
    """Return the value of a cell that is not empty, as `schema.build` takes it.

    Raises
    ------
    InputError
        If the cell does not fit the field.
    """
    if field in FLAGS:
        return parse_flag(cell)
    if field == "links":
        return _read_links(cell)
    if field == "example" or _is_keywords(field):
        texts = _read_json(cell)
        if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
            lines = tidy(cell).split("\n")
            texts = lines if field == "example" else [part for line in lines for part in line.split(";")]
            texts = [text.strip() for text in texts if text.strip()]
        return tuple(texts) if field in CODE_FIELDS else texts
    if field in CODE_FIELDS:
        return cell
    value = _read_json(cell)
    return parse_scalar(tidy(cell)) if value is None else value


def _write_readable(field: str, value: Any) -> str:
    if field == "links":
        return "; ".join(f"{link.relation}: {link.to}" for link in value)
    if field == "example":
        return "\n".join(value)
    if _is_keywords(field):
        return "; ".join(value)
    return value if isinstance(value, str) else ""


def _agrees(field: str, cell: str, value: Any) -> bool:
    try:
        return bool(read_cell(field, cell) == value)
    except InputError:
        return False


def _is_keywords(field: str) -> bool:
    return field == "keywords" or field.startswith("keywords_")


def _read_json(cell: str) -> Any:
    """Return a list, mapping or quoted text; None if the cell is none of these."""
    if cell.strip()[:1] not in ("[", "{", '"'):
        return None
    try:
        return json.loads(cell, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return None


def _refuse(constant: str) -> None:
    raise ValueError(constant)


def _read_links(cell: str) -> tuple[Link, ...]:
    written = _read_json(cell)
    if isinstance(written, list):
        if not all(isinstance(link, dict) and set(link) == {"to", "relation"} for link in written):
            raise InputError("links in JSON are a list of {to, relation}")
        return tuple(Link(str(link["to"]), str(link["relation"])) for link in written)
    links = []
    for part in filter(None, (part.strip() for part in cell.replace("\n", ";").split(";"))):
        relation, colon, to = part.partition(":")
        if not colon:
            raise InputError("links are 'relation: code; relation: code'")
        links.append(Link(to.strip(), relation))
    return tuple(links)
