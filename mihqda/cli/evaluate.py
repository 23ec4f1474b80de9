"""Say on the command line what suggestions are worth, and how much may still be unread."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mihqda.cli.names import tell_apart
from mihqda.cli.options import format_option, study_argument
from mihqda.cli.output import emit, print_table, say
from mihqda.cli.progress import Bar
from mihqda.cli.suggest import coders_option, embeddings_option, seed_option, suggester_option, unit_option
from mihqda.cli.table import KEEP

if TYPE_CHECKING:
    import pandas as pd

    from mihqda.suggest.evaluation import Evaluation

TABLES = ("overall", "codes", "calibration", "learning", "agreement")

MEASURES = {
    "macro_average_precision": "average precision, mean over codes",
    "recall_at_3": "right code among the first three",
    "micro_precision": "precision, all suggestions together",
    "micro_recall": "recall, all codings together",
    "micro_f1": "F1, all together",
    "macro_precision": "precision, mean over codes",
    "macro_recall": "recall, mean over codes",
    "macro_f1": "F1, mean over codes",
    "calibration_error_proposed": "calibration error of what is proposed",
    "calibration_error": "calibration error (ECE) of all, lower is better",
}


@click.command()
@study_argument
@click.option(
    "--folds", type=click.IntRange(min=2), metavar="N",
    help="Leave a fifth out at a time with 5, and so on; by default one transcript at a time.",
)  # fmt: skip
@unit_option
@suggester_option
@coders_option
@embeddings_option
@seed_option
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="Processes; as many as there are cores by default.",
)
@click.option(
    "--floor", type=click.FloatRange(0, 1), metavar="PRECISION",
    help="Hide suggestions of codes that measured below it, from now on, for the whole team.",
)  # fmt: skip
@click.option(
    "--table", "which", type=click.Choice(TABLES), help="Only this one; csv and md print codes otherwise."
)
@format_option
def evaluate(
    study: Path,
    folds: int | None,
    unit: Any,
    suggester: str,
    coders: tuple[str, ...],
    folder: Path | None,
    seed: int,
    jobs: int | None,
    floor: float | None,
    which: str | None,
    fmt: str,
) -> None:
    """Measure suggestions on this study's own codings, and keep the result.

    Each transcript is suggested for by a model that never saw it; what it says is compared with what was coded.
    Everything stands beside the frequency rule (the codes used most, always), beside the coders' own agreement, and
    with 95 % intervals that draw whole transcripts. Codes with too few examples are named, not averaged away.

    \b
    Examples:
      mihqda suggest evaluate study.mihqda
      mihqda suggest evaluate study.mihqda --folds 5 --coder anna
      mihqda suggest evaluate study.mihqda --suggester keywords --format csv > keywords.csv
      mihqda suggest evaluate study.mihqda --floor 0.4
    """
    from mihqda.project import Project

    with Project.open(study) as project, Bar() as bar:
        if floor is not None:
            project.set_floor(floor)
        result = project.evaluate(
            suggester=suggester,
            unit=unit,
            coders=coders,
            folds=folds,
            folder=folder,
            seed=seed,
            jobs=jobs or os.cpu_count() or 1,
            progress=bar,
        )
        current, names = project.floor, tell_apart(project.codebooks())
    if fmt == "json" and which is None:
        click.echo(json.dumps(json.loads(result.to_json()), ensure_ascii=False, indent=1))
    elif fmt != "table":
        emit(getattr(result, which or "codes"), fmt)
    else:
        print_evaluation(result, floor=current, tables=(which,) if which else TABLES, names=names)


def print_evaluation(
    result: Evaluation,
    *,
    floor: float | None = None,
    tables: Iterable[str] = TABLES,
    with_few: bool = True,
    names: Mapping[str, str] | None = None,
) -> None:
    """Print an evaluation in words and tables; of a study that is too young, why nothing was measured.

    Parameters
    ----------
    result
        What to print.
    floor
        Of the study, to say how many codes lie below it; None says nothing.
    tables
        Which, in this order.
    with_few
        Also name the codes with too few examples.
    names
        Code -> what to call it, see `mihqda.cli.names.tell_apart`; by default as in the evaluation.
    """
    if not result.is_measured:
        say("not measured: " + "; ".join(result.missing))
        return
    names = {**dict(zip(result.codes["code"], result.codes["name"], strict=True)), **(names or {})}
    say(describe(result))
    for name in tables:
        frame: pd.DataFrame = getattr(result, name)
        if name == "codes":
            frame = frame[frame["is_measured"]]
            frame = frame.assign(name=[names[code] for code in frame["code"]])
        if frame.empty:
            continue
        columns, rows = _SHOWN[name](frame)
        click.echo()
        print_table(columns, rows, title=_TITLES[name])
    if result.too_few and with_few:
        named = "; ".join(names.get(code, code) for code in result.too_few)
        say(f"too few examples to measure ({len(result.too_few)}): {named}", indent="  ")
    if floor is not None:
        from mihqda.suggest.evaluation import FEWEST_PROPOSED

        measured = result.codes[result.codes["is_measured"]]
        counted = measured[measured["proposed"] >= FEWEST_PROPOSED]
        below = int((counted["precision"] < floor).sum())
        say(
            f"{below} of {len(measured)} codes measured below a precision of {floor:.2f}: their suggestions are hidden "
            "(--all shows them, --floor changes it)"
        )


def describe(result: Evaluation) -> str:
    """Return in a sentence what was measured, on what."""
    how = (
        "one transcript left out at a time" if result.folds >= result.transcripts else f"{result.folds} folds"
    )
    by = f", codings of {', '.join(result.coders)} alone" if result.coders else ""
    said = (
        f"{result.suggester}: {result.segments} {result.unit}s of {result.transcripts} finished transcripts, "
        f"{result.coded} with a code{by}; {how}, whole transcripts together; [95 % intervals]"
    )
    if result.from_suggestions:
        said += f"\n{result.from_suggestions} of the codings began as suggestions: they flatter the suggester"
    return said


def with_ends(value: float, low: float, high: float) -> str:
    """Return a figure with its interval, such as ``.61 [.42, .78]``, for `print_table`; an undefined one as a dash."""
    if value != value:
        return "–"
    # A narrow table puts the interval below the figure, and never breaks it.
    return _short(value) if low != low else f"{_short(value)} [{_short(low)},{KEEP}{_short(high)}]"


def _short(value: float) -> str:
    """Return a figure with two decimals, or with its first digit where two would show nothing but zeros."""
    if value != value:
        return "–"
    size = abs(value)
    if size < 1e-9:
        return ".00"
    decimals = 2 if size >= 0.005 else 3 if size >= 0.00095 else 4
    shown = f"{size:.{decimals}f}"
    if not float(shown):
        return "<.0001" if value > 0 else "-<.0001"
    return ("-" if value < 0 else "") + shown.removeprefix("0" if size < 1 else "")


Shown = tuple[Sequence[str], list[list[Any]]]


def _overall(frame: pd.DataFrame) -> Shown:
    from mihqda.codings.frame import rows_of

    rows = {
        row[0]: [
            MEASURES.get(row[0], row[0]),
            with_ends(*row[1:4]),
            with_ends(*row[4:7]),
            with_ends(*row[7:]),
        ]
        for row in rows_of(frame, "measure", *_ends("value"), *_ends("frequency"), *_ends("gain"))
    }
    order = [*(name for name in MEASURES if name in rows), *(name for name in rows if name not in MEASURES)]
    return ["measure", "suggester", "frequency rule", "gain"], [rows[name] for name in order]


def _codes(frame: pd.DataFrame) -> Shown:
    from mihqda.codings.frame import rows_of

    columns = ["code", "coded", "proposed", "precision", "recall", "average precision", "rule"]
    rows = [
        [name, examples, proposed, with_ends(*row[:3]), with_ends(*row[3:6]), with_ends(*row[6:9]), _short(row[9])]
        for name, examples, proposed, *row in rows_of(
            frame, "name", "examples", "proposed", *_ends("precision"), *_ends("recall"),
            *_ends("average_precision"), "frequency",
        )
    ]  # fmt: skip
    return columns, rows


def _calibration(frame: pd.DataFrame) -> Shown:
    from mihqda.codings.frame import rows_of

    rows = [
        [f"{_short(low)} to {_short(high)}", decisions, _short(said), with_ends(*observed)]
        for low, high, decisions, said, *observed in rows_of(
            frame, "from", "to", "decisions", "said", *_ends("observed")
        )
        if decisions
    ]
    return ["probability", "segments × codes", "said", "coded"], rows


def _learning(frame: pd.DataFrame) -> Shown:
    from mihqda.codings.frame import rows_of

    rows = [
        [f"{share:.0%}", f"{transcripts:.0f}", f"{codings:.0f}", *(with_ends(*row[at : at + 3]) for at in (0, 3, 6))]
        for share, transcripts, codings, *row in rows_of(
            frame, "share", "transcripts", "codings", *_ends("average_precision"), *_ends("recall_at_3"), *_ends("f1")
        )
    ]  # fmt: skip
    return ["learned from", "transcripts", "codings", "average precision", "recall@3", "F1"], rows


def _agreement(frame: pd.DataFrame) -> Shown:
    """One line per pair: the middle code's figures, since codes are never pooled."""
    rows = []
    for (first, second), part in frame.groupby(["first", "second"], sort=False):
        kappa, alpha = part["kappa"].dropna(), part["alpha"].dropna()
        rows.append([
            f"{first} and {second}", len(kappa), *(_short(float(kappa.quantile(at))) for at in (0.5, 0.25, 0.75)),
            _short(float(alpha.median())),
        ])  # fmt: skip
    return ["who", "codes", "kappa, median", "quarter below", "quarter above", "alpha, median"], rows


def _ends(name: str) -> tuple[str, str, str]:
    return name, f"{name}_low", f"{name}_high"


_SHOWN = {
    "overall": _overall,
    "codes": _codes,
    "calibration": _calibration,
    "learning": _learning,
    "agreement": _agreement,
}
_TITLES = {
    "overall": "Overall, beside always proposing the codes used most",
    "codes": "Per code; last the average precision of always proposing the codes used most (the frequency rule)",
    "calibration": "Calibration: of what was given a probability, how much was coded",
    "learning": "Learning curve: what more coded transcripts bring",
    "agreement": "Agreement per code, over codes; suggestions as a coder beside the coders",
}
