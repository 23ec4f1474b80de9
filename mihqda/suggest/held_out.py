"""Suggestions for transcripts that the suggester never saw: one fit per fold."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from mihqda.suggest.folds import without_examples_from
from mihqda.suggest.model import Scores, Suggester
from mihqda.suggest.propose import choose

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from mihqda.codebook import Code

Make = Callable[[Sequence["Code"]], Suggester]
"""Makes a suggester for codes."""


@dataclass(frozen=True, slots=True, eq=False)
class OutOfFold:
    """What was suggested for segments by suggesters that did not see their transcripts.

    Parameters
    ----------
    probability, ranking
        Shape (segments, codes); NaN where a segment was in no fold, or the suggester says nothing.
    proposed
        Same shape: above the threshold and among the segment's `top` codes.
    is_tested
        Shape (segments,).
    codings
        How many codings (1 in the labels) each fold learned from, on average.
    transcripts
        How many read transcripts each fold learned from, on average.
    """

    probability: NDArray[np.float64]
    ranking: NDArray[np.float64]
    proposed: NDArray[np.bool_]
    is_tested: NDArray[np.bool_]
    codings: float
    transcripts: float


def names_of(segments: pd.DataFrame) -> NDArray[np.str_]:
    """Return the transcript of each segment."""
    return np.array(segments["transcript"].tolist(), dtype=np.str_)


def out_of_fold(
    segments: pd.DataFrame,
    labels: NDArray[np.float64],
    codes: Sequence[Code],
    make: Make,
    test: Sequence[Sequence[str]],
    *,
    texts: Mapping[str, str],
    top: int = 3,
    share: float = 1.0,
    seed: int = 0,
    jobs: int = 1,
    progress: Callable[[], None] = lambda: None,
) -> OutOfFold:
    """Fit once per fold without its transcripts, and return what each suggests for them.

    Parameters
    ----------
    test
        The transcripts of each fold.
    share
        Of the other transcripts that are read, how many to learn from (a random choice by `seed`); the labels of the rest are
        taken away.
    """
    transcripts = names_of(segments)
    probability, ranking = np.full((2, *labels.shape), np.nan)
    proposed, is_tested = np.zeros(labels.shape, bool), np.zeros(len(segments), bool)
    tasks = [_Task.prepare(segments, labels, codes, fold, texts, share, seed) for fold in test]
    for task, scores in zip(tasks, _run_all(make, tasks, jobs, progress), strict=True):
        rows = np.flatnonzero(np.isin(transcripts, list(task.fold)))
        probability[rows], ranking[rows] = scores.probability, scores.ranking
        proposed[rows], is_tested[rows] = is_proposed(scores, top), True
    return OutOfFold(
        probability, ranking, proposed, is_tested,
        float(np.mean([(task.labels == 1).sum() for task in tasks])),
        float(np.mean([task.learned for task in tasks])),
    )  # fmt: skip


def is_proposed(scores: Scores, top: int = 3) -> NDArray[np.bool_]:
    """Return which codes would be proposed, by the rule by which suggestions are made."""
    out = np.zeros(scores.ranking.shape, bool)
    for row, code in choose(scores, np.ones_like(out), top=top):
        out[row, code] = True
    return out


@dataclass(frozen=True, slots=True, eq=False)
class _Task:
    """One fit: what it learns from and what it scores."""

    fold: tuple[str, ...]
    codes: tuple[Code, ...]
    train: pd.DataFrame
    labels: NDArray[np.float64]
    test: pd.DataFrame
    learned: int

    @classmethod
    def prepare(
        cls, segments: pd.DataFrame, labels: NDArray[np.float64], codes: Sequence[Code], fold: Sequence[str],
        texts: Mapping[str, str], share: float, seed: int,
    ) -> _Task:  # fmt: skip
        transcripts = names_of(segments)
        is_test = np.isin(transcripts, list(fold))
        train, known = segments[~is_test].reset_index(drop=True), labels[~is_test].copy()
        others = sorted(set(transcripts[~is_test][~np.isnan(known).all(axis=1)]))
        if share < 1:
            shuffled = np.random.default_rng(seed).permutation(len(others))
            others = [others[at] for at in shuffled[: max(1, round(share * len(others)))]]
            known[~np.isin(transcripts[~is_test], others)] = np.nan
        held_out = without_examples_from(codes, [texts[name] for name in fold if name in texts])
        return cls(tuple(fold), held_out, train, known, segments[is_test].reset_index(drop=True), len(others))

    def run(self, make: Make) -> Scores:
        return make(self.codes).fit(self.train, self.labels).score(self.test)


def _run_all(make: Make, tasks: Sequence[_Task], jobs: int, progress: Callable[[], None]) -> list[Scores]:
    out = []
    if jobs == 1 or len(tasks) < 2:
        done = (task.run(make) for task in tasks)
    else:
        from joblib import Parallel, delayed

        done = Parallel(n_jobs=jobs, return_as="generator")(delayed(task.run)(make) for task in tasks)
    for scores in done:
        out.append(scores)
        progress()
    return out
