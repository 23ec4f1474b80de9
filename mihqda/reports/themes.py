"""T4: the theme report, who of which group voiced what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import pandas as pd

from mihqda.reports.codebook import tree_order
from mihqda.reports.grid import Cell, Column, Grid, GridRow, Quote, rows_of
from mihqda.reports.model import ReportTable
from mihqda.reports.prose import UNDEFINED, fraction, listing, plural, show
from mihqda.reports.spread import pick_for_table
from mihqda.snapshot import Snapshot
from mihqda.themes.groups import ALL, INTERVIEWER, UNASSIGNED
from mihqda.themes.table import theme_table

_TALK_ONLY = (UNASSIGNED, INTERVIEWER)  # rows without people: only what was said can be counted
_MOST_GROUPS_WITH_QUOTES = 4  # beyond these the page has no room for a column of quotes


@dataclass(frozen=True, slots=True)
class Entry:
    """A theme of the report.

    Parameters
    ----------
    theme
        Its id.
    name, definition
        As the study has them.
    kind
        ``theme`` for the study's own, else the code's kind.
    anchor
        Of its quotes; groups add ``-1``, ``-2``, ... in the order of `Counts.groups`.
    depth
        How many codes of the report stand above it.
    parents
        Ids of these, the nearest first.
    """

    theme: str
    name: str
    definition: str
    kind: str
    anchor: str
    depth: int = 0
    parents: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Counts:
    """What T4, its figure and the list of quotes stand on.

    Parameters
    ----------
    frame
        `theme_table` of the themes that have codings, in the report's order.
    entries
        These themes.
    groups
        The rows of each theme: the groups, ``(all)``, and ``(unassigned)`` and ``(interviewer)`` if there.
    unused
        Names of the themes and codes without codings: how many of which, such as ``3 codes``, and which.
    """

    frame: pd.DataFrame
    entries: tuple[Entry, ...]
    groups: tuple[str, ...]
    by: str = "group"
    unused: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def anchor(self, entry: Entry, group: str) -> str:
        """Return the anchor of a cell's quotes."""
        return entry.anchor if group == ALL else f"{entry.anchor}-{self.groups.index(group) + 1}"

    @cached_property
    def cells(self) -> dict[tuple[str, str], dict[str, Any]]:
        """(theme, group) -> column -> value."""
        rows = (dict(zip(self.frame.columns, row, strict=True)) for row in rows_of(self.frame))
        return {(row["theme"], row["group"]): row for row in rows}


class _About(NamedTuple):
    """What the study says of a theme or a code."""

    name: str
    definition: str
    kind: str
    parent: str


def count_themes(snapshot: Snapshot, *, by: str = "group") -> Counts:
    """Count the themes, and put codes below their parents."""
    table = theme_table(snapshot, by=by, zeros=True)
    groups = tuple(dict.fromkeys(table["group"]))
    coded = set(table.loc[(table["group"] == ALL) & (table["codings"] > 0), "theme"])
    own = {
        theme: _About(name or theme, text, "theme", "")
        for theme, name, text in rows_of(snapshot.themes, "theme", "name", "definition")
    }
    codes = {
        code: _About(*about)
        for code, *about in rows_of(snapshot.codes, "code", "name", "definition", "kind", "parent")
    }
    in_tree = [code for (code,) in rows_of(snapshot.codes.iloc[tree_order(snapshot)], "code")]
    listed = dict.fromkeys(table["theme"])
    order = [theme for theme in listed if theme in own] + [
        code for code in in_tree if code in listed and code not in own
    ]
    entries: list[Entry] = []
    for theme in order:
        if theme not in coded:
            continue
        about = own.get(theme) or codes[theme]
        parents = []
        above = about.parent
        while above:
            if above in coded and above not in own:
                parents.append(above)
            above = codes[above].parent
        anchor = f"q{len(entries) + 1}"
        entries.append(
            Entry(theme, about.name, about.definition, about.kind, anchor, len(parents), tuple(parents))
        )
    unused_own = tuple(own[theme].name for theme in order if theme in own and theme not in coded)
    unused_codes = tuple(codes[theme].name for theme in order if theme not in own and theme not in coded)
    unused = tuple(
        (plural(len(names), noun), names)
        for noun, names in (("theme", unused_own), ("code", unused_codes))
        if names
    )
    place = {entry.theme: at for at, entry in enumerate(entries)}
    frame = table[table["theme"].isin(place)]
    frame = frame.sort_values("theme", key=lambda column: column.map(place), kind="stable").reset_index(
        drop=True
    )
    return Counts(frame, tuple(entries), groups, by, unused)


def themes_table(counts: Counts, quotes: Mapping[str, Sequence[Quote]]) -> ReportTable:
    """Return T4.

    Parameters
    ----------
    counts
        From `count_themes`.
    quotes
        Theme -> its quotes, those that spread best first; two of them stand in the table.
    """
    about = pd.DataFrame(
        [
            (one.theme, one.name, one.kind, one.parents[0] if one.parents else "", one.depth, one.definition)
            for one in counts.entries
        ],
        columns=["theme", "name", "kind", "parent", "depth", "definition"],
    )
    numbers = [name for name in counts.frame.columns if name != "theme"]
    frame = counts.frame.merge(about, on="theme", how="left")[[*about.columns, *numbers]]
    layout = _layout(counts, quotes)
    title = "Themes by " + ("group" if counts.by == "group" else counts.by)
    return ReportTable("T4", "themes", title, frame, (), _notes(counts), layout)


def _layout(counts: Counts, quotes: Mapping[str, Sequence[Quote]]) -> Grid:
    cells = counts.cells
    people = [group for group in counts.groups if group != ALL and group not in _TALK_ONLY]
    has_people = any(show(cells[one.theme, ALL]["N"]) != "0" for one in counts.entries)
    has_valences = has_people and any(
        row[name] for row in cells.values() if row["group"] == ALL for name in _VALENCES
    )
    has_quotes = len(people) <= _MOST_GROUPS_WITH_QUOTES
    columns = [Column("theme", "Theme", 34 if has_quotes else 40)]
    columns += [Column(group, group, max(8, min(len(group) + 1, 20)), True) for group in people]
    if has_people:
        columns.append(Column(ALL, "Total", 8, True))
    columns += [Column("mentions", "Mentions", 9, True), Column("sessions", "Sessions", 8, True)]
    talk = [group for group in counts.groups if group in _TALK_ONLY]
    columns += [Column(group, f"{group} mentions", 12, True) for group in talk]
    if has_valences:
        columns += [Column(name, label, 6, True) for name, label in _VALENCES.items()]
    if has_quotes:
        columns.append(Column("quotes", "Quotes", 46))
    rows = []
    for entry in counts.entries:
        total = cells[entry.theme, ALL]
        line = [Cell(entry.name, entry.definition, entry.anchor)]
        shown = [*people, ALL] if has_people else people
        line += [_people(cells[entry.theme, group], _target(counts, entry, group)) for group in shown]
        line += [Cell(show(total["mentions"])), Cell(show(total["sessions"]))]
        line += [
            Cell(show(cells[entry.theme, group]["mentions"]), target=_target(counts, entry, group))
            for group in talk
        ]
        if has_valences:
            line += [Cell(show(total[name])) for name in _VALENCES]
        if has_quotes:
            line.append(Cell(quotes=pick_for_table(quotes.get(entry.theme, ()))))
        rows.append(GridRow(tuple(line), entry.depth, entry.depth == 0))
    return Grid(tuple(columns), tuple(rows))


_VALENCES = {"plus": "+", "minus": "−", "mixed": "mixed"}


def _people(row: Mapping[str, Any], target: str) -> Cell:
    asked = show(row["N_asked"])
    return Cell(
        fraction(row["participants"], row["N"]),
        "" if asked == UNDEFINED else f"asked {asked}",
        target,
    )


def _target(counts: Counts, entry: Entry, group: str) -> str:
    return counts.anchor(entry, group) if counts.cells[entry.theme, group]["codings"] else ""


def _notes(counts: Counts) -> tuple[str, ...]:
    if not counts.entries:
        return ("There are no codings here yet.", *_unused(counts))
    notes = [
        "n/N: participants with at least one coding of the theme, of all registered participants of the group, "
        "whether heard or not. Mentions, sessions, +, − and mixed are those of the total; a participant with both "
        "+ and − is in both and in mixed. A parent unites its children's people, it does not add them up. Groups "
        "share mentions and sessions, so that their numbers do not add up to the total."
    ]
    if any(show(row["N_asked"]) != UNDEFINED for row in counts.cells.values()):
        notes.append(
            "“asked”: how many of the group were asked about it, as far as that is known; not asked is not 0."
        )
    if UNASSIGNED in counts.groups:
        notes.append(
            f"{UNASSIGNED}: speakers who are not in the register; what they say counts as mentions and sessions, "
            "never as participants."
        )
    notes.append(
        "The order of the themes is the codebook's; a larger number does not make a theme more important."
    )
    return (*notes, *_unused(counts))


def _unused(counts: Counts) -> tuple[str, ...]:
    return tuple(f"{how_many} without codings: {listing(names)}." for how_many, names in counts.unused)
