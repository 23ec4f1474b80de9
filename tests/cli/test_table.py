"""A table at eighty columns holds every cell's text, whatever is in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from mihqda.cli.output import print_table, say
from mihqda.cli.table import KEEP, lay_out, wrap

WORD = st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=30)
CELL = st.lists(WORD, max_size=8).map(" ".join)


def squeezed(text: str) -> str:
    return "".join(text.split())


@given(CELL, st.integers(4, 90))
def test_wrapped_lines_fit_and_hold_the_whole_text(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert max(map(cell_len, lines)) <= width
    assert squeezed("".join(lines)) == squeezed(text)


def test_words_stay_whole_where_a_line_holds_them() -> None:
    assert wrap("one two three", 8) == ["one two", "three"]
    assert wrap("one two three", 7, indent="  ") == ["one two", "  three"]
    assert wrap("mih.theme.role_ambiguity", 12) == ["mih.theme.", "role_", "ambiguity"]
    assert wrap(f".14 [.10,{KEEP}.20]", 12) == [".14", f"[.10,{KEEP}.20]"]
    assert wrap("a\n\nb", 8) == ["a", "", "b"]


@given(st.lists(st.tuples(CELL, CELL, CELL), min_size=1, max_size=3), st.integers(40, 120))
def test_every_cell_is_in_its_column_and_no_line_is_too_wide(
    rows: list[tuple[str, str, str]], width: int
) -> None:
    for row in rows:
        head, rule, *lines = lay_out(("a", "b", "c"), [row], width=width)
        assert cell_len(rule) <= width
        assert all(cell_len(line) <= cell_len(rule) for line in (head, *lines))
        said = squeezed("".join(lines))
        assert sorted(said) == sorted(squeezed("".join(row)))


def test_numbers_are_never_folded_and_a_table_that_cannot_fit_grows_wider() -> None:
    columns = [f"column {number}" for number in range(12)]
    row = ["a long name of something", *["123456.7"] * 11]
    lines = lay_out(columns, [row], width=80, numbers=[False] + [True] * 11)
    assert " ".join(lines).count("123456.7") == 11


def test_zero_has_no_sign(capsys: pytest.CaptureFixture[str]) -> None:
    print_table(["what", "how much"], [["gain", -0.01]])
    assert "-0.0" not in capsys.readouterr().out


def test_sentences_are_broken_between_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    say("suggestions there are guesses until some are coded")
    assert capsys.readouterr().out == "suggestions there are guesses until some\nare coded\n"
