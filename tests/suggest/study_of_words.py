"""The benchmarks' invented study, small."""

import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from mihqda.codebook.model import Code

sys.path.insert(0, str(Path(__file__).parent.parent.parent / "benchmarks" / "suggest"))
import synthetic


@dataclass(frozen=True)
class Study:
    segments: pd.DataFrame
    labels: np.ndarray
    codes: tuple[Code, ...]

    def halves(self) -> tuple[np.ndarray, np.ndarray]:
        """Return which segments are in the first half of the transcripts, and which are not."""
        names = sorted(self.segments["transcript"].unique())
        first = self.segments["transcript"].isin(names[: len(names) // 2]).to_numpy()
        return first, ~first


def make(*, segments: int, codes: int, groups: int, seed: int = 3) -> Study:
    study = synthetic.make_study(segments=segments, codes=codes, groups=groups, words=12, seed=seed)
    return Study(study.segments, study.labels, study.codes)
