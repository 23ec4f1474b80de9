import numpy as np

from mihqda.spans import Span
from mihqda.suggest.explain import heaviest_spans, weigh_words
from mihqda.suggest.vectors import Vectoriser

TEXTS = ["the costs are high", "costs every week", "the manager asks every week", "high costs, high hopes"]


def test_the_words_add_up_to_what_the_text_contributes() -> None:
    vectoriser = Vectoriser().fit(TEXTS)
    row = vectoriser.transform(TEXTS[3:])
    weights = np.random.default_rng(0).normal(size=vectoriser.width_).astype(np.float32)
    values = dict(zip(row.indices.tolist(), row.data.tolist(), strict=True))
    parts = weigh_words(TEXTS[3], vectoriser, values, weights)
    assert len(parts) == 4
    assert np.isclose(parts.sum(), (row @ weights)[0], atol=1e-5)


def test_neighbouring_words_are_one_span_and_the_heaviest_comes_first() -> None:
    spans = heaviest_spans("we pay too much and care", 100, np.array([0.0, 1.0, 2.0, 2.0, 0.0, 0.5]))
    assert spans == [(Span(103, 115), 5.0), (Span(120, 124), 0.5)]


def test_what_speaks_against_a_code_is_not_named() -> None:
    assert heaviest_spans("one two", 0, np.array([-1.0, -2.0])) == []
