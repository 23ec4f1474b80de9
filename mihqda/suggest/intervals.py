"""Measures with their intervals: the same sums over transcripts, drawn anew (see `mihqda.agreement.bootstrap`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from mihqda.agreement.bootstrap import draw_clusters, percentile_interval
from mihqda.suggest.measures import BINS, Counts, divide, recall_of_segments

if TYPE_CHECKING:
    from numpy.typing import NDArray

_AT_ONCE = 2_000_000
"""Numbers held at once while average precision is drawn."""


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """Measures: the first row is the study itself, the others are draws of its transcripts.

    Parameters
    ----------
    codes
        Measure -> shape (1 + draws, codes): ``precision``, ``recall``, ``f1``, ``average_precision``.
    overall
        Measure -> shape (1 + draws,): ``macro_`` and ``micro_`` of these, ``recall_at_3``, ``calibration_error``.
    bins
        Shape (1 + draws, bins): share coded in each bin of the calibration curve.
    """

    codes: Mapping[str, NDArray[np.float64]]
    overall: Mapping[str, NDArray[np.float64]]
    bins: NDArray[np.float64]


def draw_measures(
    labels: NDArray[np.float64],
    ranking: NDArray[np.float64],
    probability: NDArray[np.float64],
    proposed: NDArray[np.bool_],
    transcripts: NDArray[np.str_],
    *,
    measured: NDArray[np.bool_],
    seed: int = 0,
    resamples: int = 1000,
) -> Drawn:
    """Return all measures for the study and for draws of its transcripts.

    Parameters
    ----------
    labels, ranking, probability, proposed
        Shape (segments, codes).
    transcripts
        Of each segment.
    measured
        Shape (codes,): over which codes a macro average goes. Micro averages, recall and calibration take all codes.
    """
    names, at = np.unique(transcripts, return_inverse=True)
    times = np.vstack([np.ones(len(names)), draw_clusters(len(names), seed=seed, resamples=resamples)])
    counts = _draw_counts(labels, proposed, at, times)
    codes = {
        "precision": counts.precision,
        "recall": counts.recall,
        "f1": counts.f1,
        "average_precision": _draw_average_precision(labels, ranking, at, times),
    }
    together = Counts(
        *(one.sum(axis=1) for one in (counts.hits, counts.extra, counts.missed, counts.neither))
    )
    curve = np.tensordot(times, _bins_of_transcripts(labels, probability, at, len(names)), axes=1)
    shown = _bins_of_transcripts(np.where(proposed, labels, np.nan), probability, at, len(names))
    overall = {f"macro_{name}": _mean_of(values[:, measured]) for name, values in codes.items()}
    overall |= {
        "micro_precision": together.precision,
        "micro_recall": together.recall,
        "micro_f1": together.f1,
        "recall_at_3": _draw_recall(labels, ranking, at, times),
        "calibration_error": _error_of(curve),
        "calibration_error_proposed": _error_of(np.tensordot(times, shown, axes=1)),
    }
    return Drawn(codes, overall, divide(curve[..., 2], curve[..., 0]))


def ends(draws: NDArray[np.float64], transcripts: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the interval of a measure from its draws, whose first row is the study itself.

    The draws are moved so that their mean is the study's value: a transcript that is drawn twice makes it easier to rank
    a rare code high, so that the draws of average precision lie above it. Ends stay between −1 and 1, and between 0 and 1 if all
    draws do. NaN with fewer than two transcripts.
    """
    value, others = draws[0], draws[1:]
    if transcripts < 2:
        gap = np.full(draws.shape[1:], np.nan)
        return gap, gap
    with np.errstate(invalid="ignore"):
        low, high = percentile_interval(others)
        shift = value - np.nanmean(np.where(np.isnan(low), 0.0, others), axis=0)
    least = np.where(np.nanmin(np.where(np.isnan(low), 0.0, others), axis=0) < 0, -1.0, 0.0)
    return np.clip(low + shift, least, 1.0), np.clip(high + shift, least, 1.0)


def _draw_counts(
    labels: NDArray[np.float64],
    proposed: NDArray[np.bool_],
    at: NDArray[np.intp],
    times: NDArray[np.float64],
) -> Counts:
    cells = (
        (labels == 1) & proposed,
        (labels == 0) & proposed,
        (labels == 1) & ~proposed,
        (labels == 0) & ~proposed,
    )
    return Counts(*(times @ _sum_by(cell.astype(np.float64), at, times.shape[1]) for cell in cells))


def _draw_average_precision(
    labels: NDArray[np.float64],
    ranking: NDArray[np.float64],
    at: NDArray[np.intp],
    times: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Weighted average precision: a segment counts as often as its transcript was drawn."""
    out = np.full((len(times), labels.shape[1]), np.nan)
    ranks = np.where(np.isnan(ranking), -np.inf, ranking)
    for code in range(labels.shape[1]):
        coded = np.flatnonzero(labels[:, code] == 1)
        if not len(coded):
            continue
        known = ~np.isnan(labels[:, code])
        steps = ranks[coded, code]
        above, hits = np.empty((2, times.shape[1], len(coded)))
        for transcript in range(times.shape[1]):
            here = np.sort(ranks[known & (at == transcript), code])
            above[transcript] = len(here) - np.searchsorted(here, steps)
            here = np.sort(steps[at[coded] == transcript])
            hits[transcript] = len(here) - np.searchsorted(here, steps)
        size = max(1, _AT_ONCE // len(coded))
        for first in range(0, len(times), size):
            some = times[first : first + size]
            weight = some[:, at[coded]]
            precision = np.nan_to_num(divide(some @ hits, some @ above))
            out[first : first + size, code] = divide((weight * precision).sum(axis=1), weight.sum(axis=1))
    return out


def _draw_recall(
    labels: NDArray[np.float64],
    ranking: NDArray[np.float64],
    at: NDArray[np.intp],
    times: NDArray[np.float64],
) -> NDArray[np.float64]:
    share = recall_of_segments(labels, ranking)
    sums = np.column_stack([np.nan_to_num(share), ~np.isnan(share)])
    drawn = times @ _sum_by(sums.astype(np.float64), at, times.shape[1])
    return divide(drawn[:, 0], drawn[:, 1])


def _bins_of_transcripts(
    labels: NDArray[np.float64], probability: NDArray[np.float64], at: NDArray[np.intp], transcripts: int
) -> NDArray[np.float64]:
    """Shape (transcripts, bins, 3): decisions, sum of their probabilities, how many are coded."""
    known = ~np.isnan(labels) & ~np.isnan(probability)
    where = np.broadcast_to(at[:, None], labels.shape)[known]
    said, so = probability[known], labels[known]
    place = where * BINS + np.minimum((said * BINS).astype(np.int64), BINS - 1)
    sums = [
        np.bincount(place, weights=one, minlength=transcripts * BINS)
        for one in (np.ones_like(said), said, so)
    ]
    return np.asarray(np.stack(sums, axis=-1).reshape(transcripts, BINS, 3), dtype=np.float64)


def _error_of(curve: NDArray[np.float64]) -> NDArray[np.float64]:
    """Calibration error of curves, shape (draws, bins, 3) to (draws,)."""
    number = curve[..., 0]
    distance = np.abs(np.nan_to_num(divide(curve[..., 1] - curve[..., 2], number)))
    return divide((number * distance).sum(axis=1), number.sum(axis=1))


def _sum_by(values: NDArray[np.float64], at: NDArray[np.intp], groups: int) -> NDArray[np.float64]:
    out = np.zeros((groups, values.shape[1]))
    np.add.at(out, at, values)
    return out


def _mean_of(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Mean over codes of those that are defined, draw by draw."""
    defined = ~np.isnan(values)
    return divide(np.nan_to_num(values).sum(axis=1), defined.sum(axis=1).astype(np.float64))
