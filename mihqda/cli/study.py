"""Make a study, look at its history, take changes back, check it."""

from __future__ import annotations

from pathlib import Path

import click

from mihqda.cli.options import FILE, format_option, study_argument
from mihqda.cli.output import emit
from mihqda.errors import as_argument


@click.command()
@click.argument("study", type=FILE)
@click.option(
    "--codebook", "codebooks", multiple=True, metavar="FILE",
    help="A codebook file, or a shipped one by name: mih, cfir2022, cfir2009. Repeatable.",
)  # fmt: skip
def init(study: Path, codebooks: tuple[str, ...]) -> None:
    """Make a study: one file that holds everything.

    \b
    Examples:
      mihqda init study.mihqda
      mihqda init study.mihqda --codebook mih --codebook cfir2022
      mihqda init study.mihqda --codebook our_codes.xlsx
    """
    from mihqda.project import Project

    with Project.create(study, codebooks=codebooks) as project:
        books = project.codebooks()
    click.echo(f"made {study}")
    for book in books:
        click.echo(f"  codebook {book.id} {book.version}: {len(book)} codes")
    click.echo(f"next: mihqda import {as_argument(study)} PATH…")


@click.command()
@study_argument
@click.option(
    "--approach", metavar="NAME",
    help="codebook, coding reliability or reflexive. In a reflexive study suggestions are off and nothing is estimated about unread text.",
)  # fmt: skip
@click.option(
    "--floor", type=click.FloatRange(0, 1), metavar="SHARE",
    help="Hide suggestions of codes that were right less often than this when last measured.",
)  # fmt: skip
@click.option(
    "--embeddings", metavar="FOLDER", help='A model for sentence embeddings on this machine; "" for none.'
)
@format_option
def settings(
    study: Path, approach: str | None, floor: float | None, embeddings: str | None, fmt: str
) -> None:
    """Show or change what holds for the whole study.

    \b
    Examples:
      mihqda settings study.mihqda
      mihqda settings study.mihqda --approach reflexive
      mihqda settings study.mihqda --floor .3
    """
    import pandas as pd

    from mihqda.project import Project

    with Project.open(study) as project:
        if approach is not None:
            project.set_approach(approach)
        if floor is not None:
            project.set_floor(floor)
        if embeddings is not None:
            project.set_embeddings(embeddings)
        rows = [
            ("approach", project.approach),
            ("floor", f"{project.floor:g}"),
            ("embeddings", project.embeddings or "none"),
        ]
    emit(pd.DataFrame(rows, columns=["setting", "value"]), fmt)


@click.command()
@study_argument
def undo(study: Path) -> None:
    """Take back the last change, whatever it was; also after a restart.

    \b
    Example:
      mihqda undo study.mihqda
    """
    from mihqda.project import Project

    with Project.open(study) as project:
        done = project.undo()
    click.echo(f"undone: {done.what}    (mihqda redo {as_argument(study)} does it again)")


@click.command()
@study_argument
def redo(study: Path) -> None:
    """Do again what was undone last.

    \b
    Example:
      mihqda redo study.mihqda
    """
    from mihqda.project import Project

    with Project.open(study) as project:
        done = project.redo()
    click.echo(f"done again: {done.what}")


@click.command()
@study_argument
@click.option("--last", type=click.IntRange(min=1), help="Only the last so many steps.")
@format_option
def history(study: Path, last: int | None, fmt: str) -> None:
    """List every step: who did what, when and why.

    \b
    Examples:
      mihqda history study.mihqda --last 20
      mihqda history study.mihqda --format csv > audit_trail.csv
    """
    from mihqda.project import Project

    with Project.open(study) as project:
        frame = project.history()
    emit(frame.tail(last) if last else frame, fmt, empty="nothing has happened yet")


@click.command()
@study_argument
def verify(study: Path) -> None:
    """Check a study file from the bytes up: database, texts, spans, codebooks, themes, history.

    Exit status 1 if something is wrong.

    \b
    Example:
      mihqda verify study.mihqda
    """
    from mihqda.project import Project

    with Project.open(study) as project:
        faults = project.verify()
        transcripts, codings = len(project.transcripts()), len(project.snapshot().codings)
    for fault in faults:
        click.echo(f"fault: {fault}", err=True)
    if faults:
        raise click.exceptions.Exit(1)
    click.echo(
        f"{study}: sound. {transcripts} transcripts and {codings} codings, every quote where it should be"
    )
