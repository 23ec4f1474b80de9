"""What the review shows and does at each key, without a terminal."""

import io
import re
import shutil
from collections.abc import Callable, Iterator
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
    assert "suggester keywords (version " in said
    for rule in ("include: Hours refused", "exclude: Money", "example: It was too much."):
        assert rule in said
    assert "no further rules" in review(study, "sdq")


def test_what_a_decision_changed_is_said_at_once(study: Project) -> None:
    said = review(study, "rasq")
    assert "= rejected: T " in said
    assert "= coding " in said
    assert "2 decided, 0 left" in said


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


def test_what_is_skipped_is_left_for_later_and_counted_apart(study: Project) -> None:
    assert review(study, "suq").endswith("\n0 decided, 2 left; everything is in the study")
    said = review(study, "sr")
    assert "0 decided, 1 skipped for later, 1 left" in said
    assert said.endswith("1 decided, 1 skipped for later, 0 left; everything is in the study")


def test_what_is_accepted_is_said_with_valence_and_memo(study: Project) -> None:
    said = review(study, "v-mtoo much\naq")
    assert re.search(r"= coding \w+: T \d+:\d+ as load, valence -, with a memo of 8\s+characters", said)
    assert (
        "valence" not in review(study, "aq").split("= coding")[1].split("nothing is left")[0].split("[v]")[0]
    )


class Interrupted(Script):
    """Keys between which somebody else does something to the study."""

    def __init__(self, keys: str, at: int, does: Callable[[], object]) -> None:
        super().__init__(keys)
        self.at, self.does = len(keys) - at, does

    def key(self) -> str:
        if len(self.keys) == self.at:
            self.does()
            self.at = -1
        return super().key()


@pytest.mark.parametrize("key", ["a", "e", "d", "+", "r"])
@pytest.mark.parametrize("what", ["transcript", "code", "text"])
def test_what_was_removed_meanwhile_is_passed_over_with_a_line(
    study: Project, tmp_path: Path, key: str, what: str
) -> None:
    (tmp_path / "U.txt").write_text(TALK, encoding="utf-8")
    study.import_transcripts(tmp_path / "U.txt")
    study.suggest(suggester="keywords")

    def remove() -> None:
        with Project.open(study.path) as other:
            if what == "transcript":
                other.remove_transcript("T")
            elif what == "code":
                other.retire_code("load")
            else:
                (tmp_path / "T.txt").write_text(TALK.replace("None", "Never"), encoding="utf-8")
                other.remove_transcript("T")
                other.import_transcripts(tmp_path / "T.txt")

    out = io.StringIO()
    with Review(study, coder="zoë", order="reading") as session:
        screen = Screen(study, session, Interrupted(f"{key}eq", 0, remove), Console(file=out, width=200))
        screen.run()
        said = out.getvalue() + screen.summary()
    why = {"transcript": "transcript T was removed meanwhile", "code": "code load is not in use any more",
           "text": "transcript T has another text by now"}[what]  # fmt: skip
    assert said.count(f"! {why}: its suggestion is passed over") == 1
    assert said.count("[q]uit") == 2, "the next suggestion is shown"
    assert "words that weighed" in said
    assert "0 decided" in said
    assert study.verify() == ()


def test_a_blind_review_shows_nobody_elses_name_or_words(tmp_path: Path) -> None:
    (tmp_path / "codes.csv").write_text(CODES, encoding="utf-8")
    for name in "TU":
        (tmp_path / f"{name}.txt").write_text(TALK, encoding="utf-8")
    with Project.create(tmp_path / "s.mihqda", codebooks=tmp_path / "codes.csv") as study:
        study.import_transcripts([tmp_path / "T.txt", tmp_path / "U.txt"])
        study.code("T", code="load", coder="somebody-else", quote="I had no time.")
        study.code("T", code="role", coder="zoë", quote="Who has the mandate?")
        study.suggest(coders=["zoë"])
        study.suggest()
        out = io.StringIO()
        with Review(study, coder="zoë", is_blind=True) as session:
            console = Console(file=out, width=200)
            Screen(study, session, Script("ed?v+" * 2 + "a" + "e" + "r" + "u" + "e"), console).run()
        assert "suggester default" in out.getvalue()
        assert "of zoë alone" in out.getvalue()
        assert "somebody-else" not in out.getvalue()
