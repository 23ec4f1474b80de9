"""The order in which suggestions are reviewed, with the reasons for each as columns."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from typing import Any, Literal, get_args

import pandas as pd

from mihqda.codings.frame import rows_of
from mihqda.errors import InputError

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
    if by not in ORDERS:
        raise InputError(f"unknown order {by!r}; there are: {', '.join(ORDERS)}")
    coded = frame["coded"] if "coded" in frame else pd.Series(0, index=frame.index)
    probability = frame["probability"].astype("float64")
    frame = frame.assign(
        is_rare=coded.le(coded.median()) if len(frame) else False,
        is_random=False,
        is_uncertain=probability.between(*UNCERTAIN),
        is_likely=probability.ge(LIKELY) | (probability.isna() & frame["strength"].eq("strong")),
    ).astype(dict.fromkeys(REASONS, "bool"))
    rank = frame.groupby("suggester")["score"].rank(pct=True) if len(frame) else frame["score"]
    named = list(zip(rows_of(frame, "suggestion", "probability"), rank, strict=True))
    order: list[int]
    if by == "rare":
        order, drawn = _rare_first(frame.assign(coded=coded, rank=rank), seed)
        frame = frame.assign(is_random=[at in drawn for at in range(len(frame))])
    elif by == "reading":
        places = list(rows_of(frame, "transcript", "start", "end", "score", "suggestion"))
        order = _sorted(len(frame), lambda at: (*places[at][:3], -places[at][3], places[at][4]))
    else:
        order = _sorted(len(frame), lambda at: _by_chance(*named[at], is_likely=by == "likely"))
    out = frame.iloc[order].reset_index(drop=True)
    return out.assign(position=range(1, len(out) + 1))


def _sorted(count: int, key: Callable[[int], Any]) -> list[int]:
    return sorted(range(count), key=key)


def _by_chance(one: tuple[str, float], rank: float, *, is_likely: bool) -> tuple[bool, float, str]:
    suggestion, probability = one
    is_unknown = probability != probability
    value = rank if is_unknown else probability
    return is_unknown, -value if is_likely else abs(value - 0.5), suggestion


def _rare_first(frame: pd.DataFrame, seed: int) -> tuple[list[int], set[int]]:
    """Return the rows in order, and which of them were drawn at random."""
    columns = ("code", "coded", "probability", "rank", "suggestion")
    rows = [(at, *row) for at, row in enumerate(rows_of(frame, *columns))]
    # Best last, so that it can be popped; ids break ties, so that the rows' own order does not matter.
    rows.sort(key=lambda row: _by_chance((row[5], row[3]), row[4], is_likely=True), reverse=True)
    waiting: dict[str, list[int]] = {}
    counts: Counter[str] = Counter()
    for at, code, coded, *_ in rows:
        waiting.setdefault(code, []).append(at)
        counts[code] = int(coded)
    code_of = {at: code for at, code, *_ in rows}
    draw = random.Random(seed)
    shuffled = [row[0] for row in sorted(rows, key=lambda row: str(row[5]))]
    draw.shuffle(shuffled)
    left = set(shuffled)
    order: list[int] = []
    drawn: set[int] = set()
    codes = sorted(waiting)
    while left:
        if draw.random() < AT_RANDOM:
            while shuffled[-1] not in left:
                shuffled.pop()
            at = shuffled.pop()
            drawn.add(at)
        else:
            codes = [code for code in codes if waiting[code]]
            code = min(codes, key=lambda one: (counts[one], one))
            at = waiting[code].pop()
            if at not in left:  # drawn already
                continue
        left.remove(at)
        counts[code_of[at]] += 1
        order.append(at)
    return order, drawn
