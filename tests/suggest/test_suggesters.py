from typing import Any

import numpy as np
import pytest
import study_of_words
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.multiclass import OneVsRestClassifier
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline

from mihqda import registry
from mihqda.codebook.model import Code
from mihqda.errors import InputError, PluginError
from mihqda.suggest.default import DefaultSuggester
from mihqda.suggest.measures import average_precision
from mihqda.suggest.suggesters import adapt, make, positive_column


@pytest.fixture(scope="module")
def study() -> study_of_words.Study:
    return study_of_words.make(segments=240, codes=4, groups=8)


def regression() -> Any:
    return make_pipeline(TfidfVectorizer(), OneVsRestClassifier(LogisticRegression(C=10)))


def neighbours() -> Any:
    return make_pipeline(TfidfVectorizer(), KNeighborsClassifier(9))


@pytest.mark.parametrize("estimator", [regression(), neighbours()], ids=["array", "list"])
def test_anything_of_scikit_learns_shape_is_a_suggester(estimator: Any, study: study_of_words.Study) -> None:
    train, test = study.halves()
    labels = np.where(train[:, None], study.labels, np.nan)
    suggester = adapt(estimator, "mine", study.codes).fit(study.segments, labels)
    scores = suggester.score(study.segments[test])
    assert scores.probability.shape == (test.sum(), 4)
    assert ((scores.probability >= 0) & (scores.probability <= 1)).all()
    found = np.nanmean(average_precision(study.labels[test], scores.ranking))
    assert found > 1.2 * study.labels[test].mean()
    assert len(suggester.explain(study.segments, [(0, 1), (2, 3)])) == 2


def test_unread_rows_and_constant_codes_are_left_out(study: study_of_words.Study) -> None:
    seen: list[tuple[list[str], np.ndarray]] = []

    class Spy:
        def fit(self, texts: list[str], labels: np.ndarray) -> None:
            seen.append((texts, labels))

        def predict_proba(self, texts: list[str]) -> np.ndarray:
            return np.full((len(texts), 3), 0.5)

    labels = study.labels.copy()
    labels[100:] = np.nan
    labels[5, 0] = np.nan
    labels[:, 3] = 0
    scores = adapt(Spy(), "spy", study.codes).fit(study.segments, labels).score(study.segments)
    texts, known = seen[0]
    assert study.segments["text"][5] not in texts
    assert len(texts) == 99
    assert known.shape == (99, 3)
    assert np.isnan(scores.probability[:, 3]).all()


def test_an_estimator_with_nothing_to_learn_from_says_so(study: study_of_words.Study) -> None:
    suggester = adapt(regression(), "mine", study.codes)
    suggester.fit(study.segments, np.full(study.labels.shape, np.nan))
    assert np.isnan(suggester.score(study.segments).ranking).all()
    assert "too little is coded" in suggester.messages[0]  # type: ignore[attr-defined]


def test_one_code_may_come_as_two_columns() -> None:
    assert positive_column(np.array([[0.2, 0.8]]), 1).tolist() == [[0.8]]
    with pytest.raises(PluginError, match=r"shape \(1, 2\) for 3 codes"):
        positive_column(np.array([[0.2, 0.8]]), 3)


def test_suggesters_are_found_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    assert isinstance(make("default", (Code("a", "A"),), seed=4), DefaultSuggester)
    with pytest.raises(PluginError, match="default"):
        make("oracle", ())
    with pytest.raises(InputError, match="takes no setting 'depth'; it takes: encoder, calibrate"):
        make("default", (), depth=3)
    monkeypatch.setattr(registry, "load", lambda group, name: lambda codes, *, seed=0: object())
    with pytest.raises(PluginError, match="neither"):
        make("odd", ())
