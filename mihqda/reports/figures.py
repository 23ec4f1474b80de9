"""Figures: from a frame to a drawing, and from a drawing to SVG and PNG that are the same every time."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from mihqda.reports.model import Figure

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Drawing


def new_axes(width: float, height: float) -> Axes:
    """Return axes that fill a new figure of this size in inches.

    The figure is none of pyplot's, which would keep it alive and ask for a screen.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure as Drawing

    drawing = Drawing(figsize=(width, height))
    FigureCanvasAgg(drawing)
    return drawing.add_axes((0, 0, 1, 1))


@contextmanager
def _same_everywhere() -> Iterator[None]:
    """Draw by matplotlib's defaults, whatever the machine's own settings are."""
    import matplotlib

    with matplotlib.rc_context(), warnings.catch_warnings():
        # A name in a script that the font does not know is drawn with boxes in a PNG; that is no reason to fail.
        warnings.filterwarnings("ignore", category=UserWarning, module="matplotlib")
        warnings.filterwarnings("ignore", message="Glyph|Matplotlib currently", category=UserWarning)
        matplotlib.rcdefaults()
        matplotlib.rcParams.update({"svg.hashsalt": "mihqda", "svg.fonttype": "none"})
        yield


def to_svg(figure: Figure) -> str:
    """Return a figure as an ``<svg>`` element: text as text, ids that begin with the figure's, no date."""
    from lxml import etree

    with _same_everywhere():
        drawing: Drawing = figure.draw(figure.frame).get_figure()  # type: ignore[assignment]
        file = io.BytesIO()
        drawing.savefig(file, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    parser = etree.XMLParser(remove_comments=True, resolve_entities=False, no_network=True)
    root = etree.fromstring(file.getvalue(), parser)
    for metadata in root.findall("{*}metadata"):
        root.remove(metadata)
    prefix = figure.id.replace(".", "-")
    for element in root.iter("*"):
        for name, value in ((str(name), str(value)) for name, value in element.items()):
            if name == "id":
                element.set(name, f"{prefix}-{value}")
            elif name.endswith("href") and value.startswith("#"):
                element.set(name, f"#{prefix}-{value[1:]}")
            elif "url(#" in value:
                element.set(name, value.replace("url(#", f"url(#{prefix}-"))
    root.set("role", "img")
    root.set("aria-label", figure.alt)
    return str(etree.tostring(root, encoding="unicode"))


def to_png(figure: Figure, *, dpi: int = 160) -> tuple[bytes, float]:
    """Return a figure as PNG without a date, and its width in inches."""
    with _same_everywhere():
        drawing: Drawing = figure.draw(figure.frame).get_figure()  # type: ignore[assignment]
        file = io.BytesIO()
        drawing.savefig(
            file,
            format="png",
            dpi=dpi,
            facecolor="white",
            metadata={"Software": None},
            pil_kwargs={"compress_level": 4},
        )
        return file.getvalue(), float(drawing.get_figwidth())
