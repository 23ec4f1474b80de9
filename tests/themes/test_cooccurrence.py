from itertools import combinations

import pytest
from brute_force import Count
from hypothesis import given, settings
from hypothesis import strategies as st
from random_studies import CODABLE, filters, studies
from studies import make_study, small_study

from mihqda.errors import InputError
from mihqda.filters import Filter
from mihqda.snapshot import Snapshot
from mihqda.themes.cooccurrence import COLUMNS, UNITS, cooccurrence

PEOPLE = "g: P1 P2 P3"


def met(study: Snapshot, **options: object) -> dict[tuple[str, str], tuple[int, int, int]]:
    return {row[:2]: row[2:] for row in cooccurrence(study, **options).itertuples(index=False, name=None)}


@settings(max_examples=10, deadline=None)
@given(st.data())
def test_overlap_equals_the_brute_force_count(data: st.DataObject) -> None:
    study = data.draw(studies())
    chosen = data.draw(filters(study))
    count = Count(study, chosen)
    expected = {pair: count.together(*pair) for pair in combinations(CODABLE, 2)}
    assert met(study.select(chosen)) == {pair: row for pair, row in expected.items() if row}


@settings(max_examples=10, deadline=None)
@given(st.data())
def test_units_equal_the_brute_force_count(data: st.DataObject) -> None:
    study = data.draw(studies())
    chosen = data.draw(filters(study))
    count = Count(study, chosen)
    turns: dict[str, list[tuple[int, int]]] = {name: [] for name in study.texts}
    for row in study.turns.itertuples():
        turns[row.transcript].append((row.start, row.end))
    whole = {name: [(0, len(text))] for name, text in study.texts.items()}
    for unit, units in (("turn", turns), ("transcript", whole)):
        expected = {pair: count.in_same(*pair, units) for pair in combinations(CODABLE, 2)}
        assert met(study.select(chosen), unit=unit) == {pair: row for pair, row in expected.items() if row}


def test_stretches_count_once_whoever_coded_them() -> None:
    study = make_study({"I1": "P1: <a><a @ben><b>One</b> two</a @ben> <b>three.</b></a>"}, people=PEOPLE)
    assert met(study) == {("a", "b"): (2, 1, 1)}


def test_one_shared_character_is_enough() -> None:
    study = make_study({"I1": "P1: <a>One<b>s</a> two.</b> <a>Three</a><b>four.</b>"}, people=PEOPLE)
    assert met(study) == {("a", "b"): (1, 1, 1)}


def test_people_are_those_inside_the_overlap() -> None:
    study = make_study({"F1": "P1: <a>One.\n\nP2: <b>Two.</a>\n\nP3: Three.</b>"}, people=PEOPLE)
    assert met(study) == {("a", "b"): (1, 1, 1)}


def test_white_space_labels_backchannels_and_questions_do_not_make_codes_meet() -> None:
    study = make_study(
        {"F1": "P1: <a>One.\n\n<b>P2: Hm.\n\nInterviewer: Why?\n\n</a>P2: Two.</b>"}, people=PEOPLE
    )
    assert met(study) == {}
    assert met(study.select(Filter(with_interviewer=True))) == {("a", "b"): (1, 0, 1)}


def test_parents_are_not_rolled_up() -> None:
    study = make_study({"I1": "P1: <a.one><b>One.</b></a.one>"}, people=PEOPLE, codes="a\n  a.one\nb")
    assert met(study) == {("a.one", "b"): (1, 1, 1)}


def test_pairs_stand_in_the_codebooks_order() -> None:
    study = make_study({"I1": "P1: <a><b><c>One.</c></b></a>"}, people=PEOPLE, codes="c\na\nb")
    table = cooccurrence(study)
    assert list(zip(table["code_a"], table["code_b"], strict=True)) == [("c", "a"), ("c", "b"), ("a", "b")]


def test_strangers_meet_in_segments_but_are_no_participants() -> None:
    study = make_study({"F1": "Speaker 3: <a><b>One.</b></a>"}, people=PEOPLE)
    assert met(study) == {("a", "b"): (1, 0, 1)}


def test_a_turn_is_shared_without_overlap() -> None:
    study = make_study({"I1": "P1: <a>One.</a> Two. <b>Three.</b>\n\nP1: <b>Four.</b>"}, people=PEOPLE)
    assert met(study) == {}
    assert met(study, unit="turn") == {("a", "b"): (1, 1, 1)}


def test_in_a_transcript_the_participants_are_those_of_both_codes() -> None:
    study = make_study({"F1": "P1: <a>One.</a>\n\nP2: <b>Two.</b>"}, people=PEOPLE)
    assert met(study, unit="turn") == {}
    assert met(study, unit="transcript") == {("a", "b"): (1, 0, 1)}


TALK = """
    Interviewer: Why?

    P1: It was <a>slow.</a> It was <b>hard.</b>

    And there was <c>nobody.</c>

    P1: <d>Nobody at all.</d>

    Interviewer: And then?

    P1: Then it <e>was over.</e>
"""
PAIRS = {
    "turn": {"ab", "ac", "bc"},
    "sentence": set(),
    "paragraph": {"ab"},
    "exchange": {"ab", "ac", "ad", "bc", "bd", "cd"},
    "transcript": {"ab", "ac", "ad", "ae", "bc", "bd", "be", "cd", "ce", "de"},
}


@pytest.mark.parametrize("unit", PAIRS)
def test_codes_meet_in_the_same_unit(unit: str) -> None:
    study = make_study({"I1": TALK}, people=PEOPLE)
    assert {"".join(pair) for pair in met(study, unit=unit)} == PAIRS[unit]


def test_windows_hold_as_many_turns_as_asked() -> None:
    study = make_study({"I1": "P1: <a>One.</a>\n\nP2: Two.\n\nP1: <b>Three.</b>"}, people=PEOPLE)
    assert met(study, unit="window", size=2) == {}
    assert met(study, unit="window", size=3) == {("a", "b"): (1, 1, 1)}


def test_an_unknown_unit_is_refused() -> None:
    with pytest.raises(InputError, match="unknown unit 'line'; there are: overlap, turn, exchange, "):
        cooccurrence(small_study(), unit="line")
    with pytest.raises(InputError, match="at least 1 turn, got 0"):
        cooccurrence(small_study(), unit="window", size=0)
    assert set(PAIRS) | {"overlap", "window"} == set(UNITS)


@pytest.mark.parametrize("study", [small_study(), make_study({"I1": "P1: Hm."})])
def test_counts_are_whole_numbers(study: Snapshot) -> None:
    table = cooccurrence(study)
    assert tuple(table.columns) == COLUMNS
    assert [str(table[name].dtype) for name in COLUMNS[2:]] == ["Int64"] * 3
