"""What T4, its figure and the list of quotes stand on: the themes that have codings, counted by group."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import pandas as pd

from mihqda.reports.codebook import name_key, tree_order
from mihqda.reports.grid import rows_of
from mihqda.reports.plan import Order
from mihqda.snapshot import Snapshot
from mihqda.themes.groups import ALL
from mihqda.themes.table import theme_table


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
    """Themes with their numbers.

    Parameters
    ----------
    frame
        `theme_table` of the themes that have codings, in the report's order.
    entries
        These themes.
    groups
        The rows of each theme: the groups, ``(all)``, and ``(unassigned)`` and ``(interviewer)`` if there.
    unused
        Themes and codes without codings: ``theme`` or ``code``, and their names.
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
    def children(self) -> dict[str, tuple[Entry, ...]]:
        """Theme -> the entries right below it."""
        found: dict[str, tuple[Entry, ...]] = {}
        for entry in self.entries:
            if entry.parents:
                found[entry.parents[0]] = (*found.get(entry.parents[0], ()), entry)
        return found

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


def count_themes(snapshot: Snapshot, *, by: str = "group", order: Order = "codebook") -> Counts:
    """Count the themes, and put codes below their parents.

    Parameters
    ----------
    order
        ``name`` puts the study's own themes, and codes of the same parent, by the alphabet.
    """
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
    is_by_name = order == "name"
    in_tree = [
        code for (code,) in rows_of(snapshot.codes.iloc[tree_order(snapshot, by_name=is_by_name)], "code")
    ]
    listed = dict.fromkeys(table["theme"])
    if is_by_name:
        listed = dict.fromkeys(
            sorted(listed, key=lambda theme: name_key(own[theme].name if theme in own else ""))
        )
    in_order = [theme for theme in listed if theme in own] + [
        code for code in in_tree if code in listed and code not in own
    ]
    entries: list[Entry] = []
    for theme in in_order:
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
    unused_own = tuple(own[theme].name for theme in in_order if theme in own and theme not in coded)
    unused_codes = tuple(codes[theme].name for theme in in_order if theme not in own and theme not in coded)
    unused = tuple((noun, names) for noun, names in (("theme", unused_own), ("code", unused_codes)) if names)
    place = {entry.theme: at for at, entry in enumerate(entries)}
    frame = table[table["theme"].isin(place)]
    frame = frame.sort_values("theme", key=lambda column: column.map(place), kind="stable").reset_index(
        drop=True
    )
    return Counts(frame, tuple(entries), groups, by, unused)
