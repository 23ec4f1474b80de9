"""How many segments with a code are still unread: a screening estimate from a random sample of the unread.

The steps: `estimate_unread` draws segments that nobody has read; somebody reads them and codes what is there; asked again with the
time of the drawing, it counts what was found and says what that allows. Whatever queue was followed before, the sample is
random, so that the bound is exact: a ranked list that has run dry proves nothing (Callaghan and Müller-Hansen 2020,
doi:10.1186/s13643-020-01521-4).
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from math import ceil, comb, floor, nan
from typing import TYPE_CHECKING

import numpy as np

from mihqda.codebook.model import descendants
from mihqda.codings.model import check_time
from mihqda.errors import InputError, NotFoundError
from mihqda.segments import Unit
from mihqda.suggest.material import labels_of, segments_of
from mihqda.suggest.model import check_seed

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from mihqda.codebook import Code
    from mihqda.snapshot import Snapshot

SAMPLE = 100
"""Segments drawn if nobody says how many."""
REFLEXIVE = "reflexive"
_NEVER = (
    "This is a screening estimate for a code that was defined beforehand. It says nothing of what else is in the unread "
    "interviews, and is no reason to leave one unread."
)


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a random sample of the unread allows.

    Parameters
    ----------
    unread, read, found, known
        Segments that were unread, how many of them were drawn and read, how many of those have the code, and how many with the
        code were known before.
    left, left_low, left_high
        How many with the code are among the unread that were not drawn: in proportion, and the ends of the exact interval. NaN
        if nothing was read.
    recall_low
        Share of all segments with the code that has been found, at least, with the confidence of `level` (one-sided); NaN if
        none was ever found, or nothing was read.
    level
        Confidence.
    """

    unread: int
    read: int
    found: int
    known: int
    left: float
    left_low: float
    left_high: float
    recall_low: float
    level: float = 0.95


@dataclass(frozen=True, eq=False)
class Unread:
    """An estimate of how many segments with a code are unread, and what to read for it.

    Parameters
    ----------
    code, name, unit
        Of what.
    sample
        Frame transcript, start, end: what to read, in the order drawn.
    seed
        By which it was drawn.
    bounds
        What was found; without figures (`read` 0) while the sample is unread.
    """

    code: str
    name: str
    unit: str
    sample: pd.DataFrame
    seed: int
    bounds: Bounds

    def say(self) -> tuple[str, ...]:
        """Return the estimate in plain sentences."""
        bounds, units = self.bounds, f"{self.unit}s"
        if not bounds.unread:
            return (f"No {self.unit} is unread for {self.name}.",)
        if not bounds.read:
            return (
                f"{bounds.unread} {units} are unread for {self.name}; {bounds.known} with the code are known. To "
                f"estimate how many more there are, read the {len(self.sample)} {units} drawn at random and code what is there.",
                _NEVER,
            )
        return (*self._found(units), _NEVER)

    def _found(self, units: str) -> tuple[str, ...]:
        bounds, level = self.bounds, f"{self.bounds.level:.0%}".replace("%", " %")
        rest = bounds.unread - bounds.read
        first = (
            f"Of {bounds.read} {units} drawn at random from {bounds.unread} unread, {bounds.found or 'none'} "
        )
        first += f"{'has' if bounds.found < 2 else 'have'} {self.name}."
        if not rest:
            return (first, f"No other {self.unit} is unread.")
        out = [
            first,
            f"Among the {rest} still unread there are about {round(bounds.left)} more; the sample allows "
            f"{round(bounds.left_low)} to {round(bounds.left_high)} ({level} interval).",
        ]
        if bounds.recall_low == bounds.recall_low:
            seen = bounds.known + bounds.found
            out.append(
                f"{seen} are found so far: at least {floor(100 * bounds.recall_low)} % of all there are ({level} confidence)."
            )
        return tuple(out)


def estimate_unread(
    snapshot: Snapshot,
    codes: Sequence[Code],
    code: str,
    *,
    unit: Unit = "turn",
    coders: Sequence[str] = (),
    size: int = SAMPLE,
    read: int | None = None,
    since: str = "",
    seed: int = 0,
    approach: str = "",
) -> Unread:
    """Return how many segments with a code are still unread, or what to read in order to say so.

    Parameters
    ----------
    snapshot, codes
        The study and its codes.
    code
        With the codes below it.
    coders
        Who reads; by default everybody together.
    size
        How many segments to draw.
    since
        Time (UTC, ISO 8601) at which the sample was drawn: what has been coded and decided since counts as read from it. "" draws and
        counts nothing.
    read
        How many of the sample have been read, in its order; needed with `since`. Segments without any code leave no trace, so
        the reader has to say. A transcript that is finished in between counts as read before: finish it after asking.
    seed
        The same seed and time, the same sample.
    approach
        Of the study.

    Raises
    ------
    NotFoundError
        If there is no such code.
    InputError
        If the study is reflexive, a number is out of range, `since` lies in the future, or one of `since` and `read` is
        missing.
    """
    if approach.strip().casefold() == REFLEXIVE:
        raise InputError(
            "this study's approach is reflexive: codes are not fixed beforehand, so there is no number of unread codings to "
            "estimate"
        )
    check_seed(seed)
    if size < 1:
        raise InputError(f"a sample has at least 1 segment, got {size}")
    _check_drawn(since, read)
    known_codes = {one.id: one for one in codes}
    if code not in known_codes:
        raise NotFoundError(f"the study has no code {code!r}; see: mihqda codebook list")
    below = [known_codes[one] for one in descendants(codes)[code]]
    segments = segments_of(snapshot, unit)
    before = labels_of(_as_of(snapshot, since) if since else snapshot, segments, below, coders=coders)
    coded_before, unread = (before == 1).any(axis=1), _unread(before)
    drawn = draw(segments, unread, size=size, seed=seed)
    done = read or 0
    if not 0 <= done <= len(drawn):
        raise InputError(f"the sample has {len(drawn)} segments, {done} cannot have been read")
    coded_now = (labels_of(snapshot, segments, below, coders=coders) == 1).any(axis=1)
    bounds = bound(int(unread.sum()), done, int(coded_now[drawn[:done]].sum()), known=int(coded_before.sum()))
    sample = segments.iloc[drawn][["transcript", "start", "end"]].reset_index(drop=True)
    return Unread(code, known_codes[code].name, unit, sample, seed, bounds)


def draw(segments: pd.DataFrame, unread: NDArray[np.bool_], *, size: int, seed: int = 0) -> NDArray[np.int64]:
    """Return rows of unread segments, drawn at random without replacement: the same for the same segments and seed.

    Each segment has a place of its own in the order, so that a larger sample begins with the smaller one.
    """
    rows = np.flatnonzero(unread)
    places = zip(
        *(segments[name].iloc[rows].tolist() for name in ("transcript", "start", "end")), strict=True
    )
    keys = [
        hashlib.sha256("\x1f".join(map(str, (seed, *place))).encode("utf-8", "surrogatepass")).digest()
        for place in places
    ]
    order = sorted(range(len(rows)), key=keys.__getitem__)
    return rows[order[:size]]


def bound(unread: int, read: int, found: int, *, known: int = 0, level: float = 0.95) -> Bounds:
    """Return how many of the unread have a code, given what a random sample of them showed.

    Exact for sampling without replacement: the interval holds every number under which the sample would not have been in either
    tail (the hypergeometric counterpart of Clopper and Pearson 1934, doi:10.1093/biomet/26.4.404).

    Parameters
    ----------
    unread, read, found
        Segments unread, drawn from them and read, found with the code.
    known
        Segments with the code found before the sample.

    Raises
    ------
    InputError
        If the numbers contradict each other.

    Examples
    --------
    >>> limits = bound(500, 100, 0, known=40)
    >>> limits.left, limits.left_low, limits.left_high
    (0.0, 0.0, 16.0)
    """
    if not 0 <= found <= read <= unread or known < 0:
        raise InputError(f"of {unread} unread, {read} read and {found} found (and {known} known) cannot be")
    if not read:
        return Bounds(unread, 0, 0, known, nan, nan, nan, nan, level)
    tail = (1 - level) / 2
    most, least = unread - (read - found), found
    high = _last(least, most, lambda total: at_most(found, unread, total, read) > tail)
    low = most - _last(0, most - least, lambda less: 1 - at_most(found - 1, unread, most - less, read) > tail)
    one_sided = _last(least, most, lambda total: at_most(found, unread, total, read) > 1 - level)
    seen = known + found
    return Bounds(
        unread, read, found, known, found / read * (unread - read), float(low - found), float(high - found),
        seen / (known + one_sided) if seen else nan, level,
    )  # fmt: skip


def doubt_recall(unread: int, read: int, found: int, *, known: int, target: float = 0.9) -> float:
    """Return how likely a sample with so few hits is if less than `target` of all segments with the code had been found.

    Below .05 the search may be called complete to that target (Callaghan and Müller-Hansen 2020, equations 6 to 8).

    Returns
    -------
    float
        0 to 1; 1 if nothing was found at all.
    """
    seen = known + found
    if not seen or not read:
        return 1.0
    too_many = floor(seen / target - known + 1)  # so many among the unread, and the target is missed
    return at_most(found, unread, too_many, read) if too_many <= unread else 0.0


def at_most(found: int, population: int, marked: int, drawn: int) -> float:
    """Return the chance of at most `found` marked ones among those drawn: the hypergeometric distribution, exactly."""
    least = max(0, drawn - (population - marked))
    ways = sum(
        comb(marked, hits) * comb(population - marked, drawn - hits) for hits in range(least, found + 1)
    )
    return ways / comb(population, drawn)


def _last(first: int, last: int, holds: Callable[[int], bool]) -> int:
    """Return the last number for which something holds that holds up to there and no further; `first` if never."""
    while first < last:
        middle = ceil((first + last) / 2)
        if holds(middle):
            first = middle
        else:
            last = middle - 1
    return first


def _check_drawn(since: str, read: int | None) -> None:
    """Refuse a count of what was read without the time of the drawing, and the other way round."""
    if not since:
        if read is not None:
            raise InputError(
                f"{read} read of which sample? say when it was drawn as well: --since TIME, as printed with it"
            )
        return
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if check_time(since) > now:
        raise InputError(
            f"a sample cannot have been drawn in the future: --since {since}, and now it is {now}"
        )
    if read is None:
        raise InputError(
            "say how many of the sample were read, in its order: --read N (uncoded ones leave no trace)"
        )
    if isinstance(read, bool) or not isinstance(read, int):
        raise InputError(f"how many were read is a whole number, got {read!r}")


def _unread(labels: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return which segments have none of the codes and are unread for at least one of them."""
    return np.asarray(np.isnan(labels).any(axis=1) & ~(labels == 1).any(axis=1), dtype=np.bool_)


def _as_of(snapshot: Snapshot, time: str) -> Snapshot:
    """Return the study without what was coded and decided at or after a time; what has no time was there before."""
    codings, decisions = snapshot.codings, snapshot.decisions
    return dataclasses.replace(
        snapshot, codings=codings[codings["created"] < time], decisions=decisions[decisions["at"] < time]
    )
