"""The report as a Word document: a careful publication of it, made of named styles and fields.

Captions are numbered and referred to by fields, so that tables can be taken out or moved; wide tables lie on
landscape pages. Where the page and the workbook have everything, the document has what can be read: see `brief`.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from mihqda.reports.brief import brief
from mihqda.reports.figures.save import to_png
from mihqda.reports.grid import Cell, Column, Grid, GridRow
from mihqda.reports.model import (
    Figure,
    Finding,
    Findings,
    FindingsBlock,
    GroupQuotes,
    Method,
    Part,
    Quotes,
    Report,
    ReportTable,
    ThemeQuotes,
)
from mihqda.reports.references import find_references, left_out, number_parts
from mihqda.reports.wording import Wording, wording

_WIDE = 140  # characters; a wider grid gets a landscape page
_QUOTES = 2  # of a group for a theme
_DOTS = 20  # people in a group that are shown one by one
_EARLIEST = datetime(1980, 1, 1)  # that a zip file can say
_LANGUAGE = {"en": "en-GB", "nl": "nl-NL"}


class DocxWriter:
    """Writes ``report.docx``."""

    name = "docx"

    def write(self, report: Report, directory: Path) -> tuple[Path, ...]:
        """Write the document and return its path."""
        path = directory / "report.docx"
        path.write_bytes(_with_fixed_times(_Document(report).bytes(), _time(report.as_of)))
        return (path,)


writer = DocxWriter()


class _Document:
    """A report on its way into Word."""

    def __init__(self, report: Report) -> None:
        from mihqda.reports.paper import Paper

        self._report = report
        self._words = words = wording(report.language)
        self._left_out = left_out(report)
        self._numbered = number_parts(report, words, self._left_out)
        self._references = find_references(report, self._numbered)
        self._seen: set[str] = set()
        self._paper = Paper(
            title=report.title,
            subject=report.study,
            when=_time(report.as_of),
            footer=words.say("footer", title=report.title, moment=words.moment(report.as_of)),
            language=_LANGUAGE[report.language],
            numbered=self._numbered,
        )

    def bytes(self) -> bytes:
        """Return the file."""
        paper, report, words = self._paper, self._report, self._words
        paper.write("Title", report.title)
        for name, value in report.facts.items():
            paper.write("Facts", (f"{name}: ", "Strong"), value)
        if report.warnings:
            paper.write("Warnings Title", words.say("read_first"))
            for warning in report.warnings:
                paper.write("Warnings", *self._prose(warning))
        paper.write("Contents Title", words.say("contents"))
        paper.contents(words.say("contents_hint"))
        for section in report.sections:
            parts = [report[name] for name in section.parts]
            paper.turn(is_landscape=_is_wide(parts[0], words))
            paper.heading(1, section.title)
            for part in parts:
                paper.turn(is_landscape=_is_wide(part, words))
                self._write(part)
        return paper.save()

    def _write(self, part: Part) -> None:
        match part:
            case ReportTable():
                self._write_table(part)
            case Findings():
                for block in part.blocks:
                    self._write_block(block)
            case Figure():
                self._write_figure(part)
            case Quotes():
                self._write_notes(part.notes)
                for theme in part.themes:
                    self._write_theme(theme)
                if not part.themes:
                    self._paper.write("Table Note", self._words.say("no_quotes"))
            case Method():
                for heading, sentences in part.sections:
                    self._paper.write("Subheading", heading)
                    for sentence in sentences:
                        self._paper.write("List Bullet", *self._prose(sentence))

    def _write_table(self, table: ReportTable) -> None:
        grid, notes = brief(table, self._words)
        self._paper.caption("Caption", table.id, table.title)
        if grid.rows:
            self._paper.table(grid, alt=table.title)
        self._write_notes(notes)

    def _write_notes(self, notes: Sequence[str]) -> None:
        for note in notes:
            self._paper.write("Table Note", *self._prose(note))

    def _write_theme(self, theme: ThemeQuotes) -> None:
        # A parent that lists nothing itself is a heading of its children at most.
        if theme.depth and not any(group.quotes for group in theme.groups):
            return
        self._paper.heading(2 if theme.depth == 0 else 3, theme.name)
        for group in theme.groups:
            if group.quotes:
                self._write_group(group)

    def _write_group(self, group: GroupQuotes) -> None:
        chosen = [quote for quote in group.quotes if quote.is_chosen]
        # A text that several codes share is shown once, where there are others to show.
        shown = sorted(chosen, key=lambda quote: quote.text in self._seen)[:_QUOTES]
        self._seen |= {quote.text for quote in shown}
        more = len(group.quotes) - len(shown)
        for at, quote in enumerate(shown):
            before = ((group.group, "Strong"), f" {group.count}  ") if at == 0 else ()
            said = self._words.say_of(more, "more_quotes") if more and at == len(shown) - 1 else ""
            self._paper.quote(quote, before=before, after=((f"  {said}", "Small"),) if said else ())

    def _write_block(self, block: FindingsBlock) -> None:
        self._paper.write("Subheading", block.title)
        listed = [line for line in block.lines if line.strips and line.target]
        if listed:
            self._paper.table(self._strips(listed), alt=block.title)
        for line in block.lines:
            if line not in listed:
                more = (f" {line.more}",) if line.more else ()
                self._paper.write("List Bullet", *self._prose(line.text), *more)
        self._write_notes(block.notes)

    def _strips(self, lines: Sequence[Finding]) -> Grid:
        """Return n of N for each group as a table, people as dots while they are few."""
        groups = [strip.group for strip in lines[0].strips]
        columns = (
            Column("theme", self._words.say("col_theme"), 34),
            *(Column(group, group, 18) for group in groups),
            Column("more", self._words.say("col_mentions"), 14, is_number=True),
        )
        rows = []
        for line in lines:
            cells = [Cell(line.text)]
            for strip in line.strips:
                dots = "●" * strip.n + "○" * (strip.N - strip.n) if strip.N <= _DOTS else ""
                cells.append(Cell(f"{dots} {self._words.fraction(strip.n, strip.N)}".strip()))
            rows.append(GridRow((*cells, Cell(line.more))))
        return Grid(columns, tuple(rows))

    def _write_figure(self, figure: Figure) -> None:
        # Of a figure over several pages the first is shown: its numbers are in the table that it follows.
        if figure.id in self._left_out:
            return
        image, width = to_png(figure)
        self._paper.picture(image, width=width, alt=figure.alt)
        notes = list(figure.notes)
        if figure.id in self._left_out.values():
            notes.append(self._words.say("more_figures"))
        self._paper.caption("Figure Caption", figure.id, f"{figure.title}. ", *self._prose(" ".join(notes)))

    def _prose(self, sentence: str) -> Iterator[Any]:
        """Yield a sentence with the ids of tables and figures as references that Word keeps up to date."""
        from mihqda.reports.paper import bookmark
        from mihqda.reports.paper_xml import Field

        plain = sentence.replace("`", "")
        if self._references is None:
            yield plain
            return
        at = 0
        for found in self._references.finditer(plain):
            yield plain[at : found.start()]
            label, number = self._numbered[found[0]]
            yield Field(f"REF {bookmark(found[0])} \\h", f"{label} {number}")
            at = found.end()
        yield plain[at:]


def _is_wide(part: Part, words: Wording) -> bool:
    from mihqda.reports.paper import column_share

    return isinstance(part, ReportTable) and sum(map(column_share, brief(part, words)[0].columns)) > _WIDE


def _time(as_of: str) -> datetime:
    try:
        return max(datetime.strptime(as_of, "%Y-%m-%dT%H:%M:%SZ"), _EARLIEST)
    except ValueError:
        return _EARLIEST


def _with_fixed_times(data: bytes, when: datetime) -> bytes:
    """Return a zip file with the same members, all of one time, so that two runs give the same bytes."""
    out = io.BytesIO()
    with ZipFile(io.BytesIO(data)) as source, ZipFile(out, "w", ZIP_DEFLATED) as target:
        for member in source.namelist():
            entry = ZipInfo(member, when.timetuple()[:6])
            entry.compress_type = ZIP_DEFLATED
            entry.create_system = 3  # the same on Windows
            entry.external_attr = 0o644 << 16
            target.writestr(entry, source.read(member))
    return out.getvalue()
