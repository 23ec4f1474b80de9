"""The ledger, decisions and evaluations in the file, below any suggester."""

import dataclasses
import os
import shutil
import sqlite3
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from mihqda import Project
from mihqda.codebook import Code
from mihqda.errors import NotFoundError, StudyError
from mihqda.spans import Span
from mihqda.store import Store
from mihqda.store import suggestions as stored
from mihqda.store.database import APPLICATION_ID
from mihqda.store.migrations import MIGRATIONS, run_script
from mihqda.store.suggestions import Decision
from mihqda.store.themes import put_setting
from mihqda.suggest.model import Evidence, Suggestion, suggestion_id

TEXT = "Interviewer: Why?\n\nP1: No time 😀 at all.\n\nP1: And nobody asked.\n"


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Project]:
    (tmp_path / "T.txt").write_text(TEXT, encoding="utf-8")
    with Project.create(tmp_path / "s.mihqda") as project:
        for code in ("a", "b"):
            project.add_code(Code(code, code.upper()))
        project.import_transcripts([tmp_path / "T.txt"])
        yield project


def suggestion(start: int = 23, end: int = 30, code: str = "a", suggester: str = "default") -> Suggestion:
    return Suggestion(
        suggestion_id("T", Span(start, end), code, suggester), "T", Span(start, end), "turn", code, 0.8, 1.2,
        "strong", Evidence((Span(23, 25),), (0.5,), (Span(26, 30),), ("c1",), "definition", "no time"),
        suggester, "1", {"seed": 0, "words": ["x"]}, "abc", 7,
    )  # fmt: skip


def decision(one: Suggestion, coder: str = "anna", verdict: stored.Verdict = "rejected") -> Decision:
    return Decision(
        one.id, one.transcript, one.span, one.code, one.suggester, one.version, one.state, one.probability,
        coder, verdict, "2026-01-31T14:05:00Z",
    )  # fmt: skip


def test_a_suggestion_comes_back_as_it_was_written(study: Project) -> None:
    stored.put_suggestions(study._store, [suggestion()], suggester="default")
    assert stored.live_suggestions(study._store) == (suggestion(),)
    assert study.suggestion(suggestion().id[:6]) == suggestion()


def test_writing_suggestions_is_no_step_of_the_history(study: Project) -> None:
    steps = len(study.history())
    stored.put_suggestions(study._store, [suggestion()], suggester="default")
    assert len(study.history()) == steps


def test_new_suggestions_replace_the_undecided_ones_of_the_same_suggester(study: Project) -> None:
    store = study._store
    decided, other = suggestion(23, 30), suggestion(23, 30, suggester="keywords")
    stored.put_suggestions(store, [decided, suggestion(40, 45)], suggester="default")
    stored.put_suggestions(store, [other], suggester="keywords")
    with store.step("decide"):
        stored.put_decisions(store, [decision(decided)])
    assert stored.put_suggestions(store, [suggestion(46, 50)], suggester="default") == (1, 1)
    assert {one.id for one in stored.live_suggestions(store)} == {decided.id, other.id, suggestion(46, 50).id}


def test_a_refit_for_one_transcript_leaves_the_others(study: Project, tmp_path: Path) -> None:
    (tmp_path / "U.txt").write_text(TEXT + "more", encoding="utf-8")
    study.import_transcripts([tmp_path / "U.txt"])
    stored.put_suggestions(study._store, [suggestion()], suggester="default")
    stored.put_suggestions(study._store, [], suggester="default", transcripts=["U"])
    assert len(stored.live_suggestions(study._store)) == 1
    stored.put_suggestions(study._store, [], suggester="default", transcripts=["T"])
    assert stored.live_suggestions(study._store) == ()


def test_suggestions_of_a_transcript_that_was_taken_out_go_and_come_back_with_it(study: Project) -> None:
    store = study._store
    stored.put_suggestions(store, [suggestion()], suggester="default")
    with store.step("decide"):
        stored.put_decisions(store, [decision(suggestion())])
        stored.put_finished(store, "T", "anna")
    study.remove_transcript("T")
    assert stored.live_suggestions(store) == ()
    assert study.snapshot().decisions.empty
    assert study.snapshot().finished.empty
    assert study.verify() == ()
    study.undo()
    assert stored.live_suggestions(store) == (suggestion(),)
    assert len(study.snapshot().decisions) == len(study.snapshot().finished) == 1


def test_suggestions_for_another_text_under_the_same_id_are_not_shown(study: Project, tmp_path: Path) -> None:
    stored.put_suggestions(study._store, [suggestion()], suggester="default")
    study.remove_transcript("T")
    (tmp_path / "T.txt").write_text("P1: Hm, other words.\n", encoding="utf-8")
    study.import_transcripts([tmp_path / "T.txt"])
    assert stored.live_suggestions(study._store) == ()
    with pytest.raises(NotFoundError, match="there is no suggestion"):
        study.suggestion(suggestion().id)
    assert study.verify() == ()


def test_suggestions_of_a_retired_code_are_not_shown(study: Project) -> None:
    stored.put_suggestions(study._store, [suggestion()], suggester="default")
    study.retire_code("a")
    assert stored.live_suggestions(study._store) == ()
    study.undo()
    assert len(stored.live_suggestions(study._store)) == 1


def test_two_coders_decide_on_one_suggestion_and_each_only_once(study: Project) -> None:
    store, one = study._store, suggestion()
    with store.step("decide"):
        stored.put_decisions(store, [decision(one), decision(one, "ben", "skipped")])
    with store.step("decide otherwise"):
        stored.put_decisions(store, [decision(one, "ben")])
    assert list(study.snapshot().decisions["decision"]) == ["rejected", "rejected"]
    study.undo()
    assert list(study.snapshot().decisions["decision"]) == ["rejected", "skipped"]


def test_only_derived_tables_can_be_written_without_a_step(study: Project) -> None:
    with pytest.raises(sqlite3.IntegrityError), study._store.derive():
        put_setting(study._store, "a", 1)
    with pytest.raises(RuntimeError, match="cannot begin while derived data"), study._store.derive():
        study.add_code(Code("c", "C"))
    study.add_code(Code("c", "C"))


def test_an_error_while_deriving_leaves_nothing_of_it(study: Project) -> None:
    store = study._store
    with pytest.raises(ZeroDivisionError), store.derive():
        stored.keep_suggestion(store, suggestion())
        _ = 1 / 0
    assert stored.live_suggestions(store) == ()


def test_a_full_disk_or_another_writer_is_explained_while_deriving(study: Project) -> None:
    store = study._store
    pages = store.db.execute("PRAGMA page_count").fetchone()[0]
    store.db.execute(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(StudyError, match="disk is full"):
        stored.add_evaluation(store, at="", who="", state="", result='"' + "x" * 1_000_000 + '"')
    store.db.execute("PRAGMA max_page_count = 1000000")
    assert stored.last_evaluation(store) is None
    with Store.open(study.path) as other, store.step("set"):
        put_setting(store, "a", 1)
        other.db.execute("PRAGMA busy_timeout = 0")
        with pytest.raises(StudyError, match="another program is writing"):
            stored.keep_suggestion(other, suggestion())


def test_a_stored_evaluation_reaches_the_snapshot_at_once(study: Project) -> None:
    before = study.snapshot()
    stored.add_evaluation(study._store, at="2026-01-31T14:05:00Z", who="anna", state="abc", result="{}")
    assert list(study.snapshot().evaluations["evaluation"]) == [1]
    assert study.snapshot().hash != before.hash


def test_what_does_not_fit_is_found_by_verify(study: Project) -> None:
    stored.put_suggestions(study._store, [suggestion(23, 5000)], suggester="default")
    assert "leaves transcript T" in study.verify()[0]
    stored.put_suggestions(study._store, [suggestion()], suggester="default")
    study._store.db.execute("UPDATE suggestions SET evidence = '[]'")
    assert "cannot be read" in study.verify()[0]
    stored.put_suggestions(study._store, [], suggester="default")
    with study._store.step("decide"):
        stored.put_decisions(study._store, [decision(suggestion(23, 5000))])
    assert "decision of anna" in study.verify()[0]


def make_version_1(path: Path) -> None:
    """Write a study as the first version of mihqda did."""
    db = sqlite3.connect(path, isolation_level=None)
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    run_script(db, files("mihqda.store").joinpath("schema.sql").read_text(encoding="utf-8"))
    db.execute("INSERT INTO settings VALUES ('interviewers', '[\"KB\"]')")
    db.execute("PRAGMA user_version = 1")
    db.close()


def test_a_study_of_the_first_version_is_backed_up_and_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "old.mihqda"
    make_version_1(path)
    with Project.open(path) as project:
        assert project.snapshot().decisions.empty
        assert project.verify() == ()
        assert project._store.read("PRAGMA user_version") == [(len(MIGRATIONS),)]
        assert project._store.read("SELECT value FROM settings") == [('["KB"]',)]
    backup = sqlite3.connect(tmp_path / "old.mihqda.v1.backup")
    assert backup.execute("PRAGMA user_version").fetchone() == (1,)
    backup.close()


def test_a_study_of_the_first_version_that_cannot_be_written_to_is_read_and_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "old.mihqda"
    make_version_1(path)
    before = shutil.copy(path, tmp_path / "copy").read_bytes()
    monkeypatch.setattr(os, "access", lambda *_: False)
    with Project.open(path) as project:
        assert project.snapshot().decisions.empty
        assert project.verify() == ()
        with pytest.raises(StudyError, match="cannot be written to"):
            stored.keep_suggestion(project._store, suggestion())
    assert path.read_bytes() == before
    assert sorted(one.name for one in tmp_path.iterdir()) == ["copy", "old.mihqda"]


def test_there_is_a_list_for_each_suggester_and_the_coders_it_learned_from(study: Project) -> None:
    store = study._store

    def taught(start: int, *coders: str) -> Suggestion:
        one = suggestion(start, start + 4)
        name = suggestion_id("T", one.span, one.code, one.suggester, coders)
        return dataclasses.replace(one, id=name, settings={"seed": 0, "coders": list(coders)})

    everybody, anna, both = suggestion(), taught(23, "anna"), taught(23, "bram", "anna")
    stored.put_suggestions(store, [everybody], suggester="default")
    stored.put_suggestions(store, [anna], suggester="default", coders=("anna",))
    stored.put_suggestions(store, [both], suggester="default", coders=("anna", "bram"))
    assert {one.id for one in stored.live_suggestions(store)} == {everybody.id, anna.id, both.id}
    assert stored.lists_of(store, "default") == {
        (): {"turn"},
        ("anna",): {"turn"},
        ("anna", "bram"): {"turn"},
    }
    again = taught(40, "anna")
    assert stored.put_suggestions(store, [again], suggester="default", coders=("anna",)) == (1, 0)
    assert {one.id for one in stored.live_suggestions(store)} == {everybody.id, again.id, both.id}


def test_a_list_from_before_there_were_several_gives_way_to_that_of_its_coders_and_never_stands_in_the_way(
    study: Project,
) -> None:
    store = study._store
    old = dataclasses.replace(suggestion(), settings={"coders": ["bram", "anna"]})
    stored.put_suggestions(store, [old], suggester="default")
    stored.put_suggestions(store, [suggestion()], suggester="default")
    assert stored.live_suggestions(store) == (suggestion(),)
    stored.put_suggestions(store, [old], suggester="default")
    stored.put_suggestions(store, [], suggester="default", coders=("anna", "bram"))
    assert stored.live_suggestions(store) == ()
