"""Values as words."""

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from mihqda.reports.prose import clock, cut, fraction, is_right_to_left, listing, printable, show


@given(st.text(), st.integers(10, 60))
def test_a_cut_text_is_short_marked_and_begins_as_the_text(text: str, length: int) -> None:
    short = cut(text, length)
    assert len(short) <= max(length, 0) or short == text
    if short != text:
        assert short.endswith(" […]")
        assert text.startswith(short.removesuffix(" […]"))


@given(st.text(st.characters()))
def test_what_is_printable_can_stand_in_xml(text: str) -> None:
    element = etree.Element("a")
    element.text = printable(text)
    assert etree.fromstring(etree.tostring(element)).text == (printable(text) or None)


def test_ordinary_text_stays_as_it_is() -> None:
    assert printable("Café 🙂\n\tשלום") == "Café 🙂\n\tשלום"


@pytest.mark.parametrize("value", [math.nan, None, pd.NA])
def test_what_is_undefined_is_shown_alike(value: object) -> None:
    assert show(value) == "n/a"
    assert fraction(value, 7) == fraction(2, value) == "n/a"


def test_numbers_and_times_are_shown_plainly() -> None:
    assert [show(one) for one in (3, 3.0, 2.25, True, False, "")] == ["3", "3", "2.2", "yes", "", ""]
    assert [clock(one) for one in (0.0, 59.9, 3600.0, math.nan)] == ["0:00:00", "0:00:59", "1:00:00", ""]


def test_the_first_letter_decides_the_direction() -> None:
    assert is_right_to_left("… «12» שלום P1")
    assert not is_right_to_left("P1 שלום")
    assert not is_right_to_left("12 …")


def test_a_long_list_says_how_many_more() -> None:
    assert listing("abcd", limit=2) == "a, b and 2 more"
    assert listing("ab", limit=2) == "a, b"
