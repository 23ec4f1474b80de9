"""Suggestions that nobody accepted are in no count, on any surface; a report says how many codings began as one."""

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from mihqda import Project
from mihqda.reports.build import build_report
from mihqda.reports.grid import Grid
from mihqda.reports.model import ReportTable
from mihqda.themes.cooccurrence import cooccurrence
from mihqda.themes.frequencies import frequencies
from mihqda.themes.phases import phase_table
from mihqda.themes.quotes import theme_quotes
from mihqda.themes.table import theme_table

_TALK = """Interviewer: How was the training and the first weeks after the start?

P{n}: We had no time for the training, the workload was far too high and nobody helped us.

Interviewer: And who was in charge of the project?

P{n}: Nobody knew who the project lead was, the roles were never clear to me.

P{m}: Our manager supported it, the management wanted the innovation to succeed.

Interviewer: What about afterwards?

P{m}: Onboarding took a whole month, we trained new colleagues, and motivation was high.
"""


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """Two coded transcripts and one that nobody has read."""
    folder = tmp_path_factory.mktemp("study")
    for number in range(3):
        talk = _TALK.format(n=2 * number, m=2 * number + 1)
        (folder / f"I{number}.txt").write_text(talk, encoding="utf-8")
    people = pd.DataFrame({"participant": [f"P{n}" for n in range(6)], "group": ["a", "b"] * 3})
    with Project.create(folder / "s.mihqda", codebooks="mih") as project:
        project.import_transcripts([folder / f"I{n}.txt" for n in range(3)], participants=people)
        rows = [
            (f"I{n}", quote, code, "anna")
            for n in range(2)
            for quote, code in (
                ("no time for the training, the workload was far too high", "mih.phase.training"),
                ("the workload was far too high", "mih.theme.workload"),
                ("Nobody knew who the project lead was", "mih.theme.role_ambiguity.project_lead"),
                ("Onboarding took a whole month", "mih.phase.onboarding"),
                ("motivation was high", "mih.theme.motivation"),
            )
        ]
        project.code_from(pd.DataFrame(rows, columns=["transcript", "quote", "code", "coder"]))
        yield project


Look = Callable[[], object]


def frames(project: Project, compute: Callable[..., pd.DataFrame]) -> object:
    frame = compute(project.snapshot())
    return [list(frame.columns), frame.astype(str).values.tolist()]


def tables(project: Project) -> object:
    report = build_report(project.snapshot())

    def look(grid: Grid) -> list[list[tuple[str, str, tuple[str, ...]]]]:
        return [
            [(cell.text, cell.note, tuple(quote.text for quote in cell.quotes)) for cell in row.cells]
            for row in grid.rows
        ]

    return {part.id: look(part.grid) for part in report.tables if part.id[0] != "U"}, report.quotes.themes


def workbook(project: Project, folder: Path) -> object:
    (path,) = project.report(folder, formats=("xlsx",))
    book = openpyxl.load_workbook(path)
    skipped = ("U1", "U2", "U3", "Contents", "Method")
    return {
        sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()]
        for sheet in book
        if not sheet.title.startswith(skipped)
    }


def csv_files(project: Project, folder: Path) -> object:
    files = project.report(folder, formats=("csv",))
    out = {}
    for file in files:
        if not any(word in file.name for word in ("suggestions", "evaluation", "method", "about", "facts")):
            with file.open(encoding="utf-8-sig", newline="") as handle:
                out[file.name] = list(csv.reader(handle))
    return out


SURFACES: dict[str, Callable[[Project, Path], object]] = {
    "themes": lambda project, _: frames(project, theme_table),
    "frequencies": lambda project, _: frames(project, frequencies),
    "co-occurrence": lambda project, _: frames(project, cooccurrence),
    "phases": lambda project, _: frames(project, phase_table),
    "quotes": lambda project, _: frames(project, theme_quotes),
    "codings": lambda project, _: project.codings().astype(str).values.tolist(),
    "report tables": lambda project, _: tables(project),
    "workbook": workbook,
    "csv files": csv_files,
}


@pytest.fixture(scope="module")
def seen(study: Project, tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[object, object]]:
    """What each surface shows before there are suggestions, and with pending, rejected and skipped ones."""
    folder = tmp_path_factory.mktemp("reports")
    before = {name: look(study, folder / f"before-{at}") for at, (name, look) in enumerate(SURFACES.items())}
    study.suggest()
    pending = study.suggestions(coder="bram", hidden=True)
    assert len(pending) > 3
    study.reject(pending["suggestion"][0], coder="bram")
    study.skip(pending["suggestion"][1], coder="bram")
    after = {name: look(study, folder / f"after-{at}") for at, (name, look) in enumerate(SURFACES.items())}
    return {name: (before[name], after[name]) for name in SURFACES}


@pytest.mark.parametrize("surface", SURFACES)
def test_suggestions_are_in_no_count(surface: str, seen: dict[str, tuple[object, object]]) -> None:
    before, after = seen[surface]
    assert before
    assert before != [before[0], []] if isinstance(before, list) else True  # a frame has rows
    assert after == before


def test_an_accepted_one_counts_as_the_coding_that_it_became(
    study: Project, seen: dict[str, tuple[object, object]]
) -> None:
    pending = study.suggestions(coder="bram", hidden=True)
    before = frames(study, frequencies)
    study.accept(pending["suggestion"][2], coder="bram", seconds=4.0)
    assert frames(study, frequencies) != before
    report = build_report(study.snapshot())
    used = report["U1"]
    assert isinstance(used, ReportTable)
    row = used.frame.set_index("coder").loc["bram"]
    assert (row["codings"], row["from_suggestions"], row["in_bulk"]) == (1, 1, 0)
    assert (row["accepted"], row["rejected"], row["skipped"]) == (1, 1, 1)
    assert row["seconds"] == 4
    assert used.notes[0] == "1 of 11 codings began as a suggestion that a coder accepted (0 of them in bulk)."
    assert dict(report.method.sections)["Suggestions"] == used.notes[:3]
