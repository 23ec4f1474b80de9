import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from studies import make_study, small_study

from mihqda.codings.overlap import TurnSpans, overlapping_turns

ALPHABET = "ab 🙂\n\u0301\u00a0\x1c"


@st.composite
def texts_with_turns(draw: st.DrawFn) -> tuple[str, list[tuple[int, int]]]:
    text = draw(st.text(ALPHABET, min_size=1, max_size=20))
    edges = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    return text, [(edges[i], edges[i + 1]) for i in range(0, len(edges) - 1, draw(st.sampled_from((1, 2))))]


def speech(text: str, turns: list[tuple[int, int]]) -> set[int]:
    return {at for start, end in turns for at in range(start, end) if not text[at].isspace()}


@given(texts_with_turns(), st.integers(0, 20), st.integers(1, 20))
def test_a_turn_is_overlapped_if_both_share_more_than_white_space(
    case: tuple[str, list[tuple[int, int]]], start: int, length: int
) -> None:
    text, turns = case
    end = min(start + length, len(text))
    spans = TurnSpans(text, turns)
    found = [spans.numbers[at] for at in spans.overlapped(start, end)]
    stretch = set(range(start, end))
    assert found == [number for number, turn in enumerate(turns) if speech(text, [turn]) & stretch]


@given(texts_with_turns(), st.integers(0, 20))
def test_following_is_the_next_character_of_speech(
    case: tuple[str, list[tuple[int, int]]], position: int
) -> None:
    text, turns = case
    later = [at for at in speech(text, turns) if at >= position]
    assert TurnSpans(text, turns).following(position) == min(later, default=len(text) + 1)


def test_every_pair_of_coding_and_turn_is_a_row() -> None:
    study = make_study({"F1": "P1: It <a>was.\n\nP2: Hm.\n\nP1: It was.</a>", "I1": "P1: <b>One.</b>"})
    found = overlapping_turns(study.codings, study.turns, study.texts)
    assert list(found.itertuples(index=False, name=None)) == [
        ("c1", "F1", 0, False), ("c1", "F1", 1, True), ("c1", "F1", 2, False), ("c2", "I1", 0, False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "talk", ["# <a>Heading</a>\nP1: One.", "P1: One.<a> \n\nP2: </a>Two.", "<a>just text</a>"]
)
def test_a_coding_outside_all_turns_has_no_row(talk: str) -> None:
    study = make_study({"I1": talk})
    assert overlapping_turns(study.codings, study.turns, study.texts).empty


def test_the_columns_keep_their_types_without_rows() -> None:
    study = small_study()
    none = overlapping_turns(study.codings.iloc[:0], study.turns, study.texts)
    some = overlapping_turns(study.codings, study.turns, study.texts)
    assert list(none.columns) == list(some.columns)
    assert pd.api.types.is_integer_dtype(none["turn"])
    assert pd.api.types.is_bool_dtype(none["is_backchannel"])
