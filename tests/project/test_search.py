import unicodedata
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mihqda.project.search import Folded, within
from mihqda.spans import Span

LETTERS = st.text(alphabet="aAbßéE 😀\n’'-—ﬁİ\u0301\u00a0", max_size=30)


def found(text: str, words: str) -> list[str]:
    return [text[span.start : span.end] for span in Folded(text).find(words)]


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Nobody knew. NOBODY!", "nobody", ["Nobody", "NOBODY"]),
        ("🙂🙂 café Cafe\u0301 CAFE", "cafe", ["café", "Cafe\u0301", "CAFE"]),
        ("Straße, STRASSE", "strasse", ["Straße", "STRASSE"]),
        ("Straße", "s", ["S", "ß"]),
        ("don’t don't", "don't", ["don’t", "don't"]),
        ("we\ntried\u00a0it", "we tried it", ["we\ntried\u00a0it"]),
        ("aaa", "aa", ["aa"]),
        ("e\u0301", "e", ["e\u0301"]),
        ("x e\u0301\u0302", "É", ["e\u0301\u0302"]),
        ("anything", "   ", []),
        ("", "a", []),
        ("a", "\u0301", []),
    ],
)
def test_words_are_found_where_they_stand(text: str, words: str, expected: list[str]) -> None:
    assert found(text, words) == expected


@given(LETTERS, st.integers(0, 30), st.integers(1, 6))
def test_any_words_of_a_text_are_found_in_it(text: str, start: int, length: int) -> None:
    words = text[start : start + length]
    assume(Folded(words).text.strip() and "  " not in Folded(words).text)
    assert list(Folded(text).find(words))


@given(LETTERS, LETTERS)
def test_every_hit_lies_in_the_text_in_order_and_reads_as_the_words(text: str, words: str) -> None:
    hits = list(Folded(text).find(words))
    wanted = " ".join(Folded(words).text.split())
    for hit in hits:
        assert 0 <= hit.start < hit.end <= len(text)
        assert wanted in Folded(text[hit.start : hit.end]).text
        assert not unicodedata.combining(text[hit.end : hit.end + 1] or " ")
    assert all(one.end <= two.start for one, two in pairwise(hits))


def test_hits_outside_the_turns_are_left_out() -> None:
    hits = iter([Span(0, 2), Span(4, 6), Span(8, 12), Span(20, 22)])
    assert list(within(hits, [Span(5, 9), Span(11, 15)])) == [Span(4, 6), Span(8, 12)]
    assert list(within(iter([Span(0, 1)]), [])) == []
