"""The report as one web page: no script, nothing loaded from elsewhere, every number a link to its quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from pathlib import Path

from mihqda.reports.figures import to_svg
from mihqda.reports.grid import Cell, Column, GridRow, Quote
from mihqda.reports.model import Figure, GroupQuotes, Method, Part, Quotes, Report, ReportTable, ThemeQuotes
from mihqda.reports.prose import clock, cut, listing, moment, printable

_IN_CELL = 420  # characters of a quote in a table
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


class HtmlWriter:
    """Writes ``report.html``."""

    name = "html"

    def write(self, report: Report, directory: Path) -> tuple[Path, ...]:
        """Write the page and return its path."""
        path = directory / "report.html"
        with path.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(f"{line}\n" for line in _page(report))
        return (path,)


writer = HtmlWriter()


def _text(text: str) -> str:
    """Return text that cannot be markup: whatever comes from the study goes through here."""
    return escape(printable(text))


def _prose(text: str) -> str:
    """Return a sentence of ours, with `words in backticks` as code."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", _text(text))


def _page(report: Report) -> Iterator[str]:
    style = (Path(__file__).parent / "report.css").read_text(encoding="utf-8")
    yield '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="referrer" content="no-referrer">'
    yield f"<title>{_text(report.title)}</title>\n<style>\n{style}</style>\n</head>\n<body>"
    yield f'<header>\n<h1 dir="auto">{_text(report.title)}</h1>\n<dl class="facts">'
    for name, value in report.facts.items():
        yield f'<div><dt>{_text(name)}</dt><dd dir="auto">{_text(value)}</dd></div>'
    yield "</dl>"
    if report.warnings:
        yield '<section class="warnings" aria-label="Read this first">\n<h2>Read this first</h2>\n<ul>'
        yield from (f"<li>{_prose(warning)}</li>" for warning in report.warnings)
        yield "</ul>\n</section>"
    yield "</header>"
    yield from _contents(report)
    yield "<main>"
    for number, section in enumerate(report.sections, 1):
        yield f'<section id="s{number}">\n<h2>{_text(section.title)}</h2>'
        for name in section.parts:
            yield from _part(report[name])
        yield "</section>"
    yield f"</main>\n<footer>As of {_text(moment(report.as_of))}, made with mihqda.</footer>\n</body>\n</html>"


def _contents(report: Report) -> Iterator[str]:
    yield '<nav aria-label="Contents">\n<h2>Contents</h2>\n<ol>'
    for number, section in enumerate(report.sections, 1):
        yield f'<li><a href="#s{number}">{_text(section.title)}</a>'
        parts = [report[name] for name in section.parts]
        named = [part for part in parts if isinstance(part, ReportTable | Figure)]
        if named:
            yield "<ul>"
            yield from (
                f'<li><a href="#{_text(part.id)}">{_text(part.id)} {_text(part.title)}</a></li>'
                for part in named
            )
            yield "</ul>"
        yield "</li>"
    yield "</ol>\n</nav>"


def _part(part: Part) -> Iterator[str]:
    match part:
        case ReportTable():
            yield from _table(part)
        case Figure():
            yield from _figure(part)
        case Quotes():
            yield from _quotes(part)
        case Method():
            yield from _method(part)


def _notes(notes: tuple[str, ...]) -> Iterator[str]:
    if notes:
        yield (
            '<div class="notes">' + "".join(f'<p dir="auto">{_prose(note)}</p>' for note in notes) + "</div>"
        )


def _table(table: ReportTable) -> Iterator[str]:
    grid = table.grid
    yield f'<div class="table" id="{_text(table.id)}">'
    caption = f"<b>{_text(table.id)}</b> {_text(table.title)}"
    if not grid.rows:
        yield f'<p class="caption">{caption}</p>'
    else:
        yield f'<div class="scroll" tabindex="0" role="region" aria-label="{_text(table.title)}">'
        yield f"<table>\n<caption>{caption}</caption>\n<colgroup>"
        yield from (_col(column, grid.width) for column in grid.columns)
        yield "</colgroup>\n<thead><tr>"
        for column in grid.columns:
            kind = ' class="n"' if column.is_number else ""
            yield f'<th scope="col"{kind} dir="auto">{_text(column.label)}</th>'
        yield "</tr></thead>\n<tbody>"
        yield from (_row(row, grid.columns) for row in grid.rows)
        yield "</tbody>\n</table>\n</div>"
    yield from _notes(table.notes)
    yield "</div>"


def _col(column: Column, whole: int) -> str:
    kind = ' class="n"' if column.is_number else ""
    return f'<col{kind} style="--share:{100 * column.width / whole:.1f}%">'


def _row(row: GridRow, columns: tuple[Column, ...]) -> str:
    cells = []
    for at, (cell, column) in enumerate(zip(row.cells, columns, strict=True)):
        content = _cell(cell)
        if at == 0:
            kind = f"d{min(row.depth, 6)}" + (" strong" if row.is_strong else "")
            anchor = f' id="t-{cell.target}"' if cell.target else ""
            cells.append(f'<th scope="row" class="{kind}"{anchor} dir="auto">{content}</th>')
        else:
            kind = ' class="n"' if column.is_number else ' class="quotes"' if cell.quotes else ""
            cells.append(f'<td{kind} dir="auto">{content}</td>')
    return "<tr>" + "".join(cells) + "</tr>"


def _cell(cell: Cell) -> str:
    text = _text(cell.text)
    if cell.target:
        text = f'<a href="#{_text(cell.target)}">{text}</a>'
    if cell.note:
        text += f"<small>{_text(cell.note)}</small>"
    return text + "".join(f"<p>{_said(quote, cut(quote.text, _IN_CELL))}</p>" for quote in cell.quotes)


def _said(quote: Quote, text: str) -> str:
    mark = "†" if quote.is_over_several else ""
    return (
        f'“<span class="quote" dir="auto">{_text(text)}</span>” '
        f'<span class="by" dir="auto">{_text(quote.attribution)}{mark}</span>'
    )


def _figure(figure: Figure) -> Iterator[str]:
    yield f'<figure id="{_text(figure.id)}">\n<div class="scroll paper">{to_svg(figure)}</div>'
    yield f"<figcaption><b>{_text(figure.id)}</b> {_text(figure.title)}. {_prose(' '.join(figure.notes))}</figcaption>"
    yield "</figure>"


def _quotes(quotes: Quotes) -> Iterator[str]:
    yield f'<div id="{_text(quotes.id)}">'
    yield from _notes(quotes.notes)
    for theme in quotes.themes:
        yield f'<section class="theme" id="{_text(theme.anchor)}">'
        yield from _theme(theme)
        yield "</section>"
    if not quotes.themes:
        yield '<p class="notes">There are no quotes.</p>'
    yield "</div>"


def _theme(theme: ThemeQuotes) -> Iterator[str]:
    yield (
        f'<h3><span dir="auto">{_text(theme.name)}</span> '
        f'<a class="back" href="#t-{_text(theme.anchor)}" aria-label="back to the table">↑</a></h3>'
    )
    for group in theme.groups:
        yield f'<h4 id="{_text(group.anchor)}"><span dir="auto">{_text(group.group)}</span> {_text(group.count)}</h4>'
        yield from (_entry(quote) for quote in group.quotes)
        yield from _below(group)


def _entry(quote: Quote) -> str:
    place = [
        f"{quote.transcript} {quote.start}:{quote.end}", clock(quote.starts_at), ", ".join(quote.valences),
        f"coded by {listing(quote.coders)}",
    ]  # fmt: skip
    shown = " · ".join(word for word in place if word).replace(" · - ·", " · − ·")
    return (
        f"<blockquote><p>{_said(quote, quote.text)}</p>"
        f'<footer dir="auto">{_text(shown)}</footer></blockquote>'
    )


def _below(group: GroupQuotes) -> Iterator[str]:
    if group.below:
        links = ", ".join(f'<a href="#{_text(anchor)}">{_text(name)}</a>' for name, anchor in group.below)
        yield f'<p class="below">{"Also" if group.quotes else "All"} under: {links}</p>'


def _method(method: Method) -> Iterator[str]:
    yield f'<div id="{_text(method.id)}" class="method">'
    for heading, sentences in method.sections:
        yield f"<h3>{_text(heading)}</h3>\n<ul>"
        yield from (f'<li dir="auto">{_prose(sentence)}</li>' for sentence in sentences)
        yield "</ul>"
    yield "</div>"
