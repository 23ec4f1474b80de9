"""The report as one web page: nothing loaded from elsewhere, every number a link to its quotes, one script that sorts."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from html import escape
from pathlib import Path

from mihqda.reports.figures.save import to_svg
from mihqda.reports.grid import Cell, Column, GridRow, Quote
from mihqda.reports.model import (
    CrossedQuotes,
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
    Strip,
    ThemeQuotes,
)
from mihqda.reports.prose import clock, cut, printable
from mihqda.reports.wording import wording

_IN_CELL = 420  # characters of a quote in a table
_DOTS = 20  # people in a group, up to which each is a dot
_GROUPS = 6  # beyond these there is room for the numbers alone
_UNSORTED = ("T15",)  # a matrix, whose columns are its rows


class HtmlWriter:
    """Writes ``report.html``."""

    name = "html"

    def write(self, report: Report, directory: Path) -> tuple[Path, ...]:
        """Write the page and return its path."""
        path = directory / "report.html"
        with path.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(f"{line}\n" for line in _Page(report).lines())
        return (path,)


writer = HtmlWriter()


def _text(text: str) -> str:
    """Return text that cannot be markup: whatever comes from the study goes through here."""
    return escape(printable(text))


def _prose(text: str) -> str:
    """Return a sentence of ours, with `words in backticks` as code."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", _text(text))


def policy(script: str) -> str:
    """Return the policy of a page that loads nothing and runs one script, known by its SHA-256."""
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return (
        f"default-src 'none'; script-src 'sha256-{digest}'; style-src 'unsafe-inline'; base-uri 'none'; "
        "form-action 'none'"
    )


class _Page:
    """A report while it is written as a page."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._words = wording(report.language)
        self._say = self._words.say
        shown = [name for section in report.sections for name in section.parts]
        self._has_themes = "T4" in shown
        self._numbered: set[int] = set()  # quotes that have their anchor already

    def lines(self) -> Iterator[str]:
        """Yield the page."""
        report, folder = self._report, Path(__file__).parent
        style = (folder / "report.css").read_text(encoding="utf-8")
        script = (folder / "report.js").read_text(encoding="utf-8")
        yield f'<!DOCTYPE html>\n<html lang="{_text(report.language)}">\n<head>\n<meta charset="utf-8">'
        yield f'<meta http-equiv="Content-Security-Policy" content="{policy(script)}">'
        yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
        yield '<meta name="referrer" content="no-referrer">'
        yield f"<title>{_text(report.title)}</title>\n<style>\n{style}</style>\n</head>\n<body>"
        yield f'<header>\n<h1 dir="auto">{_text(report.title)}</h1>'
        opens = [report[name] for section in report.sections[:1] for name in section.parts]
        has_findings = any(isinstance(part, Findings) for part in opens)
        heard = {self._say(f"facts_{name}") for name in ("participants", "sessions", "codings")}
        yield '<dl class="facts">'
        for name, value in report.facts.items():
            if has_findings and name in heard:
                continue
            yield f'<div><dt>{_text(name)}</dt><dd dir="auto">{_text(value)}</dd></div>'
        yield "</dl>\n</header>\n<main>"
        if has_findings:
            yield from self._section(1, report.sections[0].title, opens)
        yield from self._warnings()
        yield from self._contents()
        for number, section in enumerate(report.sections, 1):
            if number > 1 or not has_findings:
                yield from self._section(number, section.title, [report[name] for name in section.parts])
        made = self._say("made_with", moment=self._words.moment(report.as_of))
        yield f"</main>\n<footer>{_text(made)}</footer>\n<script>{script}</script>\n</body>\n</html>"

    def _warnings(self) -> Iterator[str]:
        if self._report.warnings:
            title = _text(self._say("read_first"))
            yield f'<section class="warnings" aria-label="{title}">\n<h2>{title}</h2>\n<ul>'
            yield from (f'<li dir="auto">{_prose(warning)}</li>' for warning in self._report.warnings)
            yield "</ul>\n</section>"

    def _contents(self) -> Iterator[str]:
        title = _text(self._say("contents"))
        yield f'<nav aria-label="{title}">\n<h2>{title}</h2>\n<ol>'
        for number, section in enumerate(self._report.sections, 1):
            yield f'<li><a href="#s{number}">{_text(section.title)}</a>'
            parts = [self._report[name] for name in section.parts]
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

    def _section(self, number: int, title: str, parts: list[Part]) -> Iterator[str]:
        yield f'<section id="s{number}">\n<h2>{_text(title)}</h2>'
        for part in parts:
            yield from self._part(part)
        yield "</section>"

    def _part(self, part: Part) -> Iterator[str]:
        match part:
            case Findings():
                yield from self._findings(part)
            case ReportTable():
                yield from self._table(part)
            case Figure():
                yield from _figure(part)
            case Quotes():
                yield from self._quotes(part)
            case Method():
                yield from _method(part)

    def _findings(self, findings: Findings) -> Iterator[str]:
        yield f'<div class="findings" id="{_text(findings.id)}">'
        for block in findings.blocks:
            is_table = any(line.strips and line.more for line in block.lines)
            yield f'<section class="block{" wide" if is_table else ""}">'
            if is_table:
                yield from self._strips(block)
            else:
                yield f"<h3>{_text(block.title)}</h3>\n<ul>"
                for line in block.lines:
                    yield f"<li>{_link(line)}{''.join(_strip(strip) for strip in line.strips)}</li>"
                yield "</ul>"
            yield from _notes(block.notes)
            yield "</section>"
        yield "</div>"

    def _strips(self, block: FindingsBlock) -> Iterator[str]:
        """Yield lines with n of N for the same groups as a table: a column for each group."""
        groups = next(line.strips for line in block.lines if line.strips)
        has_dots = len(groups) <= _GROUPS
        yield f'<div class="scroll" tabindex="0" role="region" aria-label="{_text(block.title)}">'
        yield f'<table class="strips"><caption><h3>{_text(block.title)}</h3></caption>\n<thead><tr>'
        heads = [self._say("col_theme"), *(strip.group for strip in groups), self._say("col_mentions")]
        kinds = ["", *[""] * len(groups), ' class="n"']
        yield from (
            f'<th scope="col"{kind} dir="auto">{_text(head)}</th>'
            for head, kind in zip(heads, kinds, strict=True)
        )
        yield "</tr></thead>\n<tbody>"
        for line in block.lines:
            cells = [f'<th scope="row" dir="auto">{_link(line)}</th>']
            for strip in line.strips:
                number = self._words.fraction(strip.n, strip.N)
                drawn = _strip(strip) if has_dots else ""
                cells.append(
                    f'<td data-group="{_text(strip.group)}">{drawn} <span class="of">{number}</span></td>'
                )
            if line.strips:
                cells.append(f'<td class="n">{_text(line.more)}</td>')
            yield f"<tr>{''.join(cells)}</tr>"
        yield "</tbody>\n</table>\n</div>"

    def _table(self, table: ReportTable) -> Iterator[str]:
        grid = table.grid
        yield f'<div class="table" id="{_text(table.id)}">'
        caption = f"<b>{_text(table.id)}</b> {_text(table.title)}"
        if not grid.rows:
            yield f'<p class="caption">{caption}</p>'
        else:
            sortable = len(grid.rows) > 2 and table.id not in _UNSORTED
            hint = _text(self._say("sort_hint"))
            kind = f' class="sortable" data-hint="{hint}"' if sortable else ""
            yield f'<div class="scroll" tabindex="0" role="region" aria-label="{_text(table.title)}">'
            yield f"<table{kind}>\n<caption>{caption}</caption>\n<colgroup>"
            yield from (_col(column, grid.width) for column in grid.columns)
            yield "</colgroup>\n<thead><tr>"
            for column in grid.columns:
                number = ' class="n"' if column.is_number else ""
                yield f'<th scope="col"{number} dir="auto">{_text(column.label)}</th>'
            yield "</tr></thead>\n<tbody>"
            yield from (self._row(row, grid.columns, table.id) for row in grid.rows)
            yield "</tbody>\n</table>\n</div>"
        yield from _notes(table.notes)
        yield "</div>"

    def _row(self, row: GridRow, columns: tuple[Column, ...], table: str) -> str:
        cells = []
        for at, (cell, column) in enumerate(zip(row.cells, columns, strict=True)):
            content = self._cell(cell)
            if at == 0:
                kind = f"d{min(row.depth, 6)}" + (" strong" if row.is_strong else "")
                anchor = f' id="t-{cell.target}"' if cell.target and table == "T4" else ""
                cells.append(f'<th scope="row" class="{kind}"{anchor} dir="auto">{content}</th>')
            else:
                kind = ' class="n"' if column.is_number else ' class="quotes"' if cell.quotes else ""
                cells.append(f'<td{kind} dir="auto">{content}</td>')
        return "<tr>" + "".join(cells) + "</tr>"

    def _cell(self, cell: Cell) -> str:
        text = _text(cell.text)
        if cell.target:
            text = f'<a href="#{_text(cell.target)}">{text}</a>'
        if cell.note:
            text += f"<small>{_text(cell.note)}</small>"
        return text + "".join(
            f"<p>{self._said(quote, cut(quote.text, _IN_CELL))}</p>" for quote in cell.quotes
        )

    def _said(self, quote: Quote, text: str) -> str:
        mark = "†" if quote.is_over_several else ""
        return (
            f'{self._say("open_quote")}<span class="quote" dir="auto">{_text(text)}</span>{self._say("close_quote")} '
            f'<span class="by" dir="auto">{_text(quote.attribution)}{mark}</span>'
        )

    def _quotes(self, quotes: Quotes) -> Iterator[str]:
        yield f'<div id="{_text(quotes.id)}">'
        yield from _notes(quotes.notes)
        for theme in quotes.themes:
            yield f'<section class="theme" id="{_text(theme.anchor)}">'
            yield from self._theme(theme)
            yield "</section>"
        if not quotes.themes:
            yield f'<p class="notes">{_text(self._say("no_quotes"))}</p>'
        yield "</div>"

    def _theme(self, theme: ThemeQuotes) -> Iterator[str]:
        back = ""
        if self._has_themes:
            back = f' <a class="back" href="#t-{_text(theme.anchor)}" aria-label="{_text(self._say("back"))}">↑</a>'
        yield f'<h3><span dir="auto">{_text(theme.name)}</span>{back}</h3>'
        for group in theme.groups:
            yield f'<h4 id="{_text(group.anchor)}"><span dir="auto">{_text(group.group)}</span> {_text(group.count)}</h4>'
            yield from (self._entry(quote) for quote in group.quotes)
            yield from self._below(group)
        if theme.crossed:
            title = _text(self._say("by_phase"))
            yield f'<div class="crossed"><h4>{title}</h4><ul>'
            yield from (self._crossed(one) for one in theme.crossed)
            yield "</ul></div>"

    def _entry(self, quote: Quote) -> str:
        anchor = ""
        if quote.number and quote.number not in self._numbered:  # people of two groups may share a quote
            self._numbered.add(quote.number)
            anchor = f' id="n{quote.number}"'
        before = ""
        if quote.context is not None:
            text = f"{'[…] ' if quote.context.is_cut else ''}"
            before = (
                f'<p class="before" dir="auto">{_text(quote.context.speaker[:1].upper() + quote.context.speaker[1:])}: {text}'
                f'<span class="context" dir="auto">{_text(quote.context.text)}</span></p>'
            )
        number = f'<span class="number">{quote.number}</span> ' if quote.number else ""
        return (
            f"<blockquote{anchor}>{before}<p>{number}{self._said(quote, quote.text)}</p>"
            f'<footer dir="auto">{_text(self._place(quote))}</footer></blockquote>'
        )

    def _place(self, quote: Quote) -> str:
        coded = self._say("coded_by", coders=self._words.listing(quote.coders))
        valences = ", ".join(self._words.valence(one) for one in quote.valences)
        place = [valences, coded]
        if quote.is_by_id:
            where = f"{quote.transcript} {quote.start}:{quote.end}"
            session = quote.session if quote.session != quote.transcript else ""
            place = [", ".join(quote.speakers), session, where, clock(quote.starts_at), *place]
        return " · ".join(word for word in place if word)

    def _below(self, group: GroupQuotes) -> Iterator[str]:
        if group.below:
            links = ", ".join(f'<a href="#{_text(anchor)}">{_text(name)}</a>' for name, anchor in group.below)
            sentence = (
                self._say("below_also", names="\0") if group.quotes else self._say("below_all", names="\0")
            )
            yield f'<p class="below" dir="auto">{escape(sentence).replace(chr(0), links)}</p>'

    def _crossed(self, one: CrossedQuotes) -> str:
        links = ", ".join(f'<a href="#n{number}">{number}</a>' for number in one.numbers)
        return f'<li id="{_text(one.anchor)}" dir="auto">{_text(one.phase)} {_text(one.count)}: {links}</li>'


def _link(line: Finding) -> str:
    text = f'<span dir="auto">{_text(line.text)}</span>'
    return f'<a href="#{_text(line.target)}">{text}</a>' if line.target else text


def _strip(strip: Strip) -> str:
    """Return n of N as dots, or as a bar where they are many; the numbers stand beside it."""
    if strip.N <= _DOTS:
        return f' <span class="dots" aria-hidden="true">{"●" * strip.n}{"○" * (strip.N - strip.n)}</span>'
    return f' <span class="bar" aria-hidden="true" style="--n:{100 * strip.n / strip.N:.1f}%"></span>'


def _notes(notes: tuple[str, ...]) -> Iterator[str]:
    if notes:
        yield (
            '<div class="notes">' + "".join(f'<p dir="auto">{_prose(note)}</p>' for note in notes) + "</div>"
        )


def _col(column: Column, whole: int) -> str:
    kind = ' class="n"' if column.is_number else ""
    return f'<col{kind} style="--share:{100 * column.width / whole:.1f}%">'


def _figure(figure: Figure) -> Iterator[str]:
    yield f'<figure id="{_text(figure.id)}">\n<div class="scroll paper" tabindex="0">{to_svg(figure)}</div>'
    notes = _prose(" ".join(figure.notes))
    yield f"<figcaption><b>{_text(figure.id)}</b> {_text(figure.title)}. {notes}</figcaption>"
    yield "</figure>"


def _method(method: Method) -> Iterator[str]:
    yield f'<div id="{_text(method.id)}" class="method">'
    for heading, sentences in method.sections:
        yield f"<h3>{_text(heading)}</h3>\n<ul>"
        yield from (f'<li dir="auto">{_prose(sentence)}</li>' for sentence in sentences)
        yield "</ul>"
    yield "</div>"
