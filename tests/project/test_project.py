"""The same verbs in Python: frames and values in and out."""

from pathlib import Path

import pandas as pd
import pytest

from mihqda import Filter, Project, Span
from mihqda.codebook import Code
from mihqda.errors import InputError, StudyError


@pytest.fixture
def study(tmp_path: Path) -> Project:
    (tmp_path / "T.txt").write_text(
        "Interviewer: Why?\n\nP1: No time 😀 at all.\n\nP2: Ja.\n", encoding="utf-8"
    )
    project = Project.create(tmp_path / "s.mihqda")
    project.add_code(Code("time", "Time"))
    project.import_transcripts(
        tmp_path / "T.txt",
        participants=pd.DataFrame({"participant": ["P1", "P2"], "group": ["a", "b"], "years": [3, None]}),
    )
    return project


def test_registers_and_codings_come_in_as_frames(study: Project) -> None:
    assert dict(zip(study.participants()["participant"], study.participants()["years"], strict=True)) == {
        "P1": "3",
        "P2": "",
    }
    done = study.code_from(
        pd.DataFrame(
            {
                "transcript": ["T"],
                "quote": ["No time 😀"],
                "code": ["time"],
                "coder": ["anna"],
                "valence": ["-"],
            }
        )
    )
    assert len(done.codings) == 1
    again = study.code_from(study.codings())
    assert (len(again.codings), again.already) == (0, 1)


def test_a_text_is_one_value_not_its_letters(tmp_path: Path) -> None:
    with Project.create(tmp_path / "m.mihqda", codebooks="mih") as study:
        assert [book.id for book in study.codebooks()] == ["mih"]


def test_frames_narrow_by_a_filter(study: Project) -> None:
    study.code("T", code="time", coder="anna", at=Span(23, 30))
    table = study.themes(chosen=Filter(groups="a"), themes="Time")
    assert list(table["group"]) == ["a", "(all)"]
    assert list(table["participants"]) == [1, 1]


def test_wrong_values_are_errors_of_ours(study: Project) -> None:
    with pytest.raises(InputError, match="0 <= start < end"):
        study.code("T", code="time", coder="anna", at=(5, 3))
    with pytest.raises(TypeError, match=r"Project\.open"):
        Project("s.mihqda")  # type: ignore[arg-type]
    study.close()
    with pytest.raises(StudyError, match="closed"):
        study.codings()


def test_two_open_projects_see_each_others_changes(study: Project) -> None:
    with Project.open(study.path) as other:
        assert len(other.codings()) == 0
        study.code("T", code="time", coder="anna", quote="No time 😀")
        assert len(other.codings()) == 1


def test_coding_a_backchannel_or_a_label_alone_warns(study: Project) -> None:
    text = study.transcript("T").text
    at = text.index("Ja.")
    assert "backchannel alone" in study.code("T", code="time", coder="anna", at=(at, at + 3)).warnings[0]
    assert "outside every turn" in study.code("T", code="time", coder="anna", at=(0, 11)).warnings[0]


def test_segments_name_who_speaks_in_them(study: Project) -> None:
    frame = study.segments("exchange")
    assert list(frame["speaker"]) == ["Interviewer, P1, P2"]
    assert list(study.segments("window", size=2)["speaker"]) == ["Interviewer, P1", "P1, P2"]
