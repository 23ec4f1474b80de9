"""How wide words are, so that names are wrapped where they end and not where they happen to have 38 letters."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any

from mihqda.reports.prose import printable

_MARK = "…"


@cache
def _font(weight: str) -> Any:
    from pathlib import Path

    import matplotlib
    from matplotlib.ft2font import FT2Font

    name = "DejaVuSans-Bold.ttf" if weight == "bold" else "DejaVuSans.ttf"
    font = FT2Font(str(Path(matplotlib.get_data_path()) / "fonts" / "ttf" / name))
    font.set_size(100, 72)  # so that widths come in hundredths of the size
    return font


@lru_cache(maxsize=8192)
def _advance(sign: str, weight: str) -> float:
    font = _font(weight)
    # A sign that the font lacks is drawn as a box, or by the reader's own font: about as wide as a letter m.
    known = font.get_char_index(ord(sign))
    return float(font.load_glyph(known).linearHoriAdvance) / 65536 / 100 if known else 1.0


def width_of(text: str, size: float, weight: str = "normal") -> float:
    """Return the width of a line of text in inches; `size` in points."""
    return sum(_advance(sign, weight) for sign in text) * size / 72


def wrap(text: str, width: float, *, size: float = 8, weight: str = "normal", lines: int = 3) -> list[str]:
    """Break text into at most so many lines of this width in inches; the last one says with ``…`` what is cut.

    Control characters go, white space becomes single spaces, a word that is too long is broken. There is always
    one line, if need be an empty one.
    """
    broken: list[str] = []
    for word in printable(text).split():
        if broken and width_of(f"{broken[-1]} {word}", size, weight) <= width:
            broken[-1] += f" {word}"
            continue
        broken.append("")
        for sign in word:
            if broken[-1] and width_of(broken[-1] + sign, size, weight) > width:
                broken.append("")
            broken[-1] += sign
        if len(broken) > lines:
            break
    if len(broken) > lines:
        last = broken[lines - 1]
        while last and width_of(last + _MARK, size, weight) > width:
            last = last[:-1]
        broken[lines - 1 :] = [last.rstrip() + _MARK]
    return broken or [""]
