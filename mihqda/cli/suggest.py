"""Suggestions on the command line: make and list them, accept many, say what they are worth."""

from __future__ import annotations

import math
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mihqda.cli.default_command import DefaultGroup
from mihqda.cli.names import tell_apart
from mihqda.cli.options import FILE, format_option, study_argument
from mihqda.cli.output import emit, say
from mihqda.cli.progress import Bar
from mihqda.cli.review import ORDERS
from mihqda.errors import InputError, NotFoundError, as_argument
from mihqda.spans import Span

if TYPE_CHECKING:
    import pandas as pd

    from mihqda.codebook import Code
    from mihqda.project import Project
    from mihqda.project.suggestions import Suggested

UNITS = ("turn", "exchange", "paragraph", "sentence", "window")
FIRST = 30
"""So many rows a table shows, unless more are asked for."""

unit_option = click.option(
    "--unit", type=click.Choice(UNITS), default="turn", show_default=True, help="What is put before a coder."
)
suggester_option = click.option(
    "--suggester", default="default", show_default=True, metavar="NAME",
    help="default (learns from definitions and codings), keywords, or a registered one.",
)  # fmt: skip
coders_option = click.option(
    "--coder", "coders", multiple=True, metavar="NAME",
    help="Learn from this coder's codings alone. Repeatable.",
)  # fmt: skip
embeddings_option = click.option(
    "--embeddings", "folder", type=FILE, metavar="FOLDER",
    help="Sentence embeddings of the model in this folder (docs/suggestions.md); nothing is downloaded.",
)  # fmt: skip
seed_option = click.option(
    "--seed", type=click.IntRange(min=0), default=0, show_default=True, help="Same seed, same result."
)


def _check_threshold(context: click.Context, option: click.Parameter, value: float | None) -> float | None:
    """Refuse what is no number: it lies in any range."""
    if value is not None and math.isnan(value):
        raise click.BadParameter("nan is no number: a threshold lies above 0 and is at most 1")
    return value


@click.group(
    cls=DefaultGroup, default="run", context_settings={"help_option_names": ["-h", "--help"]},
    short_help="Suggest codes for segments, with the evidence; say what it is worth.",
)  # fmt: skip
def suggest() -> None:
    """Suggest codes for segments that nobody coded, with the words that weighed.

    A suggestion is no coding: it is in no count until a coder accepts it (mihqda review), and the coding remembers
    where it came from. The model learns from the codebook's own texts, from codings and from every decision.

    \b
    Examples:
      mihqda suggest study.mihqda
      mihqda suggest study.mihqda --transcript FG1 --format csv > suggestions.csv
      mihqda suggest study.mihqda --suggester keywords
      mihqda suggest study.mihqda --accept-all 0.9 --coder anna
      mihqda suggest evaluate study.mihqda --folds 5
      mihqda suggest stop study.mihqda --code mih.theme.workload
      mihqda suggest keywords study.mihqda --pattern "no time" --pattern "hour* NEAR/5 week"

    For a study that is called like a command: mihqda suggest run evaluate
    """


@suggest.command("run", short_help="Make suggestions and list them (what `suggest STUDY` does).")
@study_argument
@unit_option
@click.option("--transcript", "transcripts", multiple=True, help="Only for this transcript. Repeatable.")
@suggester_option
@coders_option
@embeddings_option
@seed_option
@click.option(
    "--order", type=click.Choice(ORDERS), default="rare", show_default=True, help="Of the list; see review."
)
@click.option("--all", "with_hidden", is_flag=True, help="Also codes that measured below the floor.")
@click.option(
    "--first", type=click.IntRange(min=1), metavar="N", help=f"Rows of the table ({FIRST}); files hold all."
)
@click.option(
    "--accept-all", "threshold", type=click.FloatRange(0, 1, min_open=True), metavar="THRESHOLD",
    callback=_check_threshold,
    help="Make codings of all from this probability on; shows them and asks first.",
)  # fmt: skip
@click.option("--as", "who", default="", metavar="NAME", help="Who accepts them; the one --coder otherwise.")
@click.option("--anyway", "is_asked_for", is_flag=True, help="Also in a reflexive study.")
@click.option("--yes", "is_sure", is_flag=True, help="With --accept-all: do not ask.")
@format_option
def run(
    study: Path,
    unit: Any,
    transcripts: tuple[str, ...],
    suggester: str,
    coders: tuple[str, ...],
    folder: Path | None,
    seed: int,
    order: Any,
    with_hidden: bool,
    first: int | None,
    threshold: float | None,
    who: str,
    is_asked_for: bool,
    is_sure: bool,
    fmt: str,
) -> None:
    """Make suggestions and list them.

    Written out where the study is called like another command; otherwise the word run may be left out.

    \b
    Examples:
      mihqda suggest run evaluate
      mihqda suggest study.mihqda --transcript FG1
    """
    from mihqda.project import Project

    accepting = _who_accepts(who, coders) if threshold is not None else ""
    with Project.open(study) as project:
        with Bar() as bar:
            made = project.suggest(
                unit, suggester=suggester, transcripts=transcripts, coders=coders, folder=folder, seed=seed,
                is_asked_for=is_asked_for, progress=bar,
            )  # fmt: skip
        for note in made.notes:
            say(f"! {note}", err=True, indent="  ")
        if threshold is not None:
            chosen = {"transcripts": transcripts, "suggester": made.suggester, "taught_by": coders}
            _accept_all(project, threshold, coder=accepting, chosen=chosen, is_sure=is_sure, fmt=fmt)
            return
        everything = project.suggestions(
            order=order,
            hidden=True,
            transcripts=transcripts,
            suggester=made.suggester,
            taught_by=coders,
            seed=seed,
        )
        frame = everything if with_hidden else everything[~(everything["measured"] < project.floor)]
        if fmt != "table":
            emit(frame, fmt)
            return
        print_suggestions(frame, first or FIRST, project)
        if len(everything) > len(frame):
            say(
                f"{len(everything) - len(frame)} of codes that measured below a precision of {project.floor:.2f} are hidden (--all)"
            )
        say(_say_learned(made))
        click.echo(f"None of these is a coding yet: mihqda review {as_argument(study)} --coder NAME")


def _say_learned(made: Suggested) -> str:
    if made.suggester == "keywords":
        return "found by keywords; nothing was learned"
    coders = [str(coder) for coder in made.settings.get("coders") or ()]
    by = f" of {' and '.join(coders)} alone" if coders else ""
    return f"{made.suggester} learned from the codebook" + (
        f" and {made.coded} coded segments{by}" if made.coded else ""
    )


def print_suggestions(frame: pd.DataFrame, first: int, project: Project) -> None:
    """Print the first suggestions as a table that fits 80 columns, and say how many more there are."""
    import pandas as pd

    from mihqda.cli.card import show_hit
    from mihqda.codings.frame import rows_of

    texts, names = project.snapshot().texts, tell_apart(project.codebooks())
    rows = []
    for name, transcript, start, end, code, probability, strength, measured in rows_of(
        frame.head(first),
        "suggestion",
        "transcript",
        "start",
        "end",
        "code",
        "probability",
        "strength",
        "measured",
    ):
        words = project.suggestion(name).evidence.words
        rows.append((
            f"{transcript} {start}:{end}", names[code],
            strength if probability != probability else f"{strength} {probability:.2f}",
            "unmeasured" if measured != measured else f"{measured:.2f}",
            show_hit(texts[transcript], Span(start, end), words[0] if words else None),
        ))  # fmt: skip
    emit(
        pd.DataFrame(rows, columns=["place", "code", "chance", "right", "what weighed most"]), "table",
        empty="no suggestions: nothing weighs enough, or everything is decided",
    )  # fmt: skip
    if len(frame) > len(rows):
        click.echo(f"… and {len(frame) - len(rows)} more: --first {len(frame)}, or --format csv")


def _who_accepts(who: str, coders: tuple[str, ...]) -> str:
    if who:
        return who
    if len(coders) != 1:
        raise InputError("--accept-all makes codings of somebody: name who accepts with --as NAME")
    return coders[0]


def _accept_all(
    project: Project, threshold: float, *, coder: str, chosen: dict[str, Any], is_sure: bool, fmt: str
) -> None:
    wanted: Any = project.accept_all(threshold, coder=coder, **chosen, is_preview=True)
    if fmt == "table":
        print_suggestions(wanted, len(wanted), project)
    else:
        emit(wanted, fmt)
    if wanted.empty:
        return
    if not is_sure:
        if sys.stdin is None or sys.stdin.closed or not sys.stdin.isatty():
            raise InputError(
                f"{len(wanted)} suggestions would become codings of {coder}, unread: nothing was written; "
                "to do it, say --yes"
            )
        click.confirm(
            f"Make codings of {coder} of these {len(wanted)}, unread and marked so?", abort=True, err=True
        )
    done: Any = project.accept_all(threshold, coder=coder, **chosen, is_preview=False)
    click.echo(
        f"{len(done.codings)} codings by {coder}, each marked as accepted in bulk"
        f"    (mihqda undo {as_argument(project.path)} takes them back)", err=True,
    )  # fmt: skip


def resolve(project: Project, word: str) -> Code:
    """Return the code that is meant, by id or by a name that only one has; containers and retired ones too."""
    from mihqda.codings.load import names_of, resolve_code

    known = {code.id: code for book in project.codebooks() for code in book}
    if word in known:
        return known[word]
    try:
        return known[resolve_code(word, known, names_of(known))]
    except InputError as error:
        raise NotFoundError(
            f"code {word!r}: {error}; see: mihqda codebook list {as_argument(project.path)}"
        ) from None
