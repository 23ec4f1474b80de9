import time

import numpy as np
import study_of_words

from mihqda.suggest import measures
from mihqda.suggest.quick import Quick


def test_deciding_one_by_one_equals_knowing_at_once() -> None:
    study = study_of_words.make(segments=150, codes=4, groups=6)
    labels = study.labels.copy()
    hidden = labels.copy()
    hidden[100:] = np.nan
    quick = Quick(study.segments, study.codes, hidden)
    for row in range(100, 150):
        for code in range(4):
            quick.decide(row, code, labels[row, code])
    assert np.allclose(quick.score(), Quick(study.segments, study.codes, labels).score(), atol=1e-6)


def test_a_decision_taken_back_leaves_no_trace() -> None:
    study = study_of_words.make(segments=80, codes=4, groups=6)
    hidden = study.labels.copy()
    hidden[40:] = np.nan
    quick = Quick(study.segments, study.codes, hidden)
    before = quick.score()
    changed = quick.decide(60, 2, 1.0)
    assert changed[60] > before[60, 2]
    assert np.array_equal(quick.score()[:, [0, 1, 3]], before[:, [0, 1, 3]])
    assert np.allclose(quick.decide(60, 2, np.nan), before[:, 2], atol=1e-8)


def test_its_order_is_of_use() -> None:
    study = study_of_words.make(segments=300, codes=4, groups=10)
    train, test = study.halves()
    quick = Quick(study.segments, study.codes, np.where(train[:, None], study.labels, np.nan))
    found = np.nanmean(measures.average_precision(study.labels[test], quick.score()[test]))
    assert found > 2.5 * study.labels[test].mean()


def test_a_decision_takes_less_than_a_tenth_of_a_second() -> None:
    study = study_of_words.make(segments=400, codes=12, groups=10)
    quick = Quick(study.segments, study.codes, np.where(study.halves()[0][:, None], study.labels, np.nan))
    began = time.process_time()
    for row in range(10):
        quick.decide(row, row, 1.0)
    assert (time.process_time() - began) / 10 < 0.1
