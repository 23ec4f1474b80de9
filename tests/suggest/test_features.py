import numpy as np
import pandas as pd
import study_of_words

from mihqda.suggest.features import Features


def study() -> pd.DataFrame:
    return study_of_words.make(segments=60, codes=4, groups=6).segments


def test_absent_context_and_speaker_count_as_nothing() -> None:
    frame = study()
    features = Features().fit(frame)
    bare = frame.assign(context="", speaker="")
    rows, alone = features.transform(frame), features.transform(bare)
    width = features.text_.width_
    assert (rows.sparse[:, width:] != 0).sum() > 0
    assert alone.sparse[:, width:].nnz == 0
    assert np.array_equal(rows.dense, alone.dense)


def test_rows_of_unseen_speakers_and_words_are_no_error() -> None:
    features = Features().fit(study())
    odd = study().iloc[:2].assign(text="qqq xxx", speaker="stranger")
    rows = features.transform(odd)
    assert np.isfinite(rows.sparse.data).all()
    assert not rows.dense.any()


def test_a_linear_model_of_the_rows_scores_like_their_inner_products() -> None:
    features = Features().fit(study())
    rows = features.transform(study())
    dual = np.random.default_rng(0).normal(size=(60, 3)).astype(np.float32)
    assert np.allclose(rows.coefficients(dual).apply(rows), rows.gram() @ dual, atol=1e-3)
    part = rows[np.arange(5)].stack(rows[np.arange(5, 60)])
    assert np.allclose(part.gram(), rows.gram(), atol=1e-4)


def test_the_same_seed_gives_the_same_rows() -> None:
    one, two = (Features(seed=3).fit(study()).transform(study()).dense for _ in range(2))
    assert np.array_equal(one, two)
