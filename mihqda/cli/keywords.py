"""Keyword rules on the command line: every hit before a rule is used, and how often it was right."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mihqda.cli.names import tell_apart
from mihqda.cli.options import format_option, study_argument
from mihqda.cli.output import emit
from mihqda.cli.suggest import FIRST, coders_option, resolve, unit_option
from mihqda.errors import InputError
from mihqda.spans import Span

if TYPE_CHECKING:
    import pandas as pd

    from mihqda.snapshot import Snapshot

AROUND = 30
"""Characters shown on either side of a hit."""


@click.command()
@study_argument
@click.option(
    "--pattern", "patterns", multiple=True, metavar="PATTERN",
    help='Such as "no time", "hour* NEAR/5 week", "time NOT next time". Repeatable.',
)  # fmt: skip
@click.option("--code", "codes", multiple=True, help="Of this code (id or name). Repeatable.")
@click.option("--transcript", "transcripts", multiple=True, help="Only this transcript. Repeatable.")
@unit_option
@coders_option
@click.option("--precision", "is_precision", is_flag=True, help="Only how often the hits were right.")
@click.option("--first", type=click.IntRange(min=1), metavar="N", help=f"Rows of the table ({FIRST}).")
@format_option
def keywords(
    study: Path,
    patterns: tuple[str, ...],
    codes: tuple[str, ...],
    transcripts: tuple[str, ...],
    unit: Any,
    coders: tuple[str, ...],
    is_precision: bool,
    first: int | None,
    fmt: str,
) -> None:
    """Show every hit of keywords or patterns, with negation marked, and how often they were right.

    Without --pattern: the codebook's own keywords. With --pattern and one --code, the patterns are tried as that
    code's. A hit is right where its segment has the code; what nobody has read does not count. docs/suggestions.md
    explains the patterns.

    \b
    Examples:
      mihqda suggest keywords study.mihqda --code mih.theme.workload
      mihqda suggest keywords study.mihqda --pattern "no time" --pattern "hour* NEAR/5 week"
      mihqda suggest keywords study.mihqda --pattern "no time" --code mih.theme.workload
      mihqda suggest keywords study.mihqda --precision --format csv > precision.csv
    """
    from mihqda.project import Project
    from mihqda.suggest.keywords import find_hits, precision_of_keywords
    from mihqda.suggest.material import codes_to_suggest, labels_of, segments_of

    with Project.open(study) as project:
        snapshot = project.snapshot()
        books = project.codebooks()
        known, names = [code for book in books for code in book], tell_apart(books)
        chosen = codes_to_suggest([resolve(project, one) for one in codes] if codes else known)
    segments = segments_of(snapshot, unit, transcripts=transcripts)
    rules = None
    if patterns:
        if codes and len(chosen) != 1:
            raise InputError(f"patterns are tried as those of one --code, got {len(codes)}")
        name = chosen[0].id if codes else "(patterns)"
        chosen = (chosen[0].replace(keywords=(), attributes={}),) if codes else ()
        rules = {name: list(patterns)}
    hits = find_hits(segments, chosen, patterns=rules) if chosen else find_hits(segments, rules or {})
    precision = None
    if chosen:
        labels = labels_of(snapshot, segments, chosen, coders=coders)
        precision = precision_of_keywords(segments, labels, chosen, patterns=rules)
    if is_precision:
        if precision is None:
            raise InputError("whether a hit is right is known only for codes: say --code for the patterns")
        _print_precision(precision, fmt, names, first or FIRST)
        return
    if fmt != "table":
        emit(hits.assign(quote=_quotes(hits, snapshot)), fmt)
        return
    _print_hits(hits, snapshot, names, first or FIRST)
    if precision is not None and len(precision):
        click.echo()
        _print_precision(precision, fmt, names, first or FIRST)


def _quotes(hits: pd.DataFrame, snapshot: Snapshot) -> list[str]:
    from mihqda.codings.frame import rows_of

    return [
        snapshot.texts[transcript][start:end]
        for transcript, start, end in rows_of(hits, "transcript", "start", "end")
    ]


def _print_hits(hits: pd.DataFrame, snapshot: Snapshot, names: Mapping[str, str], first: int) -> None:
    import pandas as pd

    from mihqda.cli.card import show_hit
    from mihqda.codings.frame import rows_of

    rows = []
    for code, transcript, start, end, pattern, negated in rows_of(
        hits.head(first), "code", "transcript", "start", "end", "pattern", "negated"
    ):
        text, hit = snapshot.texts[transcript], Span(start, end)
        around = Span(max(0, start - AROUND), min(len(text), end + AROUND))
        shown = show_hit(text, around, hit, around=AROUND)
        rows.append(
            (f"{transcript} {start}", names.get(code, code), pattern, "not" if negated else "", shown)
        )
    frame = pd.DataFrame(rows, columns=["place", "code", "pattern", "negated", "hit"])
    if frame["code"].nunique() == 1:
        frame = frame.drop(columns="code")  # leaves room for the words around the hit
    emit(frame, "table", empty="no hit")
    _say_more(len(hits), len(rows))


def _print_precision(precision: pd.DataFrame, fmt: str, names: Mapping[str, str], first: int) -> None:
    from mihqda.codings.frame import rows_of

    everything = len(precision)
    if fmt == "table":
        from mihqda.cli.evaluate import with_ends

        precision = precision.head(first)
        shares = [with_ends(*row) for row in rows_of(precision, "precision", "low", "high")]
        called = [names.get(code, code) or "(all codes)" for code in precision["code"]]
        precision = precision.assign(code=called, precision=shares)[
            ["code", "language", "hits", "right", "precision"]
        ]
    emit(precision, fmt, empty="no hit in what was read: nothing to say how often they are right")
    if fmt == "table":
        _say_more(everything, len(precision))


def _say_more(everything: int, shown: int) -> None:
    if everything > shown:
        click.echo(f"… and {everything - shown} more: --first {everything}, or --format csv")
