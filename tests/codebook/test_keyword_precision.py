"""How often a keyword of the shipped codebooks is right, on the example study's own codings.

A code is suggested for a participant's turn if one of its keywords occurs in it. That is right if somebody, coder
whoever, put the code on that turn, or a code below it, the one above it, or one that it is linked to. Languages are
those of the session: in one where both are spoken, both lists look at every turn.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pytest

from mihqda.codebook import Code, Codebook
from mihqda.codebook.load import load_codebook
from mihqda.codebook.model import descendants
from mihqda.shipped import shipped
from mihqda.transcripts.read import read_transcript

SAMPLE = shipped("data", "sample_transcripts")
ASKS = frozenset(["I", "Interviewer", "Moderator", "Gespreksleider"])
FEWEST_HITS = 3
LOWEST = 0.3


@dataclass(frozen=True, slots=True)
class Said:
    """A participant's turn: the languages of the session, its words, and the codes on it."""

    languages: frozenset[str]
    words: str
    codes: frozenset[str]


def cut(text: str) -> str:
    """Return the words of a text or key with blanks around them, without case and diacritics; a key keeps its ``*``."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    words = re.findall(r"[^\W_]+\*?", "".join(ch for ch in parts if not unicodedata.combining(ch)))
    return f" {' '.join(words)} "


def pattern(keys: Iterable[str]) -> re.Pattern[str]:
    """Return what finds one of the keys in text that was cut; ``*`` at the end of a word stands for any ending."""
    return re.compile("|".join(re.escape(cut(key)).replace(r"\*", r"[^ ]*") for key in keys))


def read_rows(name: str) -> list[dict[str, str]]:
    with (SAMPLE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def turns() -> Iterator[Said]:
    """Yield the turns of the transcripts that somebody coded."""
    spoken = {row["transcripts"]: frozenset(row["language"].split(", ")) for row in read_rows("sessions.csv")}
    codings = defaultdict(list)
    for row in read_rows("codings.csv"):
        codings[row["transcript"]].append((int(row["start"]), int(row["end"]), row["code"]))
    for file in sorted((SAMPLE / "transcripts").iterdir()):
        one = read_transcript(file).transcript
        for turn in one.turns:
            if one.id in codings and not ASKS & set(turn.speakers):
                on = {c for a, b, c in codings[one.id] if a < turn.span.end and turn.span.start < b}
                yield Said(spoken[one.id], cut(turn.span.quote(one.text)), frozenset(on))


def kin(books: list[Codebook]) -> dict[str, set[str]]:
    """Return for each code itself, its descendants, its parent, and the codes linked to it either way."""
    near: dict[str, set[str]] = {code.id: {code.id} for book in books for code in book}
    for book in books:
        below = descendants(book)
        for code in book:
            near[code.id].update(below[code.id])
            if code.parent is not None:
                near[code.id].add(code.parent)
            for link in code.links:
                if link.to in near:
                    near[code.id].add(link.to)
                    near[link.to].add(code.id)
    return near


@pytest.fixture(scope="module")
def books() -> list[Codebook]:
    return [load_codebook(shipped("codebooks", f"{name}.yaml")) for name in ("mih", "cfir2022")]


@pytest.fixture(scope="module")
def said() -> list[Said]:
    return list(turns())


def keywords(code: Code, language: str) -> tuple[str, ...]:
    """Return the keywords of a code; those in English are the codebooks' own."""
    return code.keywords if language == "en" else code.keywords_in(language)


def hits(code: Code, language: str, said: list[Said]) -> list[Said]:
    if not (keys := keywords(code, language)):
        return []
    found = pattern(keys)
    return [turn for turn in said if language in turn.languages and found.search(turn.words)]


@pytest.mark.parametrize("language", ["en", "nl"])
def test_keywords_of_every_code_are_right_often_enough(
    language: str, books: list[Codebook], said: list[Said]
) -> None:
    near = kin(books)
    found: dict[str, tuple[int, int]] = {}
    for book in books:
        for code in book:
            if met := hits(code, language, said):
                found[code.id] = (sum(bool(near[code.id] & turn.codes) for turn in met), len(met))
    right, suggested = (sum(pair[at] for pair in found.values()) for at in (0, 1))
    print(f"\nkeyword precision, {language}: {right} of {suggested} turns = {right / suggested:.2f}")
    for code_id, (right, suggested) in sorted(found.items(), key=lambda item: -item[1][1]):
        print(f"{right / suggested:6.2f}  {right:3} of {suggested:3}  {code_id}")
    low = {
        code_id: f"{right} of {suggested}"
        for code_id, (right, suggested) in found.items()
        if suggested >= FEWEST_HITS and right < LOWEST * suggested
    }
    assert low == {}, "delete the keys that misfire, or make them phrases"


@pytest.mark.parametrize(
    ("key", "phrase", "expected"),
    [
        ("kick-off", "Na de kick off gingen ze", True),
        ("cliëntenraad", "De clientenraad.", True),
        ("evaluat*", "We evaluated it", True),
        ("evaluat*", "re-evaluated", True),
        ("it department", "it was the department", False),
        ("led", "we called", False),
    ],
)
def test_a_key_meets_folded_phrases_and_prefixes_of_words(key: str, phrase: str, expected: bool) -> None:
    assert bool(pattern([key]).search(cut(phrase))) == expected


def test_every_code_keeps_three_keys_in_both_languages(books: list[Codebook]) -> None:
    few = [
        (code.id, language)
        for book in books
        for code in book
        for language in ("en", "nl")
        if code.codable and len(keywords(code, language)) < 3
    ]
    assert few == []
