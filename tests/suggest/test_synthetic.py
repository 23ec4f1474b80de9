"""The gate: what the default suggester must be worth on the invented study, beside plain TF-IDF and logistic regression.

The figures that hold on interviews are measured by hand with ``benchmarks/suggest/bench_suggest.py``.
"""

import json
import warnings
from pathlib import Path

import numpy as np
import pytest

import bench_suggest  # isort: skip
import synthetic  # isort: skip


@pytest.fixture(scope="module")
def found() -> dict[tuple[int, str], dict[str, float]]:
    study = synthetic.make_study(seed=1)
    coded = bench_suggest.CodedSet("synthetic", study.segments, study.labels, study.codes, "")
    runs: dict[tuple[int, str], list[dict[str, float]]] = {}
    for examples in (0, 5, 20):
        for seed in range(2):
            for model, values in bench_suggest.measure(coded, examples, seed).items():
                runs.setdefault((examples, model), []).append(values)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # nothing has an ECE at 0 examples
        return {
            key: {name: float(np.nanmean([run[name] for run in several])) for name in several[0]}
            for key, several in runs.items()
        }


def test_at_twenty_examples_the_default_orders_a_tenth_better(found: dict) -> None:
    assert found[20, "default"]["mAP"] >= 1.10 * found[20, "plain"]["mAP"]


def test_at_twenty_examples_three_more_in_a_hundred_are_among_the_first_three(found: dict) -> None:
    assert found[20, "default"]["R@3"] >= found[20, "plain"]["R@3"] + 0.03


def test_with_nothing_coded_the_codebook_is_worth_five_examples(found: dict) -> None:
    assert found[0, "default"]["R@3"] >= found[5, "plain"]["R@3"]


def test_from_twenty_examples_on_probabilities_are_honest(found: dict) -> None:
    assert found[20, "default"]["ECE"] <= 0.05


def test_everything_beats_the_frequency_rule(found: dict) -> None:
    for examples in (5, 20):
        assert found[examples, "default"]["mAP"] > 3 * found[examples, "frequency"]["mAP"]


def test_the_same_seed_gives_the_same_study() -> None:
    one, two = (synthetic.make_study(segments=50, codes=4, seed=2) for _ in range(2))
    assert one.segments.equals(two.segments)
    assert np.array_equal(one.labels, two.labels)
    assert one.codes == two.codes


def test_a_folder_is_read_with_its_codebook(tmp_path: Path) -> None:
    rows = [
        {
            "id": str(at),
            "group": f"g{at % 3}",
            "text": f"text {at}",
            "labels": ["Cost"] if at % 2 else ["rare"] * (at == 0),
        }
        for at in range(30)
    ]
    (tmp_path / "segments.jsonl").write_text("\n".join(json.dumps(row) for row in rows))
    book = [{"id": "c1", "name": "Cost", "definition": "Money.", "example": "It is dear."}]
    (tmp_path / "codebook.json").write_text(json.dumps(book))
    coded = bench_suggest.read_set(tmp_path)
    assert [(code.id, code.definition, code.examples) for code in coded.codes] == [
        ("c1", "Money.", ("It is dear.",))
    ]
    assert "1 of 2 codes with 10 or more segments" in coded.told
    assert coded.labels.sum() == 15


def test_no_group_is_held_out_and_drawn_from() -> None:
    segments = synthetic.make_study(segments=80, codes=4, seed=2).segments
    pool, test = bench_suggest.split(segments, 0)
    assert not set(segments["transcript"].iloc[pool]) & set(segments["transcript"].iloc[test])
    assert len(pool) + len(test) == 80
