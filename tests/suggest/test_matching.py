"""The matcher against one that tries everything, in ways that share no code but folding."""

import re
import time
from itertools import product

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mihqda.suggest.folding import fold
from mihqda.suggest.matching import Matcher
from mihqda.suggest.patterns import parse

LETTERS = ["a", "b", "ab", "abc", "ba", "é", "ß", "no", "niet"]
TEXTS = st.lists(st.sampled_from([*LETTERS, "Ab", "e\u0301", "SS", "ﬁ", "."]), max_size=14).flatmap(
    lambda words: st.lists(
        st.sampled_from([" ", "-", ", ", "  ", ". ", "_"]), min_size=len(words), max_size=len(words)
    ).map(lambda gaps: "".join(word + gap for word, gap in zip(words, gaps, strict=True)))
)
PHRASES = st.lists(st.sampled_from([*LETTERS, "ab*", "ba*"]), min_size=1, max_size=3).map(" ".join)
SIDES = st.lists(PHRASES, min_size=1, max_size=2).map("|".join)
CONDITIONS = st.lists(
    st.tuples(st.sampled_from(["NEAR/0", "NEAR/2", "NEAR", "NOT", "NOT/0", "NOT/3"]), SIDES), max_size=2
)
PATTERNS = st.builds(
    lambda side, rest: " ".join([side, *(f"{operator} {phrases}" for operator, phrases in rest)]),
    SIDES,
    CONDITIONS,
)

Span = tuple[int, int]


def slow_places(side: str, words: list[str]) -> set[Span]:
    """Return (first, last) of every place where one of the phrases stands."""
    out = set()
    for phrase in side.split("|"):
        wanted = [fold(word).text for word in phrase.split()]
        for first in range(len(words) - len(wanted) + 1):
            pairs = zip(wanted, words[first:], strict=False)
            if all(
                word.startswith(want[:-1]) if want.endswith("*") else word == want for want, word in pairs
            ):
                out.add((first, first + len(wanted) - 1))
    return out


def slow_hits(pattern: str, text: str) -> set[tuple[Span, ...]]:
    """Return the pieces of every hit, as words."""
    words = re.findall(r"[^\W_]+", fold(text).text)
    side, *rest = re.split(r" (?=NEAR|NOT)", pattern)
    out = set()
    for first, last in slow_places(side, words):
        pieces = {(first, last)}
        holds = True
        for condition in rest:
            operator, other_side = condition.split(" ", 1)
            name, _, number = operator.partition("/")
            others = slow_places(other_side, words)
            # words between; below 0 if they overlap
            gaps = {(a, b): max(a - last, first - b) - 1 for a, b in others}
            if name == "NOT":
                holds &= not [gap for gap in gaps.values() if not number or gap <= int(number)]
            else:
                near = sorted((gap, place) for place, gap in gaps.items() if 0 <= gap <= int(number or 10))
                holds &= bool(near)
                pieces |= {near[0][1]} if near else set()
        if holds:
            out.add(tuple(sorted(pieces)))
    return out


@settings(max_examples=150)
@given(st.lists(PATTERNS, min_size=1, max_size=4), TEXTS)
@example(["a NEAR/0 a"], "a a")
@example(["ab*|abc NOT/0 a ab"], "a ab abc")
def test_the_matcher_finds_what_trying_everything_finds(patterns: list[str], text: str) -> None:
    words = [match.span() for match in re.finditer(r"[^\W_]+", fold(text).text)]
    folded = fold(text)
    expected = {
        (index, tuple(folded.back(words[a][0], words[b][1]) for a, b in pieces))
        for index, pattern in enumerate(patterns)
        for pieces in slow_hits(pattern, text)
    }
    hits = Matcher([parse(one) for one in patterns]).find(text)
    assert {(hit.pattern, hit.pieces) for hit in hits} == expected
    assert len(hits) == len(expected)
    assert hits == sorted(hits, key=lambda hit: (hit.start, hit.end, hit.pattern))


@given(
    st.text(st.sampled_from("aAbé ß\u0301-.ﬁİ\n"), max_size=30),
    st.sampled_from(["ab", "a*".join(["b", ""]), "ba*"]),
)
def test_a_hit_folds_to_the_words_that_were_looked_for(text: str, pattern: str) -> None:
    for hit in Matcher([parse(pattern)]).find(text):
        found = fold(text[hit.start : hit.end]).text
        assert found.startswith(pattern.rstrip("*"))
        around = fold(text[max(0, hit.start - 1) : hit.start]).text + fold(text[hit.end : hit.end + 1]).text
        assert not re.search(r"[^\W_]", around)


def found(pattern: str, text: str, *languages: str) -> list[list[str]]:
    return [[text[a:b] for a, b in hit.pieces] for hit in Matcher([parse(pattern)], languages).find(text)]


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("aanpassen", "We pasten de teksten later nog aan.", [["pasten", "aan"]]),
        ("aanpassen", "Daarna pas ik de teksten aan, denk ik.", [["pas", "aan"]]),
        ("aanpassen", "Het paste niet. Aan de muur hing een plan.", []),
        ("aanpassen", "Dat past aan de muur", []),
        ("aanpassen", "om het aan te passen", [["aan te passen"]]),
        ("aanpassen", "de aangepaste teksten", [["aangepaste"]]),
        ("aanpassen", "pas een twee drie vier vijf zes zeven acht negen aan", []),
        ("teksten aanpassen", "de teksten aan te passen", [["teksten aan te passen"]]),
        ("meenemen", "We nemen dat mee naar het team", [["nemen", "mee"]]),
        ("=aanpassen", "We pasten het aan", []),
        ("werken", "er is gewerkt aan gewerkte uren, veel werk", [["gewerkt"], ["gewerkte"]]),
    ],
)
def test_dutch_verbs_are_found_in_their_parts(pattern: str, text: str, expected: list[list[str]]) -> None:
    assert found(pattern, text, "nl") == expected


def test_without_the_language_a_word_meets_itself_alone() -> None:
    assert found("aanpassen", "We pasten de teksten aan, aangepast, aanpassen") == [["aanpassen"]]
    assert found("plan", "plans and planning") == []
    assert found("plan", "plans and planning", "en") == [["plans"], ["planning"]]


@pytest.mark.parametrize(
    ("languages", "text", "expected"),
    [
        (["en"], "We did not have the time.", ["not"]),
        (["en"], "There was time, but not for us.", ["not"]),
        (["en"], "We don't have time.", ["don't"]),
        (["en"], "We don’t have time, never.", ["don’t", "never"]),
        (["en"], "He said no. We had time. Not much.", []),
        (["en"], "Not one of the people whom we had asked had time", []),
        (["nl"], "Er was geen enkele time", ["geen"]),
        (["nl"], "De time was er niet", ["niet"]),
        (["nl"], "Zónder time", ["Zónder"]),
        (["en"], "The geen time", []),
        (["xx"], "geen time, no", ["geen", "no"]),
        (["de"], "keine time", ["keine"]),
    ],
)
def test_negations_near_a_hit_are_shown_and_drop_nothing(
    languages: list[str], text: str, expected: list[str]
) -> None:
    (hit,) = Matcher([parse("time")], languages).find(text)
    assert [text[a:b] for a, b in hit.negations] == expected


def test_a_negation_that_is_part_of_the_hit_is_not_near_it() -> None:
    (hit,) = Matcher([parse("no time")], ["en"]).find("There is no time")
    assert hit.negations == ()
    (hit,) = Matcher([parse("aanpassen")], ["nl"]).find("We pasten het niet aan.")
    assert hit.negations == ((14, 18),)


def test_long_and_repetitive_texts_take_time_in_proportion() -> None:
    patterns = [parse(" ".join(["aa"] * n)) for n in range(1, 6)] + [
        parse("aa NEAR/5 aa NOT/9 bb"),
        parse("aa*"),
    ]
    matcher = Matcher(patterns, ["nl", "en"])
    matcher.find("aa")

    def seconds(words: int) -> float:
        start = time.process_time()
        assert matcher.find("aa " * words)
        return time.process_time() - start

    few, many = seconds(500), seconds(4_000)
    assert many < 24 * max(few, 0.01)
    assert matcher.find("a" * 200_000)
    assert matcher.find("-" * 200_000) == []


def test_words_that_no_one_says_cost_nothing_but_their_sum() -> None:
    every = ["".join(letters) for letters in product("abcd", repeat=5)]
    hits = Matcher([parse(f"{word} zz") for word in every]).find(" zz ".join(every))
    assert len(hits) == len(every) - 1
