"""Stage 5 on the command line: the report."""

from __future__ import annotations

from pathlib import Path

import click

from mihqda.cli.options import FILE, filter_options, study_argument
from mihqda.filters import Filter


@click.command()
@study_argument
@click.option(
    "--out", type=FILE, required=True, help="Folder for the report; an earlier report in it is replaced."
)
@click.option(
    "--format", "formats", default="html,docx,xlsx,csv", show_default=True, help="Which formats, by commas."
)
@click.option(
    "--by", default="group", show_default=True, help="group, role, site or a column of the register."
)
@click.option("--title", help="Title of the report; the study's name otherwise.")
@filter_options
def report(study: Path, out: Path, formats: str, by: str, title: str | None, chosen: Filter) -> None:
    """Write the theme report: HTML, Word, Excel and CSV.

    Participants, data sources, codebook, themes per group with quotes, a figure, and a page on how it was
    counted. The same study gives the same files, to the byte.

    \b
    Examples:
      mihqda report study.mihqda --out report
      mihqda report study.mihqda --out anna --coder anna --format docx,xlsx
    """
    from mihqda.project import Project

    wanted = [one.strip() for one in formats.split(",") if one.strip()]
    with Project.open(study) as project:
        files = project.report(out, formats=wanted, filter=chosen, by=by, title=title)
    for file in files:
        click.echo(str(file))
