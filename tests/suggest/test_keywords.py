import json
import pickle
from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mihqda import registry
from mihqda.codebook import Code
from mihqda.errors import InputError
from mihqda.spans import Span
from mihqda.suggest.keywords import (
    ANY_HIT,
    HIT_COLUMNS,
    PRECISION_COLUMNS,
    find_hits,
    make,
    precision_of_keywords,
    wilson,
)
from mihqda.suggest.model import SEGMENT_COLUMNS

CODES = (
    Code("time", "Time", keywords=("time", "no hours"), attributes={"keywords_nl": ["tijd", "geen uren"]}),
    Code("team", "Team", keywords=("team*", "time"), attributes={"keywords_nl": ["team", "samenwerken"]}),
    Code("quiet", "Quiet"),
    Code("box", "Box", keywords=("time",), codable=False),
    Code("old", "Old", keywords=("time",), retired=True),
)


def segments(*texts: str, language: str | Sequence[str] = "en", start: int = 100) -> pd.DataFrame:
    languages = [language] * len(texts) if isinstance(language, str) else language
    rows, at = [], start
    for text, one in zip(texts, languages, strict=True):
        rows.append(("IV-1", at, at + max(1, len(text)), "turn", text, "participant", "", one))
        at += len(text) + 2
    return pd.DataFrame(rows, columns=list(SEGMENT_COLUMNS))


def test_it_is_registered_and_records_how_it_was_set() -> None:
    made = registry.load("mihqda.suggesters", "keywords")(
        CODES, seed=3, patterns={"quiet": ["hush*"]}, lemmas=False
    )
    assert made.name == "keywords"
    assert json.loads(json.dumps(made.settings)) == {
        "patterns": {"quiet": ["hush*"]},
        "languages": None,
        "is_inflected": True,
        "lemmas": "",
    }


def test_longer_keywords_weigh_more_and_shared_ones_less() -> None:
    frame = segments("no hours, no time", "the teams and the team", "nothing", "")
    scores = make(CODES).score(frame)
    assert np.isnan(scores.probability).all()
    nan = np.nan
    expected = [
        [2.5, 0.5, nan, nan, nan],
        [0, 1, nan, nan, nan],
        [0, 0, nan, nan, nan],
        [0, 0, nan, nan, nan],
    ]
    np.testing.assert_allclose(scores.ranking, expected)
    assert (scores.threshold == ANY_HIT).all()


def test_whatever_is_hit_is_over_the_threshold_and_nothing_else() -> None:
    shared = [Code(f"c{n}", "C", keywords=("time",)) for n in range(500)]
    scores = make(shared).score(segments("time", "tide"))
    assert (scores.ranking[0] >= scores.threshold).all()
    assert not (scores.ranking[1] >= scores.threshold).any()


def test_containers_and_retired_codes_are_never_suggested() -> None:
    scores = make(CODES, patterns={"box": ["time"], "old": ["time"]}).score(segments("time"))
    assert np.isnan(scores.ranking[0, 3:]).all()


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en", ["time", "team"]), ("nl", ["time"]), ("de", ["time", "team"]), ("und", ["time", "team"])],
)
def test_keywords_are_those_of_the_segments_language(language: str, expected: list[str]) -> None:
    text = {"en": "time", "nl": "time, tijd", "de": "time", "und": "tijd, team"}[language]
    found = find_hits(segments(text, language=language), CODES)
    assert list(dict.fromkeys(found["code"])) == expected


def test_in_mixed_talk_all_lists_are_looked_for_in_every_segment() -> None:
    frame = segments("no time, geen tijd", language="nl")
    assert find_hits(frame, CODES)["pattern"].tolist() == ["tijd"]
    found = find_hits(frame, CODES, languages=["en", "nl"])
    assert found["pattern"].tolist() == ["time", "time", "tijd"]
    assert found["negated"].all()


def test_a_keyword_in_two_languages_counts_once() -> None:
    both = [Code("a", "A", keywords=("onboarding",), attributes={"keywords_nl": ["onboarding"]})]
    assert make(both).score(segments("onboarding", language="und")).ranking.tolist() == [[1.0]]


def test_own_patterns_are_looked_for_in_every_language() -> None:
    frame = segments("We pasten het aan", "We pasten it aan", language=["nl", "en"])
    found = find_hits(frame, CODES, patterns={"quiet": ["aanpassen", "pasten NEAR/2 it"]})
    assert found[["start", "pattern"]].to_numpy().tolist() == [[103, "aanpassen"], [122, "pasten NEAR/2 it"]]


def test_hits_are_previewed_with_code_points_of_the_transcript() -> None:
    text = "Géén tĳd: geen u\u0308ren, en samen te werken"
    found = find_hits(segments("Dag", text, language="nl"), CODES)
    assert list(found.columns) == list(HIT_COLUMNS)
    quotes = [text[start - 105 : end - 105] for start, end in zip(found["start"], found["end"], strict=True)]
    assert quotes == ["tĳd", "geen u\u0308ren", "samen te werken"]
    assert found["negated"].tolist() == [True, False, True]
    assert found["transcript"].unique().tolist() == ["IV-1"]


def test_patterns_without_a_code_can_be_previewed() -> None:
    found = find_hits(segments("The team had no time"), {"my rule": ["time NEAR/1 no"], "other": ["nobody"]})
    assert found.to_numpy().tolist() == [["my rule", "IV-1", 113, 120, "time NEAR/1 no", False]]
    assert find_hits(segments(), {"my rule": ["time"]}).dtypes["start"] == "int64"


def test_evidence_has_spans_of_hits_negations_and_the_keyword() -> None:
    frame = segments("Hello", "We had no hours and not much time", "x")
    hours, team, none = make(CODES).explain(frame, [(1, 0), (1, 1), (2, 0)])
    assert hours.words == (Span(114, 122), Span(136, 140))
    assert hours.weights == (2.0, 0.5)
    assert hours.negated == (Span(114, 116), Span(127, 130))  # the first is near "time"
    assert (hours.field, hours.matched) == ("keyword", "no hours")
    assert team.matched == "time"
    assert (none.words, none.weights, none.field, none.matched) == ((), (), "", "")


def test_a_negated_hit_is_proposed_all_the_same() -> None:
    scores = make(CODES).score(segments("there was never time", "there was time"))
    assert scores.ranking[0, 0] == scores.ranking[1, 0] > 0


def test_rows_without_end_segments_and_odd_indices_are_no_trouble() -> None:
    rules = make(CODES)
    assert rules.fit(segments(), np.zeros((0, 5))).score(segments()).ranking.shape == (0, 5)
    assert rules.explain(segments(), []) == []
    assert make([]).score(segments("time")).ranking.shape == (1, 0)
    frame = segments("time", "team").set_index(pd.Index([7, 7]))
    np.testing.assert_array_equal(rules.score(frame).ranking[:, :2] > 0, [[True, True], [False, True]])


def test_learning_changes_nothing_and_a_copy_scores_alike() -> None:
    frame = segments("time", "team", "no hours")
    before = make(CODES).score(frame).ranking
    rules = make(CODES, seed=5).fit(frame, np.zeros((3, 5)))
    np.testing.assert_array_equal(rules.score(frame).ranking, before)
    np.testing.assert_array_equal(pickle.loads(pickle.dumps(rules)).score(frame).ranking, before)


@given(st.permutations(range(6)))
def test_a_segments_score_depends_on_nothing_but_itself(order: list[int]) -> None:
    texts = ["time", "geen tijd", "teamwork", "", "no hours", "samen gewerkt"]
    languages = ["en", "nl", "en", "nl", "und", "nl"]
    whole = make(CODES).score(segments(*texts, language=languages)).ranking
    mixed = segments(*[texts[at] for at in order], language=[languages[at] for at in order])
    np.testing.assert_array_equal(make(CODES).score(mixed).ranking, whole[order])


def test_what_cannot_be_read_names_code_pattern_and_place() -> None:
    with pytest.raises(InputError, match=r"^code bad: pattern '\*\*', at 1: "):
        make([Code("bad", "Bad", keywords=("good", "**"))])
    with pytest.raises(InputError, match=r"^code bad: pattern 'a NEAR', at 3: "):
        make([Code("bad", "Bad", attributes={"keywords_nl": ["a NEAR"]})])
    with pytest.raises(InputError, match="patterns for unknown codes: nobody; see: mihqda codebook list"):
        make(CODES, patterns={"nobody": ["time"]})
    with pytest.raises(InputError, match=r"^my rule: pattern '', at 1: it has no words"):
        find_hits(segments("time"), {"my rule": [""]})


def test_lemmas_that_are_asked_for_must_be_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mihqda.suggest.keywords.lemma_version", lambda: "")
    assert make(CODES).settings["lemmas"] == ""
    with pytest.raises(InputError, match="pip install spacy-lookups-data"):
        make(CODES, lemmas=True)


def test_precision_counts_read_segments_per_code_and_language() -> None:
    frame = segments("time", "time", "no hours", "tijd", "time", language=["en", "en", "en", "nl", "en"])
    labels = np.array([[1, 0], [0, 1], [1, 0], [0, 0], [np.nan, 0]], float)
    found = precision_of_keywords(frame, labels, CODES[:2])
    assert list(found.columns) == list(PRECISION_COLUMNS)
    counted = [list(row) for row in found[["code", "language", "hits", "right"]].to_numpy()]
    assert counted == [
        ["", "en", 6, 3],
        ["time", "en", 3, 2],
        ["team", "en", 3, 1],
        ["", "nl", 1, 0],
        ["time", "nl", 1, 0],
    ]
    row = found.iloc[1]
    assert (row["precision"], row["low"], row["high"]) == pytest.approx((2 / 3, *wilson(2, 3)))


# Newcombe 1998, doi 10.1002/(SICI)1097-0258(19980430)17:8<857::AID-SIM777>3.0.CO;2-E, table I, method 3
@pytest.mark.parametrize(
    ("right", "hits", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_intervals_are_those_of_the_published_examples(
    right: int, hits: int, low: float, high: float
) -> None:
    assert wilson(right, hits) == pytest.approx((low, high), abs=5e-5)


def test_of_no_hits_there_is_no_interval() -> None:
    assert np.isnan(wilson(0, 0)).all()
    assert precision_of_keywords(segments("x"), np.zeros((1, 5)), CODES).empty
