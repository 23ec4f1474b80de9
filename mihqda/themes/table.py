"""Theme × group: who voiced a theme, how often, and in which direction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import pandas as pd

from mihqda.snapshot import Snapshot
from mihqda.themes.choice import choose
from mihqda.themes.groups import (
    ALL,
    INTERVIEWER,
    UNASSIGNED,
    Groups,
    count_words_of,
    group_people,
    people_asked,
    sessions_of,
)
from mihqda.themes.mentions import mentions
from mihqda.themes.pieces import Piece, evidence_of
from mihqda.themes.query import Theme

COUNTS = ("participants", "N", "plus", "minus", "mixed", "mentions", "codings", "sessions", "N_asked")
RATES = ("rate", "rate_low", "rate_high")
COLUMNS = ("theme", "group", *COUNTS[:-1], *RATES, "N_asked")


def theme_table(
    snapshot: Snapshot, *, by: str = "group", zeros: bool = False, themes: Sequence[Theme | str] | None = None
) -> pd.DataFrame:
    """Count every theme in every group of people.

    The study's own themes come first, then each code as its own theme in the codebooks' order; a parent
    unites its children. What each column means stands in `mihqda.themes.RULES`.

    Parameters
    ----------
    snapshot
        A study, or what a filter leaves of it.
    by
        The column of the register that makes the groups: ``group``, ``role``, ``site`` or any other. The
        table calls it ``group`` in any case.
    zeros
        Show the themes without a coding as well, but neither containers nor retired codes, unless `themes`
        names them.
    themes
        Show these instead of all: Themes, or ids of the study's themes and codes.

    Returns
    -------
    DataFrame
        theme, group, participants, N, plus, minus, mixed, mentions, codings, sessions, rate, rate_low,
        rate_high, N_asked; counts are ``Int64``, rates ``float64``. For each theme one row for each group of
        the register in its order, ``(none)`` for people without a value, ``(all)``, then ``(unassigned)`` if
        any theme shown has codings of speakers who are not registered, and ``(interviewer)`` if the filter
        asks for interviewers. These last two have no participants, N, +, −, mixed, rates and N_asked (NA);
        a rate without words is NaN; `N_asked` is NA for a theme of which the table of who was asked what
        says nothing. Groups do not add up to ``(all)``: people of two groups may share a mention, a coding
        or a session.

    Raises
    ------
    NotFoundError
        If the register has no column `by`, or a theme or a code of a theme is not in the study.

    Notes
    -----
    Nothing is tested for significance and no percentages are given: on 7 against 11 purposively chosen people
    they would say more than is known (Maxwell 2010, 10.1177/1077800410364740).
    """
    evidence = evidence_of(snapshot)
    cast = evidence.cast
    groups = group_people(snapshot, cast, by)
    words, own_words = count_words_of(snapshot, cast, groups)
    asked = people_asked(snapshot, cast)
    sessions = sessions_of(snapshot)
    shown: list[tuple[str, _Tally, frozenset[int] | None]] = []
    for one in choose(snapshot, themes):
        pieces = evidence.pieces(one.query)
        if pieces or (zeros and (one.is_shown_empty or themes is not None)):
            known = [asked[topic] for topic in one.topics if topic in asked]
            people = frozenset().union(*known) if known else None
            shown.append((one.theme.id, _Tally(pieces, groups, sessions), people))
    rows = [*groups.names, ALL]
    if any(tally.codings[UNASSIGNED] for _, tally, _ in shown):
        rows.append(UNASSIGNED)
    if snapshot.filter.with_interviewer:
        rows.append(INTERVIEWER)
    cells: defaultdict[str, list[Any]] = defaultdict(list)
    for theme, tally, people in shown:
        for row in rows:
            cells["theme"].append(theme)
            cells["group"].append(row)
            for column, value in tally.counts(row, people).items():
                cells[column].append(value)
            for column, value in zip(RATES, tally.rates(row, words, own_words), strict=True):
                cells[column].append(value)
    return pd.DataFrame(
        {column: pd.Series(cells[column], dtype=_dtype(column)) for column in COLUMNS}, columns=list(COLUMNS)
    )


class _Tally:
    """The counts of one theme, by row."""

    def __init__(self, pieces: Sequence[Piece], groups: Groups, sessions: dict[str, str]) -> None:
        self._groups = groups
        self.codings: defaultdict[str, set[str]] = defaultdict(set)
        self._sessions: defaultdict[str, set[str]] = defaultdict(set)
        self._mentions: defaultdict[str, int] = defaultdict(int)
        self._own: defaultdict[int, int] = defaultdict(int)
        self._of_registered = 0
        self._heard: set[int] = set()
        self._voiced: dict[str, set[int]] = {"+": set(), "-": set(), "mixed": set(), "neutral": set()}
        for piece in pieces:
            self._heard |= piece.people
            for valence in piece.valences:
                self._voiced[valence] |= piece.people
            for row in groups.rows(piece.people):
                self.codings[row].update(piece.codings)
                self._sessions[row].add(sessions[piece.transcript])
        for mention in mentions(pieces):
            speakers = mention[0].people.union(*(piece.people for piece in mention[1:]))
            for row in groups.rows(speakers):
                self._mentions[row] += 1
            self._of_registered += not groups.members[ALL].isdisjoint(speakers)
            for person in speakers:
                self._own[person] += 1

    def counts(self, row: str, asked: frozenset[int] | None) -> dict[str, Any]:
        """Return the counts of a row by column; `asked` are the people who were asked, if that is known."""
        members = self._groups.members.get(row)
        plus, minus = self._voiced["+"], self._voiced["-"]
        people = {
            "participants": self._heard,
            "plus": plus,
            "minus": minus,
            "mixed": self._voiced["mixed"] | plus & minus,
            "N": members,
            "N_asked": asked,
        }
        return {
            **{
                name: pd.NA if members is None or who is None else len(members & who)
                for name, who in people.items()
            },
            "mentions": self._mentions[row],
            "codings": len(self.codings[row]),
            "sessions": len(self._sessions[row]),
        }

    def rates(self, row: str, words: dict[str, int], own_words: Sequence[int]) -> tuple[float, float, float]:
        """Return mentions per 1,000 words: of the row, and the lowest and highest of its people."""
        if not words.get(row):
            return (float("nan"),) * 3
        count = self._of_registered if row == ALL else self._mentions[row]
        own = [
            1000 * self._own[person] / own_words[person]
            for person in self._groups.members[row]
            if own_words[person]
        ]
        return 1000 * count / words[row], min(own), max(own)


def _dtype(column: str) -> str:
    return "Int64" if column in COUNTS else "float64" if column in RATES else "str"
