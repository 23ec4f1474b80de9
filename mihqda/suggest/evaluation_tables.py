"""The frames of an evaluation, from what was suggested and its draws."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from mihqda.agreement.layers import compare_layers
from mihqda.suggest.evaluation import FRAMES, SUGGESTIONS
from mihqda.suggest.held_out import OutOfFold
from mihqda.suggest.intervals import Drawn, ends
from mihqda.suggest.keywords import wilson
from mihqda.suggest.measures import BINS, calibration_curve

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from mihqda.codebook import Code


def _ends_of(
    values: NDArray[np.float64], read: int
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    return values[0], *ends(values, read)


def tabulate_codes(
    codes: Sequence[Code],
    coded: NDArray[np.int64],
    spread: NDArray[np.int64],
    measured: NDArray[np.bool_],
    found: OutOfFold,
    known: NDArray[np.float64],
    drawn: Drawn,
    plain: Drawn,
    read: int,
) -> pd.DataFrame:
    """Return the figures of each code that was used; NaN for those with too few examples."""
    used = coded > 0
    proposed = (found.proposed & ~np.isnan(known)).sum(axis=0)
    tries = {"precision": proposed, "recall": (known == 1).sum(axis=0)}
    out: dict[str, Any] = {
        "code": [code.id for code in codes], "name": [code.name for code in codes], "examples": coded,
        "transcripts": spread, "is_measured": measured,
        "proposed": proposed,
    }  # fmt: skip
    for name, values in drawn.codes.items():
        value, low, high = _ends_of(values, read)
        if name in tries:
            low, high = _widen(value, low, high, tries[name])
        for end, one in zip(("", "_low", "_high"), (value, low, high), strict=True):
            out[f"{name}{end}"] = np.where(measured, one, np.nan)
    out["frequency"] = np.where(measured, plain.codes["average_precision"][0], np.nan)
    frame = pd.DataFrame(out, columns=list(FRAMES["codes"])).astype({"code": "str", "name": "str"})
    return frame[used].reset_index(drop=True)


def _widen(
    value: NDArray[np.float64], low: NDArray[np.float64], high: NDArray[np.float64], tries: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Take Wilson's interval where all draws are the same: never right in 15 is not certainly never right."""
    low, high = low.copy(), high.copy()
    for at in np.flatnonzero((low == high) & (tries > 0)).tolist():
        low[at], high[at] = wilson(round(float(value[at] * tries[at])), int(tries[at]))
    return low, high


_OVERALL = (
    "macro_precision", "macro_recall", "macro_f1", "macro_average_precision", "micro_precision", "micro_recall",
    "micro_f1", "recall_at_3", "calibration_error", "calibration_error_proposed",
)  # fmt: skip


def tabulate_overall(drawn: Drawn, plain: Drawn, read: int) -> pd.DataFrame:
    """Return the overall figures beside those of the frequency rule."""
    rows = []
    for name in _OVERALL:
        one, two = drawn.overall[name][:, None], plain.overall[name][:, None]
        rows.append((
            name, *(float(value[0]) for values in (one, two, one - two) for value in _ends_of(values, read)),
        ))  # fmt: skip
    return pd.DataFrame(rows, columns=list(FRAMES["overall"])).astype({"measure": "str"})


def tabulate_calibration(
    known: NDArray[np.float64], probability: NDArray[np.float64], drawn: Drawn, read: int
) -> pd.DataFrame:
    """Return how often what was said with a probability turned out to be so."""
    curve = calibration_curve(known, probability)
    _, low, high = _ends_of(drawn.bins, read)
    edges = np.arange(BINS + 1) / BINS
    return pd.DataFrame({
        "bin": np.arange(1, BINS + 1), "from": edges[:-1], "to": edges[1:], "decisions": curve[:, 0].astype(np.int64),
        "said": curve[:, 1], "observed": curve[:, 2], "observed_low": low, "observed_high": high,
    })  # fmt: skip


def tabulate_learning(curve: Mapping[float, tuple[OutOfFold, Drawn]], read: int) -> pd.DataFrame:
    """Return what each share of the transcripts to learn from would have been worth."""
    rows = []
    for share in sorted(curve):
        found, drawn = curve[share]
        figures = (
            _ends_of(drawn.overall[name][:, None], read)
            for name in ("macro_average_precision", "recall_at_3", "micro_f1")
        )
        rows.append((
            share, found.transcripts, found.codings, *(float(one[0]) for figure in figures for one in figure),
        ))  # fmt: skip
    return pd.DataFrame(rows, columns=list(FRAMES["learning"]))


def tabulate_agreement(
    codes: Sequence[Code],
    transcripts: NDArray[np.str_],
    found: OutOfFold,
    layers: Mapping[str, NDArray[np.float64]],
    measured: NDArray[np.bool_],
    seed: int,
) -> pd.DataFrame:
    """Compare the suggestions with each coder, and the coders with each other, on what was suggested for."""
    if not layers:
        return pd.DataFrame(columns=list(FRAMES["agreement"]))
    at = np.flatnonzero(measured).tolist()
    said = np.where(found.is_tested[:, None], found.proposed.astype(np.float64), np.nan)
    everybody = {SUGGESTIONS: said[:, at], **{coder: layer[:, at] for coder, layer in layers.items()}}
    frame = compare_layers(everybody, [codes[place].id for place in at], transcripts.tolist(), seed=seed)
    return frame[frame["segments"] > 0].reset_index(drop=True)
