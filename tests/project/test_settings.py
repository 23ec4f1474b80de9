import pytest

from mihqda import Project
from mihqda.errors import InputError
from mihqda.project.settings import FLOOR


def test_a_new_study_has_the_defaults(tmp_path):
    with Project.create(tmp_path / "s.mihqda") as study:
        assert (study.approach, study.floor, study.embeddings) == ("codebook", FLOOR, "")


def test_settings_are_kept_and_can_be_undone(tmp_path):
    with Project.create(tmp_path / "s.mihqda") as study:
        study.set_approach("reflexive")
        study.set_floor(0.4)
    with Project.open(tmp_path / "s.mihqda") as study:
        assert (study.approach, study.floor) == ("reflexive", 0.4)
        study.undo()
        assert (study.approach, study.floor) == ("reflexive", FLOOR)
        study.undo()
        assert study.approach == "codebook"


def test_an_unknown_approach_names_those_there_are(tmp_path):
    with (
        Project.create(tmp_path / "s.mihqda") as study,
        pytest.raises(InputError, match="codebook, coding reliability, reflexive"),
    ):
        study.set_approach("grounded")


def test_a_reflexive_study_has_suggestions_only_where_asked_for_and_no_estimates(tmp_path):
    (tmp_path / "IV1.txt").write_text("Q: How was it?\n\nP1: There was no time at all.\n", encoding="utf-8")
    with Project.create(tmp_path / "s.mihqda", codebooks=["mih"]) as study:
        study.import_transcripts([tmp_path / "IV1.txt"])
        code = str(study.codes().query("codable")["code"].iloc[0])
        study.set_approach("reflexive")
        with pytest.raises(InputError, match="reflexive"):
            study.suggest()
        with pytest.raises(InputError, match="reflexive"):
            study.estimate_unread(code)
        assert study.suggest(is_asked_for=True).suggester == "default"


@pytest.mark.parametrize("floor", ["x", -0.1, 1.5, float("nan"), None, True])
def test_a_floor_that_is_no_share_is_refused_in_one_line(tmp_path, floor):
    with (
        Project.create(tmp_path / "s.mihqda") as study,
        pytest.raises(InputError, match="between 0 and 1, got"),
    ):
        study.set_floor(floor)
