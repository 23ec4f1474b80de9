"""A sheet measured in inches: the same drawing on a figure of its own and, larger or smaller, on given axes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mihqda.reports.figures.colours import INK
from mihqda.reports.figures.lettering import wrap
from mihqda.reports.prose import printable

if TYPE_CHECKING:
    from matplotlib.axes import Axes

PAGE = 6.7
"""The width of a page between its margins, in inches."""

TALLEST = 8.6
"""What fits on a page with a caption."""

NAMES = 2.6
"""The room for names, left of a drawing."""

LINE = 0.15
"""From one line of text to the next."""

INDENT = 0.13
"""Of a code below another."""

Box = tuple[float, float, float, float]
"""Left, top, width, height."""


def new_axes(width: float, height: float) -> Axes:
    """Return axes that fill a new figure of this size in inches.

    The figure is none of pyplot's, which would keep it alive and ask for a screen.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    drawing = Figure(figsize=(width, height))
    FigureCanvasAgg(drawing)
    return drawing.add_axes((0, 0, 1, 1))


class Sheet:
    """Axes on which one draws in inches from the top left.

    On axes that are given the whole is scaled, letters too, so that what did not overlap still does not.
    """

    def __init__(self, ax: Axes | None, width: float, height: float) -> None:
        if ax is None:
            self.ax, self.scale = new_axes(width, height), 1.0
        else:
            self.ax = ax
            room, dpi = ax.get_window_extent(), ax.get_figure(root=True).dpi  # type: ignore[union-attr]
            self.scale = min(room.width / dpi / width, room.height / dpi / height)
            ax.set_aspect("equal", adjustable="box", anchor="NW")
        self.ax.set_xlim(0, width)
        self.ax.set_ylim(height, 0)
        self.ax.set_axis_off()

    def write(self, x: float, y: float, text: str, *, size: float = 8, **style: Any) -> None:
        """Write text, which is words and never a formula; `y` is its middle if nothing else is said."""
        style = {"va": "center", "ha": "left", "color": INK, "linespacing": 1.15, **style}
        clean = "\n".join(printable(line) for line in text.split("\n"))
        self.ax.text(x, y, clean, fontsize=size * self.scale, parse_math=False, family="DejaVu Sans", **style)

    def rule(self, y: float, left: float, right: float, *, color: str, width: float = 0.8) -> None:
        """Draw a level line."""
        self.lines([((left, y), (right, y))], color=color, width=width)

    def lines(self, ends: Iterable[Sequence[tuple[float, float]]], *, color: str, width: float = 0.8) -> None:
        """Draw lines from point to point."""
        from matplotlib.collections import LineCollection

        found = list(ends)
        if found:
            lines = LineCollection(
                found, colors=color, linewidths=width * self.scale, capstyle="butt", zorder=1
            )
            self.ax.add_collection(lines, autolim=False)

    def boxes(
        self, boxes: Iterable[Box], *, color: str | Sequence[str], hatch: str = "", edge: str = "none",
        width: float = 0.6,
    ) -> None:  # fmt: skip
        """Fill boxes, all with one colour or each with its own; a hatch is drawn in the colour of the edge."""
        from matplotlib.collections import PolyCollection

        corners = [
            [(left, top), (left + wide, top), (left + wide, top + high), (left, top + high)]
            for left, top, wide, high in boxes
        ]
        if corners:
            self.ax.add_collection(
                PolyCollection(
                    corners,
                    facecolors=color,
                    edgecolors=edge,
                    linewidths=width * self.scale,
                    hatch=hatch or None,
                    zorder=1,
                ),
                autolim=False,
            )

    def dots(self, points: Sequence[tuple[float, float]], size: float, *, inside: str, edge: str) -> None:
        """Draw dots of a diameter in inches."""
        if points:
            xs, ys = [x for x, _ in points], [y for _, y in points]
            points_wide = size * 72 * self.scale
            self.ax.plot(xs, ys, "o", ms=points_wide, mfc=inside, mec=edge, mew=0.8 * self.scale)


@dataclass(frozen=True, slots=True)
class Line:
    """A named row of a drawing; `left` is where its name begins."""

    label: str
    left: float
    top: float
    height: float
    is_strong: bool = False
    size: float = 8

    @property
    def middle(self) -> float:
        """Its middle, from the top of the sheet."""
        return self.top + self.height / 2


def stack(
    names: Iterable[tuple[str, int]],
    *,
    top: float,
    least: float | Sequence[float] = 0.21,
    size: float = 8,
    gap: float = 0.07,
) -> list[Line]:
    """Return names with their depth as rows, one below the other, each as high as its name and at least `least`.

    Names are written in `size` points, with a `gap` between one and the next.

    What stands at the top with something below it is strong.
    """
    listed = list(names)
    below = [depth for _, depth in listed[1:]] + [0]
    lines = []
    for at, (name, depth) in enumerate(listed):
        left = min(depth, 6) * INDENT
        is_strong = depth == 0 and below[at] > 0
        words = wrap(name, NAMES - left - 0.1, size=size, weight="bold" if is_strong else "normal")
        height = max(len(words) * LINE * size / 8 + gap, least if isinstance(least, float) else least[at])
        lines.append(Line("\n".join(words), left, top, height, is_strong, size))
        top += height
    return lines


def write_names(sheet: Sheet, lines: Iterable[Line]) -> None:
    """Write the names of rows."""
    for line in lines:
        weight = "bold" if line.is_strong else "normal"
        sheet.write(line.left, line.middle, line.label, weight=weight, size=line.size)
