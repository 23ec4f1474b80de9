"""T4: the theme report, who of which group voiced what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from mihqda.reports.counts import Counts, Entry
from mihqda.reports.grid import Cell, Column, Grid, GridRow, Quote
from mihqda.reports.model import ReportTable
from mihqda.reports.plan import Order
from mihqda.reports.spread import pick_for_table
from mihqda.reports.wording import Wording
from mihqda.themes.groups import ALL, INTERVIEWER, UNASSIGNED

_VALENCES = ("plus", "minus", "mixed")
_TALK_ONLY = (UNASSIGNED, INTERVIEWER)  # rows without people: only what was said can be counted
_MOST_GROUPS_WITH_QUOTES = 4  # beyond these the page has no room for a column of quotes


def themes_table(
    counts: Counts, quotes: Mapping[str, Sequence[Quote]] | None, words: Wording, *, order: Order = "codebook"
) -> ReportTable:
    """Return T4.

    Parameters
    ----------
    counts
        From `count_themes`.
    quotes
        Theme -> the quotes that are listed under it, those that spread best first; two of them stand in the
        table, if possible such as no theme above shows. None for a report without quotes.
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
    layout = _layout(counts, quotes, words)
    title = words.say("T4", by=words.field(counts.by))
    return ReportTable("T4", "themes", title, frame, (), _notes(counts, words, order), layout)


def _layout(counts: Counts, quotes: Mapping[str, Sequence[Quote]] | None, words: Wording) -> Grid:
    cells = counts.cells
    people = [group for group in counts.groups if group != ALL and group not in _TALK_ONLY]
    has_people = _has_people(counts)
    has_valences = has_people and any(
        row[name] for row in cells.values() if row["group"] == ALL for name in _VALENCES
    )
    has_quotes = quotes is not None and len(people) <= _MOST_GROUPS_WITH_QUOTES
    columns = [Column("theme", words.say("col_theme"), 34 if has_quotes else 40)]
    columns += [Column(group, words.group(group), max(10, min(len(group) + 2, 20)), True) for group in people]
    if has_people:
        columns.append(Column(ALL, words.say("col_total"), 8, True))
    columns += [
        Column("mentions", words.say("col_mentions"), 13, True),
        Column("sessions", words.say("col_sessions"), 11, True),
    ]
    talk = [group for group in counts.groups if group in _TALK_ONLY]
    columns += [
        Column(group, words.say("col_mentions_of", group=words.group(group)), 14, True) for group in talk
    ]
    if has_valences:
        labels = {name: words.say(f"col_{name}") for name in _VALENCES}
        columns += [Column(name, label, 4 + len(label), True) for name, label in labels.items()]
    if has_quotes:
        columns.append(Column("quotes", words.say("col_quotes"), 46))
    rows = []
    seen: set[str] = set()
    for entry in counts.entries:
        total = cells[entry.theme, ALL]
        line = [Cell(entry.name, entry.definition, entry.anchor if quotes is not None else "")]
        shown = [*people, ALL] if has_people else people
        anchors = {
            group: _target(counts, entry, group) if quotes is not None else "" for group in counts.groups
        }
        line += [_people(cells[entry.theme, group], anchors[group], words) for group in shown]
        line += [Cell(words.show(total[name]), target=anchors[ALL]) for name in ("mentions", "sessions")]
        line += [
            Cell(words.show(cells[entry.theme, group]["mentions"]), target=anchors[group]) for group in talk
        ]
        if has_valences:
            line += [
                Cell(words.show(total[name]), target=anchors[ALL] if total[name] else "")
                for name in _VALENCES
            ]
        if quotes is not None and has_quotes:
            picked = pick_for_table(quotes.get(entry.theme, ()), seen)
            seen |= {quote.text for quote in picked}
            line.append(Cell(quotes=picked))
        rows.append(GridRow(tuple(line), entry.depth, entry.depth == 0))
    return Grid(tuple(columns), tuple(rows))


def _has_people(counts: Counts) -> bool:
    return any(counts.cells[entry.theme, ALL]["N"] > 0 for entry in counts.entries)


def _people(row: Mapping[str, Any], target: str, words: Wording) -> Cell:
    asked = row["N_asked"]
    note = "" if asked is pd.NA else words.say("asked", n=int(asked))
    return Cell(words.fraction(row["participants"], row["N"]), note, target)


def _target(counts: Counts, entry: Entry, group: str) -> str:
    return counts.anchor(entry, group) if counts.cells[entry.theme, group]["codings"] else ""


def _notes(counts: Counts, words: Wording, order: Order) -> tuple[str, ...]:
    unused = tuple(
        words.say("note_unused", how_many=words.count(len(names), noun), names=words.listing(names))
        for noun, names in counts.unused
    )
    if not counts.entries:
        return (words.say("note_no_codings"), *unused)
    notes = [words.say("note_people") if _has_people(counts) else words.say("note_talk")]
    if any(row["N_asked"] is not pd.NA for row in counts.cells.values()):
        notes.append(words.say("note_asked"))
    if UNASSIGNED in counts.groups:
        notes.append(words.say("note_unassigned", unassigned=words.group(UNASSIGNED)))
    notes.append(words.say("note_order_name") if order == "name" else words.say("note_order"))
    return (*notes, *unused)
