"""Accepting many at once on the command line takes what was just made, and nothing else that waits."""

from pathlib import Path

import pytest
from fake_suggester import registered
from terminal import mihqda

from mihqda import Project
from mihqda.codebook import Code


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    registered(monkeypatch)
    for name in ("T", "U"):
        (tmp_path / f"{name}.txt").write_text(
            "P1: Time, time.\n\nP1: Money.\n\nP1: Well.\n", encoding="utf-8"
        )
    with Project.create(tmp_path / "s.mihqda") as project:
        project.add_code(Code("load", "Load", keywords=("time",)))
        project.add_code(Code("cost", "Cost", keywords=("money",)))
        project.import_transcripts([tmp_path / "T.txt", tmp_path / "U.txt"])
        project.code("T", quote="Well.", code="cost", coder="anna")
    return tmp_path / "s.mihqda"


def accepted(study: Path) -> set[tuple[str, str]]:
    """Return suggester and transcript of all that was accepted."""
    with Project.open(study) as project:
        decisions = project.snapshot().decisions
    return set(zip(decisions["suggester"], decisions["transcript"], strict=True))


def test_only_the_named_transcript_and_suggester_are_accepted(study: Path) -> None:
    assert mihqda("suggest", study).status == 0
    assert mihqda("suggest", study, "--suggester", "keywords").status == 0
    done = mihqda("suggest", study, "--transcript", "U", "--accept-all", "0.5", "--as", "bob", "--yes")
    assert done.status == 0, done.err
    assert accepted(study) == {("default", "U")}


def test_only_the_list_that_was_made_is_accepted_and_listed(study: Path) -> None:
    assert mihqda("suggest", study).status == 0
    listed = mihqda("suggest", study, "--coder", "anna", "--format", "csv").out.splitlines()
    assert len(listed) == 5
    assert "taught_by" in listed[0]
    done = mihqda("suggest", study, "--coder", "anna", "--accept-all", "0.5", "--as", "bob", "--yes")
    assert done.status == 0, done.err
    with Project.open(study) as project:
        taken = set(project.snapshot().decisions["suggestion"])
        assert taken == set(project.suggestions(taught_by="anna", pending=False)["suggestion"])
