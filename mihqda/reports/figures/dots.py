"""F1: n of N participants for each theme and group, as dots."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd

from mihqda.reports.counts import Counts
from mihqda.reports.figures.colours import BLUE, PALE
from mihqda.reports.figures.lettering import wrap
from mihqda.reports.figures.names import named_counts, named_rows, of_groups
from mihqda.reports.figures.pages import cut_pages, page_id, page_title
from mihqda.reports.figures.sheet import LINE, NAMES, PAGE, Line, Sheet, stack, write_names
from mihqda.reports.grid import rows_of
from mihqda.reports.model import Figure
from mihqda.reports.prose import UNDEFINED, show
from mihqda.reports.wording import Wording, wording

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_FEW = 20  # people in a group, up to which each has a dot
_DOT, _SMALLEST_DOT = 0.16, 0.09
_LABEL = 0.5  # for "2/7"
_GAP = 0.25  # between groups
_NARROWEST = 0.95  # a group with its label


def dots_figures(counts: Counts, words: Wording) -> tuple[Figure, ...]:
    """Return the dots of n of N per theme and group, a page at a time; none without registered people."""
    frame = named_counts(counts)
    if frame.empty:
        return ()
    pages = cut_pages(frame, "theme", lambda page: _Plan(page, words).height)
    figures = []
    for number, page in enumerate(pages, 1):
        is_each = all(panel.dot is not None for panel in _Plan(page, words).panels)
        figures.append(
            Figure(
                id=page_id("F1", number, len(pages)),
                title=page_title(words.say("dots_title"), number, len(pages), words),
                frame=page,
                draw=partial(draw_dots, language=words.language),
                alt=words.say(
                    "dots_alt",
                    themes=words.count(page["theme"].nunique(), "theme"),
                    groups=page["group"].nunique(),
                ),
                notes=(words.say("dots_each") if is_each else words.say("dots_lines"),),
            )
        )
    return tuple(figures)


def draw_dots(frame: pd.DataFrame, *, ax: Axes | None = None, language: str = "en") -> Axes:
    """Draw n of N for each theme and group.

    Up to 20 people in a group each is a dot, filled for those who spoke of the theme::

        Role ambiguity   ● ● ● ○ ○ ○ ○  3/7     ● ● ○ ○ ○ ○ ○ ○ ○ ○ ○  2/11

    Larger groups are a line from 0 to N with a dot at n. There are no percentages: they would promise more than
    7 against 11 people can keep.

    Parameters
    ----------
    frame
        From `Project.themes` or `theme_table`: theme, group, participants, N, N_asked; with names and depths if
        it comes from `with_names`. Rows that are not of a group of people are left out.
    ax
        Where to draw; the drawing is scaled to it. By default a new figure of the right size is made.
    language
        Of what it says beside the names.

    Returns
    -------
    Axes
        ``ax.figure`` is the figure.
    """
    words = wording(language)
    plan = _Plan(of_groups(frame), words)
    sheet = Sheet(ax, plan.width, plan.height)
    if not plan.rows:
        sheet.write(0, plan.height / 2, words.say("figure_nothing"))
        return sheet.ax
    for panel in plan.panels:
        sheet.write(panel.left, plan.top - 0.14, panel.title, va="bottom", weight="bold")
    write_names(sheet, plan.rows)
    sheet.rule(plan.top - 0.06, 0, plan.width, color=PALE)
    for panel in plan.panels:
        _draw_panel(sheet, panel, plan)
    return sheet.ax


class _Panel:
    """A group's column in the figure."""

    def __init__(self, group: str, size: int, left: float, width: float, dot: float | None) -> None:
        self.group, self.size, self.left, self.width, self.dot = group, size, left, width, dot
        self.end = left + (size * dot if dot is not None else width)
        self.title = "\n".join([*wrap(group, width + _LABEL, weight="bold", lines=6), f"N = {size}"])


class _Plan:
    """Where everything stands, in inches."""

    def __init__(self, frame: pd.DataFrame, words: Wording) -> None:
        self.words = words
        self.cells: dict[tuple[str, str], Mapping[str, Any]] = {}
        sizes: dict[str, int] = {}
        for row in rows_of(frame):
            record = dict(zip(frame.columns, row, strict=True))
            sizes[record["group"]] = int(record["N"])
            self.cells[record["theme"], record["group"]] = record
        names = named_rows(frame, "theme")
        self.themes = list(names)
        self.panels = _panels(sizes)
        self.width = max((panel.end + _LABEL for panel in self.panels), default=PAGE - 0.2) + 0.2
        self.top = max((len(panel.title.splitlines()) for panel in self.panels), default=1) * LINE + 0.2
        asked = {theme for (theme, _), cell in self.cells.items() if show(cell["N_asked"]) != UNDEFINED}
        least = [0.32 if theme in asked else 0.26 for theme in self.themes]
        self.rows: list[Line] = stack(names.values(), top=self.top, least=least)
        self.height = (self.rows[-1].top + self.rows[-1].height if self.rows else self.top) + 0.1


def _panels(sizes: Mapping[str, int]) -> list[_Panel]:
    # A dot for each person if that fits on a page, else a line of the same length for every group.
    room = PAGE - NAMES - len(sizes) * (_LABEL + _GAP)
    people = sum(sizes.values())
    dot = min(_DOT, room / people) if people else _DOT
    is_each = max(sizes.values(), default=0) <= _FEW and dot >= _SMALLEST_DOT
    line = max(room / len(sizes), _NARROWEST - _LABEL) if sizes else room
    left = NAMES
    panels = []
    for group, size in sizes.items():
        width = max(size * dot, 0.35) if is_each else line
        panels.append(_Panel(group, size, left, width, dot if is_each else None))
        left += width + _LABEL + _GAP
    return panels


def _draw_panel(sheet: Sheet, panel: _Panel, plan: _Plan) -> None:
    # All dots of a kind at once: a drawing of some thousand single dots takes seconds.
    filled: list[tuple[float, float]] = []
    empty: list[tuple[float, float]] = []
    lines: list[Sequence[tuple[float, float]]] = []
    for theme, row in zip(plan.themes, plan.rows, strict=True):
        cell = plan.cells.get((theme, panel.group))
        if cell is None:
            continue
        n = int(cell["participants"])
        if panel.dot is not None:
            dots = [(panel.left + (at + 0.5) * panel.dot, row.middle) for at in range(panel.size)]
            filled += dots[:n]
            empty += dots[n:]
        else:
            lines.append([(panel.left, row.middle), (panel.left + panel.width, row.middle)])
            filled.append((panel.left + panel.width * n / max(panel.size, 1), row.middle))
        asked = show(cell["N_asked"])
        words = plan.words.fraction(n, panel.size)
        if asked != UNDEFINED:
            words += "\n" + plan.words.say("asked", n=asked)
        sheet.write(panel.end + 0.07, row.middle, words, size=7)
    size = panel.dot * 0.62 if panel.dot is not None else 6 / 72
    sheet.lines(lines, color=PALE, width=1)
    sheet.dots(empty, size, inside="none", edge=PALE)
    sheet.dots(filled, size, inside=BLUE, edge=BLUE)
