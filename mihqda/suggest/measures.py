"""How good suggestions are: precision, recall, F1, average precision, recall among the first k, calibration.

Everywhere `labels` is an array of shape (segments, codes): 1 coded, 0 read and not coded, NaN unread, and what is unread
counts nowhere. An undefined figure is NaN, never 0 or 1, and is left out of a mean over codes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

BINS = 10
"""Of a calibration curve: equally wide, 0 to 1."""


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """How often what was proposed and what was coded agree, per code.

    Parameters
    ----------
    hits, extra, missed, neither
        Shape (codes,): proposed and coded, proposed only, coded only, neither.
    """

    hits: NDArray[np.float64]
    extra: NDArray[np.float64]
    missed: NDArray[np.float64]
    neither: NDArray[np.float64]

    @property
    def precision(self) -> NDArray[np.float64]:
        """Share of the proposed that is coded; NaN where nothing known was proposed."""
        return divide(self.hits, self.hits + self.extra)

    @property
    def recall(self) -> NDArray[np.float64]:
        """Share of the coded that was proposed; NaN where nothing is coded."""
        return divide(self.hits, self.hits + self.missed)

    @property
    def f1(self) -> NDArray[np.float64]:
        """Harmonic mean of the two, 2 hits / (2 hits + extra + missed); NaN where nothing is coded."""
        coded = self.hits + self.missed
        return np.where(coded > 0, divide(2 * self.hits, coded + self.hits + self.extra), np.nan)

    def total(self) -> Counts:
        """Return the counts of all codes together, for the micro average."""
        return Counts(
            *(values.sum(keepdims=True) for values in (self.hits, self.extra, self.missed, self.neither))
        )


def count(labels: NDArray[np.float64], proposed: NDArray[np.bool_]) -> Counts:
    """Count hits and misses of proposals, per code.

    Parameters
    ----------
    labels, proposed
        Shape (segments, codes).

    Examples
    --------
    >>> found = count(np.array([[1.0], [1.0], [0.0], [np.nan]]), np.array([[True], [False], [True], [True]]))
    >>> float(found.precision[0]), float(found.recall[0]), float(found.f1[0])
    (0.5, 0.5, 0.5)
    """
    is_coded, is_clear = labels == 1, labels == 0
    return Counts(
        *(
            (one & two).sum(axis=0).astype(np.float64)
            for one, two in (
                (is_coded, proposed), (is_clear, proposed), (is_coded, ~proposed), (is_clear, ~proposed),
            )
        )
    )  # fmt: skip


def macro(values: NDArray[np.float64]) -> float:
    """Return the mean over the codes for which a figure is defined; NaN if there is none."""
    defined = values[~np.isnan(values)]
    return float(defined.mean()) if len(defined) else float("nan")


def micro_f1(labels: NDArray[np.float64], proposed: NDArray[np.bool_]) -> float:
    """Return F1 of all codes' decisions taken together; NaN if nothing is coded."""
    return float(count(labels, proposed).total().f1[0])


def average_precision(labels: NDArray[np.float64], ranking: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the mean, over the segments of a code, of the precision among all that rank as high or higher.

    Parameters
    ----------
    labels, ranking
        Shape (segments, codes); higher ranks first, NaN ranks last. Equal ranks count as one step (as in Buckley and
        Voorhees 2000, doi:10.1145/345508.345543, and in scikit-learn).

    Returns
    -------
    array of shape (codes,)
        0 to 1; by chance about the code's share. NaN where nothing is coded.

    Examples
    --------
    >>> average_precision(np.array([[1.0], [0.0], [1.0]]), np.array([[0.9], [0.8], [0.7]])).round(3)
    array([0.833])
    """
    return np.array(
        [_average_precision(labels[:, code], ranking[:, code]) for code in range(labels.shape[1])]
    )


def _average_precision(labels: NDArray[np.float64], ranking: NDArray[np.float64]) -> float:
    known = ~np.isnan(labels)
    coded, ranks = labels[known] == 1, _last_if_silent(ranking[known])
    if not coded.any():
        return float("nan")
    of_coded, of_all = np.sort(ranks[coded]), np.sort(ranks)
    hits = len(of_coded) - np.searchsorted(of_coded, of_coded)
    above = len(of_all) - np.searchsorted(of_all, of_coded)
    return float((hits / above).mean())


def recall_at(labels: NDArray[np.float64], ranking: NDArray[np.float64], k: int = 3) -> float:
    """Return which share of a segment's codes is among its first k, on average over the segments that have codes.

    Equal ranks are taken in the order of the codes; a code about which the ranking says nothing (NaN) is never
    among the first.

    Returns
    -------
    float
        0 to 1; NaN if no segment has a code. Show it beside that of the frequency rule, which is high where few codes
        make up most codings.

    Examples
    --------
    >>> recall_at(np.array([[1.0, 1.0, 0.0], [0.0, 0.0, 0.0]]), np.array([[3.0, 1.0, 2.0], [1.0, 2.0, 3.0]]), k=2)
    0.5
    """
    share = recall_of_segments(labels, ranking, k)
    share = share[~np.isnan(share)]
    return float(share.mean()) if len(share) else float("nan")


def recall_of_segments(
    labels: NDArray[np.float64], ranking: NDArray[np.float64], k: int = 3
) -> NDArray[np.float64]:
    """Return for each segment which share of its codes is among the first k; NaN where it has none."""
    ranks = _last_if_silent(ranking)
    first = np.argsort(-ranks, axis=1, kind="stable")[:, :k]
    coded = labels == 1
    hits = (
        np.take_along_axis(coded, first, axis=1) & ~np.isneginf(np.take_along_axis(ranks, first, axis=1))
    ).sum(axis=1)
    return divide(hits.astype(np.float64), coded.sum(axis=1).astype(np.float64))


def calibration_curve(
    labels: NDArray[np.float64], probability: NDArray[np.float64], *, bins: int = BINS
) -> NDArray[np.float64]:
    """Return how often what was said with a probability turned out to be so.

    Returns
    -------
    array of shape (bins, 3)
        Number of decisions, mean probability, share coded; the last two NaN in an empty bin. All codes together; decisions
        without a probability (NaN) are left out.
    """
    known = ~np.isnan(labels) & ~np.isnan(probability)
    said, so = probability[known], labels[known]
    at = np.minimum((said * bins).astype(np.int64), bins - 1)
    number = np.bincount(at, minlength=bins).astype(np.float64)
    return np.column_stack([
        number,
        divide(np.bincount(at, weights=said, minlength=bins).astype(np.float64), number),
        divide(np.bincount(at, weights=so, minlength=bins).astype(np.float64), number),
    ])  # fmt: skip


def calibration_error(
    labels: NDArray[np.float64], probability: NDArray[np.float64], *, bins: int = BINS
) -> float:
    """Return the expected calibration error: mean distance between said and observed, weighted by the number in a bin.

    Naeini, Cooper and Hauskrecht (2015), doi:10.1609/aaai.v29i1.9602. All codes together, so that the many low
    probabilities weigh most; look at the curve as well.

    Returns
    -------
    float
        0 (perfect) to 1; NaN if nothing has both a probability and a label.
    """
    curve = calibration_curve(labels, probability, bins=bins)
    number = curve[:, 0]
    if not number.sum():
        return float("nan")
    distance = np.nan_to_num(np.abs(curve[:, 1] - curve[:, 2]))
    return float((number * distance).sum() / number.sum())


def divide(above: NDArray[np.float64], below: NDArray[np.float64]) -> NDArray[np.float64]:
    """Divide, with NaN where nothing is below the line."""
    out = np.full(np.broadcast(above, below).shape, np.nan)
    np.divide(above, below, out=out, where=below > 0)
    return out


def _last_if_silent(ranking: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.where(np.isnan(ranking), -np.inf, ranking)
