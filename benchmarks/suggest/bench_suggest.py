"""Measure what suggestions are worth on sets that people coded.

    python benchmarks/suggest/bench_suggest.py FOLDER... [--codes parents] [--min-examples 10] [--seeds 3]
                                               [--examples 0 5 20 50 all] [--embeddings MODEL_FOLDER]

A FOLDER holds ``segments.jsonl``, one segment per line: ``{id, group, text, labels}``, optionally ``context`` (the question,
or the previous turn; without it, the segment before in the same group, as a study would have it), ``speaker``, ``language`` and ``parents`` (labels of the level above, taken with ``--codes parents``); and,
if there is one, ``codebook.yaml`` (or .yml, .csv, .xlsx, .json), whose codes are matched by id or by name.

Per seed a quarter of the groups is held out. With n examples per code, n of the training segments of every code
are drawn (all, if it has fewer), and as many segments without any code; the rest of the study is unread, and its
text is known to all. Everything is measured on the groups held out, beside

    plain      TF-IDF (words 1-2, characters 3-5) and balanced logistic regression of scikit-learn, same segments
    frequency  the most used codes first

F1 takes each one's own threshold: the default's tuned one, 0.5 for plain logistic regression.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from mihqda.codebook.model import Code
from mihqda.suggest import measures
from mihqda.suggest.default import make
from mihqda.suggest.frequency import make as make_frequency

MEASURES = ("macro-F1", "micro-F1", "mAP", "R@3", "ECE")
CODEBOOKS = ("codebook.yaml", "codebook.yml", "codebook.csv", "codebook.xlsx", "codebook.json")


@dataclass(frozen=True)
class CodedSet:
    name: str
    segments: pd.DataFrame
    labels: np.ndarray
    codes: tuple[Code, ...]
    told: str


def read_set(folder: Path, *, field: str = "labels", least: int = 10) -> CodedSet:
    """Read a folder; codes with fewer than `least` segments are left out, and counted in `told`."""
    lines = (folder / "segments.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines if line.strip()]
    names = list(dict.fromkeys(name for row in rows for name in row.get(field) or ()))
    found = {name: sum(name in (row.get(field) or ()) for row in rows) for name in names}
    kept = sorted(name for name in names if found[name] >= least)
    described = read_codes(folder)
    codes = []
    for at, name in enumerate(kept):
        code = described.get(name) or described.get(name.casefold())
        codes.append(code.replace(parent=None) if code else Code(id=f"code{at}", name=name))
    matched = sum(name in described or name.casefold() in described for name in kept)
    labels = np.array([[float(name in (row.get(field) or ())) for name in kept] for row in rows])
    told = (
        f"{len(rows)} segments, {len({row['group'] for row in rows})} groups, {len(kept)} of {len(names)} codes with "
        f"{least} or more segments; codebook: {f'{matched} codes described' if described else 'names only'}"
    )
    return CodedSet(folder.name, frame_of(rows), labels, tuple(codes), told)


def read_codes(folder: Path) -> dict[str, Code]:
    """Return codes by id and by name (in lower case), {} without a codebook."""
    for name in CODEBOOKS:
        path = folder / name
        if not path.is_file():
            continue
        if path.suffix == ".json":
            codes = [code_of(one) for one in codes_in(json.loads(path.read_text(encoding="utf-8")))]
        else:
            from mihqda.codebook.load import load_codebook

            codes = list(load_codebook(path))
        return {
            key: code
            for code in codes
            for key in (code.name.casefold(), code.name, code.id.casefold(), code.id)
        }
    return {}


def codes_in(data: Any) -> list[dict[str, Any]]:
    """Return the codes of a JSON codebook: a list, {codes: [...]}, or {name: {...} or definition}."""
    if isinstance(data, dict) and isinstance(data.get("codes"), list | dict):
        data = data["codes"]
    if isinstance(data, dict):
        return [
            {"name": name, **(one if isinstance(one, dict) else {"definition": str(one)})}
            for name, one in data.items()
        ]
    return [one if isinstance(one, dict) else {"name": str(one)} for one in data]


def code_of(data: dict[str, Any]) -> Code:
    """Return the code of a JSON object, whose examples may be called example or examples."""

    def texts(*names: str) -> tuple[str, ...]:
        for name in names:
            value = data.get(name)
            if value:
                return tuple(
                    str(one) for one in ([value] if isinstance(value, str) else value) if str(one).strip()
                )
        return ()

    name = str(data.get("name") or data.get("id"))
    return Code(
        id="-".join(str(data.get("id") or name).split()),
        name=name,
        definition=str(data.get("definition") or data.get("description") or ""),
        include=" ".join(texts("include", "inclusion")),
        exclude=" ".join(texts("exclude", "exclusion")),
        examples=texts("examples", "example"),
        keywords=texts("keywords"),
        attributes={"counter_examples": list(texts("counter_examples", "counter_example"))},
    )


def frame_of(rows: Sequence[dict[str, Any]]) -> pd.DataFrame:
    """Return segments as a suggester takes them; positions are made up, texts following each other in their group."""
    starts: dict[str, int] = {}
    before: dict[str, str] = {}
    is_told = any("context" in row for row in rows)
    out = []
    for row in rows:
        group, text = str(row["group"]), str(row["text"])
        start = starts.get(group, 0)
        starts[group] = start + max(len(text), 1) + 1
        out.append(
            {
                "transcript": group,
                "start": start,
                "end": start + max(len(text), 1),
                "unit": "turn",
                "text": text,
                "speaker": str(row.get("speaker") or ""),
                "context": str(row.get("context") or "") if is_told else before.get(group, ""),
                "language": str(row.get("language") or "und"),
            }
        )
        before[group] = text
    return pd.DataFrame(out)


def split(segments: pd.DataFrame, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the rows to draw from and the rows held out: a quarter of the groups, two at least."""
    groups = np.array(sorted(segments["transcript"].unique()))
    order = np.random.default_rng(seed).permutation(groups)
    held = set(order[: max(2, round(len(groups) / 4))])
    is_test = segments["transcript"].isin(held).to_numpy()
    return np.flatnonzero(~is_test), np.flatnonzero(is_test)


def draw(labels: np.ndarray, pool: np.ndarray, examples: int | None, seed: int) -> np.ndarray:
    """Return the rows that count as coded; None for all of the pool."""
    if examples is None:
        return pool
    random = np.random.default_rng(seed)
    chosen: set[int] = set()
    for code in range(labels.shape[1]):
        own = pool[labels[pool, code] == 1]
        chosen.update(random.permutation(own)[:examples].tolist())
    bare = pool[labels[pool].sum(axis=1) == 0]
    chosen.update(random.permutation(bare)[: len(chosen)].tolist())
    return np.array(sorted(chosen), np.int64)


def plain_scores(
    texts: Sequence[str], labels: np.ndarray, train: np.ndarray, test: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return log-odds and probabilities of plain TF-IDF and logistic regression."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import FeatureUnion

    key = (len(texts), hash(tuple(texts)))
    if key not in _VECTORS:
        _VECTORS.clear()
        _VECTORS[key] = FeatureUnion(
            [
                ("word", TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)),
                (
                    "char",
                    TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), min_df=3, sublinear_tf=True),
                ),
            ]
        ).fit_transform(texts)
    matrix = _VECTORS[key]
    logits = np.full((len(test), labels.shape[1]), -20.0)
    for code in range(labels.shape[1]):
        known = labels[train, code]
        if known.min() < known.max():
            model = LogisticRegression(
                C=4, class_weight="balanced", solver="liblinear", dual=True, random_state=0, max_iter=300
            )
            logits[:, code] = model.fit(matrix[train], known).decision_function(matrix[test])
    return logits, 1 / (1 + np.exp(-logits))


_VECTORS: dict[Any, Any] = {}


def figures(
    labels: np.ndarray, ranking: np.ndarray, chance: np.ndarray | None, proposed: np.ndarray
) -> dict[str, float]:
    """Return the five measures; NaN for what is undefined."""
    counts = measures.count(labels, proposed)
    used = labels.sum(axis=0) > 0
    return {
        "macro-F1": float(np.nanmean(np.nan_to_num(counts.f1[used]))),
        "micro-F1": float(counts.total().f1[0]),
        "mAP": float(np.nanmean(measures.average_precision(labels, ranking)[used])),
        "R@3": measures.recall_at(labels, ranking, 3),
        "ECE": float("nan")
        if chance is None or np.isnan(chance).all()
        else measures.calibration_error(labels, chance),
    }


def measure(
    coded: CodedSet, examples: int | None, seed: int, *, encoder: Any = None
) -> dict[str, dict[str, float]]:
    """Return model -> measures for one number of examples and one split."""
    pool, test = split(coded.segments, seed)
    train = draw(coded.labels, pool, examples, seed)
    known = np.full(coded.labels.shape, np.nan)
    known[train] = coded.labels[train]
    truth = coded.labels[test]
    held = coded.segments.iloc[test]
    found: dict[str, dict[str, float]] = {}
    models = {"default": None} | ({"embeddings": encoder} if encoder is not None else {})
    for name, model in models.items():
        suggester = make(coded.codes, seed=seed, encoder=model).fit(coded.segments, known)
        scores = suggester.score(held)
        ranking = np.nan_to_num(scores.ranking, nan=-99)
        level = scores.ranking if np.isnan(scores.probability).all() else scores.probability
        proposed = np.nan_to_num(level, nan=-99) >= scores.threshold
        found[name] = figures(truth, ranking, scores.probability, proposed)
    if len(train):
        logits, chance = plain_scores(coded.segments["text"].tolist(), coded.labels, train, test)
        found["plain"] = figures(truth, logits, chance, chance >= 0.5)
        often = make_frequency(coded.codes).fit(coded.segments, known).score(held)
        found["frequency"] = figures(
            truth, often.ranking, often.probability, often.probability >= often.threshold
        )
    return found


def print_set(coded: CodedSet, examples: Sequence[int | None], seeds: int, encoder: Any) -> pd.DataFrame:
    print(f"\n{coded.name}: {coded.told}")
    rows = []
    for wanted in examples:
        for seed in range(seeds):
            began = time.process_time()
            for model, values in measure(coded, wanted, seed, encoder=encoder).items():
                rows.append(
                    {
                        "examples": "all" if wanted is None else str(wanted),
                        "seed": seed,
                        "model": model,
                        **values,
                    }
                )
            print(
                f"  {'all' if wanted is None else wanted} examples, seed {seed}: {time.process_time() - began:.0f} s CPU",
                file=sys.stderr,
            )
    frame = pd.DataFrame(rows)
    print("per seed")
    print(frame.round(3).to_string(index=False, na_rep="-"))
    mean = frame.drop(columns="seed").groupby(["examples", "model"], sort=False).mean().reset_index()
    print("mean of the seeds")
    print(mean.round(3).to_string(index=False, na_rep="-"))
    if encoder is None:
        print("embeddings: not measured (no --embeddings FOLDER)")
    print_gain(mean)
    return frame


def print_gain(mean: pd.DataFrame) -> None:
    table = mean.set_index(["examples", "model"])
    for model in [name for name in ("default", "embeddings") if name in set(mean["model"])]:
        for examples in mean["examples"].unique():
            if (examples, "plain") in table.index:
                ours, plain = table.loc[(examples, model)], table.loc[(examples, "plain")]
                print(
                    f"{model} against plain at {examples}: mAP {100 * (ours['mAP'] / plain['mAP'] - 1):+.0f} %, "
                    f"R@3 {100 * (ours['R@3'] - plain['R@3']):+.1f} points"
                )
        if ("0", model) in table.index and ("5", "plain") in table.index:
            print(
                f"{model} at 0 examples: R@3 {table.loc[('0', model), 'R@3']:.3f}, "
                f"plain at 5: {table.loc[('5', 'plain'), 'R@3']:.3f}"
            )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--codes", default="labels", choices=("labels", "parents"))
    parser.add_argument("--min-examples", type=int, default=10)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--examples", nargs="+", default=["0", "5", "20", "50", "all"])
    parser.add_argument("--embeddings", type=Path)
    args = parser.parse_args()
    warnings.simplefilter("ignore")
    encoder = None
    if args.embeddings:
        from mihqda.suggest.embeddings import load_encoder

        encoder = load_encoder(args.embeddings)
    examples = [None if one == "all" else int(one) for one in args.examples]
    for folder in args.folders:
        print_set(read_set(folder, field=args.codes, least=args.min_examples), examples, args.seeds, encoder)


if __name__ == "__main__":
    main()
