"""Settings of a study: its approach, the floor under suggestions, a model for embeddings."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal, get_args

from mihqda.errors import InputError
from mihqda.store import Store
from mihqda.store.themes import get_setting, put_setting

Approach = Literal["codebook", "coding reliability", "reflexive"]
APPROACHES: tuple[Approach, ...] = get_args(Approach)
"""The three families of thematic analysis (Braun and Clarke 2021, doi:10.1002/capr.12360)."""

FLOOR = 0.2
"""Codes whose suggestions were right less often than this, when last measured, are hidden unless asked for."""

_STUDY, _SUGGESTIONS = "study", "suggestions"


def approach_of(store: Store) -> Approach:
    """Return the study's approach; ``codebook`` if nobody said."""
    approach: Approach = get_setting(store, _STUDY, {}).get("approach", "codebook")
    return approach


def floor_of(store: Store) -> float:
    """Return the precision below which a code's suggestions are hidden."""
    return float(get_setting(store, _SUGGESTIONS, {}).get("floor", FLOOR))


def folder_of(store: Store) -> str:
    """Return the folder of the study's model for embeddings; "" if it has none."""
    return str(get_setting(store, _SUGGESTIONS, {}).get("folder", ""))


def set_approach(store: Store, approach: str, *, who: str = "") -> None:
    """Set the approach.

    Raises
    ------
    InputError
        If it is none of `APPROACHES`.
    """
    if approach not in APPROACHES:
        raise InputError(f"unknown approach {approach!r}; there are: {', '.join(APPROACHES)}")
    _change(store, _STUDY, {"approach": approach}, f"set the approach to {approach}", who)


def set_floor(store: Store, floor: float, *, who: str = "") -> None:
    """Set the precision below which a code's suggestions are hidden; 0 hides none.

    Raises
    ------
    InputError
        If it is not between 0 and 1.
    """
    if isinstance(floor, bool) or not isinstance(floor, int | float) or not 0 <= floor <= 1:
        raise InputError(f"a floor is a number between 0 and 1, got {floor!r}")
    _change(store, _SUGGESTIONS, {"floor": float(floor)}, f"set the floor of suggestions to {floor:g}", who)


def set_folder(store: Store, folder: str | Path, *, who: str = "") -> None:
    """Set the folder of the model for embeddings; "" for none."""
    what = "set the model for embeddings" if str(folder) else "make suggestions without embeddings"
    _change(store, _SUGGESTIONS, {"folder": str(folder)}, what, who)


def _change(store: Store, key: str, changed: dict[str, Any], what: str, who: str) -> None:
    with store.step(what, who=who):
        put_setting(store, key, {**get_setting(store, key, {}), **changed})
