"""Kappa and alpha give the values that stand in the literature (`goldens.json` says where)."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from mihqda.agreement import cohen_kappa, nominal_alpha
from mihqda.agreement.alpha import alpha_of_coincidences, coincidences
from mihqda.agreement.kappa import kappa_of_table

PUBLISHED = json.loads(Path(__file__).with_name("goldens.json").read_text(encoding="utf-8"))


def alpha_of(one: dict[str, Any]) -> float:
    data, kind = one["data"], one["kind"]
    if kind.startswith("contingency"):
        table = np.array(data, dtype=float)
        return float(alpha_of_coincidences(table + table.T))
    if "counts" in kind:
        return float(alpha_of_coincidences(coincidences(data)))
    if kind.startswith("units"):
        data = list(zip(*data, strict=True))
    return nominal_alpha(data)


@pytest.mark.parametrize(
    "one", [one for one in PUBLISHED if one["statistic"].startswith("alpha")], ids=lambda one: one["name"]
)
def test_alpha_is_as_published(one: dict[str, Any]) -> None:
    assert alpha_of(one) == pytest.approx(one["expected"], abs=one["tolerance"])


@pytest.mark.parametrize(
    "one", [one for one in PUBLISHED if one["statistic"] == "Cohen kappa"], ids=lambda one: one["name"]
)
def test_kappa_is_as_published(one: dict[str, Any]) -> None:
    assert float(kappa_of_table(one["data"])) == pytest.approx(one["expected"], abs=one["tolerance"])


@pytest.mark.parametrize(
    ("both", "first", "second", "neither", "kappa", "alpha"),
    [(20, 10, 5, 65, 0.625, 0.626), (2, 2, 2, 94, 0.479, 0.482), (700, 300, 500, 38500, 0.626, 0.626)],
)
def test_presence_of_a_code(
    both: int, first: int, second: int, neither: int, kappa: float, alpha: float
) -> None:
    pairs = [(1, 1)] * both + [(1, 0)] * first + [(0, 1)] * second + [(0, 0)] * neither
    one, two = zip(*pairs, strict=True)
    assert cohen_kappa(one, two) == pytest.approx(kappa, abs=0.0006)
    assert nominal_alpha([one, two]) == pytest.approx(alpha, abs=0.0006)
