"""Delimited text -> records."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from itertools import islice

from mihqda.encoding import normalise
from mihqda.errors import InputError
from mihqda.tables.model import Records
from mihqda.tables.values import unguard

DELIMITERS = ",;\t|"
_SEPARATOR_LINE = re.compile(r'"?sep=([^\w"\n])"?[^\S\n\t]*(?:\n|\Z)', re.IGNORECASE)
_BLANK_LINES = re.compile(r"\A[\s,;|]*\n")
_SAMPLE = 50


def split(text: str, name: str, *, is_clean: bool = False) -> Records:
    """Yield the records of a delimited text, with apostrophes that guard formulas taken away.

    A first line ``sep=;`` is honoured and no record. Else the delimiter is one of ``, ; | `` and tab that
    the head has outside quotation marks; if it has several of them, or none, the one that cuts the first
    records most evenly, then into most cells.

    Parameters
    ----------
    text
        With LF line ends.
    name
        Of the file, for messages.
    is_clean
        Whether `normalise` would leave the text as it is; else it is applied to each cell, where what it
        makes of U+2028 cannot end a record.

    Raises
    ------
    InputError
        If quotation marks are not closed or not doubled; names the row.
    """
    declared = _SEPARATOR_LINE.match(text)
    if declared:
        text = text[declared.end() :]
    delimiter = declared[1] if declared else find_delimiter(text)
    spaced = re.search(re.escape(delimiter) + ' +"', _head(text)) is not None
    reader = csv.reader(
        io.StringIO(text, newline="\n"), delimiter=delimiter, skipinitialspace=spaced, strict=True
    )
    is_guarded = "'" in text
    number = 0
    try:
        for number, cells in enumerate(reader, 1):
            if not is_clean:
                cells = list(map(normalise, cells))
            yield number, list(map(unguard, cells)) if is_guarded else cells
    except csv.Error as error:
        raise InputError(
            f"{name}, row {number + 1}: the quotation marks do not fit ({error}); a cell that begins with "
            'one must end with one, and one inside it must be doubled ("")'
        ) from None


def find_delimiter(text: str) -> str:
    r"""Return the delimiter of a text, as `split` describes it.

    Examples
    --------
    >>> find_delimiter("participant;rate\nP1;1,5\n")
    ';'
    """
    counts = Counter(_outside_quotes(_head(text)))
    found = [delimiter for delimiter in DELIMITERS if counts[delimiter]]
    return max(found or DELIMITERS, key=lambda delimiter: _evenness(text, delimiter))


def _head(text: str) -> str:
    """Return the first record with content; line ends inside quotation marks belong to it."""
    text = _BLANK_LINES.sub("", text)
    marks = position = 0
    while (end := text.find("\n", position)) != -1:
        marks += text.count('"', position, end)
        if marks % 2 == 0:
            return text[:end]
        position = end + 1
    return text


def _outside_quotes(line: str) -> str:
    return "".join(line.split('"')[::2])


def _evenness(text: str, delimiter: str) -> tuple[float, int]:
    reader = csv.reader(io.StringIO(text, newline="\n"), delimiter=delimiter)
    try:
        widths = [len(cells) for cells in islice(filter(None, reader), _SAMPLE)]
    except csv.Error:
        return 0.0, 0
    return (widths.count(widths[0]) / len(widths), widths[0]) if widths else (0.0, 0)
