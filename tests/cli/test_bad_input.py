"""Bad input: one line with the way out, exit status 2, no traceback, the study unchanged."""

import errno
import shutil
from pathlib import Path

import pytest
from terminal import mihqda


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    path = folder / "s.mihqda"
    assert mihqda("init", path, "--codebook", "mih").status == 0
    (folder / "T.txt").write_text("Interviewer: Why?\n\nP1: No time at all.\n", encoding="utf-8")
    assert mihqda("import", path, folder / "T.txt").status == 0
    return folder


@pytest.fixture
def study(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return tmp_path / "s.mihqda"


def fails(*arguments: object, unchanged: Path | None = None, status: int = 2) -> str:
    before = unchanged.read_bytes() if unchanged else b""
    done = mihqda(*arguments)
    assert done.status == status, (done.out, done.err)
    said = done.err or done.out
    assert "Traceback" not in said
    if unchanged:
        assert unchanged.read_bytes() == before
    return said


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("nothing.txt", None, "no such file"),
        ("a.xyz", b"hello", "xyz"),
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\n ", "no speech"),
        ("binary.txt", bytes(range(256)) * 20, "binary"),
        ("damaged.docx", b"PK\x03\x04 not a zip", "docx|damaged|zip"),
        ("old.doc", b"\xd0\xcf\x11\xe0" + b"\0" * 600, r"\.docx"),
        ("scan.pdf", b"%PDF-1.7", "pdf"),
    ],
)
def test_a_bad_transcript_says_what_and_changes_nothing(
    study: Path, tmp_path: Path, name: str, content: bytes | None, says: str
) -> None:
    import re

    if content is not None:
        (tmp_path / name).write_bytes(content)
    said = fails("import", study, tmp_path / name, unchanged=study)
    assert name in said
    assert re.search(says, said, re.IGNORECASE), said


def test_one_bad_file_does_not_stop_the_others(study: Path, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "good.txt").write_text(
        "Interviewer: Why?\n\nP1: Because.\n\nInterviewer: And?\n\nP1: So.", encoding="utf-8"
    )
    (folder / "bad.docx").write_bytes(b"no")
    (folder / "README.md").write_text("about")
    (folder / "~$good.docx").write_bytes(b"lock")
    (folder / ".hidden.txt").write_text("x")
    done = mihqda("import", study, folder)
    assert done.status == 3
    assert "good.txt -> good" in done.out
    assert "bad.docx: failed" in done.err
    for skipped in ("README.md", "~$good.docx", ".hidden.txt"):
        assert f"{skipped}: skipped" in done.out


def test_the_same_bytes_are_unchanged_and_a_changed_file_is_refused(study: Path, tmp_path: Path) -> None:
    again = mihqda("import", study, tmp_path / "T.txt")
    assert (again.status, "unchanged" in again.out) == (0, True)
    (tmp_path / "T.txt").write_text("Interviewer: Why?\n\nP1: Plenty of time.\n", encoding="utf-8")
    said = fails("import", study, tmp_path / "T.txt", unchanged=study)
    assert "--id" in said
    assert mihqda("import", study, tmp_path / "T.txt", "--id", "T2").status == 0


def test_two_files_of_one_name_clash(study: Path, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(
        "P1: One thing.\n\nP2: Another.\n\nP1: Yes it is.\n\nP2: No.", encoding="utf-8"
    )
    (folder / "a.md").write_text(
        "P1: One thing!\n\nP2: Another.\n\nP1: Yes it is.\n\nP2: No.", encoding="utf-8"
    )
    done = mihqda("import", study, folder)
    assert done.status == 3
    assert "--id" in done.err


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ("participant,group\nP1,a\nP1,b\n", "row 3, group: disagrees with row 2"),
        ("participant,team\nP1,a\n", "group"),
        ("", "empty"),
    ],
)
def test_a_bad_register_stops_everything(study: Path, tmp_path: Path, rows: str, says: str) -> None:
    (tmp_path / "people.csv").write_text(rows)
    (tmp_path / "U.txt").write_text("P1: Hello there.\n\nP2: Hello.\n\nP1: Yes.\n\nP2: No.")
    said = fails(
        "import", study, tmp_path / "U.txt", "--participants", tmp_path / "people.csv", unchanged=study
    )
    assert says in said


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["T", "--at", "0:3", "--code", "mih.theme.werkload", "--coder", "a"], "is it mih.theme.workload"),
        (["T", "--at", "0:3", "--code", "mih.theme", "--coder", "a"], "container"),
        (["T", "--at", "0:9999", "--code", "mih.theme.workload", "--coder", "a"], "beyond transcript T"),
        (["T", "--at", "3:3", "--code", "mih.theme.workload", "--coder", "a"], "START:END"),
        (["T", "--at", "x", "--code", "mih.theme.workload", "--coder", "a"], "START:END"),
        (
            ["U", "--at", "0:3", "--code", "mih.theme.workload", "--coder", "a"],
            "no transcript 'U'; there are: T",
        ),
        (["T", "--quote", "nowhere", "--code", "mih.theme.workload", "--coder", "a"], "does not occur"),
        (["T", "--at", "0:3", "--code", "mih.theme.workload"], "--coder"),
        (["T", "--code", "mih.theme.workload", "--coder", "a"], "--at"),
        (
            ["T", "--at", "0:3", "--code", "mih.theme.workload", "--coder", "a", "--valence", "good"],
            "none of",
        ),
        ([], "--from"),
    ],
)
def test_a_bad_coding_says_what_and_changes_nothing(study: Path, arguments: list[str], says: str) -> None:
    assert says in fails("code", study, *arguments, unchanged=study)


def test_bad_codings_in_bulk_are_all_listed_and_none_is_written(study: Path, tmp_path: Path) -> None:
    (tmp_path / "c.csv").write_text(
        "transcript,start,end,code,coder\nT,0,3,mih.theme.workload,a\nT,0,3,nope,a\nX,0,3,mih.theme.workload,a\n"
    )
    said = fails("code", study, "--from", tmp_path / "c.csv", unchanged=study)
    assert "row 3, code" in said
    assert "row 4, transcript" in said
    assert "nothing was written" in said


def test_a_codebook_with_a_circle_is_refused_and_leaves_no_study(tmp_path: Path) -> None:
    (tmp_path / "c.yaml").write_text(
        "meta: {id: c}\ncodes:\n- {id: a, name: A, parent: b}\n- {id: b, name: B, parent: a}\n"
    )
    said = fails("init", tmp_path / "n.mihqda", "--codebook", tmp_path / "c.yaml")
    assert "circle" in said
    assert "c.yaml" in said
    assert not (tmp_path / "n.mihqda").exists()


def test_a_file_that_is_no_study_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.mihqda").write_text("hello")
    assert "no mihqda study" in fails("themes", tmp_path / "x.mihqda", unchanged=tmp_path / "x.mihqda")
    assert "mihqda init" in fails("themes", tmp_path / "missing.mihqda")


def test_themes_without_a_register_say_which_command_makes_one(study: Path) -> None:
    said = fails("themes", study, "--by", "group", unchanged=study)
    assert "mihqda participants" in said
    assert "--template" in said


def test_themes_by_an_unknown_column_name_the_columns(study: Path, tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("participant,group\nP1,a\n")
    mihqda("participants", study, "--from", tmp_path / "people.csv")
    assert "group" in fails("themes", study, "--by", "colour", unchanged=study)


def test_undo_with_nothing_to_undo_says_so(tmp_path: Path) -> None:
    mihqda("init", tmp_path / "n.mihqda")
    assert "nothing to undo" in fails("undo", tmp_path / "n.mihqda")
    assert "nothing to redo" in fails("redo", tmp_path / "n.mihqda")


def test_init_never_replaces_a_file(study: Path) -> None:
    assert "exists already" in fails("init", study, unchanged=study)


def test_an_unknown_codebook_names_the_shipped_ones(tmp_path: Path) -> None:
    assert "cfir2009, cfir2022, mih" in fails("init", tmp_path / "n.mihqda", "--codebook", "cfir")
    assert not (tmp_path / "n.mihqda").exists()


def test_a_report_into_somebody_elses_folder_is_refused(study: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.docx").write_text("precious")
    fails("report", study, "--out", tmp_path / "mine", unchanged=study)
    assert (tmp_path / "mine" / "thesis.docx").read_text() == "precious"


def test_an_unknown_report_format_names_the_known_ones(study: Path, tmp_path: Path) -> None:
    assert "docx" in fails("report", study, "--out", tmp_path / "r", "--format", "odt", unchanged=study)


def test_a_full_disk_is_a_message(study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "mkdir", full)
    assert "disk is full" in fails("demo", tmp_path / "d")


def test_damage_is_found_by_verify(study: Path) -> None:
    import sqlite3

    db = sqlite3.connect(study)
    db.execute("UPDATE contents SET text = replace(text, 'No time', 'No room')")
    db.commit()
    db.close()
    done = mihqda("verify", study)
    assert done.status == 1
    assert "changed outside mihqda" in done.err


def test_an_unknown_command_is_a_usage_error() -> None:
    assert "No such command" in fails("frobnicate")


def test_a_bad_register_found_in_a_folder_does_not_stop_the_transcripts(study: Path, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "good.txt").write_text(
        "P1: One thing.\n\nP2: Another.\n\nP1: Yes it is.\n\nP2: No.", encoding="utf-8"
    )
    (folder / "people.csv").write_text("participant,group\nP1,a\nP1,b\n")
    done = mihqda("import", study, folder, tmp_path / "missing.txt")
    assert done.status == 3
    assert "good.txt -> good" in done.out
    assert "disagrees with row 2" in done.err
    assert "missing.txt: failed: there is no such file" in done.err


def test_an_empty_folder_says_so(study: Path, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    assert "no transcripts in this folder" in fails("import", study, tmp_path / "in", unchanged=study)


def test_a_participant_is_not_made_an_interviewer_in_silence(study: Path, tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("participant,group\nP1,a\n")
    mihqda("participants", study, "--from", tmp_path / "people.csv")
    assert "participant of the register" in fails("import", study, tmp_path / "T.txt", "--interviewer", "p1")


def test_a_file_is_not_replaced_where_nobody_can_be_asked(study: Path, tmp_path: Path) -> None:
    (tmp_path / "people.xlsx").write_text("precious")
    assert "--force" in fails("participants", study, "--template", tmp_path / "people.xlsx", unchanged=study)
    assert (tmp_path / "people.xlsx").read_text() == "precious"
    assert mihqda("participants", study, "--template", tmp_path / "people.xlsx", "--force").status == 0


def test_a_study_has_its_suffix(tmp_path: Path) -> None:
    assert "y.mihqda" in fails("init", tmp_path / "y.txt")
