import math
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mihqda.errors import InputError
from mihqda.tables import parse_number
from mihqda.tables.values import guard, is_like_formula, simplify, to_text, unguard


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", 12), (" 12 ", 12), ("1,5", 1.5), ("1.5", 1.5), (",5", 0.5), ("5,", 5), ("-1,5", -1.5),
        ("−3", -3), ("+2", 2), ("1.234,5", 1234.5), ("1,234.5", 1234.5), ("1.234.567", 1234567),
        ("1,234,567.8", 1234567.8), ("1 234", 1234), ("1\u00a0234,5", 1234.5), ("1\u202f234", 1234),
        ("1'234.5", 1234.5), ("1’234", 1234), ("1.234", 1.234), ("1,234", 1.234), ("1e3", 1000), ("007", 7),
    ],
)  # fmt: skip
def test_numbers_are_read_with_decimal_comma_and_point(text, number):
    assert parse_number(text) == number


@pytest.mark.parametrize(
    "text",
    ["", " ", "x", "1,2,3", "1.2.3", "1.234.56", "12.34,5,6", "1,5 kg", "nan", "inf", "1e999", "0x1", "٣", "5%",
     "1_000", "--1", "1.234.567.8", "1,234,567,8", "."],
)  # fmt: skip
def test_what_is_no_number_is_refused(text):
    with pytest.raises(InputError, match="number"):
        parse_number(text)


def test_a_long_text_is_not_repeated_in_the_message():
    with pytest.raises(InputError) as caught:
        parse_number("secret " * 100)
    assert len(str(caught.value)) < 100


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_number_survives_as_text_also_with_a_comma(number):
    assert parse_number(to_text(number)) == number
    assert parse_number(to_text(number).replace(".", ",")) == number


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""), (float("nan"), ""), (np.nan, ""), (np.float32("nan"), ""), (pd.NA, ""), (pd.NaT, ""), ("", ""),
        (7, "7"), (7.0, "7"), (0.5, "0.5"), (-0.0, "0"), (1e300, "1e+300"), (np.int64(7), "7"),
        (np.float64(7), "7"), (np.float64(0.1), "0.1"), (float("inf"), "inf"), (Decimal("1.50"), "1.50"),
        (True, "true"), (False, "false"), (np.True_, "true"),
        (date(2026, 1, 31), "2026-01-31"), (datetime(2026, 1, 31), "2026-01-31"),
        (datetime(2026, 1, 31, 14, 5), "2026-01-31T14:05:00"), (pd.Timestamp("2026-01-31"), "2026-01-31"),
        (time(14, 5), "14:05:00"), (timedelta(hours=1, minutes=2, seconds=3), "1:02:03"),
        (timedelta(hours=30), "30:00:00"), (timedelta(seconds=-90), "-0:01:30"),
        (["a", 1], '["a", 1]'), (("é",), '["é"]'), ({"a": None}, '{"a": null}'), ([date(2026, 1, 1)], '["2026-01-01"]'),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"), ("007", "007"), (" x ", " x "),
    ],
)  # fmt: skip
def test_values_become_the_text_that_a_person_expects(value, text):
    assert to_text(value) == text


def test_numpy_values_become_pythons_own():
    assert type(simplify(np.int64(3))) is int
    assert type(simplify(np.float64(0.5))) is float
    assert type(simplify(np.bool_(True))) is bool
    assert simplify(math.nan) is None


@pytest.mark.parametrize("text", ["=1", "+31 6", "-x", "@sum", "\tx", "--", "+/-", "-1-2", "=", "@"])
def test_texts_like_formulas_are_guarded(text):
    assert is_like_formula(text)
    assert guard(text) == "'" + text


@pytest.mark.parametrize(
    "text", ["", "x", "+", "-", "−", "−1", "-1", "-1,5", "+2", "-1e5", "'", "'t is", " =1"]
)
def test_signs_numbers_and_ordinary_texts_are_not_guarded(text):
    assert not is_like_formula(text)
    assert guard(text) == text


@given(st.text(st.sampled_from("'=+-@\t1,x ")) | st.text())
def test_reading_takes_away_exactly_what_writing_added(text):
    assert unguard(guard(text)) == text
    assert not is_like_formula(guard(text))
