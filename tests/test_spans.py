from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mihqda.spans import Span, merge, trim

SIZE = 40
spans = st.tuples(st.integers(0, SIZE - 1), st.integers(1, SIZE)).map(lambda at: Span(at[0], at[0] + at[1]))


def covered(*these):
    """Return the positions that spans cover, counted one by one."""
    return {position for span in these for position in range(span.start, span.end)}


@given(spans, spans)
def test_the_intersection_covers_what_both_cover(one, other):
    both = one & other
    assert (covered(both) if both else set()) == covered(one) & covered(other)
    assert both == other & one


@given(spans, spans, spans)
def test_intersections_can_be_taken_in_any_order(one, other, third):
    left = one & other
    right = other & third
    assert (left & third if left else None) == (one & right if right else None)


@given(spans, spans)
def test_the_union_is_the_smallest_span_over_both(one, other):
    both = one | other
    assert both == other | one
    assert both.covers(one)
    assert both.covers(other)
    assert {both.start, both.end} <= {one.start, one.end, other.start, other.end}
    gap = one.gap(other)
    assert covered(both) == covered(one, other) | (covered(gap) if gap else set())


@given(spans, spans, spans)
def test_unions_can_be_made_in_any_order(one, other, third):
    assert (one | other) | third == one | (other | third)
    assert one | one == one & one == one


@given(spans, spans)
def test_two_spans_overlap_touch_or_have_a_gap(one, other):
    touch = one.end == other.start or other.end == one.start
    assert [one.overlaps(other), touch, one.gap(other) is not None].count(True) == 1
    assert one.overlaps(other) == other.overlaps(one) == bool(covered(one) & covered(other))
    assert one.gap(other) == other.gap(one)


@given(spans, spans)
def test_covering_is_an_order(one, other):
    assert one.covers(one)
    assert (
        one.covers(other)
        == (covered(other) <= covered(one))
        == (one & other == other)
        == (one | other == one)
    )
    if one.covers(other) and other.covers(one):
        assert one == other


@given(spans, st.integers(0, 2 * SIZE))
def test_positions_are_inside_or_not(span, position):
    assert (position in span) == (position in covered(span))
    assert len(span) == len(covered(span))


@given(st.lists(spans, max_size=8))
def test_merged_spans_are_disjoint_in_order_and_cover_the_same(these):
    merged = merge(these)
    assert covered(*merged) == covered(*these)
    assert all(one.gap(other) for one, other in pairwise(merged))
    assert list(merged) == sorted(merged)
    assert merge(merged) == merged == merge(reversed(these))


def test_touching_spans_merge_and_nothing_merges_to_nothing():
    assert merge([Span(2, 4), Span(0, 2)]) == (Span(0, 4),)
    assert merge([]) == ()


@given(spans, st.text(st.sampled_from("ab \n\t\u00a0\u2028😀"), min_size=2 * SIZE, max_size=2 * SIZE))
def test_trimming_takes_white_space_from_the_ends_only(span, text):
    trimmed = trim(span, text)
    if trimmed is None:
        assert span.quote(text).isspace()
    else:
        assert span.covers(trimmed)
        assert trimmed.quote(text) == span.quote(text).strip()
        assert trim(trimmed, text) == trimmed


@given(st.text(min_size=1), st.data())
def test_a_quote_is_what_lies_under_the_span_in_code_points(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    quote = Span(start, end).quote(text)
    assert text[:start] + quote + text[end:] == text
    assert len(quote) == len(Span(start, end))


def test_an_emoji_is_one_code_point_and_a_combining_accent_its_own():
    assert Span(1, 3).quote("a😀e\u0301") == "😀e"


def test_a_quote_beyond_the_text_is_refused_without_the_text():
    with pytest.raises(ValueError, match=r"^span 2:9 reaches beyond the text of 6 characters$"):
        Span(2, 9).quote("secret")


@pytest.mark.parametrize(("start", "end"), [(0, 0), (5, 5), (5, 4), (-1, 3), (-3, -1)])
def test_there_is_no_empty_backward_or_negative_span(start, end):
    with pytest.raises(ValueError, match=f"got {start}:{end}"):
        Span(start, end)


@pytest.mark.parametrize(("start", "end"), [(0.0, 3), (0, 3.5), ("0", 3), (None, 3), (0, float("nan"))])
def test_positions_are_whole_numbers(start, end):
    with pytest.raises(TypeError):
        Span(start, end)


def test_positions_of_numpy_become_pythons_own():
    import numpy as np

    span = Span(np.int64(2), np.int64(5))
    assert span == Span(2, 5)
    assert type(span.start) is type(span.end) is int


@given(spans, spans)
def test_spans_are_values_ordered_by_start_then_end(one, other):
    assert (one < other) == ((one.start, one.end) < (other.start, other.end))
    assert (one == other) == (hash(one) == hash(other) and str(one) == str(other))
    assume(one != other)
    assert len({one, other, Span(one.start, one.end)}) == 2


def test_a_span_cannot_be_changed():
    with pytest.raises(AttributeError):
        Span(0, 1).start = 5
