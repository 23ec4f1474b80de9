"""Krippendorff's alpha for categories without an order, for any number of coders, also with gaps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from mihqda.agreement.kappa import is_missing

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


def nominal_alpha(layers: Sequence[Sequence[object]]) -> float:
    """Return Krippendorff's nominal alpha.

    1 − observed / expected disagreement, the latter from all values that can be paired, whoever gave them, without
    replacement. Krippendorff (2018), Content Analysis, 4th ed., chapter 12; Hayes and Krippendorff (2007),
    doi:10.1080/19312450709336664.

    Parameters
    ----------
    layers
        One sequence per coder, one value per unit; None or NaN where that coder did not judge it. A unit with fewer than two
        values says nothing and is left out.

    Returns
    -------
    float
        At most 1; 0 is what chance gives. NaN where it is undefined: no unit has two values, or all values that can be
        paired are the same.

    Examples
    --------
    >>> round(nominal_alpha(["aaabbb", ["a", "a", "b", "b", "b", None]]), 3)
    0.64
    >>> nominal_alpha(["aaa", "aaa"])
    nan
    """
    return float(alpha_of_coincidences(coincidences(values_of_units(layers))))


def values_of_units(layers: Sequence[Sequence[object]]) -> NDArray[np.float64]:
    """Return how many coders gave each unit each value: shape (units, values), values in order of appearance."""
    if len({len(layer) for layer in layers}) > 1:
        raise ValueError(f"coders judge the same units, got {', '.join(str(len(one)) for one in layers)}")
    seen = dict.fromkeys(value for layer in layers for value in layer if not is_missing(value))
    places = {value: place for place, value in enumerate(seen)}
    counts = np.zeros((len(layers[0]) if layers else 0, len(places)))
    for layer in layers:
        for unit, value in enumerate(layer):
            if not is_missing(value):
                counts[unit, places[value]] += 1
    return counts


def coincidences(values: ArrayLike) -> NDArray[np.float64]:
    """Return Krippendorff's coincidence matrix; that of several groups of units is the sum of theirs.

    Parameters
    ----------
    values
        Shape (units, categories): how many coders gave each unit each value.

    Returns
    -------
    array of shape (categories, categories)
        Pairs of values within units, each unit weighted by 1 / (its values − 1).
    """
    counts = np.asarray(values, dtype=np.float64)
    total = counts.sum(axis=1)
    counts, total = counts[total > 1], total[total > 1]
    weighted = counts / (total - 1)[:, None]
    return np.asarray(weighted.T @ counts - np.diag(weighted.sum(axis=0)), dtype=np.float64)


def alpha_of_coincidences(matrix: ArrayLike) -> NDArray[np.float64]:
    """Return nominal alpha of coincidence matrices, shape (..., categories, categories).

    Returns
    -------
    array of shape (...)
        NaN where it is undefined, see `nominal_alpha`.
    """
    pairs = np.asarray(matrix, dtype=np.float64)
    each = pairs.sum(axis=-1)
    n = each.sum(axis=-1)
    observed = n - np.trace(pairs, axis1=-2, axis2=-1)
    expected = n * n - (each * each).sum(axis=-1)
    out = np.full(np.shape(n), np.nan)
    np.divide((n - 1) * observed, expected, out=out, where=expected > 1e-9)
    return 1 - out
