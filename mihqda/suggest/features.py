"""Segments as rows of numbers: text, who speaks, what was asked, and sentence embeddings where a model is at hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol, Self

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from mihqda.suggest.linear import gram, products
from mihqda.suggest.vectors import Vectoriser

if TYPE_CHECKING:
    import pandas as pd

Array = NDArray[np.float32]

CONTEXT_WEIGHT = 0.5
ALIKE_WEIGHT = 1.2
SPEAKER_WEIGHT = 0.5
TOPIC_WEIGHT = 0.5
TOPICS = 60
MOST_TOPIC_ROWS = 4000
EMBEDDING_WEIGHT = 1.5
CONTEXT_EMBEDDING_WEIGHT = 0.75


class Encoder(Protocol):
    """What makes sentence embeddings; `mihqda.suggest.embeddings.load_encoder` finds one."""

    name: str
    hash: str

    def encode(self, texts: Sequence[str]) -> Array:
        """Return one vector per text, shape (texts, dimensions), each of length 1."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Rows of a sparse matrix and, beside it, of a dense one.

    Parameters
    ----------
    sparse
        CSR array (rows, columns).
    dense
        Shape (rows, dimensions), or None.
    """

    sparse: Any
    dense: Array | None = None

    def __len__(self) -> int:
        return int(self.sparse.shape[0])

    def __getitem__(self, which: Any) -> Rows:
        return Rows(self.sparse[which], None if self.dense is None else self.dense[which])

    def stack(self, other: Rows) -> Rows:
        """Return these rows and then others."""
        dense = (
            None if self.dense is None or other.dense is None else np.concatenate([self.dense, other.dense])
        )
        return Rows(sparse.vstack([self.sparse, other.sparse], format="csr"), dense)

    def gram(self) -> Array:
        """Return the inner products of the rows, plus 1."""
        return gram(self.sparse, self.dense)

    def products(self) -> Any:
        """Return the function v -> (inner products plus 1) v."""
        return products(self.sparse, self.dense)

    def coefficients(self, dual: Array) -> Coefficients:
        """Return the linear model in which each row has a weight."""
        dense = None if self.dense is None else self.dense.T @ dual
        return Coefficients(self.sparse.T.tocsr() @ dual, dense, dual.sum(axis=0))


@dataclass(frozen=True, slots=True, eq=False)
class Coefficients:
    """A linear model: per column and code, per dimension and code, and the intercepts."""

    sparse: Array
    dense: Array | None
    intercept: Array

    def apply(self, rows: Rows) -> NDArray[np.float64]:
        """Return the log-odds, shape (rows, codes)."""
        out = rows.sparse @ self.sparse
        if self.dense is not None and rows.dense is not None:
            out = out + rows.dense @ self.dense
        return np.asarray(out + self.intercept, np.float64)


@dataclass(slots=True)
class Features:
    """What is known of a segment, as `Rows`: text, context (half), speaker, likeness of text and context.

    A segment without a context, or without a speaker, has nothing there. The columns are, in this order: the
    text's words, pairs and n-grams; the same of the context; speakers; likeness. Beside them, dense: where the
    text lies in the few directions along which the study's words vary together (Deerwester et al. 1990,
    doi:10.1002/(SICI)1097-4571(199009)41:6<391::AID-ASI1>3.0.CO;2-9), learned from unread segments too, so that
    words never coded borrow from words they stand with; and sentence embeddings, if there is an encoder.
    """

    encoder: Encoder | None = None
    seed: int = 0
    text_: Vectoriser = field(default_factory=Vectoriser)
    speakers_: dict[str, int] = field(default_factory=dict)
    topics_: Array = field(default_factory=lambda: np.zeros((0, 0), np.float32))

    def fit(self, segments: pd.DataFrame, texts: Sequence[str] = ()) -> Self:
        """Learn vocabulary and speakers of all segments given, coded or not, and of further texts."""
        own = segments["text"].astype(str).tolist()
        contexts = list(dict.fromkeys(segments["context"].astype(str)))
        self.text_ = Vectoriser().fit([*own, *contexts, *texts])
        speakers = sorted({word for one in segments["speaker"].astype(str).unique() for word in _parts(one)})
        self.speakers_ = {one: at for at, one in enumerate(speakers)}
        self.topics_ = _find_topics(self.words(self.text_.transform([*own, *texts])), self.seed)
        return self

    def transform(self, segments: pd.DataFrame) -> Rows:
        """Return the rows of segments."""
        return self._rows(
            segments["text"].astype(str).tolist(),
            segments["context"].astype(str).tolist(),
            segments["speaker"].astype(str).tolist(),
        )

    def transform_texts(self, texts: Sequence[str]) -> Rows:
        """Return the rows of bare texts."""
        return self._rows(list(texts), [""] * len(texts), [""] * len(texts))

    def texts(self, rows: Rows) -> Any:
        """Return the part of the rows that is the segment's own text."""
        return rows.sparse[:, : self.text_.width_]

    def words(self, text: Any) -> Any:
        """Return the words and pairs among the columns of a text."""
        return text[:, : self.text_.words_]

    def _rows(self, texts: list[str], contexts: list[str], speakers: list[str]) -> Rows:
        text = self.text_.transform(texts)
        asked = list(dict.fromkeys(contexts))
        place = {one: at for at, one in enumerate(asked)}
        context = self.text_.transform(asked)[[place[one] for one in contexts]]
        common = self.words(text).multiply(self.words(context))
        alike = np.asarray(common.sum(axis=1), np.float32).reshape(-1, 1)
        who = _one_hot(speakers, self.speakers_)
        parts = [text, context * np.float32(CONTEXT_WEIGHT), who, sparse.csr_array(alike * ALIKE_WEIGHT)]
        rows = sparse.hstack(parts, format="csr", dtype=np.float32)
        topics = _normalise(np.asarray(self.words(text) @ self.topics_)) * np.float32(TOPIC_WEIGHT)
        if self.encoder is None:
            return Rows(rows, topics)
        own = np.asarray(self.encoder.encode(texts), np.float32) * EMBEDDING_WEIGHT
        before = np.asarray(self.encoder.encode(asked), np.float32) * CONTEXT_EMBEDDING_WEIGHT
        before[[not one.strip() for one in asked]] = 0
        own[[not one.strip() for one in texts]] = 0
        return Rows(rows, np.concatenate([topics, own, before[[place[one] for one in contexts]]], axis=1))


def _parts(speaker: str) -> list[str]:
    """Return what a speaker counts as: the whole of it and each word of it."""
    return list(dict.fromkeys([speaker, *speaker.split()])) if speaker.strip() else []


def _one_hot(speakers: Sequence[str], place: dict[str, int]) -> Any:
    hits = [
        (row, place[part])
        for row, speaker in enumerate(speakers)
        for part in _parts(speaker)
        if part in place
    ]
    at = np.array(hits, np.int64).reshape(-1, 2)
    ones = np.full(len(at), SPEAKER_WEIGHT, np.float32)
    return sparse.csr_array((ones, (at[:, 0], at[:, 1])), shape=(len(speakers), len(place)))


def _find_topics(words: Any, seed: int) -> Array:
    """Return the directions, shape (columns, at most 60), of a truncated singular value decomposition.

    By random projection with two power iterations (Halko, Martinsson and Tropp 2011, doi:10.1137/090771806).
    """
    random = np.random.default_rng(seed)
    if words.shape[0] > MOST_TOPIC_ROWS:
        words = words[np.sort(random.permutation(words.shape[0])[:MOST_TOPIC_ROWS])]
    count = min(TOPICS, *(side // 4 for side in words.shape))
    if count < 1:
        return np.zeros((words.shape[1], 0), np.float32)
    turned = words.T.tocsr()
    probe = random.standard_normal((words.shape[1], count + 10)).astype(np.float32)
    for _ in range(2):
        probe = turned @ np.linalg.qr(words @ probe)[0]
    basis = np.linalg.qr(words @ probe)[0]
    _, _, directions = np.linalg.svd(np.asarray(turned @ basis).T, full_matrices=False)
    return np.ascontiguousarray(directions[:count].T, dtype=np.float32)


def _normalise(rows: Array) -> Array:
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.where(norms > 1e-6, norms, 1), np.float32)
