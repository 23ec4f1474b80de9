"""The default suggester: what it learns, what it says when it cannot, and that nothing leaks."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import study_of_words
from studies import make_study

from mihqda.codebook.load import load_codebook, resolve
from mihqda.codebook.model import Code
from mihqda.suggest import measures
from mihqda.suggest.calibration import fold_of_groups, out_of_fold
from mihqda.suggest.default import make
from mihqda.suggest.material import segments_of
from mihqda.suggest.model import SEGMENT_COLUMNS
from mihqda.suggest.propose import propose

CODES = (
    Code(
        "cost",
        "Cost",
        definition="Money that it takes to buy and to run.",
        examples=("The licence is too expensive.",),
    ),
    Code(
        "support",
        "Support",
        definition="Leaders stand behind it.",
        examples=("My manager asks about it every week.",),
    ),
    Code(
        "time",
        "Time",
        definition="Hours and minutes that it takes.",
        examples=("It takes me an hour a day.",),
    ),
)


def segments(*texts: str, transcripts: str = "", language: str = "en") -> pd.DataFrame:
    rows = [
        (
            transcripts[at] if transcripts else f"T{at}",
            10 * at,
            10 * at + max(len(text), 1),
            "turn",
            text,
            "",
            "",
            language,
        )
        for at, text in enumerate(texts)
    ]
    return pd.DataFrame(rows, columns=list(SEGMENT_COLUMNS))


def unread(frame: pd.DataFrame, codes: tuple[Code, ...] = CODES) -> np.ndarray:
    return np.full((len(frame), len(codes)), np.nan)


@pytest.fixture(scope="module")
def study() -> study_of_words.Study:
    return study_of_words.make(segments=300, codes=6, groups=12)


def test_with_nothing_coded_the_codebook_orders() -> None:
    frame = segments(
        "We pay too much for the licence.", "The leaders and my manager ask about it.", "It costs me hours."
    )
    suggester = make(CODES).fit(frame, unread(frame))
    scores = suggester.score(frame)
    assert scores.ranking.argmax(axis=1).tolist() == [0, 1, 2]
    assert np.isnan(scores.probability).all()
    assert np.isfinite(scores.threshold).all()
    assert suggester.coded == 0
    assert any("nothing is coded yet" in one for one in suggester.messages)


def test_names_only_and_nothing_coded_is_said() -> None:
    codes = (Code("a", "Alpha"), Code("b", "Beta"))
    frame = segments("one text", "another")
    suggester = make(codes).fit(frame, unread(frame, codes))
    assert "only names" in suggester.messages[0]
    assert suggester.score(frame).ranking.shape == (2, 2)


def test_a_bare_name_is_proposed_only_where_a_word_of_it_is_said() -> None:
    codes = (Code("plan", "Plan"),)
    texts = (
        "We planned all of it.",
        "Nothing of the kind.",
        "The plan failed.",
        "Who knows.",
        "Yes.",
        "No, no.",
    )
    frame = segments(*texts)
    suggester = make(codes).fit(frame, unread(frame, codes))
    assert suggester.founded(frame)[:, 0].tolist() == [True, False, True, False, False, False]
    study = make_study({f"T{at}": f"P1: {text}" for at, text in enumerate(texts)}, people="p: P1")
    proposed = propose(suggester, segments_of(study), codes, study)
    assert [one.transcript for one in proposed] == ["T0", "T2"]
    assert {one.strength for one in proposed} == {"weak"}
    labels = np.array([[1.0], [0.0], *[[np.nan]] * 4])
    assert make(codes).fit(frame, labels).founded(frame).all()


def test_codings_teach_what_the_codebook_does_not_say(study: study_of_words.Study) -> None:
    codes = tuple(Code(code.id, f"Name {at}") for at, code in enumerate(study.codes))
    train, test = study.halves()
    labels = np.where(train[:, None], study.labels, np.nan)
    scores = make(codes).fit(study.segments, labels).score(study.segments[test])
    chance = study.labels[test].mean(axis=0)
    assert np.nanmean(measures.average_precision(study.labels[test], scores.ranking) / chance) > 2


def test_containers_and_retired_codes_are_never_suggested() -> None:
    codes = (*CODES, Code("box", "Box", codable=False), Code("old", "Old", retired=True))
    frame = segments("The licence is expensive.", "An old box.")
    scores = make(codes).fit(frame, unread(frame, codes)).score(frame)
    assert np.isnan(scores.ranking[:, 3:]).all()
    assert not np.isnan(scores.ranking[:, :3]).any()
    assert "no code" in make(codes[3:]).fit(frame, unread(frame, codes[3:])).messages[0]


def test_an_empty_segment_gets_nothing_and_is_counted() -> None:
    frame = segments("The licence is expensive.", " ")
    suggester = make(CODES).fit(frame, unread(frame))
    assert np.isnan(suggester.score(frame).ranking[1]).all()
    assert "segments without text get no suggestions: 1" in suggester.messages
    assert suggester.explain(frame, [(1, 0)])[0].words == ()


@pytest.mark.parametrize("value", [0.0, 1.0])
def test_one_class_only_is_no_error(value: float) -> None:
    frame = segments("one text", "two texts", "three")
    labels = np.full((3, 3), value)
    suggester = make(CODES).fit(frame, labels)
    assert not np.isnan(suggester.score(frame).ranking).any()
    alone = make(CODES[:1]).fit(frame, labels[:, :1])
    assert not np.isnan(alone.score(frame).ranking).any()


def test_a_code_never_used_is_known_from_the_codebook(study: study_of_words.Study) -> None:
    labels = study.labels.copy()
    labels[:, 2] = 0
    suggester = make(study.codes).fit(study.segments, labels)
    (never,) = (one for one in suggester.messages if "never used" in one)
    assert never.endswith(f": {study.codes[2].name}"), "named as a person knows it"
    assert not np.isnan(suggester.score(study.segments).ranking).any()


def test_codings_in_one_transcript_have_no_probability() -> None:
    frame = segments(*["The licence is dear.", "My manager likes it."] * 10, transcripts="A" * 20)
    labels = np.tile([[1.0, 0, 0], [0, 1.0, 0]], (10, 1))
    suggester = make(CODES).fit(frame, labels)
    assert np.isnan(suggester.score(frame).probability).all()
    assert any("no probability" in one for one in suggester.messages)


def test_another_language_than_the_codebooks_is_said() -> None:
    frame = segments(*["Wij vinden dat prima zo."] * 12, language="nl")
    suggester = make(CODES).fit(frame, unread(frame))
    assert any("'nl'" in one and "keywords_nl" in one for one in suggester.messages)


def test_no_segments_at_all_is_no_error() -> None:
    frame = segments("A text about the licence.")
    suggester = make(CODES).fit(frame.iloc[:0], np.zeros((0, 3)))
    assert suggester.score(frame).ranking.shape == (1, 3)
    assert suggester.score(frame.iloc[:0]).ranking.shape == (0, 3)
    assert make(()).fit(frame, np.zeros((1, 0))).score(frame).ranking.shape == (1, 0)


def test_wrong_input_says_what_was_wanted() -> None:
    frame = segments("a", "b")
    with pytest.raises(ValueError, match=r"shape \(2, 2\), wanted \(2, 3\)"):
        make(CODES).fit(frame, np.zeros((2, 2)))
    with pytest.raises(ValueError, match="1, 0 or NaN"):
        make(CODES).fit(frame, np.full((2, 3), 0.5))
    with pytest.raises(ValueError, match="without speaker"):
        make(CODES).fit(frame.drop(columns="speaker"), np.zeros((2, 3)))


def test_the_words_that_weighed_most_are_spans_of_the_transcript() -> None:
    frame = segments("And then, the licence is expensive for us.")
    suggester = make(CODES).fit(frame, unread(frame))
    evidence = suggester.explain(frame, [(0, 0)])[0]
    said = [frame["text"][0][span.start : span.end] for span in evidence.words]
    assert any("licence" in one and "expensive" in one for one in said)
    assert list(evidence.weights) == sorted(evidence.weights, reverse=True)
    assert (evidence.field, evidence.matched) == ("example", "The licence is too expensive.")


def test_rankings_are_of_likenesses_when_few_are_coded_and_calibrated_when_many(
    study: study_of_words.Study,
) -> None:
    scores = make(study.codes).fit(study.segments, study.labels).score(study.segments)
    assert (study.labels == 1).any(axis=1).sum() < 250
    assert not np.isnan(scores.probability).any()
    many = study_of_words.make(segments=450, codes=6, groups=12)
    assert (many.labels == 1).any(axis=1).sum() >= 250
    scores = make(many.codes).fit(many.segments, many.labels).score(many.segments)
    assert np.allclose(scores.ranking, np.log(scores.probability / (1 - scores.probability)), atol=1e-6)


def test_the_state_changes_with_a_label_and_with_nothing_else(study: study_of_words.Study) -> None:
    frame, labels = study.segments.iloc[:40], study.labels[:40].copy()
    first, again = (make(study.codes).fit(frame, labels).state for _ in range(2))
    labels[3, 1] = 1 - labels[3, 1]
    assert first == again != make(study.codes).fit(frame, labels).state
    labels[3, 1] = np.nan
    assert make(study.codes).fit(frame, labels).state not in (first, "")


# Leakage


def test_shuffled_labels_score_at_chance(study: study_of_words.Study) -> None:
    train, test = study.halves()
    ratios = []
    for seed in range(4):
        random = np.random.default_rng(seed)
        codes = tuple(Code(code.id, f"Name {at}") for at, code in enumerate(study.codes))
        shuffled = study.labels[random.permutation(len(study.labels))]
        labels = np.where(train[:, None], shuffled, np.nan)
        scores = make(codes).fit(study.segments, labels).score(study.segments[test])
        truth = shuffled[test]
        ratios.append(np.nanmean(measures.average_precision(truth, scores.ranking)) / truth.mean())
    assert np.mean(ratios) == pytest.approx(1, abs=0.35)


def test_a_segments_own_label_has_no_part_in_its_out_of_fold_score(study: study_of_words.Study) -> None:
    frame, labels = study.segments.reset_index(drop=True), study.labels.copy()
    folds = fold_of_groups(frame["transcript"].to_numpy())

    def scores(known: np.ndarray) -> np.ndarray:
        suggester = make(study.codes, calibrate=False)

        def score(train: np.ndarray, test: np.ndarray) -> np.ndarray:
            hidden = np.full(known.shape, np.nan)
            hidden[train] = known[train]
            return suggester.fit(frame, hidden).score(frame.iloc[test]).ranking

        return out_of_fold(score, known, folds)

    before = scores(labels)
    mine = folds == folds[0]
    labels[mine] = 1 - labels[mine]
    assert np.array_equal(before[mine], scores(labels)[mine])


def test_calibration_sees_the_scores_that_refits_without_a_fold_give(study: study_of_words.Study) -> None:
    """What is cut out of one matrix of inner products equals a brute-force refit per fold."""
    frame, labels = study.segments.reset_index(drop=True), study.labels
    folds = fold_of_groups(frame["transcript"].to_numpy())
    whole = make(study.codes).fit(frame, labels)
    for fold in range(2):
        outside, inside = np.flatnonzero(folds != fold), np.flatnonzero(folds == fold)
        hidden = labels.copy()
        hidden[inside] = np.nan
        alone = make(study.codes, calibrate=False).fit(frame, hidden)
        rows = alone._features.transform(frame.iloc[inside])
        wanted = alone._model.apply(rows)
        given = whole.fold_logits_[inside]
        assert np.abs(wanted - given).max() < 0.05
        assert len(outside) + len(inside) == len(frame)


# The same on every machine


def test_one_core_or_two_give_the_same() -> None:
    code = (
        "import sys; sys.path.insert(0, 'tests/suggest')\n"
        "import study_of_words\n"
        "from mihqda.suggest.default import make\n"
        "s = study_of_words.make(segments=200, codes=5, groups=8)\n"
        "r = make(s.codes).fit(s.segments, s.labels).score(s.segments)\n"
        "import hashlib\n"
        "print(hashlib.sha256(r.probability.round(6).tobytes() + r.ranking.round(5).tobytes()).hexdigest())"
    )
    root = Path(__file__).parent.parent.parent
    said = {
        subprocess.run(
            [sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd=root,
            env={**os.environ, **dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), cores)},
        ).stdout
        for cores in ("1", "2")
    }  # fmt: skip
    assert len(said) == 1


def test_more_rows_than_fit_in_memory_give_the_same(
    study: study_of_words.Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = make(study.codes).fit(study.segments, study.labels).score(study.segments)
    monkeypatch.setattr("mihqda.suggest.default.MOST_ROWS", 10)
    multiplied = make(study.codes).fit(study.segments, study.labels).score(study.segments)
    assert np.abs(usual.probability - multiplied.probability).max() < 0.01


def test_every_shipped_codebook_can_be_suggested_from() -> None:
    codes = load_codebook(resolve("cfir2022")).codes
    frame = segments("De leiding staat er helemaal achter.", "It costs too much money for our clinic.")
    suggester = make(codes).fit(frame, unread(frame, codes))
    best = codes[int(np.nanargmax(suggester.score(frame).ranking[1]))]
    assert "cost" in best.id


class Letters:
    """An encoder that counts letters."""

    name, hash = "letters", "0" * 16

    def encode(self, texts: list[str]) -> np.ndarray:
        counts = np.array(
            [[text.lower().count(letter) for letter in "abcdefghij"] for text in texts], np.float32
        )
        return counts.reshape(-1, 10) / np.maximum(
            np.linalg.norm(counts.reshape(-1, 10), axis=1, keepdims=True), 1
        )


def test_sentence_embeddings_join_the_same_model(study: study_of_words.Study) -> None:
    suggester = make(study.codes, encoder=Letters()).fit(study.segments, study.labels)
    assert suggester.settings["model_hash"] == "0" * 16
    bare = make(study.codes).fit(study.segments, study.labels)
    ours, theirs = suggester.score(study.segments), bare.score(study.segments)
    assert ours.probability.shape == theirs.probability.shape
    assert not np.allclose(ours.ranking, theirs.ranking)
    assert suggester.state != bare.state
