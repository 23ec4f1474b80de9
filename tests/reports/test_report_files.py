"""What is written is read back: the numbers, the quotes, the names, in every format."""

import base64
import hashlib
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pandas as pd
import pytest
from reading_reports import HOSTILE, STUDIES, Written, is_verbatim

import mihqda.reports
from mihqda.reports.prose import printable
from mihqda.themes.table import theme_table


@pytest.fixture(scope="module")
def write(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Written]:
    return cache(lambda name: Written(STUDIES[name](), tmp_path_factory.mktemp("reports") / "out"))


@pytest.fixture(params=list(STUDIES))
def written(request: pytest.FixtureRequest, write: Callable[[str], Written]) -> Written:
    return write(request.param)


def expected(written: Written) -> dict[str, dict[str, str]]:
    """Return theme -> group -> n/N, or mentions for those who are not registered."""
    table = theme_table(written.study)
    out: dict[str, dict[str, str]] = {}
    for row in table.to_dict("records"):
        n_of_all = f"{row['participants']}/{row['N']}"
        shown = str(row["mentions"]) if pd.isna(row["N"]) else n_of_all
        out.setdefault(row["theme"], {})[row["group"]] = shown
        if row["group"] == "(all)":
            numbers = {
                "+": "plus",
                "−": "minus",
                "mixed": "mixed",
                "Mentions": "mentions",
                "Sessions": "sessions",
            }
            out[row["theme"]] |= {label: str(row[name]) for label, name in numbers.items()}
    return out


def check_theme_grid(written: Written, rows: list[list[str]]) -> None:
    numbers = expected(written)
    if not numbers:
        assert rows == []
        return
    head, *body = rows
    labels = {"Total": "(all)", "(unassigned) mentions": "(unassigned)"}
    columns = [labels.get(label, label) for label in head]
    themes = [quotes.theme for quotes in written.report.quotes.themes]
    assert len(body) == len(themes) == len(numbers)
    for theme, row in zip(themes, body, strict=True):
        shown = dict(zip(columns, row, strict=True))
        for column, value in shown.items():
            if column not in ("Theme", "Quotes"):
                group = next(group for group in (*numbers[theme], "") if printable(group) == column)
                assert value == numbers[theme][group], (theme, column)


def test_the_theme_table_of_the_page_has_the_numbers_of_theme_table(written: Written) -> None:
    check_theme_grid(
        written, written.page_table("T4") if written.page.xpath("//div[@id='T4']//table") else []
    )


def test_the_theme_table_of_the_document_has_the_numbers_of_theme_table(written: Written) -> None:
    check_theme_grid(written, written.document_table("T4"))


def test_the_tidy_tables_are_theme_table(written: Written) -> None:
    table = theme_table(written.study)
    sheet = written.sheets["T4 themes"]
    file = written.csv("T4_themes.csv")
    assert len(sheet) - 1 == len(file) == len(table)
    in_sheet = {
        (row["theme"], row["group"]): row
        for row in (dict(zip(sheet[0], line, strict=True)) for line in sheet[1:])
    }
    in_file = {(row["theme"], row["group"]): row for row in file}
    for row in table.to_dict("records"):
        key = (row["theme"], row["group"])
        for column in (
            "participants",
            "N",
            "N_asked",
            "plus",
            "minus",
            "mixed",
            "mentions",
            "codings",
            "sessions",
            "rate",
        ):
            if pd.isna(row[column]):
                assert in_sheet[key][column] is None
                assert in_file[key][column] == ""
            else:
                assert in_sheet[key][column] == pytest.approx(row[column])
                assert float(in_file[key][column]) == pytest.approx(row[column])


def test_a_count_and_its_whole_are_never_one_cell_of_a_spreadsheet(written: Written) -> None:
    for rows in written.sheets.values():
        assert not any(isinstance(cell, str) and cell.count("/") == 1 and cell.replace("/", "").isdigit() for row in rows for cell in row)  # fmt: skip


def test_every_quote_of_every_format_is_in_its_transcript(written: Written) -> None:
    texts = list(written.study.texts.values())
    rows = written.csv("quotes.csv")
    for row in rows:
        text = written.study.texts[row["transcript"]]
        assert printable(text[int(row["start"]) : int(row["end"])]) == row["quote"].removeprefix("'")
    sheet = written.sheets["Quotes"]
    in_sheet = [row[sheet[0].index("quote")] for row in sheet[1:]]
    on_page = [span.text_content() for span in written.page.find_class("quote")]
    in_document = written.document_quotes()
    for quote in (*in_sheet, *on_page, *in_document):
        assert is_verbatim(quote, texts), quote
    # The page has them all, Excel those that were chosen, Word two of each group.
    chosen = {row["quote"] for row in rows if row["chosen"] == "true"}
    assert set(in_sheet) == {one.removeprefix("'") for one in chosen}
    assert {row["quote"].removeprefix("'") for row in rows} <= set(on_page)
    of_groups: dict[tuple[str, str], set[str]] = {}
    for row in rows:
        if row["chosen"] == "true":
            for group in row["groups"].split("; "):
                of_groups.setdefault((row["theme"], group), set()).add(row["quote"].removeprefix("'"))
    for there in of_groups.values():
        assert len(there & set(in_document)) >= min(2, len(there))
    whole = {quote for quote in in_document if not quote.endswith(" […]")}
    assert whole <= set().union(*of_groups.values())


def test_every_link_of_the_page_leads_somewhere_and_none_leaves_it(written: Written) -> None:
    page = written.page
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    links = [str(link) for link in page.xpath("//@href|//@src|//@*[name()='xlink:href']")]
    assert links
    assert all(link.startswith("#") for link in links)
    assert {link[1:] for link in links} <= set(ids)


def test_every_number_of_people_leads_to_its_quotes(written: Written) -> None:
    page = written.page
    for link in page.xpath("//div[@id='T4']//td[contains(@class, 'n')]/a"):
        (place,) = page.xpath(f"//*[@id='{link.get('href')[1:]}']")
        following = place if place.tag == "section" else place.getnext()
        assert following is not None
        assert (
            following.tag == "section"
            or following.tag == "blockquote"
            or "below" in following.get("class", "")
        )


def test_the_page_loads_nothing_and_runs_only_the_script_that_sorts(written: Written) -> None:
    page = written.page
    assert not page.xpath("//iframe|//object|//embed|//link|//img|//form|//i|//b[@onload]|//base")
    assert not page.xpath("//@*[starts-with(name(), 'on')]")
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'")
    (script,) = page.xpath("//script")
    assert not script.attrib
    assert script.text == (Path(mihqda.reports.__file__).parent / "report.js").read_text(encoding="utf-8")
    # A browser hashes the characters between the tags as they stand in the file.
    raw = (
        (written.folder / "report.html")
        .read_text(encoding="utf-8")
        .split("<script>")[1]
        .split("</script>")[0]
    )
    digest = base64.b64encode(hashlib.sha256(raw.encode()).digest()).decode()
    sources = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert sources["script-src"] == f"'sha256-{digest}'"
    assert not re.search("fetch|XMLHttp|import|eval|innerHTML|http|WebSocket|storage", raw)


def test_the_tables_of_the_page_have_captions_and_scopes(written: Written) -> None:
    for table in written.page.xpath("//table"):
        assert table.xpath("./caption")
        assert all(cell.get("scope") == "col" for cell in table.xpath("./thead//th"))
        assert all(row.xpath("./th[@scope='row']") for row in table.xpath("./tbody/tr"))


def test_the_document_repeats_heads_and_fits_its_pages(written: Written) -> None:
    document = written.document
    assert document.tables
    section_widths = []
    for element in document.element.body.iter("{*}pgSz", "{*}tblW"):
        section_widths.append((element.tag.split("}")[1], int(element.get(element.keys()[0]))))
    assert {"Caption", "Table Text", "Table Head", "Quote", "Quoted"} <= {
        style.name for style in document.styles
    }
    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    waiting: list[int] = []
    for element in document.element.body.iter(f"{w}tblW", f"{w}sectPr"):
        if element.tag == f"{w}tblW":
            waiting.append(int(element.get(f"{w}w")))
        else:
            size, margin = element.find(f"{w}pgSz"), element.find(f"{w}pgMar")
            room = int(size.get(f"{w}w")) - int(margin.get(f"{w}left")) - int(margin.get(f"{w}right"))
            assert all(width <= room + 2 for width in waiting)
            waiting = []
    for table in document.tables:
        assert table._tbl.findall(f".//{w}tblHeader")


def test_the_workbook_freezes_its_heads_and_holds_no_formula(written: Written) -> None:
    import openpyxl

    book = openpyxl.load_workbook(written.folder / "report.xlsx")
    tidy = {f"{table.id} {table.name}" for table in written.report.tables} | {"Quotes", "Method"}
    assert {"Contents", *tidy} <= set(book.sheetnames)
    assert {"T1 participants", "T2 sources", "T3 codebook", "T4 themes"} <= tidy
    for sheet in book:
        to_print = sheet.title.endswith("to print")
        frozen = None if sheet.title == "Contents" else "B4" if to_print else "A2"
        assert sheet.freeze_panes == frozen
        assert bool(sheet.auto_filter.ref) == (sheet.title in tidy)
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


@pytest.mark.parametrize("name", ["small", "hostile"])
def test_two_runs_give_the_same_bytes(name: str, write: Callable[[str], Written], tmp_path: Path) -> None:
    first, second = write(name), Written(STUDIES[name](), tmp_path / "again")
    names = sorted(path.relative_to(first.folder) for path in first.folder.rglob("*"))
    assert names == sorted(path.relative_to(second.folder) for path in second.folder.rglob("*"))
    for one in names:
        if (first.folder / one).is_file():
            assert (first.folder / one).read_bytes() == (second.folder / one).read_bytes(), one


def test_hostile_names_arrive_as_text_everywhere(write: Callable[[str], Written]) -> None:
    written = write("hostile")
    names = {printable(name) for name in HOSTILE}
    assert names <= {cell.text_content() for cell in written.page.xpath("//div[@id='T4']//tbody/tr/th/a")}
    assert names <= {row[0] for row in written.document_table("T4")}
    sheet = written.sheets["T3 codebook"]
    assert names <= {row[sheet[0].index("name")] for row in sheet}
    assert names <= {row["name"].removeprefix("'") for row in written.csv("T3_codebook.csv")}
    (drawing,) = written.page.xpath("//*[@id='F1']//*[local-name()='svg']")
    assert "$\\frac{1}{0}$ $x" in drawing.text_content()


def test_csv_cells_cannot_be_formulas(write: Callable[[str], Written]) -> None:
    written = write("hostile")
    for path in (written.folder / "csv").glob("*.csv"):
        for row in written.csv(path.name):
            assert not any(cell[:1] in ("=", "@", "+", "-") and len(cell) > 1 for cell in row.values())
