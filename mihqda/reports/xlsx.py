"""The report as an Excel workbook: contents, laid-out sheets to print, a tidy sheet per table, the method."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from mihqda.reports.model import Report, ReportTable
from mihqda.reports.tidy import facts_rows, method_rows, plain, tidy_rows
from mihqda.reports.wording import Wording, wording
from mihqda.reports.xlsx_layout import phase_sheet, theme_sheet
from mihqda.tables.sheet_xml import fit_heights
from mihqda.tables.sheets import Entry, Look, Sheet
from mihqda.tables.write import tidy_sheet, write_sheets

_CELL = 16_000  # characters; Excel holds 32,767 halves of UTF-16
_CONTENTS, _METHOD = (28, 90, 16), (30, 110)  # widths of their columns
_STRONG = Look(is_bold=True)


class XlsxWriter:
    """Writes ``report.xlsx``: contents, T4 and T10 to print, every table, the chosen quotes, and the method."""

    name = "xlsx"

    def write(self, report: Report, directory: Path) -> tuple[Path, ...]:
        """Write the workbook and return its path."""
        path = directory / "report.xlsx"
        words = wording(report.language)
        sheets = list(_sheets(report, words))
        write_sheets(path, [_contents(report, sheets, words), *(sheet for sheet, _, _ in sheets)])
        return (path,)


writer = XlsxWriter()

_Listed = tuple[Sheet, str, str]
"""A sheet, what is in it, and how many rows it has or that it is laid out."""


def _sheets(report: Report, words: Wording) -> Iterator[_Listed]:
    for table in report.tables:
        laid_out = _laid_out(table, words)
        if laid_out is not None:
            yield laid_out, table.title, words.say("sheet_laid_out")
    for table in report.tables:
        sheet = tidy_sheet(f"{table.id} {table.name}", *tidy_rows(table.frame, longest=_CELL))
        yield sheet, table.title, _rows(len(table.frame), words)
    if any(report.quotes.id in section.parts for section in report.sections):
        quotes = report.quotes.frame
        chosen = quotes[quotes["chosen"].astype(bool)].drop(columns=["chosen", "codings"])
        sheet = tidy_sheet(words.say("sheet_quotes"), *tidy_rows(chosen, longest=_CELL))
        yield sheet, report.quotes.title, _rows(len(chosen), words)
    method = words.say("sheet_method")
    rows: list[list[Any]] = [list(row) for row in method_rows(report)]
    rows.insert(0, [words.say("col_about"), words.say("col_content")])
    sheet = Sheet(
        method, rows, widths=_METHOD, heights=fit_heights(rows, _METHOD), has_filter=True, is_landscape=True
    )
    yield sheet, report.method.title, ""


def _laid_out(table: ReportTable, words: Wording) -> Sheet | None:
    if not len(table.frame) or table.id not in ("T4", "T10", "T10b"):
        return None
    make = theme_sheet if table.id == "T4" else phase_sheet
    return make(f"{table.id} {words.say('sheet_laid_out')}", table, words)


def _rows(number: int, words: Wording) -> str:
    return words.say("sheet_rows", number=number)


def _contents(report: Report, sheets: list[_Listed], words: Wording) -> Sheet:
    """Return the first sheet: what the report is about, what to read first, and links to the other sheets."""
    rows: list[list[Any]] = []
    for name, value in facts_rows(report):
        rows.append([Entry(plain(name), _STRONG), plain(value), None])
    rows.append([None, None, None])
    heads = [words.say("col_sheet"), words.say("col_content"), words.say("col_extent")]
    rows.append([Entry(head, replace(_STRONG, is_head=True, has_rule=True)) for head in heads])
    for sheet, content, extent in sheets:
        rows.append([Entry(sheet.title, link=sheet.title), plain(content), extent or None])
    heights = fit_heights(rows, _CONTENTS)
    return Sheet(
        words.say("sheet_contents"), rows, heads=0, widths=_CONTENTS, heights=heights, is_landscape=True
    )
