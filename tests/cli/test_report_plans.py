"""Reports by plan, of several studies, and for each group, on the command line."""

from pathlib import Path

import pytest
from terminal import mihqda

from mihqda.cli.progress import Bar

TALK = """P1: No time at all for that.

P2: Enough time, I would say.

P3: We never met.
"""
PEOPLE = "participant,group,role\nP1,provider,lead\nP2,client/user,lead\nP3,client/user,nurse\n"
CODES = "id,name\ntime,Time\nrole,Role\n"
CODINGS = """transcript,quote,code,coder
talk,No time at all,time,anna
talk,Enough time,time,ben
talk,We never met,role,anna
"""


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("planned")
    for name, text in {
        "talk.txt": TALK, "people.csv": PEOPLE, "codes.csv": CODES, "codings.csv": CODINGS,
    }.items():  # fmt: skip
        (folder / name).write_text(text, encoding="utf-8")
    path = folder / "s.mihqda"
    for step in (
        ("init", path, "--codebook", folder / "codes.csv"),
        ("import", path, folder / "talk.txt", "--participants", folder / "people.csv"),
        ("code", path, "--from", folder / "codings.csv"),
    ):
        assert mihqda(*step).status == 0
    return path


def title(folder: Path) -> str:
    return (folder / "csv" / "method.txt").read_text(encoding="utf-8").splitlines()[0]


def test_a_plan_file_says_what_is_written_and_the_command_line_goes_before_it(
    study: Path, tmp_path: Path
) -> None:
    plan = tmp_path / "report.yaml"
    plan.write_text(
        "title: Kort\nlanguage: nl\nsections: [themes, method]\nfilter: {coders: [anna]}\n", "utf-8"
    )
    done = mihqda("report", study, "--out", tmp_path / "one", "--plan", plan, "--format", "csv")
    assert done.status == 0
    assert title(tmp_path / "one") == "Kort"
    files = {path.name for path in (tmp_path / "one" / "csv").iterdir()}
    assert "T4_themes.csv" in files
    assert "T3_codebook.csv" not in files
    said = (tmp_path / "one" / "csv" / "method.txt").read_text(encoding="utf-8")
    assert "Onderzoek: s" in said
    done = mihqda(
        "report", study, "--out", tmp_path / "two", "--plan", plan, "--format", "csv", "--title", "Long",
        "--sections", "codebook", "--language", "en", "--group", "provider",
    )  # fmt: skip
    assert done.status == 0
    assert title(tmp_path / "two") == "Long"
    assert {path.name for path in (tmp_path / "two" / "csv").glob("T*")} == {"T3_codebook.csv"}
    filtered = (tmp_path / "two" / "csv" / "method.txt").read_text(encoding="utf-8")
    assert "groups: provider; coders: anna" in filtered


def test_quotes_attribution_and_order_are_options(study: Path, tmp_path: Path) -> None:
    done = mihqda(
        "report", study, "--out", tmp_path / "r", "--format", "csv,html", "--quotes", "1", "--attribution", "role",
        "--order", "name",
    )  # fmt: skip
    assert done.status == 0
    quotes = (tmp_path / "r" / "csv" / "quotes.csv").read_text(encoding="utf-8-sig")
    assert "lead)" in quotes
    assert "P1" not in quotes
    themes = (tmp_path / "r" / "csv" / "T4_themes.csv").read_text(encoding="utf-8-sig").splitlines()
    assert [line.split(",")[0] for line in themes[1:]] == sorted(line.split(",")[0] for line in themes[1:])


def test_a_plan_of_several_reports_makes_a_folder_for_each(study: Path, tmp_path: Path) -> None:
    plan = tmp_path / "report.yaml"
    plan.write_text("reports:\n  - name: whole\n  - {name: anna alone, filter: {coders: [anna]}}\n", "utf-8")
    assert mihqda("report", study, "--out", tmp_path / "r", "--plan", plan, "--format", "csv").status == 0
    assert sorted(path.name for path in (tmp_path / "r").iterdir()) == ["anna alone", "whole"]


def test_each_group_has_a_report_in_a_folder_that_can_be_made(study: Path, tmp_path: Path) -> None:
    done = mihqda("report", study, "--out", tmp_path / "r", "--each", "group", "--format", "csv")
    assert done.status == 0
    assert sorted(path.name for path in (tmp_path / "r").iterdir()) == ["client-user", "provider"]
    assert title(tmp_path / "r" / "client-user").endswith(", client/user")
    people = (tmp_path / "r" / "client-user" / "csv" / "T1_participants.csv").read_text(encoding="utf-8-sig")
    assert "P2" in people
    assert "P1" not in people


def test_several_studies_have_a_folder_each(study: Path, tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for copy in (tmp_path / "s.mihqda", tmp_path / "b" / "S.mihqda"):
        copy.write_bytes(study.read_bytes())
    done = mihqda(
        "report",
        tmp_path / "s.mihqda",
        tmp_path / "b" / "S.mihqda",
        "--out",
        tmp_path / "r",
        "--format",
        "csv",
    )
    assert done.status == 0
    assert sorted(path.name for path in (tmp_path / "r").iterdir()) == ["S-2", "s"]


def test_a_study_that_fails_does_not_stop_the_others(study: Path, tmp_path: Path) -> None:
    done = mihqda("report", tmp_path / "no.mihqda", study, "--out", tmp_path / "r", "--format", "csv")
    assert done.status == 3
    assert "no.mihqda" in done.err
    assert (tmp_path / "r" / "s" / "csv" / "T4_themes.csv").exists()
    done = mihqda("report", tmp_path / "no.mihqda", tmp_path / "nor.mihqda", "--out", tmp_path / "q")
    assert done.status == 2


def test_a_plan_that_means_nothing_is_refused_with_its_line(study: Path, tmp_path: Path) -> None:
    plan = tmp_path / "report.yaml"
    plan.write_text("language: nl\nsection: [themes]\n", "utf-8")
    done = mihqda("report", study, "--out", tmp_path / "r", "--plan", plan)
    assert done.status == 2
    assert "report.yaml, line 2: the plan has no key 'section'" in done.err
    assert not (tmp_path / "r").exists()
    assert mihqda("report", study, "--out", tmp_path / "r", "--plan", "thems").status == 2
    assert mihqda("report", study, "--out", tmp_path / "r", "--plan", "themes", "--format", "csv").status == 0


def test_the_bar_is_silent_where_there_is_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    with Bar() as bar:
        for done in range(1, 7):
            bar("s: html", done, 6)
    assert capsys.readouterr().err == ""


def test_the_bar_shows_what_is_done_and_goes(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "80")
    with Bar() as bar:
        bar("s: counts", 1, 5)
        bar("s: html", 5, 5)
    assert "s: " in capsys.readouterr().err
