"""The errors that mihqda raises on purpose.

::

    MihqdaError
    ├── InputError        a file, row, option or value is wrong; nothing was changed
    │   └── BulkError     many rows of one table are wrong; carries one Problem per row
    ├── NotFoundError     an id or name that the study does not have
    ├── ConflictError     the change does not fit what the study holds by now
    ├── StudyError        the study file itself: not one, too new, damaged, locked, read-only, disk full
    └── PluginError       a plug-in is unknown, registered twice, or needs an extra that is not installed

A message says what is wrong, where (file, code, row), what came, what is allowed and the way out. It never
holds transcript text, quotes or memos: their length or an offset instead.
"""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


def as_argument(path: Path | str) -> str:
    """Return a path as one can paste it into a shell, for the way out in a message."""
    return shlex.quote(str(path))


class MihqdaError(Exception):
    """Base of all errors that a person can mend; the command line prints it and exits with 2."""


class InputError(MihqdaError):
    """A file, row, option or value is wrong; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One bad row of a table: its row number in the file (1 is the head), the column, the value, the reason."""

    row: int
    column: str
    value: str
    reason: str

    def __str__(self) -> str:
        where = f"row {self.row}"
        if self.column:
            where += f", {self.column}"
        return f"{where}: {self.reason}" + (f" (got {self.value!r})" if self.value else "")


class BulkError(InputError):
    """Rows of one table are wrong; none of them was written.

    Parameters
    ----------
    source
        Name of the file that holds the rows.
    problems
        One entry per bad row.
    way_out
        What to do about it.
    """

    def __init__(self, source: str, problems: Sequence[Problem], way_out: str = "") -> None:
        self.source = source
        self.problems = tuple(problems)
        lines = [f"{source}: {len(problems)} bad row{'s' if len(problems) != 1 else ''}, nothing was written"]
        lines += [f"  {line}" for line in _fold(self.problems)]
        if way_out:
            lines.append(way_out)
        super().__init__("\n".join(lines))


def _fold(problems: Sequence[Problem]) -> list[str]:
    """Return one line per problem; in a long list, the rows with one and the same problem share a line."""
    if len(problems) <= 20:
        return [str(problem) for problem in problems]
    rows: dict[tuple[str, str, str], list[int]] = {}
    for problem in problems:
        rows.setdefault((problem.column, problem.value, problem.reason), []).append(problem.row)
    lines = []
    for (column, value, reason), numbers in rows.items():
        line = str(Problem(numbers[0], column, value, reason))
        lines.append(
            line if len(numbers) == 1 else f"rows {_ranges(numbers)}{line.removeprefix(f'row {numbers[0]}')}"
        )
    return lines


def _ranges(numbers: Sequence[int]) -> str:
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(str(low) if low == high else f"{low}-{high}" for low, high in runs)


class NotFoundError(MihqdaError):
    """An id or name that the study does not have."""


class ConflictError(MihqdaError):
    """The change does not fit what the study holds by now."""


class StudyError(MihqdaError):
    """The study file is not one, is too new, damaged, locked, read-only, or the disk is full."""


class PluginError(MihqdaError):
    """A plug-in is unknown, registered twice, or needs an extra that is not installed."""
