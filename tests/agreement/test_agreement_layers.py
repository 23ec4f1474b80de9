"""Coders are compared code by code over what both read."""

import math

import numpy as np
import pytest

from mihqda.agreement import cohen_kappa, compare_layers, nominal_alpha


def test_each_pair_and_code_by_hand() -> None:
    draw = np.random.default_rng(0)
    layers = {name: draw.integers(0, 2, (40, 2)).astype(float) for name in ("ann", "ben", "machine")}
    layers["ben"][30:] = np.nan
    transcripts = [f"T{row // 8}" for row in range(40)]
    frame = compare_layers(layers, ["role", "load"], transcripts).set_index(["first", "second", "code"])
    assert len(frame) == 6
    row = frame.loc[("ann", "ben", "load")]
    ann, ben = layers["ann"][:, 1], layers["ben"][:, 1]
    assert (row["segments"], row["transcripts"]) == (30, 4)
    assert row["both"] == sum(ann[:30] * ben[:30])
    assert row["only_first"] == sum(ann[:30] * (1 - ben[:30]))
    assert row["only_second"] == sum((1 - ann[:30]) * ben[:30])
    assert row["both"] + row["only_first"] + row["only_second"] + row["neither"] == 30
    assert row["kappa"] == pytest.approx(cohen_kappa(list(ann), list(ben)))
    assert row["alpha"] == pytest.approx(nominal_alpha([list(ann), list(ben)]))
    assert row["kappa_low"] <= row["kappa"] <= row["kappa_high"]
    assert row["alpha_low"] <= row["alpha"] <= row["alpha_high"]


def test_chosen_pairs_only() -> None:
    layers = {name: np.array([[1.0], [0.0]]) for name in "abc"}
    frame = compare_layers(layers, ["x"], ["T1", "T2"], pairs=[("a", "c")])
    assert frame[["first", "second"]].values.tolist() == [["a", "c"]]


def test_a_code_that_neither_used_and_coders_without_a_common_segment_are_undefined() -> None:
    unused = {"ann": np.zeros((4, 1)), "ben": np.zeros((4, 1))}
    apart = {"ann": np.array([[1.0], [np.nan]]), "ben": np.array([[np.nan], [1.0]])}
    for layers in (unused, apart):
        frame = compare_layers(layers, ["x"], ["T1"] * len(layers["ann"]))
        assert math.isnan(frame["kappa"][0])
        assert math.isnan(frame["alpha"][0])
        assert math.isnan(frame["kappa_low"][0])
    assert compare_layers({"ann": unused["ann"]}, ["x"], ["T1"] * 4).empty
