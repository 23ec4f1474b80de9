"""Tables laid out on a sheet as a person would print them: bands above the columns, n and N apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil
from typing import Any

import pandas as pd

from mihqda.reports.grid import Quote, rows_of
from mihqda.reports.model import ReportTable
from mihqda.reports.prose import cut
from mihqda.reports.tidy import plain
from mihqda.reports.wording import Wording
from mihqda.tables.sheet_xml import fit_heights
from mihqda.tables.sheets import Entry, Look, Sheet
from mihqda.themes.groups import ALL, INTERVIEWER, UNASSIGNED

_BAND = Look(is_bold=True, align="center", is_head=True)
_HEAD = Look(is_bold=True, is_head=True, has_rule=True)
_NUMBER_HEAD = Look(is_bold=True, align="right", is_head=True, has_rule=True)
_NUMBER = Look(align="right")
_BESIDE = Look(indent=1)  # text to the right of numbers
_TITLE = Look(is_bold=True, size=14)
_NOTE = Look(size=9)
_QUOTE = 300  # characters
_NOT_PEOPLE = (UNASSIGNED, INTERVIEWER)


def theme_sheet(title: str, table: ReportTable, words: Wording) -> Sheet:
    """Return T4: a band of n and N for each group, mentions, sessions, valences, and a quote."""
    frame = table.frame
    groups = list(dict.fromkeys(frame["group"]))
    people = [group for group in groups if group not in (ALL, *_NOT_PEOPLE)] + [ALL] * (ALL in groups)
    asked = [group for group in people if frame.loc[frame["group"] == group, "N_asked"].notna().any()]
    fields: list[tuple[str, str, str, str]] = []  # group, column of the frame, band, head
    for group in people:
        names = [
            ("participants", "n"),
            ("N", "N"),
            *([("N_asked", words.say("col_asked"))] * (group in asked)),
        ]
        fields += [(group, name, words.group(group), head) for name, head in names]
    total = [
        ("mentions", "col_mentions"),
        ("sessions", "col_sessions"),
        ("plus", "col_plus"),
        ("minus", "col_minus"),
    ]
    fields += [
        (ALL, name, words.group(ALL), words.say(key)) for name, key in [*total, ("mixed", "col_mixed")]
    ]
    fields += [
        (group, "mentions", words.group(group), words.say("col_mentions"))
        for group in groups
        if group in _NOT_PEOPLE
    ]
    numbers = _by(frame, "theme", "group")
    quotes = _first_quotes(table)
    about = frame.drop_duplicates("theme")
    rows: list[list[Any]] = []
    for theme, name, depth, definition in rows_of(about, "theme", "name", "depth", "definition"):
        quote = quotes.get(len(rows))
        cells: list[Any] = [
            Entry(plain(name), Look(indent=min(int(depth), 6), is_bold=int(depth) == 0)),
            plain(definition),
        ]
        cells += [Entry(plain(numbers[theme, group][field]), _NUMBER) for group, field, _, _ in fields]
        said = (cut(quote.text, _QUOTE), quote.attribution) if quote else (None, None)
        cells += [Entry(plain(text), _BESIDE) for text in said]
        rows.append(cells)
    return _sheet(
        title,
        table,
        left=[(words.say("col_theme"), 30), (words.say("col_definition"), 34)],
        bands=[(band, head) for _, _, band, head in fields],
        right=[(words.say("col_quote"), 48), (words.say("col_said_by"), 18)],
        rows=rows,
    )


def phase_sheet(title: str, table: ReportTable, words: Wording) -> Sheet:
    """Return T10: a band of participants and mentions for each phase."""
    frame = table.frame
    phases = dict(rows_of(frame, "phase", "phase_name"))
    numbers = _by(frame, "theme", "phase")
    rows: list[list[Any]] = []
    depths = [(row.depth, row.is_strong) for row in table.grid.rows]
    for at, (theme, name) in enumerate(rows_of(frame.drop_duplicates("theme"), "theme", "name")):
        depth, is_strong = depths[at] if at < len(depths) else (0, False)
        cells: list[Any] = [Entry(plain(name), Look(indent=min(depth, 6), is_bold=is_strong))]
        for phase in phases:
            row = numbers.get((theme, phase), {})
            has_any = bool(row.get("mentions", 0))
            cells += [
                Entry(plain(row[field]) if has_any else None, _NUMBER)
                for field in ("participants", "mentions")
            ]
        rows.append(cells)
    heads = ("n", words.say("col_mentions"))
    return _sheet(
        title,
        table,
        left=[(words.say("col_theme"), 40)],
        bands=[(str(name), head) for name in phases.values() for head in heads],
        right=[],
        rows=rows,
    )


def _by(frame: pd.DataFrame, *keys: str) -> Mapping[tuple[Any, ...], Mapping[str, Any]]:
    columns = list(frame.columns)
    rows = (dict(zip(columns, row, strict=True)) for row in rows_of(frame))
    return {tuple(row[key] for key in keys): row for row in rows}


def _first_quotes(table: ReportTable) -> Mapping[int, Quote]:
    """Return row -> the first quote that the page shows in it."""
    found = {}
    for at, row in enumerate(table.grid.rows):
        for cell in row.cells:
            if cell.quotes:
                found[at] = cell.quotes[0]
    return found


def _sheet(
    title: str,
    table: ReportTable,
    *,
    left: Sequence[tuple[str, float]],
    bands: Sequence[tuple[str, str]],
    right: Sequence[tuple[str, float]],
    rows: Sequence[Sequence[Any]],
) -> Sheet:
    """Return a sheet: title, two rows of heads, the rows, and the notes below."""
    width = len(left) + len(bands) + len(right)
    top = [Entry(plain(table.title), _TITLE), *([None] * (width - 1))]
    upper: list[Any] = [Entry(None, _BAND)] * len(left)
    merged = []
    for at, (band, _) in enumerate(bands):
        is_new = at == 0 or bands[at - 1][0] != band
        upper.append(Entry(plain(band) if is_new else None, _BAND))
        if is_new:
            end = at
            while end + 1 < len(bands) and bands[end + 1][0] == band:
                end += 1
            if end > at:
                merged.append((1, len(left) + at, 1, len(left) + end))
    upper += [Entry(None, _BAND)] * len(right)
    lower = [
        *(Entry(name, _HEAD) for name, _ in left),
        *(Entry(head, _NUMBER_HEAD) for _, head in bands),
        *(Entry(name, _HEAD) for name, _ in right),
    ]
    # A note runs over the cells to the right of it, so that the first column can stay narrow.
    notes = [[Entry(plain(note.replace("`", "")), _NOTE), *([None] * (width - 1))] for note in table.notes]
    first = 3 + len(rows) + 1
    blank: list[Any] = [None] * width
    sizes = [size for _, size in left]
    heads = [max(5.0, max(map(len, head.split()), default=0) * 1.2 + 2) for _, head in bands]
    sizes += [*heads, *(size for _, size in right)]
    heights = fit_heights([[None] * width] * 3 + [list(row) for row in rows], sizes)
    heights |= {first + at: 12.5 * ceil(len(note) / sum(sizes)) for at, note in enumerate(table.notes)}
    return Sheet(
        title,
        [top, upper, lower, *rows, blank, *notes],
        heads=3,
        fixed=1,
        widths=sizes,
        heights={0: 21.0, **heights},
        merged=(
            *((0, 0, 0, width - 1),) * (width > 1),
            *merged,
            *((first + at, 0, first + at, width - 1) for at in range(len(notes)) if width > 1),
        ),
        is_landscape=True,
    )
