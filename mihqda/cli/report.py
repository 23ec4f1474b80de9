"""Stage 5 on the command line: the report, or many of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mihqda.cli.options import FILE, filter_options
from mihqda.cli.progress import Bar
from mihqda.errors import MihqdaError
from mihqda.filters import Filter

if TYPE_CHECKING:
    from mihqda.project import Project
    from mihqda.reports.plan import Plan
    from mihqda.reports.plan_file import PlannedReport

_EACH = ("group", "role", "site", "participant", "session", "kind", "transcript", "coder")


@click.command()
@click.argument("studies", type=FILE, nargs=-1, required=True, metavar="STUDY...")
@click.option(
    "--out", type=FILE, required=True, help="Folder for the report; an earlier report in it is replaced."
)
@click.option(
    "--plan", "plan_name", metavar="FILE", help="A report.yaml, or the preset themes (docs/report.md)."
)
@click.option(
    "--format", "formats", default="html,docx,xlsx,csv", show_default=True, help="Which formats, by commas."
)
@click.option("--language", type=click.Choice(["en", "nl"]), help="Of the report: en (by default) or nl.")
@click.option("--by", help="The groups: group (by default), role, site or a column of the register.")
@click.option("--title", help="Title of the report; the study's name otherwise.")
@click.option("--sections", help="Which, by commas and in this order, such as findings,themes,method.")
@click.option(
    "--order", type=click.Choice(["codebook", "name"]), help="Of the themes: codebook (by default) or name."
)
@click.option(
    "--quotes", "k", type=click.IntRange(min=1), metavar="K", help="At most K of a person for a theme (2)."
)
@click.option(
    "--attribution",
    type=click.Choice(["id", "role", "group"]),
    help="How quotes name who said it: id by default.",
)
@click.option("--each", type=click.Choice(_EACH), help="A report for each of them, in a folder of its name.")
@filter_options
def report(
    studies: tuple[Path, ...],
    out: Path,
    plan_name: str | None,
    formats: str,
    sections: str | None,
    each: Any,
    chosen: Filter,
    **options: Any,
) -> None:
    """Write the theme report: HTML, Word, Excel and CSV.

    Findings, themes per group with quotes, participants, data sources, codebook, and a page on how it was
    counted. The same study gives the same files, to the byte.

    Several studies, a plan with several reports, and --each make a folder for each report. One that fails does
    not stop the others; the exit status is 3 then.

    \b
    Examples:
      mihqda report study.mihqda --out report
      mihqda report study.mihqda --out verslag --language nl --attribution role
      mihqda report study.mihqda --out report --plan report.yaml
      mihqda report study.mihqda --out anna --coder anna --format docx,xlsx
      mihqda report study.mihqda --out groups --each group
      mihqda report one.mihqda two.mihqda --out reports
    """
    from mihqda.project import Project
    from mihqda.reports.batch import folder_names

    wanted = _names(formats)
    options |= {"sections": None if sections is None else tuple(_names(sections)), "filter": chosen}
    plans = [(one.name, one.plan(**options)) for one in _read_plans(plan_name)]
    folders = folder_names(study.stem for study in studies) if len(studies) > 1 else ("",)
    failed: list[tuple[str, MihqdaError]] = []
    is_any_written = False
    with Bar() as bar:
        for study, folder in zip(studies, folders, strict=True):
            try:
                with Project.open(study) as project:
                    jobs = list(_spread(project, plans, each))
                    steps = _Steps(bar, len(jobs) * (len(wanted) + 1))
                    for name, plan in jobs:
                        where = out / folder / name
                        try:
                            files = project.report(
                                where, formats=wanted, plan=plan, progress=steps.of(name or study.name)
                            )
                        except MihqdaError as error:
                            failed.append((str(where), error))
                            continue
                        is_any_written = True
                        for file in files:
                            click.echo(str(file))
            except MihqdaError as error:
                failed.append((str(study), error))
    if failed and not is_any_written and len(failed) == 1:
        raise failed[0][1]
    for place, reason in failed:
        click.echo(f"Error: {place}: {reason}", err=True)
    if failed:
        raise click.exceptions.Exit(3 if is_any_written else 2)


class _Steps:
    """Counts the steps of all reports of a study for the bar."""

    def __init__(self, bar: Bar, total: int) -> None:
        self._bar, self._total, self._done = bar, total, 0

    def of(self, name: str) -> Callable[[str], None]:
        """Return what is told each step of a report."""

        def step(what: str) -> None:
            self._done += 1
            self._bar(f"{name}: {what}", self._done, self._total)

        return step


def _names(listed: str) -> list[str]:
    return [one.strip() for one in listed.split(",") if one.strip()]


def _read_plans(name: str | None) -> tuple[PlannedReport, ...]:
    from mihqda.reports.plan import PRESETS
    from mihqda.reports.plan_file import PlannedReport, read_plan

    if name is None or (name in PRESETS and not Path(name).exists()):
        return (PlannedReport(""),)
    return read_plan(Path(name))


def _spread(project: Project, plans: Sequence[tuple[str, Plan]], each: Any) -> Iterator[tuple[str, Plan]]:
    """Yield folder and plan of every report of a study."""
    from mihqda.reports.batch import plan_each

    for name, plan in plans:
        if each is None:
            yield name, plan
        else:
            for value, one in plan_each(project.snapshot(), plan, each):
                yield str(Path(name) / value), one
