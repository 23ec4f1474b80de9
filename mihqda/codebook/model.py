"""Code, and the tree of codes that is a Codebook."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from mihqda.codebook.plain import explain_id, is_id, plain_mapping, tidy
from mihqda.errors import InputError, NotFoundError

CODE_FIELDS = (
    "id", "kind", "name", "parent", "definition", "include", "exclude", "example", "keywords",
    "valence_applicable", "codable", "retired", "links",
)  # fmt: skip
"""Fields of a code as a file names them; every other field is an attribute."""

HEAD_FIELDS = ("id", "title", "version", "language")
"""Fields of a codebook's head (``meta`` in YAML); every other one is kept in `Codebook.meta`."""


@dataclass(frozen=True, slots=True)
class Link:
    """A code's tie to a code of this or another codebook, such as ``narrower`` than a CFIR construct."""

    to: str
    relation: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "relation", tidy(self.relation))
        if not is_id(self.to) or not self.relation:
            raise InputError(
                f"a link has a relation and the id of a code, got {self.relation!r}, {self.to!r}"
            )


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
        ``provenance``, ``maps_2009``, ...; names in lower case without white space, values plain data
        (text, whole and finite numbers, true, false, None, lists and mappings of these).

    Texts lose white space at their ends and get LF line ends.
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
        if not is_id(self.id):
            raise InputError(f"code {self.id!r}: {explain_id(self.id)}")
        try:
            self._normalise()
        except InputError as error:
            raise InputError(f"code {self.id}: {error}") from None
        if not self.name:
            raise InputError(f"code {self.id}: name is empty")
        if self.parent == self.id:
            raise InputError(f"code {self.id}: it is its own parent")

    def _normalise(self) -> None:
        for name in ("name", "kind", "definition", "include", "exclude"):
            object.__setattr__(self, name, tidy(getattr(self, name)))
        object.__setattr__(self, "kind", self.kind or "code")
        object.__setattr__(self, "parent", self.parent or None)
        for name in ("examples", "keywords"):
            texts = tuple(tidy(text) for text in getattr(self, name))
            if "" in texts:
                raise InputError(f"{name}: number {texts.index('') + 1} is empty")
            object.__setattr__(self, name, texts)
        attributes = plain_mapping(self.attributes)
        for name, value in attributes.items():
            _check_field_name(name)
            _check_attribute(name, value)
        object.__setattr__(self, "attributes", MappingProxyType(attributes))

    def __reduce__(self) -> tuple[Any, ...]:
        # A mapping proxy cannot be pickled, and codes travel to the processes that fit models of them.
        values = [getattr(self, one.name) for one in dataclasses.fields(self)]
        return _rebuild_code, (*values[:-1], dict(self.attributes))

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
        The rest of the file's head (source, counts, rating scale, ...): plain data.

    Raises
    ------
    InputError
        If its id is empty or has white space, a code's id occurs twice, a parent does not exist, or the
        parents run in a circle.
    """

    id: str
    title: str = ""
    version: str = "1"
    language: str = "en"
    codes: tuple[Code, ...] = ()
    meta: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not is_id(self.id):
            raise InputError(f"codebook {self.id!r}: {explain_id(self.id)}")
        for name in ("title", "version", "language"):
            object.__setattr__(self, name, tidy(getattr(self, name)))
        meta = plain_mapping(self.meta)
        for name in meta:
            _check_field_name(name)
            if name in HEAD_FIELDS:
                raise InputError(f"{name!r} is a field of the codebook, not one of meta")
        object.__setattr__(self, "meta", MappingProxyType(meta))
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


def _rebuild_code(*values: Any) -> Code:
    return Code(*values)


def find_fault(codes: Iterable[Code]) -> tuple[str, str] | None:
    """Return the id of a code that breaks the tree and what is wrong with it; None if the tree is valid."""
    parents: dict[str, str | None] = {}
    for code in codes:
        if code.id in parents:
            return code.id, "the id occurs twice"
        parents[code.id] = code.parent
    sound: set[str] = set()  # codes whose way up is known to end: every code is walked over once
    for code_id, parent in parents.items():
        if parent is not None and parent not in parents:
            return code_id, f"its parent {parent!r} does not exist"
        way: dict[str, None] = {}
        above: str | None = code_id
        while above is not None and above in parents and above not in sound:
            if above in way:
                return code_id, f"its parents run in a circle: {' > '.join([*way, above])}"
            way[above] = None
            above = parents[above]
        sound.update(way)
    return None


def check_tree(codes: Iterable[Code]) -> None:
    """Check that ids are unique, parents exist and no code is its own ancestor.

    Raises
    ------
    InputError
        Naming the code.
    """
    fault = find_fault(codes)
    if fault is not None:
        raise InputError(f"code {fault[0]}: {fault[1]}")


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


def _check_field_name(name: str) -> None:
    if not is_id(name) or name != name.lower():
        raise InputError(f"field {name!r}: the name of a field is in lower case and has no white space")


def _check_attribute(name: str, value: Any) -> None:
    if name in CODE_FIELDS or name in ("examples", "children"):
        raise InputError(f"{name!r} is a field of its own, not an attribute")
    if name.startswith("keywords_"):
        if not isinstance(value, list) or not all(isinstance(key, str) for key in value):
            raise InputError(f"{name}: a list of texts is wanted, got {value!r}")
        if "" in value:
            raise InputError(f"{name}: number {value.index('') + 1} is empty")
