"""Word files for tests, made of a few words of WordprocessingML each."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SPACES = (
    f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def make_docx(
    body: str, *, parts: Mapping[str, str | bytes] | None = None, main: str = "word/document.xml"
) -> bytes:
    """Return a .docx whose body is this XML; `parts` are further entries, or replace those made here."""
    entries: dict[str, str | bytes] = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="r1" Type="{RELATIONS}/officeDocument" Target="{main}"/></Relationships>'
        ),
        main: f"<w:document {SPACES}><w:body>{body}<w:sectPr/></w:body></w:document>",
        **(parts or {}),
    }
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return file.getvalue()


def run(text: str, props: str = "") -> str:
    """Return a run; LF is a line break, a tab is a tab; `props` is the inside of its rPr."""
    inside = "<w:br/>".join(
        "<w:tab/>".join(f'<w:t xml:space="preserve">{escape(part)}</w:t>' for part in line.split("\t"))
        for line in text.split("\n")
    )
    return f"<w:r>{f'<w:rPr>{props}</w:rPr>' if props else ''}{inside}</w:r>"


def para(*runs: str, style: str = "", props: str = "") -> str:
    """Return a paragraph of runs; a string that is no XML becomes one."""
    inside = "".join(one if one.startswith("<") else run(one) for one in runs)
    style = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{style}{props}</w:pPr>{inside}</w:p>"


def paras(*texts: str) -> str:
    """Return one paragraph per text."""
    return "".join(para(text) if text else "<w:p/>" for text in texts)


def table(*rows: tuple[str, ...]) -> str:
    """Return a table; a cell is text (LF parts paragraphs) or XML."""

    def cell(text: str) -> str:
        return f"<w:tc>{text if text.startswith('<') else paras(*text.split(chr(10)))}</w:tc>"

    return "<w:tbl>" + "".join(f"<w:tr>{''.join(map(cell, row))}</w:tr>" for row in rows) + "</w:tbl>"
