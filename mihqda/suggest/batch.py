"""Very many segments, scored in batches on several processes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from mihqda.suggest.model import Scores, Suggester

if TYPE_CHECKING:
    import pandas as pd

SIZE = 2000


def score_many(
    suggester: Suggester,
    segments: pd.DataFrame,
    *,
    jobs: int = 1,
    progress: Callable[[int, int], None] | None = None,
    size: int = SIZE,
) -> Scores:
    """Return what `suggester.score` returns for all segments, in batches of `size`.

    Parameters
    ----------
    jobs
        Processes, through joblib, so that another of its backends (Dask) can be set around the call; with 1,
        none is started.
    progress
        Called with segments done and segments in all after each batch.
    """
    starts = list(range(0, len(segments), size))
    if len(starts) < 2:
        scores = suggester.score(segments)
        if progress is not None:
            progress(len(segments), len(segments))
        return scores
    from joblib import Parallel, delayed

    work = (delayed(suggester.score)(segments.iloc[start : start + size]) for start in starts)
    parts: list[Scores] = []
    for part in Parallel(n_jobs=jobs, return_as="generator")(work):
        parts.append(part)
        if progress is not None:
            progress(min(len(parts) * size, len(segments)), len(segments))
    return Scores(
        np.concatenate([part.probability for part in parts]),
        np.concatenate([part.ranking for part in parts]),
        parts[0].threshold,
    )
