"""Jupyter: a study, its transcripts with their codings, its quotes and its figures show themselves.

    %load_ext mihqda.notebook                  or: import mihqda.notebook; mihqda.notebook.enable()

    study                                      what it holds
    show_transcript(study, "FG1")              the talk, with the codings marked in it
    show_quotes(study.codings())               quotes as a page shows them, with who said it
    draw_valence(study.themes())               the figure, without pyplot

Whatever comes from a study is escaped: a transcript cannot put markup or scripts into a notebook. Everything stands
in the page itself, nothing is loaded from elsewhere. Mind that a notebook with its outputs holds what was said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from html import escape
from importlib import import_module
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from mihqda.codings.frame import rows_of
from mihqda.errors import InputError, NotFoundError
from mihqda.filters import Filter
from mihqda.project import Project
from mihqda.reports.model import Figure, ReportTable
from mihqda.reports.prose import clock, listing, plural, printable
from mihqda.snapshot import Snapshot
from mihqda.transcripts import Transcript

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Tints of Okabe and Ito's colours that black words are read on, each with its own line below.
_TINTS = ("#bcdcf0", "#f7d9a8", "#b5e3d3", "#f3cfe1", "#cfe6f8", "#f6c9ab", "#e3e0b0")
_EDGES = ("#0072b2", "#b06a00", "#007a58", "#a8477f", "#3a7ca5", "#b34a00", "#7a7300")
_LINES = ("solid", "dashed", "dotted", "double")

_STYLE = """
.mihqda { font: 14px/1.5 system-ui, "Segoe UI", Roboto, Arial, sans-serif; max-width: 60rem; text-align: start; }
.mihqda .talk { max-height: 36rem; overflow: auto; border-block: 1px solid #8886; padding: .5rem .25rem; }
.mihqda .turn { display: grid; grid-template-columns: 8.5rem 1fr; gap: .75rem; margin: .35rem 0; }
.mihqda .who { font-weight: 600; overflow-wrap: anywhere; }
.mihqda .who small, .mihqda .by, .mihqda .about { font-weight: 400; font-size: .8em; opacity: .7; display: block; }
.mihqda .said { white-space: pre-line; overflow-wrap: anywhere; }
.mihqda .asks { opacity: .62; font-size: .92em; margin-inline-start: 1.5rem; }
.mihqda mark { color: #111; padding: .05em 0; }
.mihqda .code { color: #111; font-size: .72em; font-weight: 600; border: 1px solid #555; border-radius: 3px;
  padding: 0 .3em; margin: 0 .15em; white-space: nowrap; background: #fff; }
.mihqda ol, .mihqda ul { margin: .4rem 0; padding: 0; columns: 20rem; list-style: none; }
.mihqda li { break-inside: avoid; }
.mihqda blockquote { margin: .6rem 0; padding-inline-start: .8rem; border-inline-start: 3px solid #8888; }
.mihqda table { border-collapse: collapse; } .mihqda td, .mihqda th { text-align: start; padding: .2rem .6rem;
  vertical-align: top; border-bottom: 1px solid #8884; }
"""


class Shown:
    """Something that Jupyter shows as a piece of a page, and a terminal as words."""

    def __init__(self, html: str, words: str) -> None:
        self.html, self._words = f'<div class="mihqda"><style>{_STYLE}</style>{html}</div>', words

    def __repr__(self) -> str:
        return self._words

    def _repr_html_(self) -> str:
        return self.html


def load_ipython_extension(shell: Any) -> None:
    """Make ``%load_ext mihqda.notebook`` work."""
    enable(shell)


def enable(shell: Any = None) -> None:
    """Let a notebook show studies, transcripts, the tables and figures of a report, and drawings.

    Parameters
    ----------
    shell
        IPython's; by default the one that runs.

    Raises
    ------
    InputError
        If no notebook runs.
    """
    if shell is None:
        try:
            shell = import_module("IPython").get_ipython()
        except ModuleNotFoundError:
            shell = None
        if shell is None:
            raise InputError("mihqda.notebook.enable() works in Jupyter and IPython only; none is running")
    pages: dict[type, Callable[[Any], str]] = {
        Project: lambda study: show_study(study).html,
        Transcript: lambda one: _show(one, (), frozenset()).html,
        ReportTable: lambda table: show_table(table).html,
        Figure: _figure_html,
    }
    formatters = shell.display_formatter.formatters
    for kind, page in pages.items():
        formatters["text/html"].for_type(kind, page)
    formatters["image/png"].for_type_by_name("matplotlib.axes._axes", "Axes", _drawing_png)


def show_study(study: Project) -> Shown:
    """Return what a study holds: transcripts, people, codebooks, codings."""
    snapshot = study.snapshot()
    people = snapshot.participants
    sizes = people.groupby("group", sort=False).size() if len(people) else pd.Series(dtype="int64")
    words = int(snapshot.turns["words"].sum())
    books = snapshot.codes.groupby("codebook", sort=False).size()
    facts = {
        "Transcripts": f"{len(snapshot.transcripts)}, {words:,} words",
        "Participants": f"{len(people)} ({listing(f'{n} {group}'.strip() for group, n in sizes.items())})"
        if len(people) else "no register",
        "Codebooks": listing(f"{book} ({plural(int(n), 'code')})" for book, n in books.items()) or "none",
        "Codings": f"{len(snapshot.codings)}"
        + (f" by {listing(snapshot.coders, limit=6)}" if snapshot.coders else ""),
        **({"Themes": str(len(snapshot.themes))} if len(snapshot.themes) else {}),
    }  # fmt: skip
    rows = "".join(
        f'<tr><th>{name}</th><td dir="auto">{_text(value)}</td></tr>' for name, value in facts.items()
    )
    return Shown(f'<strong dir="auto">{_text(study.path.name)}</strong><table>{rows}</table>', repr(study))


def show_transcript(
    study: Project,
    transcript: str,
    *,
    codes: Sequence[str] = (),
    coders: Sequence[str] = (),
    turns: tuple[int, int] | None = None,
) -> Shown:
    """Return a transcript with its codings marked.

    Each code has a number, a colour and a kind of underline; the number stands where a coding ends, with its
    valence. Interviewers are set back.

    Parameters
    ----------
    codes, coders
        Show these codings only; a code brings the codes below it.
    turns
        The first turn to show, counted from 0, and the one after the last.

    Raises
    ------
    NotFoundError
        If the study has no such transcript, code or coder.
    """
    whole = study.snapshot()
    if transcript not in whole.texts:
        raise NotFoundError(f"the study has no transcript {transcript!r}")
    snapshot = whole.select(Filter(transcripts=(transcript,), codes=tuple(codes), coders=tuple(coders)))
    voices = snapshot.voices
    asks = frozenset(voices["speaker"][voices["kind"] == "interviewer"])
    return _show(study.transcript(transcript), _marks(snapshot), asks, turns)


def show_quotes(frame: pd.DataFrame, *, most: int = 20) -> Shown:
    """Return quotes as a page shows them, with who said it, where, and who coded it.

    Parameters
    ----------
    frame
        From `Project.codings` or `theme_quotes`: quote, and what there is of participants, session, transcript,
        start, end, starts_at, theme or code, valence, coder.
    most
        How many; the page says how many more there are.
    """
    parts = [
        _quote(dict(zip(frame.columns, row, strict=True)))
        for row in rows_of(frame.head(most), *frame.columns)
    ]
    if len(frame) > most:
        parts.append(f'<p class="about">and {plural(len(frame) - most, "more quote")}</p>')
    return Shown("".join(parts) or "<p>There are no quotes.</p>", plural(len(frame), "quote"))


def show_table(table: ReportTable) -> Shown:
    """Return a table of a report as it stands on a page."""
    head = "".join(f"<th>{_text(column.label)}</th>" for column in table.grid.columns)
    body = "".join(
        "<tr>" + "".join(f'<td dir="auto">{_text(cell.text)}</td>' for cell in row.cells) + "</tr>"
        for row in table.grid.rows
    )
    notes = "".join(f'<p class="about" dir="auto">{_text(note)}</p>' for note in table.notes)
    title = f"<caption><strong>{_text(table.id)}</strong> {_text(table.title)}</caption>"
    return Shown(
        f"<table>{title}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{notes}",
        f"<ReportTable {table.id} {table.title}>",
    )


class _Mark(NamedTuple):
    """A coding to be marked."""

    start: int
    end: int
    code: str
    name: str
    coder: str
    valence: str


def _marks(snapshot: Snapshot) -> tuple[_Mark, ...]:
    names = dict(rows_of(snapshot.codes, "code", "name"))
    order = {code: at for at, code in enumerate(names)}
    frame = snapshot.codings.sort_values("code", key=lambda column: column.map(order), kind="stable")
    return tuple(
        _Mark(start, end, code, names[code] or code, coder, valence)
        for start, end, code, coder, valence in rows_of(frame, "start", "end", "code", "coder", "valence")
    )


def _show(
    transcript: Transcript,
    marks: Sequence[_Mark],
    asks: frozenset[str],
    chosen: tuple[int, int] | None = None,
) -> Shown:
    turns = transcript.turns[slice(*chosen)] if chosen else transcript.turns
    first, last = (turns[0].span.start, turns[-1].span.end) if turns else (0, 0)
    here = [mark for mark in marks if mark.start < last and mark.end > first]
    numbers = {code: at for at, code in enumerate(dict.fromkeys(mark.code for mark in here), 1)}
    parts = []
    for turn in turns:
        who = " & ".join(turn.speakers) or "—"
        is_asking = bool(turn.speakers) and asks.issuperset(turn.speakers)
        said = "".join(_pieces(transcript.text, turn.span.start, turn.span.end, here, numbers))
        parts.append(
            f'<div class="turn{" asks" if is_asking else ""}"><div class="who" dir="auto">{_text(who)}'
            f'<small>{clock(turn.start)}</small></div><div class="said" dir="auto">{said}</div></div>'
        )
    counts, names = Counter(mark.code for mark in here), {mark.code: mark.name for mark in here}
    legend = "".join(
        f'<li><mark style="{_look(number)}">{number}</mark> <span dir="auto">{_text(names[code])}</span> '
        f'<span class="by" style="display:inline">{counts[code]}</span></li>'
        for code, number in numbers.items()
    )
    title = f'<strong dir="auto">{_text(transcript.id)}</strong> <span class="by">{plural(len(turns), "turn")}, ' \
            f'{plural(len(here), "coding")}</span>'  # fmt: skip
    return Shown(
        f'{title}<ol>{legend}</ol><div class="talk" tabindex="0">{"".join(parts)}</div>',
        f"<transcript {transcript.id}: {plural(len(turns), 'turn')}, {plural(len(here), 'coding')}>",
    )


def _pieces(
    text: str, start: int, end: int, marks: Iterable[_Mark], numbers: dict[str, int]
) -> Iterator[str]:
    """Yield a turn's words as HTML, cut wherever a coding begins or ends."""
    inside = [mark for mark in marks if mark.start < end and mark.end > start]
    cuts = sorted({start, end} | {at for mark in inside for at in (mark.start, mark.end) if start < at < end})
    for left, right in pairwise(cuts):
        over = [mark for mark in inside if mark.start <= left and mark.end >= right]
        words = _text(text[left:right])
        if over:
            # The shortest coding gives the colour: the longer ones are seen around it.
            number = numbers[min(over, key=lambda mark: mark.end - mark.start).code]
            about = "; ".join(dict.fromkeys(f"{numbers[mark.code]} {_about(mark)}" for mark in over))
            words = f'<mark style="{_look(number)}" title="{_text(about)}">{words}</mark>'
        yield words
        ending: dict[tuple[int, str], list[_Mark]] = {}
        for mark in inside:
            if min(mark.end, end) == right:
                ending.setdefault((numbers[mark.code], mark.valence), []).append(mark)
        for (number, valence), found in sorted(ending.items()):
            sign = {"-": "−", "mixed": "±", "neutral": "0"}.get(valence, valence)
            about = "; ".join(dict.fromkeys(_about(mark) for mark in found))
            yield f'<span class="code" title="{_text(about)}">{number}{_text(sign)}</span>'


def _about(mark: _Mark) -> str:
    return f"{mark.name}{f' ({mark.valence})' if mark.valence else ''}, {mark.coder}"


def _look(number: int) -> str:
    at = number - 1
    line = _LINES[at // len(_TINTS) % len(_LINES)]
    return f"background:{_TINTS[at % len(_TINTS)]};border-bottom:2px {line} {_EDGES[at % len(_EDGES)]}"


def _quote(row: dict[str, Any]) -> str:
    by = [row.get("participants"), row.get("session") or row.get("transcript")]
    place = (
        f"{row['transcript']} {row['start']}:{row['end']}"
        if {"transcript", "start", "end"} <= set(row)
        else ""
    )
    sign = {"-": "−", "mixed": "±"}.get(str(row.get("valence", "")), row.get("valence"))
    about = [row.get("theme") or row.get("code"), sign, place, clock(row.get("starts_at")), row.get("coder")]
    return (
        f'<blockquote>“<span class="said" dir="auto">{_text(str(row["quote"]))}</span>” '
        f"({_text(listing(str(one) for one in by if one))})"
        f'<span class="about" dir="auto">{_text(" · ".join(str(one) for one in about if one))}</span></blockquote>'
    )


def _figure_html(figure: Figure) -> str:
    from mihqda.reports.figures import to_svg

    notes = "".join(f'<p class="about">{_text(note)}</p>' for note in figure.notes)
    title = f"<p><strong>{_text(figure.id)}</strong> {_text(figure.title)}</p>"
    return Shown(f'<div style="background:#fff;padding:.5rem">{to_svg(figure)}</div>{title}{notes}', "").html


def _drawing_png(ax: Axes) -> tuple[bytes, dict[str, int]] | None:
    from mihqda.reports.figures.save import to_bytes

    figure = ax.get_figure(root=True)
    if figure is None or getattr(figure.canvas, "manager", None) is not None:
        return None  # pyplot's: the notebook shows it by itself
    return to_bytes(ax, "png", dpi=144), {"width": round(figure.get_figwidth() * 96)}


def _text(text: str) -> str:
    """Return text that cannot be markup: whatever comes from the study goes through here."""
    return escape(printable(text))
