import numpy as np
import pytest
import study_of_words

from mihqda.suggest.batch import score_many
from mihqda.suggest.default import make


@pytest.mark.parametrize("jobs", [1, 2])
def test_batches_give_what_one_go_gives(jobs: int) -> None:
    study = study_of_words.make(segments=120, codes=4, groups=6)
    suggester = make(study.codes).fit(study.segments, study.labels)
    told: list[tuple[int, int]] = []
    batched = score_many(suggester, study.segments, jobs=jobs, size=50, progress=lambda *at: told.append(at))
    once = suggester.score(study.segments)
    assert np.allclose(batched.probability, once.probability, atol=1e-6)
    assert np.allclose(batched.ranking, once.ranking, atol=1e-4)
    assert told == [(50, 120), (100, 120), (120, 120)]


def test_nothing_to_score_is_done_at_once() -> None:
    study = study_of_words.make(segments=60, codes=4, groups=6)
    suggester = make(study.codes).fit(study.segments, study.labels)
    told: list[tuple[int, int]] = []
    assert score_many(
        suggester, study.segments.iloc[:0], progress=lambda *at: told.append(at)
    ).ranking.shape == (0, 4)
    assert told == [(0, 0)]
