"""The report as a Word document: named styles, captions, repeated heads, wide tables on landscape pages."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from mihqda.reports.figures import to_png
from mihqda.reports.model import Figure, Method, Part, Quotes, Report, ReportTable, ThemeQuotes
from mihqda.reports.prose import listing, moment

_WIDE = 120  # characters; a wider grid gets a landscape page
_EARLIEST = datetime(1980, 1, 1)  # that a zip file can say


class DocxWriter:
    """Writes ``report.docx``."""

    name = "docx"

    def write(self, report: Report, directory: Path) -> tuple[Path, ...]:
        """Write the document and return its path."""
        path = directory / "report.docx"
        path.write_bytes(_document(report))
        return (path,)


writer = DocxWriter()


def _document(report: Report) -> bytes:
    from mihqda.reports.paper import Paper

    when = _time(report.as_of)
    paper = Paper(
        title=report.title,
        subject=report.study,
        when=when,
        footer=f"{report.title}, as of {moment(report.as_of)}",
    )
    paper.write("Title", report.title)
    for name, value in report.facts.items():
        paper.write("Facts", (f"{name}: ", "Strong"), value)
    if report.warnings:
        paper.write("Warnings Title", "Read this first")
        for warning in report.warnings:
            paper.write("Warnings", _prose(warning))
    for section in report.sections:
        parts = [report[name] for name in section.parts]
        paper.turn(is_landscape=_is_wide(parts[0]))
        paper.write("Heading 1", section.title)
        for part in parts:
            paper.turn(is_landscape=_is_wide(part))
            _write(paper, part)
    return _with_fixed_times(paper.save(), when)


def _time(as_of: str) -> datetime:
    try:
        return max(datetime.strptime(as_of, "%Y-%m-%dT%H:%M:%SZ"), _EARLIEST)
    except ValueError:
        return _EARLIEST


def _is_wide(part: Part) -> bool:
    return isinstance(part, ReportTable) and part.grid.width > _WIDE


def _prose(sentence: str) -> str:
    return sentence.replace("`", "")


def _write(paper: Any, part: Part) -> None:
    match part:
        case ReportTable():
            paper.write("Caption", (f"{part.id}  ", "Strong"), part.title)
            if part.grid.rows:
                paper.table(part.grid)
            _write_notes(paper, part.notes)
        case Figure():
            image, width = to_png(part)
            paper.picture(image, width=width, alt=part.alt)
            paper.write(
                "Figure Caption", (f"{part.id}  ", "Strong"), f"{part.title}. {_prose(' '.join(part.notes))}"
            )
        case Quotes():
            _write_notes(paper, part.notes)
            for theme in part.themes:
                _write_theme(paper, theme)
            if not part.themes:
                paper.write("Table Note", "There are no quotes.")
        case Method():
            for heading, sentences in part.sections:
                paper.write("Heading 2", heading)
                for sentence in sentences:
                    paper.write("List Bullet", _prose(sentence))


def _write_notes(paper: Any, notes: Sequence[str]) -> None:
    for note in notes:
        paper.write("Table Note", _prose(note))


def _write_theme(paper: Any, theme: ThemeQuotes) -> None:
    paper.write("Heading 2", theme.name)
    for group in theme.groups:
        paper.write("Heading 3", f"{group.group}  {group.count}")
        for quote in (one for one in group.quotes if one.is_chosen):
            paper.quote(quote)
        if group.below:
            word = "Also" if group.quotes else "All"
            paper.write("Table Note", f"{word} under: {listing(name for name, _ in group.below)}.")


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
