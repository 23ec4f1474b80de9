"""Phrases made ready to be found: the words they may consist of, and the word at which each of them waits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mihqda.suggest.dutch import forms_of as dutch_forms
from mihqda.suggest.inflection import forms
from mihqda.suggest.patterns import Phrase, Term


@dataclass(frozen=True, slots=True)
class Slot:
    """What one word of a run may be."""

    forms: frozenset[str]
    prefix: str = ""

    @property
    def rarity(self) -> int:
        """Return the length of its shortest form: long words are rare."""
        return len(self.prefix) or min(map(len, self.forms))


@dataclass(frozen=True, slots=True)
class Run:
    """Words in a row; or, with a particle, a verb and its particle some words later.

    It waits at its anchor, and `rest` are the other words: (steps from the anchor, forms, prefix), rarest first.
    """

    phrase: int
    anchor: Slot
    before: int
    after: int
    rest: tuple[tuple[int, frozenset[str], str], ...]
    particle: str = ""
    is_open: bool = False


def _make_run(phrase: int, slots: Sequence[Slot], particle: str = "", *, is_open: bool = False) -> Run:
    rarest = sorted(range(len(slots)), key=lambda at: (-slots[at].rarity, at))
    anchor = rarest[0]
    rest = tuple((at - anchor, slots[at].forms, slots[at].prefix) for at in rarest[1:])
    return Run(phrase, slots[anchor], anchor, len(slots) - 1 - anchor, rest, particle, is_open)


class Waiting(dict[str, tuple[Run, ...]]):
    """Which runs wait for a word, and at which slot; found out once per word."""

    def __init__(
        self,
        exact: dict[str, list[Run]],
        prefixes: dict[str, list[Run]],
        lengths: list[int],
    ) -> None:
        self._known = (exact, prefixes, lengths)

    def __missing__(self, word: str) -> tuple[Run, ...]:
        exact, prefixes, lengths = self._known
        found = list(exact.get(word, ()))
        for length in lengths:
            if length > len(word):
                break
            found += prefixes.get(word[:length], ())
        self[word] = tuple(found)
        return self[word]


def runs_of(index: int, phrase: Phrase, languages: Sequence[str], *, lemmas: bool) -> Iterator[Run]:
    """Yield the runs of a phrase: as it stands and, for Dutch separable verbs, in their parts."""
    slots = [_slot(term, languages, lemmas=lemmas) for term in phrase]
    yield _make_run(index, slots)
    if "nl" not in languages:
        return
    for at, term in enumerate(phrase):
        verb = None if term.is_prefix or term.is_exact else dutch_forms(term.word)
        if verb is None or not verb.particle:
            continue
        apart = [Slot(frozenset([word])) for word in (verb.particle, "te", verb.infinitive)]
        yield _make_run(index, (*slots[:at], *apart, *slots[at + 1 :]))
        if len(phrase) == 1:
            yield _make_run(index, [Slot(verb.finite)], verb.particle, is_open=verb.is_open)


def _slot(term: Term, languages: Sequence[str], *, lemmas: bool) -> Slot:
    if term.is_prefix:
        return Slot(frozenset(), term.word)
    return Slot(frozenset([term.word]).union(*(forms(term, one, lemmas=lemmas) for one in languages)))
