"""The frequency rule: the most used codes first, whatever the segment says. What everything is compared with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from numpy.typing import NDArray

from mihqda.codebook.model import Code
from mihqda.suggest.model import Evidence, Scores
from mihqda.suggest.rows import is_offered

if TYPE_CHECKING:
    import pandas as pd


def make(codes: Sequence[Code], *, seed: int = 0) -> FrequencyRule:
    """Return the frequency rule for codes; `seed` has no say."""
    return FrequencyRule(codes)


class FrequencyRule:
    """Every segment gets the same codes, ordered by how often they were applied.

    Its probability is the share of read segments that have the code (one more of each kind assumed, so that none is impossible).
    """

    name = "frequency"
    version = "1"
    settings: Mapping[str, Any]

    def __init__(self, codes: Sequence[Code]) -> None:
        self.codes = tuple(codes)
        self.settings = {}
        self.messages: tuple[str, ...] = ()
        self.coded = 0
        self._share = np.full(len(self.codes), np.nan)

    def fit(self, segments: pd.DataFrame, labels: NDArray[np.float64]) -> Self:
        """Count; with nothing read, all codes are equally likely."""
        labels = np.asarray(labels, np.float64).reshape(-1, len(self.codes))
        read = (~np.isnan(labels)).sum(axis=0)
        self._share = (np.nansum(labels, axis=0) + 1) / (read + 2)
        self._share[[not is_offered(code) for code in self.codes]] = np.nan
        self.coded = int((labels == 1).any(axis=1).sum())
        return self

    def score(self, segments: pd.DataFrame) -> Scores:
        """Return the same row for every segment; what is above the third most used code's share is proposed."""
        share = np.tile(self._share, (len(segments), 1))
        known = np.sort(self._share[~np.isnan(self._share)])
        least = known[-3:][0] if len(known) else 1.0
        return Scores(share, share.copy(), np.full(len(self.codes), least))

    def explain(self, segments: pd.DataFrame, pairs: Sequence[tuple[int, int]]) -> list[Evidence]:
        """Return no evidence: the segment had no say."""
        return [Evidence() for _ in pairs]
