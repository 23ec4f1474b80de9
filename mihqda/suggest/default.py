"""The default suggester: one logistic regression per code, taught by the codebook and by what was coded.

From the first minute it learns from names, definitions, inclusion rules, examples and keywords; every coded segment adds
to it, and nothing is switched over on the way. Scores become probabilities once there are codings in two transcripts (see
`mihqda.suggest.calibration`); before, they only order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from numpy.typing import NDArray

from mihqda.codebook.model import Code
from mihqda.suggest.calibration import Calibrator, fold_of_groups, out_of_fold
from mihqda.suggest.explain import cut_parts, explain_row, matched_part
from mihqda.suggest.features import Coefficients, Encoder, Features, Rows
from mihqda.suggest.founded import find_shared
from mihqda.suggest.linear import fit_dual
from mihqda.suggest.model import Evidence, Scores
from mihqda.suggest.rows import is_described, is_offered, labels_of_rows, rows_of
from mihqda.suggest.training import TOO_FEW, check_columns, check_labels, hash_training, one_thread
from mihqda.suggest.words import find_words, fold

if TYPE_CHECKING:
    import pandas as pd

VERSION = "1"
C = 3.0
LIKENESS_WEIGHT = 0.7
"""Of the likeness to a code's texts, beside the log-odds, while few segments are coded; none for a mere name."""
MANY_CODED = 250
"""From so many coded segments on, the calibrated log-odds (with the likeness to the codebook) order better."""
MANY_READ, LEAST_WORDS, LEAST_SHARED = 200, 40, 0.05
"""Of so many segments, with so many words in all, at least this share of words stands in the codebook, if they
speak its language: "the" and "it" see to that."""
MOST_ROWS = 6000
"""Of more rows the inner products would take too much memory; they are multiplied out instead, more slowly."""


def make(
    codes: Sequence[Code], *, seed: int = 0, encoder: Encoder | None = None, calibrate: bool = True
) -> DefaultSuggester:
    """Return the default suggester for codes.

    Parameters
    ----------
    codes
        Columns of all that follows, in this order; containers and retired codes get NaN throughout.
    seed
        Of the folds.
    encoder
        Makes sentence embeddings; None for words and characters alone.
    calibrate
        False to order only, without probabilities: several times faster.
    """
    return DefaultSuggester(codes, seed=seed, encoder=encoder, calibrate=calibrate)


class DefaultSuggester:
    """Balanced logistic regression on words, characters, speaker and question, and on the codebook.

    Attributes
    ----------
    messages
        Sentences about what could not be done and what was done instead; empty if all is well.
    coded
        How many coded segments it learned from.
    state
        Hash of everything it learned from.
    fold_logits_
        Shape (segments, codes): the log-odds of each segment by models that saw nothing of its fold; NaN unread.
    """

    name = "default"
    version = VERSION

    def __init__(
        self, codes: Sequence[Code], *, seed: int = 0, encoder: Encoder | None = None, calibrate: bool = True
    ) -> None:
        self.codes = tuple(codes)
        self.seed = seed
        self.encoder = encoder
        self.settings: Mapping[str, Any] = {"seed": seed, "C": C, "calibrate": calibrate}
        if encoder is not None:
            self.settings = {**self.settings, "model": encoder.name, "model_hash": encoder.hash}
        self.messages: tuple[str, ...] = ()
        self.coded = 0
        self.state = ""
        self._rows = rows_of(self.codes)
        self._parts = cut_parts(self._rows)
        self._offered = np.array([is_offered(code) for code in self.codes], bool)

    def fit(self, segments: pd.DataFrame, labels: NDArray[np.float64]) -> Self:
        """Learn from all segments of the study and what is known of them.

        Parameters
        ----------
        segments
            Columns as `mihqda.suggest.model` says; unread ones too, whose words count towards the vocabulary.
        labels
            Shape (segments, codes): 1 coded, 0 read and not coded, NaN unread.
        """
        labels = check_labels(segments, labels, self.codes)
        with one_thread():
            self._fit(segments, labels)
        self.coded = int((labels == 1).any(axis=1).sum())
        self.state = hash_training(self, segments, labels)
        self.messages = self._explain_state(segments, labels)
        return self

    def score(self, segments: pd.DataFrame) -> Scores:
        """Return probabilities, what to rank by, and from which probability on to propose."""
        check_columns(segments)
        with one_thread():
            rows = self._features.transform(segments)
            logits = self._model.apply(rows)
            likeness = self._likeness(rows)
        probability = self._calibrator.apply(logits, likeness)
        if self._calibrator.is_fitted and self.coded >= MANY_CODED:
            ranking = self._calibrator.logit(logits, likeness)
        else:
            ranking = logits + LIKENESS_WEIGHT * likeness
        for values in (probability, ranking):
            values[:, ~self._offered] = np.nan
            values[segments["text"].astype(str).str.strip().eq("").to_numpy()] = np.nan
        return Scores(probability, ranking, self._threshold)

    def founded(self, segments: pd.DataFrame) -> NDArray[np.bool_]:
        """Return where there is ground for a proposal: with nothing coded, a word in common with the code's texts.

        With codings or embeddings all of it: those find what shares no word.
        """
        if self.coded or self.encoder is not None:
            return np.ones((len(segments), len(self.codes)), bool)
        books: list[list[str]] = [[] for _ in self.codes]
        for row in self._rows:
            if row.is_positive:
                books[row.code].append(row.text)
        return find_shared(segments["text"].astype(str).tolist(), books)

    def explain(self, segments: pd.DataFrame, pairs: Sequence[tuple[int, int]]) -> list[Evidence]:
        """Return the words that weighed most and the codebook's text that is most alike, per (row, code)."""
        check_columns(segments)
        wanted = sorted({row for row, _ in pairs})
        place = {row: at for at, row in enumerate(wanted)}
        part = segments.iloc[wanted]
        texts, starts = part["text"].astype(str).tolist(), part["start"].tolist()
        vectors = self._features.text_.transform(texts)
        found = []
        for row, code in pairs:
            at = place[row]
            own = vectors[[at]]
            weights = self._model.sparse[: self._features.text_.width_, code]
            evidence = explain_row(texts[at], int(starts[at]), self._features.text_, own, weights)
            field, matched = matched_part(own, code, self._parts, self._part_vectors)
            found.append(replace(evidence, field=field, matched=matched))
        return found

    def _fit(self, segments: pd.DataFrame, labels: NDArray[np.float64]) -> None:
        book = [row.text for row in self._rows]
        self._features = Features(self.encoder, self.seed).fit(segments, book)
        self._part_vectors = self._features.text_.transform([part for _, _, part in self._parts])
        known = np.flatnonzero(~np.isnan(labels).all(axis=1))
        first = self._features.transform_texts(book)
        read = self._features.transform(segments.iloc[known])
        rows = first.stack(read)
        wanted = np.concatenate([labels_of_rows(self._rows, self.codes), labels[known]])
        wanted[:, ~self._offered] = np.nan
        self._prototypes = self._make_prototypes(first)
        apply = rows.gram() if len(rows) <= MOST_ROWS else None
        self._model = self._learn(rows, apply, np.arange(len(rows)), wanted)
        self._calibrate(segments, labels, known, rows, apply, wanted)

    def _learn(
        self, rows: Rows, inner: Any, which: NDArray[np.int64], labels: NDArray[np.float64]
    ) -> Coefficients:
        part = rows[which]
        if inner is None:
            multiply = part.products()
        else:
            piece = inner[np.ix_(which, which)] if len(which) < len(rows) else inner
            multiply = piece.__matmul__
        return part.coefficients(fit_dual(multiply, labels[which], C=C))

    def _calibrate(
        self,
        segments: pd.DataFrame,
        labels: NDArray[np.float64],
        known: NDArray[np.int64],
        rows: Rows,
        inner: Any,
        wanted: NDArray[np.float64],
    ) -> None:
        self._calibrator = Calibrator()
        self.fold_logits_ = np.full(labels.shape, np.nan)
        book = np.arange(len(self._rows))
        groups = segments["transcript"].astype(str).to_numpy()[known]
        if self.settings["calibrate"] and len(set(groups)) > 1:

            def score(train: NDArray[np.int64], test: NDArray[np.int64]) -> NDArray[np.float64]:
                learned = self._learn(rows, inner, np.concatenate([book, len(book) + train]), wanted)
                return learned.apply(rows[len(book) + test])

            read = np.where(self._offered, labels[known], np.nan)
            logits = out_of_fold(score, read, fold_of_groups(groups, seed=self.seed))
            likeness = self._likeness(rows[len(book) + np.arange(len(known))])
            self._calibrator.fit(logits, likeness, read)
            self.fold_logits_[known] = logits
        self._threshold = self._calibrator.threshold
        if not self._calibrator.is_fitted:
            rows = self._features.transform(segments)
            ranking = self._model.apply(rows) + LIKENESS_WEIGHT * self._likeness(rows)
            self._threshold = np.full(len(self.codes), _level(ranking[:, self._offered], len(segments)))

    def _make_prototypes(self, book: Rows) -> Any:
        """Return the mean of each code's texts, shape (columns of the text, codes); 0 for a mere name."""
        vectors = self._features.texts(book)
        member = np.zeros((len(self._rows), len(self.codes)), np.float32)
        for at, row in enumerate(self._rows):
            member[at, row.code] = row.is_positive and is_described(self.codes[row.code])
        member /= np.maximum(member.sum(axis=0), 1)
        return vectors.T.tocsr() @ member

    def _likeness(self, rows: Rows) -> NDArray[np.float64]:
        own = np.asarray(self._features.texts(rows) @ self._prototypes, np.float64)
        return own * 5  # about the size of a log-odds, so that a light penalty does not decide

    def _explain_state(self, segments: pd.DataFrame, labels: NDArray[np.float64]) -> tuple[str, ...]:
        said = []
        offered = [code for code in self.codes if is_offered(code)]
        if not offered:
            return ("no code can be suggested: all are containers or retired",)
        if not any(is_described(code) for code in offered):
            if not self.coded:
                said.append(
                    "nothing is coded and the codebook holds only names: what is suggested resembles a name, no more; "
                    "add definitions and three to five examples to each code"
                )
        elif not self.coded:
            said.append("nothing is coded yet: suggestions rest on the codebook's texts alone, unmeasured")
        if self.coded and self.settings["calibrate"] and not self._calibrator.is_fitted:
            said.append(TOO_FEW)
        used = np.nansum(labels, axis=0) > 0
        names = [code.name.casefold() for code in self.codes]
        never = [
            f"{code.name} ({code.id})" if names.count(code.name.casefold()) > 1 else code.name
            for code, is_used in zip(self.codes, used, strict=True)
            if is_offered(code) and not is_used
        ]
        if self.coded and never:
            said.append(f"never used so far, known from the codebook alone: {_shorten(never)}")
        empty = int(segments["text"].astype(str).str.strip().eq("").sum()) if len(segments) else 0
        if empty:
            said.append(f"segments without text get no suggestions: {empty}")
        said += self._explain_language(segments)
        return tuple(said)

    def _explain_language(self, segments: pd.DataFrame) -> list[str]:
        """Say where the codebook, the only teacher, shares no words with the transcripts of a language."""
        if self.coded or self.encoder is not None or not len(segments):
            return []
        own = {fold(word) for row in self._rows for word in find_words(row.text)}
        said = []
        for language, part in segments.groupby("language", sort=True):
            words = [
                fold(word) for text in part["text"].astype(str).head(MANY_READ) for word in find_words(text)
            ]
            if len(words) >= LEAST_WORDS and sum(word in own for word in words) < LEAST_SHARED * len(words):
                said.append(
                    f"the codebook shares hardly a word with the segments in {language!r}: until some are coded, "
                    f"suggestions there are guesses; example_{language} or keywords_{language} would help"
                )
        return said


def _level(logits: NDArray[np.float64], segments: int) -> float:
    """Return the log-odds above which about one code for every second segment lies."""
    if not logits.size or not segments:
        return 0.0
    return float(np.quantile(logits, max(0.0, 1 - 0.5 * segments / logits.size)))


def _shorten(names: Sequence[str]) -> str:
    shown = ", ".join(names[:6])
    return shown if len(names) <= 6 else f"{shown} and {len(names) - 6} more"
