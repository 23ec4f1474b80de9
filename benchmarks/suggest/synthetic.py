"""Invented interviews with planted codes: what suggestions can be measured on anywhere, and CI is gated by.

A language of invented words, in which everything is known. Every code has words of its own, some of which stand in its
definition and its examples, the others only in what people say; codes of a family share words; a question is asked about a
family and is answered to; ordinary words come in topics, and a family's segments keep to its topics; words are inflected; each
transcript has its own favourite words; frequencies of codes are as uneven as they are in studies; a third of the segments has
no code; some codings are missing or wrong.

    python benchmarks/suggest/synthetic.py FOLDER [--segments 1200] [--codes 16] [--seed 1]

writes FOLDER/segments.jsonl and FOLDER/codebook.json for bench_suggest.py.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from mihqda.codebook.model import Code

SYLLABLES = [
    "ba",
    "be",
    "bo",
    "da",
    "de",
    "di",
    "fa",
    "fe",
    "ga",
    "go",
    "ha",
    "ka",
    "ke",
    "ki",
    "la",
    "le",
    "lo",
    "ma",
    "me",
    "mi",
    "na",
    "ne",
    "no",
    "pa",
    "pe",
    "ra",
    "re",
    "ro",
    "sa",
    "se",
    "so",
    "ta",
    "te",
    "ti",
    "va",
    "ve",
    "wo",
    "za",
]
ENDINGS = ("", "", "", "s", "en", "er", "ing")
FAMILY = 4
OWN, TOLD = 14, 6
"""Words of a code's own, and how many of them its definition and examples use."""
WRONG = 0.04


@dataclass(frozen=True)
class Study:
    segments: pd.DataFrame
    labels: np.ndarray
    codes: tuple[Code, ...]


class Tongue:
    """Words that never come twice."""

    def __init__(self, random: np.random.Generator) -> None:
        self.random = random
        self.known: set[str] = set()

    def coin(self, count: int) -> list[str]:
        words: list[str] = []
        while len(words) < count:
            word = "".join(self.random.choice(SYLLABLES, self.random.integers(2, 5)))
            if word not in self.known:
                self.known.add(word)
                words.append(word)
        return words

    def inflect(self, word: str) -> str:
        return word + str(self.random.choice(ENDINGS))

    def say(self, words: Sequence[str]) -> str:
        mixed = [self.inflect(words[at]) for at in self.random.permutation(len(words))]
        return " ".join(mixed).capitalize() + "."


def make_study(
    *, segments: int = 1200, codes: int = 16, words: int = 20, seed: int = 1, groups: int = 24
) -> Study:
    """Return a study; the same seed gives the same."""
    random = np.random.default_rng(seed)
    tongue = Tongue(random)
    common = tongue.coin(600)
    often = 1 / np.arange(3, len(common) + 3)
    often /= often.sum()
    families = [list(range(start, min(start + FAMILY, codes))) for start in range(0, codes, FAMILY)]
    shared = [tongue.coin(6) for _ in families]
    own = [tongue.coin(OWN) for _ in range(codes)]
    book = tuple(describe(at, own[at], shared[at // FAMILY], common, tongue) for at in range(codes))
    topics = [random.permutation(len(common))[:40] for _ in range(2 * len(families))]
    rate = random.permutation(1 / (np.arange(codes) + 2.0))
    lines, labels = [], []
    for number in range(segments):
        group = number * groups // segments
        habit = np.random.default_rng([seed, group]).permutation(len(common))[:12]
        family = int(random.integers(len(families)))
        question = (
            tongue.say([*random.choice(shared[family], 3), *random.choice(common, 6, p=often)])[:-1] + "?"
        )
        near = np.array([rate[at] * (8.0 if at in families[family] else 0.5) for at in range(codes)])
        count = int(random.choice(3, p=[0.33, 0.5, 0.17]))
        chosen = random.choice(codes, count, replace=False, p=near / near.sum())
        length = max(6, int(random.normal(words, words / 4)))
        said = list(random.choice(common, length // 2, p=often))
        topic = topics[2 * family + int(random.integers(2))]
        said += [common[at] for at in random.choice(topic, length - length // 2)]
        said += [common[at] for at in random.choice(habit, 3)]
        for code in chosen:
            said += list(random.choice(own[code], 2, replace=False)) + list(
                random.choice(shared[code // FAMILY], 1)
            )
        stray = int(random.integers(codes))
        said += list(random.choice(own[stray], 1)) if random.random() < 0.3 else []
        label = np.zeros(codes)
        label[chosen] = random.random(count) > WRONG
        if random.random() < WRONG:
            label[random.integers(codes)] = 1
        lines.append(
            (
                f"T{group:02d}",
                tongue.say(said),
                question,
                ["participant leader", "participant provider"][group % 2],
            )
        )
        labels.append(label)
    return Study(frame(lines), np.array(labels), book)


def describe(at: int, own: list[str], shared: list[str], common: list[str], tongue: Tongue) -> Code:
    """Return a code whose texts use some of its words, among ordinary ones."""
    told = own[:TOLD]
    return Code(
        id=f"code{at:02d}",
        name=f"{told[0]} {shared[0]}".capitalize(),
        definition=tongue.say([*told[:4], *shared[:2], *common[:8]]),
        include=tongue.say([*told[2:5], *common[5:9]]),
        exclude=tongue.say([*shared[2:4], *common[3:7]]),
        examples=tuple(
            tongue.say([*told[start : start + 3], *common[start : start + 10]]) for start in (0, 2, 3)
        ),
    )


def frame(lines: Sequence[tuple[str, str, str, str]]) -> pd.DataFrame:
    starts: dict[str, int] = {}
    rows = []
    for transcript, text, question, speaker in lines:
        start = starts.get(transcript, 0)
        starts[transcript] = start + len(text) + 1
        rows.append((transcript, start, start + len(text), "turn", text, speaker, question, "und"))
    return pd.DataFrame(
        rows, columns=["transcript", "start", "end", "unit", "text", "speaker", "context", "language"]
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--segments", type=int, default=1200)
    parser.add_argument("--codes", type=int, default=16)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    study = make_study(segments=args.segments, codes=args.codes, seed=args.seed)
    args.folder.mkdir(parents=True, exist_ok=True)
    with (args.folder / "segments.jsonl").open("w", encoding="utf-8") as file:
        for at, row in enumerate(study.segments.itertuples()):
            names = [code.id for code, value in zip(study.codes, study.labels[at]) if value]
            line = {"id": str(at), "group": row.transcript, "text": row.text, "labels": names}
            file.write(json.dumps(line | {"context": row.context, "speaker": row.speaker}) + "\n")
    book = [
        {name: getattr(code, name) for name in ("id", "name", "definition", "include", "exclude", "examples")}
        for code in study.codes
    ]
    (args.folder / "codebook.json").write_text(json.dumps(book, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
