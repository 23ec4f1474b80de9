"""Codebooks in YAML: every text is read as it is written, errors name file, line and code.

PyYAML only finds the nodes and their lines. What they mean is decided here, because YAML's own rules turn a
keyword ``no`` into False, a version ``0.10`` into 0.1 and a time ``12:30`` into 750.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

import yaml

from mihqda.codebook.model import CODE_FIELDS, HEAD_FIELDS, Code, Codebook, Link, find_fault
from mihqda.codebook.nodes import Place, compose, line_of, read_fields, read_items, read_text, read_value
from mihqda.codebook.plain import explain_id, is_id, parse_flag, parse_scalar, propose_id
from mihqda.codebook.schema import FLAGS, build, to_fields
from mihqda.errors import InputError

WIDTH = 120
"""Characters in a line of what `write_yaml` writes."""


def read_yaml(text: str, *, source: str) -> Codebook:
    """Read a codebook from YAML.

    Parameters
    ----------
    text
        ``meta`` (with `id`) and ``codes``, or a bare list of codes; docs/codebook.md has every field.
    source
        Name of the file, for errors; its stem is the id of a codebook that has no ``meta``.

    Raises
    ------
    InputError
        Naming file, line and code, if the text is no YAML or no valid codebook.

    Examples
    --------
    >>> book = read_yaml("codes: [{id: a, name: Time, keywords: [no, on]}]", source="mine.yaml")
    >>> book.id, book["a"].keywords
    ('mine', ('no', 'on'))
    """
    place = Place(source)
    root = compose(text, source)
    head: dict[str, Any] = {"id": propose_id(PurePath(source).stem) or "codebook"}
    meta: dict[str, Any] = {}
    listed: yaml.Node | None = root
    if not isinstance(root, yaml.SequenceNode):
        fields = read_fields(place, root, "codebook")
        for name, node in fields.items():
            if name not in ("meta", "codes"):
                raise place.fault(line_of(node), f"field {name!r} is unknown here; write it below meta")
        if "meta" in fields:
            head, meta = _read_head(place, fields["meta"])
        listed = fields.get("codes")
    if listed is None:
        raise place.fault(line_of(root), "there is no list of codes; write 'codes:' and the codes below it")
    if not isinstance(listed, yaml.SequenceNode):
        raise place.wrong_kind(listed, "codes", "a list", "each code begins with '- id: ...'")
    codes: list[tuple[Code, int]] = []
    for node in listed.value:
        _read_code(place, node, None, codes)
    fault = find_fault(code for code, _ in codes)
    if fault:
        # Of two equal ids the later one is to be mended.
        line = max(line for code, line in codes if code.id == fault[0])
        raise Place(source, fault[0]).fault(line, fault[1])
    try:
        return Codebook(**head, codes=tuple(code for code, _ in codes), meta=meta)
    except InputError as error:
        raise InputError(f"{source}: {error}") from None


def write_yaml(codebook: Codebook) -> str:
    """Return a codebook as YAML.

    `read_yaml` gives an equal codebook back. Comments of a file that was read before are not kept.
    """
    head = {name: getattr(codebook, name) for name in HEAD_FIELDS}
    parts = [_dump({"meta": head | dict(codebook.meta)})]
    if not codebook.codes:
        return parts[0] + "codes: []\n"
    parts[0] += "codes:\n"
    parts += [_dump([_shape(to_fields(code))]) for code in codebook]
    return "\n".join(parts)


def _read_head(place: Place, node: yaml.Node) -> tuple[dict[str, str], dict[str, Any]]:
    fields = read_fields(place, node, "meta")
    if "id" not in fields:
        proposal = propose_id(PurePath(place.source).stem)
        raise place.fault(line_of(node), f"meta has no id; write one, such as 'id: {proposal}'")
    head = {name: read_text(place, fields[name], name) for name in HEAD_FIELDS if name in fields}
    if not is_id(head["id"]):
        raise place.fault(line_of(fields["id"]), explain_id(head["id"]))
    return head, {name: read_value(place, one) for name, one in fields.items() if name not in HEAD_FIELDS}


def _read_code(place: Place, node: yaml.Node, above: str | None, codes: list[tuple[Code, int]]) -> None:
    """Append a code with its line, and then the codes nested in it."""
    fields = read_fields(Place(place.source, _peek_id(node)), node, f"code number {len(codes) + 1}")
    if "id" not in fields:
        raise place.fault(line_of(node), f"code number {len(codes) + 1} has no id")
    code_id = read_text(place, fields["id"], "id")
    if not is_id(code_id):
        raise place.fault(line_of(fields["id"]), explain_id(code_id))
    here = Place(place.source, code_id)
    if "name" not in fields:
        raise here.fault(line_of(node), "the code has no name")
    if "examples" in fields:
        if "example" in fields:
            raise here.fault(line_of(fields["examples"]), "example and examples are one field; keep one")
        fields["example"] = fields.pop("examples")
    children = fields.pop("children", None)
    values = {name: _read_field(here, name, one) for name, one in fields.items()}
    if above is not None and values.setdefault("parent", above) != above:
        raise here.fault(line_of(node), f"it stands below {above} but its parent is {values['parent']!r}")
    try:
        codes.append((build(values), line_of(node)))
    except InputError as error:
        raise here.fault(line_of(node), str(error).removeprefix(f"code {code_id}: ")) from None
    if children is not None:
        for child in read_items(here, children, "children", "a list of codes"):
            _read_code(place, child, code_id, codes)


def _peek_id(node: yaml.Node) -> str:
    """Return a code's id for an error that comes before its fields are read; "" if it has none."""
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    return next((str(value.value) for key, value in pairs if key.value == "id"), "")


def _read_field(place: Place, name: str, node: yaml.Node) -> Any:
    if name == "links":
        return tuple(
            _read_link(place, one) for one in read_items(place, node, name, "[{to: ID, relation: WORD}]")
        )
    if name == "keywords":
        return _read_texts(place, name, read_items(place, node, name, "[one, two words]"))
    if name.startswith("keywords_"):
        return list(_read_texts(place, name, read_items(place, node, name, "[one, two words]")))
    if name == "example":
        if isinstance(node, yaml.SequenceNode):
            return _read_texts(place, name, node.value)
        text = read_text(place, node, name).strip()
        return (text,) if text else ()
    if name in FLAGS:
        try:
            return parse_flag(read_text(place, node, name))
        except InputError as error:
            raise place.fault(line_of(node), f"{name}: {error}") from None
    return read_text(place, node, name) if name in CODE_FIELDS else read_value(place, node)


def _read_texts(place: Place, name: str, nodes: list[yaml.Node]) -> tuple[str, ...]:
    return tuple(read_text(place, node, f"{name}, number {n}") for n, node in enumerate(nodes, 1))


def _read_link(place: Place, node: yaml.Node) -> Link:
    fields = read_fields(place, node, "links")
    if set(fields) != {"to", "relation"}:
        raise place.fault(
            line_of(node), f"a link has 'to' and 'relation', got {', '.join(fields) or 'nothing'}"
        )
    try:
        return Link(**{name: read_text(place, one, name) for name, one in fields.items()})
    except InputError as error:
        raise place.fault(line_of(node), error) from None


class _Flow(list[Any]):
    """A list written in one line."""


class _FlowMapping(dict[str, Any]):
    """A mapping written in one line."""


class _Dumper(yaml.SafeDumper):
    """Quotes a text that `read_yaml` or any reader of YAML 1.1 would take for something else; no aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        return True

    def resolve(self, kind: type[yaml.Node], value: Any, implicit: Any) -> str:
        if kind is yaml.ScalarNode and implicit[0]:
            meaning = parse_scalar(value)
            if not isinstance(meaning, str):
                return f"tag:yaml.org,2002:{'null' if meaning is None else type(meaning).__name__}"
        return str(super().resolve(kind, value, implicit))  # type: ignore[no-untyped-call]


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


def _represent_number(dumper: yaml.SafeDumper, number: float) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:float", repr(number))


def _represent_list(dumper: yaml.SafeDumper, items: _Flow) -> yaml.Node:
    return dumper.represent_sequence("tag:yaml.org,2002:seq", items, flow_style=True)


def _represent_mapping(dumper: yaml.SafeDumper, pairs: _FlowMapping) -> yaml.Node:
    return dumper.represent_mapping("tag:yaml.org,2002:map", pairs.items(), flow_style=True)


_Dumper.add_representer(str, _represent_text)
_Dumper.add_representer(float, _represent_number)
_Dumper.add_representer(_Flow, _represent_list)
_Dumper.add_representer(_FlowMapping, _represent_mapping)


def _shape(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields with lists in one line, links one to a line, examples one to a line."""
    shaped: dict[str, Any] = {}
    for name, value in fields.items():
        if name == "links":
            shaped[name] = [_FlowMapping(link) for link in value]
        else:
            shaped[name] = _Flow(value) if isinstance(value, list) and name != "example" else value
    return shaped


def _dump(data: Any) -> str:
    text = yaml.dump(
        data, Dumper=_Dumper, allow_unicode=True, width=WIDTH, sort_keys=False, default_flow_style=False
    )
    return str(text)
