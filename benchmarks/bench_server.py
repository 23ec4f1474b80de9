"""What a request costs at the server, on disk, over HTTP: a transcript of 20,000 words with 1,000 codings.

python benchmarks/bench_server.py [--words 20000] [--codings 1000] [--runs 5]
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import gen_corpus

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "web"))
from serving import serving

from mihqda import Project


def prepare(folder: Path, words: int, codings: int) -> Path:
    """Make the study: one transcript of the corpus with codings by two coders."""
    gen_corpus.build(folder / "corpus", docs=1, words=words, codings=codings, seed=7)
    rows = [
        {name: row[name] for name in ("coder", "code", "start", "end")} | {"transcript": "D001"}
        for row in map(
            json.loads, (folder / "corpus" / "codings.jsonl").read_text(encoding="utf-8").splitlines()
        )
    ]
    (folder / "codings.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    codes = sorted({row["code"] for row in rows})
    (folder / "codes.csv").write_text(
        "id,name\n" + "\n".join(f"{code},{code}" for code in codes), encoding="utf-8"
    )
    with Project.create(folder / "bench.mihqda", codebooks=folder / "codes.csv") as study:
        study.import_transcripts(folder / "corpus" / "txt")
        study.code_from(folder / "codings.jsonl")
    return folder / "bench.mihqda"


def measure(study: Path, requests: int) -> dict[str, list[float]]:
    """Return the milliseconds of every request of one run, by what was asked."""
    took: dict[str, list[float]] = {}
    chance = random.Random(3)
    with serving(study, "--coder", "zoe") as server:
        ask = server.client

        def timed(name: str, run: Callable[[], object]) -> None:
            begin = time.perf_counter()
            run()
            took.setdefault(name, []).append((time.perf_counter() - begin) * 1000)

        codes = [code["id"] for code in ask.get("/api/codes").json()["codes"] if code["codable"]]
        length = ask.get("/api/transcripts/D001").json()["characters"]
        for _ in range(5):
            for path in (
                "/transcripts/D001",
                "/api/study",
                "/api/codes",
                "/api/transcripts/D001",
                "/api/transcripts/D001/codings",
            ):
                timed(f"GET {path}", lambda path=path: ask.get(path).raise_for_status())
        step = ask.get("/api/changes?since=0").json()["step"]
        for number in range(requests):
            start = chance.randrange(length - 200)
            body = {
                "transcript": "D001", "start": start, "end": start + chance.randint(20, 180),
                "code": chance.choice(codes), "memo": f"note {number}" if number % 3 == 0 else "",
            }  # fmt: skip
            answer = {}
            timed(
                "apply a code",
                lambda body=body, answer=answer: answer.update(
                    ask.post("/api/codings", json=body).raise_for_status().json()
                ),
            )
            step += 1
            timed(
                "poll, one change",
                lambda step=step: ask.get(f"/api/changes?since={step - 1}").raise_for_status(),
            )
            timed(
                "poll, nothing new",
                lambda step=step: ask.get(f"/api/changes?since={step + 5}").raise_for_status(),
            )
            if number % 10 == 0:
                timed(
                    "change a coding",
                    lambda answer=answer: ask.patch(
                        f"/api/codings/{answer['id']}", json={"revision": answer["revision"], "memo": "!"}
                    ).raise_for_status(),
                )
                timed("undo", lambda: ask.post("/api/undo", json={}).raise_for_status())
                timed("redo", lambda: ask.post("/api/redo", json={}).raise_for_status())
                timed("search", lambda: ask.post("/api/search", json={"text": "huddle"}).raise_for_status())
                step += 3
    return took


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--words", type=int, default=20_000)
    parser.add_argument("--codings", type=int, default=1000)
    parser.add_argument("--requests", type=int, default=300)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    runs = []
    for _ in range(options.runs):
        with tempfile.TemporaryDirectory() as folder:
            runs.append(measure(prepare(Path(folder), options.words, options.codings), options.requests))
    print(f"{options.words} words, {options.codings} codings, median of {options.runs} runs, ms")
    for name in runs[0]:
        middle = statistics.median(statistics.median(run[name]) for run in runs)
        high = statistics.median(
            sorted(run[name])[int(len(run[name]) * 0.95) - (len(run[name]) > 20)] for run in runs
        )
        print(f"  {name:34} median {middle:7.1f}   p95 {high:7.1f}   ({len(runs[0][name])} requests)")


if __name__ == "__main__":
    main()
