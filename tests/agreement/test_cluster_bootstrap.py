"""The interval of a figure comes from drawing whole transcripts."""

import numpy as np
import pytest

from mihqda.agreement.bootstrap import cluster_bootstrap, draw_clusters, percentile_interval
from mihqda.agreement.kappa import kappa_of_table


def share(sums: np.ndarray) -> np.ndarray:
    return sums[:, 0] / sums[:, 1]


def test_it_equals_a_plain_loop_over_the_draws() -> None:
    tables = np.random.default_rng(3).integers(0, 9, (6, 2, 2)).astype(float)
    low, high = cluster_bootstrap(tables, kappa_of_table, seed=5, resamples=200)
    plain = []
    for times in draw_clusters(6, seed=5, resamples=200):
        drawn = [tables[at] for at in range(6) for _ in range(int(times[at]))]
        plain.append(float(kappa_of_table(sum(drawn))))
    assert (float(low), float(high)) == pytest.approx(tuple(np.quantile(plain, [0.025, 0.975])))


def test_the_same_seed_gives_the_same_interval_and_another_seed_nearly_so() -> None:
    counts = np.column_stack([np.arange(1.0, 21), np.full(20, 25.0)])
    first, again = cluster_bootstrap(counts, share, seed=1), cluster_bootstrap(counts, share, seed=1)
    other = cluster_bootstrap(counts, share, seed=2)
    assert [float(one) for one in first] == [float(one) for one in again]
    assert [float(one) for one in first] == pytest.approx([float(one) for one in other], abs=0.05)


def test_people_who_hang_together_make_it_wider() -> None:
    """Two hundred segments of which half are right: in ten transcripts all or none, or half of each."""
    together = np.array([[20.0, 20.0], [0.0, 20.0]] * 5)
    apart = np.array([[10.0, 20.0]] * 10)
    wide = np.subtract(*cluster_bootstrap(together, share)[::-1])
    narrow = np.subtract(*cluster_bootstrap(apart, share)[::-1])
    assert wide > 0.4
    assert narrow == 0


def test_it_covers_the_truth_about_as_often_as_it_says() -> None:
    draw = np.random.default_rng(0)
    inside = 0
    for seed in range(200):
        counts = np.column_stack([draw.binomial(20, draw.beta(4, 4, 30)), np.full(30, 20)]).astype(float)
        low, high = cluster_bootstrap(counts, share, seed=seed, resamples=300)
        inside += bool(low <= 0.5 <= high)
    assert 0.88 <= inside / 200 <= 0.98


def test_one_transcript_or_a_mostly_undefined_figure_has_no_interval() -> None:
    assert np.isnan(cluster_bootstrap(np.array([[1.0, 2.0]]), share)).all()
    mostly = np.array([[np.nan, 0.5]] * 30 + [[0.4, 0.5]] * 70)
    low, high = percentile_interval(mostly)
    assert np.isnan(low[0])
    assert np.isnan(high[0])
    assert (low[1], high[1]) == (0.5, 0.5)
    few = np.array([np.nan] * 10 + [0.4] * 90)
    assert [float(one) for one in percentile_interval(few)] == [0.4, 0.4]
