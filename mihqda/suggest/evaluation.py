"""Evaluation: what a suggester was worth on a study, of what, and where nothing could be said.

Its frames (figures 0 to 1, kappa and alpha at most 1, NaN where undefined; ``_low`` and ``_high`` are the ends of a 95 %
interval that draws whole transcripts; precision and recall of a code that is the same in all draws have that of Wilson):

============ ====================================================================================================
codes        code, name, examples (segments with the code), transcripts (with it), is_measured, proposed, then
             precision, recall, f1, average_precision with their ends, then frequency (average precision of the
             frequency rule); the figures of a code with too few examples are NaN
overall      measure, value, low, high, frequency, frequency_low, frequency_high (the frequency rule), gain,
             gain_low, gain_high (value − frequency, of the same draws). Measures: macro_ and micro_ precision,
             recall and f1, macro_average_precision, recall_at_3, calibration_error, calibration_error_proposed
             (the first is nearly always small, because most codes are rightly given a low probability)
calibration  bin, from, to, decisions, said (mean probability), observed (share coded), observed_low, observed_high
learning     share (of the transcripts that can be learned from), transcripts, codings (learned from, means over
             the folds), then average_precision, recall_at_3, f1 (micro) with their ends
agreement    see `mihqda.agreement.layers`; the suggester is the layer ``(suggestions)``
============ ====================================================================================================
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Self

import pandas as pd

from mihqda.agreement.layers import COLUMNS as AGREEMENT

SUGGESTIONS = "(suggestions)"
"""The suggester, as a layer beside the coders."""

FEWEST_EXAMPLES = 5
"""Coded segments, in at least two transcripts, below which a code is not measured."""
FEWEST_PROPOSED = 5
"""Suggestions of a code below which its precision says too little to hide the code, or to accept many of it."""
FEWEST_TRANSCRIPTS = 3
"""Read transcripts below which a study is too young to measure."""

_ENDS = ("", "_low", "_high")
FRAMES: Mapping[str, tuple[str, ...]] = {
    "codes": (
        "code", "name", "examples", "transcripts", "is_measured", "proposed",
        *(f"{name}{end}" for name in ("precision", "recall", "f1", "average_precision") for end in _ENDS), "frequency",
    ),
    "overall": (
        "measure", *(f"{name}{end}" for name in ("value", "frequency", "gain") for end in _ENDS),
    ),
    "calibration": ("bin", "from", "to", "decisions", "said", *(f"observed{end}" for end in _ENDS)),
    "learning": (
        "share", "transcripts", "codings",
        *(f"{name}{end}" for name in ("average_precision", "recall_at_3", "f1") for end in _ENDS),
    ),
    "agreement": AGREEMENT,
}  # fmt: skip


def _empty(name: str) -> Callable[[], pd.DataFrame]:
    return lambda: pd.DataFrame(columns=list(FRAMES[name]))


@dataclass(frozen=True, eq=False, kw_only=True)
class Evaluation:
    """What suggestions were worth on this study's own codings.

    Parameters
    ----------
    codes, overall, calibration, learning, agreement
        Frames, see the module; empty while the study is too young to measure.
    missing
        Why nothing could be measured, in plain sentences; empty if it could.
    too_few
        Codes that were used, but too seldom to measure (`FEWEST_EXAMPLES`). They are in `codes` without figures and in no
        macro average.
    unused
        Codes that were never used.
    suggester, version, settings
        What was measured.
    unit, coders, folds, seed, top
        Segments, whose codings ("" for everybody), number of test folds (each one transcript if there are as many as
        `transcripts`), seed, and how many codes a segment gets at most.
    transcripts, segments, coded, from_suggestions
        How many were read, how many of the segments have a code, and how many of the codings behind them began as
        suggestions: those flatter the suggester.
    examples_left_out
        Example quotes of the codebook that stand in a tested transcript and were therefore not learned from there.
    state
        Of the codings, decisions and codes that were used, see `mihqda.suggest.state.study_state`.
    """

    codes: pd.DataFrame = field(default_factory=_empty("codes"))
    overall: pd.DataFrame = field(default_factory=_empty("overall"))
    calibration: pd.DataFrame = field(default_factory=_empty("calibration"))
    learning: pd.DataFrame = field(default_factory=_empty("learning"))
    agreement: pd.DataFrame = field(default_factory=_empty("agreement"))
    missing: tuple[str, ...] = ()
    too_few: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    suggester: str = ""
    version: str = ""
    settings: Mapping[str, Any] = field(default_factory=dict)
    unit: str = "turn"
    coders: tuple[str, ...] = ()
    folds: int = 0
    seed: int = 0
    top: int = 3
    transcripts: int = 0
    segments: int = 0
    coded: int = 0
    from_suggestions: int = 0
    examples_left_out: int = 0
    state: str = ""

    def __post_init__(self) -> None:
        for name, columns in FRAMES.items():
            frame: pd.DataFrame = getattr(self, name)
            if tuple(frame.columns) != columns:
                raise ValueError(f"evaluation: the frame {name} has the columns {', '.join(frame.columns)}")
            object.__setattr__(self, name, _typed(frame))

    @property
    def is_measured(self) -> bool:
        """Whether the study was old enough to measure anything."""
        return not self.missing

    def measure(self, name: str) -> float:
        """Return an overall measure by name, such as ``recall_at_3``; NaN if it was not measured."""
        found = self.overall.loc[self.overall["measure"] == name, "value"]
        return float(found.iloc[0]) if len(found) else float("nan")

    def of_code(self, code: str, name: str = "precision") -> float:
        """Return a measure of a code; NaN if the code was not measured, or never proposed."""
        found = self.codes.loc[self.codes["code"] == code, name]
        return float(found.iloc[0]) if len(found) else float("nan")

    def to_json(self) -> str:
        """Return everything as JSON; an undefined figure is null."""
        out: dict[str, Any] = {one.name: getattr(self, one.name) for one in fields(self)}
        for name in FRAMES:
            frame = out[name]
            out[name] = {
                str(column): [None if value != value else value for value in frame[column].tolist()]
                for column in frame.columns
            }
        out["settings"] = dict(self.settings)
        return json.dumps(out, ensure_ascii=False, sort_keys=True, allow_nan=False, default=str)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Return what `to_json` wrote; fields that are not known are left out."""
        held = json.loads(text)
        known = {one.name for one in fields(cls)} & set(held)
        out: dict[str, Any] = {
            name: tuple(held[name]) if isinstance(held[name], list) else held[name] for name in known
        }
        for name, columns in FRAMES.items():
            if name in held:
                out[name] = pd.DataFrame({column: held[name].get(column) for column in columns})
        return cls(**out)


_TEXTS = ("code", "name", "measure", "first", "second")
_WHOLE = ("examples", "transcripts", "proposed", "bin", "decisions", "segments", "both", "neither", "only_first", "only_second")  # fmt: skip


def _typed(frame: pd.DataFrame) -> pd.DataFrame:
    """Give columns their types, also where there are no rows; counts that are means of several fits are not whole."""
    types: dict[str, str] = {}
    for column in frame.columns:
        if column in _TEXTS:
            types[column] = "str"
        elif column == "is_measured":
            types[column] = "bool"
        elif column in _WHOLE and "share" not in frame:
            types[column] = "int64"
        else:
            types[column] = "float64"
    return frame.astype(types)
