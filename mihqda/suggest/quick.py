"""An instant refit after each decision: ridge regression on few dimensions, in closed form.

Less exact than the default suggester, and good enough to reorder a queue while the default learns in the
background (measured in the project's benchmarks). A decision changes one code, and of that code's normal
equations one row; so it costs one small linear system and one product.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from mihqda.codebook.model import Code
from mihqda.suggest.features import Encoder, Features
from mihqda.suggest.rows import is_offered, labels_of_rows, rows_of
from mihqda.suggest.training import check_labels, one_thread

if TYPE_CHECKING:
    import pandas as pd

DIMENSIONS = 256
PENALTY = 0.05
MOST_ROWS = 6000


class Quick:
    """Scores of all segments that follow every decision at once.

    Parameters
    ----------
    segments, labels
        As a suggester takes them; labels of shape (segments, codes).
    codes
        Columns of the labels.
    seed
        Of the reduction to a few dimensions.
    """

    def __init__(
        self,
        segments: pd.DataFrame,
        codes: Sequence[Code],
        labels: NDArray[np.float64],
        seed: int = 0,
        *,
        encoder: Encoder | None = None,
    ) -> None:
        self.codes = tuple(codes)
        self._offered = np.array([is_offered(code) for code in codes], bool)
        labels = check_labels(segments, labels, codes)
        book = rows_of(codes)
        features = Features(encoder, seed).fit(segments, [row.text for row in book])
        with one_thread():
            rows = features.transform_texts([row.text for row in book]).stack(features.transform(segments))
            multiply = rows.gram().__matmul__ if len(rows) <= MOST_ROWS else rows.products()
            reduced = reduce(multiply, len(rows), seed)
            everything = np.column_stack([reduced, np.ones(len(reduced))])
            self._labels = np.concatenate([labels_of_rows(book, codes), labels])
            self._labels[:, ~self._offered] = np.nan
            self._first = len(book)
            self._rows = everything
            width = everything.shape[1]
            self._sums = np.zeros((len(codes), 2, width, width))
            self._scores = np.full((len(segments), len(codes)), np.nan)
            for code in np.flatnonzero(self._offered):
                for value in (0, 1):
                    own = everything[self._labels[:, code] == value]
                    self._sums[code, value] = own.T @ own
                self._refit(int(code))

    def decide(self, row: int, code: int, value: float) -> NDArray[np.float64]:
        """Take in a decision and return the code's new scores of all segments, shape (segments,).

        Parameters
        ----------
        row, code
            Of the segments and codes given.
        value
            1 accepted, 0 rejected, NaN taken back.
        """
        at = self._first + row
        before = self._labels[at, code]
        self._labels[at, code] = value
        own = self._rows[at]
        with one_thread():
            square = np.outer(own, own)
            for label, sign in ((before, -1.0), (value, 1.0)):
                if not np.isnan(label):
                    self._sums[code, int(label)] += sign * square
            if self._offered[code]:
                self._refit(code)
        return self._scores[:, code].copy()

    def score(self) -> NDArray[np.float64]:
        """Return scores to rank by, shape (segments, codes); NaN for codes that are not suggested."""
        return self._scores.copy()

    def _refit(self, code: int) -> None:
        labels = self._labels[:, code]
        positive, negative = labels == 1, labels == 0
        n, p, q = len(labels), int(positive.sum()), int(negative.sum())
        if not p or not q:
            self._scores[:, code] = 0.0
            return
        up, down = (p + q) / (2 * p), (p + q) / (2 * q)
        width = self._rows.shape[1]
        left = up * self._sums[code, 1] + down * self._sums[code, 0]
        left[np.arange(width - 1), np.arange(width - 1)] += PENALTY * (p + q) / 10
        left[-1, -1] += 1e-6 * n
        right = up * self._rows[positive].sum(axis=0) - down * self._rows[negative].sum(axis=0)
        self._scores[:, code] = self._rows[self._first :] @ np.linalg.solve(left, right)


def reduce(
    multiply: Callable[[NDArray[np.float32]], NDArray[np.float32]],
    rows: int,
    seed: int,
    *,
    dimensions: int = DIMENSIONS,
) -> NDArray[np.float64]:
    """Return rows in their most telling directions, shape (rows, at most `dimensions`).

    The largest eigenvectors of the rows' inner products, by random projection (Halko, Martinsson and Tropp 2011,
    doi:10.1137/090771806).

    Parameters
    ----------
    multiply
        v -> the rows' inner products times v.
    """
    count = min(dimensions, max(rows - 1, 1))
    probe = np.random.default_rng(seed).standard_normal((rows, min(count + 10, rows))).astype(np.float32)
    for _ in range(2):
        probe = np.linalg.qr(multiply(probe))[0]
    values, vectors = np.linalg.eigh((probe.T @ multiply(probe)).astype(np.float64))
    kept = np.argsort(-values, kind="stable")[:count]
    return np.asarray((probe.astype(np.float64) @ vectors[:, kept]) * np.sqrt(values[kept].clip(min=0)))
