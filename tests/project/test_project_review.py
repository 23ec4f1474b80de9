"""A review of suggestions: decisions at once, learning beside them, everything taken back in order."""

import sqlite3
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fake_suggester import Fake, registered

from mihqda import Project
from mihqda.codebook import Code
from mihqda.errors import ConflictError, InputError, NotFoundError
from mihqda.project import ranks, suggestions
from mihqda.project.background import Background, StoppedError
from mihqda.project.review import Review
from mihqda.store.suggestions import put_suggestions

WORDS = ("time", "who", "money")
CODES = [Code(word, word.title(), definition=f"About {word}.", keywords=(word,)) for word in WORDS]


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Project]:
    registered(monkeypatch)
    turns = [
        f"P{at % 2 + 1}: Nobody had {' '.join([WORDS[at % 3]] * (at % 4 + 1))} for thing{at}."
        for at in range(24)
    ]
    (tmp_path / "T.txt").write_text("\n\n".join(turns), encoding="utf-8")
    with Project.create(tmp_path / "s.mihqda") as project:
        for code in CODES:
            project.add_code(code)
        project.import_transcripts([tmp_path / "T.txt"])
        project.suggest()
        yield project


def test_a_review_goes_through_what_waits_and_every_decision_is_in_the_study_at_once(study: Project) -> None:
    with study.review(coder="anna") as review:
        left = review.left
        assert left == len(study.suggestions(coder="anna")) == 24
        one = review.current
        assert one is not None
        said = review.accept(valence="-", memo="hm", seconds=1.5)
        assert said[0].startswith("coding ")
        with Project.open(study.path) as other:
            assert list(other.codings()["origin"]) == [f"suggestion:{one.id}"]
        assert review.current != one
        assert review.reject(why="no")[0].startswith("rejected: ")
        assert review.skip() == ("skipped",)
        assert (review.decided, review.skipped, review.left) == (2, 1, left - 3)
        assert list(review.queue["position"]) == list(range(1, left - 2))
    assert study.verify() == ()


def test_what_was_skipped_comes_back_at_the_end_of_the_next_review(study: Project) -> None:
    with study.review(coder="anna") as review:
        one = review.current
        assert one is not None
        left = review.left
        review.skip()
        assert one.id not in set(review.queue["suggestion"])
    with study.review(coder="anna") as review:
        assert review.left == left
        assert review.queue["suggestion"].iloc[-1] == one.id
        review.accept()
    assert one.id not in set(study.accept_all(0.01, coder="anna")["suggestion"])


def test_what_was_decided_is_not_asked_again_in_the_next_review(study: Project) -> None:
    with study.review(coder="anna") as review:
        first = review.current
        review.reject()
    with study.review(coder="anna") as review:
        assert first is not None
        assert first.id not in set(review.queue["suggestion"])
        assert review.left == 23
    with study.review(coder="ben") as review:
        assert review.left == 24


def test_a_review_to_the_end_has_no_current_suggestion(study: Project) -> None:
    with study.review(coder="anna", codes=["time"], order="reading", refit_after=0) as review:
        while review.current is not None:
            review.skip()
        assert (review.left, review.reasons, review.measured) == (0, (), None)
        with pytest.raises(NotFoundError, match="nothing is left"):
            review.accept()


def test_undo_takes_back_decisions_one_by_one_and_shows_them_again(study: Project) -> None:
    before = study.snapshot()
    with study.review(coder="anna", refit_after=0) as review:
        seen = []
        for at in range(9):
            seen.append(review.current)
            (review.accept, review.reject, review.skip)[at % 3]()
        assert (review.decided, review.skipped) == (6, 3)
        for one in reversed(seen):
            assert review.undo()[0].startswith("taken back: ")
            assert review.current == one
        assert review.decided == 0
        with pytest.raises(ConflictError, match="nothing was decided"):
            review.undo()
        assert review.left == 24
    after = study.snapshot()
    assert after.codings.equals(before.codings)
    assert after.decisions.equals(before.decisions)


def test_undo_takes_back_ones_own_decision_and_leaves_what_somebody_else_did_since(study: Project) -> None:
    with study.review(coder="anna") as review:
        one = review.current
        review.reject()
        with Project.open(study.path) as other:
            other.rename_code("money", "Funds")
        assert review.undo() == (f"taken back: reject suggestion {one.id}",)  # type: ignore[union-attr]
        assert review.current == one
    assert study.snapshot().decisions.empty
    assert "Funds" in set(study.codes()["name"])
    assert study.verify() == ()


def test_undo_of_a_decision_that_later_steps_build_on_is_refused(study: Project) -> None:
    with study.review(coder="anna") as review:
        review.accept()
        (coding,) = study.codings()["coding"]
        with Project.open(study.path) as other:
            other.uncode(coding)
        with pytest.raises(ConflictError, match="changed since then"):
            review.undo()
        assert review.decided == 1
    assert len(study.snapshot().decisions) == 1


def test_another_code_is_coded_at_once(study: Project) -> None:
    with study.review(coder="anna", codes=["time"]) as review:
        one = review.current
        assert one is not None
        review.accept(code="who")
        (row,) = study.snapshot().decisions.itertuples(index=False)
        assert (row.decision, row.code, row.to_code) == ("changed", "time", "who")
        review.undo()
        assert review.current == one


def test_a_refused_decision_leaves_the_review_where_it_is(study: Project) -> None:
    with study.review(coder="anna") as review:
        one = review.current
        with pytest.raises(InputError):
            review.accept(code="nonsense")
        with pytest.raises(InputError):
            review.reject(seconds=-1)
        assert (review.current, review.decided, review.left) == (one, 0, 24)


def test_decisions_move_the_suggestions_of_that_code_up_and_down_at_once(study: Project) -> None:
    with study.review(coder="anna", order="likely", refit_after=0) as review:
        review.wait()
        before = list(review.queue["suggestion"])
        slots = list(review.queue["code"])
        review.reject()
        after = list(review.queue["suggestion"])
        assert sorted(after) == sorted(before[1:])
        assert list(review.queue["code"]) == slots[1:]
        assert after != before[1:]


def test_after_so_many_decisions_the_suggester_learns_anew_in_the_background(
    study: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = registered(monkeypatch)
    with study.review(coder="anna", refit_after=4) as review:
        decided = set()
        for _ in range(4):
            assert review.current is not None
            decided.add(review.current.id)
            review.reject()
        review.wait()
        assert len([one for one in made() if one.fitted]) == 1
        said = review.reject()
        assert "learned anew from 0 coded segments" in said[-1]
        assert decided.isdisjoint(review.queue["suggestion"])
        assert len(study.snapshot().decisions) == 5
        review.undo()
        assert review.current is not None
        review.reject()
    assert study.verify() == ()


def test_a_suggestion_on_the_screen_can_be_decided_on_while_another_program_suggests_anew(
    study: Project,
) -> None:
    with study.review(coder="anna") as review:
        one = review.current
        assert one is not None
        with Project.open(study.path) as other:
            other._store.db.execute("DELETE FROM suggestions")
        review.accept()
        assert study.suggestion(one.id) == one
        assert review.current is None


def test_a_suggester_that_fails_in_the_background_ends_no_review(
    study: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Fake, "fit", lambda self, segments, labels: 1 / 0)
    with study.review(coder="anna", refit_after=1) as review:
        review.reject()
        review.wait()
        assert "failed with ZeroDivisionError" in review.reject()[-1]
        assert len(study.snapshot().decisions) == 2


def test_closing_stops_what_runs_and_leaves_the_ledger_as_it_was(
    study: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, closing = threading.Event(), threading.Event()

    def learn_long(self: Fake, segments: object, labels: object) -> Fake:
        begun.set()
        closing.wait(20)
        return self

    monkeypatch.setattr(Fake, "fit", learn_long)
    ledger = study._store.read("SELECT * FROM suggestions ORDER BY id")
    review = study.review(coder="anna", refit_after=1)
    review.wait()
    review.reject()
    assert begun.wait(10)
    assert review.is_refitting
    started = time.monotonic()
    review.reject()
    assert time.monotonic() - started < 2
    closing.set()
    review.close()
    review.close()
    assert threading.active_count() == 1
    assert study._store.read("SELECT * FROM suggestions ORDER BY id") == ledger
    assert len(study.snapshot().decisions) == 2


def test_background_work_gives_its_result_or_its_error() -> None:
    background = Background()
    assert background.submit(lambda: 7).result(10) == 7
    assert isinstance(background.submit(lambda: 1 / 0).exception(10), ZeroDivisionError)
    background.close()
    assert isinstance(background.submit(lambda: 7).exception(10), StoppedError)


def test_work_called_off_stops_where_it_asks_and_is_not_waited_for_without_end() -> None:
    background = Background()
    begun, stubborn = threading.Event(), threading.Event()

    def work() -> None:
        begun.set()
        while True:
            background.check("scores", 1, 2)
            time.sleep(0.001)

    future = background.submit(work)
    held = background.submit(lambda: stubborn.wait(20))
    assert begun.wait(10)
    background.close(patience=0.05)
    with pytest.raises(StoppedError):
        future.result(10)
    assert not held.done()
    stubborn.set()
    assert held.result(10)


def test_reasons_are_told_in_plain_words(study: Project) -> None:
    with study.review(coder="anna", order="likely") as review:
        assert review.measured is None
        assert any("seldom coded" in reason for reason in review.reasons)


def test_the_order_is_the_same_for_the_same_decisions(study: Project) -> None:
    orders = []
    for coder in ("anna", "ben"):
        with Review(study, coder=coder, seed=4, refit_after=0) as review:
            review.wait()
            seen = []
            for _ in range(12):
                assert review.current is not None
                seen.append(review.current.id)
                review.skip()
            orders.append(seen)
    assert orders[0] == orders[1]


def test_a_study_killed_in_a_review_holds_every_decision(study: Project, tmp_path: Path) -> None:
    with study.review(coder="anna") as review:
        for _ in range(5):
            review.accept()
        # As a power cut would leave it: the file and its log as they are now, nothing closed.
        for suffix in ("", "-wal"):
            (tmp_path / f"cut.mihqda{suffix}").write_bytes(Path(f"{study.path}{suffix}").read_bytes())
    with Project.open(tmp_path / "cut.mihqda") as cut:
        assert len(cut.codings()) == len(cut.snapshot().decisions) == 5
        assert cut.verify() == ()
    assert sqlite3.connect(tmp_path / "cut.mihqda").execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_blind_review_shows_and_learns_nothing_that_others_coded(
    study: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    for coder, quote in (("anna", "money money money for thing2."), ("bram", "for thing5.")):
        study.code("T", quote=quote, code="money", coder=coder)
    study.suggest(coders=["anna"])
    hers = set(study.codings().query("coder == 'anna'")["coding"])
    learned: list[tuple[str, ...]] = []
    learn = suggestions.learn
    monkeypatch.setattr(
        suggestions, "learn", lambda plan, **more: learned.append(plan.coders) or learn(plan, **more)
    )
    ranked: list[tuple[str, ...]] = []
    labels_of = ranks.labels_of
    monkeypatch.setattr(
        ranks, "labels_of", lambda *what, coders=(): ranked.append(coders) or labels_of(*what, coders=coders)
    )
    with study.review(coder="anna", is_blind=True, refit_after=2) as review:
        assert set(review.queue["taught_by"]) <= {"anna", ""}
        assert set(review.queue["learned_from"][review.queue["taught_by"] == ""]) <= {0}
        for _ in range(3):
            one = review.current
            assert one is not None
            assert set(one.evidence.quotes) <= hers
            review.reject()
            review.wait()
    assert learned == ranked == [("anna",)]


def test_a_suggestion_from_the_codebook_alone_is_shown_blind_without_the_quotes_of_others(
    study: Project,
) -> None:
    for coder, quote in (("anna", "thing2."), ("bram", "thing5.")):
        study.code("T", quote=quote, code="money", coder=coder)
    hers, his = study.codings().sort_values("coder")["coding"]
    with study.review(coder="carl") as review:
        one = review.current
    assert one is not None
    told = replace(one, evidence=replace(one.evidence, quotes=(his, hers)))
    study._store.db.execute("DELETE FROM suggestions")
    put_suggestions(study._store, [told], suggester="default")
    with study.review(coder="anna", is_blind=True) as review:
        assert review.current is not None
        assert review.current.evidence.quotes == (hers,)
    with study.review(coder="anna") as review:
        assert review.current == told
