import numpy as np
import pytest
import study_of_words

from mihqda.codebook.model import Code
from mihqda.suggest.frequency import make


def test_the_most_used_code_comes_first_everywhere() -> None:
    study = study_of_words.make(segments=60, codes=4, groups=6)
    scores = make(study.codes).fit(study.segments, study.labels).score(study.segments)
    assert set(scores.ranking.argmax(axis=1)) == {int(study.labels.sum(axis=0).argmax())}
    assert scores.probability[0] == pytest.approx((study.labels.sum(axis=0) + 1) / 62)


def test_with_nothing_read_all_codes_are_alike_and_containers_have_none() -> None:
    study = study_of_words.make(segments=10, codes=4, groups=2)
    codes = (*study.codes[:3], Code("box", "Box", codable=False))
    scores = make(codes).fit(study.segments, np.full((10, 4), np.nan)).score(study.segments)
    assert scores.probability[0, :3].tolist() == [0.5, 0.5, 0.5]
    assert np.isnan(scores.probability[:, 3]).all()
