"""Themes, and the little language in which a theme says which codings are its own.

A query is made of codes, ``and``, ``or``, ``not`` and parentheses::

    role.lead                      the codings of a code and of the codes below it
    workload or motivation         the codings of either
    workload and phase.training    the text that codings of both cover
    workload not motivation        codings of workload that overlap none of motivation

``not`` binds closer than ``and``, ``and`` closer than ``or``; ``A not B`` means ``A and not B``. Words are
read in any case. A code whose id is one of these words, or holds white space, a parenthesis or a quotation
mark, stands in double quotes (a quotation mark in it is doubled).
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property

from mihqda.errors import InputError, NotFoundError

_WORDS = ("and", "or", "not")
_TOKEN = re.compile(r'\s*(?:(?P<mark>[()])|"(?P<quoted>(?:[^"]|"")+)"|(?P<plain>[^\s()"]+))')
_DEEPEST = 50


@dataclass(frozen=True, slots=True)
class Leaf:
    """The codings of a code and of the codes below it."""

    code: str

    def __str__(self) -> str:
        if self.code.lower() in _WORDS or re.search(r'[\s()"]', self.code):
            return '"' + self.code.replace('"', '""') + '"'
        return self.code


@dataclass(frozen=True, slots=True)
class AnyOf:
    """The codings of any part."""

    parts: tuple[Query, ...]

    def __str__(self) -> str:
        return " or ".join(_bracketed(part, AnyOf) for part in self.parts)


@dataclass(frozen=True, slots=True)
class AllOf:
    """The text that codings of every part cover, without what overlaps a coding of `without`."""

    parts: tuple[Query, ...]
    without: tuple[Query, ...] = ()

    def __str__(self) -> str:
        kept = " and ".join(_bracketed(part, AnyOf, AllOf) for part in self.parts)
        return kept + "".join(f" not {_bracketed(part, AnyOf, AllOf)}" for part in self.without)


Query = Leaf | AnyOf | AllOf


@dataclass(frozen=True)
class Theme:
    """A pattern over codes; a code may serve several themes.

    Parameters
    ----------
    id
        Unique among the study's themes.
    name
        What people read; the id if it is not given.
    definition
        In prose.
    query
        Which codings are the theme's, in the language of this module.
    memo
        The researcher's note.

    Raises
    ------
    InputError
        If the id is empty or the query cannot be read.

    Examples
    --------
    >>> Theme("strain", "Strain", query="workload or role not motivation").parsed.parts[0]
    Leaf(code='workload')
    """

    id: str
    name: str = ""
    definition: str = ""
    query: str = ""
    memo: str = ""

    def __post_init__(self) -> None:
        if not self.id.strip():
            raise InputError("a theme needs an id")
        object.__setattr__(self, "name", self.name or self.id)
        try:
            _ = self.parsed
        except InputError as error:
            raise InputError(f"theme {self.id}: {error}") from None

    @cached_property
    def parsed(self) -> Query:
        """The query as a tree."""
        return parse(self.query)


def parse(query: str) -> Query:
    """Return a query as a tree.

    Examples
    --------
    >>> str(parse("(a or b) AND c not d"))
    '(a or b) and c not d'

    Raises
    ------
    InputError
        If it cannot be read; the message names the character, counted from 1.
    """
    reader = _Reader(query)
    found = reader.read_any(0)
    if reader.word:
        raise reader.wrong("this ) is one too many" if reader.word == ")" else "expected and, or, not")
    return found


def codes_of(query: Query, *, dropped: bool = True) -> tuple[str, ...]:
    """Return the codes that a query names, each once, in order; `dropped` are those after ``not``."""
    return tuple(dict.fromkeys(_leaves(query, dropped)))


def check_codes(query: Query, known: Collection[str], *, where: str = "query") -> None:
    """Check that the codes of a query exist.

    Raises
    ------
    NotFoundError
        Naming the unknown code, `where` it stands, and codes that look like it.
    """
    for code in codes_of(query):
        if code not in known:
            near = difflib.get_close_matches(code, list(known), n=3, cutoff=0.5)
            hint = f"did you mean {' or '.join(near)}?" if near else "see: mihqda codebook list"
            raise NotFoundError(f"{where}: the study has no code {code!r}; {hint}")


def _leaves(query: Query, dropped: bool) -> Iterator[str]:
    match query:
        case Leaf(code):
            yield code
        case AnyOf(parts):
            for part in parts:
                yield from _leaves(part, dropped)
        case AllOf(parts, without):
            for part in (*parts, *(without if dropped else ())):
                yield from _leaves(part, dropped)


def _bracketed(query: Query, *kinds: type) -> str:
    return f"({query})" if isinstance(query, kinds) else str(query)


class _Reader:
    """Reads a query from left to right, one token ahead."""

    def __init__(self, query: str) -> None:
        self._query = query
        self._end = 0
        self.step()

    def step(self) -> None:
        """Move to the next token; `word` is a mark, a keyword, or empty, `code` is a code's id."""
        self.word, self.code = "", ""
        self._start = self._end + len(self._query[self._end :]) - len(self._query[self._end :].lstrip())
        if self._start == len(self._query):
            return
        token = _TOKEN.match(self._query, self._end)
        if token is None:
            raise self.wrong("this quotation mark has no counterpart, or nothing stands between the two")
        self._end = token.end()
        if token["quoted"]:
            self.code = token["quoted"].replace('""', '"')
            self.word = "code"
        elif token["plain"] and token["plain"].lower() not in _WORDS:
            self.code = token["plain"]
            self.word = "code"
        else:
            self.word = token["mark"] or token["plain"].lower()

    def wrong(self, reason: str) -> InputError:
        where = f"query {self._query!r}, character {self._start + 1}"
        return InputError(f"{where}: {reason}; a query is like: A and (B or C) not D")

    def read_any(self, depth: int) -> Query:
        parts = [self.read_all(depth)]
        while self.word == "or":
            self.step()
            parts.append(self.read_all(depth))
        return parts[0] if len(parts) == 1 else AnyOf(tuple(parts))

    def read_all(self, depth: int) -> Query:
        begin = self._start
        parts: list[Query] = []
        without: list[Query] = []
        while True:
            is_without = self.word == "not"
            if is_without:
                self.step()
            (without if is_without else parts).append(self.read_one(depth))
            if self.word == "and":
                self.step()
            elif self.word != "not":
                break
        if not parts:
            self._start = begin
            raise self.wrong("'not' alone says nothing about what to count")
        return parts[0] if len(parts) == 1 and not without else AllOf(tuple(parts), tuple(without))

    def read_one(self, depth: int) -> Query:
        if self.word == "code":
            code = self.code
            self.step()
            return Leaf(code)
        if self.word != "(":
            raise self.wrong(
                "expected a code or (" + (f", got {self.word!r}" if self.word else ", got the end")
            )
        if depth == _DEEPEST:
            raise self.wrong(f"more than {_DEEPEST} parentheses inside each other")
        self.step()
        inner = self.read_any(depth + 1)
        if self.word != ")":
            raise self.wrong("expected ) or another and, or, not")
        self.step()
        return inner
