import numpy as np
import pytest
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from mihqda.suggest.linear import balance, fit_dual, gram, products


@pytest.fixture
def rows() -> sparse.csr_array:
    random = np.random.default_rng(3)
    dense = random.random((120, 40)) * (random.random((120, 40)) < 0.15)
    return sparse.csr_array(dense.astype(np.float32))


@pytest.fixture
def labels(rows: sparse.csr_array) -> np.ndarray:
    random = np.random.default_rng(4)
    return (rows @ random.standard_normal((40, 3)) + random.standard_normal((120, 3)) * 0.3 > 0.5).astype(
        float
    )


def test_the_minimum_is_that_of_scikit_learn(rows: sparse.csr_array, labels: np.ndarray) -> None:
    inner = gram(rows)
    ours = inner @ fit_dual(inner.__matmul__, labels, C=4)
    for code in range(3):
        theirs = LogisticRegression(
            C=4,
            class_weight="balanced",
            solver="liblinear",
            dual=True,
            tol=1e-8,
            max_iter=100_000,
            random_state=0,
        )
        logits = theirs.fit(rows.toarray(), labels[:, code]).decision_function(rows.toarray())
        assert np.abs(ours[:, code] - logits).max() < 0.02


def test_products_are_those_of_the_matrix(rows: sparse.csr_array) -> None:
    dense = np.random.default_rng(0).random((120, 5)).astype(np.float32)
    vectors = np.random.default_rng(1).random((120, 2)).astype(np.float32)
    wanted = (rows @ rows.T).toarray() + dense @ dense.T + 1
    assert np.allclose(gram(rows, dense), wanted, atol=1e-4)
    assert np.allclose(products(rows, dense)(vectors), wanted @ vectors, atol=1e-3)


def test_unknown_rows_have_no_say(rows: sparse.csr_array, labels: np.ndarray) -> None:
    inner = gram(rows)
    part = np.arange(0, 120, 2)
    unknown = labels.copy()
    unknown[1::2] = np.nan
    whole = fit_dual(inner.__matmul__, unknown)
    alone = fit_dual(inner[np.ix_(part, part)].__matmul__, labels[part])
    assert np.allclose(whole[1::2], 0)
    assert np.abs(inner @ whole - inner[:, part] @ alone).max() < 0.02


def test_one_class_only_is_nothing_to_tell_apart(rows: sparse.csr_array) -> None:
    labels = np.column_stack([np.ones(120), np.zeros(120), np.full(120, np.nan)])
    assert not fit_dual(gram(rows).__matmul__, labels).any()


def test_positives_weigh_together_as_much_as_negatives(labels: np.ndarray) -> None:
    weights = balance(labels)
    for code in range(3):
        up, down = weights[labels[:, code] == 1, code].sum(), weights[labels[:, code] == 0, code].sum()
        assert up == pytest.approx(down) == pytest.approx(60)
