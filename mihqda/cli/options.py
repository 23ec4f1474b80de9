"""Arguments and options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click

from mihqda.filters import Filter

Command = TypeVar("Command", bound=Callable[..., Any])

FILE = click.Path(path_type=Path)

study_argument = click.argument("study", type=FILE)
format_option = click.option(
    "--format", "fmt", type=click.Choice(["table", "csv", "json", "md"]), default="table", show_default=True,
    help="How to print: a table to read, or tidy data.",
)  # fmt: skip
why_option = click.option("--why", default="", help="The reason, for the history.")

_FILTERS = (
    ("--group", "groups", "Only people of this group."),
    ("--role", "roles", "Only people of this role."),
    ("--site", "sites", "Only people of this site."),
    ("--participant", "participants", "Only this person."),
    ("--session", "sessions", "Only this session."),
    ("--kind", "kinds", "Only interview, joint interview or focus group."),
    ("--transcript", "transcripts", "Only this transcript."),
    ("--coder", "coders", "Only this coder's layer; several are united."),
    ("--code", "codes", "Only this code and those below it."),
    ("--valence", "valences", "Only +, -, mixed, neutral or none."),
)


def filter_options(command: Command) -> Command:
    """Add the filters, each repeatable, and hand them over as one `chosen: Filter`."""

    @wraps(command)
    def wrapped(**options: Any) -> Any:
        fields = {name: tuple(options.pop(name)) for _, name, _ in _FILTERS}
        return command(chosen=Filter(**fields, with_interviewer=options.pop("with_interviewer")), **options)

    decorated: Any = click.option(
        "--with-interviewer", is_flag=True, help="Count the interviewer's turns as data."
    )(wrapped)
    for flag, name, text in reversed(_FILTERS):
        decorated = click.option(flag, name, multiple=True, help=f"{text} Repeatable.")(decorated)
    return decorated  # type: ignore[no-any-return]
