"""Plug-ins by name: readers, suggesters, statistics, reports.

A plug-in is an entry point of one of the groups below; mihqda's own stand in its pyproject.toml like
everybody else's. Looking one up imports it, listing does not.
"""

from __future__ import annotations

from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import Any, Literal

from mihqda.errors import PluginError

Group = Literal["mihqda.readers", "mihqda.suggesters", "mihqda.statistics", "mihqda.reports"]


@cache
def _points(group: Group) -> dict[str, EntryPoint]:
    found: dict[str, EntryPoint] = {}
    for point in entry_points(group=group):
        other = found.get(point.name)
        if other is not None and other.value != point.value:
            raise PluginError(
                f"two plug-ins of {group} are called {point.name!r}: {other.value} and {point.value}; "
                "uninstall one of them"
            )
        found[point.name] = point
    return found


def names(group: Group) -> tuple[str, ...]:
    """Return the names registered in `group`, sorted."""
    return tuple(sorted(_points(group)))


def load(group: Group, name: str) -> Any:
    """Return the plug-in `name` of `group`.

    Raises
    ------
    PluginError
        If the name is unknown, or its module needs a package that is not installed.
    """
    points = _points(group)
    if name not in points:
        raise PluginError(f"{group}: no plug-in {name!r}; there are: {', '.join(sorted(points)) or 'none'}")
    point = points[name]
    try:
        return point.load()
    except ModuleNotFoundError as error:
        extra = f"mihqda[{point.extras[0]}]" if point.extras else str(error.name)
        raise PluginError(
            f"{group} {name!r} needs a package that is not here: pip install '{extra}'"
        ) from error
