"""Codebooks of a project: loading, updating and revising them; codings follow."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from mihqda.codebook import Code, Codebook, revise
from mihqda.codebook.load import load_codebook, resolve
from mihqda.codebook.update import Update, update
from mihqda.codebook.yaml import read_yaml, write_yaml
from mihqda.errors import ConflictError, InputError, NotFoundError
from mihqda.store import Store
from mihqda.store import codes as stored
from mihqda.store.codings import recode
from mihqda.store.suggestions import decided_codes, follow_merge


def add_codebook(store: Store, name_or_path: str | Path, *, who: str = "") -> Codebook:
    """Load a codebook file, or a shipped codebook by its name, into the study.

    Raises
    ------
    ConflictError
        If the study has a codebook, or a code, of that id already.
    """
    book = load_codebook(resolve(name_or_path))
    there = stored.get_codebooks(store)
    if any(one.id == book.id for one in there):
        raise ConflictError(
            f"the study has codebook {book.id!r} already; to load changes: mihqda codebook update"
        )
    taken = {code.id: one.id for one in there for code in one}
    for code in book:
        if code.id in taken:
            raise ConflictError(
                f"code {code.id!r} of {book.id} is a code of {taken[code.id]} already: rename one"
            )
    with store.step(f"load codebook {book.id} {book.version}", who=who):
        stored.put_codebook(store, book, base=write_yaml(book))
    return book


def find_book(store: Store, code: str) -> Codebook:
    """Return the codebook that holds a code.

    Raises
    ------
    NotFoundError
        If none does.
    """
    for book in stored.get_codebooks(store):
        if code in book:
            return book
    raise NotFoundError(f"the study has no code {code!r}; see: mihqda codebook list STUDY")


def plan_update(store: Store, path: str | Path) -> Update:
    """Return what loading an edited codebook file would change; the study's own edits are kept."""
    theirs = load_codebook(resolve(path))
    mine = stored.get_codebook(store, theirs.id)
    base = read_yaml(stored.get_base(store, theirs.id), source=f"{theirs.id} as loaded")
    return update(base, mine, theirs, used=stored.count_by_code(store).keys() | decided_codes(store))


def update_codebook(store: Store, path: str | Path, *, why: str = "", who: str = "") -> Update:
    """Load an edited codebook file as an update, as one step."""
    planned = plan_update(store, path)
    theirs = load_codebook(resolve(path))
    others = {code.id for book in stored.get_codebooks(store) if book.id != theirs.id for code in book}
    for code in planned.codebook:
        if code.id in others:
            raise ConflictError(
                f"code {code.id!r} is a code of another codebook of the study: rename it in {path}"
            )
    with store.step(f"update codebook {theirs.id} to {theirs.version}", who=who, why=why):
        stored.put_codebook(store, planned.codebook, base=write_yaml(theirs))
    return planned


def add_code(
    store: Store, code: Code, *, codebook: str | None = None, why: str = "", who: str = ""
) -> Codebook:
    """Add a code to the codebook of its parent, to the named one, or to the only one; makes one if there is none."""
    books = stored.get_codebooks(store)
    if any(code.id in book for book in books):
        raise ConflictError(f"the study has a code {code.id!r} already")
    if codebook is not None:
        book = next((one for one in books if one.id == codebook), None) or Codebook(codebook, title=codebook)
    elif code.parent is not None:
        book = find_book(store, code.parent)
    elif len(books) == 1:
        book = books[0]
    elif not books:
        book = Codebook("study", title="Codes of this study")
    else:
        raise InputError(f"which codebook? --codebook {' | '.join(one.id for one in books)}, or a --parent")
    is_new = book.id not in {one.id for one in books}
    revised = revise.add(book, code)
    with store.step(f"add code {code.id}", who=who, why=why):
        stored.put_codebook(store, revised, base=write_yaml(book) if is_new else None)
    return revised


def rename_code(store: Store, code: str, name: str, *, why: str = "", who: str = "") -> None:
    """Give a code another name; its id stays."""
    book = revise.rename(find_book(store, code), code, name)
    with store.step(f"rename code {code} to {name!r}", who=who, why=why):
        stored.put_codebook(store, book)


def move_code(store: Store, code: str, parent: str | None, *, why: str = "", who: str = "") -> None:
    """Put a code under another parent of its codebook, or at the top."""
    book = revise.move(find_book(store, code), code, parent)
    with store.step(f"move code {code} under {parent or 'the top'}", who=who, why=why):
        stored.put_codebook(store, book)


def merge_codes(
    store: Store, codes: Sequence[str], into: str, *, why: str = "", who: str = ""
) -> tuple[int, int]:
    """Merge codes into another of the same codebook: their codings follow, they are retired.

    Returns
    -------
    tuple of int
        How many codings got another code, and how many were removed because they stood there already.
    """
    book = revise.merge(find_book(store, into), list(codes), into)
    with store.step(f"merge {', '.join(codes)} into {into}", who=who, why=why):
        done = []
        for code in codes:
            follow_merge(store, code, into)
            done.append(recode(store, code, into))
        stored.put_codebook(store, book)
    return sum(moved for moved, _ in done), sum(removed for _, removed in done)


def retire_code(store: Store, code: str, *, why: str = "", who: str = "") -> None:
    """Keep a code and its codings, but apply it no more."""
    book = revise.retire(find_book(store, code), code)
    with store.step(f"retire code {code}", who=who, why=why):
        stored.put_codebook(store, book)
