"""A coder's desk without the web around it."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from mihqda import Project
from mihqda.codebook import Code
from mihqda.errors import ConflictError, InputError, NotFoundError
from mihqda.project.kept import Kept
from mihqda.project.revising import CodingConflictError, OthersCodingError, revision_of


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Project]:
    (tmp_path / "T.txt").write_text(
        "Interviewer: Why?\n\nP1: No time 😀 at all.\n\nP2: Ja.\n\nP2 & P1: We both left.", encoding="utf-8"
    )
    (tmp_path / "people.csv").write_text("participant,group\nP1,nurses\nP2,patients\n", encoding="utf-8")
    with Project.create(tmp_path / "s.mihqda") as project:
        project.add_code(Code("time", "Time"))
        project.add_code(Code("other", "Other"))
        project.import_transcripts(tmp_path / "T.txt", participants=tmp_path / "people.csv")
        yield project


def test_turns_tell_who_is_heard(study: Project) -> None:
    turns = study.desk().content.turns("T")
    assert [[(one.id, one.group, one.kind) for one in turn.people] for turn in turns] == [
        [("", "", "interviewer")],
        [("P1", "nurses", "participant")],
        [("P2", "patients", "participant")],
        [("P2", "patients", "participant"), ("P1", "nurses", "participant")],
    ]
    assert [turn.is_data for turn in turns] == [False, True, False, True]
    assert study.desk().content.groups() == ("nurses", "patients")
    with pytest.raises(NotFoundError, match="no transcript 'X'"):
        study.desk().content.turns("X")


def test_what_is_kept_follows_changes_of_the_register_by_another_program(
    study: Project, tmp_path: Path
) -> None:
    desk = study.desk("anna")
    assert desk.content.turns("T")[1].people[0].group == "nurses"
    with Project.open(study.path) as other:
        (tmp_path / "people.csv").write_text(
            "participant,group\nP1,managers\nP2,patients\n", encoding="utf-8"
        )
        other.load_participants(tmp_path / "people.csv")
    assert desk.content.turns("T")[1].people[0].group == "managers"
    assert desk.content.groups() == ("managers", "patients")


def test_what_is_kept_is_not_made_anew_by_codings(study: Project) -> None:
    made = []
    kept = Kept(study._store)

    def make() -> int:
        made.append(1)
        return len(made)

    assert kept.get("n", ("codes",), make) == 1
    study.desk("anna").apply("T", 23, 30, "time")
    assert kept.get("n", ("codes",), make) == 1
    study.rename_code("time", "Hours")
    assert kept.get("n", ("codes",), make) == 2
    study.undo()
    assert kept.get("n", ("codes",), make) == 3


def test_a_revision_changes_with_the_content_and_only_with_it(study: Project) -> None:
    desk = study.desk("anna")
    one, is_new = desk.apply("T", 23, 30, "time")
    assert is_new
    revised = desk.revise(one.id, revision=revision_of(one), memo="m")
    assert revision_of(revised) != revision_of(one)
    back = desk.revise(one.id, revision=revision_of(revised), memo="")
    assert revision_of(back) == revision_of(one)
    assert back == one


def test_conflicts_carry_the_coding_as_it_stands(study: Project) -> None:
    desk = study.desk("anna")
    one, _ = desk.apply("T", 23, 30, "time")
    with pytest.raises(CodingConflictError) as stale:
        desk.remove(one.id, revision="stale")
    assert stale.value.current == one
    with pytest.raises(CodingConflictError, match="already") as double:
        desk.apply("T", 23, 30, "time")
    assert double.value.current == one
    with pytest.raises(OthersCodingError, match="anna's"):
        study.desk("ben").remove(one.id, revision=revision_of(one))
    with pytest.raises(InputError, match="twelve hexadecimal"):
        desk.apply("T", 23, 30, "other", id="no such id")


def test_undo_of_ones_own_leaves_the_order_of_everybodys_undo_alone(study: Project) -> None:
    anna, ben = study.desk("anna"), study.desk("ben")
    anna.apply("T", 23, 30, "time")
    ben.apply("T", 23, 30, "time")
    anna.undo()
    assert study.undo().who == "ben"
    with pytest.raises(ConflictError, match="nothing of yours to undo"):
        ben.undo()
    with pytest.raises(ConflictError, match="nothing of yours to redo"):
        ben.redo()  # he did not undo it himself
    assert anna.redo().who == "anna"
    assert study.verify() == ()


def test_a_new_step_of_ones_own_clears_redo_but_not_a_step_of_another(study: Project) -> None:
    anna = study.desk("anna")
    anna.apply("T", 23, 30, "time")
    anna.undo()
    study.desk("ben").apply("T", 23, 30, "time")
    anna.redo()
    anna.undo()
    anna.apply("T", 23, 26, "other")
    with pytest.raises(ConflictError, match="nothing of yours to redo"):
        anna.redo()


def test_a_notebook_learns_what_happened_since_a_step(study: Project) -> None:
    step = study.desk().step()
    assert study.changes_since(step) == ()
    study.desk("anna").apply("T", 23, 30, "time")
    (change,) = study.changes_since(step)
    assert (change.who, change.tables, change.transcripts, change.coders) == (
        "anna",
        ("codings",),
        ("T",),
        ("anna",),
    )


def test_redo_says_why_it_cannot(study: Project) -> None:
    anna = study.desk("anna")
    code = anna.add_code("Own", codebook="study")
    anna.undo()
    study.add_code(Code(code.id, "Taken"), codebook="study")
    with pytest.raises(ConflictError, match=r"cannot be done again: .*changed since then \(step"):
        anna.redo()


def test_coding_loads_no_frames(study: Project) -> None:
    out = subprocess.run(
        [sys.executable, "-c", (
            "import sys\n"
            "from mihqda.project import Project\n"
            f"with Project.open({str(study.path)!r}) as study:\n"
            "    desk = study.desk('anna')\n"
            "    one, _ = desk.apply('T', 23, 30, 'time')\n"
            "    desk.progress(), desk.content.turns('T'), desk.codings('T'), desk.uses(), desk.search('time'), desk.undo()\n"
            "    desk.changes_since(0)\n"
            "print(*sorted({'pandas', 'numpy', 'sklearn', 'spacy', 'matplotlib'} & set(sys.modules)))"
        )],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert out.stdout.strip() == ""
