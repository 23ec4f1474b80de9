"""F1: n of N participants for each theme and group, as dots."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from math import ceil
from typing import TYPE_CHECKING, Any

import pandas as pd

from mihqda.reports.counts import Counts
from mihqda.reports.figures import new_axes
from mihqda.reports.grid import rows_of
from mihqda.reports.model import Figure
from mihqda.reports.prose import UNDEFINED, cut, fraction, printable, show
from mihqda.themes.groups import ALL, INTERVIEWER, UNASSIGNED

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Inches, because the axes are as large as the figure and measure in inches.
_NAMES = 2.7  # for the names of the themes
_LINE = 0.15  # of text
_INDENT = 0.13
_FEW = 20  # people in a group, up to which each has a dot
_DOT, _SMALLEST_DOT = 0.16, 0.09
_LABEL = 0.5  # for "2/7"
_PAGE = 6.7  # the width of a page
_NARROWEST = 0.95  # a group with its label
_TALLEST = 8.6  # with a caption on a page

_INK, _PALE = "#1f4e79", "#a9b4bf"

_EACH = "A filled dot is a participant who spoke of it, an empty one another of the group; silence is not absence."
_LINES = "A line runs from 0 to all participants of the group; the dot stands at those who spoke of it."


def dots_figures(counts: Counts) -> tuple[Figure, ...]:
    """Return the dots of n of N per theme and group, a page at a time; none without registered people."""
    groups = [group for group in counts.groups if group not in (ALL, UNASSIGNED, INTERVIEWER)]
    if not counts.entries or not groups:
        return ()
    names = pd.DataFrame(
        [(one.theme, one.name, one.depth) for one in counts.entries], columns=["theme", "name", "depth"]
    )
    numbers = counts.frame.loc[
        counts.frame["group"].isin(groups), ["theme", "group", "participants", "N", "N_asked"]
    ]
    frame = names.merge(numbers, on="theme", how="left")
    pages = _pages(frame, list(names["theme"]))
    figures = []
    for number, shown in enumerate(pages, 1):
        themes = shown["theme"].nunique()
        is_each = all(panel.dot is not None for panel in _Plan(shown).panels)
        figures.append(
            Figure(
                id="F1" if len(pages) == 1 else f"F1.{number}",
                title="Who spoke of which theme" + (f" ({number} of {len(pages)})" if len(pages) > 1 else ""),
                frame=shown,
                draw=draw_dots,
                alt=f"n of N participants for {themes} themes in {len(groups)} groups; the numbers are in T4.",
                notes=(_EACH if is_each else _LINES,),
            )
        )
    return tuple(figures)


def _pages(frame: pd.DataFrame, themes: list[str]) -> list[pd.DataFrame]:
    """Cut the themes into as few parts of about the same length as fit on pages."""
    for number in range(1, len(themes) + 1):
        length = ceil(len(themes) / number)
        parts = [set(themes[start : start + length]) for start in range(0, len(themes), length)]
        pages = [frame[frame["theme"].isin(part)].reset_index(drop=True) for part in parts]
        if all(_Plan(page).height <= _TALLEST for page in pages):
            break
    return pages


def draw_dots(frame: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw n of N for each theme and group.

    Up to 20 people in a group each is a dot, filled for those who spoke of the theme::

        Role ambiguity   ● ● ● ○ ○ ○ ○  3/7     ● ● ○ ○ ○ ○ ○ ○ ○ ○ ○  2/11

    Larger groups are a line from 0 to N with a dot at n. There are no percentages: they would promise more than
    7 against 11 people can keep.

    Parameters
    ----------
    frame
        theme, name, depth, group, participants, N, N_asked; one row per theme and group.
    ax
        Where to draw; its limits are set. By default a new figure of the right size is made.

    Returns
    -------
    Axes
        ``ax.figure`` is the figure.
    """
    plan = _Plan(frame)
    if ax is None:
        ax = new_axes(plan.width, plan.height)
    ax.set_xlim(0, plan.width)
    ax.set_ylim(plan.height, 0)
    ax.set_axis_off()
    for panel in plan.panels:
        _write(ax, panel.left, plan.top - 0.14, panel.title, va="bottom", weight="bold")
    for row in plan.rows:
        _write(ax, row.depth * _INDENT, row.middle, row.label, weight="bold" if row.depth == 0 else "normal")
    ax.plot([0, plan.width], [plan.top - 0.06] * 2, color=_PALE, linewidth=0.8)
    for panel in plan.panels:
        _draw_panel(ax, panel, plan.rows)
    return ax


class _Panel:
    """A group's column in the figure."""

    def __init__(self, group: str, size: int, left: float, width: float, dot: float | None) -> None:
        self.group, self.size, self.left, self.width, self.dot = group, size, left, width, dot
        room = max(int((width + _LABEL) * 12), 8)
        self.end = left + (size * dot if dot is not None else width)
        self.title = "\n".join([*textwrap.wrap(cut(printable(group), room * 3), room), f"N = {size}"])


class _Row:
    """A theme's line in the figure."""

    def __init__(self, name: str, depth: int, cells: Mapping[str, Mapping[str, Any]], top: float) -> None:
        self.depth = min(depth, 6)
        room = 38 - 2 * self.depth
        lines = textwrap.wrap(cut(" ".join(printable(name).split()), room * 2), room)[:3] or [""]
        self.label = "\n".join(lines)
        self.cells = cells
        has_asked = any(show(cell["N_asked"]) != UNDEFINED for cell in cells.values())
        self.height = max(len(lines) * _LINE, 0.25 if has_asked else 0.19) + 0.07
        self.middle = top + self.height / 2


class _Plan:
    """Where everything stands, in inches."""

    def __init__(self, frame: pd.DataFrame) -> None:
        sizes: dict[str, int] = {}
        themes: dict[str, dict[str, Mapping[str, Any]]] = {}
        about: dict[str, tuple[str, int]] = {}
        for row in rows_of(frame):
            record = dict(zip(frame.columns, row, strict=True))
            sizes[record["group"]] = int(record["N"])
            themes.setdefault(record["theme"], {})[record["group"]] = record
            about[record["theme"]] = (record["name"], int(record["depth"]))
        self.panels = _panels(sizes)
        self.width = max((panel.left + panel.width + _LABEL for panel in self.panels), default=_NAMES) + 0.2
        self.top = max((panel.title.count("\n") + 1 for panel in self.panels), default=1) * _LINE + 0.2
        self.rows: list[_Row] = []
        top = self.top
        for theme, cells in themes.items():
            line = _Row(*about[theme], cells, top)
            self.rows.append(line)
            top += line.height
        self.height = top + 0.1


def _panels(sizes: Mapping[str, int]) -> list[_Panel]:
    # A dot for each person if that fits on a page, else a line of the same length for every group.
    room = _PAGE - _NAMES - len(sizes) * (_LABEL + 0.25)
    people = sum(sizes.values())
    dot = min(_DOT, room / people) if people else _DOT
    is_each = max(sizes.values(), default=0) <= _FEW and dot >= _SMALLEST_DOT
    line = max(room / len(sizes), _NARROWEST - _LABEL) if sizes else room
    left = _NAMES
    panels = []
    for group, size in sizes.items():
        width = max(size * dot, 0.35) if is_each else line
        panels.append(_Panel(group, size, left, width, dot if is_each else None))
        left += width + _LABEL + 0.25
    return panels


def _draw_panel(ax: Axes, panel: _Panel, rows: Sequence[_Row]) -> None:
    # All dots of a kind at once: a drawing of some thousand single dots takes seconds.
    filled: list[tuple[float, float]] = []
    empty: list[tuple[float, float]] = []
    for row in rows:
        cell = row.cells.get(panel.group)
        if cell is None:
            continue
        n = int(cell["participants"])
        if panel.dot is not None:
            dots = [(panel.left + (at + 0.5) * panel.dot, row.middle) for at in range(panel.size)]
            filled += dots[:n]
            empty += dots[n:]
        else:
            ax.plot([panel.left, panel.left + panel.width], [row.middle] * 2, color=_PALE, linewidth=1)
            filled.append((panel.left + panel.width * n / max(panel.size, 1), row.middle))
        asked = show(cell["N_asked"])
        words = fraction(n, panel.size) + ("" if asked == UNDEFINED else f"\nasked {asked}")
        _write(ax, panel.end + 0.07, row.middle, words, size=7)
    points = panel.dot * 72 * 0.62 if panel.dot is not None else 6
    for dots, inside, edge in ((empty, "none", _PALE), (filled, _INK, _INK)):
        xs, ys = [x for x, _ in dots], [y for _, y in dots]
        ax.plot(xs, ys, "o", ms=points, mfc=inside, mec=edge, mew=0.8)


def _write(ax: Axes, x: float, y: float, text: str, **style: Any) -> None:
    style = {"va": "center", "ha": "left", "size": 8, "color": "#1a1a1a", "linespacing": 1.15, **style}
    # Names are words: a dollar sign in them begins no formula.
    ax.text(x, y, text, parse_math=False, **style)
