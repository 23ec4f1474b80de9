"""The flow of a small study on the command line, with the figures that a hand count gives."""

import csv
import io
import json
import shutil
from pathlib import Path

import pytest
from terminal import mihqda

FG = """Moderator: How did it go?

IM1: Nobody knew who did what 😀. Really nobody.

IM2: Ja.

IM1: And we had no time.

PL1: I had time enough.

Speaker 3: We never met.
"""
IV = """I: And the roles?

R: My role was clear to me.

R: The hours were not.
"""
PEOPLE = """participant;group;role;transcript;speaker
IM1;provider;implementation manager;;
IM2;provider;implementation manager;;
IM3;provider;account manager;;
PL1;client;project lead;iv;R
PL2;client;project lead;;
"""
CODES = "id,name,parent\ntheme,Themes,\nrole,Role clarity,theme\ntime,Time,theme\n"
CODINGS = """transcript,quote,code,coder,valence
fg,Nobody knew who did what 😀.,role,anna,-
fg,Really nobody,role,anna,-
fg,And we had no time,time,anna,−
fg,I had time enough,time,ben,plus
fg,We never met,role,anna,
iv,My role was clear to me,role,anna,+
iv,The hours were not,time,anna,-
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    tmp_path = tmp_path_factory.mktemp("made")
    for name, text in {
        "fg.txt": FG, "iv.txt": IV, "people.csv": PEOPLE, "codes.csv": CODES, "codings.csv": CODINGS,
    }.items():  # fmt: skip
        (tmp_path / name).write_text(text, encoding="utf-8")
    folder, path = tmp_path, tmp_path / "s.mihqda"
    assert mihqda("init", path, "--codebook", folder / "codes.csv").status == 0
    done = mihqda(
        "import", path, folder / "fg.txt", folder / "iv.txt", "--participants", folder / "people.csv"
    )
    assert done.status == 0, done.err
    done = mihqda("code", path, "--from", folder / "codings.csv")
    assert done.status == 0, done.err
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return tmp_path


@pytest.fixture
def study(folder: Path) -> Path:
    return folder / "s.mihqda"


def rows(said: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(said)))


def test_themes_are_one_tidy_row_per_theme_and_group(study: Path) -> None:
    said = mihqda("themes", study, "--by", "group", "--format", "csv")
    table = rows(said.out)
    assert list(table[0]) == [
        "theme", "group", "participants", "N", "plus", "minus", "mixed", "mentions", "codings", "sessions", "rate",
    ]  # fmt: skip
    cell = {(row["theme"], row["group"]): row for row in table}
    role = cell["role", "provider"]
    assert (role["participants"], role["N"], role["minus"], role["mentions"], role["codings"]) == (
        "1",
        "3",
        "1",
        "1",
        "2",
    )
    assert (cell["role", "client"]["participants"], cell["role", "client"]["N"]) == ("1", "2")
    both = cell["theme", "(all)"]
    assert (both["participants"], both["N"], both["plus"], both["minus"], both["mixed"]) == (
        "2",
        "5",
        "1",
        "2",
        "1",
    )
    unassigned = cell["role", "(unassigned)"]
    assert (unassigned["participants"], unassigned["N"], unassigned["codings"]) == ("", "", "1")


@pytest.mark.parametrize("count", ["participants", "mentions", "codings", "sessions", "rate"])
def test_the_tidy_table_is_the_same_whatever_is_counted_on_the_terminal(study: Path, count: str) -> None:
    plain = mihqda("themes", study, "--by", "group", "--format", "json").out
    assert mihqda("themes", study, "--by", "group", "--count", count, "--format", "json").out == plain
    shown = mihqda("themes", study, "--by", "group", "--count", count)
    assert shown.status == 0
    assert "Role clarity" in shown.out
    assert "coders (union)" in shown.out


def test_undefined_is_null_in_json(study: Path) -> None:
    table = json.loads(mihqda("themes", study, "--by", "group", "--format", "json").out)
    row = next(one for one in table if one["group"] == "(unassigned)" and one["theme"] == "role")
    assert row["participants"] is None
    assert row["N"] is None
    assert row["rate"] is None


def test_filters_narrow_and_are_printed(study: Path) -> None:
    table = rows(mihqda("themes", study, "--group", "client", "--format", "csv").out)
    assert {row["group"] for row in table} == {"client", "(all)"}
    assert {row["N"] for row in table} == {"2"}
    shown = mihqda("themes", study, "--by", "role", "--coder", "anna")
    assert "filters: coders anna" in shown.out
    wrong = mihqda("themes", study, "--coder", "zoe")
    assert wrong.status == 2
    assert "there are: anna, ben" in wrong.err


@pytest.mark.parametrize("fmt", ["table", "csv", "json", "md"])
@pytest.mark.parametrize(
    "command",
    [
        ["participants"], ["participants", "--speakers"], ["transcripts"], ["show", "fg"],
        ["segments", "--unit", "sentence"], ["codebook", "list"], ["codings"], ["history"], ["frequencies"],
        ["cooccurrence"], ["cooccurrence", "--unit", "turn"], ["themes"], ["themes", "--by", "phase"], ["theme", "list"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_every_listing_comes_in_every_format(study: Path, command: list[str], fmt: str) -> None:
    words = 2 if command[0] in ("codebook", "theme") else 1
    done = mihqda(*command[:words], study, *command[words:], "--format", fmt)
    assert done.status == 0, done.err
    if fmt == "json":
        json.loads(done.out)


def test_codings_list_quote_and_speaker_and_load_back_as_they_are(study: Path, folder: Path) -> None:
    said = mihqda("codings", study, "--format", "csv").out
    table = rows(said)
    assert len(table) == 7
    assert {row["quote"] for row in table if row["participants"] == "IM1"} == {
        "Nobody knew who did what 😀.", "Really nobody", "And we had no time",
    }  # fmt: skip
    (folder / "again.csv").write_text(said, encoding="utf-8")
    again = mihqda("code", study, "--from", folder / "again.csv")
    assert again.status == 0
    assert "0 codings written, 7 were there" in again.out


def test_one_coding_by_position_and_by_quote_and_back(study: Path) -> None:
    done = mihqda(
        "code", study, "iv", "--quote", "hours were not", "--code", "Time", "--coder", "ben", "--valence", "-"
    )
    assert done.status == 0, done.err
    coding = done.out.split()[1].rstrip(":")
    assert mihqda("code", study, "iv", "--at", "0:3", "--code", "time", "--coder", "ben").status == 0
    assert mihqda("uncode", study, coding[:6], "--why", "twice").status == 0
    assert len(rows(mihqda("codings", study, "--format", "csv").out)) == 8
    assert "remove 1 coding" in mihqda("undo", study).out
    assert len(rows(mihqda("codings", study, "--format", "csv").out)) == 9
    assert "remove 1 coding" in mihqda("redo", study).out
    assert "twice" in mihqda("history", study).out


def test_coding_the_interviewer_warns(study: Path) -> None:
    done = mihqda("code", study, "iv", "--quote", "And the roles?", "--code", "role", "--coder", "anna")
    assert done.status == 0
    assert "interviewer's turns alone" in done.err


def test_a_theme_over_codes_is_counted_like_a_code(study: Path) -> None:
    assert mihqda("theme", "add", study, "Role or time", "role", "time").status == 0
    assert mihqda("theme", "add", study, "Both", "--query", "role and time").status == 0
    cell = {(r["theme"], r["group"]): r for r in rows(mihqda("themes", study, "--format", "csv").out)}
    assert cell["role-or-time", "(all)"]["participants"] == "2"
    assert ("both", "(all)") in cell or mihqda("themes", study, "--zeros").status == 0
    assert mihqda("theme", "remove", study, "both").status == 0
    assert mihqda("theme", "remove", study, "both").status == 2


def test_the_template_is_completed_and_loaded_back(folder: Path) -> None:
    study, book = folder / "t.mihqda", folder / "people.xlsx"
    mihqda("init", study)
    said = mihqda("import", study, folder / "fg.txt")
    assert "4 voices not mapped" in said.out
    assert "mihqda participants" in said.out
    assert mihqda("participants", study, "--template", book).status == 0
    from openpyxl import load_workbook

    workbook = load_workbook(book)
    sheet = workbook.active
    head = [cell.value for cell in sheet[1]]
    for row in sheet.iter_rows(min_row=2):
        values = dict(zip(head, row, strict=True))
        if values["speaker"].value == "PL1":
            values["participant"].value, values["group"].value = "PL1", "client"
        elif values["participant"].value:
            values["group"].value = "provider"
    workbook.save(book)
    done = mihqda("participants", study, "--from", book)
    assert done.status == 0, done.err
    assert "1 voice not mapped to a participant: Speaker 3 in fg" in done.out
    assert {row["group"] for row in rows(mihqda("participants", study, "--format", "csv").out)} == {
        "client",
        "provider",
    }


def test_a_codebook_is_revised_and_codings_follow(study: Path) -> None:
    assert (
        mihqda("codebook", "add", study, "own", "--name", "Own", "--parent", "theme", "--why", "new").status
        == 0
    )
    assert mihqda("codebook", "rename", study, "own", "Mine").status == 0
    assert mihqda("codebook", "move", study, "own", "--top").status == 0
    assert "3 codings followed" in mihqda("codebook", "merge", study, "time", "--into", "own").out
    assert {r["code"] for r in rows(mihqda("codings", study, "--format", "csv").out)} == {"role", "own"}
    assert mihqda("codebook", "retire", study, "own").status == 0
    refused = mihqda("code", study, "iv", "--at", "0:3", "--code", "own", "--coder", "anna")
    assert (refused.status, "retired" in refused.err) == (2, True)
    assert "Mine" in mihqda("codebook", "show", study, "own").out
    cycle = mihqda("codebook", "move", study, "theme", "--under", "role")
    assert cycle.status == 2


def test_an_edited_codebook_is_loaded_as_an_update_with_its_diff(study: Path, folder: Path) -> None:
    mihqda("codebook", "rename", study, "role", "Who does what")
    edited = folder / "new.yaml"
    assert mihqda("codebook", "convert", folder / "codes.csv", edited).status == 0
    edited.write_text(
        edited.read_text(encoding="utf-8").replace("name: Time", "name: Time and hours"), encoding="utf-8"
    )
    dry = mihqda("codebook", "update", study, edited, "--dry-run")
    assert (dry.status, "Time and hours" in dry.out) == (0, True), dry.err
    done = mihqda("codebook", "update", study, edited, "--format", "json")
    assert done.status == 0
    (change,) = json.loads(done.out)
    assert (change["change"], change["code"], change["codings"]) == ("renamed", "time", 3)
    names = {
        row["code"]: row["name"] for row in rows(mihqda("codebook", "list", study, "--format", "csv").out)
    }
    assert names["role"] == "Who does what"
    assert names["time"] == "Time and hours"


def test_the_report_is_written_in_every_format_and_verify_is_content(study: Path, folder: Path) -> None:
    done = mihqda("report", study, "--out", folder / "report")
    assert done.status == 0, done.err
    assert {Path(line).suffix for line in done.out.split()} >= {".html", ".docx", ".xlsx", ".csv"}
    assert mihqda("verify", study).status == 0


def test_a_typing_error_in_the_register_can_be_taken_out(study: Path, folder: Path) -> None:
    (folder / "more.csv").write_text("participant,group\nP9,client\n")
    said = mihqda("participants", study, "--from", folder / "more.csv").out
    assert "in the study but not in this table, kept (remove with --remove): IM1, IM2, IM3, PL1, PL2" in said
    assert mihqda("participants", study, "--remove", "P9", "--why", "typing error").status == 0
    assert "P9" not in mihqda("participants", study, "--format", "csv").out
    assert mihqda("participants", study, "--remove", "P9").status == 2


def test_references_that_lead_nowhere_are_named(study: Path, folder: Path) -> None:
    (folder / "people.csv").write_text(
        "participant,group,transcript,speaker\nPL1,client,fgx,R\nPL2,client,fg,P44\n"
    )
    (folder / "sessions.csv").write_text("session,kind,transcripts\nS,interview,nope\n")
    said = mihqda(
        "import", study, "--participants", folder / "people.csv", "--sessions", folder / "sessions.csv"
    ).out
    assert "transcripts that are not imported (yet): fgx" in said
    assert "labels that do not occur there: P44 in fg" in said
    assert "not imported (yet): nope" in said


def test_a_transcript_can_be_taken_out_with_its_codings_if_that_is_said(study: Path) -> None:
    assert "2 codings" in mihqda("transcripts", study, "--remove", "iv").err
    assert mihqda("transcripts", study, "--remove", "iv", "--with-codings").status == 0
    assert "iv" not in {
        row["transcript"] for row in rows(mihqda("transcripts", study, "--format", "csv").out)
    }
    assert mihqda("undo", study).status == 0
    assert len(rows(mihqda("codings", study, "--format", "csv").out)) == 7


def test_merging_does_not_leave_a_coding_twice(study: Path) -> None:
    assert (
        mihqda("code", study, "fg", "--quote", "We never met", "--code", "time", "--coder", "anna").status
        == 0
    )
    assert (
        "3 codings followed, 1 stood there already"
        in mihqda("codebook", "merge", study, "time", "--into", "role").out
    )


def test_a_theme_is_found_by_its_name(study: Path) -> None:
    mihqda("theme", "add", study, "Role or time", "role", "time")
    assert (
        mihqda("themes", study, "--theme", "role OR time", "--format", "csv").out.count("role-or-time") == 4
    )


def test_hints_can_be_pasted(tmp_path: Path) -> None:
    study = tmp_path / "my study.mihqda"
    assert f"mihqda import '{study}'" in mihqda("init", study).out
    assert f"'{study}' --template" in mihqda("themes", study).err


def test_a_narrow_terminal_keeps_the_columns(study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    said = mihqda("themes", study).out
    assert "Role clarity" in said
    assert "1/3" in said
