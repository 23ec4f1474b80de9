"""JSONL, one object a line -> Table."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from mihqda.errors import InputError
from mihqda.tables.model import Row, Table, column_name, has_content
from mihqda.tables.values import to_text

Pairs = list[tuple[str, Any]]


def _refuse_twice(pairs: Pairs) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("a key occurs twice in it")
    return members


def _read_constant(name: str) -> None:
    if name != "NaN":
        raise ValueError(f"{name} is no JSON number")


_DECODER = json.JSONDecoder(object_pairs_hook=_refuse_twice, parse_constant=_read_constant)


def read_objects(text: str, name: str, *, is_clean: bool = False) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield line number and cells of each object; null and NaN are ``""``, lists and objects JSON text.

    `is_clean` says that `normalise` would leave `text` as it is.

    Raises
    ------
    InputError
        If a line is no JSON object, or has two keys that name one column; names the line.
    """
    names: dict[str, str] = {}
    for number, line in enumerate(text.split("\n"), 1):
        line = line.strip()
        if not line:
            continue
        try:
            members, end = _DECODER.raw_decode(line)
            if end < len(line):
                raise ValueError("something follows the object")
        except (ValueError, RecursionError) as error:
            reason = error.msg if isinstance(error, json.JSONDecodeError) else str(error)
            raise InputError(f"{name}, line {number}: not one JSON object a line ({reason})") from None
        if not isinstance(members, dict):
            raise InputError(
                f"{name}, line {number}: a JSON {type(members).__name__}, but an object is needed"
            )
        is_plain = is_clean and "\\" not in line  # then no string can hold what has to be normalised
        cells: dict[str, str] = {}
        for key, value in members.items():
            if key not in names:
                names[key] = column_name(key)
            column = names[key]
            if column in cells:
                raise InputError(f"{name}, line {number}: two keys that both name the column {column!r}")
            cells[column] = value if is_plain and type(value) is str else to_text(value)
        cells.pop("", None)
        yield number, cells


def read(text: str, name: str, *, is_clean: bool = False) -> Table:
    """Return the objects as a table; its columns are all keys, in the order in which they first come."""
    found = list(read_objects(text, name, is_clean=is_clean))
    if not found:
        raise InputError(f"{name}: the file is empty; it must hold one JSON object a line")
    empty: dict[str, str] = {}
    for _, cells in found:
        empty.update(dict.fromkeys(cells, ""))
    rows = tuple(
        Row(number, cells if len(cells) == len(empty) else empty | cells)
        for number, cells in found
        if has_content(cells.values())
    )
    return Table(name, tuple(empty), rows)
