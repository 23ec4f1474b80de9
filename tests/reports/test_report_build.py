"""The tables of a report, before anything is written."""

import pandas as pd
import pytest
from reading_reports import (
    STUDIES,
    large_codebook,
    study_of_nothing,
    study_of_one,
    study_without_codings,
    study_without_register,
)
from studies import make_study, small_study

from mihqda.errors import InputError, NotFoundError
from mihqda.filters import Filter
from mihqda.reports.build import build_report
from mihqda.reports.model import Figure, Report, ReportTable, Section
from mihqda.reports.plan import Plan
from mihqda.themes.table import theme_table


def table(report: Report, name: str) -> ReportTable:
    part = report[name]
    assert isinstance(part, ReportTable)
    return part


def shown(report: Report, name: str) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table(report, name).grid.rows]


def row_of(report: Report, name: str, first: str) -> dict[str, str]:
    grid = table(report, name).grid
    (row,) = (row for row in grid.rows if row.cells[0].text == first)
    return {column.label: cell.text for column, cell in zip(grid.columns, row.cells, strict=True)}


@pytest.fixture(scope="module")
def report() -> Report:
    return build_report(small_study())


def test_participants_who_never_speak_stand_in_the_table_without_a_session(report: Report) -> None:
    assert row_of(report, "T1", "P1")["Sessions taken part in"] == "S1; S3"
    assert row_of(report, "T1", "P7")["Sessions taken part in"] == ""
    assert len(shown(report, "T1")) == 18
    assert any("11 participants of the register are not heard" in note for note in table(report, "T1").notes)


def test_a_column_of_the_register_is_shown_if_anybody_has_it() -> None:
    study = make_study(
        {"I1": "P1: Yes, that."},
        people="g: P1 P2",
        attributes={"P1": {"years": "3", "sessions": "x", "empty": ""}},
    )
    built = build_report(study)
    labels = [column.label for column in table(built, "T1").grid.columns]
    assert labels == ["Id", "Group", "Years", "Sessions", "Sessions taken part in"]
    assert row_of(built, "T1", "P1")["Sessions"] == "x"
    assert row_of(built, "T1", "P1")["Sessions taken part in"] == "S-I1"


def test_sources_count_participants_and_their_words_and_name_unknown_speakers(report: Report) -> None:
    focus = table(report, "T2").frame.set_index("session").loc["S3"]
    assert (focus["participants_n"], focus["participants"]) == (3, "P1; P2; P3")
    assert (focus["unknown_speakers"], focus["unknown_words"]) == ("Speaker 3", 10)
    # 7 + 2 + 7 + 4 + 6 + 4 of P1, P2 and P3; the moderator's six are not among them.
    assert focus["words"] == 31
    joint = table(report, "T2").frame.set_index("session").loc["S4"]
    assert joint["words"] == 21  # the shared turn once


def test_sources_say_what_is_not_recorded() -> None:
    study = small_study()
    study.sessions["duration"] = ["88", "", "74", ""]
    built = build_report(study)
    assert row_of(built, "T2", "S1")["Minutes"] == "88"
    assert row_of(built, "T2", "S2")["Minutes"] == "n/a"
    assert "Date" not in row_of(built, "T2", "S1")
    assert any("2/4 sessions" in note for note in table(built, "T2").notes)


def test_the_codebook_holds_every_code_below_its_parent_with_its_own_codings(report: Report) -> None:
    codes = [(row.cells[0].text, row.depth) for row in table(report, "T3").grid.rows]
    assert codes[:4] == [("phases", 0), ("phase.onboarding", 1), ("phase.training", 1), ("themes", 0)]
    assert ("role.lead", 2) in codes
    assert row_of(report, "T3", "role")["Codings"] == "6"
    assert row_of(report, "T3", "other")["Codings"] == "0"
    assert row_of(report, "T3", "phases")["Codings"] == ""  # a container


def test_children_that_stand_before_their_parent_are_shown_below_it() -> None:
    study = make_study({"I1": "P1: <b>No time.</b> <c>None.</c>"}, people="g: P1", codes="a!\n  b\nc")
    study.codes["position"] = [2, 0, 1]
    study = type(study)(
        **{**vars(study), "codes": study.codes.sort_values("position").reset_index(drop=True)}
    )
    built = build_report(study)
    assert [row[0] for row in shown(built, "T3")] == ["c", "a", "b"]
    assert [row[0] for row in shown(built, "T4")] == ["C", "A", "B"]


def test_themes_are_theme_table_in_the_order_of_the_tree(report: Report) -> None:
    frame = table(report, "T4").frame
    expected = theme_table(small_study())
    merged = frame.merge(expected, on=["theme", "group"], suffixes=("", "_expected"))
    assert len(merged) == len(frame) == len(expected)
    for column in expected.columns.drop(["theme", "group"]):
        pd.testing.assert_series_equal(merged[column], merged[f"{column}_expected"], check_names=False)
    assert list(dict.fromkeys(frame["theme"]))[:4] == ["start", "strain", "phases", "phase.onboarding"]


def test_a_theme_shows_n_of_every_group_and_who_was_asked(report: Report) -> None:
    role = row_of(report, "T4", "Role")
    assert (role["provider"], role["client"], role["Total"]) == ("3/7", "3/11", "6/18")
    assert (role["+"], role["−"], role["mixed"]) == ("4", "2", "0")
    notes = {row.cells[0].text: [cell.note for cell in row.cells] for row in table(report, "T4").grid.rows}
    assert notes["Role"][1:4] == ["asked 3", "asked 0", "asked 3"]
    assert notes["Motivation"][1:4] == ["", "", ""]


def test_a_cell_without_codings_leads_nowhere(report: Report) -> None:
    (row,) = (row for row in table(report, "T4").grid.rows if row.cells[0].text == "Phase.training")
    assert [cell.target for cell in row.cells[1:4]] == ["", "q5-2", "q5"]


def test_codes_without_codings_fold_into_one_line_without_containers() -> None:
    built = build_report(large_codebook())
    (line,) = (note for note in table(built, "T4").notes if "without codings" in note)
    assert line.startswith("80 codes without codings: ")
    assert "A.c119" in line
    assert len(shown(built, "T4")) == 41


def test_codings_over_several_people_are_listed(report: Report) -> None:
    frame = table(report, "L1").frame
    assert dict(zip(frame["coding"], frame["people"], strict=True)) == {
        "c14": "P3, Speaker 3 (unassigned)", "c18": "C3, C4", "c19": "C3, C4",
    }  # fmt: skip


def test_layers_exclusions_and_speakers_are_accounted_for(report: Report) -> None:
    assert shown(report, "M1")[0] == ["I1", "2", "4", "2"]
    assert shown(report, "M2") == [["interviewer", "only an interviewer speaks in it", "1", "c9"]]
    assert shown(report, "M3") == [["F1", "Speaker 3", "not in the register", "2", "10"]]


def test_a_turn_without_a_label_and_an_ignored_speaker_are_accounted_for() -> None:
    study = make_study({"I1": ": Nobody said so.\n\nNoise: Beep beep."}, people="g: P1", ignored=["Noise"])
    assert shown(build_report(study), "M3") == [
        ["I1", "Noise", "ignored", "1", "2"], ["I1", "(no label)", "not in the register", "1", "3"],
    ]  # fmt: skip


def test_warnings_come_before_the_numbers(report: Report) -> None:
    text = "\n".join(report.warnings)
    assert "1 speaker with 10 words is not in the register" in text
    assert "1 transcript had 2, 3 transcripts fewer (I2, F1, J1)" in text
    assert "3 codings cover the words of several people" in text
    assert "1 coding left out of every count" in text


def test_even_layers_are_no_reason_to_warn() -> None:
    study = make_study(
        {"I1": "P1: <a @x><a @y>No time.</a></a>", "I2": "P2: <a @x><a @y>None at all.</a></a>"},
        people="g: P1 P2",
    )
    assert build_report(study).warnings == ()


def test_a_transcript_without_codings_and_a_role_of_two_are_warned_about() -> None:
    study = make_study(
        {"I1": "P1: <a>No time.</a>", "I2": "P2: None."},
        people="g: P1 P2 P3",
        attributes={"P1": {"role": "account manager"}, "P2": {"role": "account manager"}},
    )
    text = "\n".join(build_report(study).warnings)
    assert "1 transcript without codings here: I2" in text
    assert "account manager (2)" in text


def test_the_method_page_says_what_was_counted_and_from_what(report: Report) -> None:
    study = small_study()
    words = "\n".join(sentence for _, sentences in report.method.sections for sentence in sentences)
    for phrase in (
        "No p-values; differences between groups are described, not tested", study.hash, "2026-01-31 14:05 UTC", "mihqda 0",
        "The whole study, without filters", "ann (17), ben (2)", "provider: N = 7, of whom 3 are heard",
        "client: N = 11, of whom 4 are heard", "Who was asked what is known for 2 topics",
    ):  # fmt: skip
        assert phrase in words


def test_a_filter_is_named_and_narrows_the_whole_report() -> None:
    chosen = small_study().select(Filter(groups=("provider",), coders=("ann",)))
    built = build_report(chosen)
    assert built.facts["Filtered"] == "groups: provider; coders: ann"
    assert {"provider", "(all)"} == set(table(built, "T4").frame["group"])
    words = "\n".join(sentence for _, sentences in built.method.sections for sentence in sentences)
    assert "Groups: provider." in words
    assert "One coder's layer" in words


def test_retired_codes_are_named_with_their_codings() -> None:
    study = small_study()
    study.codes.loc[study.codes["code"] == "load", "retired"] = True
    words = "\n".join(
        sentence for _, sentences in build_report(study).method.sections for sentence in sentences
    )
    assert "1 code retired, with 7 codings that still count: Load" in words


def test_groups_can_be_another_column_of_the_register() -> None:
    built = build_report(small_study(), Plan(by="site", title="Sites"))
    assert built.title == "Sites"
    assert table(built, "T4").title == "Themes by organisation"
    assert row_of(built, "T4", "Load")["North"] == "3/5"
    assert row_of(built, "T4", "Load")["(none)"] == "2/7"


def test_a_column_that_the_register_lacks_is_refused() -> None:
    with pytest.raises(NotFoundError, match="no column 'colour'"):
        build_report(small_study(), Plan(by="colour"))


def test_fewer_than_one_quote_of_a_person_is_refused() -> None:
    with pytest.raises(InputError, match="at least 1"):
        Plan(k=0)


def test_without_a_register_everything_is_unassigned_and_nobody_is_counted() -> None:
    built = build_report(study_without_register())
    assert row_of(built, "T4", "A") == {
        "Theme": "A", "Mentions": "1", "Sessions": "1", "(unassigned) mentions": "1", "Quotes": "",
    }  # fmt: skip
    assert shown(built, "T1") == []
    assert any("--template" in note for note in table(built, "T1").notes)
    assert not any(figure.id.startswith(("F1", "F2")) for figure in built.figures)  # nobody to count
    assert "no register" in built.facts["Participants"]
    assert any("nobody counts as a person" in warning for warning in built.warnings)


def test_without_codings_the_tables_say_so() -> None:
    built = build_report(study_without_codings())
    assert shown(built, "T4") == []
    assert any("2 codes without codings: A, B" in note for note in table(built, "T4").notes)
    assert built.figures == ()
    assert built.quotes.themes == ()


def test_without_anything_there_is_still_a_report() -> None:
    built = build_report(study_of_nothing())
    assert built.facts["Sessions"] == "none"
    assert shown(built, "T2") == []


def test_one_participant_is_a_report() -> None:
    assert row_of(build_report(study_of_one()), "T4", "A")["g"] == "1/1"


@pytest.mark.parametrize("name", list(STUDIES))
def test_every_part_is_shown_once(name: str) -> None:
    built = build_report(STUDIES[name]())
    parts = [part for section in built.sections for part in section.parts]
    assert len(parts) == len(set(parts))
    assert {
        part.id
        for part in (built.findings, *built.tables, *built.figures, built.quotes, built.method)
        if part
    } == set(parts)
    assert all(isinstance(built[figure.id], Figure) for figure in built.figures)


def test_a_section_names_parts_that_exist(report: Report) -> None:
    with pytest.raises(ValueError, match="no part T99"):
        Report(
            "t",
            "s",
            "",
            report.tables,
            report.figures,
            report.quotes,
            report.method,
            (Section("x", ("T99",)),),
        )
    with pytest.raises(KeyError, match="no part 'T99'"):
        report["T99"]
