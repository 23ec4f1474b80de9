"""An estimate of what is still unread, from a random sample that somebody reads."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from mihqda.cli.options import format_option, study_argument
from mihqda.cli.output import emit, say
from mihqda.cli.suggest import unit_option
from mihqda.errors import as_argument

SIZE = 100


@click.command()
@study_argument
@click.option(
    "--code", "code_name", required=True, metavar="CODE", help="Id or name; codes below it count too."
)
@click.option(
    "--size", type=click.IntRange(min=1), default=SIZE, show_default=True, help="Segments to draw at random."
)
@click.option(
    "--since", default="", metavar="TIME", help="When the sample was drawn: now count what it showed."
)
@click.option(
    "--read",
    type=click.IntRange(min=0),
    metavar="N",
    help="With --since: so many of it were read, in its order.",
)
@click.option(
    "--seed",
    type=click.IntRange(min=0),
    default=0,
    show_default=True,
    help="Same seed and time, same sample.",
)
@unit_option
@click.option("--coder", "coders", multiple=True, metavar="NAME", help="Who reads. Repeatable.")
@format_option
def stop(
    study: Path,
    code_name: str,
    size: int,
    since: str,
    read: int | None,
    seed: int,
    unit: Any,
    coders: tuple[str, ...],
    fmt: str,
) -> None:
    """Estimate how many segments with a code are still unread, in plain words.

    First it draws segments that nobody has read. Read them, code what is there, and ask again with the time that was
    printed and how many you read: it counts what was found and says what that allows, as an interval. A screening
    estimate, never a licence to leave an interview unread; there is none for a reflexive study.

    \b
    Examples:
      mihqda suggest stop study.mihqda --code mih.theme.workload
      mihqda suggest stop study.mihqda --code mih.theme.workload --since 2026-01-31T14:05:00Z --read 100
    """
    from mihqda.project import Project

    with Project.open(study) as project:
        drawn = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        result = project.estimate_unread(
            code_name, unit=unit, coders=coders, size=size, read=read, since=since, seed=seed
        )
    if fmt != "table":
        emit(result.sample, fmt)
        return
    for sentence in result.say():
        say(sentence)
    if not result.bounds.read and len(result.sample):
        emit(result.sample, "table")
        asked = f"--code {result.code} --size {size} --seed {seed} --unit {unit} --since {drawn}"
        asked += "".join(f" --coder {as_argument(one)}" for one in coders)
        click.echo(
            f"When they are read and coded: mihqda suggest stop {as_argument(study)} {asked} --read {len(result.sample)}"
        )
        click.echo("(or --read and as many of them as were read, from the top of the list)")
