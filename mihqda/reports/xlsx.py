"""The report as an Excel workbook: a tidy sheet per table, n and N apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from mihqda.reports.model import Report
from mihqda.reports.tidy import facts_rows, method_rows, tidy_rows
from mihqda.tables import write_xlsx

_CELL = 16_000  # characters; Excel holds 32,767 halves of UTF-16


class XlsxWriter:
    """Writes ``report.xlsx``: every table, the chosen quotes, and the method."""

    name = "xlsx"

    def write(self, report: Report, directory: Path) -> tuple[Path, ...]:
        """Write the workbook and return its path."""
        path = directory / "report.xlsx"
        sheets: dict[str, tuple[Sequence[str], Iterable[Sequence[object]]]] = {
            "Report": (("about", "value"), facts_rows(report))
        }
        for table in report.tables:
            sheets[f"{table.id} {table.name}"] = tidy_rows(table.frame, longest=_CELL)
        quotes = report.quotes.frame
        chosen = quotes[quotes["chosen"].astype(bool)].drop(columns=["chosen", "codings"])
        sheets["Quotes"] = tidy_rows(chosen, longest=_CELL)
        sheets["Method"] = (("section", "sentence"), method_rows(report))
        write_xlsx(path, sheets)
        return (path,)


writer = XlsxWriter()
