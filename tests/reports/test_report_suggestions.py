"""The appendix on suggestions: what became of them, and what they were worth."""

import csv
import dataclasses
import json
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pandas as pd
import pytest
from studies import small_study

from mihqda.reports.build import build_report
from mihqda.reports.model import Report, ReportTable
from mihqda.reports.plan import Plan
from mihqda.reports.write import write_report
from mihqda.snapshot import COLUMNS, Snapshot
from mihqda.suggest.evaluation import FRAMES, SUGGESTIONS, Evaluation
from mihqda.suggest.state import study_state

WHOLE = ("findings", "suggestions", "method")


def table(report: Report, name: str) -> ReportTable:
    part = report[name]
    assert isinstance(part, ReportTable)
    return part


def shown(report: Report, name: str) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table(report, name).grid.rows]


def evaluation(**changes: Any) -> Evaluation:
    figures = [0.5, 0.25, 0.75]
    rows = {
        "codes": [
            ("role", "Role", 9, 3, True, 8, *figures * 4, 0.1),
            ("other", "Other", 2, 1, False, 0, *[np.nan] * 13),
        ],
        "overall": [("recall_at_3", *figures, 0.125, 0.0, 0.25, -0.375, np.nan, np.nan)],
        "agreement": [
            (code, first, second, 40, 3, 5, 1, 1, 33, kappa, 0.1, 0.9, kappa, 0.1, 0.9)
            for first, second, values in (
                (SUGGESTIONS, "ann", (0.2, 0.4)), ("ann", "ben", (0.7, np.nan)), ("x", "y", (np.nan, np.nan)),
            )
            for code, kappa in zip(("role", "load"), values, strict=True)
        ],
    }  # fmt: skip
    frames = {name: pd.DataFrame(held, columns=list(FRAMES[name])) for name, held in rows.items()}
    settings: dict[str, Any] = {
        **frames, "too_few": ("other",), "unused": ("motivation",), "suggester": "default", "version": "1", "folds": 5,
        "transcripts": 4, "segments": 1200, "coded": 30,
    }  # fmt: skip
    return Evaluation(**settings | changes)


def with_evaluation(result: Evaluation | str, study: Snapshot | None = None) -> Snapshot:
    text = result if isinstance(result, str) else result.to_json()
    row = (1, "2026-01-31T15:00:00Z", "ann", "", text)
    frame = pd.DataFrame([row], columns=list(COLUMNS["evaluations"]))
    return dataclasses.replace(study or small_study(), evaluations=frame)


def with_decisions() -> Snapshot:
    study = small_study()
    codings = study.codings.copy()
    codings.loc[:2, "origin"] = ["suggestion:s0", "suggestion:s1", "suggestion:s2"]
    rows = [
        (f"s{at}", "I1", 0, 9, "role", "default", "1", "", 0.5, what, "ann", "2026-01-31T14:00:00Z", seconds,
         codings["coding"][at] if at < 3 else "", "", -1, -1, at == 1)
        for at, (what, seconds) in enumerate(
            [("accepted", 3.0), ("accepted", np.nan), ("changed", 9.0), ("rejected", 5.0), ("skipped", 4.0)]
        )
    ]  # fmt: skip
    decisions = pd.DataFrame(rows, columns=list(COLUMNS["decisions"]))
    return dataclasses.replace(study, codings=codings, decisions=decisions)


def test_a_study_without_suggestions_says_so_in_a_sentence() -> None:
    part = table(build_report(small_study()), "U1")
    assert part.notes == ("No suggestion was used: every coding was made by a person without one.",)
    assert part.frame.empty
    dutch = table(build_report(small_study(), Plan(language="nl")), "U1")
    assert dutch.notes == (
        "Er is geen suggestie gebruikt: elke codering is zonder suggestie door een mens gemaakt.",
    )


def test_what_became_of_suggestions_stands_by_coder() -> None:
    study = with_decisions()
    report = build_report(study)
    own = study.codings["coder"].value_counts()
    began = study.codings[:3]["coder"].value_counts()
    rows = {row[0]: row[1:] for row in shown(report, "U1")}
    assert set(rows) == set(study.coders)
    for coder in study.coders:
        assert rows[coder][:2] == [str(own[coder]), str(began.get(coder, 0))]
    assert rows["ann"][3:] == ["2", "1", "1", "1", "4.5"]
    assert rows["ben"][3:] == ["0", "0", "0", "0", "n/a"]
    assert sum(int(row[2]) for row in rows.values()) == 1
    assert table(report, "U1").notes[0].startswith(f"3 of {len(study.codings)} codings began as a suggestion")
    assert table(report, "U1").notes[-1] == "What suggestions are worth on this study was not measured."


def test_what_they_were_worth_stands_with_its_date_and_what_it_was_made_of() -> None:
    report = build_report(with_evaluation(evaluation()))
    assert shown(report, "U2") == [
        ["Recall among the first three", "0.50 [0.25, 0.75]", "0.12 [0.00, 0.25]", "−0.38"]
    ]
    notes = table(report, "U2").notes
    assert notes[0].startswith(
        "Measured 2026-01-31 15:00 UTC: suggester default (version 1), on 1200 segments (turn)"
    )
    assert "coders: all; 5 test folds" in notes[0]
    assert "have changed since" in notes[1]
    assert notes[3:] == (
        "Suggestions and ann: kappa 0.30 and alpha 0.30, medians over the 2 codes for which they are defined.",
        "ann and ben: kappa 0.70 and alpha 0.70, medians over the 1 code for which they are defined.",
    )
    assert shown(report, "U3") == [["Role", "9", "3", "8", *["0.50 [0.25, 0.75]"] * 3, "0.10"]]
    assert table(report, "U3").notes == (
        "1 code with too few examples to measure: Other.",
        "1 code never used.",
    )
    assert len(table(report, "U3").frame) == 2


def test_dutch_numbers_and_words() -> None:
    report = build_report(with_evaluation(evaluation(from_suggestions=3)), Plan(language="nl"))
    assert shown(report, "U2")[0][:2] == ["Recall bij de eerste drie", "0,50 [0,25, 0,75]"]
    assert table(report, "U2").notes[1].startswith("3 coderingen achter deze cijfers begonnen als suggestie")


def test_it_is_said_whether_the_study_changed_since() -> None:
    study = small_study()
    same = with_evaluation(evaluation(state=study_state(study)))
    said = "Codings, decisions and codes have not changed since."
    assert said in table(build_report(same), "U2").notes
    fewer = dataclasses.replace(same, codings=same.codings[1:])
    assert said not in table(build_report(fewer), "U2").notes
    memo = dataclasses.replace(same, codings=same.codings.assign(memo="a note"))
    assert said in table(build_report(memo), "U2").notes


def test_the_state_holds_what_is_learned_from_and_of_chosen_coders_alone() -> None:
    study = small_study()
    ben = study.codings["coder"] == "ben"
    without_ben = dataclasses.replace(study, codings=study.codings[~ben])
    assert study_state(study) != study_state(without_ben)
    assert study_state(study, coders=("ann",)) == study_state(without_ben, coders=("ann",))
    shuffled = dataclasses.replace(study, codings=study.codings[::-1])
    assert study_state(shuffled) == study_state(study)
    defined = dataclasses.replace(study, codes=study.codes.assign(definition="new"))
    assert study_state(defined) != study_state(study)


@pytest.mark.parametrize(
    ("result", "said"),
    [
        (Evaluation(missing=("too young",), transcripts=1), "the study was too young, with 1 transcript read to the end"),
        ("{}}", "stored by another version of mihqda"),
        (json.dumps({"codes": {"code": ["a"]}, "folds": []}), "stored by another version of mihqda"),
    ],
)  # fmt: skip
def test_what_was_not_measured_or_cannot_be_read_is_said(result: Evaluation | str, said: str) -> None:
    report = build_report(with_evaluation(result))
    assert said in table(report, "U1").notes[-1]
    assert {part.id for part in report.tables} & {"U2", "U3"} == set()


def test_a_filter_narrows_what_is_counted_and_not_what_was_measured() -> None:
    study = with_evaluation(evaluation(state=study_state(with_decisions())), with_decisions())
    from mihqda.filters import Filter

    report = build_report(study, Plan(filter=Filter(coders=("ben",))))
    assert [row[0] for row in shown(report, "U1")] in ([], ["ben"])
    assert "Codings, decisions and codes have not changed since." in table(report, "U2").notes
    already = build_report(study.select(Filter(coders=("ben",))))
    assert not any("changed since" in note for note in table(already, "U2").notes)


def test_every_format_holds_the_tables(tmp_path: Path) -> None:
    report = build_report(with_evaluation(evaluation(), with_decisions()), Plan(sections=WHOLE))
    files = {
        path.name: path for path in write_report(report, tmp_path / "out", ("html", "docx", "xlsx", "csv"))
    }
    page = files["report.html"].read_text(encoding="utf-8")
    assert "What suggestions were worth on this study" in page
    assert "0.50 [0.25, 0.75]" in page
    book = openpyxl.load_workbook(files["report.xlsx"])
    assert {"U1 suggestions", "U2 evaluation", "U3 evaluation_codes"} <= set(book.sheetnames)
    (name,) = [one for one in files if "evaluation_codes" in one]
    with files[name].open(encoding="utf-8-sig", newline="") as handle:
        rows = list(csv.reader(handle))
    assert rows[0] == list(FRAMES["codes"])
    import docx

    document = docx.Document(str(files["report.docx"]))
    assert any("began as a suggestion" in paragraph.text for paragraph in document.paragraphs)
