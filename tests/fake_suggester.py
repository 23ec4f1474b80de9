"""A suggester for tests whose scores are written by hand: nothing to learn, nothing to load."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mihqda.codebook import Code
from mihqda.spans import Span
from mihqda.suggest.model import Evidence, Scores


class Fake:
    """Gives each code the probability that its keywords' share in the segment's words says.

    Parameters
    ----------
    codes
        With keywords.
    is_sure
        False for rankings without probabilities.
    threshold
        For every code.
    """

    name = "fake"
    version = "1"

    def __init__(
        self, codes: Sequence[Code], *, seed: int = 0, is_sure: bool = True, threshold: float = 0.1
    ) -> None:
        self.codes = tuple(codes)
        self.settings: dict[str, Any] = {"seed": seed}
        self.is_sure, self.threshold = is_sure, threshold
        self.fitted: list[tuple[pd.DataFrame, NDArray[np.float64]]] = []

    def fit(self, segments: pd.DataFrame, labels: NDArray[np.float64]) -> Self:
        self.fitted.append((segments, labels))
        return self

    def score(self, segments: pd.DataFrame) -> Scores:
        share = (
            np.array(
                [
                    [
                        sum(text.lower().count(key) for key in code.keywords) / len(text.split())
                        for code in self.codes
                    ]
                    for text in segments["text"]
                ]
            )
            .reshape(len(segments), len(self.codes))
            .clip(max=1.0)
        )
        probability = share if self.is_sure else np.full_like(share, np.nan)
        return Scores(probability, share, np.full(len(self.codes), self.threshold))

    def explain(self, segments: pd.DataFrame, pairs: Sequence[tuple[int, int]]) -> list[Evidence]:
        starts = segments["start"].tolist()
        return [Evidence(words=(Span(starts[row], starts[row] + 1),), weights=(1.0,)) for row, _ in pairs]


def registered(monkeypatch: Any, **settings: Any) -> Callable[[], list[Fake]]:
    """Let every suggester's name mean a Fake; returns a function that lists those that were made."""
    made: list[Fake] = []

    def make(name: str, codes: Sequence[Code], *, seed: int = 0, **more: Any) -> Fake:
        made.append(Fake(codes, seed=seed, **settings))
        made[-1].name = name
        return made[-1]

    from mihqda.project import suggestions
    from mihqda.suggest import suggesters

    monkeypatch.setattr(suggesters, "make", make)
    suggestions.installed_version.cache_clear()
    return lambda: made
