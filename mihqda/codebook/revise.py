"""Changes to a codebook by hand: each gives a new codebook, ids stay what they are for good."""

from __future__ import annotations

from collections.abc import Iterable

from mihqda.codebook.model import Code, Codebook, descendants
from mihqda.errors import InputError, NotFoundError

MERGED_INTO = "merged_into"
"""Attribute of a code that was merged: the id of the code that its codings went to."""


def add(book: Codebook, code: Code) -> Codebook:
    """Return the codebook with a new code, behind everything below its parent, or at the end.

    Raises
    ------
    InputError
        If the id is taken.
    NotFoundError
        If the parent does not exist.
    """
    if code.id in book:
        raise InputError(
            f"codebook {book.id} has a code {code.id!r} already ({book[code.id].name}); give another id, or "
            f"change that one: mihqda codebook rename|move"
        )
    if code.parent is not None:
        _check_parent(book, code.parent)
    return _insert(book, list(book.codes), [code])


def rename(book: Codebook, id: str, name: str) -> Codebook:
    """Return the codebook with another name for a code; the id stays, so that codings stay right.

    Raises
    ------
    NotFoundError
        If there is no such code.
    InputError
        If the name is empty.
    """
    return _replace(book, [book[id].replace(name=name)])


def move(book: Codebook, id: str, parent: str | None) -> Codebook:
    """Return the codebook with a code, and all below it, under another parent, or on top for None.

    They come behind everything that stands below that parent.

    Raises
    ------
    NotFoundError
        If the code or the parent does not exist.
    InputError
        If the parent is the code itself or stands below it.
    """
    code = book[id]
    if parent == code.parent:
        return book
    below = set(descendants(book)[id])
    if parent is not None:
        _check_parent(book, parent)
        if parent in below:
            raise InputError(
                f"code {id} cannot go below {parent}, which is {'itself' if parent == id else 'below it'}; "
                f"move {parent} out first: mihqda codebook move"
            )
    block = [code.replace(parent=parent), *(one for one in book if one.id in below and one.id != id)]
    return _insert(book, [one for one in book if one.id not in below], block)


def merge(book: Codebook, ids: Iterable[str], into: str) -> Codebook:
    """Return the codebook with codes merged into another one.

    They are kept as retired with the attribute ``merged_into``, with their rules and links; codes below
    them go below `into`. Their codings are the caller's business.

    Raises
    ------
    NotFoundError
        If one of the codes does not exist.
    InputError
        If `into` is among them, is a container or is retired.
    """
    merged = list(dict.fromkeys(ids))
    codes = {code: book[code] for code in [*merged, into]}
    if not merged or into in merged:
        raise InputError(
            f"merge one or more codes into another one, got {', '.join(merged) or 'none'} into {into}"
        )
    if not codes[into].codable:
        raise InputError(f"code {into} is a container, which holds no codings; merge into one of its codes")
    if codes[into].retired:
        raise InputError(f"code {into} is retired; restore it first, or merge into another code")
    parents = {code.id: code.parent for code in book}

    def staying(code: str | None) -> str | None:
        while code in merged:
            code = parents[code]
        return code

    above, way = parents[into], {into}
    while above is not None:
        way.add(above)
        above = parents[above]
    changed = []
    for code in book:
        if code.id in merged:
            kept = {**code.attributes, MERGED_INTO: into}
            changed.append(code.replace(retired=True, attributes=kept))
        elif code.parent in merged:
            # `into` may stand below a merged code: it, and what leads to it, goes up instead of below itself.
            changed.append(code.replace(parent=staying(code.parent) if code.id in way else into))
    return _replace(book, changed)


def retire(book: Codebook, id: str) -> Codebook:
    """Return the codebook with a code retired: kept with its codings, no longer offered. Codes below it stay.

    Raises
    ------
    NotFoundError
        If there is no such code.
    """
    return _replace(book, [book[id].replace(retired=True)])


def restore(book: Codebook, id: str) -> Codebook:
    """Return the codebook with a retired code in use again; a merge of it is forgotten.

    Raises
    ------
    NotFoundError
        If there is no such code.
    """
    code = book[id]
    kept = {name: value for name, value in code.attributes.items() if name != MERGED_INTO}
    return _replace(book, [code.replace(retired=False, attributes=kept)])


def _check_parent(book: Codebook, parent: str) -> None:
    if parent not in book:
        raise NotFoundError(f"codebook {book.id} has no code {parent!r} to be a parent; add it first")


def _replace(book: Codebook, codes: Iterable[Code]) -> Codebook:
    changed = {code.id: code for code in codes}
    return book.replace(codes=tuple(changed.get(code.id, code) for code in book))


def _insert(book: Codebook, rest: list[Code], block: list[Code]) -> Codebook:
    """Put a block behind the last code at or below its parent."""
    parent = block[0].parent
    at = len(rest)
    if parent is not None:
        family = set(descendants(rest)[parent])
        at = max(index for index, code in enumerate(rest, 1) if code.id in family)
    return book.replace(codes=(*rest[:at], *block, *rest[at:]))
