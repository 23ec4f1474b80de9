import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mihqda.suggest.calibration import FOLDS, Calibrator, fold_of_groups, out_of_fold, tune_thresholds
from mihqda.suggest.measures import calibration_error


@given(st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=60), st.integers(0, 5))
def test_no_group_is_on_both_sides(groups: list[str], seed: int) -> None:
    folds = fold_of_groups(groups, seed=seed)
    assert all(
        len({fold for fold, one in zip(folds, groups, strict=True) if one == g}) == 1 for g in set(groups)
    )
    assert set(folds) == set(range(min(FOLDS, len(set(groups)))))


def test_folds_are_the_same_for_the_same_seed_and_as_even_as_groups_allow() -> None:
    groups = [f"g{number % 12}" for number in range(120)]
    assert np.array_equal(fold_of_groups(groups, seed=2), fold_of_groups(groups, seed=2))
    assert np.bincount(fold_of_groups(groups)).tolist() == [40] * 3


def test_out_of_fold_scores_come_from_the_other_folds() -> None:
    labels = np.array([[1.0], [0.0], [1.0], [np.nan], [0.0]])
    folds = np.array([0, 0, 1, 1, 2])
    seen: list[tuple[list[int], list[int]]] = []

    def score(train: np.ndarray, test: np.ndarray) -> np.ndarray:
        seen.append((train.tolist(), test.tolist()))
        return np.ones((len(test), 1))

    scores = out_of_fold(score, labels, folds)
    assert seen == [([2, 4], [0, 1]), ([0, 1, 4], [2]), ([0, 1, 2], [4])]
    assert np.isnan(scores[3])


def test_exaggerated_scores_become_honest() -> None:
    random = np.random.default_rng(0)
    true = random.normal(-2, 1.5, (4000, 3))
    labels = (random.random(true.shape) < 1 / (1 + np.exp(-true))).astype(float)
    loud = 3 * true + 4
    calibrator = Calibrator().fit(loud, np.zeros_like(loud), labels)
    assert calibration_error(labels, 1 / (1 + np.exp(-loud))) > 0.1
    assert calibration_error(labels, calibrator.apply(loud, np.zeros_like(loud))) < 0.015
    assert calibrator.slopes[0] == pytest.approx(1 / 3, abs=0.03)


def test_calibration_never_turns_an_order_round() -> None:
    random = np.random.default_rng(1)
    logits = random.normal(size=(500, 2))
    labels = (random.random((500, 2)) < 1 / (1 + np.exp(logits))).astype(float)  # the wrong way round
    calibrator = Calibrator().fit(logits, random.normal(size=(500, 2)), labels)
    assert (calibrator.slopes >= 0).all()
    assert np.nanmax(calibrator.apply(logits, np.zeros_like(logits))) < 0.7


def test_too_few_codings_leave_it_unfitted() -> None:
    labels = np.zeros((50, 1))
    labels[:9] = 1
    calibrator = Calibrator().fit(np.arange(50.0)[:, None], np.zeros((50, 1)), labels)
    assert not calibrator.is_fitted
    assert np.isnan(calibrator.apply(np.zeros((2, 1)), np.zeros((2, 1)))).all()


def test_the_threshold_parts_what_is_coded_from_what_is_not() -> None:
    chance = np.concatenate([np.linspace(0.0, 0.25, 90), np.linspace(0.35, 0.6, 10)])[:, None]
    labels = (chance > 0.3).astype(float)
    assert 0.25 < tune_thresholds(chance, labels)[0] <= 0.36


def test_only_codes_with_many_examples_get_their_own_threshold() -> None:
    random = np.random.default_rng(2)
    chance = random.random((400, 3))
    labels = np.column_stack([chance[:, 0] > 0.98, chance[:, 1] > 0.3, chance[:, 2] > 0.97]).astype(float)
    threshold = tune_thresholds(chance, labels)
    assert labels.sum(axis=0)[[0, 2]].max() < 20
    assert threshold[0] == threshold[2]
    assert threshold[1] < threshold[0]
