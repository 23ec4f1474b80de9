"""Measures of draws equal the measures of transcripts written down as often as they were drawn."""

import numpy as np
import pytest

from mihqda.agreement.bootstrap import draw_clusters
from mihqda.suggest import measures
from mihqda.suggest.intervals import draw_measures, ends


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
