"""Colours for everybody: those of Okabe and Ito, and shades of one blue, told apart in grey as well."""

from __future__ import annotations

INK, QUIET, PALE, FAINT, TINT = "#1a1a1a", "#5a6570", "#a9b4bf", "#e6eaee", "#f5f7f9"

BLUE, VERMILLION, ORANGE, GREEN, PURPLE, SKY = (
    "#0072b2",
    "#d55e00",
    "#e69f00",
    "#009e73",
    "#cc79a7",
    "#56b4e9",
)
"""Of Okabe and Ito (2008), without yellow, which is too light on white paper, and black, which is for words."""

GROUPS = (
    (BLUE, ""),
    (ORANGE, "////"),
    (GREEN, "...."),
    (PURPLE, "\\\\\\\\"),
    (SKY, "xxxx"),
    (VERMILLION, "----"),
)
"""Colour and hatch for groups of people, in their order; the seventh begins anew."""

_LIGHT, _DARK = (240, 246, 251), (8, 60, 110)


def shade(share: float) -> str:
    """Return a blue for a share: 0 is nearly white, 1 is dark; the grey of it falls evenly.

    Examples
    --------
    >>> shade(0), shade(1)
    ('#f0f6fb', '#083c6e')
    """
    share = min(max(share, 0.0), 1.0)
    return "#" + "".join(
        f"{round(light + (dark - light) * share):02x}" for light, dark in zip(_LIGHT, _DARK, strict=True)
    )


def luminance(colour: str) -> float:
    """Return the relative luminance of ``#rrggbb``, 0 to 1 (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21 (WCAG 2.2); text wants 4.5."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def ink_on(colour: str) -> str:
    """Return black or white, whichever is read better on a colour."""
    return max(("#000000", "#ffffff"), key=lambda ink: contrast(ink, colour))
