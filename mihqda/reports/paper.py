"""A Word document while it is being written: headings, captions, tables, pictures and pages.

python-docx opens the template, keeps the styles and pictures, and packs the file; what stands on the pages is
written as XML (see `paper_xml`).
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from math import ceil

from docx import Document
from docx.shared import Inches
from lxml import etree

from mihqda.reports.grid import Cell, Column, Grid, Quote
from mihqda.reports.paper_styles import LONG, MARGIN, SHORT, set_language, set_styles
from mihqda.reports.paper_xml import Field, Marked, Run, Xml, cell, parse
from mihqda.reports.prose import cut, printable

_IN_CELL = 95  # characters of a quote in a table
_PADDING = 2  # characters between two columns
_INDENT = 160  # of a child's name, in twentieths of a point
_LEVELS = 2  # of headings in the table of contents
_HERE = "<contents/>"


class Paper:
    """A document of A4 pages, portrait at first.

    Parameters
    ----------
    title, subject, when
        For the file's properties.
    footer
        On every page, before the page number.
    language
        Of the document's own words, such as ``en-GB``.
    numbered
        Id of a table or figure -> what captions and references call it, such as ``Table 1``.
    """

    def __init__(
        self,
        *,
        title: str,
        subject: str,
        when: datetime,
        footer: str,
        language: str,
        numbered: Mapping[str, tuple[str, int]],
    ) -> None:
        self._document = Document()
        self._xml = Xml(set_styles(self._document))
        set_language(self._document, language)
        self._numbered = numbered
        self._parts: list[str] = []
        self._headings: list[tuple[int, str, str]] = []
        self._hint = ""
        self._is_landscape = False
        self._footer = self._write_footer(footer)
        properties = self._document.core_properties
        properties.title, properties.subject = printable(title)[:255], printable(subject)[:255]
        properties.author, properties.comments, properties.last_modified_by = "mihqda", "", "mihqda"
        properties.created = properties.modified = when
        properties.language = language

    def turn(self, *, is_landscape: bool) -> None:
        """Begin a new page if the pages lie the other way so far."""
        if is_landscape != self._is_landscape:
            self._parts.append(f"<w:p><w:pPr>{self._section()}</w:pPr></w:p>")
            self._is_landscape = is_landscape

    def write(self, style: str, *runs: Run) -> None:
        """Add a paragraph."""
        self._parts.append(self._xml.paragraph(style, runs))

    def heading(self, level: int, text: str) -> None:
        """Add a heading, and its line in the table of contents."""
        bookmark = f"_Toc{len(self._headings) + 1:06}"
        self._headings.append((level, text, bookmark))
        self.write(f"Heading {level}", Marked(bookmark, (text,)))

    def contents(self, hint: str) -> None:
        """Put the table of contents here; `hint` is its last line until Word makes it anew."""
        self._hint = hint
        self._parts.append(_HERE)

    def caption(self, style: str, name: str, *runs: Run) -> None:
        """Add the caption of a table or figure, with a number that Word keeps up to date."""
        label, number = self._numbered[name]
        counted = Marked(
            bookmark(name), ((f"{label} ", "Strong"), Field(f"SEQ {label} \\* ARABIC", str(number)))
        )
        self.write(style, counted, ".  ", *runs)

    def quote(self, quote: Quote, *, before: Sequence[Run] = (), after: Sequence[Run] = ()) -> None:
        """Add a quote with its attribution; the text itself is in the character style ``Quoted``."""
        self.write("Quote", *before, *_said(quote, quote.text), *after)

    def table(self, grid: Grid, *, alt: str) -> None:
        """Add a table as wide as the page, its head repeated on every page."""
        shares = [column_share(column) for column in grid.columns]
        widths = [int(self._width * share / sum(shares)) for share in shares]
        self._parts.append(self._xml.table("Report Table", widths, self._rows(grid, widths), alt=alt))

    def picture(self, image: bytes, *, width: float, alt: str) -> None:
        """Add a picture of a width in inches, or smaller if the page is."""
        size = Inches(min(width, self._width / 1440))
        inline = self._document.part.new_pic_inline(io.BytesIO(image), size, None)
        about = inline.docPr
        about.set("descr", printable(alt))
        about.set("name", f"Figure {about.get('id')}")
        drawing = etree.tostring(inline, encoding="unicode")
        self._parts.append(
            self._xml.paragraph("Figure", (), more=f"<w:r><w:drawing>{drawing}</w:drawing></w:r>")
        )

    def save(self) -> bytes:
        """Return the file."""
        listed = [one for one in self._headings if one[0] <= _LEVELS]
        contents = self._xml.contents("toc", listed, levels=_LEVELS, hint=self._hint)
        written = "".join(contents if part is _HERE else part for part in self._parts)
        body = self._document.element.body
        for old in list(body):
            body.remove(old)
        for element in list(parse("body", written + self._section())):
            body.append(element)
        file = io.BytesIO()
        self._document.save(file)
        return file.getvalue()

    @property
    def _width(self) -> int:
        """Between the margins, in twentieths of a point."""
        return int(((LONG if self._is_landscape else SHORT) - 2 * MARGIN) / 635)

    def _section(self) -> str:
        long, short, margin = (int(length / 635) for length in (LONG, SHORT, MARGIN))
        wide, high = (long, short) if self._is_landscape else (short, long)
        orient = ' w:orient="landscape"' if self._is_landscape else ""
        return (
            f'<w:sectPr><w:footerReference w:type="default" r:id="{self._footer}"/>'
            f'<w:pgSz w:w="{wide}" w:h="{high}"{orient}/><w:pgMar w:top="{margin}" w:right="{margin}" '
            f'w:bottom="{margin}" w:left="{margin}" w:header="600" w:footer="600" w:gutter="0"/></w:sectPr>'
        )

    def _rows(self, grid: Grid, widths: list[int]) -> Iterable[str]:
        yield "".join(
            cell(
                width,
                self._xml.paragraph("Table Head Number" if one.is_number else "Table Head", [one.label]),
            )
            for one, width in zip(grid.columns, widths, strict=True)
        )
        for row in grid.rows:
            cells = []
            for at, (one, column, width) in enumerate(zip(row.cells, grid.columns, widths, strict=True)):
                style = "Table Number" if column.is_number else "Table Text"
                indent = _INDENT * min(row.depth, 6) if at == 0 else 0
                content = self._content(one, style, indent, is_strong=at == 0 and row.is_strong)
                cells.append(cell(width, "".join(content)))
            yield "".join(cells)

    def _content(self, one: Cell, style: str, indent: int, *, is_strong: bool) -> Iterable[str]:
        write = self._xml.paragraph
        if one.text or not (one.note or one.quotes):
            yield write(style, [(one.text, "Strong") if is_strong else one.text], indent=indent)
        if one.note:
            yield write(style, [(one.note, "Small")], indent=indent)
        for quote in one.quotes:
            yield write("Table Text", _said(quote, cut(quote.text, _IN_CELL)))

    def _write_footer(self, text: str) -> str:
        """Write the footer and return the id of its relationship."""
        section = self._document.sections[0]
        section.footer.is_linked_to_previous = False
        runs: list[Run] = [cut(text, 90), "  ·  ", Field("PAGE", "1"), " / ", Field("NUMPAGES", "1")]
        old = section.footer.paragraphs[0]._p
        old.getparent().replace(old, parse("ftr", self._xml.paragraph("Footer", runs))[0])
        return str(section._sectPr.footerReference_lst[0].rId)


def bookmark(name: str) -> str:
    """Return the name of the bookmark around the number of a table or figure."""
    return "_Ref_" + "".join(ch if ch.isalnum() and ch.isascii() else "_" for ch in name)


def column_share(column: Column) -> int:
    """Return how much room a column wants, about in characters; never less than a word of its bold head."""
    longest = max(map(len, column.label.split()), default=0)
    return max(column.width, ceil(1.2 * min(longest, 24))) + _PADDING


def _said(quote: Quote, text: str) -> list[Run]:
    mark = "†" if quote.is_over_several else ""
    return ["“", (text, "Quoted"), f"” {quote.attribution}{mark}"]
