"""The workbook: sheets to print whose numbers are those of the statistics, contents with links, tidy sheets."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from reading_reports import STUDIES, Written, is_verbatim, small_study

from mihqda.reports.prose import printable
from mihqda.themes.phases import phase_table
from mihqda.themes.table import theme_table


@pytest.fixture(scope="module")
def write(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Written]:
    return cache(
        lambda name: Written(STUDIES[name](), tmp_path_factory.mktemp("books") / "out", formats=("xlsx",))
    )


@pytest.fixture(params=list(STUDIES))
def written(request: pytest.FixtureRequest, write: Callable[[str], Written]) -> Written:
    return write(request.param)


def book_of(written: Written) -> Any:
    return openpyxl.load_workbook(written.folder / "report.xlsx")


def bands(sheet: Any) -> list[tuple[str, str]]:
    """Return band and head of every column; a merged band stands above several."""
    names = [cell.value for cell in sheet[2]]
    for area in sheet.merged_cells.ranges:
        if area.min_row == area.max_row == 2:
            for column in range(area.min_col, area.max_col + 1):
                names[column - 1] = sheet.cell(2, area.min_col).value
    return [(band or "", cell.value or "") for band, cell in zip(names, sheet[3], strict=True)]


def test_the_theme_table_to_print_has_the_numbers_of_theme_table(written: Written) -> None:
    table = theme_table(written.study)
    book = book_of(written)
    if table.empty:
        assert "T4 to print" not in book.sheetnames
        return
    sheet = book["T4 to print"]
    heads = bands(sheet)
    numbers = {(row["theme"], row["group"]): row for row in table.to_dict("records")}
    themes = list(dict.fromkeys(written.report["T4"].frame["theme"]))  # type: ignore[union-attr]
    fields = {"n": "participants", "N": "N", "asked": "N_asked", "Mentions": "mentions", "Sessions": "sessions",
              "+": "plus", "−": "minus", "mixed": "mixed"}  # fmt: skip
    groups = {printable(group): group for _, group in numbers} | {"Total": "(all)"}
    checked = 0
    for line, theme in enumerate(themes, 4):
        for column, (band, head) in enumerate(heads, 1):
            if band:
                shown, value = sheet.cell(line, column).value, numbers[theme, groups[band]][fields[head]]
                assert (None if pd.isna(value) else value) == shown, (theme, band, head)
                checked += 1
    assert checked >= 2 * len(themes)
    assert sheet.cell(4 + len(themes), 1).value is None


def test_every_cell_of_theme_by_phase_is_that_of_phase_table(write: Callable[[str], Written]) -> None:
    written = write("small")
    frame = written.report["T10"].frame  # type: ignore[union-attr]
    sheet = book_of(written)["T10 to print"]
    heads = bands(sheet)
    table = phase_table(written.study, zeros=True).set_index(["theme", "phase"])
    phase_of = dict(zip(frame["phase_name"], frame["phase"], strict=True))
    for line, theme in enumerate(dict.fromkeys(frame["theme"]), 4):
        for column, (band, head) in enumerate(heads, 1):
            if not band:
                continue
            row = table.loc[(theme, phase_of[band])]
            field = {"n": "participants", "Mentions": "mentions"}[head]
            assert sheet.cell(line, column).value == (int(row[field]) if row["mentions"] else None)


def test_the_quotes_to_print_are_in_their_transcripts(written: Written) -> None:
    book = book_of(written)
    if "T4 to print" not in book.sheetnames:
        return
    sheet = book["T4 to print"]
    (column,) = (at for at, cell in enumerate(sheet[3]) if cell.value == "Quote")
    quotes = [row[column] for row in sheet.iter_rows(min_row=4, values_only=True) if row[column]]
    assert quotes
    texts = list(written.study.texts.values())
    for quote in quotes:
        assert is_verbatim(quote, texts), quote


def test_the_contents_lead_to_every_other_sheet(written: Written) -> None:
    book = book_of(written)
    links = {
        cell.hyperlink.location for row in book["Contents"].iter_rows() for cell in row if cell.hyperlink
    }
    assert links == {f"'{title}'!A1" for title in book.sheetnames if title != "Contents"}
    assert book.sheetnames[0] == "Contents"


def test_sheets_to_print_fit_the_page_and_repeat_their_heads(write: Callable[[str], Written]) -> None:
    book = book_of(write("small"))
    for title in ("T4 to print", "T10 to print"):
        sheet = book[title]
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.paperSize == 9
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_title_rows == "$1:$3"
        assert sheet["A1"].value == write("small").report[title.split()[0]].title
    notes = [row[0].value for row in book["T4 to print"].iter_rows() if row[0].value]
    assert any(str(note).startswith("n/N: participants") for note in notes)


def test_long_text_has_a_row_that_holds_it(write: Callable[[str], Written]) -> None:
    sheet = book_of(write("small"))["Method"]
    long = [row[1] for row in sheet.iter_rows(min_row=2) if len(str(row[1].value)) > 200]
    assert long
    for cell in long:
        assert sheet.row_dimensions[cell.row].height >= 30


def test_the_workbook_speaks_the_language_of_the_plan(tmp_path: Path) -> None:
    written = Written(small_study(), tmp_path / "out", formats=("xlsx",), language="nl")
    book = book_of(written)
    assert {"Inhoud", "T4 afdruk", "Citaten", "Verantwoording"} <= set(book.sheetnames)
    assert [cell.value for cell in book["T4 afdruk"][3]][:2] == ["Thema", "Definitie"]
    assert "gevraagd" in {cell.value for cell in book["T4 afdruk"][3]}
