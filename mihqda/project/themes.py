"""Stage 4 of a project: the study's own themes."""

from __future__ import annotations

import unicodedata

from mihqda.errors import ConflictError, InputError, NotFoundError
from mihqda.project.codings import study_codes
from mihqda.store import Store
from mihqda.store import themes as stored
from mihqda.themes.query import Theme, check_codes, parse


def add_theme(
    store: Store,
    name: str,
    *,
    query: str,
    id: str | None = None,
    definition: str = "",
    memo: str = "",
    who: str = "",
) -> Theme:
    """Make a theme: a query over codes, such as ``"A or B"`` or ``"A and B not C"``."""
    theme = Theme(id or slug(name), name, definition, query, memo)
    codes = study_codes(store)
    check_codes(parse(query), codes)
    if theme.id in codes:
        raise ConflictError(f"{theme.id!r} is a code, and each code is a theme already: choose another --id")
    if any(one.id == theme.id for one in stored.get_themes(store)):
        raise ConflictError(
            f"the study has a theme {theme.id!r} already: remove it first, or choose another --id"
        )
    with store.step(f"add theme {theme.id}", who=who):
        stored.add_theme(store, theme)
    return theme


def remove_theme(store: Store, theme: str, *, who: str = "", why: str = "") -> None:
    """Take a theme out; codes and codings stay."""
    there = [one.id for one in stored.get_themes(store)]
    if theme not in there:
        raise NotFoundError(f"the study has no theme {theme!r}; there are: {', '.join(there) or 'none'}")
    with store.step(f"remove theme {theme}", who=who, why=why):
        stored.remove_theme(store, theme)


def slug(name: str) -> str:
    """Return an id made from a name.

    Examples
    --------
    >>> slug("Rôle unclear, no time")
    'role-unclear-no-time'
    """
    plain = "".join(ch for ch in unicodedata.normalize("NFKD", name) if not unicodedata.combining(ch))
    words = "".join(ch if ch.isalnum() else " " for ch in plain.casefold()).split()
    if not words:
        raise InputError(f"theme {name!r} needs a name with letters, or an --id")
    return "-".join(words)
