"""Bring a study's codebook up to a newer file and keep what was changed in the study: a three-way merge."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from mihqda.codebook.diff import Change, diff, head_of, weave
from mihqda.codebook.model import HEAD_FIELDS, Codebook
from mihqda.codebook.schema import build, flatten, to_plain
from mihqda.errors import InputError

Fields = dict[str, Any]
_ABSENT = object()


@dataclass(frozen=True, slots=True)
class Conflict:
    """Something that both sides changed, or that cannot stand together; the study's own version was kept.

    Parameters
    ----------
    code
        Its id; "" for the codebook's head and the order of its codes.
    field
        The field; "" for the code as a whole.
    base, mine, theirs
        Plain values before, in the study and in the newer file; None where the field is missing.
    why
        What is the matter, in words.
    """

    code: str
    field: str
    base: Any
    mine: Any
    theirs: Any
    why: str

    def __str__(self) -> str:
        where = ", ".join(part for part in (self.code or "head", self.field) if part)
        if not self.field:
            return f"{where}: {self.why}"
        return f"{where}: {self.why}; kept {self.mine!r}, the newer version has {self.theirs!r}"


@dataclass(frozen=True, slots=True)
class Update:
    """The updated codebook, what that changes in the study's own, and the conflicts."""

    codebook: Codebook
    changes: tuple[Change, ...]
    conflicts: tuple[Conflict, ...]


def update(base: Codebook, mine: Codebook, theirs: Codebook, *, used: Collection[str] = ()) -> Update:
    """Merge a newer version of a codebook into the study's own, field by field.

    A field that one side changed takes that change; one that both changed differently keeps the study's
    value and is listed as a conflict. A code that is gone in the newer version goes, but is kept as retired
    if it is used, was edited in the study, or has codes below it that stay. A code that the study added or
    removed stays added or removed.

    Parameters
    ----------
    base
        What both come from: the version that was loaded last.
    mine
        The study's own.
    theirs
        The newer version.
    used
        Ids of codes that have codings.

    Returns
    -------
    Update
        Always with a valid tree: a move that would make a circle, or that leads below a code which the study
        removed, is not made but listed as a conflict.

    Raises
    ------
    InputError
        If they are not versions of one codebook.
    """
    if not base.id == mine.id == theirs.id:
        raise InputError(
            f"codebook {theirs.id} is no newer version of {mine.id}; give it the id {mine.id!r} in its meta, "
            "or add it as another codebook"
        )
    old, here, there = ({code.id: flatten(code) for code in book} for book in (base, mine, theirs))
    conflicts: list[Conflict] = []
    head = _merge("", head_of(base), head_of(mine), head_of(theirs), conflicts)
    order = _order(list(old), list(here), list(there), conflicts)
    merged: dict[str, Fields] = {}
    doubtful: set[str] = set()  # gone in theirs and untouched here: kept only if something stays below them
    for code in order:
        if code in here and code in there:
            merged[code] = _merge(code, old.get(code, {}), here[code], there[code], conflicts)
        elif code in here:
            merged[code] = here[code] if code not in old else here[code] | {"retired": True}
            if here[code] == old.get(code) and code not in used:
                doubtful.add(code)
        elif code not in old:
            merged[code] = there[code]
        elif there[code] != old[code]:
            conflicts.append(
                Conflict(code, "", None, None, None, "removed here, changed in the newer version")
            )
    _mend_parents(merged, old, here, there, conflicts)
    dropped = doubtful - _above(merged, doubtful)
    result = Codebook(
        **{name: head[name] for name in HEAD_FIELDS},
        codes=tuple(build(fields) for code, fields in merged.items() if code not in dropped),
        meta={name: value for name, value in head.items() if name not in HEAD_FIELDS},
    )
    return Update(result, diff(mine, result), tuple(conflicts))


def _merge(code: str, base: Fields, mine: Fields, theirs: Fields, conflicts: list[Conflict]) -> Fields:
    merged = {}
    for name in dict.fromkeys([*mine, *theirs]):
        was, ours, new = (fields.get(name, _ABSENT) for fields in (base, mine, theirs))
        if ours not in (was, new) and new != was:
            conflicts.append(_conflict(code, name, base, mine, theirs, "changed on both sides"))
        value = new if ours == was else ours
        if value is not _ABSENT:
            merged[name] = value
    return merged


def _conflict(code: str, name: str, base: Fields, mine: Fields, theirs: Fields, why: str) -> Conflict:
    was, ours, new = (
        to_plain(name, fields[name]) if name in fields else None for fields in (base, mine, theirs)
    )
    return Conflict(code, name, was, ours, new, why)


def _order(old: list[str], here: list[str], there: list[str], conflicts: list[Conflict]) -> list[str]:
    """Return all ids of both sides: in the study's order, or in the newer one if only that was rearranged."""
    is_here, is_there = _is_rearranged(old, here), _is_rearranged(old, there)
    if is_here and is_there and _is_rearranged(here, there):
        conflicts.append(Conflict("", "codes", old, here, there, "put in another order on both sides"))
    return weave(there, here) if is_there and not is_here else weave(here, there)


def _is_rearranged(old: list[str], new: list[str]) -> bool:
    shared = set(old) & set(new)
    return [code for code in old if code in shared] != [code for code in new if code in shared]


def _mend_parents(
    merged: dict[str, Fields],
    old: Mapping[str, Fields],
    here: Mapping[str, Fields],
    there: Mapping[str, Fields],
    conflicts: list[Conflict],
) -> None:
    """Give a parent that stays to every code; without circles, as neither side alone has one."""

    def keep(code: str, parent: str | None, why: str) -> None:
        was, ours, new = (fields.get(code, {}) for fields in (old, here, there))
        conflicts.append(_conflict(code, "parent", was, ours, new, why))
        merged[code] = merged[code] | {"parent": parent}

    for code, fields in merged.items():
        parent = fields["parent"]
        if parent is None or parent in merged:
            continue
        if code in here:
            parent = here[code]["parent"]
        while parent is not None and parent not in merged:
            parent = there[parent]["parent"]
        keep(code, parent, "its parent in the newer version was removed here")
    while circle := _find_circle(merged):
        # A circle always holds a move of theirs that can be taken back: the study's own tree has none.
        for code in circle:
            if code in here and merged[code]["parent"] != here[code]["parent"]:
                keep(code, here[code]["parent"], "the moves on both sides make a circle")


def _find_circle(merged: Mapping[str, Fields]) -> list[str]:
    sound: set[str] = set()
    for code in merged:
        way: list[str] = []
        above: str | None = code
        while above is not None and above not in sound:
            if above in way:
                return way[way.index(above) :]
            way.append(above)
            above = merged[above]["parent"]
        sound.update(way)
    return []


def _above(merged: Mapping[str, Fields], doubtful: set[str]) -> set[str]:
    """Return the doubtful codes that have one below them that stays."""
    needed: set[str] = set()
    for code in merged.keys() - doubtful:
        above = merged[code]["parent"]
        while above is not None and above not in needed:
            needed.add(above)
            above = merged[above]["parent"]
    return needed & doubtful
