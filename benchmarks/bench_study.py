"""Measure the main job on the seeded corpus, and check its table against the known truth.

    python benchmarks/bench_study.py [--runs 5] [--seeds 7 1 2] [--out FOLDER]

Each figure is the CPU time (user and system) of one `mihqda` process, start-up included, and its largest
memory; the median of the runs is printed, and start-up (`mihqda --version`) for comparison.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import gen_corpus


def convert(corpus: Path) -> None:
    """Rename the corpus's columns to ours: doc(ument) -> transcript, tag -> id."""
    with (corpus / "participants.csv").open(encoding="utf-8") as file:
        people = list(csv.DictReader(file))
    with (corpus / "people.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["participant", "group", "site", "transcript"])
        writer.writerows([one["participant"], one["group"], one["site"], one["document"]] for one in people)
    with (corpus / "codebook.csv").open(encoding="utf-8") as file:
        tags = list(csv.DictReader(file))
    with (corpus / "codes.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "name", "definition"])
        writer.writerows([one["tag"], one["tag"].split(".")[1], one["description"]] for one in tags)
    with (corpus / "ours.jsonl").open("w", encoding="utf-8") as file:
        for line in (corpus / "codings.jsonl").read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            row["transcript"] = row.pop("doc")
            keep = {key: row[key] for key in ("transcript", "start", "end", "code", "coder", "quote")}
            file.write(json.dumps(keep, ensure_ascii=False) + "\n")


def run(*arguments: str) -> tuple[float, float, str]:
    """Run mihqda and return CPU seconds, megabytes and what it printed."""
    command = [sys.executable, "-m", "mihqda", *arguments]
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen(command, stdout=out)
        _, status, usage = os.wait4(process.pid, 0)
        out.seek(0)
        said = out.read().decode()
    if status:
        raise SystemExit(f"mihqda {' '.join(arguments)} failed:\n{said}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, said


def wrong_cells(corpus: Path, said: str) -> tuple[int, int]:
    """Return how many of the known cells differ, and how many there are."""
    truth = json.loads((corpus / "truth.json").read_text())
    found = {
        f"{row['group']}|{row['theme'].removeprefix('Theme.')}": int(row["codings"])
        for row in csv.DictReader(io.StringIO(said))
        if row["theme"].startswith("Theme.") and not row["group"].startswith("(")
    }
    cells = set(truth) | set(found)
    return sum(truth.get(cell, 0) != found.get(cell, 0) for cell in cells), len(cells)


def measure(folder: Path, seed: int, runs: int) -> dict[str, tuple[list[float], list[float]]]:
    """Build the corpus of a seed, run every job `runs` times, and print whether the table is right."""
    corpus = folder / f"corpus-{seed}"
    gen_corpus.build(corpus, seed=seed)
    convert(corpus)
    figures: dict[str, tuple[list[float], list[float]]] = {}

    def job(name: str, *arguments: str) -> str:
        seconds, megabytes, said = run(*arguments)
        figures.setdefault(name, ([], []))[0].append(seconds)
        figures[name][1].append(megabytes)
        return said

    for number in range(runs):
        study = str(folder / f"study-{seed}-{number}.mihqda")
        job("start-up (--version)", "--version")
        job("--help", "--help")
        job("init", "init", study, "--codebook", str(corpus / "codes.csv"))
        job(
            "import 100 .txt",
            "import",
            study,
            str(corpus / "txt"),
            "--participants",
            str(corpus / "people.csv"),
        )
        job("code 10,000", "code", study, "--from", str(corpus / "ours.jsonl"))
        said = job(
            "themes by group", "themes", study, "--by", "group", "--count", "codings", "--format", "csv"
        )
        job("codings (all quotes)", "codings", study, "--format", "csv")
        job("cooccurrence", "cooccurrence", study, "--format", "csv")
        job("report, all formats", "report", study, "--out", str(folder / f"report-{seed}-{number}"))
        job("verify", "verify", study)
    wrong, cells = wrong_cells(corpus, said)
    print(f"seed {seed}: {cells - wrong} of {cells} cells right")
    return figures


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--seeds", type=int, nargs="+", default=[7, 1, 2])
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.out or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        first = measure(folder, options.seeds[0], options.runs)
        for seed in options.seeds[1:]:
            measure(folder, seed, 1)
    print(f"{'job':<24} {'CPU s':>7} {'MB':>6}   (median of {options.runs})")
    for name, (seconds, megabytes) in first.items():
        print(f"{name:<24} {statistics.median(seconds):>7.2f} {statistics.median(megabytes):>6.0f}")


if __name__ == "__main__":
    main()
