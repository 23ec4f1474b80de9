"""Measures agree with scikit-learn where it has them, with sums by hand, and are undefined where they should be."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from sklearn.metrics import average_precision_score, precision_recall_fscore_support

from mihqda.suggest import measures

SHAPE = st.tuples(st.integers(1, 30), st.integers(1, 4))
LABELS = SHAPE.flatmap(lambda shape: arrays(np.float64, shape, elements=st.sampled_from([0.0, 1.0, np.nan])))


def ranks_like(labels: np.ndarray, seed: int, levels: int = 6) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, levels, labels.shape).astype(float)


@given(LABELS, st.integers(0, 99))
def test_average_precision_is_that_of_scikit_learn_with_equal_ranks_too(
    labels: np.ndarray, seed: int
) -> None:
    ranking = ranks_like(labels, seed)
    ours = measures.average_precision(labels, ranking)
    for code in range(labels.shape[1]):
        known = ~np.isnan(labels[:, code])
        if not (labels[known, code] == 1).any():
            assert np.isnan(ours[code])
            continue
        theirs = average_precision_score(labels[known, code], ranking[known, code])
        assert ours[code] == pytest.approx(theirs)


@given(LABELS, st.integers(0, 99))
def test_precision_recall_and_f1_are_those_of_scikit_learn(labels: np.ndarray, seed: int) -> None:
    proposed = ranks_like(labels, seed, 2) > 0
    found = measures.count(labels, proposed)
    for code in range(labels.shape[1]):
        known = ~np.isnan(labels[:, code])
        truth, said = labels[known, code], proposed[known, code]
        if not len(truth):
            continue
        theirs = precision_recall_fscore_support(truth, said, labels=[1.0], zero_division=np.nan)[:3]
        ours = (found.precision[code], found.recall[code], found.f1[code])
        if truth.sum() == 0:  # scikit-learn calls F1 of a code that does not occur 0
            assert np.isnan(ours[1])
            assert np.isnan(ours[2])
        else:
            assert ours == pytest.approx([float(one[0]) for one in theirs], nan_ok=True)


def test_what_is_unread_changes_nothing() -> None:
    labels, ranking = np.array([[1.0, 0.0], [0.0, 1.0]]), np.array([[0.9, 0.2], [0.4, 0.3]])
    more = np.vstack([labels, [[np.nan, np.nan]]]), np.vstack([ranking, [[1.0, 1.0]]])
    assert measures.average_precision(*more).tolist() == measures.average_precision(labels, ranking).tolist()
    assert measures.recall_at(*more, k=1) == measures.recall_at(labels, ranking, k=1)
    assert measures.calibration_error(*more) == measures.calibration_error(labels, ranking)
    assert measures.micro_f1(more[0], more[1] > 0.3) == measures.micro_f1(labels, ranking > 0.3)


def test_undefined_is_nan_and_left_out_of_the_mean() -> None:
    labels = np.array([[1.0, 0.0], [0.0, 0.0]])
    nothing = np.zeros((2, 2), bool)
    found = measures.count(labels, nothing)
    assert np.isnan(found.precision).all()
    assert found.recall.tolist()[0] == 0
    assert np.isnan(found.recall[1])
    assert found.f1[0] == 0
    assert np.isnan(found.f1[1])
    assert measures.macro(found.f1) == 0
    assert np.isnan(measures.macro(np.array([np.nan])))
    assert np.isnan(measures.recall_at(np.zeros((2, 2)), np.ones((2, 2))))
    assert np.isnan(measures.calibration_error(np.full((2, 2), np.nan), np.ones((2, 2))))
    assert np.isnan(measures.micro_f1(np.zeros((2, 2)), nothing))
    empty = np.empty((0, 2))
    assert np.isnan(measures.average_precision(empty, empty)).all()
    assert np.isnan(measures.recall_at(empty, empty))


def test_micro_f1_takes_all_decisions_together() -> None:
    labels = np.array([[1.0, 1.0], [1.0, 0.0], [0.0, 0.0]])
    proposed = np.array([[True, False], [True, True], [False, False]])
    assert measures.micro_f1(labels, proposed) == pytest.approx(2 * 2 / (2 * 2 + 1 + 1))


def test_recall_at_k_is_the_share_of_a_segments_codes_among_its_first_k() -> None:
    labels = np.array([[1.0, 1.0, 0.0, 0.0], [0.0, 0.0, 0.0, 1.0], [0.0, 0.0, 0.0, 0.0]])
    ranking = np.array([[4.0, 1.0, 3.0, 2.0], [4.0, 3.0, 2.0, 1.0], [1.0, 1.0, 1.0, 1.0]])
    assert measures.recall_at(labels, ranking, k=3) == pytest.approx((0.5 + 0) / 2)
    assert measures.recall_at(labels, ranking, k=4) == 1


def test_a_code_about_which_the_ranking_is_silent_is_never_among_the_first() -> None:
    labels, ranking = np.array([[1.0, 0.0]]), np.array([[np.nan, 0.2]])
    assert measures.recall_at(labels, ranking, k=2) == 0
    assert measures.average_precision(np.array([[0.0], [1.0]]), np.array([[0.1], [np.nan]]))[0] == 0.5


def test_calibration_by_hand() -> None:
    labels = np.array([[1.0], [0.0], [1.0], [1.0]])
    probability = np.array([[0.1], [0.15], [1.0], [0.95]])
    curve = measures.calibration_curve(labels, probability)
    assert curve[1].tolist() == [2, 0.125, 0.5]
    assert curve[9].tolist() == [2, 0.975, 1]
    assert curve[0, 0] == 0
    assert np.isnan(curve[0, 1:]).all()
    assert measures.calibration_error(labels, probability) == pytest.approx((2 * 0.375 + 2 * 0.025) / 4)


@given(st.integers(0, 50))
def test_honest_probabilities_have_a_small_error_and_shifted_ones_a_large_one(seed: int) -> None:
    draw = np.random.default_rng(seed)
    honest = draw.uniform(0, 0.6, (4000, 1))
    labels = (draw.uniform(size=honest.shape) < honest).astype(float)
    assert measures.calibration_error(labels, honest) < 0.05
    assert measures.calibration_error(labels, honest + 0.3) > 0.2
