"""A Word document while it is being written: paragraphs, tables, pictures and pages.

python-docx opens the template, keeps the styles, sections and pictures, and packs the file. Paragraphs and tables
are written as XML: made through python-docx, thousands of them take minutes.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Inches

from mihqda.reports.grid import Cell, Grid, Quote
from mihqda.reports.paper_styles import LONG, MARGIN, SHORT, set_styles
from mihqda.reports.prose import cut, is_right_to_left, printable

_IN_CELL = 420  # characters of a quote in a table
_INDENT = 160  # of a child's name, in twentieths of a point

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
        self._style_ids = {name: quoteattr(id) for name, id in set_styles(self._document).items()}
        self._body = self._document.element.body
        self._waiting: list[str] = []  # XML that is not in the document yet
        self._is_landscape = False
        section = self._document.sections[0]
        section.page_width, section.page_height = SHORT, LONG
        for side in ("left", "right", "top", "bottom"):
            setattr(section, f"{side}_margin", MARGIN)
        self._write_footer(section, footer)
        properties = self._document.core_properties
        properties.title, properties.subject = printable(title)[:255], printable(subject)[:255]
        properties.author, properties.comments, properties.last_modified_by = "mihqda", "", "mihqda"
        properties.created = properties.modified = when

    def turn(self, *, is_landscape: bool) -> None:
        """Begin a new page if the pages lie the other way so far."""
        if is_landscape == self._is_landscape:
            return
        self._flush()
        section = self._document.add_section(WD_SECTION.NEW_PAGE)
        section.orientation = WD_ORIENT.LANDSCAPE if is_landscape else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = (LONG, SHORT) if is_landscape else (SHORT, LONG)
        self._is_landscape = is_landscape

    def write(self, style: str, *runs: Run) -> None:
        """Add a paragraph."""
        self._waiting.append(self._paragraph(style, runs))

    def quote(self, quote: Quote) -> None:
        """Add a quote with its attribution; the text itself is in the character style ``Quoted``."""
        self.write("Quote", *_said(quote, quote.text))

    def table(self, grid: Grid) -> None:
        """Add a table as wide as the page, its head repeated on every page."""
        widths = [self._width * column.width // grid.width for column in grid.columns]
        heads = (
            _cell(width, self._paragraph("Table Head Number" if one.is_number else "Table Head", [one.label]))
            for one, width in zip(grid.columns, widths, strict=True)
        )
        self._waiting += [
            f"<w:tbl><w:tblPr><w:tblStyle w:val={self._style_ids['Report Table']}/>"
            f'<w:tblW w:w="{self._width}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
            '<w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:noVBand="1"/></w:tblPr>',
            "<w:tblGrid>", *(f'<w:gridCol w:w="{width}"/>' for width in widths), "</w:tblGrid>",
            "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>", *heads, "</w:tr>",
        ]  # fmt: skip
        for row in grid.rows:
            self._waiting.append("<w:tr><w:trPr><w:cantSplit/></w:trPr>")
            for at, (cell, column, width) in enumerate(zip(row.cells, grid.columns, widths, strict=True)):
                style = "Table Number" if column.is_number else "Table Text"
                indent = _INDENT * min(row.depth, 6) if at == 0 else 0
                content = self._content(cell, style, indent, is_strong=at == 0 and row.is_strong)
                self._waiting.append(_cell(width, "".join(content)))
            self._waiting.append("</w:tr>")
        self._waiting.append("</w:tbl>")

    def picture(self, image: bytes, *, width: float, alt: str) -> None:
        """Add a picture of a width in inches, or smaller if the page is."""
        self._flush()
        run = self._document.add_paragraph(style="Figure").add_run()
        shape = run.add_picture(io.BytesIO(image), width=Inches(min(width, self._width / 1440)))
        about = shape._inline.docPr
        about.set("descr", printable(alt))
        about.set("name", f"Figure {about.get('id')}")

    def save(self) -> bytes:
        """Return the file."""
        self._flush()
        file = io.BytesIO()
        self._document.save(file)
        return file.getvalue()

    @property
    def _width(self) -> int:
        """Between the margins, in twentieths of a point."""
        return int(((LONG if self._is_landscape else SHORT) - 2 * MARGIN) / 635)

    def _flush(self) -> None:
        # The last element of a body is its section, which python-docx keeps there.
        end = self._body.sectPr
        for element in list(_parse("body", "".join(self._waiting))):
            end.addprevious(element)
        self._waiting = []

    def _content(self, cell: Cell, style: str, indent: int, *, is_strong: bool) -> Iterable[str]:
        if cell.text or not (cell.note or cell.quotes):
            yield self._paragraph(style, [(cell.text, "Strong") if is_strong else cell.text], indent)
        if cell.note:
            yield self._paragraph(style, [(cell.note, "Small")], indent)
        for quote in cell.quotes:
            yield self._paragraph("Table Text", _said(quote, cut(quote.text, _IN_CELL)))

    def _paragraph(self, style: str, runs: Iterable[Run], indent: int = 0, more: str = "") -> str:
        pairs = [(run, "") if isinstance(run, str) else run for run in runs]
        # The first letter with a direction decides how the line runs, as in a browser with dir=auto.
        turned = "<w:bidi/>" if is_right_to_left("".join(text for text, _ in pairs)) else ""
        indented = f'<w:ind w:left="{indent}"/>' if indent else ""
        written = "".join(self._run(text, character_style) for text, character_style in pairs)
        return f"<w:p><w:pPr><w:pStyle w:val={self._style_ids[style]}/>{turned}{indented}</w:pPr>{written}{more}</w:p>"

    def _run(self, text: str, style: str) -> str:
        looks = f"<w:rStyle w:val={self._style_ids[style]}/>" if style else ""
        looks += "<w:rtl/>" if is_right_to_left(text) else ""
        clean = escape(printable(text))
        for sign, element in (("\n", "br"), ("\t", "tab")):
            clean = clean.replace(sign, f'</w:t><w:{element}/><w:t xml:space="preserve">')
        return (
            f'<w:r>{f"<w:rPr>{looks}</w:rPr>" if looks else ""}<w:t xml:space="preserve">{clean}</w:t></w:r>'
        )

    def _write_footer(self, section: Any, text: str) -> None:
        fields = (
            f'{self._run(before, "")}<w:fldSimple w:instr="{field}">{self._run("1", "")}</w:fldSimple>'
            for field, before in (("PAGE", "  ·  "), ("NUMPAGES", " / "))
        )
        written = self._paragraph("Footer", [cut(text, 90)], more="".join(fields))
        section.footer.is_linked_to_previous = False
        old = section.footer.paragraphs[0]._p
        old.getparent().replace(old, _parse("ftr", written)[0])


def _said(quote: Quote, text: str) -> list[Run]:
    mark = "†" if quote.is_over_several else ""
    return ["“", (text, "Quoted"), f"” {quote.attribution}{mark}"]


def _cell(width: int, paragraphs: str) -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{paragraphs}</w:tc>'


def _parse(parent: str, children: str) -> Any:
    return parse_xml(f"<w:{parent} {nsdecls('w')}>{children}</w:{parent}>")
