"""Coding in the browser."""

from __future__ import annotations

from pathlib import Path

import click

from mihqda.cli.options import study_argument
from mihqda.errors import PluginError


@click.command()
@study_argument
@click.option("--coder", default="", help="Who codes; the start page asks otherwise.")
@click.option(
    "--blind",
    "is_blind",
    is_flag=True,
    help="Each coder sees her own codings alone; the first name given holds until it is stopped.",
)
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    help="Where to listen; 8765 otherwise, or a free one if that is taken.",
)
@click.option("--no-browser", is_flag=True, help="Print the address, but open no browser.")
def serve(study: Path, coder: str, is_blind: bool, port: int | None, no_browser: bool) -> None:
    """Code in the browser: on this machine only, with no account and no network. Ctrl-C stops it.

    \b
    Examples:
      mihqda serve study.mihqda --coder anna
      mihqda serve study.mihqda --coder anna --blind
      mihqda serve study.mihqda --port 9000 --no-browser
    """
    try:
        from mihqda.web.serve import run_server
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] == "mihqda":
            raise
        raise PluginError(f"coding in the browser needs {error.name}: pip install 'mihqda[web]'") from None
    run_server(
        study, coder=coder, is_blind=is_blind, port=port, open_browser=not no_browser,
        say=lambda line: click.echo(line),
    )  # fmt: skip
