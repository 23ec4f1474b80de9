"""Stage 4 on the command line: themes, frequencies, co-occurrence."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from mihqda.cli.options import filter_options, format_option, study_argument, why_option
from mihqda.cli.output import emit, plain, print_table
from mihqda.errors import as_argument
from mihqda.filters import Filter

if TYPE_CHECKING:
    import pandas as pd

    from mihqda.project import Project
    from mihqda.snapshot import Snapshot

TIDY = [
    "theme",
    "group",
    "participants",
    "N",
    "plus",
    "minus",
    "mixed",
    "mentions",
    "codings",
    "sessions",
    "rate",
]


@click.group()
def theme() -> None:
    """Make, list and remove the study's own themes (each code is a theme already)."""


@theme.command("add")
@study_argument
@click.argument("name")
@click.argument("codes", nargs=-1)
@click.option("--query", help='Over codes: "A or B", "A and B not C", with parentheses.')
@click.option("--id", "theme_id", help="Short id; made from the name otherwise.")
@click.option("--definition", default="", help="What the theme says, in a sentence.")
def add(
    study: Path, name: str, codes: tuple[str, ...], query: str | None, theme_id: str | None, definition: str
) -> None:
    """Make a theme from codes, or from a query over codes.

    \b
    Examples:
      mihqda theme add study.mihqda "No time, no role" mih.theme.workload mih.theme.role_ambiguity
      mihqda theme add study.mihqda "Overload in training" --query "mih.theme.workload and mih.phase.training"
    """
    from mihqda.project import Project

    if bool(codes) == bool(query):
        raise click.UsageError("name either codes or a --query")
    asked = query or " or ".join(f'"{code}"' for code in codes)
    with Project.open(study) as project:
        made = project.add_theme(name, query=asked, id=theme_id, definition=definition)
    click.echo(f"theme {made.id}: {made.query}")


@theme.command("list")
@study_argument
@format_option
def list_(study: Path, fmt: str) -> None:
    """List the study's own themes.

    \b
    Example:
      mihqda theme list study.mihqda
    """
    from mihqda.project import Project

    with Project.open(study) as project:
        frame = project.snapshot().themes
    emit(frame, fmt, empty="no themes of its own yet; each code is a theme already")


@theme.command("remove")
@study_argument
@click.argument("theme_id", metavar="THEME")
@why_option
def remove(study: Path, theme_id: str, why: str) -> None:
    """Remove a theme; codes and codings stay.

    \b
    Example:
      mihqda theme remove study.mihqda overload-in-training
    """
    from mihqda.project import Project

    with Project.open(study) as project:
        project.remove_theme(theme_id, why=why)
    click.echo(f"theme {theme_id} removed    (mihqda undo {as_argument(study)} brings it back)")


@click.command()
@study_argument
@click.option(
    "--by", default="group", show_default=True, help="group, role, site, a column of the register, or phase."
)
@click.option(
    "--count", type=click.Choice(["participants", "mentions", "codings", "sessions", "rate"]), default="participants",
    show_default=True, help="What the table on the terminal shows; tidy formats hold everything.",
)  # fmt: skip
@click.option("--theme", "chosen_themes", multiple=True, help="Only this theme or code. Repeatable.")
@click.option("--zeros", is_flag=True, help="Also themes that nobody mentioned.")
@click.option("--asked", is_flag=True, help="Add how many were asked (column N_asked).")
@filter_options
@format_option
def themes(
    study: Path,
    by: str,
    count: str,
    chosen_themes: tuple[str, ...],
    zeros: bool,
    asked: bool,
    chosen: Filter,
    fmt: str,
) -> None:
    """Count themes per group: participants first (n of N), then mentions, codings, sessions, rate.

    N is the group's size in the register. A person counts once, however many sessions and codings. +, − and
    mixed are participants. The rate is mentions per 1,000 words of the group's participants.

    \b
    Examples:
      mihqda themes study.mihqda --by group
      mihqda themes study.mihqda --by role --count mentions --coder anna
      mihqda themes study.mihqda --by phase
      mihqda themes study.mihqda --by group --format csv > themes.csv
    """
    from mihqda.project import Project

    with Project.open(study) as project:
        if by == "phase":
            phases = project.phases(chosen=chosen, zeros=zeros)
            if fmt == "table":
                _print_phases(phases, project.snapshot(chosen))
            else:
                emit(phases, fmt)
            return
        frame = project.themes(by=by, chosen=chosen, zeros=zeros, themes=chosen_themes or None)
        snapshot = project.snapshot(chosen)
    if fmt != "table":
        emit(frame[[*TIDY, "N_asked"] if asked else TIDY], fmt)
        return
    if frame.empty:
        click.echo("no codings yet: mihqda code STUDY --from FILE, or --zeros for an empty table")
        return
    _print_wide(frame, snapshot, count, asked)
    _print_basis(snapshot, count)


def print_themes(project: Project, *, kinds: tuple[str, ...]) -> None:
    """Print theme × group by participants for the codes of some kinds, as the demo shows it."""
    codes = project.codes()
    wanted = list(codes.loc[codes["kind"].isin(kinds), "code"])
    _print_wide(project.themes(themes=wanted), project.snapshot(), "participants", False)
    _print_basis(project.snapshot(), "participants")


def _print_wide(frame: pd.DataFrame, snapshot: Snapshot, count: str, asked: bool) -> None:
    groups = list(dict.fromkeys(frame["group"]))
    names = dict(zip(snapshot.codes["code"], snapshot.codes["name"], strict=True))
    names.update(zip(snapshot.themes["theme"], snapshot.themes["name"], strict=True))
    parents = dict(zip(snapshot.codes["code"], snapshot.codes["parent"], strict=True))
    columns = ["theme", *groups] + (
        ["+", "−", "mixed", "mentions", "sessions"] if count == "participants" else []
    )
    shown = set(frame["theme"])
    rows: list[list[object]] = []
    for theme_id, part in frame.groupby("theme", sort=False):
        cells = {row.group: row for row in part.itertuples(index=False)}
        depth, above = 0, parents.get(str(theme_id), "")
        while above:
            depth, above = depth + (above in shown), parents.get(above, "")
        row: list[object] = ["  " * depth + str(names.get(str(theme_id), theme_id))]
        for group in groups:
            cell = cells[group]
            if count == "participants":
                n, size, were_asked = plain(cell.participants), plain(cell.N), plain(cell.N_asked)
                text = "–" if n is None else f"{n}/{size}" if size is not None else str(n)
                row.append(text + (f" ({were_asked} asked)" if asked and were_asked is not None else ""))
            elif count == "rate":
                rate, low, high = plain(cell.rate), plain(cell.rate_low), plain(cell.rate_high)
                row.append(
                    "–"
                    if rate is None
                    else f"{rate:.1f}" + ("" if low is None else f" ({low:.1f}–{high:.1f})")
                )
            else:
                row.append(plain(getattr(cell, count)))
        if count == "participants":
            total = cells["(all)"]
            row += [
                plain(value)
                for value in (total.plus, total.minus, total.mixed, total.mentions, total.sessions)
            ]
        rows.append(row)
    print_table(columns, rows)


def _print_phases(frame: pd.DataFrame, snapshot: Snapshot) -> None:
    if frame.empty:
        click.echo("no codings of a theme within a phase")
        return
    names = dict(zip(snapshot.codes["code"], snapshot.codes["name"], strict=True))
    names.update(zip(snapshot.themes["theme"], snapshot.themes["name"], strict=True))
    phases = list(dict.fromkeys(frame["phase"]))
    rows: list[list[object]] = []
    for theme_id, part in frame.groupby("theme", sort=False):
        cells = {
            row[1]: f"{row[2]} ({row[4]})" if row[4] else "."
            for row in part.itertuples(index=False, name=None)
        }
        rows.append([names.get(str(theme_id), theme_id), *(cells.get(phase, ".") for phase in phases)])
    print_table(["theme", *(str(names.get(phase, phase)) for phase in phases)], rows)
    click.echo("participants who speak where theme and phase overlap (mentions); . is none")
    _print_basis(snapshot, "")


def _print_basis(snapshot: Snapshot, count: str) -> None:
    what = {
        "participants": "n/N participants; +, −, mixed are participants with such a statement; mentions and sessions of all",
        "mentions": "mentions; a mention of two groups counts in both, so groups do not add up to (all)",
        "codings": "raw codings; one that spans two groups counts in both",
        "sessions": "sessions in which one of the group mentions it",
        "rate": "mentions per 1,000 words of the group's participants (range over its participants)",
    }.get(count)
    if what:
        click.echo(what)
    layers = snapshot.layers()
    per = layers.groupby("transcript")["coder"].agg(lambda names: " + ".join(sorted(names)))
    shown = "; ".join(f"{coders}: {', '.join(sorted(part.index))}" for coders, part in per.groupby(per))
    click.echo(f"coders (union): {shown or 'none'}")
    if per.map(lambda names: names.count(" + ")).nunique() > 1:
        click.echo(
            "! some transcripts had more coders than others: --coder NAME compares like with like", err=True
        )
    filters = snapshot.filter.describe()
    if filters:
        click.echo("filters: " + "; ".join(f"{name} {values}" for name, values in filters.items()))
    click.echo(f"input {snapshot.hash[:12]}, as of {snapshot.as_of}")


@click.command()
@study_argument
@click.option("--zeros", is_flag=True, help="Also codes that were never applied.")
@filter_options
@format_option
def frequencies(study: Path, zeros: bool, chosen: Filter, fmt: str) -> None:
    """Count how often, by whom and where each code was applied.

    \b
    Example:
      mihqda frequencies study.mihqda --coder anna
    """
    from mihqda.project import Project

    with Project.open(study) as project:
        frame = project.frequencies(chosen=chosen, zeros=zeros)
    emit(frame, fmt, empty="no codings yet")


@click.command()
@study_argument
@click.option(
    "--unit", type=click.Choice(["overlap", "turn", "exchange", "paragraph", "sentence", "transcript"]),
    default="overlap", show_default=True, help="What counts as together.",
)  # fmt: skip
@filter_options
@format_option
def cooccurrence(study: Path, unit: str, chosen: Filter, fmt: str) -> None:
    """List which codes occur together, overlapping or in the same unit.

    \b
    Examples:
      mihqda cooccurrence study.mihqda
      mihqda cooccurrence study.mihqda --unit turn --format csv
    """
    from mihqda.project import Project

    with Project.open(study) as project:
        frame = project.cooccurrence(unit=unit, chosen=chosen)
    emit(frame, fmt, empty="no two codes occur together")
