"""Walk the XML of a Word document and return its paragraphs and tables, with everything a reader would see.

python-docx's paragraphs leave out tracked insertions, content controls, text boxes and tables, so this is a
walker of its own. What it decides:

===================================== ==========================================================================
tracked insertion, moved-to text      kept, counted
tracked deletion, moved-from text     left out, counted
hidden text                           left out, counted: who hides a name does not want it read
content control, hyperlink, smart tag kept; the prompt of an empty control is not
text box                              once, after its paragraph
table                                 rows of cells; a merged cell once
line break, tab, no-break hyphen      VT and LF, tab, ``-``
footnote, endnote                     numbered, for the end of the text; no mark in the speech
comment, field code, header, footer   left out
===================================== ==========================================================================
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from lxml import etree

from mihqda.encoding import normalise
from mihqda.transcripts.shapes import BOLD, HEADING, PLAIN
from mihqda.transcripts.word_blocks import SOFT_BREAK, Block, Content, Draft, Table, plain_lines
from mihqda.transcripts.word_xml import (
    attribute,
    find_child,
    find_heading_styles,
    is_on,
    is_styled,
    local_name,
)

_SKIPPED = frozenset(
    {"del", "moveFrom", "instrText", "delInstrText", "delText", "sectPr", "rt", "docPr"}
    | {"pPr", "rPr", "tblPr", "tblGrid", "trPr", "tcPr", "sdtPr", "sdtEndPr"}
)
_COUNTED = {"ins": "insertions", "moveTo": "insertions", "del": "deletions", "moveFrom": "deletions"}
_REFERENCES = ("footnoteReference", "endnoteReference")
_CHARACTERS = {
    "tab": "\t",
    "ptab": "\t",
    "br": SOFT_BREAK,
    "cr": SOFT_BREAK,
    "noBreakHyphen": "-",
    "softHyphen": "\u00ad",
}
_SYMBOLS = {
    "F04A": "🙂",
    "F04B": "😐",
    "F04C": "🙁",
    "F0E0": "→",
    "F0DF": "←",
    "F0F3": "↔",
    "F0B7": "•",
    "F02D": "-",
}
_HANDLED = _SKIPPED | _COUNTED.keys() | _CHARACTERS.keys() | {*_REFERENCES}
_HANDLED |= {"p", "tbl", "tr", "tc", "r", "t", "sym", "sdt", "txbxContent", "Fallback", "altChunk"}
_MARKS = re.compile(f"[{BOLD}{PLAIN}{HEADING}]")


def read_content(
    document: Any, *, footnotes: Any = None, endnotes: Any = None, styles: Any = None
) -> Content:
    """Return what the parts of a document hold (roots of their XML; the last three may be missing)."""
    walker = _Walker(find_heading_styles(styles), Counter())
    content = Content(counts=walker.counts)
    for body in document:
        if local_name(body) == "body":
            content.blocks += walker.walk(body)
    for kind, part in zip(_REFERENCES, (footnotes, endnotes), strict=True):
        texts = {attribute(note, "id"): note for note in part} if part is not None else {}
        for number in walker.references[kind]:
            if number in texts:
                lines = plain_lines(walker.walk(texts[number]))
                content.notes.append(" ".join(line.strip() for line in lines if line.strip()))
    return content


class _Walker:
    """Walks one flow of text at a time; without recursion, for documents nest as deep as they like."""

    def __init__(self, heading_styles: frozenset[str], counts: Counter[str]) -> None:
        self.heading_styles, self.counts = heading_styles, counts
        self.references: dict[str, list[str]] = {name: [] for name in _REFERENCES}
        self.flows: list[list[Block]] = []
        self.carried: list[Draft | None] = []
        self.drafts: list[Draft] = []
        self.tables: list[list[list[tuple[Block, ...]]]] = []
        self.styled: list[bool] = []

    def walk(self, root: Any) -> list[Block]:
        """Return the blocks inside an element."""
        self._open_flow()
        events = etree.iterwalk(
            root, events=("start", "end"), tag=[f"{{*}}{name}" for name in sorted(_HANDLED)]
        )
        left_out: Any = None
        for event, element in events:
            name = local_name(element)
            if event == "start":
                if self._is_left_out(name, element):
                    left_out = element
                    events.skip_subtree()
                else:
                    self._start(name, element)
            elif element is left_out:
                left_out = None
            else:
                self._end(name)
        return self._close_flow()

    def _is_left_out(self, name: str, element: Any) -> bool:
        if name in _COUNTED:
            self.counts[_COUNTED[name]] += 1
        if name in _SKIPPED:
            return True
        if name == "r":
            hidden = is_on(find_child(element, "rPr", "vanish"))
            if hidden:
                self.counts["hidden"] += sum(len(t.text or "") for t in element.iter("{*}t"))
            return hidden
        if name == "sdt":
            return is_on(find_child(element, "sdtPr", "showingPlcHdr"))
        if name == "Fallback":
            return any(local_name(sibling) == "Choice" for sibling in element.getparent())
        is_deleted = (name == "tr" and find_child(element, "trPr", "del") is not None) or (
            name == "tc" and find_child(element, "tcPr", "cellDel") is not None
        )
        self.counts["deletions"] += is_deleted
        return is_deleted

    def _start(self, name: str, element: Any) -> None:
        if name == "p":
            draft = Draft(self._is_heading(element), find_child(element, "pPr", "rPr", "del") is not None)
            carried, self.carried[-1] = self.carried[-1], None
            if carried:  # the mark between the two was deleted: they are one
                draft.pieces, draft.boxes, draft.is_heading = (
                    carried.pieces,
                    carried.boxes,
                    carried.is_heading,
                )
            self.drafts.append(draft)
        elif name == "r":
            self.styled.append(is_styled(element))
        elif name == "t":
            self._add(normalise((element.text or "").replace("\n", " ")).replace("\n", SOFT_BREAK))
        elif name in _CHARACTERS:
            self._add(_CHARACTERS[name])
        elif name == "sym":
            self._add(_SYMBOLS.get(attribute(element, "char").upper(), "□"))
        elif name in ("tc", "txbxContent"):
            self._open_flow()
        elif name == "tbl":
            self.tables.append([])
        elif name == "tr" and self.tables:
            self.tables[-1].append([])
        elif name in self.references:
            self.references[name].append(attribute(element, "id"))
        elif name == "altChunk":
            self.counts["chunks"] += 1

    def _end(self, name: str) -> None:
        if name == "p":
            draft = self.drafts.pop()
            if draft.is_merged:
                self.carried[-1] = draft
            else:
                self._finish(draft)
        elif name == "r":
            self.styled.pop()
        elif name == "tc":
            cell = tuple(self._close_flow())
            if self.tables and self.tables[-1]:
                self.tables[-1][-1].append(cell)
            else:
                self.flows[-1] += cell
        elif name == "txbxContent":
            box = self._close_flow()
            self.counts["boxes"] += 1
            (self.drafts[-1].boxes if self.drafts else self.flows[-1]).extend(box)
        elif name == "tbl":
            self.flows[-1].append(Table(tuple(tuple(row) for row in self.tables.pop())))

    def _add(self, text: str) -> None:
        if self.drafts:
            self.drafts[-1].pieces.append((_MARKS.sub("□", text), bool(self.styled and self.styled[-1])))

    def _finish(self, draft: Draft) -> None:
        self.flows[-1] += [draft.finish(), *draft.boxes]

    def _open_flow(self) -> None:
        self.flows.append([])
        self.carried.append(None)

    def _close_flow(self) -> list[Block]:
        carried = self.carried.pop()
        if carried:
            self._finish(carried)
        return self.flows.pop()

    def _is_heading(self, paragraph: Any) -> bool:
        level = find_child(paragraph, "pPr", "outlineLvl")
        if level is not None and attribute(level, "val") != "9":
            return True
        style = find_child(paragraph, "pPr", "pStyle")
        return style is not None and attribute(style, "val") in self.heading_styles
