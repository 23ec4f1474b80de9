"""How a printed document counts its tables and figures, and what finds them in a sentence."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from mihqda.reports.model import Figure, Report, ReportTable
from mihqda.reports.wording import Wording


def left_out(report: Report) -> Mapping[str, str]:
    """Return the ids of figures that only the web page shows -> the figure that stands for them.

    They are the later pages of a figure, such as F1.2, and in a section of figures alone all but the first.
    """
    left: dict[str, str] = {}
    for section in report.sections:
        figures = [name for name in section.parts if isinstance(report[name], Figure)]
        is_alone = len(figures) == len(section.parts)
        for name in figures:
            figure, _, page = name.partition(".")
            if is_alone and name != figures[0]:
                left[name] = figures[0]
            elif page not in ("", "1"):
                left[name] = f"{figure}.1"
    return left


def number_parts(report: Report, words: Wording, without: Collection[str]) -> Mapping[str, tuple[str, int]]:
    """Return id of a table or figure -> what it is called here, and its number, in the order of the pages."""
    numbered: dict[str, tuple[str, int]] = {}
    counts = {"table": 0, "figure": 0}
    for section in report.sections:
        for part in (report[name] for name in section.parts):
            kind = "table" if isinstance(part, ReportTable) else "figure" if isinstance(part, Figure) else ""
            if kind and part.id not in without:
                counts[kind] += 1
                numbered[part.id] = (words.say(kind), counts[kind])
    return numbered


def find_references(report: Report, ids: Collection[str]) -> re.Pattern[str] | None:
    """Return what finds the ids of tables and figures in a sentence; None if there are none to find.

    An id that somebody or something in the study has as well, such as a participant M1, is left alone.
    """
    own = {str(value) for table in report.tables for value in _names(table)}
    found = sorted((name for name in ids if name not in own), key=len, reverse=True)
    return re.compile(rf"(?<![\w.-])(?:{'|'.join(map(re.escape, found))})(?![\w-]|\.\w)") if found else None


def _names(table: ReportTable) -> Iterator[object]:
    for column in (
        "participant",
        "session",
        "transcript",
        "coder",
        "code",
        "name",
        "theme",
        "group",
        "speaker",
    ):
        if column in table.frame:
            yield from table.frame[column].unique()
