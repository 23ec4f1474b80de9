from pathlib import Path

from killing import ROWS, kill_during_bulk_write, prepare, prepare_suggestions

from mihqda import Project


def test_a_study_killed_in_a_bulk_write_is_sound_and_holds_all_of_it_or_nothing(tmp_path: Path) -> None:
    study = prepare(tmp_path)
    for seconds in (0.0, 0.1):
        assert kill_during_bulk_write(study, seconds) in (1, ROWS + 1)


def test_a_study_killed_while_many_suggestions_are_accepted_holds_codings_with_decisions_or_neither(
    tmp_path: Path,
) -> None:
    study = prepare_suggestions(tmp_path)
    left = kill_during_bulk_write(study, 0.02, bulk="study.accept_all(0.5, coder='anna', is_preview=False)")
    assert left in (1, 1 + ROWS // 10)
    with Project.open(study) as project:
        assert len(project.snapshot().decisions) == left - 1
        assert project.verify() == ()
