"""Texts as TF-IDF rows of words, pairs of words and characters within words.

A text's character n-grams are those of its words (``char_wb`` in scikit-learn's terms), so their counts are the product of two
small sparse matrices, words of each text times n-grams of each word; that is several times faster than
counting them text by text, and most of the time of a refit goes into exactly this.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from mihqda.suggest.words import character_grams, find_words, fold

GRAM_SIZES = (3, 4, 5)
LEAST_WORD_ROWS = 2
LEAST_GRAM_ROWS = 3
"""In fewer texts than this a feature is dropped: it could not be learned from one text and found in another."""


@dataclass(frozen=True, slots=True)
class _Words:
    """All words of a batch of texts, one after another: `id` into `words`, `row` into the texts."""

    words: list[str]
    id: NDArray[np.int64]
    row: NDArray[np.int64]
    rows: int


@dataclass(slots=True)
class Vectoriser:
    """Words 1-2 and characters 3-5, sublinear, inverse document frequencies, each of the two parts of length 1.

    Attributes
    ----------
    width_
        How many columns `transform` gives: first the words, then the pairs, then the character n-grams.
    """

    width_: int = 0
    _word: dict[str, int] = field(default_factory=dict)
    _pairs: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))
    _pair_base: int = 0
    _kept_word: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))
    _gram: dict[str, int] = field(default_factory=dict)
    _folded: dict[str, str] = field(default_factory=dict)
    _grams_of: dict[str, NDArray[np.int32]] = field(default_factory=dict)
    _weight: NDArray[np.float32] = field(default_factory=lambda: np.zeros(0, np.float32))

    def fit(self, texts: Sequence[str]) -> Self:
        """Learn the vocabulary and how rare each of its entries is."""
        batch = self._read(texts)
        count = len(texts)
        self._word = {word: at for at, word in enumerate(batch.words)}
        self._pair_base = len(batch.words) + 1
        seen = np.unique(batch.row * self._pair_base + batch.id)
        word_rows = np.bincount(seen % self._pair_base, minlength=len(batch.words))
        kept = np.flatnonzero(word_rows >= LEAST_WORD_ROWS)
        self._kept_word = np.full(len(batch.words), -1, np.int64)
        self._kept_word[kept] = np.arange(len(kept))
        pair, row = self._pairs_of(batch.id, batch.row)
        both = np.unique(np.stack([pair, row]), axis=1) if len(pair) else np.zeros((2, 0), np.int64)
        pairs, pair_rows = np.unique(both[0], return_counts=True)
        self._pairs = pairs[pair_rows >= LEAST_WORD_ROWS]
        names, gram_rows = self._count_grams(batch)
        kept_grams = np.flatnonzero(gram_rows >= LEAST_GRAM_ROWS)
        self._gram = {names[at]: place for place, at in enumerate(kept_grams.tolist())}
        self._grams_of = {}
        rows = np.concatenate(
            [word_rows[kept], pair_rows[pair_rows >= LEAST_WORD_ROWS], gram_rows[kept_grams]]
        )
        self._weight = (np.log((1 + count) / (1 + rows)) + 1).astype(np.float32)
        self.width_ = len(rows)
        return self

    @property
    def words_(self) -> int:
        """How many of the columns are words and pairs."""
        return len(self._weight) - len(self._gram)

    def transform(self, texts: Sequence[str]) -> Any:
        """Return a CSR array (texts, width_) of float32; a text without known words is a row of zeros."""
        batch = self._read(texts)
        words = self._scale(self._count_words(batch), 0)
        grams = self._scale(self._grams(batch, len(self._gram)), self.words_)
        return sparse.hstack([words, grams], format="csr", dtype=np.float32)

    def columns_of_words(self, words: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return for words, in their order, the column of each and of each with its successor; -1 if none."""
        folded = [self._fold(word) for word in words]
        ids = np.array([self._word.get(word, -1) for word in folded], np.int64)
        single = np.where(ids >= 0, self._kept_word[ids] if len(self._kept_word) else -1, -1)
        pair = np.full(len(ids), -1, np.int64)
        if len(ids) > 1 and len(self._pairs):
            keys = ids[:-1] * self._pair_base + ids[1:]
            at = np.minimum(np.searchsorted(self._pairs, keys), len(self._pairs) - 1)
            found = (self._pairs[at] == keys) & (ids[:-1] >= 0) & (ids[1:] >= 0)
            pair[:-1] = np.where(found, at + int((self._kept_word >= 0).sum()), -1)
        return single, pair

    def columns_of_grams(self, word: str) -> NDArray[np.int64]:
        """Return the columns of a word's character n-grams."""
        return self._grams_of_word(self._fold(word)).astype(np.int64) + self.words_

    def _fold(self, word: str) -> str:
        folded = self._folded.get(word)
        if folded is None:
            folded = self._folded[word] = fold(word)
        return folded

    def _read(self, texts: Sequence[str]) -> _Words:
        found = [find_words(text) for text in texts]
        place: dict[str, int] = {}
        of_raw: dict[str, int] = {}
        for raw in dict.fromkeys(chain.from_iterable(found)):
            of_raw[raw] = place.setdefault(self._fold(raw), len(place))
        flat = np.fromiter(map(of_raw.__getitem__, chain.from_iterable(found)), np.int64)
        row = np.repeat(np.arange(len(found)), [len(one) for one in found])
        return _Words(list(place), flat, row.astype(np.int64), len(found))

    def _pairs_of(
        self, ids: NDArray[np.int64], rows: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        if len(ids) < 2:
            return np.zeros(0, np.int64), np.zeros(0, np.int64)
        together = (rows[:-1] == rows[1:]) & (ids[:-1] >= 0) & (ids[1:] >= 0)
        return (ids[:-1] * self._pair_base + ids[1:])[together], rows[:-1][together]

    def _count_words(self, batch: _Words) -> Any:
        known = np.array([self._word.get(word, -1) for word in batch.words], np.int64)
        ids = known[batch.id] if len(batch.words) else batch.id
        columns = np.where(ids >= 0, self._kept_word[ids] if len(self._kept_word) else -1, -1)
        keys, rows = self._pairs_of(ids, batch.row)
        if len(self._pairs) and len(keys):
            at = np.minimum(np.searchsorted(self._pairs, keys), len(self._pairs) - 1)
            hit = self._pairs[at] == keys
            singles = int((self._kept_word >= 0).sum())
            pair_columns, rows = at[hit] + singles, rows[hit]
        else:
            pair_columns, rows = np.zeros(0, np.int64), np.zeros(0, np.int64)
        known_row = columns >= 0
        column = np.concatenate([columns[known_row], pair_columns])
        row = np.concatenate([batch.row[known_row], rows])
        ones = np.ones(len(column), np.float32)
        counts = sparse.csr_array((ones, (row, column)), shape=(batch.rows, self.words_))
        counts.sum_duplicates()
        return counts

    def _count_grams(self, batch: _Words) -> tuple[list[str], NDArray[np.int64]]:
        place: dict[str, int] = {}
        for word in batch.words:
            columns = [place.setdefault(gram, len(place)) for gram in character_grams(word, GRAM_SIZES)]
            self._grams_of[word] = np.array(columns, np.int32)
        counts = self._grams(batch, len(place))
        return list(place), np.bincount(counts.indices, minlength=len(place))

    def _grams_of_word(self, word: str) -> NDArray[np.int32]:
        columns = self._grams_of.get(word)
        if columns is None:
            found = [self._gram.get(gram, -1) for gram in character_grams(word, GRAM_SIZES)]
            columns = np.array([at for at in found if at >= 0], np.int32)
            self._grams_of[word] = columns
        return columns

    def _grams(self, batch: _Words, width: int) -> Any:
        per_word = [self._grams_of_word(word) for word in batch.words]
        lengths = np.array([0, *(len(columns) for columns in per_word)])
        indices = np.concatenate(per_word) if per_word else np.zeros(0, np.int32)
        ones = np.ones(len(indices), np.float32)
        grams = sparse.csr_array((ones, indices, np.cumsum(lengths)), shape=(len(per_word), width))
        ones = np.ones(len(batch.id), np.float32)
        words = sparse.csr_array((ones, (batch.row, batch.id)), shape=(batch.rows, len(per_word)))
        return words @ grams

    def _scale(self, counts: Any, first: int) -> Any:
        values = (np.log(counts.data) + 1) * self._weight[first + counts.indices]
        starts = counts.indptr[:-1]
        squares = np.add.reduceat(np.append(values * values, 0.0), np.minimum(starts, len(values)))
        lengths = np.diff(counts.indptr)
        norms = np.where(lengths > 0, np.sqrt(squares), 1.0)
        counts.data = (values / np.repeat(norms, lengths)).astype(np.float32)
        return counts
