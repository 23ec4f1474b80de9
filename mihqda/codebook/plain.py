"""Plain data: what a codebook's file can hold, and how a person writes it."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any

from mihqda.errors import InputError

# Control characters and halves of surrogate pairs: no spreadsheet takes the first, no file the second.
_UNFIT = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_WORDS = {
    True: ("true", "yes", "on", "1", "ja", "j", "y", "x", "waar", "wahr", "vrai", "verdadero"),
    False: ("false", "no", "off", "0", "nee", "n", "nein", "onwaar", "falsch", "faux", "falso"),
}


def tidy(text: str) -> str:
    r"""Return a text without white space at its ends and with LF line ends.

    Examples
    --------
    >>> tidy(" Who does what,\r\n and when ")
    'Who does what,\n and when'

    Raises
    ------
    InputError
        If it holds a control character, which no spreadsheet could store.
    """
    if not isinstance(text, str):
        raise InputError(f"a text is wanted, got {type(text).__name__}")
    text = "\n".join(text.splitlines()).strip()
    unfit = _UNFIT.search(text)
    if unfit:
        raise InputError(
            f"the text holds the control character U+{ord(unfit[0]):04X} at {unfit.start()}; remove it"
        )
    return text


def is_id(text: str) -> bool:
    """Return whether a text can be an id: not empty, no white space or control characters, no # in front."""
    return text[:1] not in ("", "#") and not any(ch.isspace() for ch in text) and not _UNFIT.search(text)


def propose_id(text: str) -> str:
    """Return an id near to a text that is none; empty if nothing is left of it.

    Examples
    --------
    >>> propose_id(" role  clarity ")
    'role_clarity'
    """
    return "_".join(_UNFIT.sub("", text).lstrip("# ").split())


def explain_id(text: str) -> str:
    """Return what is wrong with a text that is no id, with one that would do."""
    proposal = propose_id(text)
    way_out = f"; write {proposal!r}" if is_id(proposal) else ""
    return f"id {text!r} is empty, has white space or begins with #{way_out}"


def plain(value: Any) -> Any:
    """Return a copy of plain data, texts tidied, tuples as lists.

    Raises
    ------
    InputError
        If a value is not a text, a whole or finite number, true, false, None, a list or a mapping of these.
    """
    if isinstance(value, str):
        return tidy(value)
    if value is None or isinstance(value, bool | int) or (isinstance(value, float) and math.isfinite(value)):
        return value
    if isinstance(value, Mapping):
        return plain_mapping(value)
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    raise InputError(f"a file cannot hold {type(value).__name__} {value!r}")


def plain_mapping(mapping: Mapping[str, Any]) -> dict[str, Any]:
    """Return a copy of a mapping of plain data, in its order.

    Raises
    ------
    InputError
        If a name is empty, has white space at its ends or comes twice, or a value is not plain.
    """
    copy: dict[str, Any] = {}
    for name, value in mapping.items():
        if not isinstance(name, str) or not name or tidy(name) != name:
            raise InputError(f"a field's name is a text without white space at its ends, got {name!r}")
        try:
            copy[name] = plain(value)
        except InputError as error:
            raise InputError(f"{name}: {error}") from None
    return copy


def parse_scalar(text: str) -> str | int | float | bool | None:
    """Return what an unquoted text stands for: true, false, null, a number, or else the text as written.

    A number is one only if it would be written the same way again, so that ``0.10`` and ``007`` stay texts;
    so do YAML's old words ``no``, ``on`` and dates.

    Examples
    --------
    >>> [parse_scalar(text) for text in ("3", "0.5", "0.10", "007", "no", "true", "2024-01-31")]
    [3, 0.5, '0.10', '007', 'no', True, '2024-01-31']
    """
    if text in ("true", "True", "TRUE", "false", "False", "FALSE"):
        return text.lower() == "true"
    if text in ("", "~", "null", "Null", "NULL"):
        return None
    for kind in (int, float):
        try:
            number = kind(text)
        except (ValueError, OverflowError):
            continue
        if repr(number) == text and math.isfinite(number):
            return number
    return text


def parse_flag(text: str) -> bool:
    """Return the truth value that a person or an Excel (Dutch, German, French, Spanish) wrote.

    Raises
    ------
    InputError
        If it is none of the words known.
    """
    for value, words in _WORDS.items():
        if text.strip().casefold() in words:
            return value
    raise InputError(f"true or false is wanted, got {text!r}")
