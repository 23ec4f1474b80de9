"""An estimate of what is still unread."""

from __future__ import annotations

from pathlib import Path

import click

from mihqda.cli.options import format_option, study_argument
from mihqda.cli.suggest import coders_option, unit_option


@click.command()
@study_argument
@click.option("--code", "code_id", required=True, help="Of this code (id or name).")
@unit_option
@coders_option
@format_option
def stop(study: Path, code_id: str, unit: str, coders: tuple[str, ...], fmt: str) -> None:
    """Estimate how many codings of a code are still unread, in plain words.

    From a random sample of what nobody had read: so many segments of it had the code, so many may be left. A screening
    estimate with its interval, never a licence to leave an interview unread.

    \b
    Example:
      mihqda suggest stop study.mihqda --code mih.theme.workload
    """
