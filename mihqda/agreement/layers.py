"""How far coders agree on what they both read, code by code: a code is present in a segment, or it is not.

A layer is what one coder (or a suggester) says: an array of shape (segments, codes), 1 present, 0 absent, NaN not judged.
Codes are never pooled, because kappa and alpha depend on how common a code is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from mihqda.agreement.alpha import alpha_of_coincidences
from mihqda.agreement.bootstrap import RESAMPLES, cluster_bootstrap
from mihqda.agreement.kappa import kappa_of_table

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

COLUMNS = (
    "code", "first", "second", "segments", "transcripts", "both", "only_first", "only_second", "neither", "kappa",
    "kappa_low", "kappa_high", "alpha", "alpha_low", "alpha_high",
)  # fmt: skip


def compare_layers(
    layers: Mapping[str, NDArray[np.float64]],
    codes: Sequence[str],
    transcripts: Sequence[str],
    *,
    pairs: Sequence[tuple[str, str]] = (),
    seed: int = 0,
    resamples: int = RESAMPLES,
) -> pd.DataFrame:
    """Return kappa and alpha of pairs of layers, per code.

    Parameters
    ----------
    layers
        Coder -> array of shape (segments, codes).
    codes
        Of the arrays' columns.
    transcripts
        Of each segment: the intervals draw whole transcripts.
    pairs
        Which coders to compare; by default each with each.

    Returns
    -------
    DataFrame
        `COLUMNS`; one row per pair and code, over the segments that both judged. kappa and alpha are NaN where they are
        undefined (no such segment, or a code that neither or both applied throughout), their intervals where
        `cluster_bootstrap` has none.
    """
    import pandas as pd

    names, at = np.unique(np.asarray(transcripts, dtype=object).astype(str), return_inverse=True)
    rows: list[tuple[object, ...]] = []
    for first, second in pairs or tuple(combinations(layers, 2)):
        tables = _tables(layers[first], layers[second], at, len(names))
        judged = tables.sum(axis=(2, 3)) > 0
        for place, code in enumerate(codes):
            cells = tables[judged[:, place], place]
            total = cells.sum(axis=0)
            kappa_ends = cluster_bootstrap(cells, kappa_of_table, seed=seed, resamples=resamples)
            alpha_ends = cluster_bootstrap(cells, _alpha, seed=seed, resamples=resamples)
            rows.append((
                code, first, second, int(total.sum()), len(cells), *(int(n) for n in total[[1, 1, 0, 0], [1, 0, 1, 0]]),
                float(kappa_of_table(total)), *map(float, kappa_ends), float(_alpha(total)), *map(float, alpha_ends),
            ))  # fmt: skip
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype({"code": "str", "first": "str", "second": "str"})


def _tables(
    first: NDArray[np.float64], second: NDArray[np.float64], at: NDArray[np.intp], transcripts: int
) -> NDArray[np.float64]:
    """Return per transcript and code the two-by-two table of what both judged; index 1 is present."""
    tables = np.zeros((transcripts, first.shape[1], 2, 2))
    for one in (0, 1):
        for two in (0, 1):
            np.add.at(tables[:, :, one, two], at, ((first == one) & (second == two)).astype(np.float64))
    return tables


def _alpha(tables: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return alpha of two coders' contingency tables: their coincidences are the table plus its mirror image."""
    return alpha_of_coincidences(tables + np.swapaxes(tables, -1, -2))
