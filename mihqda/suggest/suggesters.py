"""Suggesters by name; anything with scikit-learn's multi-label shape becomes one.

A plug-in of the group ``mihqda.suggesters`` is a callable ``(codes, *, seed=0, **settings)``. What it returns is a suggester already
(`mihqda.suggest.model.Suggester`), or an estimator with ``fit(texts, Y)`` and ``predict_proba(texts)``, the latter giving an
array (texts, codes) or, as scikit-learn's forests and neighbours do, a list of one (texts, 2) per code.
"""

from __future__ import annotations

import inspect
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from numpy.typing import NDArray

from mihqda import registry
from mihqda.codebook.model import Code
from mihqda.errors import InputError, PluginError
from mihqda.suggest.calibration import Calibrator, fold_of_groups, out_of_fold
from mihqda.suggest.model import Evidence, Scores, Suggester
from mihqda.suggest.rows import is_offered
from mihqda.suggest.training import TOO_FEW, check_columns, check_labels, hash_training

if TYPE_CHECKING:
    import pandas as pd

Array = NDArray[np.float64]


def make(name: str, codes: Sequence[Code], *, seed: int = 0, **settings: Any) -> Suggester:
    """Return the suggester registered under a name.

    Raises
    ------
    PluginError
        If no suggester has that name, or what it makes is neither a suggester nor an estimator.
    InputError
        If it does not take a setting.
    """
    factory = registry.load("mihqda.suggesters", name)
    _check_settings(name, factory, settings)
    return adapt(factory(codes, seed=seed, **settings), name, codes, seed=seed, settings=settings)


def adapt(
    made: Any, name: str, codes: Sequence[Code], *, seed: int = 0, settings: Mapping[str, Any] | None = None
) -> Suggester:
    """Return a suggester as it is, an estimator with its scores calibrated.

    Raises
    ------
    PluginError
        If it is neither.
    """
    if all(hasattr(made, verb) for verb in ("fit", "score", "explain")) and hasattr(made, "settings"):
        suggester: Suggester = made
        return suggester
    if hasattr(made, "fit") and hasattr(made, "predict_proba"):
        return Adapted(made, name, codes, seed=seed, settings=settings or {})
    raise PluginError(
        f"suggester {name!r} makes a {type(made).__name__}, which has neither fit, score and explain nor "
        "fit and predict_proba"
    )


class Adapted:
    """An estimator of scikit-learn's shape as a suggester; it sees the segments' texts alone.

    Rows that are unknown for some code are left out of its training; a code without both kinds of rows has no
    probability. Probabilities are calibrated and thresholds tuned as the default's are.

    Attributes
    ----------
    messages
        Sentences about what could not be done.
    """

    def __init__(
        self, estimator: Any, name: str, codes: Sequence[Code], *, seed: int, settings: Mapping[str, Any]
    ) -> None:
        self.estimator = estimator
        self.name = name
        self.version = str(getattr(estimator, "version", "1"))
        self.codes = tuple(codes)
        self.seed = seed
        self.settings: Mapping[str, Any] = {"seed": seed, **settings}
        self.messages: tuple[str, ...] = ()
        self.coded = 0
        self.state = ""
        self._calibrator = Calibrator()
        self._model: tuple[Any, NDArray[np.int64]] | None = None

    def fit(self, segments: pd.DataFrame, labels: Array) -> Self:
        """Learn from the segments that were read for every code that may be suggested."""
        labels = check_labels(segments, labels, self.codes)
        texts = segments["text"].astype(str).to_numpy(object)
        offered = np.array([is_offered(code) for code in self.codes], bool)
        whole = np.flatnonzero(~np.isnan(labels[:, offered]).any(axis=1))
        read, wanted = texts[whole], np.where(offered, labels[whole], 0.0)
        self._model = self._learn(read, wanted)
        groups = segments["transcript"].astype(str).to_numpy()[whole]
        self._calibrator = Calibrator()
        if len(set(groups)) > 1:
            logits = out_of_fold(
                lambda train, test: self._logits(self._learn(read[train], wanted[train]), read[test]),
                wanted,
                fold_of_groups(groups, seed=self.seed),
            )
            self._calibrator.fit(logits, np.zeros_like(logits), wanted)
        self.coded = int((labels == 1).any(axis=1).sum())
        self.state = hash_training(self, segments, labels)
        if self._model is None:
            self.messages = (
                f"suggester {self.name!r} learns from codings alone, and too little is coded: no suggestions",
            )
        elif not self._calibrator.is_fitted:
            self.messages = (TOO_FEW,)
        else:
            self.messages = ()
        return self

    def score(self, segments: pd.DataFrame) -> Scores:
        """Return calibrated probabilities; NaN where nothing could be learned."""
        check_columns(segments)
        logits = self._logits(self._model, segments["text"].astype(str).to_numpy(object))
        threshold = self._calibrator.threshold if self._calibrator.is_fitted else np.zeros(len(self.codes))
        return Scores(self._calibrator.apply(logits, np.zeros_like(logits)), logits, threshold)

    def explain(self, segments: pd.DataFrame, pairs: Sequence[tuple[int, int]]) -> list[Evidence]:
        """Return no words: an estimator does not say what weighed."""
        return [Evidence() for _ in pairs]

    def _learn(self, texts: NDArray[np.object_], labels: Array) -> tuple[Any, NDArray[np.int64]] | None:
        """Return a fitted copy and the codes that it learned, those with both kinds of rows."""
        from sklearn.base import clone

        both: NDArray[np.int64] = (
            np.flatnonzero((labels == 1).any(axis=0) & (labels == 0).any(axis=0))
            if len(labels)
            else np.zeros(0, np.int64)
        )
        if not len(both):
            return None
        model = clone(self.estimator) if hasattr(self.estimator, "get_params") else self.estimator
        model.fit(texts.tolist(), labels[:, both].astype(int))
        return model, both

    def _logits(self, model: tuple[Any, NDArray[np.int64]] | None, texts: NDArray[np.object_]) -> Array:
        logits = np.full((len(texts), len(self.codes)), np.nan)
        if model is None or not len(texts):
            return logits
        estimator, learned = model
        chance = np.clip(
            positive_column(estimator.predict_proba(texts.tolist()), len(learned)), 1e-6, 1 - 1e-6
        )
        logits[:, learned] = np.log(chance / (1 - chance))
        logits[[not text.strip() for text in texts]] = np.nan
        return logits


def positive_column(chance: Any, codes: int) -> Array:
    """Return the probability of "yes" per code, shape (texts, codes), from either of scikit-learn's shapes.

    Raises
    ------
    PluginError
        If it is neither.
    """
    if isinstance(chance, list):
        chance = np.column_stack([np.asarray(one)[:, -1] for one in chance])
    columns: Array = np.asarray(chance, np.float64)
    if columns.ndim == 2 and codes == 1 and columns.shape[1] == 2:
        columns = columns[:, 1:]
    if columns.ndim != 2 or columns.shape[1] != codes:
        raise PluginError(f"predict_proba gave an array of shape {columns.shape} for {codes} codes")
    return columns


def _check_settings(name: str, factory: Any, settings: Mapping[str, Any]) -> None:
    parameters = inspect.signature(factory).parameters
    if any(one.kind is inspect.Parameter.VAR_KEYWORD for one in parameters.values()):
        return
    taken = [one for one in parameters if one not in ("codes", "seed")]
    for setting in settings:
        if setting not in taken:
            raise InputError(
                f"suggester {name!r} takes no setting {setting!r}; it takes: {', '.join(taken) or 'none'}"
            )
