"""A Word document while it is being written: paragraphs, tables, pictures and pages.

python-docx opens the template, keeps the styles and packs the file. Paragraphs and tables are written as XML
directly: through python-docx a table of some thousand cells takes minutes.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Inches
from lxml.etree import SubElement

from mihqda.reports.grid import Cell, Grid, Quote
from mihqda.reports.paper_styles import LONG, MARGIN, SHORT, set_styles
from mihqda.reports.prose import cut, is_right_to_left, printable

_IN_CELL = 420  # characters of a quote in a table
_qn = cache(qn)
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

Run = str | tuple[str, str]
"""Text, or text and the name of its character style."""


class Paper:
    """A document of A4 pages, portrait at first.

    Parameters
    ----------
    title, subject, when
        For the file's properties.
    footer
        On every page, before the page number.
    """

    def __init__(self, *, title: str, subject: str, when: datetime, footer: str) -> None:
        self._document = Document()
        self._style_ids = set_styles(self._document)
        self._end = self._document.element.body.sectPr
        self._is_landscape = False
        self._is_empty = True
        section = self._document.sections[0]
        section.page_width, section.page_height = SHORT, LONG
        for side in ("left", "right", "top", "bottom"):
            setattr(section, f"{side}_margin", MARGIN)
        self._write_footer(section, footer)
        properties = self._document.core_properties
        properties.title, properties.subject = printable(title)[:255], printable(subject)[:255]
        properties.author, properties.comments, properties.last_modified_by = "mihqda", "", "mihqda"
        properties.created = properties.modified = when

    @property
    def _width(self) -> int:
        """Between the margins, in twentieths of a point."""
        return int(((LONG if self._is_landscape else SHORT) - 2 * MARGIN) / 635)

    def turn(self, *, is_landscape: bool) -> None:
        """Begin a new page if the pages lie the other way so far."""
        if is_landscape == self._is_landscape:
            return
        section = self._document.add_section(WD_SECTION.NEW_PAGE)
        section.orientation = WD_ORIENT.LANDSCAPE if is_landscape else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = (LONG, SHORT) if is_landscape else (SHORT, LONG)
        self._is_landscape = is_landscape

    def write(self, style: str, *runs: Run) -> None:
        """Add a paragraph."""
        self._end.addprevious(self._paragraph(style, runs))

    def quote(self, quote: Quote) -> None:
        """Add a quote with its attribution; the text itself is in the character style ``Quoted``."""
        self._end.addprevious(self._paragraph("Quote", self._said(quote, quote.text)))

    def table(self, grid: Grid) -> None:
        """Add a table as wide as the page, its head repeated on every page."""
        table = OxmlElement("w:tbl")
        properties = _child(table, "w:tblPr")
        _child(properties, "w:tblStyle", val=self._style_ids["Report Table"])
        _child(properties, "w:tblW", w=str(self._width), type="dxa")
        _child(properties, "w:tblLayout", type="fixed")
        _child(properties, "w:tblLook", val="0420", firstRow="1", lastRow="0", firstColumn="0", noVBand="1")
        widths = [self._width * column.width // grid.width for column in grid.columns]
        columns = _child(table, "w:tblGrid")
        for width in widths:
            _child(columns, "w:gridCol", w=str(width))
        head = _child(table, "w:tr")
        row_properties = _child(head, "w:trPr")
        _child(row_properties, "w:cantSplit")
        _child(row_properties, "w:tblHeader")
        for column, width in zip(grid.columns, widths, strict=True):
            style = "Table Head Number" if column.is_number else "Table Head"
            _cell(head, width, [self._paragraph(style, [column.label])])
        for row in grid.rows:
            line = _child(table, "w:tr")
            _child(_child(line, "w:trPr"), "w:cantSplit")
            for at, (cell, column, width) in enumerate(zip(row.cells, grid.columns, widths, strict=True)):
                style = "Table Number" if column.is_number else "Table Text"
                indent = 160 * min(row.depth, 6) if at == 0 else 0
                is_strong = at == 0 and row.is_strong
                _cell(line, width, self._cell_paragraphs(cell, style, indent, is_strong))
        self._end.addprevious(table)

    def picture(self, image: bytes, *, width: float, alt: str) -> None:
        """Add a picture of a width in inches, or smaller if the page is."""
        paragraph = self._document.add_paragraph(style="Figure")
        run = paragraph.add_run()
        shape = run.add_picture(io.BytesIO(image), width=Inches(min(width, self._width / 1440)))
        shape._inline.docPr.set("descr", printable(alt))
        shape._inline.docPr.set("name", f"Figure {shape._inline.docPr.get('id')}")

    def save(self) -> bytes:
        """Return the file."""
        file = io.BytesIO()
        self._document.save(file)
        return file.getvalue()

    def _said(self, quote: Quote, text: str) -> list[Run]:
        mark = "†" if quote.is_over_several else ""
        return ["“", (text, "Quoted"), f"” {quote.attribution}{mark}"]

    def _cell_paragraphs(self, cell: Cell, style: str, indent: int, is_strong: bool) -> list[Any]:
        out = []
        if cell.text or not (cell.note or cell.quotes):
            runs: list[Run] = [(cell.text, "Strong") if is_strong else cell.text]
            out.append(self._paragraph(style, runs, indent))
        if cell.note:
            out.append(self._paragraph(style, [(cell.note, "Small")], indent))
        out += [
            self._paragraph("Table Text", self._said(one, cut(one.text, _IN_CELL))) for one in cell.quotes
        ]
        return out

    def _paragraph(self, style: str, runs: Iterable[Run], indent: int = 0) -> Any:
        paragraph = OxmlElement("w:p")
        properties = _child(paragraph, "w:pPr")
        _child(properties, "w:pStyle", val=self._style_ids[style])
        pairs = [(run, "") if isinstance(run, str) else run for run in runs]
        # The first letter with a direction decides how the line runs, as in a browser with dir=auto.
        is_turned = is_right_to_left("".join(text for text, _ in pairs))
        if is_turned:
            _child(properties, "w:bidi")
        if indent:
            _child(properties, "w:ind", left=str(indent))
        for text, character_style in pairs:
            self._add_run(paragraph, text, character_style)
        return paragraph

    def _add_run(self, paragraph: Any, text: str, style: str) -> None:
        run = _child(paragraph, "w:r")
        is_turned = is_right_to_left(text)
        if style or is_turned:
            properties = _child(run, "w:rPr")
            if style:
                _child(properties, "w:rStyle", val=self._style_ids[style])
            if is_turned:
                _child(properties, "w:rtl")
        for number, line in enumerate(printable(text).split("\n")):
            if number:
                _child(run, "w:br")
            for place, part in enumerate(line.split("\t")):
                if place:
                    _child(run, "w:tab")
                if part:
                    element = _child(run, "w:t")
                    element.text = part
                    element.set(_XML_SPACE, "preserve")

    def _write_footer(self, section: Any, text: str) -> None:
        footer = section.footer
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]._p
        replaced = self._paragraph("Footer", [cut(text, 90)])
        for field, before in (("PAGE", "  ·  "), ("NUMPAGES", " / ")):
            self._add_run(replaced, before, "")
            simple = _child(replaced, "w:fldSimple", instr=field)
            self._add_run(simple, "1", "")
        paragraph.getparent().replace(paragraph, replaced)


def _child(parent: Any, name: str, **attributes: str) -> Any:
    return SubElement(parent, _qn(name), {_qn(f"w:{key}"): value for key, value in attributes.items()})


def _cell(row: Any, width: int, paragraphs: Iterable[Any]) -> None:
    cell = _child(row, "w:tc")
    _child(_child(cell, "w:tcPr"), "w:tcW", w=str(width), type="dxa")
    for paragraph in paragraphs:
        cell.append(paragraph)
