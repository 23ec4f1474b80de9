"""Stage 3 on the command line: apply codes, list and remove codings."""

from __future__ import annotations

from pathlib import Path

import click

from mihqda.cli.options import FILE, filter_options, format_option, study_argument, why_option
from mihqda.cli.output import emit
from mihqda.errors import InputError, as_argument
from mihqda.filters import Filter


@click.command()
@study_argument
@click.argument("transcript", required=False)
@click.option(
    "--from", "table", type=FILE, help="A table of codings (.csv .xlsx .jsonl): all of them, or none."
)
@click.option("--at", metavar="START:END", help="Position in the transcript, as `mihqda show` prints it.")
@click.option("--quote", help="The words themselves, if they occur exactly once.")
@click.option("--code", "code_id", help="Id or name of the code.")
@click.option("--coder", default="", help="Who codes.")
@click.option("--valence", help="+, -, mixed or neutral: helps or hinders implementation.")
@click.option("--memo", default="", help="A note on this coding.")
def code(
    study: Path,
    transcript: str | None,
    table: Path | None,
    at: str | None,
    quote: str | None,
    code_id: str | None,
    coder: str,
    valence: str | None,
    memo: str,
) -> None:
    """Apply a code to a stretch of a transcript, or load a table of codings.

    A table has the columns transcript, start, end, code, coder, and optionally quote, valence, memo, created,
    id. A row with a quote and no positions is placed if the quote occurs exactly once. If any row is bad,
    nothing is written.

    \b
    Examples:
      mihqda code study.mihqda --from codings.xlsx
      mihqda code study.mihqda FG1 --at 120:188 --code mih.theme.workload --coder anna --valence -
      mihqda code study.mihqda FG1 --quote "nobody asked" --code mih.theme.diffusion --coder anna
    """
    from mihqda.project import Project

    if table is not None:
        if transcript or at or quote or code_id:
            raise click.UsageError("either a table (--from), or a transcript with --at or --quote, not both")
        with Project.open(study) as project:
            done = project.code_from(table, coder=coder)
        click.echo(
            f"{len(done.codings)} codings written" + (f", {done.already} were there" if done.already else "")
        )
    else:
        if not transcript or not code_id:
            raise click.UsageError("name a transcript and a --code, or a table: --from FILE")
        with Project.open(study) as project:
            done = project.code(
                transcript,
                code=code_id,
                coder=coder,
                at=parse_position(at),
                quote=quote,
                valence=valence,
                memo=memo,
            )
        one = done.codings[0]
        click.echo(f"coding {one.id}: {one.transcript} {one.span} as {one.code}, by {one.coder}")
    for warning in done.warnings:
        click.echo(f"! {warning}", err=True)


def parse_position(at: str | None) -> tuple[int, int] | None:
    """Return the two numbers of ``START:END``."""
    if at is None:
        return None
    start, colon, end = at.partition(":")
    if not (colon and start.strip().isdecimal() and end.strip().isdecimal() and int(start) < int(end)):
        raise InputError(f"--at {at!r}: a position is START:END with start below end, such as 120:188")
    return int(start), int(end)


@click.command()
@study_argument
@click.argument("ids", nargs=-1, required=True)
@why_option
def uncode(study: Path, ids: tuple[str, ...], why: str) -> None:
    """Remove codings by id, or by the beginning of an id.

    \b
    Example:
      mihqda uncode study.mihqda 3f9a1c --why "wrong turn"
    """
    from mihqda.project import Project

    with Project.open(study) as project:
        count = project.uncode(ids, why=why)
    click.echo(
        f"{count} coding{'s' if count != 1 else ''} removed    (mihqda undo {as_argument(study)} brings them back)"
    )


@click.command()
@study_argument
@filter_options
@format_option
def codings(study: Path, chosen: Filter, fmt: str) -> None:
    """List codings with quote, speakers and coder.

    \b
    Examples:
      mihqda codings study.mihqda --code mih.theme.workload --group client
      mihqda codings study.mihqda --coder anna --format csv > anna.csv
    """
    from mihqda.project import Project

    with Project.open(study) as project:
        frame = project.codings(chosen)
    if fmt == "table":
        frame = frame[
            ["coding", "transcript", "start", "end", "participants", "code", "coder", "valence", "quote"]
        ]
    else:
        # The file loads back as it is: `mihqda code STUDY --from codings.csv`.
        frame = frame.rename(columns={"coding": "id"})
    emit(frame, fmt, empty="no codings")
