"""U1 to U3: how many codings began as suggestions, what was decided, and what suggestions were worth."""

from __future__ import annotations

import pandas as pd

from mihqda.filters import Filter
from mihqda.reports.grid import Cell, Column, Grid, GridRow, lay_out, rows_of
from mihqda.reports.model import ReportTable
from mihqda.reports.wording import Wording
from mihqda.snapshot import Snapshot
from mihqda.suggest.evaluation import SUGGESTIONS, Evaluation
from mihqda.suggest.state import study_state

_DECISIONS = ("accepted", "changed", "rejected", "skipped")
_ENDS = ("", "_low", "_high")
_NAMED = 30


def suggestion_tables(snapshot: Snapshot, whole: Snapshot, words: Wording) -> tuple[ReportTable, ...]:
    """Return U1, and U2 and U3 if suggestions were measured.

    Parameters
    ----------
    snapshot
        What the report is about.
    whole
        The study without the report's filter: what was measured was measured on the whole study.
    """
    used = _used(snapshot, words)
    if whole.evaluations.empty:
        never = () if used.frame.empty else (words.say("measured_never"),)
        return (_noted(used, never),)
    last = next(iter(rows_of(whole.evaluations.tail(1), "at", "result")))
    result = _read(last[1])
    if result is None:
        return (_noted(used, (words.say("measured_unreadable"),)),)
    if not result.is_measured:
        transcripts = words.count(result.transcripts, "transcript")
        young = words.say("measured_young", moment=words.moment(last[0]), transcripts=transcripts)
        return (_noted(used, (young,)),)
    names = dict(rows_of(snapshot.codes, "code", "name"))
    return used, _overall(result, last[0], whole, words), _by_code(result, names, words)


def suggestion_sentences(snapshot: Snapshot, words: Wording) -> tuple[str, ...]:
    """Return how many codings began as suggestions, in a sentence or a few."""
    began = _began(snapshot)
    if not began.any() and snapshot.decisions.empty:
        return (words.say("no_suggestions"),)
    sentence = words.say(
        "began",
        began=int(began.sum()),
        bulk=int(_in_bulk(snapshot).sum()),
        codings=words.count(len(began), "coding"),
    )
    return (sentence, words.say("never_counted"), words.say("not_independent"))


def _used(snapshot: Snapshot, words: Wording) -> ReportTable:
    columns = (
        Column("coder", words.say("col_coder"), 16),
        *(
            Column(name, words.say(f"col_{label}"), 12, is_number=True)
            for name, label in (
                ("codings", "codings"), ("from_suggestions", "began"), ("in_bulk", "in_bulk"),
                *((one, one) for one in _DECISIONS), ("seconds", "seconds"),
            )
        ),
    )  # fmt: skip
    frame = _by_coder(snapshot)
    notes = suggestion_sentences(snapshot, words)
    return ReportTable(
        "U1", "suggestions", words.say("U1"), frame, columns, notes, lay_out(frame, columns, words)
    )


def _by_coder(snapshot: Snapshot) -> pd.DataFrame:
    """Return a row per coder; none if no suggestion was ever decided on."""
    codings, decisions = snapshot.codings, snapshot.decisions
    began, in_bulk = _began(snapshot), _in_bulk(snapshot)
    rows = []
    for coder in sorted({*codings["coder"], *decisions["coder"]} if began.any() or len(decisions) else ()):
        own, decided = codings["coder"] == coder, decisions[decisions["coder"] == coder]
        rows.append((
            coder, int(own.sum()), int((own & began).sum()), int((own & in_bulk).sum()),
            *(int((decided["decision"] == one).sum()) for one in _DECISIONS),
            float(pd.to_numeric(decided["seconds"]).median()) if len(decided) else float("nan"),
        ))  # fmt: skip
    columns = ["coder", "codings", "from_suggestions", "in_bulk", *_DECISIONS, "seconds"]
    return pd.DataFrame(rows, columns=columns).astype({"coder": "str"})


def _began(snapshot: Snapshot) -> pd.Series[bool]:
    return snapshot.codings["origin"].astype("str").str.startswith("suggestion:")


def _in_bulk(snapshot: Snapshot) -> pd.Series[bool]:
    decisions = snapshot.decisions
    bulk = decisions.loc[decisions["is_bulk"].astype(bool), "coding"]
    return _began(snapshot) & snapshot.codings["coding"].isin([one for one in bulk if one])


def _read(result: str) -> Evaluation | None:
    try:
        return Evaluation.from_json(result)
    except (ValueError, TypeError, KeyError, AttributeError):  # of another version, which the table then says
        return None


def _noted(table: ReportTable, notes: tuple[str, ...]) -> ReportTable:
    return ReportTable(
        table.id, table.name, table.title, table.frame, table.columns, (*table.notes, *notes), table.layout
    )


def _overall(result: Evaluation, at: str, whole: Snapshot, words: Wording) -> ReportTable:
    columns = (
        Column("measure", words.say("col_measure"), 34),
        Column("value", words.say("col_suggester"), 20, is_number=True),
        Column("frequency", words.say("col_frequency_rule"), 20, is_number=True),
        Column("gain", words.say("col_gain"), 20, is_number=True),
    )
    fields = [f"{name}{end}" for name in ("value", "frequency", "gain") for end in _ENDS]
    rows = [
        GridRow((
            Cell(words.say(f"measure_{measure}")),
            *(Cell(_with_ends(values[at : at + 3], words)) for at in (0, 3, 6)),
        ))
        for measure, *values in rows_of(result.overall, "measure", *fields)
    ]  # fmt: skip
    # What a filter left of the study cannot be compared with what was measured.
    since: tuple[str, ...] = ()
    if whole.filter == Filter():
        is_same = study_state(whole, coders=result.coders) == result.state
        since = (words.say("measured_same" if is_same else "measured_changed"),)
    notes = [
        words.say(
            "measured_on", moment=words.moment(at), suggester=result.suggester, version=result.version, unit=result.unit,
            segments=result.segments, transcripts=words.count(result.transcripts, "transcript"), coded=result.coded,
            coders=words.listing(result.coders) or words.say("everybody"), folds=result.folds,
        ),
        *since,
        words.say("measured_intervals"),
        *_agreement(result, words),
    ]  # fmt: skip
    if result.from_suggestions:
        notes.insert(
            1, words.say("measured_flattered", codings=words.count(result.from_suggestions, "coding"))
        )
    return ReportTable(
        "U2", "evaluation", words.say("U2"), result.overall, columns, tuple(notes), Grid(columns, tuple(rows))
    )


def _agreement(result: Evaluation, words: Wording) -> list[str]:
    out = []
    for (first, second), part in result.agreement.groupby(["first", "second"], sort=False):
        defined = part.dropna(subset=["kappa", "alpha"])
        if len(defined):
            out.append(
                words.say(
                    "measured_kappa", first=words.say("the_suggester") if first == SUGGESTIONS else first, second=second,
                    kappa=_figure(defined["kappa"].median(), words), alpha=_figure(defined["alpha"].median(), words),
                    codes=words.count(len(defined), "code"),
                )
            )  # fmt: skip
    return out


def _by_code(result: Evaluation, names: dict[str, str], words: Wording) -> ReportTable:
    figures = ("precision", "recall", "average_precision")
    columns = (
        Column("name", words.say("col_code"), 34),
        Column("examples", words.say("col_examples"), 10, is_number=True),
        Column("transcripts", words.say("col_transcripts"), 10, is_number=True),
        Column("proposed", words.say("col_proposed"), 10, is_number=True),
        *(Column(name, words.say(f"col_{name}"), 16, is_number=True) for name in figures),
        Column("frequency", words.say("col_frequency_rule"), 12, is_number=True),
    )
    frame = result.codes.assign(
        name=[names.get(code, name) for code, name in rows_of(result.codes, "code", "name")]
    )
    measured = frame[frame["is_measured"]]
    fields = [f"{name}{end}" for name in figures for end in _ENDS]
    rows = []
    for name, examples, transcripts, proposed, *values, frequency in rows_of(
        measured, "name", "examples", "transcripts", "proposed", *fields, "frequency"
    ):
        numbers = (Cell(words.show(value)) for value in (examples, transcripts, proposed))
        spans = (Cell(_with_ends(values[at : at + 3], words)) for at in (0, 3, 6))
        rows.append(GridRow((Cell(name), *numbers, *spans, Cell(_figure(frequency, words)))))
    notes = []
    if result.too_few:
        few = words.listing([names.get(code, code) for code in result.too_few], limit=_NAMED)
        notes.append(words.say("measured_too_few", codes=words.count(len(result.too_few), "code"), names=few))
    if result.unused:
        notes.append(words.say("measured_unused", codes=words.count(len(result.unused), "code")))
    return ReportTable(
        "U3", "evaluation_codes", words.say("U3"), frame, columns, tuple(notes), Grid(columns, tuple(rows))
    )


def _with_ends(values: list[float], words: Wording) -> str:
    value, low, high = (_figure(one, words) for one in values)
    return value if values[1] != values[1] or values[0] != values[0] else f"{value} [{low}, {high}]"


def _figure(value: float, words: Wording) -> str:
    """Return a figure with two decimals, as the language writes them; an undefined one is said to be."""
    if value != value:
        return words.show(float("nan"))
    return f"{value:.2f}".replace("-", "−").replace(".", words.say("decimal"))
