"""Choose quotes where there is room for a few: by rule, so that it can be repeated.

::

    1  within a person, sessions take turns; quotes of a handy length and of one person alone go first
    2  round 1 holds everybody's first quote, round 2 everybody's second, ...
    3  within a round, groups take turns, and within a group, sessions
    4  chosen are, in this order, at most k of a person and none that overlaps a chosen one
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from mihqda.reports.grid import Quote

_HANDY = range(25, 401)  # characters that read well in a table
_IN_TABLE = 2


def spread(quotes: Iterable[Quote], *, k: int, groups: Mapping[str, int]) -> tuple[Quote, ...]:
    """Return quotes of one theme in the order of this module's rule, the chosen ones marked and first.

    Parameters
    ----------
    groups
        Group -> its place; groups that are not named come last.
    """

    def preferred(quote: Quote) -> tuple[Any, ...]:
        return quote.is_over_several, len(quote.text) not in _HANDY, quote.transcript, quote.start, quote.end

    def who(quote: Quote) -> tuple[str, ...]:
        return quote.speakers or (f"somebody in {quote.session}",)

    def first_group(quote: Quote) -> int:
        return min((groups.get(group, len(groups)) for group in quote.groups), default=len(groups))

    ordered = sorted(quotes, key=preferred)
    ordered = _take_turns(ordered, [(who(quote), quote.session) for quote in ordered])
    rounds = _ranks([who(quote) for quote in ordered])
    within = _ranks([(at, first_group(one), one.session) for at, one in zip(rounds, ordered, strict=True)])
    places = sorted(range(len(ordered)), key=lambda at: (rounds[at], within[at], at))
    turns = _ranks([(rounds[at], first_group(ordered[at])) for at in places])
    final = sorted(
        zip(places, turns, strict=True),
        key=lambda one: (rounds[one[0]], one[1], first_group(ordered[one[0]])),
    )
    chosen: list[Quote] = []
    others: list[Quote] = []
    taken: Counter[str] = Counter()
    covered: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for at, _ in final:
        quote = ordered[at]
        has_room = all(taken[person] < k for person in who(quote))
        if has_room and not any(
            quote.start < end and start < quote.end for start, end in covered[quote.transcript]
        ):
            taken.update(who(quote))
            covered[quote.transcript].append((quote.start, quote.end))
            chosen.append(replace(quote, is_chosen=True))
        else:
            others.append(replace(quote, is_chosen=False) if quote.is_chosen else quote)
    return (*chosen, *others)


def _ranks(keys: Iterable[Hashable]) -> list[int]:
    """Return for each key how often it occurred before."""
    counts: Counter[Hashable] = Counter()
    ranks = []
    for key in keys:
        ranks.append(counts[key])
        counts[key] += 1
    return ranks


def _take_turns(quotes: Sequence[Quote], keys: Iterable[Hashable]) -> list[Quote]:
    """Return the first of every key, then the second, and so on."""
    ranks = _ranks(keys)
    return [quotes[at] for at in sorted(range(len(quotes)), key=lambda at: (ranks[at], at))]


def pick_for_table(quotes: Sequence[Quote], seen: Collection[str] = ()) -> tuple[Quote, ...]:
    """Return the few quotes that stand in the theme table itself.

    The first chosen ones, but those whose text is `seen` already go last, and long ones after handy ones.
    """
    chosen = [quote for quote in quotes if quote.is_chosen]
    chosen.sort(key=lambda quote: (quote.text in seen, len(quote.text) > _HANDY.stop))
    return tuple(chosen[:_IN_TABLE])
