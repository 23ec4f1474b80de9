"""Evidence for a suggestion: the words that weighed most, and the codebook's text that it resembles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from mihqda.spans import Span
from mihqda.suggest.model import Evidence
from mihqda.suggest.words import find_words, locate_words

if TYPE_CHECKING:
    from mihqda.suggest.rows import CodebookRow
    from mihqda.suggest.vectors import Vectoriser

MOST_WORDS = 5
LEAST_SHARE = 0.08
"""A word that carries less of all that speaks for the code is not named."""
LEAST_LIKENESS = 0.03

_PART = re.compile(r"[^.;!?\n]+[.;!?]*")


def weigh_words(
    text: str, vectoriser: Vectoriser, values: dict[int, float], weights: NDArray[np.float32]
) -> NDArray[np.float64]:
    """Return how much each word of a text speaks for a code, in log-odds.

    A feature's part is shared evenly among the places where it occurs, a pair's between its two words; so the
    words add up to the whole of what the text contributes.

    Parameters
    ----------
    values
        Column -> value of the segment's row.
    weights
        The code's coefficients of the text's columns.
    """
    words = find_words(text)
    single, pair = vectoriser.columns_of_words(words)
    touching: list[list[int]] = [[] for _ in words]
    for at, word in enumerate(words):
        touching[at] += [int(column) for column in vectoriser.columns_of_grams(word)]
        if single[at] >= 0:
            touching[at].append(int(single[at]))
        if pair[at] >= 0:
            touching[at].append(int(pair[at]))
            touching[at + 1].append(int(pair[at]))
    times: dict[int, int] = {}
    for columns in touching:
        for column in columns:
            times[column] = times.get(column, 0) + 1
    return np.array(
        [
            sum(values.get(column, 0.0) * float(weights[column]) / times[column] for column in columns)
            for columns in touching
        ],
        np.float64,
    )


def heaviest_spans(text: str, start: int, weights: NDArray[np.float64]) -> list[tuple[Span, float]]:
    """Return the spans of the words that speak for a code, neighbours joined, heaviest first; at most five."""
    places = locate_words(text)
    positive = weights.clip(min=0)
    least = max(LEAST_SHARE * positive.sum(), 1e-9)
    spans: list[tuple[Span, float]] = []
    last = -2
    for at in np.flatnonzero(weights >= least):
        begin, end = places[at]
        if at == last + 1:
            before, weight = spans.pop()
            spans.append((Span(before.start, start + end), weight + float(weights[at])))
        else:
            spans.append((Span(start + begin, start + end), float(weights[at])))
        last = int(at)
    return sorted(spans, key=lambda one: (-one[1], one[0].start))[:MOST_WORDS]


def cut_parts(rows: Sequence[CodebookRow]) -> list[tuple[int, str, str]]:
    """Return (code, field, part) of the texts that describe codes: sentences of prose, whole examples."""
    parts: list[tuple[int, str, str]] = []
    for row in rows:
        if not row.is_positive:
            continue
        if row.field in ("definition", "include"):
            parts += [(row.code, row.field, part.strip()) for part in _PART.findall(row.text) if part.strip()]
        elif row.field == "keyword":
            parts += [(row.code, row.field, part.strip()) for part in row.text.split(",")]
        else:
            parts.append((row.code, row.field, row.text))
    return parts


def matched_part(row: Any, code: int, parts: Sequence[tuple[int, str, str]], vectors: Any) -> tuple[str, str]:
    """Return field and text of the part of a code's texts that a segment resembles most; "" and "" if none."""
    own = [at for at, part in enumerate(parts) if part[0] == code]
    if not own:
        return "", ""
    likeness = np.asarray((vectors[own] @ row.T).todense()).ravel() / 2
    best = int(likeness.argmax())
    if likeness[best] < LEAST_LIKENESS:
        return "", ""
    return parts[own[best]][1], parts[own[best]][2]


def explain_row(
    text: str, start: int, vectoriser: Vectoriser, row: Any, weights: NDArray[np.float32]
) -> Evidence:
    """Return the words that weighed most, in a segment that begins at `start` of its transcript."""
    values = dict(zip(row.indices.tolist(), row.data.tolist(), strict=True))
    spans = heaviest_spans(text, start, weigh_words(text, vectoriser, values, weights))
    return Evidence(words=tuple(span for span, _ in spans), weights=tuple(weight for _, weight in spans))
