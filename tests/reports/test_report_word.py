"""What makes the Word document one that people can go on working with: styles, fields, references, brevity."""

import re
from collections.abc import Callable
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from docx.oxml.ns import qn
from reading_reports import STUDIES, Written, large_codebook
from studies import make_study


@pytest.fixture(scope="module")
def write(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Written]:
    def make(name: str) -> Written:
        language = "nl" if name.endswith(" in Dutch") else "en"
        study = STUDIES[name.removesuffix(" in Dutch")]()
        return Written(study, tmp_path_factory.mktemp("word") / "out", formats=("docx",), language=language)

    return cache(make)


@pytest.fixture(params=[*STUDIES, "small in Dutch"])
def written(request: pytest.FixtureRequest, write: Callable[[str], Written]) -> Written:
    return write(request.param)


def text_of(element: Any) -> str:
    return "".join(one.text or "" for one in element.iter(qn("w:t")))


def fields(document: Any, kind: str) -> list[tuple[str, str]]:
    """Return code and shown text of the fields of a kind."""
    found = [
        (one.get(qn("w:instr")).split(), text_of(one)) for one in document.element.iter(qn("w:fldSimple"))
    ]
    return [(code[1], text) for code, text in found if code[0] == kind]


def marks(document: Any) -> dict[str, str]:
    """Return the name of every bookmark -> the text of its paragraph."""
    return {
        one.get(qn("w:name")): text_of(one.getparent())
        for one in document.element.iter(qn("w:bookmarkStart"))
    }


def test_captions_are_counted_by_fields_in_the_order_of_the_pages(written: Written) -> None:
    counted: dict[str, list[str]] = {}
    for label, text in fields(written.document, "SEQ"):
        counted.setdefault(label, []).append(text)
    label = {"en": "Table", "nl": "Tabel"}[written.report.language]
    assert counted[label]
    for numbers in counted.values():
        assert numbers == [str(number) for number in range(1, len(numbers) + 1)]


def test_a_reference_shows_what_the_caption_says_before_word_makes_it_anew(written: Written) -> None:
    captions = marks(written.document)
    for bookmark, text in fields(written.document, "REF"):
        assert captions[bookmark].startswith(f"{text}.")


def test_a_table_is_referred_to_where_a_sentence_names_it(write: Callable[[str], Written]) -> None:
    written = write("small")
    there = {bookmark for bookmark, _ in fields(written.document, "REF")}
    assert {"_Ref_M1", "_Ref_M2", "_Ref_M3", "_Ref_L1"} <= there
    shown = [text_of(one) for one in written.document.element.body.iter(qn("w:p"))]
    assert not any(re.search(r"\(M[123]\)", text) for text in shown)


def test_a_participant_with_the_id_of_a_table_is_no_reference(tmp_path: Path) -> None:
    study = make_study({"I1": "P1: <a>No time.</a>"}, people="g: P1 M1 T1")
    written = Written(study, tmp_path / "out", formats=("docx",))
    notes = [text_of(one) for one in written.document.element.body.iter(qn("w:p"))]
    assert any("M1, T1" in text for text in notes)
    assert {"_Ref_M1", "_Ref_T1"}.isdisjoint(bookmark for bookmark, _ in fields(written.document, "REF"))


def test_bookmarks_have_names_and_numbers_of_their_own(written: Written) -> None:
    found = list(written.document.element.iter(qn("w:bookmarkStart")))
    for name in ("w:name", "w:id"):
        values = [one.get(qn(name)) for one in found]
        assert len(values) == len(set(values))
    assert all(re.fullmatch(r"\w{1,40}", one.get(qn("w:name"))) for one in found)


def test_the_contents_list_the_headings_and_lead_to_them(written: Written) -> None:
    document = written.document
    (begin,) = document.element.iter(qn("w:instrText"))
    assert begin.text.split()[0] == "TOC"
    kinds = [one.get(qn("w:fldCharType")) for one in document.element.iter(qn("w:fldChar"))]
    assert kinds == ["begin", "separate", "end"]
    listed = [(one.get(qn("w:anchor")), text_of(one)) for one in document.element.iter(qn("w:hyperlink"))]
    captions = marks(document)
    assert [captions[anchor] for anchor, _ in listed] == [text for _, text in listed]
    headings = [
        text_of(one._p) for one in document.paragraphs if one.style.name in ("Heading 1", "Heading 2")
    ]
    assert [text for _, text in listed] == headings


def test_headings_skip_no_level(written: Written) -> None:
    levels = [
        int(one.style.name[-1]) for one in written.document.paragraphs if one.style.name.startswith("Heading")
    ]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_pictures_and_tables_say_what_they_show(written: Written) -> None:
    for picture in written.document.element.iter(qn("wp:docPr")):
        assert picture.get("descr")
    for table in written.document.tables:
        assert table._tbl.find(f"{qn('w:tblPr')}/{qn('w:tblCaption')}").get(qn("w:val"))


@pytest.mark.parametrize(("name", "language"), [("small", "en-GB"), ("small in Dutch", "nl-NL")])
def test_the_document_has_the_language_of_the_plan(
    name: str, language: str, write: Callable[[str], Written]
) -> None:
    written = write(name)
    assert {one.get(qn("w:val")) for one in written.document.styles.element.iter(qn("w:lang"))} == {language}
    assert written.document.core_properties.language == language
    quoted = written.document.styles["Quoted"].element
    assert quoted.find(f"{qn('w:rPr')}/{qn('w:noProof')}") is not None


def test_every_page_has_its_number(written: Written) -> None:
    for section in written.document.sections:
        codes = [one.get(qn("w:instr")).strip() for one in section.footer._element.iter(qn("w:fldSimple"))]
        assert codes == ["PAGE", "NUMPAGES"]


def test_captions_and_heads_of_tables_stay_with_what_follows(write: Callable[[str], Written]) -> None:
    styles = write("small").document.styles
    for name in ("Caption", "Heading 1", "Heading 2", "Heading 3", "Subheading", "Table Head", "Figure"):
        assert styles[name].paragraph_format.keep_with_next
    assert styles["Quote"].paragraph_format.keep_together


def test_the_codebook_holds_the_codes_that_were_used_and_names_the_others(
    write: Callable[[str], Written],
) -> None:
    written = write("120 codes")
    head, *body = written.document_table("T3")
    assert head == ["Name", "Codings"]
    assert len(body) == 41
    assert any(one.text.startswith("Without codings: A.c40, ") for one in written.document.paragraphs)


def test_long_lists_and_figures_over_pages_are_shown_in_part(tmp_path: Path) -> None:
    said = "\n\n".join(f"P1: <a +>One {n}.</a>\n\nP2: Hm, no." for n in range(60))
    codes = "a! domain\n" + "\n".join(f"  a.c{n}" for n in range(60))
    study = make_study(
        {"I1": said, "I2": "\n\n".join(f"P1: <a.c{n}>This {n}.</a.c{n}>" for n in range(60))},
        people="g: P1 P2",
        codes=codes.replace("a! domain", "a domain"),
    )
    written = Written(study, tmp_path / "out", formats=("docx",))
    assert len(written.document_table("C1")) == 41
    assert any("more rows are in the Excel" in one.text for one in written.document.paragraphs)
    split = [figure.id for figure in written.report.figures if "." in figure.id]
    assert split
    there = set(marks(written.document))
    for section in written.report.sections:
        figures = [name for name in section.parts if name.startswith("F")]
        shown = [name for name in figures if f"_Ref_{name.replace('.', '_')}" in there]
        first = [name for name in figures if "." not in name or name.endswith(".1")]
        assert shown == (first[:1] if figures == list(section.parts) else first)
    with_rest = [one.text for one in written.document.paragraphs if "other parts of the figure" in one.text]
    assert with_rest


def test_the_times_inside_the_file_are_those_of_the_study(write: Callable[[str], Written]) -> None:
    written = write("small")
    with ZipFile(written.folder / "report.docx") as file:
        assert {one.date_time for one in file.infolist()} == {(2026, 1, 31, 14, 5, 0)}
        core = file.read("docProps/core.xml").decode()
    assert set(re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z", core)) == {"2026-01-31T14:05:00Z"}


def test_parts_of_a_large_study_are_brief() -> None:
    from mihqda.reports.brief import brief
    from mihqda.reports.build import build_report
    from mihqda.reports.wording import wording

    report = build_report(large_codebook())
    words = wording("en")
    for table in report.tables:
        grid, notes = brief(table, words)
        assert 0 < len(grid.rows) <= len(table.grid.rows) or not table.grid.rows
        assert notes or not table.notes
    themes = next(table for table in report.tables if table.id == "T4")
    grid, _ = brief(themes, words)
    assert all(len(cell.quotes) <= 1 for row in grid.rows for cell in row.cells)
