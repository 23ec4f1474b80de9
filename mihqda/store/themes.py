"""Themes and settings in the study file."""

from __future__ import annotations

import json
from typing import Any

from mihqda.store.database import Store
from mihqda.themes.query import Theme


def get_themes(store: Store) -> tuple[Theme, ...]:
    """Return the study's own themes in the order in which they were made."""
    return tuple(
        Theme(*row)
        for row in store.read(
            "SELECT t.id, t.name, t.definition, t.query, coalesce(m.text, '')"
            " FROM themes t LEFT JOIN contents m ON m.key = t.memo ORDER BY t.position, t.id"
        )
    )


def add_theme(store: Store, theme: Theme) -> None:
    """Write a new theme."""
    store.write(
        "INSERT INTO themes (id, position, name, definition, query, memo)"
        " VALUES (?, (SELECT coalesce(max(position), 0) + 1 FROM themes), ?, ?, ?, ?)",
        (theme.id, theme.name, theme.definition, theme.query, store.keep(theme.memo) if theme.memo else None),
    )


def remove_theme(store: Store, theme: str) -> int:
    """Take a theme out and return how many rows that were."""
    return store.write("DELETE FROM themes WHERE id = ?", (theme,))


def get_setting(store: Store, key: str, default: Any) -> Any:
    """Return a setting, or `default` if it was never set."""
    rows = store.read("SELECT value FROM settings WHERE key = ?", (key,))
    return json.loads(rows[0][0]) if rows else default


def put_setting(store: Store, key: str, value: Any) -> None:
    """Write a setting."""
    text = json.dumps(value, ensure_ascii=False)
    store.write(
        "INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value"
        " WHERE value <> excluded.value",
        (key, text),
    )
