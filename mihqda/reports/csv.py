"""The report as CSV, a file per table, with the method as text beside them."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from pathlib import Path

from mihqda.reports.model import Report
from mihqda.reports.prose import printable
from mihqda.reports.tidy import tidy_rows
from mihqda.reports.wording import wording
from mihqda.tables import write_csv


class CsvWriter:
    """Writes ``csv/``: every table, all quotes, and ``method.txt``."""

    name = "csv"

    def write(self, report: Report, directory: Path) -> tuple[Path, ...]:
        """Write the files and return their paths."""
        folder = directory / "csv"
        folder.mkdir()
        paths = []
        for table in report.tables:
            paths.append(folder / f"{table.id}_{table.name}.csv")
            write_csv(paths[-1], *tidy_rows(table.frame))
        paths.append(folder / "quotes.csv")
        write_csv(paths[-1], *tidy_rows(report.quotes.frame))
        paths.append(folder / "method.txt")
        paths[-1].write_text("\n".join(_method(report)) + "\n", encoding="utf-8", newline="\n")
        return tuple(paths)


writer = CsvWriter()


def _method(report: Report) -> Iterator[str]:
    yield printable(report.title)
    yield ""
    yield from (printable(f"{name}: {value}") for name, value in report.facts.items())
    for heading, sentences in (
        (wording(report.language).say("read_first"), report.warnings),
        *report.method.sections,
    ):
        if sentences:
            yield f"\n{heading}\n{'-' * len(heading)}"
            for sentence in sentences:
                yield textwrap.fill(
                    printable(sentence),
                    100,
                    initial_indent="* ",
                    subsequent_indent="  ",
                    break_on_hyphens=False,
                )
