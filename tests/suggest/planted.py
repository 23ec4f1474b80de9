"""A small set with planted codes and a quick suggester, to test what is done with suggesters."""

from collections.abc import Mapping, Sequence
from typing import Any, Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mihqda.codebook import Code
from mihqda.suggest.model import SEGMENT_COLUMNS, Evidence, Scores

CODES = (
    Code("role", "Roles", definition="who does what"),
    Code("load", "Workload", definition="time and effort", examples=("no hours left",)),
    Code("want", "Motivation", definition="wanting it"),
    Code("rare", "Rare", definition="hardly ever"),
)
_WORDS = {
    "role": ("boss", "lead"),
    "load": ("hours", "busy"),
    "want": ("eager", "keen"),
    "rare": ("zebra", "gnu"),
}
_FILLER = [
    "we",
    "went",
    "there",
    "and",
    "saw",
    "that",
    "things",
    "were",
    "so",
    "then",
    "they",
    "came",
    "back",
    "with",
    "it",
    "again",
]


def planted(
    transcripts: int = 8, each: int = 30, seed: int = 0, noise: float = 0.1
) -> tuple[pd.DataFrame, NDArray[np.float64]]:
    """Return segments and labels; a code's words stand where it was coded, but for some noise."""
    draw = np.random.default_rng(seed)
    rows, labels = [], []
    for number in range(transcripts):
        for at in range(each):
            coded = draw.random(len(CODES)) < (0.3, 0.2, 0.15, 0.0)
            coded[3] = number == 0 and at < 3
            words = list(draw.choice(_FILLER, 6))
            for code, has in zip(CODES, coded, strict=True):
                if has != (draw.random() < noise):
                    words.append(str(draw.choice(_WORDS[code.id])))
            text = " ".join(words)
            start = at * 100
            rows.append((f"T{number}", start, start + len(text), "turn", text, "participant", "", "en"))
            labels.append(coded)
    return pd.DataFrame(rows, columns=list(SEGMENT_COLUMNS)), np.array(labels, dtype=float)


class WordCounter:
    """Naive Bayes on words, by hand: deterministic and quick."""

    name, version = "words", "7"
    settings: Mapping[str, Any] = {"smoothing": 1}
    seen: list[tuple[set[str], set[str], tuple[Code, ...]]]

    def __init__(self, codes: Sequence[Code]) -> None:
        self.codes = tuple(codes)

    def fit(self, segments: pd.DataFrame, labels: NDArray[np.float64]) -> Self:
        self.learned = set(segments["transcript"][~np.isnan(labels).all(axis=1)])
        words = sorted({word for text in segments["text"] for word in text.split()})
        self.at = {word: place for place, word in enumerate(words)}
        counts = self._count(segments)
        self.weights = np.zeros((len(words), len(self.codes)))
        self.prior = np.zeros(len(self.codes))
        for code in range(len(self.codes)):
            yes, no = counts[labels[:, code] == 1], counts[labels[:, code] == 0]
            if len(yes) and len(no):
                chances = [(one.sum(axis=0) + 1) / (len(one) + 2) for one in (yes, no)]
                self.weights[:, code] = np.log(chances[0]) - np.log(chances[1])
                self.prior[code] = np.log(len(yes) / len(no))
            else:
                self.prior[code] = -5
        return self

    def score(self, segments: pd.DataFrame) -> Scores:
        logits = self._count(segments) @ self.weights + self.prior
        return Scores(1 / (1 + np.exp(-logits)), logits, np.full(len(self.codes), 0.4))

    def explain(self, segments: pd.DataFrame, pairs: Sequence[tuple[int, int]]) -> list[Evidence]:
        return [Evidence() for _ in pairs]

    def _count(self, segments: pd.DataFrame) -> NDArray[np.float64]:
        out = np.zeros((len(segments), len(self.at)))
        for row, text in enumerate(segments["text"]):
            for word in text.split():
                if word in self.at:
                    out[row, self.at[word]] = 1
        return out
