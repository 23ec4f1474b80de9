"""The order in which suggestions are reviewed, with the reasons for each as columns."""

from __future__ import annotations

import random
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Literal, get_args

from mihqda.codings.frame import rows_of
from mihqda.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

Order = Literal["rare", "uncertain", "likely", "reading"]
ORDERS: tuple[Order, ...] = get_args(Order)

REASONS = ("is_rare", "is_random", "is_uncertain", "is_likely")
"""Why a suggestion stands where it does, one column each; more than one can hold."""

AT_RANDOM = 0.3
"""Share of suggestions drawn at random among rare codes first, so that the queue does not only confirm itself."""
UNCERTAIN = (0.35, 0.65)
"""Between these a probability is called uncertain."""
LIKELY = 0.8
"""From here on a probability is called likely; without probabilities, strong ones are."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A suggestion that waits for a decision.

    Parameters
    ----------
    suggestion, transcript, start, end, code, probability, score, strength, suggester
        As suggested; `probability` None where there is none.
    coded
        How often the code was applied so far.
    """

    suggestion: str
    transcript: str
    start: int
    end: int
    code: str
    probability: float | None
    score: float
    strength: str
    suggester: str
    coded: int = 0


def arrange(
    waiting: Sequence[Waiting], *, by: Order = "rare", seed: int = 0
) -> list[tuple[int, tuple[str, ...]]]:
    """Return the order of review: places in `waiting`, each with those of `REASONS` that hold.

    Parameters
    ----------
    waiting
        In any order; what comes out does not depend on it.
    by, seed
        See `queue`.

    Raises
    ------
    InputError
        If there is no such order.
    """
    if by not in ORDERS:
        raise InputError(f"unknown order {by!r}; there are: {', '.join(ORDERS)}")
    if not waiting:
        return []
    ranks = _ranks(waiting)
    drawn: set[int] = set()
    if by == "rare":
        order, drawn = _rare_first(waiting, ranks, seed)
    elif by == "reading":
        order = sorted(
            range(len(waiting)),
            key=lambda at: (
                waiting[at].transcript, waiting[at].start, waiting[at].end, -waiting[at].score,
                waiting[at].suggestion,
            ),
        )  # fmt: skip
    else:
        order = sorted(
            range(len(waiting)), key=lambda at: _by_chance(waiting[at], ranks[at], is_likely=by == "likely")
        )
    middle = median(one.coded for one in waiting)
    return [(at, _reasons(waiting[at], middle, is_random=at in drawn)) for at in order]


def queue(frame: pd.DataFrame, *, by: Order = "rare", seed: int = 0) -> pd.DataFrame:
    """Return suggestions in the order of review.

    Parameters
    ----------
    frame
        Columns suggestion, transcript, start, end, code, probability, score, strength, suggester; and `coded`, how
        often the code was applied so far (0 where the column is missing).
    by
        ``rare``: the code with fewest codings first (those that stand before it in the queue count as such),
        its best suggestion each time; three in ten are drawn at random. ``uncertain``: probabilities nearest
        to a half first. ``likely``: the highest first. ``reading``: as in the transcripts. Suggestions
        without a probability stand behind, by their rank within their suggester.
    seed
        Of what is drawn.

    Returns
    -------
    DataFrame
        The same rows with position (1, 2, …) and the columns of `REASONS`.

    Raises
    ------
    InputError
        If there is no such order.
    """
    counts = frame["coded"].tolist() if "coded" in frame else [0] * len(frame)
    columns = (
        "suggestion", "transcript", "start", "end", "code", "probability", "score", "strength", "suggester"
    )  # fmt: skip
    waiting = [
        Waiting(
            name, transcript, start, end, code, None if chance != chance else chance, score, strength, suggester,
            int(coded),
        )
        for (name, transcript, start, end, code, chance, score, strength, suggester), coded in zip(
            rows_of(frame, *columns), counts, strict=True
        )
    ]  # fmt: skip
    arranged = arrange(waiting, by=by, seed=seed)
    out = frame.iloc[[at for at, _ in arranged]].reset_index(drop=True)
    reasons = {name: [name in held for _, held in arranged] for name in REASONS}
    out = out.assign(**reasons).astype(dict.fromkeys(REASONS, "bool"))
    return out.assign(position=range(1, len(out) + 1))


def _reasons(one: Waiting, middle: float, *, is_random: bool) -> tuple[str, ...]:
    low, high = UNCERTAIN
    chance = one.probability
    held = (
        one.coded <= middle,
        is_random,
        chance is not None and low <= chance <= high,
        one.strength == "strong" if chance is None else chance >= LIKELY,
    )
    return tuple(name for name, holds in zip(REASONS, held, strict=True) if holds)


def _ranks(waiting: Sequence[Waiting]) -> list[float]:
    """Return the share of its suggester's suggestions that each stands above; those that tie share their places."""
    scores: dict[str, list[float]] = {}
    for one in waiting:
        scores.setdefault(one.suggester, []).append(one.score)
    for of_one in scores.values():
        of_one.sort()
    out = []
    for one in waiting:
        all_ = scores[one.suggester]
        first, after = bisect_left(all_, one.score), bisect_right(all_, one.score)
        out.append((first + after + 1) / 2 / len(all_))
    return out


def _by_chance(one: Waiting, rank: float, *, is_likely: bool) -> tuple[bool, float, str]:
    is_unknown = one.probability is None
    value = rank if one.probability is None else one.probability
    return is_unknown, -value if is_likely else abs(value - 0.5), one.suggestion


def _rare_first(waiting: Sequence[Waiting], ranks: Sequence[float], seed: int) -> tuple[list[int], set[int]]:
    """Return the places in order, and which of them were drawn at random."""
    # Best last, so that it can be popped; ids break ties, so that the rows' own order does not matter.
    best_last = sorted(
        range(len(waiting)), key=lambda at: _by_chance(waiting[at], ranks[at], is_likely=True), reverse=True
    )
    of_code: dict[str, list[int]] = {}
    counts: Counter[str] = Counter()
    for at in best_last:
        of_code.setdefault(waiting[at].code, []).append(at)
        counts[waiting[at].code] = waiting[at].coded
    draw = random.Random(seed)
    shuffled = sorted(range(len(waiting)), key=lambda at: waiting[at].suggestion)
    draw.shuffle(shuffled)
    left = set(shuffled)
    order: list[int] = []
    drawn: set[int] = set()
    codes = sorted(of_code)
    while left:
        if draw.random() < AT_RANDOM:
            while shuffled[-1] not in left:
                shuffled.pop()
            at = shuffled.pop()
            drawn.add(at)
        else:
            codes = [code for code in codes if of_code[code]]
            code = min(codes, key=lambda one: (counts[one], one))
            at = of_code[code].pop()
            if at not in left:  # drawn already
                continue
        left.remove(at)
        counts[waiting[at].code] += 1
        order.append(at)
    return order, drawn
