import math
import random

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mihqda.errors import InputError
from mihqda.suggest.order import ORDERS, REASONS, queue


def suggestions(*rows: tuple[str, float, int], coded: dict[str, int] | None = None) -> pd.DataFrame:
    """Return suggestions from (code, probability, start), named s0, s1, …"""
    return pd.DataFrame(
        {
            "suggestion": [f"s{at}" for at in range(len(rows))],
            "transcript": "I1",
            "start": [row[2] for row in rows],
            "end": [row[2] + 5 for row in rows],
            "code": [row[0] for row in rows],
            "probability": [row[1] for row in rows],
            "score": [0.0 if math.isnan(row[1]) else row[1] for row in rows],
            "strength": "medium",
            "suggester": "default",
            "coded": [(coded or {}).get(row[0], 0) for row in rows],
        }
    )


FRAME = suggestions(("a", 0.9, 30), ("a", 0.5, 10), ("b", 0.2, 20), ("b", 0.7, 10), coded={"a": 9, "b": 1})


@pytest.mark.parametrize(
    ("by", "order"),
    [
        ("likely", ["s0", "s3", "s1", "s2"]), ("uncertain", ["s1", "s3", "s2", "s0"]),
        ("reading", ["s3", "s1", "s2", "s0"]),
    ],
)  # fmt: skip
def test_each_order_is_what_its_name_says(by: str, order: list[str]) -> None:
    found = queue(FRAME, by=by)  # type: ignore[arg-type]
    assert list(found["suggestion"]) == order
    assert list(found["position"]) == [1, 2, 3, 4]


def test_rare_codes_come_first_with_their_best_suggestion() -> None:
    rows = [(code, (at + 1) / 60, at) for at in range(50) for code in ("often", "seldom")]
    found = queue(suggestions(*rows, coded={"often": 40}), by="rare")
    steady = found[~found["is_random"]]
    first = steady[steady["code"] == "seldom"].head(20)
    assert list(steady["code"].head(20)) == ["seldom"] * 20
    assert list(first["probability"]) == sorted(first["probability"], reverse=True)
    assert 0.15 < found["is_random"].mean() < 0.45


def test_reasons_are_columns_of_their_own() -> None:
    found = queue(FRAME, by="likely").set_index("suggestion")
    assert all(found[name].dtype == "bool" for name in REASONS)
    assert list(found.index[found["is_rare"]]) == ["s3", "s2"]
    assert list(found.index[found["is_uncertain"]]) == ["s1"]
    assert list(found.index[found["is_likely"]]) == ["s0"]
    assert not found["is_random"].any()


def test_suggestions_without_a_probability_stand_behind() -> None:
    frame = suggestions(("a", math.nan, 0), ("a", 0.1, 10))
    for by in ("likely", "uncertain"):
        assert list(queue(frame, by=by)["suggestion"]) == ["s1", "s0"]  # type: ignore[arg-type]


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from([0.1, 0.5, 0.9, math.nan]), st.integers(0, 50))),
    st.sampled_from(ORDERS), st.integers(0, 5), st.integers(0, 99),
)  # fmt: skip
def test_every_suggestion_comes_once_and_the_order_of_the_rows_makes_no_difference(
    rows: list[tuple[str, float, int]], by: str, seed: int, shuffled: int
) -> None:
    frame = suggestions(*rows)
    found = queue(frame, by=by, seed=seed)  # type: ignore[arg-type]
    assert sorted(found["suggestion"]) == sorted(frame["suggestion"])
    places = list(range(len(frame)))
    random.Random(shuffled).shuffle(places)
    again = queue(frame.iloc[places].reset_index(drop=True), by=by, seed=seed)  # type: ignore[arg-type]
    assert list(again["suggestion"]) == list(found["suggestion"])


def test_another_seed_draws_others() -> None:
    frame = suggestions(*[("a", at / 100, at) for at in range(100)])
    assert len({tuple(queue(frame, seed=seed)["suggestion"]) for seed in range(4)}) == 4


def test_an_unknown_order_is_refused_by_name() -> None:
    with pytest.raises(
        InputError, match="unknown order 'random'; there are: rare, uncertain, likely, reading"
    ):
        queue(FRAME, by="random")  # type: ignore[arg-type]
