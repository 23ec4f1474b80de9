"""The quotes behind the numbers, and who said them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import count
from math import isnan
from typing import TYPE_CHECKING, NamedTuple

from mihqda.reports.attribution import Attributions
from mihqda.reports.context import Contexts
from mihqda.reports.grid import Quote, rows_of
from mihqda.reports.plan import Attribution
from mihqda.reports.prose import unique
from mihqda.reports.spread import spread
from mihqda.reports.wording import Wording, wording
from mihqda.snapshot import Snapshot
from mihqda.spans import Span, trim
from mihqda.themes.groups import INTERVIEWER, UNASSIGNED
from mihqda.themes.people import cast_of
from mihqda.themes.quotes import theme_quotes

if TYPE_CHECKING:
    from mihqda.reports.counts import Counts


def find_quotes(
    snapshot: Snapshot, words: Wording | None = None, *, by: str = "group", attribution: Attribution = "id"
) -> dict[str, tuple[Quote, ...]]:
    """Return theme -> its quotes; the same words coded by two coders are one quote.

    Parameters
    ----------
    words
        For speakers without a name; English by default.
    by
        The column of the register that makes the groups.
    attribution
        How the quotes name who said them.
    """
    found: dict[str, dict[tuple[str, int, int], Quote]] = {}
    made: dict[tuple[object, ...], Quote | None] = {}  # a code, its parents and its themes share their quotes
    attributions = Attributions(snapshot, words or wording("en"), by=by, level=attribution)
    speakers = _Speakers(snapshot, attributions)
    for theme, *values in rows_of(theme_quotes(snapshot), "theme", *_Row._fields):
        row = _Row(*values)
        key = (row.coding, row.transcript, row.start, row.end)
        quote = made[key] if key in made else made.setdefault(key, speakers.quote(row))
        of_theme = found.setdefault(theme, {})
        if quote is None:
            continue
        where = (quote.transcript, quote.start, quote.end)
        same = of_theme.get(where)
        if same is not None:
            quote = replace(
                same, codings=unique([*same.codings, *quote.codings]), coders=unique([*same.coders, *quote.coders]),
                valences=unique([*same.valences, *quote.valences]),
            )  # fmt: skip
        of_theme[where] = quote
    return {theme: tuple(quotes.values()) for theme, quotes in found.items()}


class _Row(NamedTuple):
    """What is read of a row of `theme_quotes`."""

    coding: str
    transcript: str
    start: int
    end: int
    session: str
    starts_at: float
    coder: str
    valence: str


class _Speakers:
    """Makes quotes of rows, knowing who speaks where."""

    def __init__(self, snapshot: Snapshot, attributions: Attributions) -> None:
        self._cast = cast_of(snapshot)
        self._texts = snapshot.texts
        self._attributions = attributions
        self._contexts = Contexts(snapshot, attributions)
        self._kind = dict(zip(snapshot.sessions["session"], snapshot.sessions["kind"], strict=True))

    def quote(self, row: _Row) -> Quote | None:
        """Return the quote without white space at its ends, or None if it is nothing else."""
        text = self._texts[row.transcript]
        span = trim(Span(row.start, row.end), text)
        if span is None:
            return None
        talk = self._cast.talks[row.transcript]
        people = [self._cast.persons[place] for place in sorted(talk.people(span.start, span.end))]
        others = {"unknown": UNASSIGNED, "interviewer": INTERVIEWER}
        known = self._attributions
        groups = [
            known.group.get(one.name, "") if one.kind == "participant" else others[one.kind] for one in people
        ]
        return Quote(
            codings=(row.coding,),
            transcript=row.transcript,
            start=span.start,
            end=span.end,
            text=span.quote(text),
            attribution=known.of(people, kind=self._kind.get(row.session, ""), session=row.session),
            speakers=tuple(person.name for person in people if person.kind == "participant"),
            groups=unique(groups),
            session=row.session,
            starts_at=None if isnan(row.starts_at) else row.starts_at,
            coders=(row.coder,),
            valences=unique([row.valence]),
            is_over_several=len(people) > 1 and len(talk.spans.overlapped(span.start, span.end)) > 1,
            is_by_id=known.is_by_id,
            context=self._contexts.before(row.transcript, span.start),
        )


def own_quotes(
    counts: Counts, quotes: Mapping[str, Sequence[Quote]], *, k: int
) -> dict[str, tuple[Quote, ...]]:
    """Return theme -> the quotes to list under it: for a parent those that none of its children has.

    They are in the order in which they spread best, with at most `k` of a person chosen, and numbered.
    """
    numbers = count(1)
    places = {group: at for at, group in enumerate(counts.groups)}
    found = {}
    for entry in counts.entries:
        of_children = {
            (one.transcript, one.start, one.end)
            for child in counts.children.get(entry.theme, ())
            for one in quotes.get(child.theme, ())
        }
        own = [
            one
            for one in quotes.get(entry.theme, ())
            if (one.transcript, one.start, one.end) not in of_children
        ]
        ordered = spread(own, k=k, groups=places)
        found[entry.theme] = tuple(replace(one, number=next(numbers)) for one in ordered)
    return found
