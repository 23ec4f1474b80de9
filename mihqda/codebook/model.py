"""Code, and the tree of codes that is a Codebook."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from mihqda.errors import InputError, NotFoundError


@dataclass(frozen=True, slots=True)
class Link:
    """A code's tie to a code of this or another codebook, such as ``narrower`` than a CFIR construct."""

    to: str
    relation: str


@dataclass(frozen=True, slots=True)
class Code:
    """A label with a definition.

    Parameters
    ----------
    id
        Unique among all codebooks of a study; no white space.
    name
        What people read, in the codebook's language.
    kind
        Such as ``phase``, ``theme``, ``construct``, ``domain``, ``outcome``; free.
    parent
        Id of the code above it, or None.
    codable
        False for a container, which is never applied.
    valence_applicable
        False where + and - make no sense (roles, definitions).
    retired
        True for a code that is kept for its codings but no longer applied.
    definition, include, exclude
        The rules, in prose.
    examples, keywords
        In the codebook's language.
    links
        To other codes.
    attributes
        Every other field, as the file has it: ``ref``, ``name_nl``, ``example_nl``, ``keywords_nl``,
        ``provenance``, ``maps_2009``, ...; values are what YAML can hold.
    """

    id: str
    name: str
    kind: str = "code"
    parent: str | None = None
    codable: bool = True
    valence_applicable: bool = True
    retired: bool = False
    definition: str = ""
    include: str = ""
    exclude: str = ""
    examples: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    attributes: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.id or any(ch.isspace() for ch in self.id):
            raise InputError(f"a code's id is not empty and has no white space, got {self.id!r}")
        if not self.name.strip():
            raise InputError(f"code {self.id}: name is empty")
        if self.parent == self.id:
            raise InputError(f"code {self.id}: it is its own parent")
        object.__setattr__(self, "attributes", MappingProxyType(dict(self.attributes)))

    def name_in(self, language: str) -> str:
        """Return the name in a language, else the codebook's own."""
        return str(self.attributes.get(f"name_{language}") or self.name)

    def keywords_in(self, language: str) -> tuple[str, ...]:
        """Return the keywords written for another language than the codebook's; empty if there are none."""
        return tuple(str(key) for key in self.attributes.get(f"keywords_{language}") or ())

    def replace(self, **changes: Any) -> Code:
        """Return a copy with some fields changed."""
        return dataclasses.replace(self, **changes)


@dataclass(frozen=True, slots=True)
class Codebook:
    """A tree of codes in the order in which they are read.

    Parameters
    ----------
    id, title, version, language
        Who it is; `language` is a two-letter code.
    codes
        Parents may stand after their children; the order is kept.
    meta
        The rest of the file's head (source, counts, rating scale, ...), as YAML has it.

    Raises
    ------
    InputError
        If an id occurs twice, a parent does not exist, or the parents run in a circle.
    """

    id: str
    title: str = ""
    version: str = "1"
    language: str = "en"
    codes: tuple[Code, ...] = ()
    meta: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "meta", MappingProxyType(dict(self.meta)))
        check_tree(self.codes)

    def __len__(self) -> int:
        return len(self.codes)

    def __iter__(self) -> Iterator[Code]:
        return iter(self.codes)

    def __contains__(self, code: str) -> bool:
        return any(one.id == code for one in self.codes)

    def __getitem__(self, code: str) -> Code:
        for one in self.codes:
            if one.id == code:
                return one
        raise NotFoundError(f"codebook {self.id} has no code {code!r}; see: mihqda codebook list")

    def replace(self, **changes: Any) -> Codebook:
        """Return a copy with some fields changed."""
        return dataclasses.replace(self, **changes)


def check_tree(codes: Iterable[Code]) -> None:
    """Check that ids are unique, parents exist and no code is its own ancestor.

    Raises
    ------
    InputError
        Naming the code.
    """
    parents: dict[str, str | None] = {}
    for code in codes:
        if code.id in parents:
            raise InputError(f"code {code.id}: the id occurs twice")
        parents[code.id] = code.parent
    for code_id, parent in parents.items():
        if parent is not None and parent not in parents:
            raise InputError(f"code {code_id}: its parent {parent!r} does not exist")
        seen, above = [code_id], parent
        while above is not None:
            if above in seen:
                raise InputError(f"code {code_id}: its parents run in a circle: {' > '.join([*seen, above])}")
            seen.append(above)
            above = parents[above]


def descendants(codes: Iterable[Code]) -> dict[str, tuple[str, ...]]:
    """Return for every code the ids of itself and all codes below it, in the order of `codes`."""
    listed = list(codes)
    parents = {code.id: code.parent for code in listed}
    out: dict[str, list[str]] = {code.id: [] for code in listed}
    for code in listed:
        above: str | None = code.id
        while above is not None:
            out[above].append(code.id)
            above = parents.get(above)
    return {code: tuple(below) for code, below in out.items()}
