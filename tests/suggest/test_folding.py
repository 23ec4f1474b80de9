import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mihqda.suggest.folding import WORD, fold

TRICKY = st.text(
    st.sampled_from("aeAE tßİıﬁﬃ½²e\u0301\u0308\u0323éÉŠ\xad\u200dΣς㎅ⅫΆ…’-_漢각'\n")
    | st.characters(codec="utf-8")
)


def slowly(text: str) -> str:
    for _ in range(2):
        text = unicodedata.normalize("NFKD", text.casefold())
    return "".join(
        ch for ch in text if not unicodedata.combining(ch) and ch not in "\xad\u200c\u200d\u2060\ufeff"
    )


@given(TRICKY)
def test_folding_character_by_character_is_folding_the_whole(text: str) -> None:
    assert sorted(fold(text).text) == sorted(slowly(text))  # marks may stand in another order before they go


@given(TRICKY)
def test_every_stretch_goes_back_to_what_folds_to_it(text: str) -> None:
    folded = fold(text)
    for match in WORD.finditer(folded.text):
        start, end = folded.back(*match.span())
        assert 0 <= start < end <= len(text)
        assert match[0] in fold(text[start:end]).text
        assert fold(text[start]).text != ""  # no mark of the letter before
        assert fold(text[end : end + 1]).text != "" or end == len(text)  # no mark is left behind


@given(TRICKY, TRICKY)
def test_stretches_in_order_go_back_in_order(left: str, right: str) -> None:
    text = f"{left} {right}"
    folded = fold(text)
    spans = [folded.back(*match.span()) for match in WORD.finditer(folded.text)]
    assert spans == sorted(spans)


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("één cliënt", "client", "cliënt"),
        ("een clie\u0308nt.", "client", "clie\u0308nt"),
        ("Die Straße!", "strasse", "Straße"),
        ("Een ﬁrma", "firma", "ﬁrma"),
        ("İstanbul", "istanbul", "İstanbul"),
        ("imple\xadmen\xadtatie", "implementatie", "imple\xadmen\xadtatie"),
        ("x\u0301y\u0323\u0301 z", "xy", "x\u0301y\u0323\u0301"),
    ],
)
def test_the_way_back_is_exact(text: str, word: str, expected: str) -> None:
    folded = fold(text)
    at = folded.text.index(word)
    start, end = folded.back(at, at + len(word))
    assert text[start:end] == expected
