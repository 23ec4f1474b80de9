from hypothesis import given
from hypothesis import strategies as st

from mihqda.suggest.words import character_grams, find_words, fold, locate_words


def test_words_are_found_as_they_are_written() -> None:
    assert find_words("It’s the cliënt's kick-off… 20% ready?") == [
        "It’s", "the", "cliënt's", "kick", "off", "20", "%", "ready", "?",
    ]  # fmt: skip


def test_folding_makes_spellings_of_a_word_one() -> None:
    assert fold("Cliënt’s") == fold("client's") == fold("Clie\u0308nt's") == "client's"


def test_a_word_shorter_than_a_gram_is_one_gram() -> None:
    assert character_grams("a", (3, 4, 5)) == [" a "]
    assert character_grams("ab", (3, 4, 5)) == [" ab", "ab ", " ab "]


@given(st.text())
def test_places_are_those_of_the_words(text: str) -> None:
    assert [text[start:end] for start, end in locate_words(text)] == find_words(text)
