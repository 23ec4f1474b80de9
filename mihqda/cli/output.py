"""Print frames: as a table to read, or as tidy CSV, JSON or Markdown."""

from __future__ import annotations

import json
import math
import shutil
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import click

from mihqda.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd


def emit(frame: pd.DataFrame, fmt: str, *, title: str = "", empty: str = "nothing to list") -> None:
    """Print a frame in the format that was asked for; `title` and `empty` are for tables alone."""
    columns = [str(name) for name in frame.columns]
    rows = [[plain(value) for value in row] for row in frame.itertuples(index=False, name=None)]
    if fmt == "json":
        click.echo(
            json.dumps([dict(zip(columns, row, strict=True)) for row in rows], ensure_ascii=False, indent=1)
        )
    elif fmt == "csv":
        from mihqda.tables import write_csv

        write_csv(sys.stdout, columns, rows)
    elif fmt == "md":
        click.echo(_markdown(columns, rows))
    elif rows:
        print_table(columns, rows, title=title)
    else:
        click.echo(empty)


def print_table(columns: Sequence[str], rows: Iterable[Sequence[object]], *, title: str = "") -> None:
    """Print rows as a table that fits the terminal, with every cell whole; numbers stand right."""
    from mihqda.cli.table import lay_out

    listed = [list(row) for row in rows]
    numbers = [all(_looks_like_number(row[at]) for row in listed) for at in range(len(columns))]
    shown = [[_shown(value) for value in row] for row in listed]
    # Narrower than this a table is unreadable; the terminal may wrap its lines instead.
    width = max(terminal_width(), 80)
    head, *rest = _split_head(lay_out(columns, shown, width=width, numbers=numbers))
    if title:
        say(title)
        click.echo()
    click.echo(click.style(head, bold=True))
    for line in rest:
        click.echo(line)
    click.echo()


def say(text: str, *, err: bool = False, indent: str = "") -> None:
    """Print a sentence, broken between words where it is wider than the terminal."""
    from mihqda.cli.table import wrap

    for line in wrap(text, terminal_width(), indent=indent):
        click.echo(line, err=err)


def terminal_width() -> int:
    """Return how many columns there are: of the terminal, as COLUMNS says, else 120."""
    return max(shutil.get_terminal_size((120, 24)).columns, 40)


def _split_head(lines: Sequence[str]) -> list[str]:
    """Return the head of a table as one text, then its other lines."""
    rule = next(at for at, line in enumerate(lines) if line.startswith("─"))
    return ["\n".join(lines[:rule]), *lines[rule:]]


def confirm_replace(path: Path, *, force: bool) -> None:
    """Ask before a file is replaced; where nobody can be asked, refuse.

    Raises
    ------
    InputError
        If the file exists, `force` is not given, and nobody sits at the terminal.
    """
    if not path.exists() or force:
        return
    if sys.stdin is None or sys.stdin.closed or not sys.stdin.isatty():
        raise InputError(f"{path} exists: choose another name, or replace it with --force")
    click.confirm(f"{path} exists. Replace it?", abort=True)


def plain(value: Any) -> Any:
    """Return a cell as plain Python: None where it is undefined, int and float instead of NumPy's."""
    if value is None or (isinstance(value, float) and math.isnan(value)) or str(value) == "<NA>":
        return None
    if hasattr(value, "item"):
        return value.item()
    return value


def _shown(value: object) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{round(value, 1) + 0.0:.1f}"  # never -0.0
    return printable(str(value))


def printable(text: str) -> str:
    """Return a text without control characters: in a label or a quote they would steer the terminal."""
    return "".join(ch if ch.isprintable() or ch in "\n\u00a0" else " " for ch in text)


def _looks_like_number(value: object) -> bool:
    return value is None or (isinstance(value, int | float) and not isinstance(value, bool))


def _markdown(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    def cell(value: object) -> str:
        text = "" if value is None else str(value)
        return text.replace("\\", "\\\\").replace("|", "\\|").replace("\n", "<br>")

    lines = ["| " + " | ".join(map(cell, columns)) + " |", "|" + " --- |" * len(columns)]
    lines += ["| " + " | ".join(map(cell, row)) + " |" for row in rows]
    return "\n".join(lines)
