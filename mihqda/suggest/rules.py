"""The keywords of all codes, gathered for one language: each pattern once, with the codes that have it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mihqda.errors import InputError
from mihqda.suggest.matching import Hit, Matcher
from mihqda.suggest.patterns import Pattern, parse

if TYPE_CHECKING:
    from mihqda.codebook import Code


@dataclass(frozen=True, slots=True)
class Source:
    """The keywords of one code, as plain data that can be sent to another process."""

    code: str
    keywords: tuple[str, ...]
    by_language: dict[str, tuple[str, ...]]
    own: tuple[str, ...]

    def patterns(self, language: str) -> tuple[str, ...]:
        """Return those for a language, else those in the codebook's own, and the researcher's."""
        return (*(self.by_language.get(language) or self.keywords), *self.own)


def source_of(code: Code, own: Sequence[str]) -> Source:
    """Return a code's keywords and the researcher's patterns for it; none of one that is never applied."""
    if not code.codable or code.retired:
        return Source(code.id, (), {}, ())
    named = [name.removeprefix("keywords_") for name in code.attributes if name.startswith("keywords_")]
    return Source(code.id, code.keywords, {one: code.keywords_in(one) for one in named}, tuple(own))


class Rules:
    """The patterns of all codes for segments of one language.

    `patterns` are the distinct ones; `weights` holds for each of them (code, weight); `silent` the codes without any.
    """

    def __init__(
        self, sources: Sequence[Source], asked: Sequence[str], *, is_inflected: bool, lemmas: bool
    ) -> None:
        holders: dict[str, tuple[set[str], dict[int, None]]] = {}  # pattern -> its languages, the codes
        for index, source in enumerate(sources):
            for one in asked:
                for text in source.patterns(one):
                    languages, indices = holders.setdefault(text, (set(), {}))
                    languages.add(one)
                    indices[index] = None
        self.patterns: list[Pattern] = []
        self.weights: list[tuple[tuple[int, float], ...]] = []
        groups: dict[tuple[str, ...], list[int]] = {}
        for text, (languages, indices) in holders.items():
            groups.setdefault(tuple(sorted(languages)), []).append(len(self.patterns))
            self.patterns.append(parse_for(text, f"code {sources[next(iter(indices))].code}"))
            weight = self.patterns[-1].words / len(indices)
            self.weights.append(tuple((index, weight) for index in indices))
        self._matchers = [
            (
                Matcher(
                    [self.patterns[at] for at in members],
                    spoken_here,
                    spoken=asked,
                    is_inflected=is_inflected,
                    lemmas=lemmas,
                ),
                members,
            )
            for spoken_here, members in groups.items()
        ]
        spoken = {index for weights in self.weights for index, _ in weights}
        self.silent = [index for index in range(len(sources)) if index not in spoken]

    def find(self, text: str) -> list[Hit]:
        """Return the hits in a text, with the indices of `patterns`."""
        if len(self._matchers) == 1:
            return self._matchers[0][0].find(text)
        found = [
            Hit(indices[hit.pattern], hit.pieces, hit.negations)
            for matcher, indices in self._matchers
            for hit in matcher.find(text)
        ]
        return sorted(found, key=lambda hit: (hit.start, hit.end, hit.pattern))


def languages_of(sources: Sequence[Source]) -> tuple[str, ...]:
    """Return the languages that the codes have keywords for, with English for the codebook's own, first."""
    return ("en", *sorted({language for source in sources for language in source.by_language} - {"en"}))


def parse_for(text: str, name: str) -> Pattern:
    """Read a pattern; an error names whose it is."""
    try:
        return parse(text)
    except InputError as error:
        raise InputError(f"{name}: {error}") from None
