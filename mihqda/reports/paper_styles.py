"""The styles of the Word report, by name, so that a researcher changes one and the whole document follows."""

from __future__ import annotations

from typing import Any, NamedTuple

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

SHORT, LONG, MARGIN = Cm(21.0), Cm(29.7), Cm(2.0)

_FONT = "Calibri"
_BLACK, _INK, _QUIET = RGBColor(0x1A, 0x1A, 0x1A), RGBColor(0x1F, 0x4E, 0x79), RGBColor(0x5A, 0x65, 0x70)
_ALIGN = {"left": None, "right": WD_ALIGN_PARAGRAPH.RIGHT, "center": WD_ALIGN_PARAGRAPH.CENTER}


class _Look(NamedTuple):
    """What a paragraph style looks like; sizes and distances in points."""

    size: float
    before: float = 0
    after: float = 0
    is_bold: bool = False
    align: str = "left"
    color: RGBColor = _BLACK
    keeps_next: bool = False
    indent: float = 0


_PARAGRAPHS = {
    "Normal": _Look(10.5, after=4),
    "Title": _Look(22, after=10, is_bold=True, color=_INK),
    "Heading 1": _Look(16, before=18, after=8, is_bold=True, color=_INK, keeps_next=True),
    "Heading 2": _Look(12.5, before=14, after=4, is_bold=True, color=_INK, keeps_next=True),
    "Heading 3": _Look(10.5, before=7, after=2, is_bold=True, color=_QUIET, keeps_next=True),
    "Subheading": _Look(11, before=10, after=3, is_bold=True, color=_INK, keeps_next=True),
    "Caption": _Look(10.5, before=12, after=4, keeps_next=True),
    "Figure": _Look(10.5, before=12, after=2, keeps_next=True),
    "Figure Caption": _Look(9.5, after=12),
    "Facts": _Look(10.5, after=1),
    "Warnings Title": _Look(11, before=12, after=2, is_bold=True, keeps_next=True),
    "Warnings": _Look(10, after=2, indent=10),
    "Contents Title": _Look(11, before=14, after=4, is_bold=True, keeps_next=True),
    "toc 1": _Look(10.5, after=2),
    "toc 2": _Look(9.5, after=1, indent=12, color=_QUIET),
    "Table Head": _Look(8.5, before=2, after=2, is_bold=True, keeps_next=True),
    "Table Head Number": _Look(8.5, before=2, after=2, is_bold=True, align="right", keeps_next=True),
    "Table Text": _Look(8.5, before=1, after=1),
    "Table Number": _Look(8.5, before=1, after=1, align="right"),
    "Table Note": _Look(8.5, before=3, after=2, color=_QUIET),
    "Quote": _Look(9.5, after=3, indent=12),
    "List Bullet": _Look(10.5, after=2),
    "Footer": _Look(8.5, align="center", color=_QUIET),
}


def set_styles(document: Any) -> dict[str, str]:
    """Set the styles of a document and return name -> the id that its XML uses."""
    styles = document.styles
    for name, look in _PARAGRAPHS.items():
        style = (
            styles[name]
            if name in styles
            else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, name.startswith("toc "))
        )
        if name not in ("Normal",):
            style.base_style = styles["Normal"]
        _set_look(style, look)
    _character_styles(styles)
    styles.element.append(parse_xml(_TABLE))
    return {style.name: style.style_id for style in styles} | {"Report Table": "ReportTable"}


def set_language(document: Any, language: str) -> None:
    """Set the language in which Word checks the spelling of the document's own words."""
    for old in document.styles.element.iter(qn("w:lang")):
        old.set(qn("w:val"), language)


def _set_look(style: Any, look: _Look) -> None:
    properties = style.element.find(qn("w:pPr"))
    if properties is not None and style.name != "List Bullet":
        style.element.remove(properties)  # what the template says: borders, tabs, distances
    _set_font(style, look.size)
    style.font.bold, style.font.italic = look.is_bold, False
    style.font.color.rgb = look.color
    space = style.paragraph_format
    space.space_before, space.space_after = Pt(look.before), Pt(look.after)
    space.line_spacing = 1.1
    space.keep_with_next = look.keeps_next
    if look.indent:
        space.left_indent = Pt(look.indent)
    if style.name == "Quote":
        space.keep_together = True
    space.alignment = _ALIGN[look.align]
    if style.name.startswith("Heading "):
        level = parse_xml(f'<w:outlineLvl {nsdecls("w")} w:val="{int(style.name[-1]) - 1}"/>')
        style.element.get_or_add_pPr().append(level)


def _set_font(style: Any, size: float) -> None:
    style.font.size = Pt(size)
    looks = style.element.get_or_add_rPr()
    for old in looks.findall(qn("w:szCs")):
        looks.remove(old)
    # Hebrew and Arabic have a size of their own, and python-docx does not know it.
    looks.find(qn("w:sz")).addnext(parse_xml(f'<w:szCs {nsdecls("w")} w:val="{int(size * 2)}"/>'))
    fonts = looks.get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for name in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{name}"), _FONT)


def _character_styles(styles: Any) -> None:
    quoted = styles.add_style("Quoted", WD_STYLE_TYPE.CHARACTER)
    quoted.font.color.rgb = _BLACK
    quoted.font.no_proof = True  # speech in any language is not to be spell-checked
    small = styles.add_style("Small", WD_STYLE_TYPE.CHARACTER)
    small.font.color.rgb, small.font.bold = _QUIET, False
    _set_font(small, 7.5)


_RULE = 'w:val="single" w:space="0" w:color="1F2933"'
_TABLE = f"""
<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="ReportTable">
  <w:name w:val="Report Table"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="99"/><w:qFormat/>
  <w:tblPr>
    <w:tblBorders>
      <w:top {_RULE} w:sz="12"/><w:bottom {_RULE} w:sz="12"/>
      <w:insideH w:val="single" w:space="0" w:color="CCD3DA" w:sz="4"/>
    </w:tblBorders>
    <w:tblCellMar>
      <w:top w:w="20" w:type="dxa"/><w:left w:w="70" w:type="dxa"/>
      <w:bottom w:w="20" w:type="dxa"/><w:right w:w="70" w:type="dxa"/>
    </w:tblCellMar>
  </w:tblPr>
  <w:tblStylePr w:type="firstRow">
    <w:tcPr><w:tcBorders><w:bottom {_RULE} w:sz="6"/></w:tcBorders><w:vAlign w:val="bottom"/></w:tcPr>
  </w:tblStylePr>
</w:style>"""
"""Rules above, below and under the head, as articles have them."""
