"""Participants with negative, positive and mixed statements, per theme and group."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd

from mihqda.reports.counts import Counts
from mihqda.reports.figures.colours import BLUE, INK, PALE, QUIET, TINT, VERMILLION
from mihqda.reports.figures.lettering import wrap
from mihqda.reports.figures.names import named_counts, named_rows, of_groups
from mihqda.reports.figures.pages import cut_pages, page_id, page_title
from mihqda.reports.figures.sheet import LINE, NAMES, PAGE, Box, Line, Sheet, stack, write_names
from mihqda.reports.grid import rows_of
from mihqda.reports.model import Figure
from mihqda.reports.prose import show
from mihqda.reports.wording import Wording, wording

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SIGNS = ("minus", "plus", "mixed")
_DIGITS = 0.24  # for the number at the end of a bar
_GAP = 0.22  # between groups
_BAR = 0.13
_UNIT, _LEAST_ROOM = 0.1, 0.6  # of a participant at most; of a group's bars at least
_LEAST = 0.3  # of a column, for its head
_LOOKS = {
    "minus": (VERMILLION, "", ""),
    "plus": (BLUE, "", ""),
    "mixed": ("#ffffff", "/////", QUIET),
}


def valence_figures(counts: Counts, words: Wording, *, id: str) -> tuple[Figure, ...]:
    """Return in which direction participants spoke, a page at a time; none if nothing has a direction."""
    frame = with_direction(named_counts(counts))
    if frame.empty:
        return ()
    unit = _Plan(frame).unit
    pages = cut_pages(frame, "theme", lambda page: _Plan(page).height)
    return tuple(
        Figure(
            id=page_id(id, number, len(pages)),
            title=page_title(words.say("valence_title"), number, len(pages), words),
            frame=page,
            draw=partial(draw_valence, language=words.language, unit=unit),
            alt=words.say(
                "valence_alt",
                themes=words.count(page["theme"].nunique(), "theme"),
                groups=page["group"].nunique(),
            ),
            notes=(words.say("valence_note"),),
        )
        for number, page in enumerate(pages, 1)
    )


def with_direction(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of themes of which anybody said something with a direction, groups of people only."""
    frame = of_groups(frame)
    spoken = frame[list(SIGNS)].fillna(0).sum(axis=1) > 0
    return frame[frame["theme"].isin(frame["theme"][spoken])].reset_index(drop=True)


def draw_valence(
    frame: pd.DataFrame, *, ax: Axes | None = None, language: str = "en", unit: float | None = None
) -> Axes:
    """Draw how many participants have statements marked −, + and mixed, for each theme and group.

    Numbers of people, one length for one person in all groups; never percentages::

                          provider  N = 7
                               −   +    mixed
        Workload and time  4 ████|██ 2   ▒▒ 2

    Parameters
    ----------
    frame
        From `Project.themes` or `theme_table`: theme, group, N, plus, minus, mixed; with names and depths if it
        comes from `with_names`. Themes without any statement with a direction, and rows that are not of a group
        of people, are left out.
    ax
        Where to draw; the drawing is scaled to it. By default a new figure of the right size is made.
    language
        Of what it says beside the names.
    unit
        The length of one participant in inches, so that several drawings can have the same; by default what fits.

    Returns
    -------
    Axes
        ``ax.figure`` is the figure. Who has both + and − is in all three counts.
    """
    plan = _Plan(with_direction(frame), unit)
    sheet = Sheet(ax, plan.width, plan.height)
    if not plan.rows:
        sheet.write(0, plan.height / 2, wording(language).say("figure_nothing"))
        return sheet.ax
    # Every second row is tinted, because the bars are far from the names.
    bands = [(0.0, row.top, plan.width, row.height) for row in plan.rows[1::2]]
    sheet.boxes(bands, color=TINT)
    write_names(sheet, plan.rows)
    for group, panel in plan.panels.items():
        sheet.write(panel["left"], plan.top - 0.24, plan.titles[group], va="bottom", weight="bold")
        sheet.write(panel["zero"] - 0.06, plan.top - 0.11, "−", ha="right", size=9, weight="bold")
        sheet.write(panel["zero"] + 0.06, plan.top - 0.11, "+", ha="left", size=9, weight="bold")
        sheet.write(panel["mixed"], plan.top - 0.11, wording(language).say("figure_mixed"), ha="left", size=7)
        sheet.lines([((panel["zero"], plan.top), (panel["zero"], plan.height - 0.05))], color=QUIET)
        for sign in SIGNS:
            _draw_bars(sheet, plan, group, sign)
    sheet.rule(plan.top, 0, plan.width, color=PALE)
    return sheet.ax


class _Plan:
    """Where everything stands, in inches."""

    def __init__(self, frame: pd.DataFrame, unit: float | None = None) -> None:
        self.cells: dict[tuple[str, str], Mapping[str, Any]] = {
            (record["theme"], record["group"]): record
            for record in (dict(zip(frame.columns, row, strict=True)) for row in rows_of(frame))
        }
        sizes = {group: int(cell["N"]) for (_, group), cell in self.cells.items()}
        most = {group: {sign: self._most(group, sign) for sign in SIGNS} for group in sizes}
        people = sum(sum(one.values()) for one in most.values())
        room = PAGE - NAMES - len(sizes) * (3 * _DIGITS + 0.1 + _GAP)
        room = max(room, len(sizes) * _LEAST_ROOM)
        self.unit = unit or min(_UNIT, room / max(people, 1))
        # A page of a longer drawing keeps the room of the whole, as a group's size is its upper limit.
        self.panels: dict[str, dict[str, float]] = {}
        self.titles: dict[str, str] = {}
        left = NAMES
        for group, size in sizes.items():
            longest = {sign: min(most[group][sign], size) * self.unit for sign in SIGNS}
            zero = left + _DIGITS + longest["minus"]
            mixed = zero + max(longest["plus"] + _DIGITS, _LEAST) + 0.1
            right = mixed + max(longest["mixed"] + _DIGITS, 0.45)
            self.panels[group] = {"left": left, "zero": zero, "mixed": mixed, "right": right}
            title = wrap(group, right - left, weight="bold", lines=6)
            self.titles[group] = "\n".join([*title, f"N = {size}"])
            left = right + _GAP
        self.width = max(left - _GAP + 0.05, PAGE) if sizes else PAGE
        self.top = max((len(title.splitlines()) for title in self.titles.values()), default=1) * LINE + 0.28
        names = named_rows(frame, "theme")
        self.themes = list(names)
        self.rows: list[Line] = stack(names.values(), top=self.top)
        self.height = (self.rows[-1].top + self.rows[-1].height if self.rows else self.top) + 0.05

    def number(self, theme: str, group: str, sign: str) -> int | None:
        """Return a count, or None where the frame has none."""
        cell = self.cells.get((theme, group))
        return None if cell is None or show(cell[sign]) == "n/a" else int(cell[sign])

    def _most(self, group: str, sign: str) -> int:
        counts = (self.number(theme, one, sign) for theme, one in self.cells if one == group)
        return max((number or 0 for number in counts), default=0)


def _draw_bars(sheet: Sheet, plan: _Plan, group: str, sign: str) -> None:
    panel, boxes = plan.panels[group], list[Box]()
    start = panel["mixed"] if sign == "mixed" else panel["zero"]
    way = -1 if sign == "minus" else 1
    for theme, row in zip(plan.themes, plan.rows, strict=True):
        count = plan.number(theme, group, sign)
        if count is None:
            continue
        length = count * plan.unit
        if count:
            boxes.append((start - length if way < 0 else start, row.middle - _BAR / 2, length, _BAR))
        ink = INK if count else QUIET
        sheet.write(
            start + way * (length + 0.04), row.middle, str(count), size=7, color=ink,
            ha="right" if way < 0 else "left",
        )  # fmt: skip
    color, hatch, edge = _LOOKS[sign]
    sheet.boxes(boxes, color=color, hatch=hatch, edge=edge or "none")
