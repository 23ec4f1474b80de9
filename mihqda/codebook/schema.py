"""A code as a file's fields and back: the schema that YAML, CSV and XLSX share (docs/codebook.md)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from mihqda.codebook.model import CODE_FIELDS, Code

# Files show these first and in this order; `ref` and `provenance` are attributes that readers expect here.
_ORDER = (
    "id", "ref", "kind", "name", "parent", "definition", "include", "exclude", "example", "keywords",
    "valence_applicable", "codable", "retired", "provenance", "links",
)  # fmt: skip
FLAGS = ("valence_applicable", "codable", "retired")
"""Fields that are true or false."""

_ALWAYS = tuple(name for name in CODE_FIELDS if name not in ("retired", "links"))


def flatten(code: Code) -> dict[str, Any]:
    """Return every field of a code under its file's name, attributes among them, in the order of a file.

    Values are those of `Code`: tuples of texts, `Link`, plain data for attributes.
    """
    fields: dict[str, Any] = {name: getattr(code, _member(name)) for name in CODE_FIELDS}
    fields |= code.attributes
    return {name: fields[name] for name in order_fields(fields)}


def build(fields: Mapping[str, Any]) -> Code:
    """Return the code of `flatten`'s fields; a missing one has its default.

    Raises
    ------
    InputError
        If the fields make no valid code.
    """
    known = {_member(name): value for name, value in fields.items() if name in CODE_FIELDS}
    attributes = {name: value for name, value in fields.items() if name not in CODE_FIELDS}
    return Code(**known, attributes=attributes)


def to_plain(field: str, value: Any) -> Any:
    """Return a value of `flatten` as plain data: lists for tuples, mappings for links."""
    if field == "links":
        return [{"to": link.to, "relation": link.relation} for link in value]
    return list(value) if isinstance(value, tuple) else value


def to_fields(code: Code) -> dict[str, Any]:
    """Return what a file says about a code, as plain data.

    One example is a text, several are a list; `retired` and `links` stand only if they say something.
    """
    fields = {name: to_plain(name, value) for name, value in flatten(code).items()}
    if len(code.examples) < 2:
        fields["example"] = "".join(code.examples)
    return {
        name: value for name, value in fields.items() if name in _ALWAYS or name in code.attributes or value
    }


def order_fields(names: Mapping[str, Any]) -> list[str]:
    """Return names of fields in the order of a file: each known one with its translations, then the rest.

    Examples
    --------
    >>> order_fields(dict.fromkeys(["note", "name_nl", "name", "id"]))
    ['id', 'name', 'name_nl', 'note']
    """
    ordered: dict[str, None] = {}
    for known in _ORDER:
        if known in names:
            ordered[known] = None
        translation = re.compile(rf"{known}_[a-z]{{2}}")
        ordered |= dict.fromkeys(name for name in names if translation.fullmatch(name))
    return [*ordered, *(name for name in names if name not in ordered)]


def _member(field: str) -> str:
    return "examples" if field == "example" else field
