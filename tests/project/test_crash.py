from pathlib import Path

from killing import ROWS, kill_during_bulk_write, prepare


def test_a_study_killed_in_a_bulk_write_is_sound_and_holds_all_of_it_or_nothing(tmp_path: Path) -> None:
    study = prepare(tmp_path)
    for seconds in (0.0, 0.1):
        assert kill_during_bulk_write(study, seconds) in (1, ROWS + 1)
