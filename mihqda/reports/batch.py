"""Several reports at once: a plan for each group, coder, transcript, ..."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Literal, get_args

from mihqda.errors import InputError, NotFoundError
from mihqda.filters import Filter
from mihqda.reports.plan import Plan
from mihqda.reports.plan_file import folder_name
from mihqda.reports.wording import wording
from mihqda.snapshot import Snapshot

Each = Literal["group", "role", "site", "participant", "session", "kind", "transcript", "coder"]
EACH: tuple[Each, ...] = get_args(Each)


def plan_each(snapshot: Snapshot, plan: Plan, each: Each) -> tuple[tuple[str, Plan], ...]:
    """Return one plan per value of `each`, with the name of its folder; the title names the value.

    Parameters
    ----------
    snapshot
        The whole study; the plan's filter is applied to it.
    each
        Such as ``group``: a report on each group of the register, in its order.

    Raises
    ------
    InputError
        If `each` is none of those allowed.
    NotFoundError
        If nothing in the study has such a value.
    """
    if each not in EACH:
        raise InputError(f"there can be a report for each {', '.join(EACH)}; got {each!r}")
    part = snapshot if plan.filter == Filter() else snapshot.select(plan.filter)
    values = _values(part)[each]
    if not values:
        raise NotFoundError(
            f"there can be no report for each {each}: the study, or what is chosen of it, has none"
        )
    words = wording(plan.language)
    title = plan.title or (words.say("title_of", study=part.study) if part.study else words.say("title"))
    return tuple(
        (
            folder,
            replace(plan, title=f"{title}, {value}", filter=_only(plan.filter, each, value)),
        )
        for folder, value in zip(folder_names(values), values, strict=True)
    )


def folder_names(names: Iterable[str]) -> tuple[str, ...]:
    """Return a folder for each name; no two are the same where case does not count.

    Examples
    --------
    >>> folder_names(["A/B", "a-b", "c"])
    ('A-B', 'a-b-2', 'c')
    """
    taken: set[str] = set()
    found = []
    for name in map(folder_name, names):
        number, free = 1, name
        while free.casefold() in taken:
            number += 1
            free = f"{name}-{number}"
        taken.add(free.casefold())
        found.append(free)
    return tuple(found)


def _only(chosen: Filter, each: Each, value: str) -> Filter:
    fields: dict[str, Any] = {f"{each}s": (value,)}
    return replace(chosen, **fields)


def _values(part: Snapshot) -> Mapping[str, tuple[str, ...]]:
    people = part.participants
    columns: dict[str, Iterable[object]] = {
        name: people[name] for name in ("group", "role", "site", "participant")
    }
    columns |= {"session": part.sessions["session"], "kind": part.sessions["kind"]}
    columns |= {"transcript": part.transcripts["transcript"], "coder": part.coders}
    return {name: tuple(dict.fromkeys(str(one) for one in column if one)) for name, column in columns.items()}
