"""YAML text to nodes that know their line: the part of reading a codebook that knows YAML but no codes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, NoReturn

import yaml

from mihqda.codebook.plain import parse_scalar
from mihqda.errors import InputError
from mihqda.tables.model import column_name

_KINDS = {yaml.ScalarNode: "a single value", yaml.SequenceNode: "a list", yaml.MappingNode: "a mapping"}
_HINTS = {
    r"'\t'": "use spaces, not tabs",
    "mapping values are not allowed": "a text with ': ' in it has to be quoted",
    "expected a single document": "'---' begins a second codebook: one file holds one",
    "expected ',' or ']'": "a list [ ... ] is not closed, or a text in it has to be quoted",
    "special characters": "the file holds control characters; remove them",
}


@dataclass(frozen=True, slots=True)
class Place:
    """The file, and the code in it, that is being read: makes errors that say so."""

    source: str
    code: str = ""

    def fault(self, line: int, reason: object) -> InputError:
        """Return the error for a line."""
        code = f", code {self.code}" if self.code else ""
        return InputError(f"{self.source}, line {line}{code}: {reason}")

    def wrong_kind(self, node: yaml.Node, name: str, wanted: str, way_out: str = "") -> InputError:
        """Return the error for a field that holds another kind of value than it should."""
        reason = f"{name}: {wanted} is wanted, got {_KINDS[type(node)]}"
        return self.fault(line_of(node), f"{reason}; {way_out}" if way_out else reason)


def line_of(node: yaml.Node) -> int:
    """Return the line on which a node begins; the first is 1."""
    return int(node.start_mark.line) + 1


def compose(text: str, source: str) -> yaml.Node:
    """Return the root node of a YAML text.

    Raises
    ------
    InputError
        If the text is empty, no YAML, or uses anchors, aliases or tags.
    """
    try:
        root = _Loader(text).get_single_node()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        reason = " ".join(part for part in (error.context, error.problem) if part)
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, int(error.position)) + 1
        reason = str(error.reason)
    except RecursionError:
        raise InputError(f"{source}: lists or mappings stand too deep in one another") from None
    else:
        if root is None:
            raise InputError(f"{source}: the file is empty; a codebook has meta and codes (docs/codebook.md)")
        return root
    hint = next((f" ({hint})" for sign, hint in _HINTS.items() if sign in reason), "")
    raise Place(source, _code_at(text, line)).fault(line, f"this is no YAML: {reason}{hint}")


class _Loader(yaml.SafeLoader):
    """Refuses what a codebook does not need: anchors and aliases (they can unfold without end) and tags."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event = self.peek_event()  # type: ignore[no-untyped-call]
        if isinstance(event, yaml.AliasEvent):
            self._refuse(event, "an alias is not read; a text that begins with * has to be quoted")
        if getattr(event, "anchor", None) is not None:
            self._refuse(event, "an anchor is not read; a text that begins with & has to be quoted")
        if getattr(event, "tag", None) is not None:
            self._refuse(event, f"tag {event.tag} is not read; a text that begins with ! has to be quoted")
        return super().compose_node(parent, index)

    @staticmethod
    def _refuse(event: Any, reason: str) -> NoReturn:
        raise yaml.composer.ComposerError(None, None, reason, event.start_mark)


def _code_at(text: str, line: int) -> str:
    """Return the id of the code at a line of a text that YAML cannot read: the last ``id:`` up to there."""
    above = "\n".join(text.split("\n")[:line])
    body = above.partition("codes:")[2]
    ids = re.findall(r"^[ \t]*-?[ \t]*\{?id:[ \t]*['\"]?([^\s'\",}]+)", body, re.MULTILINE)
    return ids[-1] if ids else ""


def read_fields(place: Place, node: yaml.Node, name: str) -> dict[str, yaml.Node]:
    """Return the nodes of a mapping; names of fields ignore case, white space in them is ``_``.

    Raises
    ------
    InputError
        If it is no mapping, or a field occurs twice.
    """
    if not isinstance(node, yaml.MappingNode):
        raise place.wrong_kind(node, name, "a mapping (field: value)")
    found: dict[str, yaml.Node] = {}
    for key, value in node.value:
        field = column_name(_key(place, key, name))
        if field in found:
            raise place.fault(
                line_of(key), f"field {field!r} occurs twice, first in line {line_of(found[field])}"
            )
        found[field] = value
    return found


def read_items(place: Place, node: yaml.Node, name: str, example: str) -> list[yaml.Node]:
    """Return the nodes of a list, none for null.

    Raises
    ------
    InputError
        If it is no list; it shows the example.
    """
    if isinstance(node, yaml.SequenceNode):
        return list(node.value)
    if _is_null(node):
        return []
    raise place.wrong_kind(node, name, "a list", f"write {name}: {example}")


def read_text(place: Place, node: yaml.Node, name: str) -> str:
    """Return a text as it is written, whatever YAML would take it for; "" for null.

    Raises
    ------
    InputError
        If it is a list or a mapping.
    """
    if not isinstance(node, yaml.ScalarNode):
        raise place.wrong_kind(node, name, "a text", "a text with ': ' or brackets in it has to be quoted")
    return "" if _is_null(node) else str(node.value)


def read_value(place: Place, node: yaml.Node) -> Any:
    """Return plain data: text, number, true, false, None, list or mapping.

    Raises
    ------
    InputError
        If a name in a mapping occurs twice.
    """
    if isinstance(node, yaml.ScalarNode):
        return node.value if node.style else parse_scalar(node.value)
    if isinstance(node, yaml.SequenceNode):
        return [read_value(place, one) for one in node.value]
    found: dict[str, Any] = {}
    for key, value in node.value:
        name = _key(place, key, "mapping")
        if name in found:
            raise place.fault(line_of(key), f"{name!r} occurs twice")
        found[name] = read_value(place, value)
    return found


def _key(place: Place, node: yaml.Node, name: str) -> str:
    if not isinstance(node, yaml.ScalarNode) or not node.value.strip():
        raise place.fault(line_of(node), f"{name}: the name of a field is a text")
    return str(node.value).strip()


def _is_null(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.style is None and parse_scalar(node.value) is None
