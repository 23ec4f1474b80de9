"""What the review shows and does at each key, without a terminal."""

import io
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.console import Console
from test_choose_code import Script

from mihqda.cli.screen import Screen
from mihqda.project import Project
from mihqda.project.review import Review

CODES = """id,name,definition,include,exclude,example,keywords
load,Workload,More to do than time.,Hours refused,Money,It was too much.,time
role,Role clarity,,,,,mandate
"""
TALK = (
    "Interviewer: And?\n\nP1: I had no time. None.\n\nInterviewer: Who decides?\n\nP1: Who has the mandate?\n"
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("screen")
    (folder / "codes.csv").write_text(CODES, encoding="utf-8")
    (folder / "T.txt").write_text(TALK, encoding="utf-8")
    with Project.create(folder / "s.mihqda", codebooks=folder / "codes.csv") as project:
        project.import_transcripts(folder / "T.txt")
        project.suggest(suggester="keywords")
    return folder / "s.mihqda"


@pytest.fixture
def study(made: Path, tmp_path: Path) -> Iterator[Project]:
    with Project.open(shutil.copy(made, tmp_path / "s.mihqda")) as project:
        yield project


def review(study: Project, keys: str) -> str:
    out = io.StringIO()
    with Review(study, coder="zoë", order="reading") as session:
        screen = Screen(study, session, Script(keys), Console(file=out, width=80, highlight=False))
        screen.run()
        return out.getvalue() + screen.summary()


def test_a_suggestion_is_shown_with_question_code_definition_and_that_nobody_measured(study: Project) -> None:
    said = review(study, "q")
    assert "T · P1 · " in said
    assert "Interviewer: And?" in said
    assert "I had [not: no] «time»." in said, "marked also where there are no styles"
    assert "Workload  load  " in said
    assert "unmeasured" in said
    assert "More to do than time." in said
    assert "0 decided, 2 left; everything is in the study" in said


def test_evidence_and_rules_are_shown_on_demand(study: Project) -> None:
    said = review(study, "edq")
    assert "words that weighed: time" in said
    assert "by keywords" in said
    for rule in ("include: Hours refused", "exclude: Money", "example: It was too much."):
        assert rule in said
    assert "no further rules" in review(study, "sdq")


def test_what_a_decision_changed_is_said_at_once(study: Project) -> None:
    said = review(study, "rasq")
    assert "= rejected: T " in said
    assert "= coding " in said
    assert "1 decided, 1 left" in said


def test_what_the_span_becomes_is_shown(study: Project) -> None:
    said = review(study, "-a")
    assert "the span becomes" in said
    assert "[left out:  None.]" in said
    frame = study.codings()
    assert list(frame["quote"]) == ["I had no time."]
    assert "no further turn there" in review(study, "ww--q")


def test_the_end_can_be_undone_too(study: Project) -> None:
    said = review(study, "aauq")
    assert "nothing is left to review; u takes the last decision back" in said
    assert said.count("= taken back") == 1
    assert len(study.codings()) == 1


def test_undo_of_nothing_and_keys_without_a_meaning_are_explained(study: Project) -> None:
    said = review(study, "ux?q")
    assert "! nothing was decided in this review" in said
    assert "x is no key here" in said
    assert "undo the last decision of this review" in said


def test_an_empty_queue_says_how_to_fill_it(study: Project) -> None:
    review(study, "rr")
    assert "mihqda suggest makes suggestions" in review(study, "")


def test_a_valence_can_be_given_and_taken_away(study: Project) -> None:
    said = review(study, "v+vxv\nvma")
    assert "valence +" in said
    assert "valence stays +" in said
    assert "valence none" in said
    assert list(study.codings()["valence"]) == ["mixed"]
