"""Which themes a table shows, and in which order."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from typing import NamedTuple

from mihqda.codings.frame import rows_of
from mihqda.errors import NotFoundError
from mihqda.snapshot import Snapshot
from mihqda.themes.query import Leaf, Query, Theme, check_codes, codes_of


class Chosen(NamedTuple):
    """A theme to show.

    Parameters
    ----------
    theme
        The study's own, or a code as its own theme.
    query
        Of the theme.
    topics
        What in the table of who was asked what speaks of it: its id, and for a code those above it.
    is_shown_empty
        Whether it belongs among the rows of zeros: not a container, not a retired code.
    is_code
        Whether it is a code as its own theme.
    """

    theme: Theme
    query: Query
    topics: tuple[str, ...]
    is_shown_empty: bool
    is_code: bool


def choose(snapshot: Snapshot, themes: Sequence[Theme | str] | None = None) -> tuple[Chosen, ...]:
    """Return the themes to show: the study's own in its order, then every code in the codebooks' order.

    Parameters
    ----------
    snapshot
        A filter on codes leaves out the codes that it does not name and the study's themes that look for
        none of them: their zeros would be the filter's.
    themes
        Show these instead, in this order: a Theme, or the id of a theme or code of the study.

    Raises
    ------
    NotFoundError
        If an id, or a code in a query, is not in the study.
    """
    own = _own_themes(snapshot)
    codes = _codes_as_themes(snapshot)
    if themes is None:
        listed = [one for one in own.values() if _is_wanted(one, snapshot)]
        listed += [one for one in choose_codes(snapshot) if one.theme.id not in own]
    else:
        listed = [_find(theme, own, codes) for theme in themes]
    for one in listed:
        check_codes(one.query, codes, where=f"theme {one.theme.id}")
    return tuple(listed)


def choose_codes(snapshot: Snapshot) -> tuple[Chosen, ...]:
    """Return the codes alone, each as its own theme, in the codebooks' order."""
    return tuple(one for one in _codes_as_themes(snapshot).values() if _is_wanted(one, snapshot))


def _own_themes(snapshot: Snapshot) -> dict[str, Chosen]:
    columns = ("theme", "name", "definition", "query", "memo")
    themes = [Theme(*row) for row in rows_of(snapshot.themes, *columns)]
    return {theme.id: _of_study(theme) for theme in themes}


def _of_study(theme: Theme) -> Chosen:
    return Chosen(theme, theme.parsed, (theme.id,), True, False)


def _codes_as_themes(snapshot: Snapshot) -> dict[str, Chosen]:
    codes = snapshot.codes
    parents = dict(zip(codes["code"], codes["parent"], strict=True))
    found: dict[str, Chosen] = {}
    for code, name, definition, is_codable, is_retired in zip(
        codes["code"], codes["name"], codes["definition"], codes["codable"], codes["retired"], strict=True
    ):
        topics = [code]
        while parents.get(topics[-1]):
            topics.append(parents[topics[-1]])
        leaf = Leaf(code)
        theme = Theme(code, name, definition, str(leaf))
        found[code] = Chosen(theme, leaf, tuple(topics), bool(is_codable) and not is_retired, True)
    return found


def _is_wanted(one: Chosen, snapshot: Snapshot) -> bool:
    """Tell whether a filter on codes leaves room for a theme."""
    if not snapshot.filter.codes:
        return True
    below = snapshot.descendants
    wanted = {code for named in snapshot.filter.codes for code in below[named]}
    if one.is_code:
        return one.theme.id in wanted
    named = codes_of(one.query, dropped=False)
    return any(not wanted.isdisjoint(below.get(code, ())) for code in named)


def _find(theme: Theme | str, own: dict[str, Chosen], codes: dict[str, Chosen]) -> Chosen:
    if isinstance(theme, Theme):
        return _of_study(theme)
    found = own.get(theme) or codes.get(theme)
    if found is None:
        near = difflib.get_close_matches(theme, [*own, *codes], n=3, cutoff=0.5)
        hint = f"did you mean {' or '.join(near)}?" if near else "see: mihqda theme list"
        raise NotFoundError(f"the study has no theme or code {theme!r}; {hint}")
    return found
