"""Sheets -> the bytes of an Excel workbook, the same bytes each time."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from mihqda.errors import InputError
from mihqda.tables.markup import escape, quoteattr
from mihqda.tables.model import column_letter
from mihqda.tables.sheet_xml import LIKE_ESCAPE, MAIN, Looks, sheet_xml
from mihqda.tables.sheets import Entry, Sheet
from mihqda.tables.values import Plain, to_text

_CELL, _ROWS, _COLUMNS, _TITLE = 32_767, 1_048_576, 16_384, 31  # what Excel can hold
_EXACT = 2**53  # numbers in Excel are doubles
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def make_workbook(sheets: Sequence[Sheet]) -> bytes:
    """Return a workbook.

    Raises
    ------
    InputError
        If a title is not allowed or something is more than Excel can hold.
    """
    _check_titles([sheet.title for sheet in sheets])
    looks = Looks()
    parts = {
        "[Content_Types].xml": _content_types(len(sheets)),
        "_rels/.rels": _relations(
            (f"{_OFFICE}/relationships/officeDocument", "xl/workbook.xml"),
            (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ),
        "docProps/core.xml": _CORE,
        "xl/workbook.xml": _workbook(sheets),
        "xl/_rels/workbook.xml.rels": _relations(
            *((f"{_OFFICE}/relationships/worksheet", f"worksheets/sheet{at}.xml") for at in _numbers(sheets)),
            (f"{_OFFICE}/relationships/styles", "styles.xml"),
        ),
    }
    for at, sheet in enumerate(sheets, 1):
        fitted = replace(sheet, rows=_fit(sheet.title, sheet.rows))
        parts[f"xl/worksheets/sheet{at}.xml"] = "".join(sheet_xml(fitted, looks, is_first=at == 1))
    parts["xl/styles.xml"] = looks.xml()
    out = io.BytesIO()
    with ZipFile(out, "w") as archive:
        for name, text in parts.items():
            entry = ZipInfo(name)  # 1 January 1980
            entry.create_system = 3  # the same on Windows
            archive.writestr(entry, (_HEAD + text).encode(), ZIP_DEFLATED)
    return out.getvalue()


def _numbers(sheets: Sequence[Sheet]) -> range:
    return range(1, len(sheets) + 1)


def _check_titles(titles: Sequence[str]) -> None:
    if not titles:
        raise InputError("a workbook needs at least one sheet")
    for title in titles:
        if (
            not 1 <= len(title) <= _TITLE
            or re.search(r"[\[\]:*?/\\]|^'|'$", title)
            or not title.isprintable()
        ):
            raise InputError(f"sheet {title!r}: Excel wants 1 to {_TITLE} characters, none of [ ] : * ? / \\")
    if len({title.casefold() for title in titles}) < len(titles):
        raise InputError(f"two sheets have one title, ignoring case: {', '.join(titles)}")


def _fit(title: str, rows: Sequence[Sequence[Plain | Entry]]) -> list[list[Plain | Entry]]:
    """Return the rows as Excel can hold them: empty texts as nothing, numbers that are too large as text."""
    if len(rows) > _ROWS or len(rows[0]) > _COLUMNS:
        raise InputError(
            f"sheet {title!r}: {len(rows)} rows, {len(rows[0])} columns; Excel holds {_ROWS} and {_COLUMNS}; "
            "write CSV instead"
        )
    fitted: list[list[Plain | Entry]] = []
    for number, row in enumerate(rows, 1):
        cells: list[Plain | Entry] = []
        for column, cell in enumerate(row):
            value = cell.value if isinstance(cell, Entry) else cell
            held = _fit_value(value)
            if isinstance(held, str) and len(held) * 2 > _CELL:
                _check_length(held, f"sheet {title!r}, {column_letter(column)}{number}")
            cells.append(replace(cell, value=held) if isinstance(cell, Entry) else held)
        fitted.append(cells)
    return fitted


def _fit_value(value: Plain) -> str | int | float | bool | None:
    if value is None or value == "":
        return None
    if isinstance(value, str | bool | float) or (isinstance(value, int) and abs(value) <= _EXACT):
        return value
    return to_text(value)


def _check_length(text: str, where: str) -> None:
    length = max(len(text.encode("utf-16-le")) // 2, len(LIKE_ESCAPE.sub("_x005F_", text)))
    if length > _CELL:
        raise InputError(f"{where}: a text of {length} characters, a cell holds {_CELL}; write CSV instead")


def _workbook(sheets: Sequence[Sheet]) -> str:
    listed = "".join(
        f'<sheet name={quoteattr(sheet.title)} sheetId="{at}" r:id="rId{at}"/>'
        for at, sheet in enumerate(sheets, 1)
    )
    names = "".join(name for at, sheet in enumerate(sheets) for name in _names(sheet, at))
    return (
        f'<workbook xmlns="{MAIN}" xmlns:r="{_OFFICE}/relationships"><bookViews><workbookView/></bookViews>'
        f"<sheets>{listed}</sheets>{f'<definedNames>{names}</definedNames>' if names else ''}</workbook>"
    )


def _names(sheet: Sheet, at: int) -> Iterator[str]:
    """Yield what Excel keeps by name: the area that is filtered, and the rows that every page repeats."""
    title = escape("'{}'".format(sheet.title.replace("'", "''")))
    if sheet.has_filter:
        last = f"${column_letter(len(sheet.rows[0]) - 1)}${len(sheet.rows)}"
        yield (
            f'<definedName name="_xlnm._FilterDatabase" localSheetId="{at}" hidden="1">'
            f"{title}!$A${max(sheet.heads, 1)}:{last}</definedName>"
        )
    if sheet.heads:
        yield (
            f'<definedName name="_xlnm.Print_Titles" localSheetId="{at}">'
            f"{title}!$1:${sheet.heads}</definedName>"
        )


def _relations(*targets: tuple[str, str]) -> str:
    listed = "".join(
        f'<Relationship Id="rId{at}" Type="{kind}" Target="{target}"/>'
        for at, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'


def _content_types(number: int) -> str:
    listed = {
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "/xl/workbook.xml": f"{_TYPE}.sheet.main+xml",
        "/xl/styles.xml": f"{_TYPE}.styles+xml",
    } | {f"/xl/worksheets/sheet{at}.xml": f"{_TYPE}.worksheet+xml" for at in range(1, number + 1)}
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        + "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in listed.items())
        + "</Types>"
    )


_CORE = (
    f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:creator>mihqda</dc:creator>'
    '<dcterms:created xsi:type="dcterms:W3CDTF">2000-01-01T00:00:00Z</dcterms:created>'
    '<dcterms:modified xsi:type="dcterms:W3CDTF">2000-01-01T00:00:00Z</dcterms:modified></cp:coreProperties>'
)
