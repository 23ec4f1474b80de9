"""The default suggester, out of fold, knows nothing that it should not."""

import numpy as np
from planted import CODES, planted

from mihqda.suggest import default
from mihqda.suggest.evaluate import evaluate_segments
from mihqda.suggest.held_out import out_of_fold


def test_shuffled_labels_are_at_chance() -> None:
    segments, labels = planted(transcripts=6, each=25)
    true = evaluate_segments(segments, labels, CODES, make=default.make, folds=2, with_curve=False)
    gains = []
    for seed in range(4):
        shuffled = labels[np.random.default_rng(seed).permutation(len(labels))]
        result = evaluate_segments(segments, shuffled, CODES, make=default.make, folds=2, with_curve=False)
        gains.append(result.codes["average_precision"][:3].mean() - shuffled[:, :3].mean())
    assert abs(float(np.mean(gains))) < 0.06
    assert true.measure("macro_average_precision") - labels[:, :3].mean() > 0.3


def test_a_transcripts_own_codings_change_nothing_in_its_suggestions() -> None:
    segments, labels = planted(transcripts=4, each=20)
    own = (segments["transcript"] == "T2").to_numpy()
    turned, unread = labels.copy(), labels.copy()
    turned[own], unread[own] = 1 - turned[own], np.nan
    first, *others = (
        out_of_fold(segments, known, CODES, default.make, [("T2",)], texts={})
        for known in (labels, turned, unread)
    )
    for other in others:
        assert np.array_equal(first.ranking[own], other.ranking[own])
        assert np.array_equal(first.probability[own], other.probability[own])
        assert np.array_equal(first.proposed, other.proposed)
