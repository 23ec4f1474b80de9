"""Cohen's kappa: agreement of two coders beyond what their habits alone would give."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


def cohen_kappa(first: Sequence[object], second: Sequence[object]) -> float:
    """Return Cohen's kappa of two coders.

    (observed − expected) / (1 − expected), where expected is the agreement of two coders who use each category as
    often as these do, independently of the text. Cohen (1960), doi:10.1177/001316446002000104.

    Parameters
    ----------
    first, second
        Category of each unit, unit by unit; None or NaN where that coder did not judge it. Only units that both judged
        count.

    Returns
    -------
    float
        At most 1; 0 is what chance gives. NaN where it is undefined: no unit in common, or both used one and the same
        category throughout. Other programs print 1 or fail there; nothing was distinguished, so nothing is measured.

    Examples
    --------
    >>> round(cohen_kappa("aaabbb", "aabbbb"), 3)
    0.667
    >>> cohen_kappa("aaa", "aaa")
    nan
    """
    if len(first) != len(second):
        raise ValueError(f"two coders judge the same units, got {len(first)} and {len(second)}")
    pairs = [pair for pair in zip(first, second, strict=True) if not any(is_missing(value) for value in pair)]
    places = {value: place for place, value in enumerate(dict.fromkeys(v for pair in pairs for v in pair))}
    table = np.zeros((len(places), len(places)))
    for one, two in pairs:
        table[places[one], places[two]] += 1
    return float(kappa_of_table(table))


def kappa_of_table(table: ArrayLike) -> NDArray[np.float64]:
    """Return Cohen's kappa of contingency tables.

    Parameters
    ----------
    table
        Shape (..., categories, categories): how often the first coder chose the row, the second the column.

    Returns
    -------
    array of shape (...)
        NaN where it is undefined, see `cohen_kappa`.
    """
    counts = np.asarray(table, dtype=np.float64)
    n = counts.sum(axis=(-2, -1))
    observed = np.trace(counts, axis1=-2, axis2=-1) * n
    expected = (counts.sum(axis=-1) * counts.sum(axis=-2)).sum(axis=-1)
    beyond = n * n - expected  # in counts, so that "both always the same" is exactly 0
    out = np.full(np.shape(n), np.nan)
    np.divide(observed - expected, beyond, out=out, where=beyond > 0)
    return out


def is_missing(value: object) -> bool:
    """Tell whether a coder did not judge a unit: None or NaN."""
    return value is None or value != value
