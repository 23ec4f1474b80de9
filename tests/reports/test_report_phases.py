"""Theme by phase, code frequencies, codes on the same words."""

import pytest
from reading_reports import STUDIES, large_codebook, study_without_codings, study_without_register
from studies import make_study, small_study

from mihqda.reports.build import build_report
from mihqda.reports.model import Report, ReportTable
from mihqda.themes.cooccurrence import cooccurrence
from mihqda.themes.frequencies import frequencies
from mihqda.themes.phases import phase_cells, phase_table


def table(report: Report, name: str) -> ReportTable:
    part = report[name]
    assert isinstance(part, ReportTable)
    return part


def rows(report: Report, name: str) -> dict[str, list[str]]:
    return {row.cells[0].text: [cell.text for cell in row.cells[1:]] for row in table(report, name).grid.rows}


def test_a_phase_has_participants_and_mentions_of_each_theme() -> None:
    report = build_report(small_study())
    assert rows(report, "T10")["Role"] == ["2 (2)", ""]
    assert rows(report, "T10")["Load"] == ["", "1 (1)"]
    assert [column.label for column in table(report, "T10").grid.columns] == [
        "Theme",
        "Phase.onboarding",
        "Phase.training",
    ]


@pytest.mark.parametrize("name", list(STUDIES))
def test_the_frame_of_phases_is_phase_table(name: str) -> None:
    study = STUDIES[name]()
    frame, expected = table(build_report(study), "T10").frame, phase_table(study)
    columns = list(expected.columns)
    assert sorted(map(tuple, frame[columns].values.tolist())) == sorted(map(tuple, expected.values.tolist()))


def test_every_cell_of_a_phase_leads_to_the_quotes_that_make_it() -> None:
    study = small_study()
    report = build_report(study)
    crossed = {one.anchor: one for theme in report.quotes.themes for one in theme.crossed}
    by_number = {
        quote.number: quote
        for theme in report.quotes.themes
        for group in theme.groups
        for quote in group.quotes
    }
    targets = [cell.target for row in table(report, "T10").grid.rows for cell in row.cells[1:] if cell.text]
    assert targets
    assert set(targets) == set(crossed)
    pieces = {(cell.theme, cell.phase): cell.pieces for cell in phase_cells(study) if cell.mentions}
    assert len(pieces) == len(crossed)
    for one in crossed.values():
        assert one.numbers
        for number in one.numbers:
            quote = by_number[number]
            assert any(
                piece.transcript == quote.transcript and piece.start < quote.end and quote.start < piece.end
                for shared in pieces.values() for piece in shared
            )  # fmt: skip


def test_what_comes_after_the_last_phase_is_apart() -> None:
    study = make_study(
        {"I1": "P1: <one><role>At the start.</role></one> <after><role>And now it is gone.</role></after>"},
        people="g: P1",
        codes="one phase\nafter beyond\nrole",
    )
    report = build_report(study)
    assert [column.label for column in table(report, "T10").grid.columns] == ["Theme", "One"]
    assert rows(report, "T10") == {"Role": ["1 (1)"]}
    assert rows(report, "T10b") == {"Role": ["1 (1)"]}
    assert any("shown apart" in note for note in table(report, "T10b").notes)
    anchors = [one.anchor for theme in report.quotes.themes for one in theme.crossed]
    assert len(anchors) == len(set(anchors)) == 2


def test_a_codebook_without_phases_says_so() -> None:
    report = build_report(study_without_register())
    assert table(report, "T10").notes == ("The codebook has no codes of the kind `phase`.",)
    with pytest.raises(KeyError):
        report["T10b"]


def test_code_frequencies_are_those_of_the_codes_alone() -> None:
    study = small_study()
    report = build_report(study)
    expected = frequencies(study).set_index("code")
    frame = table(report, "C1").frame.set_index("code")
    for column in expected.columns:
        assert frame[column].to_dict() == expected[column].to_dict()
    assert rows(report, "C1")["Role"][0] == "6"


def test_codes_without_codings_are_one_line_below_the_frequencies() -> None:
    notes = table(build_report(large_codebook()), "C1").notes
    (line,) = (note for note in notes if "without codings" in note)
    assert line.startswith("80 codes without codings")
    assert table(build_report(study_without_codings()), "C1").grid.rows == ()


def test_the_pairs_of_codes_are_cooccurrence_and_the_page_shows_half_a_matrix() -> None:
    study = small_study()
    report = build_report(study)
    expected = cooccurrence(study)
    frame = table(report, "T15").frame
    assert frame[list(expected.columns)].values.tolist() == expected.values.tolist()
    grid = table(report, "T15").grid
    shown = [cell.text for row in grid.rows for cell in row.cells[1:] if cell.text]
    assert len(shown) == len(expected)
    assert sorted(shown) == sorted(f"{row.participants} ({row.segments})" for row in expected.itertuples())
    for at, row in enumerate(grid.rows):
        assert not any(cell.text for cell in row.cells[at + 1 :])


def test_a_large_matrix_shows_the_codes_that_meet_most() -> None:
    said = " ".join(f"<a><c{n}>Words {n}.</c{n}></a>" for n in range(40))
    study = make_study({"I1": f"P1: {said}"}, people="g: P1")
    part = table(build_report(study), "T15")
    assert len(part.grid.rows) == 25
    assert len(part.frame) == 40
    assert any("25 codes" in note and "of 41" in note for note in part.notes)
    assert part.grid.rows[0].cells[0].text == "1 · A"


def test_codes_that_never_meet_are_said_to() -> None:
    part = table(build_report(study_without_register()), "T15")
    assert part.grid.rows == ()
    assert part.notes == ("No two codes cover the same words.",)
