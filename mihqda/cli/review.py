"""Review suggestions on the command line, and say that a transcript is read to the end."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from mihqda.cli.options import study_argument, why_option
from mihqda.errors import InputError, as_argument

ORDERS = ("rare", "uncertain", "likely", "reading")


@click.command()
@study_argument
@click.option("--coder", required=True, metavar="NAME", help="Who decides; the codings are yours.")
@click.option(
    "--order", type=click.Choice(ORDERS), default="rare", show_default=True,
    help="Rare codes first, most uncertain, most likely, or as in the transcript.",
)  # fmt: skip
@click.option("--transcript", "transcripts", multiple=True, help="Only this transcript. Repeatable.")
@click.option(
    "--code", "codes", multiple=True, help="Only this code and those below it (id or name). Repeatable."
)
@click.option("--all", "with_hidden", is_flag=True, help="Also codes that measured below the floor.")
@click.option(
    "--blind",
    "is_blind",
    is_flag=True,
    help="Nothing that others coded: no suggestions, quotes or order from it.",
)
def review(
    study: Path,
    coder: str,
    order: Any,
    transcripts: tuple[str, ...],
    codes: tuple[str, ...],
    with_hidden: bool,
    is_blind: bool,
) -> None:
    """Decide on suggestions one by one, with single keys.

    Shows who speaks, what was asked before, the segment with the words that weighed in bold and underlined, and the
    code with its definition. ? lists the keys: a accepts, r rejects, o takes another code, + - < > change the span,
    s skips, u takes the last decision back, q ends. Every decision is in the study at once; the model learns from it.

    Make the suggestions first: mihqda suggest STUDY. Without a terminal: mihqda suggest STUDY --format csv.

    \b
    Examples:
      mihqda review study.mihqda --coder anna
      mihqda review study.mihqda --coder anna --order uncertain --transcript FG1
      mihqda review study.mihqda --coder anna --code mih.theme.workload
      mihqda review study.mihqda --coder bram --blind
    """
    from rich.console import Console

    from mihqda.cli.keys import Keyboard
    from mihqda.cli.screen import Screen
    from mihqda.project import Project
    from mihqda.project.review import Review

    if not coder.strip():
        raise InputError("a decision needs its coder: --coder NAME")
    keyboard = Keyboard("a review", f"mihqda suggest {as_argument(study)} --format csv lists the suggestions")
    with (
        Project.open(study) as project,
        Review(
            project,
            coder=coder,
            order=order,
            transcripts=transcripts,
            codes=codes,
            hidden=with_hidden,
            is_blind=is_blind,
        ) as session,
    ):
        screen = Screen(project, session, keyboard, Console(highlight=False))
        try:
            with keyboard:
                screen.run()
        except KeyboardInterrupt:
            click.echo()
        click.echo(screen.summary())


@click.command()
@study_argument
@click.argument("transcript")
@click.option("--coder", required=True, metavar="NAME", help="Who has read it.")
@click.option("--reopen", is_flag=True, help="Take it back: there is more to code.")
@why_option
def finish(study: Path, transcript: str, coder: str, reopen: bool, why: str) -> None:
    """Say that a coder has read a transcript to the end.

    What is not coded in it is left out on purpose then: suggestions learn from that, and its evaluation counts it. In
    a transcript that is not finished an uncoded segment is merely unread.

    \b
    Examples:
      mihqda finish study.mihqda FG1 --coder anna
      mihqda finish study.mihqda FG1 --coder anna --reopen
    """
    from mihqda.codings.frame import rows_of
    from mihqda.project import Project

    with Project.open(study) as project:
        if reopen:
            project.reopen(transcript, coder=coder, why=why)
        elif (transcript, coder.strip()) in rows_of(project.snapshot().finished, "transcript", "coder"):
            click.echo(f"{transcript} was finished already by {coder.strip()}")
            return
        else:
            project.finish(transcript, coder=coder, why=why)
    said = "is open again for" if reopen else "is read to the end by"
    click.echo(f"{transcript} {said} {coder}")
