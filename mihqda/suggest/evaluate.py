"""What suggestions are worth on a study: every transcript is suggested for by a suggester that never saw it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from mihqda.segments import Unit
from mihqda.suggest import frequency
from mihqda.suggest.evaluation import FEWEST_EXAMPLES, FEWEST_TRANSCRIPTS, FRAMES, Evaluation
from mihqda.suggest.evaluation_tables import (
    tabulate_agreement,
    tabulate_calibration,
    tabulate_codes,
    tabulate_learning,
    tabulate_overall,
)
from mihqda.suggest.folds import split, without_examples_from
from mihqda.suggest.held_out import Make, OutOfFold, names_of, out_of_fold
from mihqda.suggest.intervals import draw_measures
from mihqda.suggest.material import codes_to_suggest, labels_of, segments_of
from mihqda.suggest.model import Suggester
from mihqda.suggest.state import study_state

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from mihqda.codebook import Code
    from mihqda.snapshot import Snapshot

Progress = Callable[[int, int], None]

SHARES = (0.25, 0.5, 1.0)
"""Of the transcripts that can be learned from: the points of the learning curve."""
CURVE_FOLDS = 5


def evaluate(
    snapshot: Snapshot,
    codes: Sequence[Code],
    *,
    suggester: str = "default",
    unit: Unit = "turn",
    coders: Sequence[str] = (),
    folds: int | None = None,
    seed: int = 0,
    settings: Mapping[str, Any] | None = None,
    top: int = 3,
    jobs: int = 1,
    with_curve: bool = True,
    progress: Progress | None = None,
) -> Evaluation:
    """Return what a suggester is worth on a study's own codings.

    A suggester learns from all transcripts but one (or but one fold of them), and is compared with what was coded there; every
    finished transcript is left out once. Transcripts that nobody finished are learned from as far as they are known, and
    never tested: where only the coded segments are known, every guess looks good.

    Parameters
    ----------
    snapshot
        The whole study.
    codes
        Of the study's codebooks; containers and retired codes are left out.
    suggester, settings
        A registered name, and what its maker takes.
    unit
        How the transcripts are cut.
    coders
        Whose codings are the measure; by default everybody's together.
    folds
        None leaves one transcript out at a time, 5 a fifth of them: faster, and a little lower.
    seed
        Of folds, suggester and intervals.
    top
        How many codes a segment gets at most.
    jobs
        How many processes; the result does not depend on it.
    with_curve
        Also compute the learning curve, at two or three more fits for each of at most five folds.
    progress
        Called with fits done and fits in all.

    Returns
    -------
    Evaluation
        With `missing` and without figures if fewer than `FEWEST_TRANSCRIPTS` transcripts are finished or no code has
        `FEWEST_EXAMPLES` coded segments in at least two of them.
    """
    from mihqda.suggest.suggesters import make as make_named

    chosen = codes_to_suggest(codes)
    segments = segments_of(snapshot, unit)
    labels = labels_of(snapshot, segments, chosen, coders=coders)
    known = dict(settings or {})

    def make(some: Sequence[Code]) -> Suggester:
        return make_named(suggester, some, seed=seed, **known)

    layers = {
        coder: labels_of(snapshot, segments, chosen, coders=(coder,))
        for coder in (coders or sorted({*snapshot.coders, *snapshot.finished["coder"]}))
    }
    codings = snapshot.codings
    if coders:
        codings = codings[codings["coder"].isin(list(coders))]
    result = evaluate_segments(
        segments, labels, chosen,
        make=make, texts=snapshot.texts, layers=layers, folds=folds,
        seed=seed, top=top, jobs=jobs, with_curve=with_curve, progress=progress,
    )  # fmt: skip
    return _with(
        result, suggester=suggester, settings=_plain(known), unit=unit, coders=tuple(coders), state=study_state(snapshot, coders=coders),
        from_suggestions=int(codings["origin"].str.startswith("suggestion:").sum()),
    )  # fmt: skip


def evaluate_segments(
    segments: pd.DataFrame,
    labels: NDArray[np.float64],
    codes: Sequence[Code],
    *,
    make: Make,
    floor: Make = frequency.make,
    texts: Mapping[str, str] | None = None,
    layers: Mapping[str, NDArray[np.float64]] | None = None,
    folds: int | None = None,
    seed: int = 0,
    top: int = 3,
    jobs: int = 1,
    with_curve: bool = True,
    progress: Progress | None = None,
) -> Evaluation:
    """Return what a suggester is worth on segments and labels, see `evaluate`.

    Parameters
    ----------
    make, floor
        Make the suggester and the one that it is compared with.
    texts
        Of the transcripts: examples of the codebook that stand in a tested one are not learned from.
    layers
        Coder -> labels, for the agreement with and between coders.
    """
    transcripts = names_of(segments)
    is_read = _finished(transcripts, labels)
    test = split(transcripts, is_read, folds=folds, seed=seed)
    coded = (labels[is_read] == 1).sum(axis=0)
    spread = _spread(transcripts[is_read], labels[is_read])
    measured = (coded >= FEWEST_EXAMPLES) & (spread >= 2)
    read = len(set(transcripts[is_read]))
    common: dict[str, Any] = {
        "too_few": tuple(
            code.id for code, n, ok in zip(codes, coded, measured, strict=True) if n > 0 and not ok
        ),
        "unused": tuple(code.id for code, n in zip(codes, coded, strict=True) if n == 0),
        "folds": len(test), "seed": seed, "top": top, "transcripts": read, "segments": int(is_read.sum()),
        "coded": int((labels[is_read] == 1).any(axis=1).sum()),
    }  # fmt: skip
    missing = _explain(read, len(set(transcripts)), measured)
    if missing:
        return Evaluation(missing=missing, **common)
    curve_test = split(transcripts, is_read, folds=min(CURVE_FOLDS, len(test)), seed=seed)
    points = _points(test, curve_test) if with_curve else ()
    fits = len(test) + len(points) * len(curve_test)
    count = _Count(fits, progress)
    texts = texts or {}

    def run(maker: Make, which: Sequence[Sequence[str]], share: float, tell: Callable[[], None]) -> OutOfFold:
        return out_of_fold(
            segments, labels, codes, maker, which, texts=texts, top=top, share=share, seed=seed, jobs=jobs, progress=tell,
        )  # fmt: skip

    found = run(make, test, 1.0, count.one_more)
    plain = run(floor, test, 1.0, lambda: None)
    known = np.where(is_read[:, None], labels, np.nan)
    drawn, drawn_plain = (
        draw_measures(
            known, one.ranking, one.probability, one.proposed, transcripts, measured=measured, seed=seed
        )
        for one in (found, plain)
    )
    curve = {1.0: (found, drawn)} if 1.0 not in points else {}
    for share in points:
        one = run(make, curve_test, share, count.one_more)
        curve[share] = (
            one,
            draw_measures(
                known, one.ranking, one.probability, one.proposed, transcripts, measured=measured, seed=seed
            ),
        )
    first = make(codes)
    return Evaluation(
        codes=tabulate_codes(codes, coded, spread, measured, found, known, drawn, drawn_plain, read),
        overall=tabulate_overall(drawn, drawn_plain, read),
        calibration=tabulate_calibration(known, found.probability, drawn, read),
        learning=tabulate_learning(curve, read) if with_curve else pd.DataFrame(columns=list(FRAMES["learning"])),
        agreement=tabulate_agreement(codes, transcripts, found, layers or {}, measured, seed),
        suggester=first.name, version=first.version, settings=dict(first.settings),
        examples_left_out=_left_out(codes, texts, test), **common,
    )  # fmt: skip


class _Count:
    """Fits done, told to whoever wants to know."""

    def __init__(self, total: int, progress: Progress | None) -> None:
        self._done, self._total, self._progress = 0, total, progress
        if progress:
            progress(0, total)

    def one_more(self) -> None:
        self._done += 1
        if self._progress:
            self._progress(self._done, self._total)


def _finished(transcripts: NDArray[np.str_], labels: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return which segments lie in transcripts of which everything is known."""
    gaps = set(transcripts[np.isnan(labels).any(axis=1)])
    return np.array([name not in gaps for name in transcripts], bool)


def _spread(transcripts: NDArray[np.str_], labels: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return in how many transcripts each code occurs."""
    return np.array([len(set(transcripts[labels[:, at] == 1])) for at in range(labels.shape[1])], np.int64)


def _explain(read: int, transcripts: int, measured: NDArray[np.bool_]) -> tuple[str, ...]:
    out = []
    if read < FEWEST_TRANSCRIPTS:
        out.append(
            f"{read} of {transcripts} transcripts {'is' if read == 1 else 'are'} finished; to measure, at least "
            f"{FEWEST_TRANSCRIPTS} are needed, each read to the end: mihqda finish STUDY TRANSCRIPT --coder NAME"
        )
    if not measured.any():
        out.append(
            f"no code has {FEWEST_EXAMPLES} coded segments in two or more finished transcripts; code more, then measure again"
        )
    return tuple(out)


def _points(test: Sequence[Sequence[str]], curve: Sequence[Sequence[str]]) -> tuple[float, ...]:
    """Return the shares that need fits of their own: the whole is known where the folds are the same."""
    return SHARES[:-1] if list(test) == list(curve) else SHARES


def _left_out(codes: Sequence[Code], texts: Mapping[str, str], test: Sequence[Sequence[str]]) -> int:
    tested = [texts[name] for fold in test for name in fold if name in texts]
    kept = without_examples_from(codes, tested)
    return sum(len(code.examples) for code in codes) - sum(len(code.examples) for code in kept)


def _plain(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out what has no name in a file, such as a loaded model."""
    return {name: value for name, value in settings.items() if isinstance(value, str | int | float | None)}


def _with(result: Evaluation, **changes: Any) -> Evaluation:
    if result.is_measured:  # what the suggester says of itself is more exact than what was asked for
        changes = {name: value for name, value in changes.items() if name not in ("suggester", "settings")}
    return replace(result, **changes)
