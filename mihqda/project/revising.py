"""Single codings by id: applied with an id of the client's, changed and removed against a revision."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import re
from collections.abc import Callable

from mihqda.codings import Coding, parse_valence
from mihqda.errors import ConflictError, InputError, NotFoundError
from mihqda.spans import Span
from mihqda.store import Store
from mihqda.store import codings as stored
from mihqda.store.database import now

_CLIENT_ID = re.compile(r"[0-9a-f]{12}")

Check = Callable[[Coding], None]
"""Raises InputError if the study has no such place, or the code cannot be applied."""


class CodingConflictError(ConflictError):
    """A coding is not as the one who changes it believes; `current` is how it stands, None if it is gone."""

    def __init__(self, message: str, current: Coding | None = None) -> None:
        super().__init__(message)
        self.current = current


class OthersCodingError(ConflictError):
    """A coding belongs to another coder, who alone may change it."""


def revision_of(coding: Coding) -> str:
    """Return a short hash of what a coding says; two that say the same have the same."""
    said = [coding.transcript, coding.span.start, coding.span.end, coding.code, coding.coder]
    said += [coding.valence or "", coding.memo]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:12]


def apply(store: Store, wanted: Coding, check: Check) -> tuple[Coding, bool]:
    """Write a new coding; asked again with the same id and content, it stands once.

    Parameters
    ----------
    wanted
        The coding; its time is set here.

    Returns
    -------
    tuple
        The coding as it stands, and whether it is new.

    Raises
    ------
    InputError
        If the place or the code is wrong.
    CodingConflictError
        If the id is another coding's, or this coder coded the span with this code already.
    """
    if not _CLIENT_ID.fullmatch(wanted.id):
        raise InputError("the id of a coding is twelve hexadecimal digits")
    there = stored.get_coding(store, wanted.id)
    if there is not None:
        return _same(there, wanted), False
    check(wanted)
    with store.step(f"code {wanted.transcript} {wanted.span} as {wanted.code}", who=wanted.coder):
        there = stored.get_coding(store, wanted.id)  # another program may have written since
        if there is not None:
            return _same(there, wanted), False
        _refuse_double(store, wanted)
        one = dataclasses.replace(wanted, created=now())
        stored.add_codings(store, [one])
    return one, True


def revise(
    store: Store,
    coding: str,
    *,
    coder: str,
    revision: str,
    span: tuple[int | None, int | None] = (None, None),
    code: str | None = None,
    valence: str | None = None,
    memo: str | None = None,
    check: Check,
) -> Coding:
    """Change the span, code, valence or memo of a coding, if it still is at `revision`.

    None leaves a field as it is; an empty valence takes it away. A coding that says what is asked for already
    is left alone, whatever the revision: the change was asked for twice.

    Raises
    ------
    NotFoundError
        If the study has no such coding.
    CodingConflictError
        If it was changed since that revision; nothing was changed.
    OthersCodingError
        If it is another coder's.
    """
    wanted = _changed(_own(store, coding, coder), span, code, valence, memo)
    check(wanted)
    with store.step(f"change coding {coding}: {wanted.span} as {wanted.code}", who=coder):
        there = _own(store, coding, coder)
        wanted = _changed(there, span, code, valence, memo)
        if wanted == there:
            return there
        _need_revision(there, revision)
        if (wanted.span, wanted.code) != (there.span, there.code):
            _refuse_double(store, wanted)
        stored.change_coding(store, wanted)
    return wanted


def remove(store: Store, coding: str, *, coder: str, revision: str) -> Coding:
    """Remove a coding, if it still is at `revision`; returns what it was.

    Raises
    ------
    NotFoundError, CodingConflictError, OthersCodingError
        As `revise`.
    """
    with store.step(f"remove coding {coding}", who=coder):
        there = _own(store, coding, coder)
        _need_revision(there, revision)
        stored.remove_codings(store, [coding])
    return there


def _own(store: Store, coding: str, coder: str) -> Coding:
    there = stored.get_coding(store, coding)
    if there is None:
        raise NotFoundError(f"the study has no coding {coding!r}: it was removed, or never saved")
    if there.coder != coder:
        raise OthersCodingError(f"coding {coding} is {there.coder}'s: only {there.coder} may change it")
    return there


def _same(there: Coding, wanted: Coding) -> Coding:
    if revision_of(there) != revision_of(wanted):
        if there.coder != wanted.coder:
            raise CodingConflictError(f"the id {wanted.id} is taken: let the page make another one")
        raise CodingConflictError(f"coding {there.id} stands already, with other content", there)
    return there


def _need_revision(there: Coding, revision: str) -> None:
    if revision_of(there) != revision:
        raise CodingConflictError(
            f"coding {there.id} was changed in the meantime, in another tab or program: look at it and try again",
            there,
        )


def _refuse_double(store: Store, one: Coding) -> None:
    same = stored.coding_at(store, one)
    if same is not None and same != one.id:
        raise CodingConflictError(
            f"{one.coder} coded {one.transcript} {one.span} as {one.code} already: coding {same}",
            stored.get_coding(store, same),
        )


def _changed(
    there: Coding,
    span: tuple[int | None, int | None],
    code: str | None,
    valence: str | None,
    memo: str | None,
) -> Coding:
    start = there.span.start if span[0] is None else span[0]
    end = there.span.end if span[1] is None else span[1]
    return dataclasses.replace(
        there,
        span=make_span(start, end),
        code=there.code if code is None else code,
        valence=there.valence if valence is None else parse_valence(valence),
        memo=there.memo if memo is None else memo,
    )


def make_span(start: int, end: int) -> Span:
    """Return a span.

    Raises
    ------
    InputError
        If it is empty or begins before the text.
    """
    if not 0 <= start < end:
        raise InputError(f"a span needs 0 <= start < end, got {start}:{end}")
    return Span(start, end)
