"""Code × code: how often two codes are on the same words."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Literal

import pandas as pd

from mihqda.reports.figures.colours import FAINT, QUIET, ink_on, shade
from mihqda.reports.figures.names import with_names
from mihqda.reports.figures.sheet import NAMES, PAGE, Sheet, stack, write_names
from mihqda.reports.grid import rows_of
from mihqda.reports.model import Figure
from mihqda.reports.wording import Wording, wording
from mihqda.snapshot import Snapshot

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST = 25
"""More codes than this do not fit beside each other on a page."""

_CELL, _LARGEST_CELL = 0.15, 0.3


def cooccurrence_figures(
    frame: pd.DataFrame, snapshot: Snapshot, words: Wording, *, id: str
) -> tuple[Figure, ...]:
    """Return the heat map of codes that meet, of those that meet most; none if no codes meet."""
    if frame.empty:
        return ()
    codes = len(_strength(frame, "segments"))
    shown = most_meeting(with_names(frame, snapshot))
    most = () if codes <= MOST else (words.say("cooccurrence_note_most", shown=MOST, codes=codes),)
    return (
        Figure(
            id=id,
            title=words.say("cooccurrence_title"),
            frame=shown,
            draw=partial(draw_cooccurrence, language=words.language),
            alt=words.say("cooccurrence_alt", codes=words.count(min(codes, MOST), "code")),
            notes=(*most, words.say("cooccurrence_note")),
        ),
    )


def most_meeting(
    frame: pd.DataFrame, *, most: int = MOST, count: Literal["segments", "participants"] = "segments"
) -> pd.DataFrame:
    """Return the pairs among the codes that meet others most often; the earlier ones where these are as many."""
    strength = _strength(frame, count)
    kept = set(sorted(strength, key=lambda code: -strength[code])[:most])
    return frame[frame["code_a"].isin(kept) & frame["code_b"].isin(kept)].reset_index(drop=True)


def draw_cooccurrence(
    frame: pd.DataFrame,
    *,
    ax: Axes | None = None,
    language: str = "en",
    count: Literal["segments", "participants"] = "segments",
    most: int = MOST,
) -> Axes:
    """Draw the lower triangle of code × code with the numbers in it; a cell without a number is 0.

    The codes are numbered on the diagonal: read down from a code's number, and along its row.

    Parameters
    ----------
    frame
        From `Project.cooccurrence`: code_a, code_b, segments, participants; with names if it comes from
        `with_names`. The codes come in the order in which the frame has them.
    ax
        Where to draw; the drawing is scaled to it. By default a new figure of the right size is made.
    language
        Of what it says beside the names.
    count
        What the numbers are.
    most
        How many codes are drawn: those that meet others most.

    Returns
    -------
    Axes
        ``ax.figure`` is the figure.
    """
    frame = most_meeting(frame, most=most, count=count)
    names = _names(frame)
    place = {code: at for at, code in enumerate(names)}
    size = min(_LARGEST_CELL, max((PAGE - NAMES) / max(len(names), 1), _CELL))
    rows = stack([(name, 2) for name in names.values()], top=0.05, least=size)
    sheet = Sheet(
        ax,
        NAMES + size * len(names) if rows else PAGE,
        rows[-1].top + rows[-1].height + 0.05 if rows else 0.4,
    )
    if not rows:
        sheet.write(0, 0.2, wording(language).say("figure_nothing"))
        return sheet.ax
    write_names(sheet, rows)
    counts = {
        (max(place[a], place[b]), min(place[a], place[b])): int(number)
        for a, b, number in rows_of(frame, "code_a", "code_b", count)
    }
    largest = max(counts.values(), default=1)
    lower = [(row, column) for row in range(len(rows)) for column in range(row)]
    boxes = [(NAMES + column * size, rows[row].top, size, rows[row].height) for row, column in lower]
    # The palest shade is for 0, and 1 differs from it.
    shades = [shade(0.12 + 0.88 * counts[key] / largest if counts.get(key) else 0) for key in lower]
    sheet.boxes(boxes, color=shades, edge="#ffffff", width=0.8)
    sheet.boxes(
        [(NAMES + at * size, row.top, size, row.height) for at, row in enumerate(rows)], color=FAINT,
        edge="#ffffff", width=0.8,
    )  # fmt: skip
    for at, row in enumerate(rows):
        sheet.write(NAMES + (at + 0.5) * size, row.middle, str(at + 1), size=6, ha="center", color=QUIET)
        sheet.write(row.left - 0.08, row.middle, str(at + 1), size=6, ha="right", color=QUIET)
    for (row_at, column), colour in zip(lower, shades, strict=True):
        if counts.get((row_at, column)):
            words = str(counts[row_at, column])
            middle = NAMES + (column + 0.5) * size
            sheet.write(middle, rows[row_at].middle, words, size=6.5, ha="center", color=ink_on(colour))
    return sheet.ax


def _strength(frame: pd.DataFrame, count: str) -> dict[str, int]:
    """Return how often each code meets any other, in the order of the codes."""
    found = dict.fromkeys(_order(frame), 0)
    for a, b, number in rows_of(frame, "code_a", "code_b", count):
        found[a] += int(number)
        found[b] += int(number)
    return found


def _order(frame: pd.DataFrame) -> list[str]:
    """Return the codes in the codebooks' order, or without places an order in which `code_a` comes first."""
    if "place_a" in frame.columns:
        places: dict[str, float] = dict(rows_of(frame, "code_a", "place_a")) | dict(
            rows_of(frame, "code_b", "place_b")
        )
    else:
        places = {code: float(at) for at, code in enumerate(dict.fromkeys(frame["code_a"]))}
        for at, (a, b) in enumerate(rows_of(frame, "code_a", "code_b")):
            # One that is never first comes after the last code that it meets.
            places.setdefault(b, 0.5)
            if places[b] % 1:
                places[b] = max(places[b], places[a] + 0.5 + at / 1e6)
    return sorted(places, key=lambda code: places[code])


def _names(frame: pd.DataFrame) -> dict[str, str]:
    names: dict[str, str] = {}
    for side in ("a", "b"):
        column = f"name_{side}" if f"name_{side}" in frame.columns else f"code_{side}"
        names.update(zip(frame[f"code_{side}"], frame[column], strict=True))
    return {code: names[code] for code in _order(frame)}
