"""Written reports, read back; and studies that are hard on a report."""

from __future__ import annotations

import csv
import dataclasses
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import docx
import openpyxl
from docx.oxml.ns import qn
from lxml import html
from studies import make_study, small_study

from mihqda.reports.build import build_report
from mihqda.reports.model import Report
from mihqda.reports.plan import Plan
from mihqda.reports.write import FORMATS, write_report
from mihqda.snapshot import Snapshot

HOSTILE = (
    "<script>alert(1)</script>", "a & b < c > d \"q\" 'p'", "=1+1", "@SUM(A1)", "$\\frac{1}{0}$ $x", "</style>",
    "]]> <!-- -->", "a\tb\nc", "javascript:alert(1)", "\u202eright to left\u202c", "🙂 e\u0301", "`code`", "$\\nonsense{$",
    "bell\x07 null\x01 del\x7f",
)  # fmt: skip


def hostile_study() -> Snapshot:
    """Return a study whose names, quotes and ids try to be something else than text."""

    def safe(text: str) -> str:
        return text.replace("<", "‹").replace(">", "›")  # not a mark of the notation; put back below

    said = [f"P{n}: <c{n}>Said {safe(name)} and meant it.</c{n}>" for n, name in enumerate(HOSTILE)]
    study = make_study(
        {
            "I1": "\n\n".join(said),
            "I2": 'P1: <c1>=HYPERLINK("http://x")</c1>\n\nP2: <c1>-2+3</c1>\n\nP3: <c1>&lt;b&gt;</c1>',
        },
        people="\n".join(f"<b>g{n % 2}</b> & co: P{n}" for n in range(len(HOSTILE))),
        attributes={f"P{n}": {"role": name, "=x": name} for n, name in enumerate(HOSTILE)},
        study="<i>study</i>",
    )
    study.codes["name"] = study.codes["definition"] = [HOSTILE[int(code[1:])] for code in study.codes["code"]]
    texts = {name: text.replace("‹", "<").replace("›", ">") for name, text in study.texts.items()}
    return dataclasses.replace(study, texts=texts)


def study_without_register() -> Snapshot:
    return make_study({"I1": "P1: <a>No time.</a>\n\nP2: <b +>Enough.</b>"})


def study_without_codings() -> Snapshot:
    return make_study({"I1": "P1: No time."}, people="g: P1 P2", codes="area! domain\n  a\n  b")


def study_of_one() -> Snapshot:
    return make_study({"I1": "P1: <a>No time.</a>"}, people="g: P1")


def study_of_nothing() -> Snapshot:
    return make_study({}, codes="a")


def large_codebook(codes: int = 120) -> Snapshot:
    """Return a study of many codes, one of them with a name of 90 characters, and right-to-left text."""
    said = "\n\n".join(
        f"P{n % 5 + 1}: <a.c{n}>Statement {n} of the talk.</a.c{n}>" for n in range(codes - 80)
    )
    tree = "a! domain\n" + "\n".join(f"  a.c{n}" for n in range(codes))
    study = make_study(
        {"I1": said, "I2": "P1: <a.c1>אין לנו זמן, באמת (כלום).</a.c1>"},
        people="g: P1 P2 P3; h: P4 P5",
        codes=tree,
    )
    study.codes.loc[study.codes["code"] == "a.c1", "name"] = (
        "Name of ninety characters, " + "x" * 20 + " y" * 21 + "!"
    )
    study.codes.loc[study.codes["code"] == "a.c2", "name"] = "תפקידים"
    return study


STUDIES = {
    "small": small_study,
    "hostile": hostile_study,
    "no register": study_without_register,
    "no codings": study_without_codings,
    "one person": study_of_one,
    "nothing": study_of_nothing,
    "120 codes": large_codebook,
}


class Files:
    """The files of a report, read back."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def page(self) -> Any:
        return html.fromstring((self.folder / "report.html").read_bytes())

    @cached_property
    def document(self) -> Any:
        return docx.Document(str(self.folder / "report.docx"))

    @cached_property
    def sheets(self) -> dict[str, list[tuple[Any, ...]]]:
        book = openpyxl.load_workbook(self.folder / "report.xlsx")
        return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}

    def csv(self, name: str) -> list[dict[str, str]]:
        with (self.folder / "csv" / name).open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    def page_table(self, name: str) -> list[list[str]]:
        """Return a table of the page, head first; a cell's second line is left out."""
        (found,) = self.page.xpath(f"//div[@id='{name}']//table")
        return [[_first(cell) for cell in row.xpath("./th|./td")] for row in found.xpath(".//tr")]

    def document_table(self, name: str) -> list[list[str]]:
        """Return a table of the Word document, head first; a cell's second line is left out."""
        is_next = False
        for element in self.document.element.body:
            if element.tag == qn("w:tbl") and is_next:
                return [
                    [_text_of(cell.findall(qn("w:p"))[0]) for cell in row.findall(qn("w:tc"))]
                    for row in element.findall(qn("w:tr"))
                ]
            if _style(element) == "Caption":
                (mark,) = element.findall(qn("w:bookmarkStart"))
                is_next = mark.get(qn("w:name")) == f"_Ref_{name}"
        return []

    def document_quotes(self) -> list[str]:
        """Return the texts in the character style of quotes."""
        runs = self.document.element.body.iter(qn("w:r"))
        return [_text_of(run) for run in runs if run.find(f"{qn('w:rPr')}/{qn('w:rStyle')}") is not None
                and run.find(f"{qn('w:rPr')}/{qn('w:rStyle')}").get(qn("w:val")) == "Quoted"]  # fmt: skip


class Written(Files):
    """A report of a snapshot, written and read back."""

    def __init__(
        self, study: Snapshot, folder: Path, *, formats: Sequence[str] = FORMATS, **options: Any
    ) -> None:
        super().__init__(folder)
        self.study = study
        self.report: Report = build_report(study, Plan(**options))
        self.paths = write_report(self.report, folder, formats)


def is_verbatim(quote: str, texts: Sequence[str]) -> bool:
    """Tell whether a quote, but for the mark of a cut, is in a text without its control characters."""
    clean = [
        "".join(ch for ch in text if ch in "\n\t" or ch.isprintable() or ord(ch) > 0x9F) for text in texts
    ]
    return bool(quote) and any(quote in text or quote.removesuffix(" […]") in text for text in clean)


def _first(cell: Any) -> str:
    return "".join(cell.xpath(".//text()[not(ancestor::small)]"))


def _style(element: Any) -> str:
    found = element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return "" if found is None else str(found.get(qn("w:val")))


def _text_of(element: Any) -> str:
    signs = {qn("w:br"): "\n", qn("w:tab"): "\t"}
    return "".join(signs.get(one.tag, one.text or "") for one in element.iter(qn("w:t"), *signs))
