"""Speed of the keyword rules, and how often they are right on the example study.

    python benchmarks/suggest/bench_keywords.py

Prints segments per second of CPU on the turns of the example transcripts, repeated, with the codes of `mih` and `cfir2022`;
then the same for texts of 60 words; then what inflection adds. How often each code's keywords are right is printed by
``pytest -s tests/codebook/test_keyword_precision.py``.
"""

from __future__ import annotations

import time

import pandas as pd

from mihqda.codebook.load import load_codebook
from mihqda.shipped import shipped
from mihqda.suggest.keywords import find_hits, make
from mihqda.suggest.model import SEGMENT_COLUMNS
from mihqda.transcripts.read import read_transcript

REPEATS = 20


def read_turns() -> pd.DataFrame:
    rows = []
    for file in sorted(shipped("data", "sample_transcripts", "transcripts").iterdir()):
        one = read_transcript(file).transcript
        for turn in one.turns:
            text = turn.span.quote(one.text)
            rows.append((one.id, turn.span.start, turn.span.end, "turn", text, "", "", one.language))
    return pd.DataFrame(rows, columns=list(SEGMENT_COLUMNS))


def print_speed(name: str, frame: pd.DataFrame, rules: object) -> None:
    start = time.process_time()
    scores = rules.score(frame)
    seconds = time.process_time() - start
    words = frame["text"].str.split().str.len().sum()
    proposed = (scores.ranking >= scores.threshold).sum() / len(frame)
    print(
        f"{name}: {len(frame):,} segments of {words / len(frame):.0f} words: {len(frame) / seconds:,.0f} segments/s, "
        f"{words / seconds:,.0f} words/s; {proposed:.2f} codes proposed per segment"
    )


def main() -> None:
    books = [load_codebook(shipped("codebooks", f"{name}.yaml")) for name in ("mih", "cfir2022")]
    codes = [code for book in books for code in book if code.codable]
    turns = read_turns()
    start = time.process_time()
    rules = make(codes)
    print(f"{len(codes)} codes, made in {time.process_time() - start:.2f} s")
    print_speed("first time", turns, rules)
    print_speed("example turns", pd.concat([turns] * REPEATS, ignore_index=True), rules)
    words = " ".join(turns["text"]).split()
    texts = [" ".join(words[at : at + 60]) for at in range(0, len(words), 60)]
    long = turns.head(1).loc[[0] * len(texts)].assign(text=texts, language="en")
    print_speed("long segments", pd.concat([long] * REPEATS, ignore_index=True), rules)
    plain = len(find_hits(turns, codes, is_inflected=False))
    print(f"hits: {len(find_hits(turns, codes))} with inflection, {plain} without")


if __name__ == "__main__":
    main()
