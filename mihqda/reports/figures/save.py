"""From a drawing to a file: SVG, PNG and PDF that are the same every time."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mihqda.errors import InputError
from mihqda.reports.model import Figure

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Drawing

# No date and no version of the program that drew it.
_METADATA: dict[str, dict[str, Any]] = {
    "svg": {"Date": None, "Creator": None},
    "png": {"Software": None},
    "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
}
_DPI = 160


@contextmanager
def _same_everywhere(*, letters: str = "none") -> Iterator[None]:
    """Draw by matplotlib's defaults, whatever the machine's own settings are."""
    import matplotlib

    with matplotlib.rc_context(), warnings.catch_warnings():
        # A name in a script that the font does not know is drawn with boxes in a PNG; that is no reason to fail.
        warnings.filterwarnings("ignore", category=UserWarning, module="matplotlib")
        warnings.filterwarnings("ignore", message="Glyph|Matplotlib currently", category=UserWarning)
        matplotlib.rcdefaults()
        # Letters keep their own widths, as on paper; hinting would fit them to pixels, and takes a quarter longer.
        matplotlib.rcParams.update({
            "svg.hashsalt": "mihqda", "svg.fonttype": letters, "pdf.fonttype": 42, "hatch.linewidth": 0.7,
                "text.hinting": "no_hinting",
        })  # fmt: skip
        yield


def save_figure(drawing: Axes | Drawing, path: str | Path, *, dpi: int = _DPI) -> Path:
    """Write a drawing to a file; the same drawing gives the same bytes, without a date.

    Parameters
    ----------
    drawing
        What a ``draw_`` function returns, or any figure of matplotlib.
    path
        Ends in ``.png``, ``.svg`` or ``.pdf``. In SVG letters are drawn as shapes, so that it looks alike
        everywhere.
    dpi
        Of PNG.

    Raises
    ------
    InputError
        If the name ends otherwise.
    """
    path = Path(path)
    path.write_bytes(to_bytes(drawing, path.suffix.lower().removeprefix("."), dpi=dpi))
    return path


def to_bytes(drawing: Axes | Drawing, kind: str, *, dpi: int = _DPI) -> bytes:
    """Return a drawing as ``png``, ``svg`` or ``pdf``, as `save_figure` writes it."""
    if kind not in _METADATA:
        raise InputError(f"a figure is saved as .png, .svg or .pdf, got .{kind}")
    figure = drawing if hasattr(drawing, "savefig") else drawing.get_figure(root=True)
    file = io.BytesIO()
    with _same_everywhere(letters="path"):
        figure.savefig(file, format=kind, dpi=dpi, facecolor="white", metadata=_METADATA[kind])  # type: ignore[union-attr]
    return file.getvalue()


def to_svg(figure: Figure) -> str:
    """Return a figure as an ``<svg>`` element: text as text, ids that begin with the figure's, no date."""
    from lxml import etree

    with _same_everywhere():
        drawing: Drawing = figure.draw(figure.frame).get_figure()  # type: ignore[assignment]
        file = io.BytesIO()
        drawing.savefig(file, format="svg", transparent=True, metadata=_METADATA["svg"])
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


def to_png(figure: Figure, *, dpi: int = _DPI) -> tuple[bytes, float]:
    """Return a figure as PNG without a date, and its width in inches."""
    with _same_everywhere():
        drawing: Drawing = figure.draw(figure.frame).get_figure()  # type: ignore[assignment]
        file = io.BytesIO()
        drawing.savefig(
            file,
            format="png",
            dpi=dpi,
            facecolor="white",
            metadata=_METADATA["png"],
            pil_kwargs={"compress_level": 1},
        )
        return file.getvalue(), float(drawing.get_figwidth())
