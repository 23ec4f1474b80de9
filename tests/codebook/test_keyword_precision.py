"""How often a keyword of the shipped codebooks is right, on the example study's own codings.

A code is suggested for a participant's turn if one of its keywords occurs in it. That is right if somebody, coder
whoever, put the code on that turn, or a code below it, the one above it, or one that it is linked to. Languages are
those of the session: in one where both are spoken, both lists look at every turn.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd
import pytest

from mihqda.codebook import Code, Codebook
from mihqda.codebook.load import load_codebook
from mihqda.codebook.model import descendants
from mihqda.shipped import shipped
from mihqda.suggest.keywords import find_hits, precision_of_keywords
from mihqda.suggest.model import SEGMENT_COLUMNS
from mihqda.transcripts.read import read_transcript

SAMPLE = shipped("data", "sample_transcripts")
ASKS = frozenset(["I", "Interviewer", "Moderator", "Gespreksleider"])
FEWEST_HITS = 3
LOWEST = 0.3


def segment(text: str, language: str = "en", transcript: str = "", start: int = 0) -> tuple[str | int, ...]:
    return transcript, start, start + len(text), "turn", text, "participant", "", language


def read_rows(name: str) -> list[dict[str, str]]:
    with (SAMPLE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def turns() -> Iterator[tuple[tuple[str | int, ...], frozenset[str]]]:
    """Yield participants' turns in the transcripts that somebody coded, once per language, with the codes on them."""
    spoken = {row["transcripts"]: row["language"].split(", ") for row in read_rows("sessions.csv")}
    codings = defaultdict(list)
    for row in read_rows("codings.csv"):
        codings[row["transcript"]].append((int(row["start"]), int(row["end"]), row["code"]))
    for file in sorted((SAMPLE / "transcripts").iterdir()):
        one = read_transcript(file).transcript
        for turn in one.turns:
            if one.id in codings and not ASKS & set(turn.speakers):
                on = frozenset(c for a, b, c in codings[one.id] if a < turn.span.end and turn.span.start < b)
                for language in spoken[one.id]:
                    yield segment(turn.span.quote(one.text), language, one.id, turn.span.start), on


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


Measure = Callable[[bool], pd.DataFrame]


@pytest.fixture(scope="module")
def measure(books: list[Codebook]) -> Measure:
    codes = [code for book in books for code in book]
    near = kin(books)
    said = list(turns())
    labels = np.array([[float(bool(near[code.id] & on)) for code in codes] for _, on in said])
    frame = pd.DataFrame([row for row, _ in said], columns=list(SEGMENT_COLUMNS))
    return lambda is_inflected: precision_of_keywords(
        frame, labels, codes, is_inflected=is_inflected, lemmas=False
    )


@pytest.mark.parametrize("language", ["en", "nl"])
def test_keywords_of_every_code_are_right_often_enough(language: str, measure: Measure) -> None:
    found = measure(False)  # the keys as they are written
    here = found[found["language"] == language].sort_values("hits", ascending=False, kind="stable")
    print(
        f"\n{here.round(2).to_string(index=False)}"
    )  # the figures, with -s; the first row is all codes together
    assert not here.empty
    low = here[(here["hits"] >= FEWEST_HITS) & (here["precision"] < LOWEST)]
    assert low.empty, f"delete the keys that misfire, or make them phrases:\n{low.to_string(index=False)}"


@pytest.mark.parametrize("language", ["en", "nl"])
def test_inflected_forms_find_more_and_are_right_as_often(language: str, measure: Measure) -> None:
    plain, inflected = (
        found[(found["language"] == language) & (found["code"] == "")].iloc[0]
        for found in (measure(False), measure(True))
    )
    print(f"\n{inflected.to_dict()} with inflection, {plain.to_dict()} without")
    assert inflected["right"] >= plain["right"]
    assert inflected["precision"] > plain["precision"] - 0.02


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
    frame = pd.DataFrame([segment(phrase)], columns=list(SEGMENT_COLUMNS))
    assert find_hits(frame, {"key": [key]}).empty != expected


def keywords(code: Code, language: str) -> tuple[str, ...]:
    """Return the keywords of a code; those in English are the codebooks' own."""
    return code.keywords if language == "en" else code.keywords_in(language)


def test_every_code_keeps_three_keys_in_both_languages(books: list[Codebook]) -> None:
    few = [
        (code.id, language)
        for book in books
        for code in book
        for language in ("en", "nl")
        if code.codable and len(keywords(code, language)) < 3
    ]
    assert few == []
