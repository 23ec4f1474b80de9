"""What a study holds, read once, and again only after a step that touched the tables it is made from."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any, TypeVar

from mihqda.store import Store
from mihqda.store.changes import last_step, touched_since

Value = TypeVar("Value")


class Kept:
    """Values made from tables of a study, kept until the history says that these tables changed.

    Ask outside of a step: a step that is not finished may be taken back, and its number given again.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._step = -1
        self._values: dict[str, tuple[frozenset[str], Any]] = {}

    def get(self, name: str, tables: Collection[str], make: Callable[[], Value]) -> Value:
        """Return the value of that name, made anew if one of its tables changed since it was made."""
        step = last_step(self._store)
        if step != self._step:
            touched = touched_since(self._store, self._step)
            self._values = {
                key: kept for key, kept in self._values.items() if not kept[0].intersection(touched)
            }
            self._step = step
        if name not in self._values:
            self._values[name] = (frozenset(tables), make())
        value: Value = self._values[name][1]
        return value
