"""Honest probabilities and thresholds from scores that no row's own label had a part in.

Scores of a balanced model order segments well and exaggerate; one calibrator for all codes, fitted on scores
that each row got from a model without its transcript (out of fold), turns them into probabilities.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

FOLDS = 3
LEAST_CODED = 10
"""With fewer codings nothing honest can be said about how likely the next one is."""
CEILING = 0.995
"""Share of the pairs that are less alike than counts."""
OWN_THRESHOLD = 20
"""From so many positives on, a code's own best threshold has a say."""


def fold_of_groups(
    groups: Sequence[str] | NDArray[Any], *, folds: int = FOLDS, seed: int = 0
) -> NDArray[np.int64]:
    """Return the fold of every row, no group being in two: as even as the groups allow.

    Returns
    -------
    array
        Shape (rows,), 0 to at most `folds` - 1; all 0 where there is one group.
    """
    names, sizes = np.unique(np.asarray(groups, dtype=object).astype(str), return_counts=True)
    order = np.random.default_rng(seed).permutation(len(names))
    order = order[np.argsort(-sizes[order], kind="stable")]
    filled = np.zeros(min(folds, max(len(names), 1)))
    fold: dict[str, int] = {}
    for at in order:
        least = int(filled.argmin())
        fold[names[at]] = least
        filled[least] += sizes[at]
    return np.array([fold[str(group)] for group in groups], np.int64)


def out_of_fold(
    score: Callable[[NDArray[np.int64], NDArray[np.int64]], Array], labels: Array, folds: NDArray[np.int64]
) -> Array:
    """Return scores of rows by models that saw nothing of their fold, shape of `labels`; NaN for unread rows.

    Parameters
    ----------
    score
        (rows to learn from, rows to score) -> scores of the latter.
    """
    scores = np.full(labels.shape, np.nan)
    known = ~np.isnan(labels).all(axis=1)
    for fold in np.unique(folds[known]):
        inside = np.flatnonzero(known & (folds == fold))
        outside = np.flatnonzero(known & (folds != fold))
        if len(outside):
            scores[inside] = score(outside, inside)
    return scores


@dataclass(slots=True)
class Calibrator:
    """One logistic regression for all codes, from log-odds and likeness to the codebook to a probability.

    Attributes
    ----------
    is_fitted
        False until ten codings, and something without, had out-of-fold scores.
    slopes, intercept
        Of the log-odds and of the likeness; none is negative, so that calibration never turns an order round.
    ceiling
        Above which more likeness counts no more: a segment of three words that happen to be a code's name is as alike as
        can be, and seldom coded.
    threshold
        Shape (codes,): above which probability a code is proposed, the best for F1.
    """

    is_fitted: bool = False
    slopes: Array = field(default_factory=lambda: np.array([1.0, 0.0]))
    intercept: float = 0.0
    ceiling: float = np.inf
    threshold: Array = field(default_factory=lambda: np.zeros(0))

    def fit(self, logits: Array, likeness: Array, labels: Array) -> Calibrator:
        """Learn from out-of-fold scores, all of shape (rows, codes); NaN anywhere leaves a pair out."""
        use = ~(np.isnan(logits) | np.isnan(labels))
        wanted = labels[use]
        if wanted.sum() < LEAST_CODED or wanted.all():
            return self
        self.ceiling = float(np.quantile(likeness[use], CEILING))
        inputs = np.column_stack([logits[use], np.minimum(likeness[use], self.ceiling)])
        self.slopes, self.intercept = _logistic(inputs, wanted)
        self.is_fitted = True
        chance = self.apply(logits, likeness)
        self.threshold = tune_thresholds(chance, np.where(use, labels, np.nan))
        return self

    def logit(self, logits: Array, likeness: Array) -> Array:
        """Return calibrated log-odds."""
        alike = np.minimum(likeness, self.ceiling)
        return np.asarray(logits * self.slopes[0] + alike * self.slopes[1] + self.intercept)

    def apply(self, logits: Array, likeness: Array) -> Array:
        """Return probabilities; NaN before `fit` succeeded."""
        if not self.is_fitted:
            return np.full(logits.shape, np.nan)
        return np.asarray(0.5 * (1 + np.tanh(0.5 * self.logit(logits, likeness))))


def tune_thresholds(chance: Array, labels: Array) -> Array:
    """Return the threshold of every code.

    One for all that maximises the mean F1 of the codes; a code with 20 positives or more goes from there towards
    its own best one, the further the more positives it has.

    Notes
    -----
    0.5 is not even a candidate for its own sake: balanced or rare, a code's best threshold is seldom there.
    """
    known = ~(np.isnan(labels) | np.isnan(chance))
    positives = np.where(known, labels, 0).sum(axis=0)
    levels = np.unique(np.quantile(chance[known], np.linspace(0.02, 0.999, 120)))
    levels = np.clip(levels, 1e-6, 1 - 1e-6)
    best = np.stack(
        [_f1_at(chance[known[:, c], c], labels[known[:, c], c], levels) for c in range(labels.shape[1])]
    )
    used = positives > 0
    overall = float(levels[_middle_of_best(best[used].mean(axis=0))])
    threshold = np.full(labels.shape[1], overall)
    for code in np.flatnonzero(positives >= OWN_THRESHOLD):
        own = float(levels[_middle_of_best(best[code])])
        share = positives[code] / (positives[code] + 2 * OWN_THRESHOLD)
        mixed = share * np.log(own / (1 - own)) + (1 - share) * np.log(overall / (1 - overall))
        threshold[code] = 1 / (1 + np.exp(-mixed))
    return threshold


def _middle_of_best(values: Array) -> int:
    best = np.flatnonzero(values >= values.max() - 1e-12)
    return int(best[len(best) // 2])


def _f1_at(chance: Array, labels: Array, levels: Array) -> Array:
    order = np.argsort(-chance, kind="stable")
    hits = np.append(0.0, np.cumsum(labels[order]))
    proposed = np.searchsorted(-chance[order], -levels, side="right")
    return np.asarray(2 * hits[proposed] / np.maximum(proposed + hits[-1], 1))


def _logistic(inputs: Array, wanted: Array, *, penalty: float = 1.0) -> tuple[Array, float]:
    """Return slopes and intercept of a lightly penalised logistic regression, no slope below 0 (Newton's method)."""
    use = np.flatnonzero(inputs.std(axis=0) > 0)
    while True:
        scale = inputs[:, use].std(axis=0)
        matrix = np.column_stack([inputs[:, use] / scale, np.ones(len(inputs))])
        ridge = np.diag([penalty] * len(use) + [1e-9])
        rate = np.clip(wanted.mean(), 1e-9, 1 - 1e-9)
        beta = np.zeros(len(use) + 1)
        beta[-1] = np.log(rate / (1 - rate))
        for _ in range(50):
            chance = 0.5 * (1 + np.tanh(0.5 * (matrix @ beta)))
            slope = matrix.T @ (wanted - chance) - ridge @ beta
            curve = (matrix * (chance * (1 - chance))[:, None]).T @ matrix + ridge
            step = np.linalg.solve(curve, slope)
            beta = beta + step / max(1.0, np.abs(step).max() / 4)
            if np.abs(step).max() < 1e-9:
                break
        if (beta[:-1] >= 0).all():
            break
        use = use[beta[:-1] >= 0]
    slopes = np.zeros(inputs.shape[1])
    slopes[use] = beta[:-1] / scale if len(use) else 0
    return slopes, float(beta[-1])
