import doctest
from importlib import import_module

import pytest

from mihqda.codebook.plain import explain_id, is_id, parse_flag, parse_scalar, plain, propose_id
from mihqda.errors import InputError


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("", None), ("~", None), ("Null", None), ("true", True), ("False", False), ("12", 12), ("-3", -3),
        ("0.5", 0.5), ("1e+16", 1e16), ("0.10", "0.10"), ("007", "007"), ("+5", "+5"), ("1_000", "1_000"),
        ("12:30", "12:30"), ("0x1F", "0x1F"), ("nan", "nan"), ("inf", "inf"), (".inf", ".inf"), ("1e999", "1e999"),
        ("yes", "yes"), ("no", "no"), ("on", "on"), ("2024-01-31", "2024-01-31"), ("٣", "٣"), ("-0", "-0"),
    ],
)  # fmt: skip
def test_a_number_is_one_only_if_it_is_written_the_same_way_again(written, meant):
    assert parse_scalar(written) == meant
    assert type(parse_scalar(written)) is type(meant)


@pytest.mark.parametrize("word", ["true", "TRUE", "yes", "on", "1", "ja", "WAAR", "wahr", " x "])
def test_words_for_true(word):
    assert parse_flag(word) is True


@pytest.mark.parametrize("word", ["false", "No", "off", "0", "nee", "ONWAAR", "falsch", "faux"])
def test_words_for_false(word):
    assert parse_flag(word) is False


@pytest.mark.parametrize("word", ["", "maybe", "2"])
def test_other_words_are_refused(word):
    with pytest.raises(InputError, match="true or false is wanted"):
        parse_flag(word)


def test_ids_and_proposals():
    assert is_id("mih.theme.rôle")
    assert not any(is_id(text) for text in ("", "a b", "a\u00a0b", "a\n", "#a", "a\x00"))
    assert propose_id("# role \x07 clarity") == "role_clarity"
    assert explain_id(" ") == "id ' ' is empty, has white space or begins with #"


def test_plain_data_is_a_copy():
    inner = ["a"]
    copy = plain({"x": (inner, {"y": None})})
    inner.append("b")
    assert copy == {"x": [["a"], {"y": None}]}


@pytest.mark.parametrize(
    "module",
    ["plain", "schema", "yaml", "diff", "model", "cells", "tabular", "update", "revise", "crosswalk"],
)
def test_examples_in_docstrings(module):
    assert doctest.testmod(import_module(f"mihqda.codebook.{module}")).failed == 0
