"""Code frequencies: participants and codings side by side."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pandas as pd

from mihqda.reports.figures.colours import BLUE, INK, PALE, QUIET
from mihqda.reports.figures.names import named_rows, with_names
from mihqda.reports.figures.pages import cut_pages, page_id, page_title
from mihqda.reports.figures.sheet import LINE, NAMES, PAGE, Sheet, stack, write_names
from mihqda.reports.grid import rows_of
from mihqda.reports.model import Figure
from mihqda.reports.wording import Wording, wording
from mihqda.snapshot import Snapshot

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_DIGITS, _GAP, _BAR = 0.35, 0.15, 0.12
_LOOKS = {"participants": (BLUE, "", "none"), "codings": ("#ffffff", "/////", QUIET)}


def frequencies_figures(
    frame: pd.DataFrame, snapshot: Snapshot, words: Wording, *, id: str
) -> tuple[Figure, ...]:
    """Return the frequencies of codes, a page at a time; none without codings."""
    if frame.empty:
        return ()
    named = with_names(frame, snapshot)
    pages = cut_pages(named, "code", _height)
    return tuple(
        Figure(
            id=page_id(id, number, len(pages)),
            title=page_title(words.say("frequencies_title"), number, len(pages), words),
            frame=page,
            draw=partial(draw_frequencies, language=words.language, full=_full(frame)),
            alt=words.say("frequencies_alt", codes=words.count(len(page), "code")),
            notes=(words.say("frequencies_note"),),
        )
        for number, page in enumerate(pages, 1)
    )


def draw_frequencies(
    frame: pd.DataFrame,
    *,
    ax: Axes | None = None,
    language: str = "en",
    full: tuple[int, int] | None = None,
) -> Axes:
    """Draw how many participants spoke of each code, and beside it how many codings it has.

    The two have scales of their own; the numbers stand at the bars.

    Parameters
    ----------
    frame
        From `Project.frequencies`: code, participants, codings; with names and depths if it comes from
        `with_names`.
    ax
        Where to draw; the drawing is scaled to it. By default a new figure of the right size is made.
    language
        Of what it says beside the names.
    full
        Participants and codings of a bar of full length, so that several drawings can have the same scale; by
        default the largest of the frame.

    Returns
    -------
    Axes
        ``ax.figure`` is the figure.
    """
    words = wording(language)
    rows = stack(named_rows(frame, "code").values(), top=LINE + 0.12)
    sheet = Sheet(ax, PAGE, _height(frame))
    if not rows:
        sheet.write(0, _height(frame) / 2, words.say("figure_nothing"))
        return sheet.ax
    write_names(sheet, rows)
    column = (PAGE - NAMES - _GAP) / 2
    for at, (count, title) in enumerate(
        (("participants", words.say("figure_participants")), ("codings", words.say("figure_codings")))
    ):
        left = NAMES + at * (column + _GAP)
        longest = max((full or _full(frame))[at], 1)
        numbers = [int(number) for (number,) in rows_of(frame, count)]
        bars = [
            (left, row.middle - _BAR / 2, (column - _DIGITS) * number / longest, _BAR)
            for row, number in zip(rows, numbers, strict=True)
        ]
        color, hatch, edge = _LOOKS[count]
        sheet.boxes(bars, color=color, hatch=hatch, edge=edge)
        sheet.write(left, LINE / 2 + 0.02, title, weight="bold")
        for (_, _, length, _), row, number in zip(bars, rows, numbers, strict=True):
            sheet.write(left + length + 0.05, row.middle, str(number), size=7, color=INK if number else QUIET)
        sheet.lines([((left, rows[0].top), (left, rows[-1].top + rows[-1].height))], color=QUIET)
    sheet.rule(rows[0].top - 0.04, 0, PAGE, color=PALE)
    return sheet.ax


def _full(frame: pd.DataFrame) -> tuple[int, int]:
    if frame.empty:
        return 1, 1
    return int(frame["participants"].max()), int(frame["codings"].max())


def _height(frame: pd.DataFrame) -> float:
    rows = stack(named_rows(frame, "code").values(), top=LINE + 0.12)
    return (rows[-1].top + rows[-1].height if rows else 0.3) + 0.05
