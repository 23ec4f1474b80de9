"""A sheet as the XML of a workbook's part.

Written as text: openpyxl makes an object of every cell, which takes seconds for the quotes of a study.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from math import ceil

from mihqda.tables.markup import escape, quoteattr
from mihqda.tables.model import column_letter
from mihqda.tables.sheets import HEAD, PLAIN, Entry, Look, Sheet
from mihqda.tables.values import Plain, is_like_formula, to_text

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_NARROWEST, _WIDEST = 8, 60  # columns, in characters
_LINK_COLOR, _QUOTED, _SELECTED = '<color rgb="FF1F4E79"/>', ' quotePrefix="1"', ' tabSelected="1"'
LIKE_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")  # Excel takes _x000D_ for a carriage return


class Looks:
    """The looks of a workbook's cells, each with its number."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[Look, bool, bool], int] = {}
        self.number(PLAIN)  # 0, which is that of cells that say nothing

    def number(self, look: Look, *, is_quoted: bool = False, is_link: bool = False) -> int:
        """Return the number of a look; a quoted cell holds text that could be taken for a formula."""
        return self._numbers.setdefault((look, is_quoted, is_link), len(self._numbers))

    def xml(self) -> str:
        """Return the part ``styles.xml``."""
        fonts: dict[str, int] = {}
        formats = []
        for look, is_quoted, is_link in self._numbers:
            font = (
                f'<font>{"<b/>" * look.is_bold}{"<u/>" * is_link}<sz val="{look.size}"/>'
                f'{_LINK_COLOR * is_link}<name val="Calibri"/></font>'
            )
            number = fonts.setdefault(font, len(fonts))
            indent = f' indent="{look.indent}"' if look.indent else ""
            align = f' horizontal="{look.align}"' if look.align != "left" or look.indent else ""
            formats.append(
                f'<xf numFmtId="0" fontId="{number}" fillId="{2 * look.is_head}" borderId="{int(look.has_rule)}" '
                f'xfId="0" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"'
                f"{_QUOTED * is_quoted}>"
                f'<alignment{align} vertical="top" wrapText="1"{indent}/></xf>'
            )
        return (
            f'<styleSheet xmlns="{MAIN}"><fonts count="{len(fonts)}">{"".join(fonts)}</fonts>'
            '<fills count="3"><fill><patternFill patternType="none"/></fill>'
            '<fill><patternFill patternType="gray125"/></fill>'
            '<fill><patternFill patternType="solid"><fgColor rgb="FFE8EDF2"/></patternFill></fill></fills>'
            '<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border>'
            '<border><left/><right/><top/><bottom style="thin"><color rgb="FF9AA5B1"/></bottom><diagonal/></border>'
            '</borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
            f'<cellXfs count="{len(formats)}">{"".join(formats)}</cellXfs>'
            '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
        )


def sheet_xml(sheet: Sheet, looks: Looks, *, is_first: bool) -> Iterator[str]:
    """Yield the pieces of a sheet's part; its values are such as Excel can hold."""
    last = f"{column_letter(max(len(sheet.rows[0]) - 1, 0))}{len(sheet.rows)}"
    yield f'<worksheet xmlns="{MAIN}">'
    if sheet.is_landscape:
        yield '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
    yield f'<dimension ref="A1:{last}"/>'
    yield f'<sheetViews><sheetView{_SELECTED * is_first} workbookViewId="0">'
    yield _pane(sheet)
    yield '</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>'
    widths = sheet.widths if sheet.widths is not None else fit_widths(sheet.rows)
    if widths:
        yield "<cols>"
        for at, width in enumerate(widths, 1):
            yield f'<col min="{at}" max="{at}" width="{width}" customWidth="1"/>'
        yield "</cols>"
    yield "<sheetData>"
    links: list[tuple[str, str]] = []
    for number, row in enumerate(sheet.rows, 1):
        look = HEAD if number <= sheet.heads else PLAIN
        height = sheet.heights.get(number - 1)
        fixed = "" if height is None else f' ht="{height:g}" customHeight="1"'
        yield f'<row r="{number}"{fixed}>{"".join(_cells(row, number, look, looks, links))}</row>'
    yield "</sheetData>"
    if sheet.has_filter:
        yield f'<autoFilter ref="A{max(sheet.heads, 1)}:{last}"/>'
    if sheet.merged:
        yield f'<mergeCells count="{len(sheet.merged)}">'
        for top, left, bottom, right in sheet.merged:
            yield f'<mergeCell ref="{column_letter(left)}{top + 1}:{column_letter(right)}{bottom + 1}"/>'
        yield "</mergeCells>"
    if links:
        yield "<hyperlinks>"
        for place, title in links:
            target = quoteattr("'{}'!A1".format(title.replace("'", "''")))
            yield f"<hyperlink ref={quoteattr(place)} location={target} display={quoteattr(title)}/>"
        yield "</hyperlinks>"
    yield '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.7" header="0.3" footer="0.3"/>'
    if sheet.is_landscape:
        yield '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>'
        yield "<headerFooter><oddFooter>&amp;L&amp;A&amp;R&amp;P / &amp;N</oddFooter></headerFooter>"
    yield "</worksheet>"


def fit_widths(rows: Sequence[Sequence[Plain | Entry]]) -> list[int]:
    """Return for each column the width of its longest line, within bounds."""
    widths = []
    for cells in zip(*rows, strict=True):
        longest = 0
        for cell in cells:
            value = cell.value if isinstance(cell, Entry) else cell
            text = value if isinstance(value, str) else to_text(value)
            if len(text) > longest:
                longest = max(longest, *(len(line) for line in text.split("\n")))
        widths.append(min(_WIDEST, max(_NARROWEST, longest + 2)))
    return widths


def fit_heights(rows: Sequence[Sequence[Plain | Entry]], widths: Sequence[float]) -> dict[int, float]:
    """Return row -> height in points that holds its wrapped text; only for rows of more than one line.

    Excel finds heights itself when it opens a file, other programs do not.
    """
    heights = {}
    for number, row in enumerate(rows):
        lines = 1
        for cell, width in zip(row, widths, strict=True):
            value = cell.value if isinstance(cell, Entry) else cell
            if isinstance(value, str):
                indent = 2 * cell.look.indent if isinstance(cell, Entry) else 0
                room = max(1.1 * (width - 1 - indent), 4)
                lines = max(lines, sum(max(1, ceil(len(line) / room)) for line in value.split("\n")))
        if lines > 1:
            heights[number] = 15.0 * min(lines, 27)  # a row is 409 points high at most
    return heights


def _pane(sheet: Sheet) -> str:
    if not sheet.heads and not sheet.fixed:
        return ""
    top_left = f"{column_letter(sheet.fixed)}{sheet.heads + 1}"
    split = (f' xSplit="{sheet.fixed}"' if sheet.fixed else "") + (
        f' ySplit="{sheet.heads}"' if sheet.heads else ""
    )
    active = "bottomRight" if sheet.fixed and sheet.heads else "bottomLeft" if sheet.heads else "topRight"
    return f'<pane{split} topLeftCell="{top_left}" activePane="{active}" state="frozen"/>'


def _cells(
    row: Sequence[Plain | Entry], number: int, usual: Look, looks: Looks, links: list[tuple[str, str]]
) -> Iterator[str]:
    plain = looks.number(usual)
    for letter, cell in zip(_letters(len(row)), row, strict=True):
        value, look, link = (
            (cell.value, cell.look, cell.link) if isinstance(cell, Entry) else (cell, usual, "")
        )
        if value is None and look is usual:
            continue
        place = f"{letter}{number}"
        if link:
            links.append((place, link))
        is_quoted = isinstance(value, str) and is_like_formula(value)
        is_plain = look is usual and not is_quoted and not link
        style = plain if is_plain else looks.number(look, is_quoted=is_quoted, is_link=bool(link))
        if value is None:
            yield f'<c r="{place}" s="{style}"/>'
        elif isinstance(value, str):
            text = escape(LIKE_ESCAPE.sub("_x005F_", value) if "_x" in value else value)
            yield f'<c r="{place}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
        elif isinstance(value, bool):
            yield f'<c r="{place}" s="{style}" t="b"><v>{int(value)}</v></c>'
        else:
            yield f'<c r="{place}" s="{style}"><v>{value!r}</v></c>'


@cache
def _letters(number: int) -> tuple[str, ...]:
    """Return what Excel calls the first columns."""
    return tuple(map(column_letter, range(number)))
