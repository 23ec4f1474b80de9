import os
import sqlite3
from pathlib import Path

import pytest

from mihqda.errors import StudyError
from mihqda.store import Store
from mihqda.store.migrations import MIGRATIONS
from mihqda.store.themes import get_setting, put_setting


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "study.mihqda"


def test_a_new_study_is_one_file_after_closing(path: Path) -> None:
    with Store.create(path) as store, store.step("set"):
        put_setting(store, "interviewers", ["KB"])
    assert [one.name for one in path.parent.iterdir()] == ["study.mihqda"]
    with Store.open(path) as store:
        assert get_setting(store, "interviewers", []) == ["KB"]


def test_an_existing_file_is_never_overwritten(path: Path) -> None:
    path.write_text("precious")
    with pytest.raises(StudyError, match="exists already"):
        Store.create(path)
    assert path.read_text() == "precious"


def test_a_missing_study_says_how_to_make_one(path: Path) -> None:
    with pytest.raises(StudyError, match="mihqda init"):
        Store.open(path)
    assert not path.exists()


@pytest.mark.parametrize("content", [b"", b"hello", b"SQLite format 3\0" + b"\0" * 200, os.urandom(4096)])
def test_a_file_that_is_no_study_is_refused_and_left_alone(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(StudyError, match="no mihqda study"):
        Store.open(path)
    assert path.read_bytes() == content


def test_another_programs_database_is_refused(path: Path) -> None:
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE notes (text TEXT)")
    db.close()
    before = path.read_bytes()
    with pytest.raises(StudyError, match="no mihqda study"):
        Store.open(path)
    assert path.read_bytes() == before


def test_a_folder_is_no_study(tmp_path: Path) -> None:
    with pytest.raises(StudyError, match="is a folder"):
        Store.open(tmp_path)


def test_a_study_from_a_newer_version_is_refused(path: Path) -> None:
    with Store.create(path) as store:
        store.db.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    with pytest.raises(StudyError, match="newer mihqda"):
        Store.open(path)


def test_a_damaged_study_is_an_error_with_a_way_out(path: Path) -> None:
    Store.create(path).close()
    data = bytearray(path.read_bytes())
    data[100:] = os.urandom(len(data) - 100)
    path.write_bytes(bytes(data))
    with pytest.raises(StudyError, match="go back to a copy"):
        Store.open(path).read("SELECT * FROM history")


def test_an_error_inside_a_step_leaves_nothing_of_it(path: Path) -> None:
    with Store.create(path) as store:
        with pytest.raises(ZeroDivisionError), store.step("half done"):
            put_setting(store, "a", 1)
            _ = 1 / 0
        assert get_setting(store, "a", None) is None
        assert store.read("SELECT count(*) FROM history") == [(0,)]


def test_a_step_that_changes_nothing_leaves_no_entry(path: Path) -> None:
    with Store.create(path) as store:
        for _ in range(2):
            with store.step("set"):
                put_setting(store, "a", 1)
        assert store.read("SELECT count(*) FROM history") == [(1,)]


def test_a_write_outside_a_step_is_a_mistake_in_the_program(path: Path) -> None:
    with Store.create(path) as store, pytest.raises(RuntimeError, match="needs an open step"):
        put_setting(store, "a", 1)


def test_the_history_cannot_be_rewritten(path: Path) -> None:
    with Store.create(path) as store:
        with store.step("set"):
            put_setting(store, "a", 1)
        for sql in ("DELETE FROM history", "UPDATE history SET what = 'nothing'"):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                store.read(sql)


def test_a_study_that_another_program_writes_to_says_so(path: Path) -> None:
    with Store.create(path) as store, Store.open(path) as other, store.step("set"):
        put_setting(store, "a", 1)
        other.db.execute("PRAGMA busy_timeout = 0")
        with pytest.raises(StudyError, match="another program is writing"), other.step("set"):
            put_setting(other, "a", 2)


def test_a_full_disk_leaves_the_study_as_it_was(path: Path) -> None:
    with Store.create(path) as store:
        pages = store.db.execute("PRAGMA page_count").fetchone()[0]
        store.db.execute(f"PRAGMA max_page_count = {pages + 2}")
        with pytest.raises(StudyError, match="disk is full"), store.step("much"):
            put_setting(store, "big", "x" * 1_000_000)
        assert get_setting(store, "big", None) is None


def test_a_study_opened_read_only_refuses_steps(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Store.create(path).close()
    monkeypatch.setattr(os, "access", lambda *_: False)
    with Store.open(path) as store:
        assert store.is_read_only
        with pytest.raises(StudyError, match="copy it to a folder of your own"), store.step("set"):
            put_setting(store, "a", 1)
