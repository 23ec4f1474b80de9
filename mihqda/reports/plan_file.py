"""``report.yaml`` -> plans: what a report shows, written down so that it can be made again.

::

    language: nl            # keys of `Plan`, and those of `Filter` below ``filter``
    k: 3
    filter:
      groups: [provider]
    reports:                # several reports of one study, each in a folder of its name
      - name: leads
        filter: {roles: [project lead]}

What stands at the top holds for each of the reports; what a report says itself goes before it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, get_args

import yaml

from mihqda.codebook.nodes import Place, compose, line_of, read_fields, read_items, read_value
from mihqda.encoding import decode
from mihqda.errors import InputError
from mihqda.filters import Filter
from mihqda.reports.plan import PRESETS, SECTIONS, Attribution, Language, Order, Plan
from mihqda.tables.model import column_name

_PLAN = tuple(one.name for one in fields(Plan))
_FILTER = tuple(one.name for one in fields(Filter))
_CHOICES: Mapping[str, tuple[str, ...]] = {
    "language": get_args(Language),
    "attribution": get_args(Attribution),
    "order": get_args(Order),
}


@dataclass(frozen=True, slots=True)
class PlannedReport:
    """A report of a plan file.

    Parameters
    ----------
    name
        Of its folder; empty if the file plans one report only.
    settings
        What the file says, by the names of `Plan`; the rest is as it is by default.
    """

    name: str
    settings: Mapping[str, Any] = field(default_factory=dict)

    def plan(self, **others: Any) -> Plan:
        """Return the plan; `others` go before what the file says, where they are not None."""
        given = {name: value for name, value in others.items() if value is not None}
        return Plan(**merge(self.settings, given))


def read_plan(path: Path) -> tuple[PlannedReport, ...]:
    """Return the reports of a plan file, one or several.

    Raises
    ------
    InputError
        If it cannot be read, or holds a key or a value that means nothing; names the line and what is allowed.
    """
    try:
        text = decode(path.read_bytes()).text
    except OSError as error:
        raise InputError(f"cannot read the plan {path}: {error.strerror or error}") from error
    return parse_plan(text, source=path.name)


def parse_plan(text: str, *, source: str) -> tuple[PlannedReport, ...]:
    """Return the reports of a plan's text; `source` stands in errors. See `read_plan`."""
    place = Place(source)
    if all(not line.strip() or line.lstrip().startswith("#") for line in text.splitlines()):
        return (PlannedReport(""),)
    root = compose(text, source)
    nodes = _fields(place, root, "the plan", ("preset", *_PLAN, "reports"))
    listed = nodes.pop("reports", None)
    common = _settings(place, nodes)
    if listed is None:
        return (PlannedReport("", common),)
    reports: list[PlannedReport] = []
    taken: dict[str, int] = {}
    for node in read_items(place, listed, "reports", "[{name: leads, filter: {roles: [project lead]}}]"):
        own = _fields(place, node, "a report", ("name", "preset", *_PLAN))
        if "name" not in own:
            raise place.fault(line_of(node), "a report has no name, which its folder would have")
        name = _name(place, own.pop("name"))
        if name.casefold() in taken:
            raise place.fault(
                line_of(node), f"two reports have the name {name!r}, first in line {taken[name.casefold()]}"
            )
        taken[name.casefold()] = line_of(node)
        reports.append(PlannedReport(name, merge(common, _settings(place, own))))
    if not reports:
        raise place.fault(line_of(listed), "reports is empty; name at least one, or leave reports out")
    return tuple(reports)


def merge(settings: Mapping[str, Any], others: Mapping[str, Any]) -> dict[str, Any]:
    """Return settings with others in their place; of a filter, each field by itself."""
    merged = {**settings, **others}
    if "filter" in settings and "filter" in others:
        chosen = {name: getattr(others["filter"], name) for name in _FILTER}
        merged["filter"] = replace(
            settings["filter"], **{name: value for name, value in chosen.items() if value}
        )
    return merged


def _fields(place: Place, node: yaml.Node, name: str, allowed: tuple[str, ...]) -> dict[str, yaml.Node]:
    nodes = read_fields(place, node, name)
    lines = {column_name(key.value): line_of(key) for key, _ in node.value}
    for key in nodes:
        if key not in allowed:
            raise place.fault(lines[key], f"{name} has no key {key!r}; there are: {', '.join(allowed)}")
    return {key: value for key, value in nodes.items() if not _is_null(place, value)}


def _is_null(place: Place, node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and read_value(place, node) is None


def _settings(place: Place, nodes: Mapping[str, yaml.Node]) -> dict[str, Any]:
    settings: dict[str, Any] = {}
    for key, node in nodes.items():
        if key == "preset":
            _text(place, node, key, PRESETS)  # they stand for the defaults
        elif key == "filter":
            settings[key] = _filter(place, node)
        elif key == "sections":
            settings[key] = _sections(place, node)
        elif key == "k":
            settings[key] = _number(place, node)
        else:
            settings[key] = _text(place, node, key, _CHOICES.get(key, ()))
    return settings


def _sections(place: Place, node: yaml.Node) -> tuple[str, ...]:
    names: list[str] = []
    for item in read_items(place, node, "sections", "[findings, themes, method]"):
        name = _text(place, item, "sections", SECTIONS)
        if name in names:
            raise place.fault(line_of(item), f"section {name!r} stands there twice")
        names.append(name)
    if not names:
        raise place.fault(line_of(node), f"sections is empty; there are: {', '.join(SECTIONS)}")
    return tuple(names)


def _filter(place: Place, node: yaml.Node) -> Filter:
    chosen: dict[str, Any] = {}
    for key, value in _fields(place, node, "the filter", _FILTER).items():
        if key == "with_interviewer":
            said = read_value(place, value)
            if not isinstance(said, bool):
                raise place.fault(line_of(value), f"{key} is true or false, got {said!r}")
            chosen[key] = said
        elif isinstance(value, yaml.ScalarNode):
            chosen[key] = (_text(place, value, key),)
        else:
            chosen[key] = tuple(_text(place, item, key) for item in read_items(place, value, key, "[a, b]"))
    return Filter(**chosen)


def _number(place: Place, node: yaml.Node) -> int:
    value = read_value(place, node)
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise place.fault(line_of(node), f"k is a whole number from 1 on, got {value!r}")
    return value


def _text(place: Place, node: yaml.Node, key: str, allowed: tuple[str, ...] = ()) -> str:
    if not isinstance(node, yaml.ScalarNode):
        raise place.wrong_kind(node, key, "a text")
    text = str(node.value).strip()
    if not text:
        raise place.fault(
            line_of(node), f"{key} is empty" + (f"; there are: {', '.join(allowed)}" if allowed else "")
        )
    if allowed and text not in allowed:
        raise place.fault(line_of(node), f"{key}: {text!r} is none of {', '.join(allowed)}")
    return text


def _name(place: Place, node: yaml.Node) -> str:
    name = _text(place, node, "name")
    if folder_name(name) != name:
        raise place.fault(
            line_of(node), f"name {name!r} cannot be that of a folder; {folder_name(name)!r} can"
        )
    return name


_RESERVED = {"con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(1, 10))}


def folder_name(name: str) -> str:
    """Return a name as a folder can have it on every system.

    Examples
    --------
    >>> folder_name("project lead / site: A"), folder_name(".."), folder_name("nul")
    ('project lead - site- A', '_', 'nul_')
    """
    kept = "".join("-" if ch in '<>:"/\\|?*' or not ch.isprintable() else ch for ch in name)
    kept = " ".join(kept.split())[:80].strip(" .") or "_"
    return f"{kept}_" if kept.casefold().partition(".")[0] in _RESERVED else kept
