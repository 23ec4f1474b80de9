"""From scores to suggestions: which codes are proposed for which segment, with the evidence for each."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from mihqda.codings.frame import rows_of
from mihqda.spans import Span
from mihqda.suggest.model import Strength, Suggestion, suggestion_id

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from mihqda.codebook import Code
    from mihqda.snapshot import Snapshot
    from mihqda.suggest.model import Evidence, Scores, Suggester

Progress = Callable[[str, int, int], None]

NEAREST = 3
"""So many accepted quotes stand beside a suggestion."""
STRONG, MEDIUM = 0.6, 0.3
"""Probabilities from which on a suggestion is strong or medium."""
_PIECE = 2000  # suggestions explained between two reports of progress


def propose(
    suggester: Suggester,
    segments: pd.DataFrame,
    codes: Sequence[Code],
    snapshot: Snapshot,
    *,
    labels: NDArray[np.float64] | None = None,
    top: int = 3,
    jobs: int = 1,
    coders: Sequence[str] = (),
    state: str = "",
    progress: Progress = lambda what, done, total: None,
) -> tuple[Suggestion, ...]:
    """Return what a fitted suggester proposes.

    Parameters
    ----------
    suggester
        Fitted for these codes.
    segments
        What it looks at, as `mihqda.suggest.material.segments_of` gives it.
    codes
        Columns of its scores; containers and retired ones are never proposed.
    snapshot
        Where the nearest accepted quotes come from.
    labels
        What is known of the segments: a code is proposed only where that is nothing (NaN), so that no coding
        informs a suggestion for its own segment. None: for all.
    top
        At most so many codes for a segment.
    jobs
        Processes that score.
    coders
        Whom the suggester learned from: only their codings stand beside a suggestion as quotes, and its id is of their
        list; none means everybody.
    state
        Hash of what was learned from, where the suggester does not say it itself.

    Returns
    -------
    tuple of Suggestion
        In the order of the segments, the highest-ranked first within one.
    """
    import numpy as np

    if not len(segments) or not codes:
        return ()
    scores = _score(suggester, segments, jobs, progress)
    allowed = np.array([code.codable and not code.retired for code in codes])[None, :]
    if labels is not None:
        allowed = allowed & np.isnan(labels)
    founded = getattr(suggester, "founded", None)
    if founded is not None:
        allowed = allowed & founded(segments)
    pairs = choose(scores, allowed, top=top)
    evidence: list[Evidence] = []
    for start in range(0, len(pairs), _PIECE):
        progress("evidence", start, len(pairs))
        evidence += suggester.explain(segments, pairs[start : start + _PIECE])
    progress("evidence", len(pairs), len(pairs))
    quotes = nearest_quotes(snapshot, segments, pairs, codes, coders=coders)
    coded = getattr(suggester, "coded", None)
    if coded is None:
        coded = 0 if labels is None else int((labels == 1).any(axis=1).sum())
    strengths = strengths_of(scores, pairs, is_taught=coded > 0)
    places = list(rows_of(segments, "transcript", "start", "end", "unit"))
    out = []
    for at, (row, column) in enumerate(pairs):
        transcript, start, end, unit = places[row]
        span, code = Span(start, end), codes[column].id
        probability = float(scores.probability[row, column])
        out.append(Suggestion(
            suggestion_id(transcript, span, code, suggester.name, coders), transcript, span, unit, code,
            None if np.isnan(probability) else probability, float(scores.ranking[row, column]), strengths[at],
            dataclasses.replace(evidence[at], quotes=quotes[at]), suggester.name, suggester.version,
            dict(suggester.settings), str(getattr(suggester, "state", "") or state), int(coded),
        ))  # fmt: skip
    return tuple(out)


def choose(scores: Scores, allowed: NDArray[np.bool_], *, top: int) -> list[tuple[int, int]]:
    """Return (row, code) of what is proposed: from its threshold on, and among the first `top` of its row.

    A probability is held against the threshold, the ranking where there is none.
    """
    import numpy as np

    value = np.where(np.isnan(scores.probability), scores.ranking, scores.probability)
    ranking = np.where(np.isnan(scores.ranking), value, scores.ranking)
    with np.errstate(invalid="ignore"):
        chosen = allowed & (value >= scores.threshold[None, :])  # False where it is NaN
    out: list[tuple[int, int]] = []
    for row in np.flatnonzero(chosen.any(axis=1)):
        columns = np.flatnonzero(chosen[row])
        order = np.argsort(-ranking[row, columns], kind="stable")[:top]
        out += [(int(row), int(column)) for column in columns[order]]
    return out


def strengths_of(
    scores: Scores, pairs: Sequence[tuple[int, int]], *, is_taught: bool = True
) -> list[Strength]:
    """Return strong, medium or weak for each pair.

    By its probability; where there is none, by its place among the pairs that have none either: what lies above two
    thirds of them is strong, above one third medium; ties take the lower of the two. Where nothing is coded
    (`is_taught` False) all of those are weak: how well they resemble the codebook was held against nothing.
    """
    import numpy as np

    if not pairs:
        return []
    rows, columns = np.array(pairs).T
    probability, ranking = scores.probability[rows, columns], scores.ranking[rows, columns]
    level = np.where(probability >= STRONG, 2, np.where(probability >= MEDIUM, 1, 0))
    unsure = np.isnan(probability)
    if unsure.any():
        low, high = np.quantile(ranking[unsure], [1 / 3, 2 / 3])
        ranked = np.where(ranking > high, 2, np.where(ranking > low, 1, 0)) * is_taught
        level = np.where(unsure, ranked, level)
    names: tuple[Strength, ...] = ("weak", "medium", "strong")
    return [names[one] for one in level]


def roll_up(probability: NDArray[np.float64], codes: Sequence[Code]) -> NDArray[np.float64]:
    """Return the probability that a code or one below it applies: 1 − ∏(1 − p). For display alone.

    Parameters
    ----------
    probability
        Shape (segments, codes); NaN for codes without one, such as containers.

    Returns
    -------
    array
        Same shape; NaN where neither the code nor any below it has a probability.
    """
    import numpy as np

    from mihqda.codebook.model import descendants

    column = {code.id: at for at, code in enumerate(codes)}
    out = np.full(probability.shape, np.nan)
    for code, below in descendants([one for one in codes if _is_rooted(one, column)]).items():
        part = probability[:, [column[one] for one in below]]
        some = ~np.isnan(part).all(axis=1)
        out[some, column[code]] = 1 - np.prod(1 - np.nan_to_num(part[some]), axis=1)
    return out


def _is_rooted(code: Code, known: dict[str, int]) -> bool:
    return code.parent is None or code.parent in known


def nearest_quotes(
    snapshot: Snapshot,
    segments: pd.DataFrame,
    pairs: Sequence[tuple[int, int]],
    codes: Sequence[Code],
    *,
    coders: Sequence[str] = (),
) -> list[tuple[str, ...]]:
    """Return for each (row, code) pair the ids of the codings of that code whose quotes are most alike.

    Likeness is the cosine of the words, rarer ones weighing more. A coding that overlaps the segment itself
    is none of them, nor one that shares no word.
    """
    import numpy as np

    codings = snapshot.codings
    if coders:
        codings = codings[codings["coder"].isin(list(coders))]
    codings = codings[codings["code"].isin([code.id for code in codes])]
    if codings.empty or not pairs:
        return [()] * len(pairs)
    from sklearn.feature_extraction.text import TfidfVectorizer

    known = list(rows_of(codings, "coding", "transcript", "start", "end", "code"))
    texts = [snapshot.texts[transcript][start:end] for _, transcript, start, end, _ in known]
    wanted = sorted({row for row, _ in pairs})
    words = TfidfVectorizer(sublinear_tf=True, dtype=np.float32, token_pattern=r"(?u)\b\w+\b")
    try:
        quotes = words.fit_transform(texts)
    except ValueError:  # not one word in any quote
        return [()] * len(pairs)
    heard = words.transform(segments["text"].iloc[wanted])
    at = {row: number for number, row in enumerate(wanted)}
    places = list(rows_of(segments, "transcript", "start", "end"))
    of_code: dict[str, list[int]] = {}
    for number, (*_, code) in enumerate(known):
        of_code.setdefault(code, []).append(number)
    by_code: dict[int, list[int]] = {}
    for number, (_, column) in enumerate(pairs):
        by_code.setdefault(column, []).append(number)
    out: list[tuple[str, ...]] = [()] * len(pairs)
    for column, numbers in by_code.items():
        mine = of_code.get(codes[column].id, [])
        if not mine:
            continue
        alike = (heard[[at[pairs[number][0]] for number in numbers]] @ quotes[mine].T).tocsr()
        for number, row in zip(numbers, range(alike.shape[0]), strict=True):
            part = slice(alike.indptr[row], alike.indptr[row + 1])
            likest = sorted(zip(-alike.data[part], alike.indices[part], strict=True))
            transcript, start, end = places[pairs[number][0]]
            found = []
            for _, which in likest:
                coding, where, low, high, _ = known[mine[which]]
                if not (where == transcript and low < end and start < high):
                    found.append(coding)
                if len(found) == NEAREST:
                    break
            out[number] = tuple(found)
    return out


def _score(suggester: Suggester, segments: pd.DataFrame, jobs: int, progress: Progress) -> Scores:
    if jobs <= 1:
        progress("scores", 0, len(segments))
        scores = suggester.score(segments)
        progress("scores", len(segments), len(segments))
        return scores
    from mihqda.suggest.batch import score_many

    def tell(done: int, total: int) -> None:
        progress("scores", done, total)

    return score_many(suggester, segments, jobs=jobs, progress=tell)
