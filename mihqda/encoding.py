"""Bytes become text: which encoding, what decided it, and one form for line ends.

The order is byte order mark, NUL pattern (UTF-16 and UTF-32 without a mark), strict UTF-8, and only then
cp1252 with a warning that names the lines whose bytes decided it. A library that guesses is not used:
guesses turn Dutch cp1252 into cp1250 and ``ï`` into ``ď``.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from mihqda.errors import InputError

_MARKS = (  # UTF-32 first: its little-endian mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"PK\x03\x04", "a zip archive (a Word or Excel file?)"),
    (b"%PDF-", "a PDF"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file (.doc or .xls)"),
    (b"{\\rtf", "rich text (RTF)"),
)
_NO_CHARACTER_SETS = frozenset({"raw-unicode-escape", "unicode-escape", "idna", "punycode"})
_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_UTF8_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_NOT_ASCII = re.compile(rb"[\x80-\xff]")
_NOT_CP1252 = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text with LF line ends and no byte order mark, the encoding it came in, and what to know about it."""

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()


def decode(data: bytes, encoding: str | None = None) -> Decoded:
    r"""Return the bytes as text.

    Parameters
    ----------
    data
        The whole file.
    encoding
        What the person says it is; obeyed, or refused with the reason. None finds it out.

    Raises
    ------
    InputError
        If the bytes are no text, or not of that encoding. The message does not name the file.

    Examples
    --------
    >>> decode(b"caf\xe9\r\n").text
    'café\n'
    >>> decode(b"caf\xe9\r\n").encoding
    'cp1252'
    """
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise InputError(
                f"binary: this is {what}, not plain text; export it as plain text (.txt) in UTF-8"
            )
    if encoding is not None:
        return _finish(*_decode_as(data, encoding))
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _finish(_decode_strictly(data, name), name)
    wide = _find_wide(data)
    if wide:
        return _finish(_decode_strictly(data, wide), wide)
    if b"\0" in data:
        raise InputError("binary: it holds NUL bytes; export it as plain text (.txt) in UTF-8")
    try:
        return _finish(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _finish(_decode_western(data), "cp1252", (_warn_western(data),))


def normalise(text: str) -> str:
    r"""Return text with LF as its only line end and no control character but tab and LF.

    CRLF becomes LF; so do CR, vertical tab, form feed (a page break that Word saves), U+0085, U+2028 and
    U+2029, one for one. Any other control character, which neither XML nor a spreadsheet can hold, becomes
    a space. Nothing else changes: composed and decomposed letters, quotes and spaces stay as they are.

    Examples
    --------
    >>> normalise("one\r\ntwo\fthree\x07")
    'one\ntwo\nthree '
    """
    if text.isprintable():  # most cells are, and this is found ten times faster
        return text
    return _CONTROLS.sub(" ", _LINE_ENDS.sub("\n", text))


def name_lines(numbers: list[int], *, limit: int = 5) -> str:
    """Return line numbers in words, the first few of them.

    Examples
    --------
    >>> name_lines([3]), name_lines([3, 4, 9]), name_lines([1, 2, 3, 4], limit=2)
    ('line 3', 'lines 3, 4 and 9', 'lines 1, 2 and 2 more')
    """
    if len(numbers) == 1:
        return f"line {numbers[0]}"
    shown = [str(number) for number in numbers[:limit]]
    if len(numbers) > limit:
        return f"lines {', '.join(shown)} and {len(numbers) - limit} more"
    return f"lines {', '.join(shown[:-1])} and {shown[-1]}"


def _finish(text: str, encoding: str, warnings: tuple[str, ...] = ()) -> Decoded:
    # lstrip, not removeprefix: a file joined from two exports may begin with two marks
    text = _LINE_ENDS.sub("\n", text.lstrip("\ufeff"))
    if not _CONTROLS.search(text):
        return Decoded(text, encoding, warnings)
    controls = len(_CONTROLS.findall(text))
    if controls > 1 + len(text) // 100:
        raise InputError(
            f"binary: {controls} of {len(text)} characters are control characters, read as {encoding}; "
            "export it as plain text (.txt) in UTF-8"
        )
    lines = [number for number, line in enumerate(text.split("\n"), 1) if _CONTROLS.search(line)]
    warning = f"control characters became spaces: {name_lines(lines)}"
    return Decoded(_CONTROLS.sub(" ", text), encoding, (*warnings, warning))


def _decode_as(data: bytes, encoding: str) -> tuple[str, str]:
    try:
        name = codecs.lookup(encoding).name
        "".encode(name)  # codecs such as hex and rot13 are none for text
        if name in _NO_CHARACTER_SETS:
            raise LookupError(name)
    except (LookupError, ValueError) as error:
        raise InputError(
            f"unknown encoding {encoding!r}; use for instance utf-8, cp1252, utf-16, mac_roman or cp850"
        ) from error
    for mark, marked in _MARKS:
        if data.startswith(mark):
            if not marked.startswith(name.removesuffix("-sig")):
                raise InputError(
                    f"it begins with the byte order mark of {marked}, so it is not {encoding}; "
                    "leave the encoding out"
                )
            return _decode_strictly(data, marked), marked
    return _decode_strictly(data, name), name.removesuffix("-sig")


def _decode_strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeError as error:
        start = error.start if isinstance(error, UnicodeDecodeError) else 0
        raise InputError(
            f"it is not {encoding}: the byte at position {start} does not fit; "
            "give another encoding, or open it where it was made and save it as UTF-8"
        ) from error


def _find_wide(data: bytes) -> str:
    """Return UTF-16 or UTF-32 by where the NUL bytes of Western text stand, else an empty string."""
    if b"\0" not in data:
        return ""
    for width, names in ((4, ("utf-32-le", "utf-32-be")), (2, ("utf-16-le", "utf-16-be"))):
        units = len(data) // width
        if not units or len(data) % width:
            continue
        shares = [data[place::width].count(0) / units for place in range(width)]
        for name, low in zip(names, (shares, shares[::-1]), strict=True):
            # the low byte of a unit is hardly ever NUL, the bytes above it nearly always (in UTF-16 half is
            # enough: curly quotes and dashes have a high byte)
            if low[0] <= 0.05 and low[-1] >= 0.5 and all(share >= 0.9 for share in low[2:]):
                return name if _is_clean(data, name) else ""
    return ""


def _is_clean(data: bytes, encoding: str) -> bool:
    try:
        return not _CONTROLS.search(data.decode(encoding))
    except UnicodeDecodeError:
        return False


def _decode_western(data: bytes) -> str:
    total = len(_NOT_ASCII.findall(data))
    in_utf8 = sum(len(found) for found in _UTF8_SEQUENCE.findall(data))
    if in_utf8 > total / 2:
        broken = _name_byte_lines(_UTF8_SEQUENCE.sub(b"", data), _NOT_ASCII)
        raise InputError(
            f"it is UTF-8, but damaged in {broken}; save it as UTF-8 where it was made, "
            "or give the encoding latin-1 to take every byte as it stands"
        )
    if _NOT_CP1252.search(data):
        where = _name_byte_lines(data, _NOT_CP1252)
        if len(_CONTROLS.findall(data.decode("latin-1"))) > 1 + len(data) // 100:
            raise InputError("binary: this is no text; export it as plain text (.txt) in UTF-8")
        raise InputError(
            f"it is neither UTF-8 nor cp1252 ({where}); say which encoding it has, for instance mac_roman "
            "(older Macs) or cp850 (DOS), or save it as UTF-8"
        )
    return data.decode("cp1252")


def _warn_western(data: bytes) -> str:
    return (
        f"not UTF-8, so read as cp1252 (Western Windows): see {_name_byte_lines(data, _NOT_ASCII)}; "
        "if letters are wrong there, give the encoding"
    )


def _name_byte_lines(data: bytes, pattern: re.Pattern[bytes]) -> str:
    return name_lines([number for number, line in enumerate(data.splitlines(), 1) if pattern.search(line)])
