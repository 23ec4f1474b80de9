"""Suggestions through Project, with a suggester whose scores are written by hand."""

import dataclasses
import math
import threading
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from fake_suggester import Fake, registered

from mihqda import Project, Span
from mihqda.codebook import Code
from mihqda.errors import ConflictError, InputError, NotFoundError
from mihqda.project import decisions, suggestions
from mihqda.project.codings import Coded
from mihqda.project.settings import FLOOR
from mihqda.suggest.evaluation import FEWEST_PROPOSED, FRAMES, Evaluation
from mihqda.themes.frequencies import frequencies

TALK = """Interviewer: Why did it stall?

P1: No time at all.

P2: Time, time, time.

P1: I never knew who did what.

P2: Who has time? Who?
"""
CODES = (
    Code("load", "Load", keywords=("time",)), Code("role", "Role", keywords=("who",)),
    Code("role.lead", "Lead", parent="role", keywords=("what",)), Code("other", "Other"),
)  # fmt: skip


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[Fake]]:
    return registered(monkeypatch)


@pytest.fixture
def study(tmp_path: Path, made: Callable[[], list[Fake]]) -> Project:
    (tmp_path / "T.txt").write_text(TALK, encoding="utf-8")
    (tmp_path / "U.txt").write_text("P1: Time.\n", encoding="utf-8")
    project = Project.create(tmp_path / "s.mihqda")
    for code in CODES:
        project.add_code(code)
    project.import_transcripts(
        [tmp_path / "T.txt", tmp_path / "U.txt"],
        participants=pd.DataFrame({"participant": ["P1", "P2"], "group": ["a", "b"]}),
    )
    return project


def find(study: Project, quote: str, code: str = "load") -> str:
    """Return the id of the suggestion for the turn that begins so."""
    frame = study.suggestions(pending=False, hidden=True)
    return str(frame["suggestion"][frame["quote"].str.startswith(quote) & (frame["code"] == code)].iloc[0])


def counts(study: Project) -> list[int]:
    return list(frequencies(study.snapshot(), zeros=True)["codings"])


def test_suggestions_are_listed_with_what_a_coder_needs_and_are_no_codings(study: Project) -> None:
    done = study.suggest()
    assert (done.suggester, done.coded, done.segments, done.kept) == ("default", 0, 5, 0)
    frame = study.suggestions(order="reading")
    assert len(frame) == len(done.suggestions) == 7
    row = frame.iloc[0]
    assert (row["transcript"], row["name"], row["quote"], row["speaker"]) == (
        "T", "Load", "No time at all.", "P1",
    )  # fmt: skip
    assert math.isnan(row["measured"])
    assert row["decision"] == ""
    assert study.codings().empty
    assert sum(counts(study)) == 0
    assert study.verify() == ()


def test_accepting_makes_a_coding_that_remembers_the_suggestion_and_undo_takes_both_back(
    study: Project,
) -> None:
    study.suggest()
    before = study.snapshot()
    name = find(study, "No time")
    (coding,) = study.accept(name, coder="anna", valence="-", memo="hm", seconds=2.5).codings
    assert (coding.origin, coding.code, coding.coder, coding.valence) == (
        f"suggestion:{name}",
        "load",
        "anna",
        "-",
    )
    (row,) = study.snapshot().decisions.itertuples(index=False)
    assert (row.decision, row.coding, row.seconds, row.is_bulk) == ("accepted", coding.id, 2.5, False)
    assert row.probability == 0.25
    steps = len(study.history())
    study.undo()
    after = study.snapshot()
    assert len(study.history()) == steps + 1
    pd.testing.assert_frame_equal(after.codings, before.codings)
    pd.testing.assert_frame_equal(after.decisions, before.decisions)
    study.redo()
    assert study.snapshot().decisions["coding"].tolist() == [coding.id]
    assert study.verify() == ()


def test_another_code_or_span_is_a_decision_of_its_own(study: Project) -> None:
    study.suggest()
    (coding,) = study.accept(find(study, "No time"), coder="anna", code="Other").codings
    assert coding.code == "other"
    one = study.suggestion(find(study, "Time, time"))
    study.accept(one.id, coder="anna", at=(one.span.start, one.span.start + 4))
    frame = study.snapshot().decisions
    assert list(frame["decision"]) == ["changed", "changed"]
    assert list(frame["to_code"]) == ["other", "load"]
    assert frame["to_end"][1] == one.span.start + 4
    assert study.verify() == ()


def test_a_rejection_and_a_reason_are_kept_and_nothing_is_coded(study: Project) -> None:
    study.suggest()
    study.reject(find(study, "No time"), coder="anna", why="said in irony", seconds=1)
    assert study.codings().empty
    assert list(study.snapshot().decisions["decision"]) == ["rejected"]
    why = study._store.read("SELECT c.text FROM decisions d JOIN contents c ON c.key = d.why")
    assert why == [("said in irony",)]
    assert not any("irony" in str(row) for row in study._store.read("SELECT before, after FROM changes"))


def test_a_coder_sees_her_own_decisions_alone(study: Project) -> None:
    study.suggest()
    name = find(study, "No time")
    study.accept(name, coder="anna")
    assert name not in set(study.suggestions(coder="anna")["suggestion"])
    bens = study.suggestions(coder="ben")
    assert name in set(bens["suggestion"])
    assert set(bens["decision"]) == {""}
    study.reject(name, coder="ben")
    everything = study.suggestions(coder="anna", pending=False).set_index("suggestion")
    assert everything["decision"][name] == "accepted"
    assert set(study.suggestions(pending=False)["decision"]) == {""}


def test_a_coding_that_is_there_already_is_referred_to_not_doubled(study: Project) -> None:
    study.suggest()
    one = study.suggestion(find(study, "No time"))
    there = study.code("T", code="load", coder="anna", at=one.span).codings[0]
    coded = study.accept(one.id, coder="anna")
    assert (coded.codings, coded.already) == ((), 1)
    assert list(study.snapshot().decisions["coding"]) == [there.id]
    assert len(study.codings()) == 1


def test_what_was_decided_can_change_but_a_coding_is_not_lost_silently(study: Project) -> None:
    study.suggest()
    name = find(study, "No time")
    study.skip(name, coder="anna")
    study.reject(name, coder="anna")
    with pytest.raises(ConflictError, match="rejected suggestion"):
        study.reject(name, coder="anna")
    (coding,) = study.accept(name, coder="anna").codings
    with pytest.raises(ConflictError, match=f"uncode STUDY {coding.id}"):
        study.reject(name, coder="anna")
    study.uncode(coding.id)
    assert list(study.snapshot().decisions["coding"]) == [""]
    study.reject(name, coder="anna")
    assert list(study.snapshot().decisions["decision"]) == ["rejected"]
    assert study.verify() == ()


def test_refused_decisions_change_nothing(study: Project) -> None:
    study.suggest()
    name = find(study, "No time")
    before = study.snapshot().hash
    for refused, error in (
        (lambda: study.accept(name, coder=" "), "needs its coder"),
        (lambda: study.accept(name, coder="anna", code="nonsense"), "code 'nonsense'"),
        (lambda: study.accept(name, coder="anna", at=(0, 9999)), "beyond transcript"),
        (lambda: study.accept(name, coder="anna", at=(5, 3)), "0 <= start < end"),
        (lambda: study.accept(name, coder="anna", seconds=-1), "seconds"),
        (lambda: study.reject("zzz", coder="anna"), "no suggestion 'zzz'"),
        (lambda: study.skip("", coder="anna"), "no suggestion|several"),
        (lambda: study.finish("X9", coder="anna"), "no transcript 'X9'"),
        (lambda: study.reopen("T", coder="anna"), "has not finished"),
        (lambda: study.suggestions(codes="nonsense"), "no code 'nonsense'"),
        (lambda: study.suggestions(transcripts="X9"), "no transcript 'X9'"),
        (lambda: study.suggestions(order="best"), "unknown order"),  # type: ignore[arg-type]
        (lambda: study.suggest(coders="zoe"), "no coder 'zoe'"),
        (lambda: study.suggest(transcripts="X9"), "no transcript 'X9'"),
        (lambda: study.set_floor(1.5), "between 0 and 1"),
    ):
        with pytest.raises((InputError, NotFoundError, ConflictError), match=error):
            refused()
    assert study.snapshot().hash == before


def test_a_refit_keeps_decisions_and_does_not_propose_again_what_a_coder_decided(study: Project) -> None:
    study.suggest()
    accepted, rejected, skipped = (find(study, one) for one in ("No time", "Time, time", "Who has"))
    study.accept(accepted, coder="anna")
    study.reject(rejected, coder="anna")
    study.skip(skipped, coder="anna")
    before = study.snapshot().decisions
    done = study.suggest()
    assert done.kept == 3
    assert {accepted, rejected}.isdisjoint({one.id for one in done.suggestions})
    pd.testing.assert_frame_equal(study.snapshot().decisions, before)
    waiting = study.suggestions(coder="anna").set_index("suggestion")["decision"]
    assert {accepted, rejected}.isdisjoint(waiting.index)
    assert waiting[skipped] == "skipped"  # left for later
    assert {accepted, rejected} <= set(study.suggestions(coder="ben")["suggestion"])
    assert study.suggestion(accepted).probability == 0.25


def test_a_decision_on_the_same_place_and_code_counts_for_every_suggester(study: Project) -> None:
    study.suggest()
    study.suggest(suggester="keywords")
    assert len(study.suggestions(coder="anna")) == 14
    study.reject(find(study, "No time"), coder="anna")
    assert len(study.suggestions(coder="anna")) == 12


def test_suggesters_learn_from_decisions_and_finished_transcripts(
    study: Project, made: Callable[[], list[Fake]]
) -> None:
    study.suggest()
    study.accept(find(study, "No time"), coder="anna")
    study.reject(find(study, "Time, time"), coder="anna")
    study.finish("U", coder="anna")
    study.suggest()
    segments, labels = made()[-1].fitted[0]
    known = dict(zip(segments["text"], labels[:, 0], strict=True))
    assert (known["No time at all."], known["Time, time, time."], known["Time."]) == (1, 0, 0)
    assert math.isnan(known["Who has time? Who?"])
    assert math.isnan(labels[1, 1])
    study.reopen("U", coder="anna")
    study.suggest(coders="anna")
    assert math.isnan(made()[-1].fitted[0][1][-1, 0])


def test_suggesting_for_some_transcripts_learns_from_all(
    study: Project, made: Callable[[], list[Fake]]
) -> None:
    study.suggest()
    done = study.suggest(transcripts="U")
    assert {one.transcript for one in done.suggestions} == {"U"}
    assert set(made()[-1].fitted[0][0]["transcript"]) == {"T", "U"}
    assert len(study.suggestions()) == 7


def test_what_is_coded_by_hand_or_finished_waits_no_more(study: Project) -> None:
    study.suggest()
    study.code("T", code="load", coder="anna", quote="time at all")
    assert find(study, "No time") not in set(study.suggestions(coder="anna")["suggestion"])
    assert find(study, "No time") in set(study.suggestions(coder="ben")["suggestion"])
    study.finish("T", coder="anna")
    assert set(study.suggestions(coder="anna")["transcript"]) == {"U"}
    study.finish("T", coder="anna")
    assert study.history()["what"].tolist()[-1] == "finish transcript T"
    study.undo()
    assert "T" in set(study.suggestions(coder="anna")["transcript"])


def test_many_are_accepted_only_from_a_threshold_shown_first_marked_and_undone_at_once(
    study: Project,
) -> None:
    study.suggest()
    for wrong in (0, -1, 1.1, True, math.nan):
        with pytest.raises(InputError, match="above 0 and is at most 1"):
            study.accept_all(wrong, coder="anna")
    shown = study.accept_all(0.5, coder="anna")
    assert isinstance(shown, pd.DataFrame)
    assert list(shown["probability"]) == sorted(shown["probability"], reverse=True)
    assert shown["probability"].min() >= 0.5
    assert study.codings().empty
    done = study.accept_all(0.5, coder="anna", is_preview=False)
    assert isinstance(done, Coded)
    assert len(done.codings) == len(shown)
    assert study.snapshot().decisions["is_bulk"].all()
    assert set(study.snapshot().codings["origin"]) == {f"suggestion:{one}" for one in shown["suggestion"]}
    assert study.verify() == ()
    study.undo()
    assert study.codings().empty
    assert study.snapshot().decisions.empty


def test_two_suggesters_for_the_same_make_one_coding_in_bulk(study: Project) -> None:
    study.suggest()
    study.suggest(suggester="keywords")
    done = study.accept_all(0.9, coder="anna", codes="Load", is_preview=False)
    assert isinstance(done, Coded)
    assert (len(done.codings), done.already) == (2, 2)
    assert len(study.snapshot().decisions) == 4
    assert study.verify() == ()


def measure(study: Project, suggester: str = "default", *, proposed: int = 9, **precision: float) -> None:
    """Keep an evaluation that found these precisions."""
    codes = pd.DataFrame({"code": list(precision), "precision": list(precision.values())})
    codes = codes.reindex(columns=list(FRAMES["codes"]))
    codes = codes.assign(name="", examples=9, transcripts=3, proposed=proposed, is_measured=True)
    one = Evaluation(suggester=suggester, version="1", state="abc", codes=codes)
    suggestions.stored.add_evaluation(study._store, at="", who="", state="abc", result=one.to_json())


def test_suggestions_without_a_probability_need_a_measured_precision_to_be_accepted_in_bulk(
    study: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    registered(monkeypatch, is_sure=False)
    study.suggest(suggester="keywords")
    assert study.snapshot().decisions.empty
    assert len(study.accept_all(0.01, coder="anna")) == 0
    measure(study, "keywords", load=0.9, role=0.5)
    shown = study.accept_all(0.6, coder="anna")
    assert isinstance(shown, pd.DataFrame)
    assert set(shown["code"]) == {"load"}


def test_codes_that_measured_below_the_floor_are_hidden_unless_asked_for(study: Project) -> None:
    study.suggest()
    measure(study, load=0.1, role=0.5)
    assert study.floor == FLOOR
    assert "load" not in set(study.suggestions()["code"])
    frame = study.suggestions(hidden=True)
    assert set(frame["measured"][frame["code"] == "load"]) == {0.1}
    assert frame["measured"][frame["code"] == "role.lead"].isna().all()
    study.set_floor(0.05)
    assert "load" in set(study.suggestions()["code"])
    assert "load" in set(study.accept_all(0.5, coder="anna")["code"])  # type: ignore[call-overload,index]


def test_a_code_that_was_hardly_proposed_in_the_evaluation_is_not_hidden(study: Project) -> None:
    study.suggest()
    measure(study, proposed=FEWEST_PROPOSED - 1, load=0.1)
    assert study.suggestions()["measured"].isna().all()
    assert "load" in set(study.suggestions()["code"])
    measure(study, proposed=FEWEST_PROPOSED, load=0.1)
    assert "load" not in set(study.suggestions()["code"])


def test_an_evaluation_that_cannot_be_read_is_said_and_measures_nothing(study: Project) -> None:
    assert study.evaluation() is None
    measure(study, load=0.1)
    found = study.evaluation()
    assert found is not None
    assert found.of_code("load") == 0.1
    study.suggest()
    suggestions.stored.add_evaluation(study._store, at="", who="", state="", result='{"codes": [1]}')
    with pytest.raises(InputError, match="mihqda suggest evaluate"):
        study.evaluation()
    assert "load" not in set(study.suggestions()["code"])


def test_suggestions_of_another_version_are_shown_as_such(study: Project) -> None:
    study.suggest()
    assert not study.suggestions()["is_outdated"].any()
    study._store.db.execute("UPDATE suggestions SET version = '0'")
    assert study.suggestions()["is_outdated"].all()
    assert study.accept(find(study, "No time"), coder="anna").codings


def test_merging_codes_takes_decisions_along(study: Project) -> None:
    study.suggest()
    one = study.suggestion(find(study, "No time"))
    study.accept(one.id, coder="anna")
    study.reject(find(study, "Time, time"), coder="anna")
    study.accept(find(study, "Who has"), coder="anna", code="role")
    stays = study.code("T", code="other", coder="anna", at=one.span).codings[0]
    before = study.snapshot().decisions
    study.merge_codes(["load"], "other")
    frame = study.snapshot().decisions
    assert set(frame["code"]) == {"other"}
    assert frame["coding"].iloc[0] == stays.id
    assert study.verify() == ()
    assert study.suggestions(coder="anna")["code"].isin(["role", "role.lead"]).all()
    study.undo()
    pd.testing.assert_frame_equal(study.snapshot().decisions, before)


def test_an_updated_codebook_does_not_lose_a_code_that_was_decided_on(study: Project, tmp_path: Path) -> None:
    from mihqda.codebook.load import save_codebook

    study.suggest()
    study.reject(find(study, "No time"), coder="anna")
    (book,) = study.codebooks()
    save_codebook(
        book.replace(codes=tuple(code for code in book if code.id != "load")), tmp_path / "study.yaml"
    )
    study.update_codebook(tmp_path / "study.yaml")
    assert "load" in {code.id for code in study.codebooks()[0]}
    assert study.verify() == ()


def test_decisions_and_suggestions_are_there_after_a_restart(study: Project) -> None:
    study.suggest()
    study.accept(find(study, "No time"), coder="anna")
    study.finish("U", coder="anna")
    before, listed = study.snapshot(), study.suggestions(coder="anna")
    study.close()
    with Project.open(study.path) as again:
        assert again.snapshot().hash == before.hash
        pd.testing.assert_frame_equal(again.suggestions(coder="anna"), listed)
        again.undo()
        again.undo()
        assert again.codings().empty
        assert again.snapshot().decisions.empty


def test_the_same_study_and_seed_give_the_same_list(study: Project) -> None:
    study.suggest(seed=1)
    first = study.suggestions(seed=3)
    study.suggest(seed=1)
    pd.testing.assert_frame_equal(study.suggestions(seed=3), first)


def test_a_study_without_codes_or_talk_says_what_is_missing(tmp_path: Path, made: object) -> None:
    with Project.create(tmp_path / "empty.mihqda") as study:
        with pytest.raises(InputError, match="codebook load"):
            study.suggest()
        study.add_code(CODES[0])
        with pytest.raises(InputError, match="nothing to suggest codes for"):
            study.suggest()
        assert study.suggestions().empty
        assert study.suggestions(coder="anna", order="likely").empty
        shown = study.accept_all(0.5, coder="anna")
        assert isinstance(shown, pd.DataFrame)
        assert shown.empty
        done = study.accept_all(0.5, coder="anna", is_preview=False)
        assert isinstance(done, Coded)
        assert done.codings == ()


def test_a_model_folder_that_is_gone_stops_only_who_named_it(study: Project, tmp_path: Path) -> None:
    with pytest.raises(InputError):
        study.suggest(folder=tmp_path / "nowhere")
    study.set_embeddings(tmp_path / "nowhere")
    assert "without sentence embeddings" in study.suggest().notes[0]
    study.set_embeddings("")
    assert study.suggest().notes == ()


def test_a_fully_read_study_has_nothing_left(study: Project) -> None:
    for name in ("T", "U"):
        study.finish(name, coder="anna")
    done = study.suggest()
    assert done.suggestions == ()
    assert "nothing is left to suggest" in done.notes[0]


def test_a_suggestion_at_hand_can_be_decided_on_although_a_refit_replaced_it(study: Project) -> None:
    study.suggest()
    one = study.suggestion(find(study, "No time"))
    suggestions.stored.put_suggestions(study._store, [], suggester="default")
    with pytest.raises(NotFoundError, match="a refit replaces"):
        study.accept(one.id, coder="anna")
    decisions.accept(study._store, one, coder="anna")
    assert study.suggestion(one.id) == one
    study.remove_transcript("T", with_codings=True)
    with pytest.raises(NotFoundError):
        decisions.reject(study._store, dataclasses.replace(one, id="abc"), coder="anna")


def test_no_thread_stays_behind(study: Project) -> None:
    study.suggest()
    assert threading.active_count() == 1


def test_spans_are_given_as_values_or_pairs(study: Project) -> None:
    study.suggest()
    one = study.suggestion(find(study, "No time"))
    (coding,) = study.accept(one.id, coder="anna", at=Span(one.span.start, one.span.start + 7)).codings
    assert coding.span.quote(study.transcript("T").text) == "No time"


@pytest.mark.parametrize("seed", [-1, "x", 1.5, True, None])
def test_a_seed_that_is_no_whole_number_is_refused_in_one_line(study: Project, seed: object) -> None:
    calls: list[Callable[..., object]] = [
        study.suggest, study.suggestions, study.evaluate, lambda **more: study.estimate_unread("load", **more)
    ]  # fmt: skip
    for call in calls:
        with pytest.raises(InputError, match="a seed is a whole number from 0 on, got"):
            call(seed=seed)


def test_seconds_that_are_no_number_are_refused_in_one_line(study: Project) -> None:
    study.suggest()
    name = find(study, "No time")
    for wrong in ("3", -1, math.inf, True):
        with pytest.raises(InputError, match="seconds are a number from 0 on"):
            study.reject(name, coder="anna", seconds=wrong)  # type: ignore[arg-type]
    assert study.snapshot().decisions.empty


def test_many_are_accepted_only_of_the_transcripts_suggester_and_list_that_are_named(study: Project) -> None:
    study.suggest()
    study.suggest(suggester="keywords")
    assert set(study.accept_all(0.5, coder="bob")["suggester"]) == {"default", "keywords"}  # type: ignore[call-overload,index]
    done = study.accept_all(0.5, coder="bob", transcripts=["U"], suggester="keywords", is_preview=False)
    assert isinstance(done, Coded)
    assert [(one.transcript, one.code) for one in done.codings] == [("U", "load")]
    (decision,) = study.snapshot().decisions.itertuples(index=False)
    assert (decision.suggester, decision.transcript) == ("keywords", "U")
    assert len(study.accept_all(0.5, coder="bob", taught_by=["anna"])) == 0


def learn_from_two(study: Project) -> None:
    study.code("T", quote="No time at", code="other", coder="anna")
    study.code("T", quote="I never", code="other", coder="bram")
    for coders in ([], ["anna"], ["bram"]):
        study.suggest(coders=coders)


def test_each_coder_has_a_list_of_her_own_and_is_shown_that_and_others_everybodys(study: Project) -> None:
    learn_from_two(study)
    for coder, shown in (("anna", "anna"), ("bram", "bram"), ("carl", ""), ("", "")):
        frame = study.suggestions(coder=coder, pending=False)
        assert set(frame["taught_by"]) == {shown}, coder
        assert not frame.duplicated(["transcript", "start", "end", "code"]).any()
    assert set(study.suggestions(taught_by=["bram"])["taught_by"]) == {"bram"}
    names = [
        set(study.suggestions(taught_by=one, pending=False)["suggestion"]) for one in ([], "anna", "bram")
    ]
    assert len(names[0] | names[1] | names[2]) == sum(map(len, names))
    study.suggest(coders=["bram"])
    assert set(study.suggestions(taught_by="anna", pending=False)["suggestion"]) == names[1]
    assert study.verify() == ()


def test_where_a_coder_has_no_list_of_her_own_in_a_transcript_everybodys_is_shown(study: Project) -> None:
    study.suggest()
    study.code("T", quote="I never", code="other", coder="anna")
    study.suggest(coders=["anna"], transcripts=["U"])
    frame = study.suggestions(coder="anna", pending=False)
    assert set(frame["taught_by"][frame["transcript"] == "U"]) == {"anna"}
    assert set(frame["taught_by"][frame["transcript"] == "T"]) == {""}


def test_blind_is_shown_only_what_was_learned_from_her_alone_or_from_the_codebook(study: Project) -> None:
    study.suggest()
    assert len(study.suggestions(coder="anna", is_blind=True)) == 7
    learn_from_two(study)
    measure(study, load=0.9)
    assert set(study.suggestions(coder="anna", is_blind=True)["taught_by"]) == {"anna"}
    assert study.suggestions(coder="anna", is_blind=True)["measured"].isna().all()
    assert study.suggestions(coder="carl", is_blind=True).empty
    assert not study.suggestions(coder="carl").empty
    with pytest.raises(InputError, match="name the coder"):
        study.suggestions(is_blind=True)


def test_what_a_new_list_takes_the_place_of_is_said(study: Project) -> None:
    assert not any("replace" in note for note in study.suggest().notes)
    assert not any("replace" in note for note in study.suggest().notes)
    (note,) = (note for note in study.suggest("sentence").notes if "replace" in note)
    assert "default by turn that nobody decided on" in note
    study.code("T", quote="I never", code="other", coder="anna")
    assert not any("replace" in note for note in study.suggest(coders=["anna"]).notes)
    assert any("anna (renew it with --coder)" in note for note in study.suggest().notes)
