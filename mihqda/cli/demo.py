"""The example study, built before one's eyes."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mihqda.cli.options import FILE
from mihqda.cli.progress import Bar
from mihqda.errors import InputError, as_argument

if TYPE_CHECKING:
    from mihqda.project import Project

UNCODED = "IV-PL10"
"""The interview of the example study that nobody coded."""
FEW = 6


@click.command()
@click.argument("directory", type=FILE, required=False, metavar="[DIR]")
def demo(directory: Path | None) -> None:
    """Build the invented example study and its report, step by step.

    Everything lands in DIR (a new folder mihqda-demo otherwise), the example's own files included, so that each
    printed command can be repeated and its input looked at.

    \b
    Examples:
      mihqda demo
      mihqda demo try-out
    """
    from mihqda.cli.importing import languages
    from mihqda.cli.themes import print_themes
    from mihqda.project import Project
    from mihqda.shipped import shipped

    folder = directory or _free_name(Path("mihqda-demo"))
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError(f"{folder} exists and is not empty: choose another folder")
    sample = shipped("data", "sample_transcripts")
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copytree(sample, folder, dirs_exist_ok=True)
    study = folder / "demo.mihqda"
    _say(f"mihqda init {as_argument(study)} --codebook mih --codebook cfir2022")
    with Project.create(study, codebooks=["mih", "cfir2022"]) as project:
        for book in project.codebooks():
            click.echo(f"  {book.id}: {len(book)} codes")
        tables = {name: folder / f"{name}.csv" for name in ("participants", "sessions", "asked")}
        given = " ".join(f"--{name} {as_argument(path)}" for name, path in tables.items())
        _say(f"mihqda import {as_argument(study)} {as_argument(folder / 'transcripts')} {given}")
        reports = project.import_transcripts(
            [folder / "transcripts"],
            participants=tables["participants"],
            sessions=tables["sessions"],
            asked=tables["asked"],
        )
        for report in reports:
            if report.status == "imported":
                click.echo(
                    f"  {report.source}: {report.turns} turns, {report.words:,} words, "
                    f"{len(report.speakers)} voices, {languages(report)}"
                )
            else:
                click.echo(f"  {report.source}: {'; '.join(report.notes)}")
        _say(f"mihqda code {as_argument(study)} --from {as_argument(folder / 'codings.csv')}")
        done = project.code_from(folder / "codings.csv")
        coders = sorted({one.coder for one in done.codings})
        click.echo(f"  {len(done.codings)} codings by {' and '.join(coders)}")
        for warning in done.warnings:
            click.echo(f"  ! {warning}")
        _say(f"mihqda verify {as_argument(study)}")
        faults = project.verify()
        click.echo("  " + ("; ".join(faults) or "sound: every quote is where it should be"))
        _say(f"mihqda themes {as_argument(study)} --by group")
        print_themes(project, kinds=("theme",))
        _suggest(project, study)
        _say(
            f"mihqda report {as_argument(study)} --out {as_argument(folder / 'report')} --title 'Example study (invented)'"
        )
        files = project.report(folder / "report", title="Example study (invented)")
        for file in files:
            click.echo(f"  {file}")
    page = next((file for file in files if file.suffix == ".html"), files[0])
    click.echo(f"\nThe people and organisations are invented. The report: {page.resolve()}")


def _suggest(project: Project, study: Path) -> None:
    """Suggest codes for the interview that nobody coded, and measure suggestions on those that were."""
    from mihqda.cli.evaluate import print_evaluation
    from mihqda.cli.suggest import print_suggestions

    _say(f"mihqda suggest {as_argument(study)} --transcript {UNCODED} --order likely --first {FEW}")
    made = project.suggest(transcripts=[UNCODED])
    print_suggestions(project.suggestions(order="likely"), FEW, project)
    click.echo(
        f"  from the codebook and {made.coded} coded segments; nobody coded {UNCODED}, and none of this is a coding"
    )
    _say(f"mihqda suggest evaluate {as_argument(study)} --folds 5 --table overall")
    with Bar() as bar:
        print_evaluation(
            project.evaluate(folds=5, jobs=os.cpu_count() or 1, with_curve=False, progress=bar),
            tables=("overall",),
            with_few=False,
        )
    click.echo(
        "  docs/suggestions.md says what these figures are worth; they stand in the report's appendix as well"
    )


def _say(command: str) -> None:
    click.echo(click.style(f"\n$ {command}", bold=True))


def _free_name(wanted: Path) -> Path:
    number, name = 1, wanted
    while name.exists():
        number += 1
        name = wanted.with_name(f"{wanted.name}-{number}")
    return name
