"""What changed between two versions of a codebook."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal, get_args

from mihqda.codebook.model import HEAD_FIELDS, Code, Codebook
from mihqda.codebook.schema import flatten, to_plain

ChangeKind = Literal["added", "removed", "renamed", "moved", "redefined", "retired", "other"]
CHANGE_KINDS: tuple[ChangeKind, ...] = get_args(ChangeKind)

_KIND_OF: dict[str, ChangeKind] = {
    "name": "renamed", "parent": "moved", "definition": "redefined", "include": "redefined",
    "exclude": "redefined",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """One kind of change to one code.

    Parameters
    ----------
    kind
        ``added``, ``removed``, ``renamed`` (name), ``moved`` (parent), ``redefined`` (definition, include,
        exclude), ``retired``, or ``other`` (any other field).
    code
        Its id; "" for the codebook's head and the order of its codes.
    before, after
        Field -> plain value: the fields that changed, all fields of a code that was added or removed. A
        field that one side does not have is missing there.
    twin
        For an added code, a removed one with the same name and definition, and the other way round: perhaps
        it was only renumbered; else "".
    """

    kind: ChangeKind
    code: str
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)
    twin: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "before", MappingProxyType(dict(self.before)))
        object.__setattr__(self, "after", MappingProxyType(dict(self.after)))

    @property
    def fields(self) -> tuple[str, ...]:
        """Names of the fields that changed."""
        return tuple(dict.fromkeys([*self.before, *self.after]))


def diff(old: Codebook, new: Codebook) -> tuple[Change, ...]:
    """Return what changed, head first, then in the order of the codes; empty only for equal codebooks.

    Examples
    --------
    >>> old = Codebook("b", codes=(Code("x", "Time"), Code("y", "Money")))
    >>> new = Codebook("b", codes=(Code("x", "Hours"),))
    >>> [(change.kind, change.code, dict(change.after)) for change in diff(old, new)]
    [('renamed', 'x', {'name': 'Hours'}), ('removed', 'y', {})]
    """
    before = {code.id: code for code in old}
    after = {code.id: code for code in new}
    twins = _find_twins(before, after)
    changes = _compare_heads(old, new)
    for code in weave(after, before):
        if code not in before:
            changes.append(Change("added", code, after=_plain(after[code]), twin=twins.get(code, "")))
        elif code not in after:
            changes.append(Change("removed", code, before=_plain(before[code]), twin=twins.get(code, "")))
        elif before[code] != after[code]:
            changes += _compare(before[code], after[code])
    return tuple(changes)


def weave(order: Iterable[str], others: Iterable[str]) -> list[str]:
    """Return `order` with what only `others` has, each run behind what stands before it there.

    Examples
    --------
    >>> weave("abc", "axby")
    ['a', 'x', 'b', 'y', 'c']
    """
    ordered = list(order)
    behind: dict[str, list[str]] = {}
    known, last = set(ordered), ""
    for one in others:
        if one in known:
            last = one
        else:
            behind.setdefault(last, []).append(one)
    woven = behind.get("", [])[:]
    for one in ordered:
        woven += [one, *behind.get(one, [])]
    return woven


def head_of(codebook: Codebook) -> dict[str, Any]:
    """Return the fields of a codebook's head, meta among them."""
    return {name: getattr(codebook, name) for name in HEAD_FIELDS} | dict(codebook.meta)


def _compare(old: Code, new: Code) -> list[Change]:
    before, after = _plain(old), _plain(new)
    by_kind: dict[ChangeKind, list[str]] = {}
    for name in dict.fromkeys([*before, *after]):
        if name in before and name in after and before[name] == after[name]:
            continue
        kind: ChangeKind = "retired" if name == "retired" and new.retired else _KIND_OF.get(name, "other")
        by_kind.setdefault(kind, []).append(name)
    return [
        Change(kind, new.id, _take(before, by_kind[kind]), _take(after, by_kind[kind]))
        for kind in CHANGE_KINDS
        if kind in by_kind
    ]


def _compare_heads(old: Codebook, new: Codebook) -> list[Change]:
    before, after = head_of(old), head_of(new)
    shared = {code.id for code in old} & {code.id for code in new}
    before["codes"] = [code.id for code in old if code.id in shared]
    after["codes"] = [code.id for code in new if code.id in shared]
    names = [
        name
        for name in dict.fromkeys([*before, *after])
        if not (name in before and name in after and before[name] == after[name])
    ]
    return [Change("other", "", _take(before, names), _take(after, names))] if names else []


def _find_twins(before: Mapping[str, Code], after: Mapping[str, Code]) -> dict[str, str]:
    gone = {(code.name, code.definition): code.id for code in before.values() if code.id not in after}
    twins: dict[str, str] = {}
    for code in after.values():
        if code.id not in before and (twin := gone.pop((code.name, code.definition), "")):
            twins |= {code.id: twin, twin: code.id}
    return twins


def _plain(code: Code) -> dict[str, Any]:
    return {name: to_plain(name, value) for name, value in flatten(code).items() if name != "id"}


def _take(fields: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    return {name: fields[name] for name in names if name in fields}
