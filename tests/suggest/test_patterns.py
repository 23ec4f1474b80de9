import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mihqda.errors import InputError
from mihqda.suggest.patterns import Term, parse


def words(text: str) -> list[list[str]]:
    return [[term.word for term in phrase] for phrase in parse(text).phrases]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("kick-off", [["kick", "off"]]),
        ("Cliëntenraad", [["clientenraad"]]),
        ("iets extra's", [["iets", "extra", "s"]]),
        ("no|geen tijd", [["no"], ["geen", "tijd"]]),
        ("not motivated", [["not", "motivated"]]),
        ("near the team", [["near", "the", "team"]]),
        ("re_do (it)", [["re", "do", "it"]]),
        ('"the team"', [["the", "team"]]),
    ],
)
def test_phrases_are_cut_into_folded_words(text: str, expected: list[list[str]]) -> None:
    assert words(text) == expected


def test_marks_are_read_at_their_words() -> None:
    (phrase,) = parse("key-user* =met").phrases
    assert phrase == (Term("key"), Term("user", is_prefix=True), Term("met", is_exact=True))


def test_conditions_say_how_near_and_how_far() -> None:
    pattern = parse("time | hours NEAR/3 no|little NOT next time NOT/0 =hours NEAR team")
    assert [(one.kind, one.within, len(one.phrases)) for one in pattern.conditions] == [
        ("near", 3, 2),
        ("not", None, 1),
        ("not", 0, 1),
        ("near", 10, 1),
    ]
    assert len(pattern.phrases) == 2
    assert pattern.words == 3


@pytest.mark.parametrize(
    ("text", "place", "reason"),
    [
        ("", 1, "it has no words"),
        ("?!", 1, "it has no words"),
        ("team *", 6, "* has no letters on its left"),
        ("le*d", 3, "* stands only at the end of a word"),
        ("the a*", 5, "a* is met by too much"),
        ("NEAR/3 time", 1, "NEAR/3 has no words on its left"),
        ("time NEAR/3", 6, "NEAR/3 has no words on its right"),
        ("time NEAR NOT no", 11, "NOT has no words on its left"),
        ("time |", 6, "| has no words on its right"),
        ("a || b", 4, "| has no words on its left"),
        ("time NEAR/x no", 6, "NEAR/x needs a whole number of words, 0 to 100, such as NEAR/5"),
        ("time NOT/101 no", 6, "NOT/101 needs a whole number"),
        ("time NOT/ no", 6, "NOT/ needs a whole number"),
        ("time near/3 no", 6, "operators stand alone and in capitals: NEAR/3"),
        ("(time | hours) NEAR no", 1, "no brackets: | binds first"),
        ("the = team", 5, "= has no word on its right"),
    ],
)
def test_what_cannot_be_read_names_pattern_and_place(text: str, place: int, reason: str) -> None:
    with pytest.raises(InputError, match=re.escape(f"pattern {text!r}, at {place}: {reason}")):
        parse(text)


@given(st.text(st.sampled_from("ab*=|/ NEARNOT5é-()\n"), max_size=25))
def test_any_text_is_read_or_refused_with_a_place_in_it(text: str) -> None:
    try:
        pattern = parse(text)
    except InputError as error:
        at = int(re.findall(r", at (\d+): ", str(error))[-1])
        assert 1 <= at <= max(1, len(text))
    else:
        assert pattern.words >= 1
        assert all(pattern.phrases)
