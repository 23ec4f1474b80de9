"""T4: the theme report, who of which group voiced what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from mihqda.reports.counts import Counts, Entry
from mihqda.reports.grid import Cell, Column, Grid, GridRow, Quote
from mihqda.reports.model import ReportTable
from mihqda.reports.prose import UNDEFINED, fraction, listing, show
from mihqda.reports.spread import pick_for_table
from mihqda.themes.groups import ALL, INTERVIEWER, UNASSIGNED

_TALK_ONLY = (UNASSIGNED, INTERVIEWER)  # rows without people: only what was said can be counted
_MOST_GROUPS_WITH_QUOTES = 4  # beyond these the page has no room for a column of quotes


def themes_table(counts: Counts, quotes: Mapping[str, Sequence[Quote]]) -> ReportTable:
    """Return T4.

    Parameters
    ----------
    counts
        From `count_themes`.
    quotes
        Theme -> the quotes that are listed under it, those that spread best first; two of them stand in the
        table, if possible such as no theme above shows.
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
    has_people = _has_people(counts)
    has_valences = has_people and any(
        row[name] for row in cells.values() if row["group"] == ALL for name in _VALENCES
    )
    has_quotes = len(people) <= _MOST_GROUPS_WITH_QUOTES
    columns = [Column("theme", "Theme", 34 if has_quotes else 40)]
    columns += [Column(group, group, max(8, min(len(group) + 1, 20)), True) for group in people]
    if has_people:
        columns.append(Column(ALL, "Total", 8, True))
    columns += [Column("mentions", "Mentions", 10, True), Column("sessions", "Sessions", 10, True)]
    talk = [group for group in counts.groups if group in _TALK_ONLY]
    columns += [Column(group, f"{group} mentions", 12, True) for group in talk]
    if has_valences:
        columns += [Column(name, label, 4 + len(label), True) for name, label in _VALENCES.items()]
    if has_quotes:
        columns.append(Column("quotes", "Quotes", 46))
    rows = []
    seen: set[str] = set()
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
            picked = pick_for_table(quotes.get(entry.theme, ()), seen)
            seen |= {quote.text for quote in picked}
            line.append(Cell(quotes=picked))
        rows.append(GridRow(tuple(line), entry.depth, entry.depth == 0))
    return Grid(tuple(columns), tuple(rows))


def _has_people(counts: Counts) -> bool:
    return any(counts.cells[entry.theme, ALL]["N"] > 0 for entry in counts.entries)


_ABOUT_PEOPLE = (
    "n/N: participants with at least one coding of the theme, of all registered participants of the group, whether "
    "heard or not. Mentions, sessions, +, − and mixed are those of the total; a participant with both + and − is in "
    "both and in mixed. A parent unites its children's people, it does not add them up. Groups share mentions and "
    "sessions, so that their numbers do not add up to the total."
)
_ABOUT_TALK = (
    "There is no register, so that only mentions and sessions can be counted. A parent unites its children."
)
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
    notes = [_ABOUT_PEOPLE if _has_people(counts) else _ABOUT_TALK]
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
