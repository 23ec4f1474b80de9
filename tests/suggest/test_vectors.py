import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from mihqda.suggest.vectors import Vectoriser

TEXTS = [
    "the costs are high and the costs rise",
    "my manager asks about costs every week",
    "every week the manager asks",
    "the team meets every week",
    "",
]


def test_the_parts_are_those_of_scikit_learn() -> None:
    ours = Vectoriser().fit(TEXTS)
    rows = ours.transform(TEXTS)
    word = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True, token_pattern=r"\w+")
    char = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), min_df=3, sublinear_tf=True)
    for part, theirs in (
        (rows[:, : ours.words_], word.fit_transform(TEXTS)),
        (rows[:, ours.words_ :], char.fit_transform(TEXTS)),
    ):
        assert part.shape == theirs.shape
        assert np.allclose((part @ part.T).toarray(), (theirs @ theirs.T).toarray(), atol=1e-6)


def test_texts_give_the_same_rows_alone_and_together() -> None:
    ours = Vectoriser().fit(TEXTS)
    together = ours.transform(TEXTS).toarray()
    alone = np.concatenate([ours.transform([text]).toarray() for text in TEXTS])
    assert np.allclose(together, alone, atol=1e-6)


def test_unknown_words_have_n_grams_in_common_with_known_ones() -> None:
    ours = Vectoriser().fit(TEXTS)
    row = ours.transform(["weekly zzz"]).toarray()[0]
    assert not row[: ours.words_].any()
    assert row[ours.words_ :].any()


def test_nothing_to_learn_from_is_no_error() -> None:
    assert Vectoriser().fit([]).transform(["a text"]).shape == (1, 0)
    assert Vectoriser().fit(["", " "]).transform([]).shape == (0, 0)


def test_columns_of_words_are_where_their_values_stand() -> None:
    ours = Vectoriser().fit(TEXTS)
    single, pair = ours.columns_of_words(["Every", "week", "unheard"])
    row = ours.transform(["every week"]).toarray()[0]
    assert set(np.flatnonzero(row[: ours.words_])) == {single[0], single[1], pair[0]}
    assert single[2] == pair[1] == pair[2] == -1
    assert set(ours.columns_of_grams("WEEK")) <= set(np.flatnonzero(row))
