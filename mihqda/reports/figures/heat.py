"""Theme × group as a heat map, with n/N in the cells."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd

from mihqda.reports.counts import Counts
from mihqda.reports.figures.colours import PALE, QUIET, ink_on, shade
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

_CELL, _NARROWEST = 1.1, 0.8


def heat_figures(counts: Counts, words: Wording, *, id: str) -> tuple[Figure, ...]:
    """Return the heat map of theme and group, a page at a time; none without registered people."""
    frame = named_counts(counts)
    if frame.empty:
        return ()
    pages = cut_pages(frame, "theme", lambda page: _Plan(page).height)
    return tuple(
        Figure(
            id=page_id(id, number, len(pages)),
            title=page_title(words.say("heat_title"), number, len(pages), words),
            frame=page,
            draw=partial(draw_heat, language=words.language),
            alt=words.say(
                "heat_alt",
                themes=words.count(page["theme"].nunique(), "theme"),
                groups=page["group"].nunique(),
            ),
            notes=(
                words.say("heat_note"),
                *((words.say("heat_note_asked"),) if _Plan(page).unasked() else ()),
            ),
        )
        for number, page in enumerate(pages, 1)
    )


def draw_heat(frame: pd.DataFrame, *, ax: Axes | None = None, language: str = "en") -> Axes:
    """Draw theme × group as a heat map; every cell says n/N, so that the shade is a help and not the message.

    A cell is hatched where nobody of the group was asked about the theme: 0 of those who were not asked is no
    finding.

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
    plan, words = _Plan(of_groups(frame)), wording(language)
    sheet = Sheet(ax, plan.width, plan.height)
    if not plan.rows:
        sheet.write(0, plan.height / 2, words.say("figure_nothing"))
        return sheet.ax
    write_names(sheet, plan.rows)
    for at, title in enumerate(plan.titles):
        sheet.write(
            NAMES + (at + 0.5) * plan.cell, plan.top - 0.06, title, va="bottom", ha="center", weight="bold"
        )
    boxes = plan.boxes()
    shades = {key: shade(_share(plan.cells[key])) for key in boxes}
    sheet.boxes(boxes.values(), color=list(shades.values()), edge="#ffffff", width=1)
    sheet.boxes([boxes[key] for key in plan.unasked()], color="none", edge=PALE, hatch="////")
    for key, (left, top, width, height) in boxes.items():
        cell = plan.cells[key]
        count, ink = words.fraction(cell["participants"], cell["N"]), ink_on(shades[key])
        sheet.write(left + width / 2, top + height / 2, count, size=7.5, ha="center", color=ink)
    sheet.rule(plan.top - 0.02, 0, plan.width, color=QUIET)
    return sheet.ax


class _Plan:
    """Where everything stands, in inches."""

    def __init__(self, frame: pd.DataFrame) -> None:
        self.cells: dict[tuple[str, str], Mapping[str, Any]] = {
            (record["theme"], record["group"]): record
            for record in (dict(zip(frame.columns, row, strict=True)) for row in rows_of(frame))
        }
        sizes = {group: cell["N"] for (_, group), cell in self.cells.items()}
        self.groups = list(sizes)
        self.cell = min(_CELL, max((PAGE - NAMES) / max(len(sizes), 1), _NARROWEST))
        self.titles = [
            "\n".join([*wrap(group, self.cell - 0.08, weight="bold", lines=6), f"N = {show(size)}"])
            for group, size in sizes.items()
        ]
        self.width = NAMES + self.cell * len(sizes) if sizes else PAGE
        self.top = max((len(title.splitlines()) for title in self.titles), default=1) * LINE + 0.1
        names = named_rows(frame, "theme")
        self.themes = list(names)
        self.rows: list[Line] = stack(names.values(), top=self.top)
        self.height = (self.rows[-1].top + self.rows[-1].height if self.rows else self.top) + 0.05

    def boxes(self) -> dict[tuple[str, str], Box]:
        """Return where each cell is."""
        return {
            (theme, group): (NAMES + at * self.cell, row.top, self.cell, row.height)
            for theme, row in zip(self.themes, self.rows, strict=True)
            for at, group in enumerate(self.groups)
            if (theme, group) in self.cells
        }

    def unasked(self) -> list[tuple[str, str]]:
        """Return the cells of groups of which nobody was asked about the theme, and nobody spoke of it."""
        return [
            key
            for key, cell in self.cells.items()
            if show(cell["N_asked"]) == "0" and show(cell["participants"]) == "0"
        ]


def _share(cell: Mapping[str, Any]) -> float:
    return int(cell["participants"]) / max(int(cell["N"]), 1)
