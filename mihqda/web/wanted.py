"""What a field of a request needs, in plain words; never what came, which may be somebody's words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_WHOLE = "a whole number is wanted"
_SAID = {
    "missing": "it is missing",
    "extra_forbidden": "there is no such field",
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_parsing_size": "the number is too large",
    "int_from_float": _WHOLE,
    "float_type": "a number is wanted",
    "float_parsing": "a number is wanted",
    "finite_number": "a number is wanted",
    "string_type": "a text is wanted",
    "string_too_short": "it may not be empty",
    "bool_type": "true or false is wanted",
    "bool_parsing": "true or false is wanted",
    "json_invalid": "JSON is wanted, and this is none",
    "model_attributes_type": "a JSON object is wanted",
    "model_type": "a JSON object is wanted",
    "dict_type": "a JSON object is wanted",
}
_BOUNDS = {
    "greater_than_equal": ("from {ge} on", "ge"),
    "less_than_equal": ("up to {le}", "le"),
}


def wanted(found: Mapping[str, Any]) -> str:
    """Return what is wanted instead of a value that Pydantic refused; its own words where it is not a common one.

    Examples
    --------
    >>> wanted({"type": "greater_than_equal", "ctx": {"ge": 0}, "msg": ""})
    'a number from 0 on is wanted'
    """
    kind, limits = str(found["type"]), found.get("ctx", {})
    if kind in _BOUNDS:
        words, name = _BOUNDS[kind]
        return f"a number {words.format(**{name: limits[name]})} is wanted"
    if kind == "string_too_long":
        return f"at most {limits['max_length']:,} characters are allowed"
    if kind == "literal_error":
        return f"one of {limits['expected']} is wanted"
    if kind == "string_pattern_mismatch":
        if str(limits["pattern"]).startswith("^[0-9a-f]"):
            return "twelve hexadecimal digits are wanted"
        return "control characters are not allowed"
    return _SAID.get(kind) or str(found["msg"])
