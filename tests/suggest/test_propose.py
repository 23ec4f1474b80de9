import numpy as np
import pytest
from fake_suggester import Fake
from hypothesis import given, settings
from hypothesis import strategies as st
from studies import make_study, small_study

from mihqda.codebook import Code
from mihqda.spans import Span
from mihqda.suggest.material import labels_of, segments_of
from mihqda.suggest.model import Scores, suggestion_id
from mihqda.suggest.propose import choose, nearest_quotes, propose, roll_up, strengths_of

TIME, ROLE = Code("load", "Load", keywords=("time",)), Code("role", "Role", keywords=("who",))
STUDY = make_study(
    {
        "I1": "P1: <load>No time at all.</load>\n\nP1: Time, time, time.\n\nP1: I know who.",
        "I2": "P1: <load>There was no time left.</load>\n\nP1: <role>Who knew who was who.</role>",
    },
    people="p: P1",
)
SEGMENTS = segments_of(STUDY)


def test_what_passes_its_threshold_is_proposed_with_all_that_a_reader_needs() -> None:
    found = propose(Fake([TIME, ROLE]), SEGMENTS, [TIME, ROLE], STUDY, state="abc")
    assert [(one.transcript, one.span.quote(STUDY.texts[one.transcript]), one.code) for one in found] == [
        ("I1", "No time at all.", "load"), ("I1", "Time, time, time.", "load"), ("I1", "I know who.", "role"),
        ("I2", "There was no time left.", "load"), ("I2", "Who knew who was who.", "role"),
    ]  # fmt: skip
    one = found[1]
    assert one.id == suggestion_id("I1", one.span, "load", "fake")
    assert (one.probability, one.strength, one.suggester, one.version) == (1.0, "strong", "fake", "1")
    assert (one.settings, one.state, one.unit) == ({"seed": 0}, "abc", "turn")
    assert one.evidence.words == (Span(one.span.start, one.span.start + 1),)


def test_where_something_is_known_nothing_is_proposed() -> None:
    labels = labels_of(STUDY, SEGMENTS, [TIME, ROLE])
    assert not np.isnan(labels).any()
    assert propose(Fake([TIME, ROLE]), SEGMENTS, [TIME, ROLE], STUDY, labels=labels) == ()
    labels[1, 0] = np.nan
    (one,) = propose(Fake([TIME, ROLE]), SEGMENTS, [TIME, ROLE], STUDY, labels=labels)
    assert (one.code, one.coded) == ("load", 3)


def test_containers_and_retired_codes_are_never_proposed() -> None:
    codes = [TIME.replace(retired=True), ROLE.replace(codable=False)]
    assert propose(Fake(codes), SEGMENTS, codes, STUDY) == ()


def test_no_segments_and_no_codes_give_nothing() -> None:
    assert propose(Fake([TIME]), SEGMENTS.iloc[:0], [TIME], STUDY) == ()
    assert propose(Fake([]), SEGMENTS, [], STUDY) == ()


def test_the_nearest_quotes_are_of_that_code_and_never_of_the_segment_itself() -> None:
    found = propose(Fake([TIME, ROLE]), SEGMENTS, [TIME, ROLE], STUDY)
    assert [one.evidence.quotes for one in found] == [("c2",), ("c1", "c2"), ("c3",), ("c1",), ()]
    assert propose(Fake([TIME]), SEGMENTS, [TIME], STUDY, coders=("ben",))[1].evidence.quotes == ()


def test_quotes_without_a_word_are_near_nothing() -> None:
    study = make_study({"I1": "P1: <load>…</load>\n\nP1: No time."}, people="p: P1")
    assert nearest_quotes(study, segments_of(study), [(1, 0)], [TIME]) == [()]


def test_a_ranking_without_probabilities_is_held_against_the_threshold_and_weak_while_nothing_is_coded() -> (
    None
):
    found = propose(Fake([TIME, ROLE], is_sure=False), SEGMENTS, [TIME, ROLE], STUDY)
    assert len(found) == 5
    assert all(one.probability is None for one in found)
    assert {one.strength for one in found} == {"weak"}


def test_rankings_of_a_study_with_codings_are_told_by_thirds_and_ties_are_the_lower() -> None:
    def told(*ranking: float, **taught: bool) -> list[str]:
        scores = Scores(np.full((1, len(ranking)), np.nan), np.array([ranking]), np.zeros(len(ranking)))
        return list(strengths_of(scores, [(0, at) for at in range(len(ranking))], **taught))

    assert told(1, 2, 3, 4, 5, 6) == ["weak"] * 2 + ["medium"] * 2 + ["strong"] * 2
    assert told(1, 2, 3, 4, 5, 6, is_taught=False) == ["weak"] * 6
    assert told(2, 2, 2, 2) == ["weak"] * 4
    assert told(1, 1, 1, 9) == ["weak"] * 3 + ["strong"]
    assert told(1, 9, 9, 9) == ["weak"] * 4


def test_a_segment_gets_at_most_so_many_codes_the_highest_ranked_first() -> None:
    ranking = np.array([[0.2, 0.9, 0.5, np.nan]])
    scores = Scores(np.full((1, 4), np.nan), ranking, np.zeros(4))
    assert choose(scores, np.ones((1, 4), bool), top=2) == [(0, 1), (0, 2)]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(st.floats(0, 1), min_size=3, max_size=3), max_size=6), st.integers(1, 4))
def test_choosing_agrees_with_looking_at_every_pair(rows: list[list[float]], top: int) -> None:
    values = np.array(rows).reshape(len(rows), 3)
    threshold = np.array([0.2, 0.5, 0.8])
    found = choose(Scores(values, values, threshold), np.ones(values.shape, bool), top=top)
    for row in range(len(rows)):
        passing = [column for column in range(3) if values[row, column] >= threshold[column]]
        best = sorted(passing, key=lambda column: (-values[row, column], column))[:top]
        assert [column for at, column in found if at == row] == best


def test_probabilities_say_how_strong() -> None:
    scores = Scores(np.array([[0.7, 0.4, 0.1]]), np.zeros((1, 3)), np.zeros(3))
    assert strengths_of(scores, [(0, 0), (0, 1), (0, 2)]) == ["strong", "medium", "weak"]
    assert strengths_of(scores, []) == []


def test_parents_hold_what_is_below_them() -> None:
    codes = [
        Code("a", "A", codable=False),
        Code("b", "B", parent="a"),
        Code("c", "C", parent="a"),
        Code("d", "D"),
    ]
    rolled = roll_up(np.array([[np.nan, 0.5, 0.5, 0.1], [np.nan, np.nan, np.nan, np.nan]]), codes)
    assert rolled[0].tolist() == pytest.approx([0.75, 0.5, 0.5, 0.1])
    assert np.isnan(rolled[1]).all()


def test_the_same_study_gives_the_same_suggestions() -> None:
    study = small_study()
    segments = segments_of(study)
    codes = [TIME, ROLE]
    assert propose(Fake(codes), segments, codes, study) == propose(Fake(codes), segments, codes, study)
