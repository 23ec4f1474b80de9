"""A report's folder: all of it or nothing, and nothing of anybody else's lost."""

import errno
import os
from pathlib import Path
from typing import Any

import pytest
from studies import make_study

from mihqda import registry
from mihqda.errors import InputError, PluginError
from mihqda.reports.build import build_report
from mihqda.reports.model import Report
from mihqda.reports.write import write_report

FORMATS = ("csv",)  # the quickest


@pytest.fixture(scope="module")
def report() -> Report:
    return build_report(make_study({"I1": "P1: <a>No time.</a>"}, people="g: P1", study="one"))


@pytest.fixture(scope="module")
def other() -> Report:
    return build_report(make_study({"I1": "P1: <a>No time.</a>"}, people="g: P1 P2", study="two"))


def content(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_the_files_are_returned_and_listed_in_the_marker(report: Report, tmp_path: Path) -> None:
    paths = write_report(report, tmp_path / "deep" / "out", FORMATS)
    assert all(path.is_file() for path in paths)
    assert tmp_path / "deep" / "out" / "csv" / "T4_themes.csv" in paths
    assert set(content(tmp_path / "deep" / "out")) == {
        "report.json", *(path.relative_to(tmp_path / "deep" / "out").as_posix() for path in paths)
    }  # fmt: skip


def test_an_empty_folder_is_used(report: Report, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    assert write_report(report, tmp_path / "out", FORMATS)


def test_an_earlier_report_is_replaced_and_nothing_is_left_beside_it(
    report: Report, other: Report, tmp_path: Path
) -> None:
    write_report(report, tmp_path / "out", ("csv", "xlsx"))
    write_report(other, tmp_path / "out", FORMATS)
    assert not (tmp_path / "out" / "report.xlsx").exists()
    assert b"P2" in (tmp_path / "out" / "csv" / "T1_participants.csv").read_bytes()
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_what_else_lies_in_the_folder_stays(report: Report, other: Report, tmp_path: Path) -> None:
    out = tmp_path / "out"
    write_report(report, out, FORMATS)
    (out / "notes.docx").write_bytes(b"mine")
    (out / "csv" / "mine.csv").write_bytes(b"mine too")
    (out / "pictures" / "deep").mkdir(parents=True)
    (out / "pictures" / "deep" / "a.png").write_bytes(b"and this")
    write_report(other, out, FORMATS)
    kept = content(out)
    assert (kept["notes.docx"], kept["csv/mine.csv"], kept["pictures/deep/a.png"]) == (
        b"mine",
        b"mine too",
        b"and this",
    )
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_folder_with_other_files_is_refused(report: Report, tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_bytes(b"mine")
    with pytest.raises(InputError, match="is no earlier report"):
        write_report(report, tmp_path, FORMATS)
    assert content(tmp_path) == {"thesis.docx": b"mine"}


def test_a_file_in_the_place_of_the_folder_is_refused(report: Report, tmp_path: Path) -> None:
    (tmp_path / "out").write_bytes(b"mine")
    with pytest.raises(InputError, match="is a file"):
        write_report(report, tmp_path / "out", FORMATS)


def test_a_file_that_was_changed_by_hand_is_not_overwritten(report: Report, tmp_path: Path) -> None:
    out = tmp_path / "out"
    write_report(report, out, FORMATS)
    (out / "csv" / "method.txt").write_text("edited")
    before = content(out)
    with pytest.raises(InputError, match=r"csv/method\.txt was changed"):
        write_report(report, out, FORMATS)
    assert content(out) == before


def test_a_file_of_another_that_a_new_format_would_replace_is_refused(report: Report, tmp_path: Path) -> None:
    out = tmp_path / "out"
    write_report(report, out, FORMATS)
    (out / "report.html").write_bytes(b"mine")
    before = content(out)
    with pytest.raises(InputError, match=r"report\.html that is not mihqda's"):
        write_report(report, out, ("csv", "html"))
    assert content(out) == before
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("marker", ["", "[]", '{"files": 3}', '{"files": {"../x": "0"}}', "\x00"])
def test_a_marker_that_is_not_ours_is_refused(report: Report, tmp_path: Path, marker: str) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "report.json").write_text(marker)
    (tmp_path / "x").write_bytes(b"mine")
    with pytest.raises(InputError, match=r"report\.json"):
        write_report(report, out, FORMATS)
    assert content(tmp_path) == {"out/report.json": marker.encode(), "x": b"mine"}


def test_a_report_that_lost_a_file_is_replaced(report: Report, tmp_path: Path) -> None:
    out = tmp_path / "out"
    write_report(report, out, FORMATS)
    (out / "csv" / "method.txt").unlink()
    write_report(report, out, FORMATS)
    assert (out / "csv" / "method.txt").exists()


class _FullDisk:
    name = "full"

    def write(self, report: Report, directory: Path) -> tuple[Path, ...]:
        (directory / "half").write_bytes(b"half of it")
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_full_disk_leaves_the_earlier_report(
    report: Report, other: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    write_report(report, out, FORMATS)
    before = content(tmp_path)
    monkeypatch.setattr(registry, "load", lambda group, name: _FullDisk())
    with pytest.raises(InputError, match="No space left on device") as caught:
        write_report(other, out, ["full"])
    assert "\n" not in str(caught.value)
    assert content(tmp_path) == before


@pytest.mark.parametrize("failing", [1, 2, 3, 4])
def test_a_rename_that_fails_puts_everything_back(
    report: Report, other: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: int
) -> None:
    out = tmp_path / "out"
    write_report(report, out, FORMATS)
    (out / "a.txt").write_bytes(b"mine")
    (out / "csv" / "b.txt").write_bytes(b"mine")
    before = content(tmp_path)
    calls, rename = [], os.rename

    def fail(source: Any, target: Any) -> None:
        calls.append(source)
        if len(calls) == failing:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        rename(source, target)

    monkeypatch.setattr("mihqda.reports.write.os.rename", fail)
    with pytest.raises(InputError, match="Permission denied"):
        write_report(other, out, FORMATS)
    assert content(tmp_path) == before
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_format_that_does_not_exist_names_those_that_do(report: Report, tmp_path: Path) -> None:
    with pytest.raises(PluginError, match="csv, docx, html, xlsx"):
        write_report(report, tmp_path / "out", ["pdf"])
    with pytest.raises(InputError, match="no format"):
        write_report(report, tmp_path / "out", [])
    assert not (tmp_path / "out").exists()


def test_a_name_with_spaces_and_a_relative_path_are_fine(
    report: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    paths = write_report(report, Path("mijn verslag é"), FORMATS)
    assert all(path.is_file() and not path.is_absolute() for path in paths)
