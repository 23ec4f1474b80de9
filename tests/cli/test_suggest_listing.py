"""What `suggest` and `suggest keywords` list fits eighty columns, and refuses numbers that mean nothing."""

from pathlib import Path

import pytest
from terminal import mihqda

BOOKS = {
    "own": "load,Workload and lack of time,Having more to do than time.,time",
    "other": "o.load,Workload and lack of time,The same name.,hours",
}
MANY = 9


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("listing")
    path = folder / "s.mihqda"
    more = "".join(f"{name}.x{n},Extra {n},,word{n}\n" for name in ["own"] for n in range(MANY))
    for name, rows in BOOKS.items():
        text = f"id,name,definition,keywords\n{rows}\n{more if name == 'own' else ''}"
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    (folder / "people.csv").write_text("participant,group\nP1,g\n", encoding="utf-8")
    words = " ".join(f"word{n}" for n in range(MANY))
    (folder / "A-long-name-of-an-interview.txt").write_text(
        f"Interviewer: And?\n\nP1: There was hardly any time, unbelievably-interorganisationally little.\n\n"
        f"Interviewer: What else?\n\nP1: And the hours were not there.\n\nInterviewer: So?\n\nP1: Well, {words}.\n",
        encoding="utf-8",
    )
    books = [part for name in BOOKS for part in ("--codebook", folder / f"{name}.csv")]
    assert mihqda("init", path, *books).status == 0
    done = mihqda("import", path, *folder.glob("A*.txt"), "--participants", folder / "people.csv")
    assert done.status == 0, done.err
    mihqda("finish", path, "A-long-name-of-an-interview", "--coder", "anna", "--reopen")
    return path


@pytest.fixture(autouse=True)
def _narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_a_list_of_suggestions_is_whole_in_eighty_columns(study: Path) -> None:
    said = mihqda("suggest", study, "--suggester", "keywords").out
    table = said[: said.index("found by keywords")]
    assert max(map(len, table.splitlines())) <= 80
    for word in ("unmeasured", "«time»", "«hours»", "weighed"):
        assert word in table, "no letter is lost, no short word broken"
    places = squeezed("".join(line.split("  ")[0] for line in table.splitlines()))
    assert "A-long-name-of-an-interview" in places


def test_codes_of_one_name_are_told_apart_by_their_codebooks(study: Path) -> None:
    said = " ".join(mihqda("suggest", study, "--suggester", "keywords").out.split())
    assert "(own)" in said
    assert "(other)" in said


def test_precisions_of_keywords_are_as_many_as_were_asked_for(study: Path) -> None:
    assert mihqda("finish", study, "A-long-name-of-an-interview", "--coder", "anna").status == 0
    whole = mihqda("suggest", "keywords", study, "--precision").out
    assert whole.count("\nExtra ") == MANY
    said = mihqda("suggest", "keywords", study, "--precision", "--first", "3").out
    assert said.count("[") == 3
    assert "more: --first 13" in said
    many = mihqda("suggest", "keywords", study, "--precision", "--first", "3", "--format", "csv").out
    assert len(many.splitlines()) == 14, "files hold all"
    mihqda("finish", study, "A-long-name-of-an-interview", "--coder", "anna", "--reopen")


@pytest.mark.parametrize("threshold", ["0", "nan", "-0.1", "1.1", "inf"])
def test_a_threshold_that_means_nothing_is_refused_before_anything_is_learned(
    study: Path, threshold: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from mihqda.project import Project

    monkeypatch.setattr(Project, "suggest", None)
    done = mihqda("suggest", study, "--accept-all", threshold, "--as", "anna", "--yes")
    assert done.status == 2
    assert "--accept-all" in done.err


def test_a_seed_below_zero_is_refused(study: Path) -> None:
    for command in (
        ("suggest", study),
        ("suggest", "evaluate", study),
        ("suggest", "stop", study, "--code", "load"),
    ):
        done = mihqda(*command, "--seed", "-1")
        assert done.status == 2
        assert "--seed" in done.err


def test_what_may_be_unread_is_said_in_lines_of_eighty_columns(study: Path) -> None:
    said = mihqda("suggest", "stop", study, "--code", "load", "--size", "2").out
    sentences, table = said.split("\nplace" if "\nplace" in said else "\ntranscript")
    assert max(map(len, sentences.splitlines())) <= 80
    assert "turns are unread for" in " ".join(sentences.split())
    assert "A-long-name-of-an-interview" in table


def test_the_help_says_which_thresholds_there_are() -> None:
    assert "0<x<=1" in mihqda("suggest", "run", "--help").out
