"""Finding patterns in text: one pass over the words of a segment, whatever the number of patterns.

Every phrase waits at its longest word, which is the rarest as a rule; a word of the text asks one dictionary which phrases
wait for it, and only those are compared. A word that was met before is answered from memory. The work per segment is linear in its words: no
pattern is a regular expression, so none can run away.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from mihqda.suggest.dutch import FOLLOWERS
from mihqda.suggest.folding import WORD, fold
from mihqda.suggest.negation import find_negation, find_negations, negation_words
from mihqda.suggest.patterns import Condition, Pattern, Phrase
from mihqda.suggest.runs import Run, Waiting, runs_of

SPLIT_WITHIN = 8
"""Within how many words of its verb a particle is looked for: we *passen* de teksten straks *aan*."""
_END = re.compile(r"[.?!;:…\n]")
_PAUSE = re.compile(r"[.?!;:…\n,)\-–—]")
_MEMORY = 500_000
_FAR = 10**12


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a pattern stands in a text.

    Parameters
    ----------
    pattern
        Index in the matcher's patterns.
    pieces
        Half-open code points of what was found, in order: more than one of ``pas ... aan`` and of NEAR.
    negations
        The same of words of negation nearby.
    """

    pattern: int
    pieces: tuple[tuple[int, int], ...]
    negations: tuple[tuple[int, int], ...] = ()

    @property
    def start(self) -> int:
        """Return where the first piece begins."""
        return self.pieces[0][0]

    @property
    def end(self) -> int:
        """Return where the last piece ends."""
        return max(end for _, end in self.pieces)


# A phrase where it was found: its first and last word, and the (first, last) words of its pieces.
_Place = tuple[int, int, tuple[tuple[int, int], ...]]


class Matcher:
    """Patterns of one language, ready to be looked for.

    Parameters
    ----------
    patterns
        What to look for.
    languages
        Whose inflection to use.
    spoken
        In which languages to look for negations; without, in `languages`.
    is_inflected
        False: words meet only themselves.
    lemmas
        Whether to use the lemma tables that are installed.

    Examples
    --------
    >>> from mihqda.suggest.patterns import parse
    >>> text = "We passen de teksten niet aan."
    >>> (hit,) = Matcher([parse("aanpassen")], ["nl"]).find(text)
    >>> [text[start:end] for start, end in hit.pieces], [text[start:end] for start, end in hit.negations]
    (['passen', 'aan'], ['niet'])
    """

    def __init__(
        self,
        patterns: Sequence[Pattern],
        languages: Sequence[str] = (),
        *,
        spoken: Sequence[str] = (),
        is_inflected: bool = True,
        lemmas: bool = False,
    ) -> None:
        self.patterns = tuple(patterns)
        self._languages = tuple(languages) if is_inflected else ()
        self._lemmas = lemmas
        self._negators = negation_words(spoken or languages)
        self._phrases: dict[Phrase, int] = {}
        self._exact: dict[str, list[Run]] = {}
        self._prefixes: dict[str, list[Run]] = {}
        for pattern in self.patterns:
            for phrases in (pattern.phrases, *(condition.phrases for condition in pattern.conditions)):
                for phrase in phrases:
                    self._add(phrase)
        self._lengths = sorted({len(prefix) for prefix in self._prefixes})
        self._waiting = Waiting(self._exact, self._prefixes, self._lengths)
        self._wanted: dict[int, list[int]] = {}  # phrase -> patterns that are hit where it is
        for index, pattern in enumerate(self.patterns):
            for phrase in dict.fromkeys(pattern.phrases):
                self._wanted.setdefault(self._phrases[phrase], []).append(index)

    def _add(self, phrase: Phrase) -> None:
        if phrase in self._phrases:
            return
        index = self._phrases[phrase] = len(self._phrases)
        for run in runs_of(index, phrase, self._languages, lemmas=self._lemmas):
            for form in run.anchor.forms:
                self._exact.setdefault(form, []).append(run)
            if run.anchor.prefix:
                self._prefixes.setdefault(run.anchor.prefix, []).append(run)

    def find(self, text: str) -> list[Hit]:
        """Return every hit, in the order of the text, then of the patterns."""
        folded = fold(text)
        words = WORD.findall(folded.text)
        waiting = self._waiting
        places: dict[int, set[_Place]] = {}
        spans: list[tuple[int, int]] = []
        for at, word in enumerate(words):
            for run in waiting[word]:
                if run.rest and not meets(run, words, at):
                    continue
                first, last = at - run.before, at + run.after
                if not run.particle:
                    places.setdefault(run.phrase, set()).add((first, last, ((first, last),)))
                    continue
                spans = spans or [match.span() for match in WORD.finditer(folded.text)]
                particle = _find_particle(run, words, spans, folded.text, at)
                if particle is not None:
                    places.setdefault(run.phrase, set()).add((at, particle, ((at, at), (particle, particle))))
        if len(waiting) > _MEMORY:
            waiting.clear()
        if not places:
            return []
        spans = spans or [match.span() for match in WORD.finditer(folded.text)]
        breaks = [bool(_END.search(folded.text, a[1], b[0])) for a, b in pairwise(spans)]
        sorted_places = {phrase: sorted(found) for phrase, found in places.items()}
        hits = []
        for index, pieces in sorted(set(self._match(sorted_places))):
            first, last = pieces[0][0], max(end for _, end in pieces)
            inside = {at for start, end in pieces for at in range(start, end + 1)}
            near = find_negations(words, breaks, first, last, self._negators)
            # Between "pas" and "aan" a negation is near both, and part of neither.
            gaps = (find_negation(words, at, self._negators) for at in range(first, last) if at not in inside)
            near += [one for one in gaps if one is not None]
            hits.append(
                Hit(
                    index,
                    tuple(folded.back(spans[a][0], spans[b][1]) for a, b in pieces),
                    tuple(folded.back(spans[a][0], spans[b][1]) for a, b in sorted(near)),
                )
            )
        return sorted(hits, key=lambda hit: (hit.start, hit.end, hit.pattern))

    def _match(self, places: dict[int, list[_Place]]) -> Iterator[tuple[int, tuple[tuple[int, int], ...]]]:
        """Yield the patterns whose conditions hold, with their pieces as words."""
        conditions: dict[int, list[tuple[Condition, list[_Place], int]]] = {}
        for phrase in list(places):
            for index in self._wanted.get(phrase, ()):
                asked = conditions.get(index)
                if asked is None:
                    asked = conditions[index] = [
                        (one, *self._places_of(one, places)) for one in self.patterns[index].conditions
                    ]
                for first, last, pieces in places[phrase]:
                    found = _meet_conditions(asked, first, last)
                    if found is not None:
                        yield index, tuple(sorted({*pieces, *found}))

    def _places_of(self, condition: Condition, places: dict[int, list[_Place]]) -> tuple[list[_Place], int]:
        """Return where any phrase of a condition stands, in order, and the words of the longest."""
        all_places = [
            place for phrase in condition.phrases for place in places.get(self._phrases[phrase], ())
        ]
        found = sorted(set(all_places))
        return found, max((last - first for first, last, _ in found), default=0)


def meets(run: Run, words: list[str], at: int) -> bool:
    """Tell whether the rest of a run stands around the word at which it waits."""
    if at < run.before or at + run.after >= len(words):
        return False
    for step, wanted, prefix in run.rest:
        word = words[at + step]
        if word not in wanted and not (prefix and word.startswith(prefix)):
            return False
    return True


def _find_particle(
    run: Run, words: list[str], spans: list[tuple[int, int]], text: str, verb: int
) -> int | None:
    """Return where the particle of a separable verb stands, in the same sentence; None if it does not."""
    for at in range(verb + 1, min(len(words), verb + 2 + SPLIT_WITHIN)):
        if _END.search(text, spans[at - 1][1], spans[at][0]):
            return None
        if words[at] == run.particle and (not run.is_open or _ends_clause(words, spans, text, at)):
            return at
    return None


def _ends_clause(words: list[str], spans: list[tuple[int, int]], text: str, at: int) -> bool:
    if at + 1 == len(words) or words[at + 1] in FOLLOWERS:
        return True
    return bool(_PAUSE.search(text, spans[at][1], spans[at + 1][0]))


def _meet_conditions(
    asked: list[tuple[Condition, list[_Place], int]], first: int, last: int
) -> list[tuple[int, int]] | None:
    """Return the pieces that NEAR adds to a hit, or None if a condition does not hold."""
    out: list[tuple[int, int]] = []
    for condition, places, longest in asked:
        if condition.within is None:
            if places:
                return None
            continue
        low = bisect_left(places, (first - condition.within - 1 - longest,))
        high = bisect_right(places, (last + condition.within + 1, _FAR))
        near = [
            (gap, place)
            for place in places[low:high]
            if (gap := max(place[0] - last, first - place[1]) - 1) <= condition.within
        ]
        if condition.kind == "not":
            if near:
                return None
            continue
        apart = [(gap, place) for gap, place in near if gap >= 0]  # what overlaps is not beside it
        if not apart:
            return None
        out += min(apart)[1][2]
    return out
