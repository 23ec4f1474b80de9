"""Figures: a frame is computed first, then drawn; each function takes a frame and, if wanted, an ``ax``.

    draw_dots(frame)          n of N participants per theme and group, as dots
    draw_valence(frame)       participants with +, − and mixed statements per theme and group
    draw_heat(frame)          theme × group, n/N in the cells
    draw_cooccurrence(frame)  code × code
    draw_frequencies(frame)   participants and codings per code
    draw_portrait(frame)      one transcript: who speaks where, and what was coded there
    with_names(frame, snapshot)   adds the names of themes and codes, which the drawings then show
    save_figure(ax, path)     PNG, SVG or PDF, the same bytes every time

They are drawn in colours that people with colour vision deficiency tell apart (Okabe and Ito 2008, "Color
Universal Design", jfly.uni-koeln.de/color), and so that nothing is lost in grey: what has a colour has a place, a
hatch or a number as well. Nothing is a percentage: see `mihqda.themes.rules`.
"""

from __future__ import annotations

from mihqda.reports.figures.cooccurrence import draw_cooccurrence
from mihqda.reports.figures.dots import draw_dots
from mihqda.reports.figures.frequencies import draw_frequencies
from mihqda.reports.figures.heat import draw_heat
from mihqda.reports.figures.names import with_names
from mihqda.reports.figures.portrait import draw_portrait, portrait
from mihqda.reports.figures.save import save_figure, to_png, to_svg
from mihqda.reports.figures.valence import draw_valence

__all__ = [
    "draw_cooccurrence",
    "draw_dots",
    "draw_frequencies",
    "draw_heat",
    "draw_portrait",
    "draw_valence",
    "portrait",
    "save_figure",
    "to_png",
    "to_svg",
    "with_names",
]
