"""Laws of kappa and alpha, and where they are undefined."""

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from mihqda.agreement import cohen_kappa, nominal_alpha
from mihqda.agreement.kappa import kappa_of_table

VALUES = st.lists(st.tuples(st.sampled_from([0, 1, 2]), st.sampled_from([0, 1, 2])), min_size=2, max_size=40)


@given(VALUES)
def test_kappa_is_that_of_scikit_learn(pairs: list[tuple[int, int]]) -> None:
    first, second = zip(*pairs, strict=True)
    assume(len({*first, *second}) > 1)
    assert cohen_kappa(first, second) == pytest.approx(cohen_kappa_score(first, second))


@given(VALUES, st.permutations([0, 1, 2]))
def test_neither_the_order_of_the_coders_nor_the_names_of_the_categories_matter(
    pairs: list[tuple[int, int]], names: list[int]
) -> None:
    first, second = zip(*pairs, strict=True)
    renamed = [names[one] for one in first], [names[two] for two in second]
    assert cohen_kappa(first, second) == pytest.approx(cohen_kappa(*renamed[::-1]), nan_ok=True)
    assert nominal_alpha([first, second]) == pytest.approx(nominal_alpha(renamed[::-1]), nan_ok=True)


@given(VALUES)
def test_a_unit_that_only_one_judged_changes_nothing(pairs: list[tuple[int, int]]) -> None:
    first, second = (list(one) for one in zip(*pairs, strict=True))
    kappa, alpha = cohen_kappa(first, second), nominal_alpha([first, second])
    assert cohen_kappa([*first, 2], [*second, None]) == pytest.approx(kappa, nan_ok=True)
    assert nominal_alpha([[*first, 2], [*second, math.nan]]) == pytest.approx(alpha, nan_ok=True)


@given(VALUES)
def test_perfect_agreement_is_one_if_anything_was_distinguished(pairs: list[tuple[int, int]]) -> None:
    values = [one for one, _ in pairs]
    expected = 1.0 if len(set(values)) > 1 else math.nan
    assert cohen_kappa(values, values) == pytest.approx(expected, nan_ok=True)
    assert nominal_alpha([values, values]) == pytest.approx(expected, nan_ok=True)


@pytest.mark.parametrize("layers", [("", ""), ("aa", "aa"), ([None, "a"], ["b", None])])
def test_nothing_in_common_or_nothing_distinguished_is_undefined(layers: tuple[list[str], list[str]]) -> None:
    assert math.isnan(cohen_kappa(*layers))
    assert math.isnan(nominal_alpha(layers))


def test_always_different_single_categories_are_chance_for_kappa() -> None:
    assert cohen_kappa("aa", "bb") == 0


def test_many_tables_at_once() -> None:
    tables = np.array([[[20, 10], [5, 65]], [[0, 0], [0, 9]]])
    assert kappa_of_table(tables).tolist() == pytest.approx([0.625, math.nan], nan_ok=True)


def test_coders_with_other_units_are_refused() -> None:
    with pytest.raises(ValueError, match="3 and 2"):
        cohen_kappa("aab", "ab")
    with pytest.raises(ValueError, match="3, 2"):
        nominal_alpha(["aab", "ab"])
