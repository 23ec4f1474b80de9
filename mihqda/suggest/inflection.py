"""Which words of a text meet a word of a pattern: its inflected forms, where the language has rules here."""

from __future__ import annotations

import gzip
import json
from functools import cache
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from mihqda.suggest.dutch import forms_of as dutch_forms
from mihqda.suggest.folding import fold

if TYPE_CHECKING:
    from mihqda.suggest.patterns import Term

SHORTEST = 4
"""Shorter words have no other forms here: ``it`` would meet ``its``."""
LEMMA_PACKAGE = "spacy-lookups-data"


def english_forms(word: str) -> frozenset[str]:
    """Return a folded English word with its regular forms: plural, third person, past, -ing.

    Examples
    --------
    >>> sorted(english_forms("involve"))
    ['involve', 'involved', 'involves', 'involving']
    >>> sorted(english_forms("roles"))
    ['roles']
    """
    if len(word) < SHORTEST or word.endswith(("s", "ed", "ing")) or not word.isalpha():
        return frozenset([word])
    if word.endswith("e"):
        return frozenset([word, f"{word}s", f"{word}d", f"{word[:-1]}ing"])
    if word.endswith("y") and word[-2] not in "aeiou":
        return frozenset([word, f"{word[:-1]}ies", f"{word[:-1]}ied", f"{word}ing"])
    plural = "es" if word.endswith(("x", "z", "ch", "sh")) else "s"
    doubled = word + word[-1] if _doubles(word) else word
    return frozenset([word, word + plural, f"{doubled}ed", f"{doubled}ing", f"{word}ed", f"{word}ing"])


def _doubles(word: str) -> bool:
    """Tell whether a short word ends in one vowel and one consonant: plan, planned."""
    return word[-1] not in "aeiouwxy" and word[-2] in "aeiou" and word[-3] not in "aeiou" and len(word) <= 5


def forms(term: Term, language: str, *, lemmas: bool = False) -> frozenset[str]:
    """Return the words that meet a term without ``*`` in a language, itself among them."""
    found = {term.word}
    if term.is_exact or term.is_prefix:
        return frozenset(found)
    if language == "en":
        found |= english_forms(term.word)
    elif language == "nl" and len(term.word) >= SHORTEST:
        found |= dutch_forms(term.word).joined
    if lemmas and len(term.word) >= SHORTEST:
        lemma_of, words_of = _lemma_table(language)
        lemma = lemma_of.get(term.word, term.word)
        found |= {lemma, *words_of.get(lemma, ())}
    return frozenset(found)


def lemma_version() -> str:
    """Return the version of the installed lemma tables, "" if there are none."""
    try:
        return metadata.version(LEMMA_PACKAGE)
    except metadata.PackageNotFoundError:
        return ""


@cache
def _lemma_table(language: str) -> tuple[dict[str, str], dict[str, list[str]]]:
    """Return word -> lemma and lemma -> words of an installed table, all folded; empty without one."""
    spec = find_spec(LEMMA_PACKAGE.replace("-", "_"))
    folders = spec.submodule_search_locations if spec else None
    # The tables are read without the package's own import, which needs parts of setuptools.
    file = Path(next(iter(folders or ("",))), "data", f"{language}_lemma_lookup.json.gz")
    if not file.is_file():
        return {}, {}
    table = json.loads(gzip.decompress(file.read_bytes()))
    lemma_of = {fold(word).text: fold(lemma).text for word, lemma in table.items()}
    words_of: dict[str, list[str]] = {}
    for word, lemma in lemma_of.items():
        words_of.setdefault(lemma, []).append(word)
    return lemma_of, words_of
