"""Measure how fast the default suggester is, and how much memory it takes.

    python benchmarks/suggest/bench_speed.py [--segments 2000] [--codes 50] [--words 60] [--many 100000] [--jobs 2]

CPU seconds (user and system, all threads) on invented text: fitting without and with calibration, scoring,
explaining, one decision of the instant refit; and a large batch through joblib.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))
import synthetic

from mihqda.suggest.batch import score_many
from mihqda.suggest.default import make
from mihqda.suggest.quick import Quick


def memory() -> float:
    """Return the largest memory of this process so far, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--segments", type=int, default=2000)
    parser.add_argument("--codes", type=int, default=50)
    parser.add_argument("--words", type=int, default=60)
    parser.add_argument("--many", type=int, default=100_000)
    parser.add_argument("--jobs", type=int, default=2)
    args = parser.parse_args()
    study = synthetic.make_study(segments=args.segments, codes=args.codes, words=args.words, seed=1)
    words = study.segments["text"].str.split().str.len()
    print(
        f"{len(study.segments)} segments of {words.mean():.0f} words, {args.codes} codes; {memory():.0f} MB before"
    )
    for calibrate in (False, True):
        began = time.process_time()
        suggester = make(study.codes, calibrate=calibrate).fit(study.segments, study.labels)
        print(
            f"fit {'and calibrate' if calibrate else 'alone'}: {time.process_time() - began:.1f} s CPU, {memory():.0f} MB"
        )
    began = time.process_time()
    suggester.score(study.segments)
    spent = time.process_time() - began
    print(f"score: {len(study.segments) / spent:.0f} segments per second")
    pairs = [(row, row % args.codes) for row in range(min(500, len(study.segments)))]
    began = time.process_time()
    suggester.explain(study.segments, pairs)
    print(f"explain: {1000 * (time.process_time() - began) / len(pairs):.2f} ms per suggestion")
    began = time.process_time()
    quick = Quick(study.segments, study.codes, study.labels)
    print(f"quick, from nothing: {time.process_time() - began:.1f} s CPU, {memory():.0f} MB")
    times = []
    for row in range(20):
        began = time.process_time()
        quick.decide(row, row % args.codes, 1.0)
        times.append(time.process_time() - began)
    print(f"quick, one decision: {1000 * np.median(times):.1f} ms")
    if args.many:
        many = study.segments.iloc[np.arange(args.many) % len(study.segments)].reset_index(drop=True)
        began = time.perf_counter()
        score_many(suggester, many, jobs=args.jobs, progress=show)
        print(
            f"\n{args.many} segments, {args.jobs} jobs: {time.perf_counter() - began:.0f} s, {memory():.0f} MB in this process"
        )


def show(done: int, total: int) -> None:
    print(f"\r{done}/{total}", end="", file=sys.stderr)


if __name__ == "__main__":
    main()
