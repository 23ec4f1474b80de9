"""Frames of a report as rows for Excel and CSV."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd

from mihqda.reports.grid import rows_of
from mihqda.reports.model import Report
from mihqda.reports.prose import cut, printable
from mihqda.reports.wording import wording
from mihqda.tables.values import Plain, simplify


def tidy_rows(frame: pd.DataFrame, *, longest: int | None = None) -> tuple[list[str], list[list[object]]]:
    """Return the columns and rows of a frame: numbers as numbers, texts as a file can hold them, gaps as None.

    A text of more than `longest` characters ends at a word with ``[…]``.
    """
    columns = [str(column) for column in frame.columns]
    rows = [[_printed(value, longest) for value in row] for row in rows_of(frame)]
    return columns, rows


def facts_rows(report: Report) -> list[Sequence[object]]:
    """Return title, facts and warnings, name and value."""
    words = wording(report.language)
    facts = [(words.say("facts_title"), report.title), *report.facts.items()]
    warnings = [(words.say("read_first"), warning) for warning in report.warnings]
    return [tuple(plain(text) for text in row) for row in (*facts, *warnings)]


def method_rows(report: Report) -> Iterator[Sequence[object]]:
    """Yield the method page, section and sentence."""
    for heading, sentences in report.method.sections:
        for sentence in sentences:
            yield (plain(heading), plain(sentence))


def plain(value: object) -> Plain:
    """Return a value as a cell of a laid-out sheet holds it."""
    return simplify(_printed(value))


def _printed(value: object, longest: int | None = None) -> object:
    if isinstance(value, str):
        text = printable(value)
        return text if longest is None else cut(text, longest)
    return None if value is pd.NA or value != value else value
