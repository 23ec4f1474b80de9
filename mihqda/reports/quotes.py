"""The quotes behind the numbers, and who said them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import isnan
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from mihqda.reports.grid import Quote, rows_of
from mihqda.reports.model import GroupQuotes, Quotes, ThemeQuotes
from mihqda.reports.prose import clock, fraction, plural, unique
from mihqda.reports.spread import spread
from mihqda.snapshot import Snapshot
from mihqda.spans import Span, trim
from mihqda.themes.groups import ALL, INTERVIEWER, NONE, UNASSIGNED
from mihqda.themes.people import Cast, Person
from mihqda.themes.quotes import theme_quotes

if TYPE_CHECKING:
    from mihqda.reports.counts import Counts, Entry

NOT_IDENTIFIED = "speaker not identified"


def find_quotes(snapshot: Snapshot, *, by: str = "group") -> dict[str, tuple[Quote, ...]]:
    """Return theme -> its quotes; the same words coded by two coders are one quote.

    Parameters
    ----------
    by
        The column of the register that makes the groups.
    """
    found: dict[str, dict[tuple[str, int, int], Quote]] = {}
    made: dict[tuple[object, ...], Quote | None] = {}  # a code, its parents and its themes share their quotes
    speakers = _Speakers(snapshot, by)
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


def attribute(people: Sequence[Person], roles: Mapping[str, str], *, kind: str, session: str) -> str:
    """Return who said it: ``(P07, project lead)``, ``(FG1, IM2)``, ``(PL3/PL4)``, ``(FG1, speaker not identified)``.

    Parameters
    ----------
    people
        Who speaks in the quote.
    roles
        Participant -> role.
    kind, session
        Of the session: in a focus group its id goes before the names.
    """
    known = [person.name for person in people if person.kind == "participant"]
    others = [
        "interviewer" if person.kind == "interviewer" else NOT_IDENTIFIED
        for person in people
        if person.kind != "participant"
    ]
    names = "/".join(unique([*known, *others])) or NOT_IDENTIFIED
    if kind == "focus group" or not known:
        return f"({session}, {names})"
    role = roles.get(known[0], "") if len(known) == 1 and not others else ""
    return f"({names}, {role})" if role else f"({names})"


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

    def __init__(self, snapshot: Snapshot, by: str) -> None:
        register = snapshot.participants
        self._cast = Cast(snapshot)
        self._texts = snapshot.texts
        self._role = dict(zip(register["participant"], register["role"], strict=True))
        # As the theme table names them.
        values = [str(value) if str(value).strip() else NONE for value in register[by]]
        self._group = dict(zip(register["participant"], values, strict=True))
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
        return Quote(
            codings=(row.coding,),
            transcript=row.transcript,
            start=span.start,
            end=span.end,
            text=span.quote(text),
            attribution=attribute(
                people, self._role, kind=self._kind.get(row.session, ""), session=row.session
            ),
            speakers=tuple(person.name for person in people if person.kind == "participant"),
            groups=unique(
                [
                    self._group.get(one.name, "") if one.kind == "participant" else others[one.kind]
                    for one in people
                ]
            ),
            session=row.session,
            starts_at=None if isnan(row.starts_at) else row.starts_at,
            coders=(row.coder,),
            valences=unique([row.valence]),
            is_over_several=len(people) > 1 and len(talk.spans.overlapped(span.start, span.end)) > 1,
        )


def own_quotes(
    counts: Counts, quotes: Mapping[str, Sequence[Quote]], *, k: int
) -> dict[str, tuple[Quote, ...]]:
    """Return theme -> the quotes to list under it: for a parent those that none of its children has.

    They are in the order in which they spread best, with at most `k` of a person chosen.
    """
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
        found[entry.theme] = spread(own, k=k, groups=places)
    return found


def list_quotes(counts: Counts, own: Mapping[str, Sequence[Quote]], *, k: int) -> Quotes:
    """Return the quotes theme by theme and group by group, as a report lists them.

    Parameters
    ----------
    own
        From `own_quotes`. A parent names its children for what they list.
    """
    cells = counts.cells
    themes = []
    for entry in counts.entries:
        groups = []
        for group in counts.groups:
            row = cells[entry.theme, group]
            if group == ALL or not row["codings"]:
                continue
            below = tuple(
                (child.name, counts.anchor(child, group))
                for child in counts.children.get(entry.theme, ())
                if cells[child.theme, group]["codings"]
            )
            is_people = group not in (UNASSIGNED, INTERVIEWER)
            count = (
                fraction(row["participants"], row["N"])
                if is_people
                else plural(int(row["mentions"]), "mention")
            )
            shown = tuple(one for one in own[entry.theme] if group in one.groups)
            groups.append(GroupQuotes(group, counts.anchor(entry, group), count, shown, below))
        themes.append(ThemeQuotes(entry.theme, entry.name, entry.anchor, tuple(groups), entry.depth))
    notes = (
        f"Chosen by rule, at most {k} of a person for a theme, spread over people, sessions and groups; the web page "
        "and the CSV files hold all of them. Each is exactly the text of its transcript. A parent lists what its "
        "children do not.",
        "† The coding covers the words of several people, which is no evidence that each of them said it.",
    )
    listed = [(entry, one) for entry in counts.entries for one in own[entry.theme]]
    return Quotes(tuple(themes), _frame(listed), notes)


def _frame(quotes: Sequence[tuple[Entry, Quote]]) -> pd.DataFrame:
    columns = (
        "theme", "name", "groups", "participants", "quote", "attribution", "transcript", "start", "end", "session",
        "time", "coders", "valences", "codings", "over_several", "chosen",
    )  # fmt: skip
    rows = [
        (
            entry.theme, entry.name, "; ".join(one.groups), "; ".join(one.speakers), one.text, one.attribution,
            one.transcript, one.start, one.end, one.session, clock(one.starts_at), "; ".join(one.coders),
            "; ".join(one.valences), "; ".join(one.codings), "yes" if one.is_over_several else "", one.is_chosen,
        )
        for entry, one in quotes
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=list(columns))
