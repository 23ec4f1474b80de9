"""What a suggester checks, and records, of what it learns from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from mihqda.codebook.model import Code
from mihqda.suggest.model import SEGMENT_COLUMNS

if TYPE_CHECKING:
    import pandas as pd

TOO_FEW = (
    "fewer than ten codings, or all in one transcript: suggestions are ordered but have no probability yet"
)


def one_thread() -> AbstractContextManager[Any]:
    """Return a context in which linear algebra runs on one core: the same sums in the same order on every machine."""
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

    limits: AbstractContextManager[Any] = threadpool_limits(1)
    return limits


def check_columns(segments: pd.DataFrame) -> None:
    """Check that a frame holds segments.

    Raises
    ------
    ValueError
        Naming the columns that are missing.
    """
    missing = [name for name in SEGMENT_COLUMNS if name not in segments.columns]
    if missing:
        raise ValueError(
            f"segments without {', '.join(missing)}; a suggester takes {', '.join(SEGMENT_COLUMNS)}"
        )


def check_labels(
    segments: pd.DataFrame, labels: NDArray[np.float64], codes: Sequence[Code]
) -> NDArray[np.float64]:
    """Return labels as floats of the right shape.

    Raises
    ------
    ValueError
        If their shape is not (segments, codes), or they hold anything but 1, 0 and NaN.
    """
    check_columns(segments)
    labels = np.asarray(labels, np.float64)
    if labels.size == 0 and not len(segments):
        return np.zeros((0, len(codes)))
    if labels.shape != (len(segments), len(codes)):
        raise ValueError(f"labels of shape {labels.shape}, wanted {(len(segments), len(codes))}")
    if not (np.isnan(labels) | (labels == 0) | (labels == 1)).all():
        raise ValueError("labels are 1, 0 or NaN")
    return labels


def hash_training(suggester: Any, segments: pd.DataFrame, labels: NDArray[np.float64]) -> str:
    """Return a hash of all that a suggester learned from: who it is, its settings, codes, segments and labels."""
    digest = hashlib.sha256()
    digest.update(
        json.dumps([suggester.name, suggester.version, dict(suggester.settings)], sort_keys=True).encode()
    )
    for code in suggester.codes:
        digest.update(repr(code).encode())
    for column in SEGMENT_COLUMNS:
        digest.update("\x1f".join(segments[column].astype(str)).encode())
    digest.update(np.nan_to_num(labels, nan=-1).astype(np.int8).tobytes())
    return digest.hexdigest()[:16]
