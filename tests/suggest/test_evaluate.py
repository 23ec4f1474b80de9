"""What suggestions are worth: measured on transcripts that the suggester never saw, and said to be unmeasured otherwise."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray
from planted import CODES, WordCounter, planted

from mihqda.codebook import Code
from mihqda.errors import InputError
from mihqda.suggest import measures
from mihqda.suggest.evaluate import evaluate_segments
from mihqda.suggest.evaluation import SUGGESTIONS, Evaluation
from mihqda.suggest.folds import split, without_examples_from
from mihqda.suggest.held_out import is_proposed, out_of_fold


def evaluated(segments: pd.DataFrame, labels: NDArray[np.float64], **settings: Any) -> Evaluation:
    return evaluate_segments(segments, labels, CODES, make=WordCounter, **settings)


@pytest.mark.parametrize("folds", [None, 3])
def test_it_equals_a_plain_loop_of_refits(folds: int | None) -> None:
    segments, labels = planted()
    result = evaluated(segments, labels, folds=folds, with_curve=False)
    transcripts = segments["transcript"].to_numpy()
    ranking, probability = np.empty_like(labels), np.empty_like(labels)
    proposed = np.zeros(labels.shape, bool)
    for fold in split(transcripts, np.ones(len(labels), bool), folds=folds):
        test = np.isin(transcripts, fold)
        learned = WordCounter(CODES).fit(segments[~test], labels[~test])
        scores = learned.score(segments[test])
        ranking[test], probability[test], proposed[test] = (
            scores.ranking,
            scores.probability,
            is_proposed(scores),
        )
    known = np.array([True, True, True, False])  # the rare code occurs in one transcript alone
    found = measures.count(labels, proposed)
    assert result.codes["precision"][:3].tolist() == pytest.approx(found.precision[:3].tolist())
    assert result.codes["recall"][:3].tolist() == pytest.approx(found.recall[:3].tolist())
    precision = measures.average_precision(labels, ranking)
    assert result.codes["average_precision"][:3].tolist() == pytest.approx(precision[:3].tolist())
    assert result.measure("macro_f1") == pytest.approx(measures.macro(found.f1[known]))
    assert result.measure("macro_average_precision") == pytest.approx(measures.macro(precision[known]))
    assert result.measure("micro_f1") == pytest.approx(measures.micro_f1(labels, proposed))
    assert result.measure("recall_at_3") == pytest.approx(measures.recall_at(labels, ranking))
    assert result.measure("calibration_error") == pytest.approx(
        measures.calibration_error(labels, probability)
    )
    shown = np.where(proposed, labels, np.nan)
    assert result.measure("calibration_error_proposed") == pytest.approx(
        measures.calibration_error(shown, probability)
    )


def test_no_transcript_is_on_both_sides_of_a_split() -> None:
    segments, labels = planted(transcripts=7)
    seen = []

    class Watched(WordCounter):
        def score(self, segments: pd.DataFrame) -> Any:
            seen.append((self.learned, set(segments["transcript"])))
            return super().score(segments)

    for folds in (None, 2, 3):
        evaluate_segments(segments, labels, CODES, make=Watched, folds=folds)
    assert len(seen) > 20
    assert all(learned.isdisjoint(tested) for learned, tested in seen)
    assert {name for _, tested in seen for name in tested} == set(segments["transcript"])


def test_a_transcripts_own_codings_never_inform_its_suggestions() -> None:
    segments, labels = planted()
    turned = labels.copy()
    own = (segments["transcript"] == "T3").to_numpy()
    turned[own] = 1 - turned[own]
    fold = [("T3",)]
    one, two = (
        out_of_fold(segments, known, CODES, WordCounter, fold, texts={}) for known in (labels, turned)
    )
    assert np.array_equal(one.ranking[own], two.ranking[own])
    assert not np.isnan(one.ranking[own]).any()


def test_shuffled_labels_are_worth_no_more_than_chance() -> None:
    segments, labels = planted(transcripts=12)
    true = evaluated(segments, labels, folds=4, with_curve=False)
    gains, chances = [], []
    for seed in range(6):
        shuffled = labels[np.random.default_rng(seed).permutation(len(labels))]
        result = evaluated(segments, shuffled, folds=4, with_curve=False)
        gains.append(result.codes["average_precision"].dropna().mean() - shuffled[:, :3].mean())
        chances.append(result.agreement["kappa"].mean() if len(result.agreement) else 0.0)
    assert abs(float(np.mean(gains))) < 0.05
    assert true.measure("macro_average_precision") > 0.6


def test_examples_that_stand_in_a_tested_transcript_are_not_learned_from() -> None:
    segments, labels = planted(transcripts=4)
    told: list[tuple[str, ...]] = []

    class Watched(WordCounter):
        def __init__(self, codes: Sequence[Code]) -> None:
            super().__init__(codes)
            told.append(codes[1].examples)

    texts = {f"T{number}": "nothing of the kind" for number in range(4)} | {
        "T2": "P: “No  hours\nleft”, I said."
    }
    result = evaluate_segments(segments, labels, CODES, make=Watched, texts=texts, with_curve=False)
    assert told[:4].count(()) == 1
    assert result.examples_left_out == 1


def test_examples_in_other_languages_and_counter_examples_are_left_out_too() -> None:
    code = Code(
        "x",
        "X",
        examples=("kept here",),
        attributes={"example_nl": "geen tijd", "examples_nl": ["geen tijd", "wel"]},
    )
    (left,) = without_examples_from([code], ["Ja, geen tijd dus."])
    assert left.examples == ("kept here",)
    assert dict(left.attributes) == {"examples_nl": ["wel"]}
    assert without_examples_from([code], ["something else"]) == (code,)


def test_codes_with_too_few_examples_are_named_and_in_no_macro_average() -> None:
    segments, labels = planted()
    result = evaluated(segments, labels, with_curve=False)
    assert result.too_few == ("rare",)
    row = result.codes.set_index("code").loc["rare"]
    assert row["examples"] == 3
    assert not row["is_measured"]
    assert np.isnan(row["average_precision"])
    assert result.measure("macro_f1") == pytest.approx(result.codes["f1"][:3].mean())
    none = evaluate_segments(
        segments, np.where([0, 0, 0, 1], 0, labels), CODES, make=WordCounter, with_curve=False
    )
    assert none.unused == ("rare",)
    assert "rare" not in set(none.codes["code"])


def test_a_young_study_is_said_to_be_unmeasured() -> None:
    segments, labels = planted(transcripts=2)
    result = evaluated(segments, labels)
    assert not result.is_measured
    assert result.missing[0].startswith("2 of 2 transcripts are finished; to measure, at least 3")
    assert np.isnan(result.measure("macro_f1"))
    assert np.isnan(result.of_code("role"))
    assert result.codes.empty
    segments, labels = planted(transcripts=5, each=1)
    (why,) = evaluated(segments, labels).missing
    assert "no code has 5 coded segments" in why


@pytest.mark.parametrize("rows", [0, 3])
def test_a_study_without_codings_is_unmeasured(rows: int) -> None:
    segments, _labels = planted()
    result = evaluated(segments[:rows], np.full((rows, 4), np.nan))
    assert len(result.missing) == 2
    assert result.unused == ("role", "load", "want", "rare")


def test_an_unfinished_transcript_is_learned_from_and_never_tested() -> None:
    segments, labels = planted()
    in_last = (segments["transcript"] == "T7").to_numpy()
    labels[in_last & (labels.sum(axis=1) == 0)] = np.nan
    learned = []

    class Watched(WordCounter):
        def score(self, segments: pd.DataFrame) -> Any:
            learned.append((self.learned, set(segments["transcript"])))
            return super().score(segments)

    result = evaluate_segments(segments, labels, CODES, make=Watched, with_curve=False)
    assert result.transcripts == 7
    assert all("T7" in train and "T7" not in test for train, test in learned)


def test_the_learning_curve_rises_and_ends_at_the_result_where_the_folds_are_the_same() -> None:
    segments, labels = planted(transcripts=10, each=20)
    result = evaluated(segments, labels, folds=5)
    assert result.learning["share"].tolist() == [0.25, 0.5, 1.0]
    assert result.learning["codings"].is_monotonic_increasing
    values = result.learning["average_precision"].tolist()
    assert values[0] < values[2]
    assert values[2] == result.measure("macro_average_precision")


def test_progress_counts_every_fit() -> None:
    told: list[tuple[int, int]] = []
    segments, labels = planted(transcripts=6, each=20)
    evaluated(segments, labels, folds=3, progress=lambda done, total: told.append((done, total)))
    assert told == [(done, 9) for done in range(10)]


def test_one_process_or_two_give_the_same() -> None:
    segments, labels = planted(transcripts=5, each=20)
    one, two = (evaluated(segments, labels, jobs=jobs, with_curve=False) for jobs in (1, 2))
    assert one.to_json() == two.to_json()


def test_agreement_with_each_coder_stands_beside_that_of_the_coders() -> None:
    segments, labels = planted()
    ben = labels.copy()
    ben[:, 0] = np.where(np.arange(len(ben)) % 9 == 0, 1 - ben[:, 0], ben[:, 0])
    ben[(segments["transcript"] > "T4").to_numpy()] = np.nan
    result = evaluated(segments, labels, layers={"ann": labels, "ben": ben}, with_curve=False)
    frame = result.agreement.set_index(["first", "second", "code"])
    assert set(frame.index.droplevel("code")) == {(SUGGESTIONS, "ann"), (SUGGESTIONS, "ben"), ("ann", "ben")}
    assert frame.loc[("ann", "ben", "load"), "kappa"] == 1
    assert frame.loc[("ann", "ben", "role"), "kappa"] < 0.9
    assert frame.loc[("ann", "ben", "role"), "transcripts"] == 5
    assert 0.2 < frame.loc[(SUGGESTIONS, "ann", "role"), "kappa"] < 1


def test_json_gives_everything_back() -> None:
    segments, labels = planted(transcripts=5)
    for result in (evaluated(segments, labels, layers={"a": labels}), evaluated(segments[:0], labels[:0])):
        again = Evaluation.from_json(result.to_json())
        assert again.to_json() == result.to_json()
        for name in ("codes", "overall", "calibration", "learning", "agreement"):
            pd.testing.assert_frame_equal(getattr(again, name), getattr(result, name))
        assert again.too_few == result.too_few
        assert "NaN" not in result.to_json()


@pytest.mark.parametrize(("folds", "number"), [(None, 8), (3, 3), (50, 8)])
def test_folds_hold_each_transcript_once_and_are_about_equal(folds: int | None, number: int) -> None:
    names = np.repeat([f"T{at}" for at in range(8)], range(10, 18))
    dealt = split(names, np.ones(len(names), bool), folds=folds, seed=1)
    assert len(dealt) == number
    assert sorted(name for fold in dealt for name in fold) == sorted(set(names))
    sizes = [sum(int((names == name).sum()) for name in fold) for fold in dealt]
    assert max(sizes) - min(sizes) <= 17


def test_one_fold_is_refused() -> None:
    with pytest.raises(InputError, match="at least 2 folds, got 1"):
        split(np.array(["a", "b"]), np.ones(2, bool), folds=1)
