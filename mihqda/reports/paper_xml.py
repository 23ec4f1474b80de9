"""The XML of a Word document's paragraphs, fields and tables.

Written as text: made through python-docx, thousands of paragraphs take minutes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from mihqda.reports.prose import is_right_to_left, printable
from mihqda.tables.markup import escape, quoteattr


@dataclass(frozen=True, slots=True)
class Field:
    r"""A part of a paragraph that Word keeps up to date; `text` is what it shows until then.

    Parameters
    ----------
    code
        Such as ``PAGE`` or ``REF _Ref_T4 \h``.
    """

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Marked:
    """A part of a paragraph that others refer to by the name of its bookmark."""

    name: str
    runs: tuple[Run, ...]


Run = str | tuple[str, str] | Field | Marked
"""Text, text and the name of its character style, a field, or a bookmark around runs."""


class Xml:
    """Writes XML by the names of styles.

    Parameters
    ----------
    styles
        Name of a style -> its id.
    """

    def __init__(self, styles: Mapping[str, str]) -> None:
        self._ids = {name: quoteattr(id) for name, id in styles.items()}
        self._bookmarks: dict[str, int] = {}

    def paragraph(self, style: str, runs: Iterable[Run], *, indent: int = 0, more: str = "") -> str:
        """Return a paragraph; `indent` in twentieths of a point, `more` comes after its runs."""
        listed = list(runs)
        # The first letter with a direction decides how the line runs, as in a browser with dir=auto.
        turned = "<w:bidi/>" if is_right_to_left("".join(map(_text_of, listed))) else ""
        indented = f'<w:ind w:left="{indent}"/>' if indent else ""
        written = "".join(map(self.run, listed))
        return (
            f"<w:p><w:pPr><w:pStyle w:val={self._ids[style]}/>{turned}{indented}</w:pPr>{written}{more}</w:p>"
        )

    def run(self, run: Run) -> str:
        """Return a run."""
        match run:
            case Field():
                return f"<w:fldSimple w:instr={quoteattr(f' {run.code} ')}>{self.run(run.text)}</w:fldSimple>"
            case Marked():
                number = self._bookmarks.setdefault(run.name, len(self._bookmarks) + 1)
                inside = "".join(map(self.run, run.runs))
                return (
                    f'<w:bookmarkStart w:id="{number}" w:name={quoteattr(run.name)}/>{inside}'
                    f'<w:bookmarkEnd w:id="{number}"/>'
                )
            case str():
                return self._text(run, "")
            case _:
                return self._text(*run)

    def _text(self, text: str, style: str) -> str:
        looks = f"<w:rStyle w:val={self._ids[style]}/>" if style else ""
        looks += "<w:rtl/>" if is_right_to_left(text) else ""
        clean = escape(printable(text))
        for sign, element in (("\n", "br"), ("\t", "tab")):
            clean = clean.replace(sign, f'</w:t><w:{element}/><w:t xml:space="preserve">')
        return (
            f'<w:r>{f"<w:rPr>{looks}</w:rPr>" if looks else ""}<w:t xml:space="preserve">{clean}</w:t></w:r>'
        )

    def contents(self, style: str, entries: Sequence[tuple[int, str, str]], *, levels: int, hint: str) -> str:
        """Return a table of contents: a field, with its entries as Word would make them but for page numbers.

        Parameters
        ----------
        entries
            Level, text and bookmark of every heading.
        hint
            The last line, which goes when Word makes the list anew.
        """
        begin = (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve">'
            f' TOC \\o "1-{levels}" \\h \\z \\u </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        )
        lines = []
        for at, (level, text, bookmark) in enumerate(entries):
            link = f'<w:hyperlink w:anchor={quoteattr(bookmark)} w:history="1">{self.run(text)}</w:hyperlink>'
            inside = (begin if at == 0 else "") + link
            lines.append(self.paragraph(f"{style} {level}", (), more=inside))
        end = f'{self.run((hint, "Small"))}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        lines.append(self.paragraph("Table Note", (), more=end if lines else ""))
        return (
            '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/>'
            f"</w:docPartObj></w:sdtPr><w:sdtContent>{''.join(lines)}</w:sdtContent></w:sdt>"
        )

    def table(self, style: str, widths: Sequence[int], rows: Iterable[str], *, alt: str) -> str:
        """Return a table of a fixed width in twentieths of a point; the first row is its head."""
        written = "".join(
            f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if at == 0 else ''}</w:trPr>{cells}</w:tr>"
            for at, cells in enumerate(rows)
        )
        return (
            f"<w:tbl><w:tblPr><w:tblStyle w:val={self._ids[style]}/>"
            f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
            '<w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:noVBand="1"/>'
            f"<w:tblCaption w:val={quoteattr(printable(alt))}/></w:tblPr>"
            f"<w:tblGrid>{''.join(f'<w:gridCol w:w={chr(34)}{width}{chr(34)}/>' for width in widths)}</w:tblGrid>"
            f"{written}</w:tbl>"
        )


def cell(width: int, paragraphs: str) -> str:
    """Return a cell of a table."""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{paragraphs}</w:tc>'


def parse(parent: str, children: str) -> Any:
    """Return an element with children."""
    spaces = nsdecls("w", "r", "wp", "a", "pic")
    return parse_xml(f"<w:{parent} {spaces}>{children}</w:{parent}>")


def _text_of(run: Run) -> str:
    match run:
        case str():
            return run
        case Field():
            return run.text
        case Marked():
            return "".join(map(_text_of, run.runs))
        case _:
            return run[0]
