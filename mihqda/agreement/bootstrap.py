"""Intervals by drawing whole transcripts anew: what people say in one conversation hangs together."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

RESAMPLES = 1000
LEVEL = 0.95
MOST_UNDEFINED = 0.2
"""If a figure is undefined in a larger share of the draws, it has no interval."""


def cluster_bootstrap(
    counts: NDArray[np.float64],
    statistic: Callable[[NDArray[np.float64]], NDArray[np.float64]],
    *,
    seed: int = 0,
    resamples: int = RESAMPLES,
    level: float = LEVEL,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return a percentile interval of a figure that depends on sums over transcripts.

    As many transcripts as there are are drawn with replacement, again and again, and the figure is computed from the sums
    over those drawn. Field and Welsh (2007), doi:10.1111/j.1467-9868.2007.00593.x.

    Parameters
    ----------
    counts
        Shape (transcripts, ...): what is summed.
    statistic
        From sums, shape (draws, ...), to the figure, shape (draws, ...).
    seed
        The same seed, the same interval.
    level
        Share of the draws between the two ends.

    Returns
    -------
    low, high : arrays of the figure's shape
        NaN with fewer than two transcripts, and where the figure is undefined in more than `MOST_UNDEFINED` of the draws.
        With fewer than about ten transcripts such an interval is too narrow.

    Examples
    --------
    >>> wins = np.array([[3.0, 4.0], [1.0, 4.0], [2.0, 4.0], [4.0, 4.0]])
    >>> low, high = cluster_bootstrap(wins, lambda sums: sums[:, 0] / sums[:, 1])
    >>> float(low), float(high)
    (0.375, 0.875)
    """
    drawn = draw_clusters(len(counts), seed=seed, resamples=resamples)
    values = statistic(np.tensordot(drawn, counts, axes=1))
    if len(counts) < 2:
        values = np.full_like(values, np.nan)
    return percentile_interval(values, level=level)


def draw_clusters(clusters: int, *, seed: int = 0, resamples: int = RESAMPLES) -> NDArray[np.float64]:
    """Return how often each cluster comes up in each draw: shape (resamples, clusters), rows sum to `clusters`."""
    if not clusters:
        return np.zeros((resamples, 0))
    equal = np.full(clusters, 1 / clusters)
    return np.random.default_rng(seed).multinomial(clusters, equal, size=resamples).astype(np.float64)


def percentile_interval(
    values: NDArray[np.float64], *, level: float = LEVEL
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the ends between which `level` of the draws lie, shape (draws, ...) to (...); undefined draws aside."""
    undefined = np.isnan(values)
    usable = undefined.mean(axis=0) <= MOST_UNDEFINED
    filled = np.where(usable, values, 0.0)
    tail = (1 - level) / 2
    low, high = np.nanquantile(filled, [tail, 1 - tail], axis=0)
    return np.where(usable, low, np.nan), np.where(usable, high, np.nan)
