"""Words of negation near a hit: shown as evidence, never a reason to drop it."""

from __future__ import annotations

from collections.abc import Sequence

BEFORE, AFTER = 5, 4
"""Within how many words of a hit a negation is looked for; never beyond the end of the sentence."""

_EN = (
    "not no never none nobody nothing nowhere neither nor without cannot hardly barely scarcely lack lacks lacked "
    "lacking absence dont doesnt didnt isnt wasnt arent werent wont cant couldnt shouldnt wouldnt havent hasnt hadnt"
)
_NL = "niet geen nooit zonder niemand niets niks nergens noch nauwelijks amper evenmin ontbreekt ontbrak ontbreken nee"
_DE = "nicht kein keine keinen keinem keiner keines nie niemals ohne niemand nichts weder kaum"
_FR = "pas jamais sans aucun aucune rien ni personne guere"
_ES = "no nunca jamas sin nadie nada ningun ninguno ninguna ni tampoco apenas"
WORDS = {
    language: frozenset(listed.split())
    for language, listed in (("en", _EN), ("nl", _NL), ("de", _DE), ("fr", _FR), ("es", _ES))
}
_ANY = WORDS["en"] | WORDS["nl"]


def negation_words(languages: Sequence[str]) -> frozenset[str]:
    """Return the folded words of negation of languages; where none has a list, the English and Dutch ones."""
    return frozenset[str]().union(*(WORDS.get(one, frozenset()) for one in languages)) or _ANY


def find_negations(
    words: Sequence[str], breaks: Sequence[bool], first: int, last: int, negators: frozenset[str]
) -> list[tuple[int, int]]:
    """Return the first and last word of each negation near the words `first` to `last`, in order.

    Parameters
    ----------
    words
        Of the segment, folded.
    breaks
        For each word but the last, whether a sentence ends between it and the next.
    first, last
        Of the hit, both in it; a negation that is part of it is not near it.
    negators
        See `negation_words`. ``n't``, which is cut off its word at the apostrophe, counts with that word.
    """
    start, end = first, last
    while start > 0 and first - start < BEFORE and not breaks[start - 1]:
        start -= 1
    while end + 1 < len(words) and end - last < AFTER and not breaks[end]:
        end += 1
    around = (*range(start, first), *range(last + 1, end + 1))
    found = (find_negation(words, at, negators) for at in around)
    return [one for one in found if one is not None]


def find_negation(words: Sequence[str], at: int, negators: frozenset[str]) -> tuple[int, int] | None:
    """Return the first and last word of the negation that ends at a word; None if there is none."""
    if words[at] in negators:
        return at, at
    if words[at] == "t" and at > 0 and words[at - 1].endswith("n") and "not" in negators:
        return at - 1, at
    return None
