"""Balanced logistic regression of many codes at once.

All codes share their rows, so everything is done in terms of the rows' inner products K = X Xᵀ: Newton's method
in the form of Rasmussen & Williams (2006), Gaussian Processes for Machine Learning, algorithm 3.1, its linear systems solved by
conjugate gradients for all codes together. The minimum is that of scikit-learn's
``LogisticRegression(C, class_weight="balanced", solver="liblinear")``, the intercept being a feature of its own;
folds of a cross-validation are pieces of the same K.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]
NEWTON_STEPS = 30
CONJUGATE_STEPS = 60
TOLERANCE = 3e-5
MOVED = 1e-2
"""Newton stops when no log-odds moved further: far below what a person, or a threshold, could tell apart."""


def balance(labels: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return weights (rows, codes): a code's positives weigh together as much as its negatives; 0 where NaN.

    A code with positives only, or negatives only, gets 0 throughout: there is nothing to tell apart.
    """
    known = ~np.isnan(labels)
    count = known.sum(axis=0)
    positive = np.nansum(labels, axis=0)
    negative = count - positive
    both = (positive > 0) & (negative > 0)
    up = np.where(both, count / np.maximum(2 * positive, 1), 0.0)
    down = np.where(both, count / np.maximum(2 * negative, 1), 0.0)
    return np.where(known, np.where(labels == 1, up, down), 0.0)


def gram(rows: Any, dense: Array | None = None) -> Array:
    """Return the rows' inner products, plus 1 for the intercept.

    Columns that many rows share are multiplied as a dense matrix, the rest as a sparse one: each where it is fast.
    """
    count = rows.shape[0]
    often = np.bincount(rows.indices, minlength=rows.shape[1]) > max(4, count // 40)
    by_column = rows.tocsc()
    frequent = by_column[:, np.flatnonzero(often)].toarray().astype(np.float32)
    rare = by_column[:, np.flatnonzero(~often)].tocsr()
    inner: Array = frequent @ frequent.T
    inner += (rare @ rare.T).toarray()
    if dense is not None:
        inner += dense @ dense.T
    inner += 1
    return inner


def products(rows: Any, dense: Array | None = None) -> Callable[[Array], Array]:
    """Return v -> K v without K, for more rows than K would fit in memory."""
    turned = rows.T.tocsr()

    def apply(vectors: Array) -> Array:
        out = rows @ (turned @ vectors) + vectors.sum(axis=0)
        if dense is not None:
            out += dense @ (dense.T @ vectors)
        return np.asarray(out, np.float32)

    return apply


def fit_dual(
    apply: Callable[[Array], Array],
    labels: NDArray[np.float64],
    *,
    C: float = 4.0,  # noqa: N803  the name it has everywhere
    weights: NDArray[np.float64] | None = None,
) -> Array:
    """Return the weight of every row in every code, shape (rows, codes).

    The coefficients are Xᵀ times these, the intercept their sum, the log-odds of the rows K times these.

    Parameters
    ----------
    apply
        v -> K v, for v of shape (rows, some codes).
    labels
        Shape (rows, codes): 1, 0, or NaN for unknown.
    C
        How closely to follow the rows; the inverse of the penalty.
    weights
        Of the rows, shape (rows, codes); those of `balance` if None.

    Notes
    -----
    A code without both classes gets 0 throughout.
    """
    weight_of = (C * (balance(labels) if weights is None else weights)).astype(np.float32)
    wanted = np.nan_to_num(labels).astype(np.float32)
    dual = np.zeros_like(weight_of)
    logits = np.zeros_like(weight_of)
    solution = np.zeros_like(weight_of)
    loss = _loss(weight_of, wanted, dual, logits)
    active = np.flatnonzero(weight_of.any(axis=0))
    for _ in range(NEWTON_STEPS):
        if not len(active):
            break
        weight, goal, start = weight_of[:, active], wanted[:, active], logits[:, active]
        chance = _sigmoid(start)
        curve = weight * chance * (1 - chance)
        root = np.sqrt(curve)
        target = curve * start + weight * (goal - chance)
        solution[:, active] = _solve(apply, root, root * apply(target), solution[:, active])
        step_dual = target - root * solution[:, active]
        step_logits = apply(step_dual)
        new_dual, new_logits = step_dual, step_logits
        for _ in range(8):  # shorter steps where the whole one overshot
            new_loss = _loss(weight, goal, new_dual, new_logits)
            worse = new_loss > loss[active] + 1e-4 * np.abs(loss[active])
            if not worse.any():
                break
            new_dual = np.where(worse, (new_dual + dual[:, active]) / 2, new_dual)
            new_logits = np.where(worse, (new_logits + start) / 2, new_logits)
        moved = np.abs(new_logits - start).max(axis=0)
        dual[:, active], logits[:, active], loss[active] = new_dual, new_logits, new_loss
        active = active[moved > MOVED]
    return dual


def _sigmoid(logits: Array) -> Array:
    return np.asarray(0.5 * (1 + np.tanh(0.5 * logits)), np.float32)


def _loss(weight: Array, goal: Array, dual: Array, logits: Array) -> NDArray[np.float64]:
    misfit = np.logaddexp(0, logits) - goal * logits
    return np.asarray((weight * misfit + 0.5 * dual * logits).sum(axis=0, dtype=np.float64))


def _solve(apply: Callable[[Array], Array], root: Array, right: Array, start: Array) -> Array:
    """Solve (I + root K root) x = right for every column by conjugate gradients."""
    x = start.copy()
    residual = right - x - root * apply(root * x)
    direction = residual.copy()
    size = (residual * residual).sum(axis=0)
    goal = TOLERANCE**2 * np.maximum((right * right).sum(axis=0), 1e-20)
    for _ in range(CONJUGATE_STEPS):
        open_ = np.flatnonzero(size > goal)
        if not len(open_):
            break
        along = direction[:, open_]
        image = along + root[:, open_] * apply(root[:, open_] * along)
        length = size[open_] / (along * image).sum(axis=0)
        x[:, open_] += length * along
        residual[:, open_] -= length * image
        new_size = (residual[:, open_] ** 2).sum(axis=0)
        direction[:, open_] = residual[:, open_] + (new_size / size[open_]) * along
        size[open_] = new_size
    return x
