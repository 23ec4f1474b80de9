"""Measures of draws equal the measures of transcripts written down as often as they were drawn."""

import numpy as np
import pytest

from mihqda.agreement.bootstrap import draw_clusters
from mihqda.codebook import Code
from mihqda.suggest import measures
from mihqda.suggest.evaluation_tables import tabulate_codes
from mihqda.suggest.held_out import OutOfFold
from mihqda.suggest.intervals import draw_measures, ends
from mihqda.suggest.keywords import wilson


def test_each_draw_equals_the_measures_of_the_transcripts_drawn() -> None:
    draw = np.random.default_rng(1)
    rows, codes = 60, 3
    labels = draw.choice([0.0, 1.0, np.nan], (rows, codes), p=[0.6, 0.3, 0.1])
    ranking = draw.integers(0, 12, (rows, codes)).astype(float)
    probability, proposed = ranking / 12, ranking > 8
    transcripts = np.array([f"T{row % 6}" for row in range(rows)])
    measured = np.array([True, True, False])
    drawn = draw_measures(
        labels, ranking, probability, proposed, transcripts, measured=measured, seed=4, resamples=25
    )
    for number, times in enumerate([np.ones(6), *draw_clusters(6, seed=4, resamples=25)]):
        which = np.concatenate(
            [np.repeat(np.flatnonzero(transcripts == f"T{at}"), int(times[at])) for at in range(6)]
        )
        part = labels[which]
        found = measures.count(part, proposed[which])
        precision = measures.average_precision(part, ranking[which])
        assert drawn.codes["precision"][number].tolist() == pytest.approx(
            found.precision.tolist(), nan_ok=True
        )
        assert drawn.codes["f1"][number].tolist() == pytest.approx(found.f1.tolist(), nan_ok=True)
        assert drawn.codes["average_precision"][number].tolist() == pytest.approx(
            precision.tolist(), nan_ok=True
        )
        expected = {
            "macro_average_precision": measures.macro(precision[measured]),
            "macro_recall": measures.macro(found.recall[measured]),
            "micro_f1": measures.micro_f1(part, proposed[which]),
            "recall_at_3": measures.recall_at(part, ranking[which]),
            "calibration_error": measures.calibration_error(part, probability[which]),
        }
        for name, value in expected.items():
            assert drawn.overall[name][number] == pytest.approx(value), name


def test_an_interval_holds_the_value_and_stays_in_range() -> None:
    draws = np.concatenate([[[0.2, 0.99, -0.1]], np.random.default_rng(0).normal(0.3, 0.05, (500, 3))])
    draws[1:, 1] += 0.68
    draws[1:, 2] -= 0.4
    low, high = ends(draws, 9)
    assert low[0] == pytest.approx(0.1, abs=0.02)
    assert high[0] == pytest.approx(0.3, abs=0.02)
    assert high[1] == 1
    assert low[2] < -0.1 < high[2]


def test_one_transcript_has_no_interval() -> None:
    low, high = ends(np.ones((5, 2)), 1)
    assert np.isnan(low).all()
    assert np.isnan(high).all()


def test_a_share_that_is_the_same_in_all_draws_has_the_interval_of_wilson() -> None:
    # The first code is never proposed rightly, the second always; the third varies between the transcripts.
    rows = 30
    labels = np.zeros((rows, 3))
    labels[::3, 0] = 1
    labels[::3, 1] = 1
    labels[:20:4, 2] = 1
    proposed = labels == 1
    proposed[:, 0] = np.arange(rows) % 3 == 1
    proposed[:, 2] = np.arange(rows) % 2 == 0
    transcripts = np.array([f"T{row // 5}" for row in range(rows)])
    drawn = draw_measures(
        labels, proposed.astype(float), proposed.astype(float), proposed, transcripts,
        measured=np.ones(3, bool), resamples=200,
    )  # fmt: skip
    found = OutOfFold(proposed.astype(float), proposed.astype(float), proposed, np.ones(rows, bool), 5.0, 9.0)
    codes = [Code(name, name) for name in "abc"]
    frame = tabulate_codes(
        codes, labels.sum(axis=0).astype(int), np.full(3, 5), np.ones(3, bool), found, labels, drawn, drawn, 6
    )
    for name in ("precision", "recall"):
        assert (frame[f"{name}_low"][0], frame[f"{name}_high"][0]) == pytest.approx(wilson(0, 10))
        assert (frame[f"{name}_low"][1], frame[f"{name}_high"][1]) == pytest.approx(wilson(10, 10))
    low, high = ends(drawn.codes["precision"], 6)
    assert (frame["precision_low"][2], frame["precision_high"][2]) == (low[2], high[2])
    assert low[2] < frame["precision"][2] < high[2]
