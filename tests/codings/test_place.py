import pytest
from hypothesis import given
from hypothesis import strategies as st

from mihqda.codings.place import check_quote, locate
from mihqda.errors import InputError
from mihqda.spans import Span

TEXT = "P1: “We had no time” 😀 – really.\n\nP2: No  time?\nNone, it’s true. No time."


def test_a_quote_that_occurs_once_is_placed_exactly() -> None:
    span = locate(TEXT, "We had no time")
    assert span.quote(TEXT) == "We had no time"


def test_a_quote_typed_with_plain_marks_finds_the_typographic_ones() -> None:
    assert locate(TEXT, "None, it's true").quote(TEXT) == "None, it’s true"
    assert locate(TEXT, '"We had no time" 😀 - really').quote(TEXT) == "“We had no time” 😀 – really"


def test_a_quote_broken_over_lines_is_found() -> None:
    assert locate(TEXT, "No time? None").quote(TEXT) == "No  time?\nNone"


def test_a_quote_that_occurs_twice_is_refused_with_its_places() -> None:
    with pytest.raises(InputError, match=r"occurs 2 times, at \d+, \d+"):
        locate("no time, no time", "no time")


def test_overlapping_occurrences_are_occurrences() -> None:
    with pytest.raises(InputError, match="occurs 2 times"):
        locate("nanana", "nana")


@pytest.mark.parametrize("quote", ["", "  ", "nowhere in it"])
def test_errors_never_repeat_the_quote(quote: str) -> None:
    with pytest.raises(InputError) as error:
        locate(TEXT, quote)
    assert "nowhere in it" not in str(error.value)


def test_a_wrong_quote_is_told_by_offset_and_length_not_by_text() -> None:
    with pytest.raises(InputError, match="differ from character 7") as error:
        check_quote(TEXT, Span(5, 19), "We had some time")
    assert "some" not in str(error.value)


def test_line_ends_of_windows_do_not_make_a_quote_wrong() -> None:
    check_quote("a\nb", Span(0, 3), "a\r\nb")


@given(st.text(min_size=1, max_size=60), st.data())
def test_every_unique_stretch_is_found_where_it_is(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    quote = text[start:end]
    occurrences = sum(text.startswith(quote, at) for at in range(len(text)))
    if occurrences == 1 and quote.strip():
        assert locate(text, quote) == Span(start, end)
