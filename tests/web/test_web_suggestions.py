"""Suggestions in the margin: shown apart from codings, decided one by one, blind to others' work."""

from __future__ import annotations

import time
from typing import Any

import fake_suggester
import pytest
from browsing import Browser, open_app, place_of
from proposing import propose

from mihqda import Project
from mihqda.project import suggestions
from mihqda.web.refit import learn_anew


@pytest.fixture
def ids(project: Project) -> list[str]:
    return propose(
        project,
        ("Nobody had time", "time", 0.9),
        ("The roles were unclear", "roles", 0.5),
        ("nobody knew whom to call", "load", 0.3),
    )


def waiting(browser: Browser, order: str = "reading") -> list[str]:
    found = browser.get(f"/api/transcripts/T1/suggestions?order={order}").json()["suggestions"]
    return [one["id"] for one in found if one["decision"] == ""]


def test_suggestions_come_in_the_order_that_is_asked_for(anna: Browser, ids: list[str]) -> None:
    assert waiting(anna) == ids
    assert waiting(anna, "likely") == ids
    assert waiting(anna, "uncertain")[0] == ids[1]
    assert sorted(waiting(anna, "rare")) == sorted(ids)
    assert anna.get("/api/transcripts/T1/suggestions?order=best").status_code == 400
    assert anna.get("/api/transcripts/T2/suggestions?order=best").status_code == 400
    answer = anna.get("/api/transcripts/T1/suggestions").json()
    assert (answer["suggester"], answer["is_measured"], answer["is_refitting"]) == ("default", False, False)
    assert anna.get("/api/study").json()["has_suggestions"]
    assert anna.get("/api/changes?since=0").json()["suggestions"] == answer["state"] != ""


def test_evidence_says_where_the_words_are_and_what_they_resemble(anna: Browser, ids: list[str]) -> None:
    evidence = anna.get(f"/api/suggestions/{ids[0]}").json()
    assert (evidence["field"], evidence["matched"], evidence["decision"]) == ("definition", "No hours.", "")
    assert evidence["words"] == [{"start": evidence["start"], "end": evidence["start"] + 6, "weight": 1.5}]
    assert anna.get("/api/suggestions/none").status_code == 404
    assert anna.get(f"/api/suggestions/{ids[0][:6]}").status_code == 404


def test_accepting_makes_a_coding_that_remembers_where_it_came_from(
    anna: Browser, project: Project, ids: list[str]
) -> None:
    decided = anna.post(
        f"/api/suggestions/{ids[0]}/accept", {"valence": "-", "memo": "m", "seconds": 2.5}
    ).json()
    assert (decided["coding"]["origin"], decided["coding"]["valence"]) == (f"suggestion:{ids[0]}", "-")
    assert [(one["id"], one["decision"]) for one in decided["changed"]] == [(ids[0], "accepted")]
    assert waiting(anna) == ids[1:]
    again = anna.post(f"/api/suggestions/{ids[0]}/accept", {"valence": "-", "memo": "m"})
    assert again.json()["coding"] == decided["coding"]
    assert len(project.codings()) == 1
    other = anna.post(f"/api/suggestions/{ids[0]}/accept", {"code": "load"})
    assert other.status_code == 409


def test_another_code_or_span_counts_as_changed(anna: Browser, ids: list[str]) -> None:
    first = anna.get(f"/api/suggestions/{ids[1]}").json()
    decided = anna.post(f"/api/suggestions/{ids[1]}/accept", {"end": first["end"] - 8, "code": "time"}).json()
    assert (decided["coding"]["code"], decided["coding"]["end"]) == ("time", first["end"] - 8)
    assert decided["changed"][0]["decision"] == "changed"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"code": "all"}, 400), ({"code": "none"}, 400), ({"start": 5000, "end": 6000}, 400), ({"start": 9000}, 400),
        ({"end": 0}, 400), ({"seconds": -1}, 422), ({"valence": "good"}, 422), ({"coder": "ben"}, 422),
    ],
)  # fmt: skip
def test_a_decision_that_cannot_be_is_refused(
    anna: Browser, project: Project, ids: list[str], body: dict[str, Any], status: int
) -> None:
    assert anna.post(f"/api/suggestions/{ids[0]}/accept", body).status_code == status
    assert waiting(anna) == ids
    assert len(project.codings()) == 0


def test_rejecting_and_skipping_are_written_once_and_undone_in_one_step(
    anna: Browser, ids: list[str]
) -> None:
    for _ in range(2):
        assert anna.post(f"/api/suggestions/{ids[0]}/reject", {"why": "not hers"}).status_code == 200
        assert anna.post(f"/api/suggestions/{ids[1]}/skip").status_code == 200
    assert waiting(anna) == ids[2:]
    anna.post(f"/api/suggestions/{ids[2]}/accept")
    assert [anna.post("/api/undo").status_code for _ in range(4)] == [200, 200, 200, 409]
    assert waiting(anna) == ids
    assert anna.get("/api/transcripts/T1/codings").json()["codings"] == []


def test_what_is_coded_by_hand_or_in_a_finished_transcript_waits_no_more(
    anna: Browser, project: Project, ids: list[str]
) -> None:
    anna.post("/api/codings", {**place_of(project, "T1", "had time"), "code": "time"})
    assert waiting(anna) == ids[1:]
    assert anna.post("/api/transcripts/T1/finished", {"finished": True}).json() == {"finished": ["anna"]}
    assert anna.post("/api/transcripts/T1/finished", {"finished": True}).json() == {"finished": ["anna"]}
    assert waiting(anna) == []
    assert anna.get("/api/study").json()["transcripts"][0]["finished"] == ["anna"]
    assert anna.post("/api/transcripts/T1/finished", {"finished": False}).json() == {"finished": []}
    assert waiting(anna) == ids[1:]
    assert anna.post("/api/transcripts/T9/finished", {"finished": True}).status_code == 404


def test_decisions_are_each_coders_own(anna: Browser, project: Project, ids: list[str]) -> None:
    Browser(open_app(project, coder="ben")).post(f"/api/suggestions/{ids[0]}/reject")
    assert waiting(anna) == ids


def test_a_blind_coder_is_shown_what_was_learned_from_her_or_the_codebook_alone(project: Project) -> None:
    blind = Browser(open_app(project, coder="anna", is_blind=True))
    (name,) = propose(project, ("Nobody had time", "time", 0.9), coded=9)
    assert waiting(blind) == []
    assert blind.get(f"/api/suggestions/{name}").status_code == 404
    for answer in ("accept", "reject", "skip"):
        assert blind.post(f"/api/suggestions/{name}/{answer}").status_code == 404
    assert not blind.get("/api/study").json()["has_suggestions"]
    for whose, seen in ((("ben",), []), (("anna", "ben"), []), (("anna",), [name])):
        propose(project, ("Nobody had time", "time", 0.9), coded=9, coders=whose)
        assert waiting(blind) == seen
        assert blind.get("/api/study").json()["has_suggestions"] is bool(seen)
    propose(project, ("Nobody had time", "time", None), coded=0)
    assert waiting(blind) == [name]


def test_a_blind_coder_is_not_shown_the_quotes_of_others(project: Project) -> None:
    his, _ = project.desk("ben").apply(**place_of(project, "T2", "We had time"), code="time")
    hers, _ = project.desk("anna").apply(**place_of(project, "T2", "Yes, time."), code="time")
    (name,) = propose(project, ("Nobody had time", "time", None), coded=0)
    project._store.db.execute(
        "UPDATE suggestions SET evidence = json_set(evidence, '$.quotes', json_array(?, ?))",
        (his.id, hers.id),
    )
    blind = Browser(open_app(project, coder="anna", is_blind=True))
    seeing = Browser(open_app(project, coder="anna"))
    path = f"/api/suggestions/{name}"
    assert [one["text"] for one in blind.get(path).json()["quotes"]] == ["Yes, time."]
    assert [one["text"] for one in seeing.get(path).json()["quotes"]] == ["We had time", "Yes, time."]


def test_a_blind_coder_who_coded_nothing_cannot_have_suggestions_made(project: Project) -> None:
    project.desk("ben").apply(**place_of(project, "T2", "We had time"), code="time")
    blind = Browser(open_app(project, coder="anna", is_blind=True))
    answer = blind.post("/api/suggestions/refit")
    assert answer.status_code == 409
    assert "ben" not in answer.text


def test_suggestions_are_made_anew_beside_the_server_and_pages_hear_of_it(
    anna: Browser, project: Project
) -> None:
    anna.post("/api/codings", {**place_of(project, "T1", "Nobody had time"), "code": "time"})
    before = anna.get("/api/changes").json()
    assert anna.post("/api/suggestions/refit").json() == {"started": True}
    assert anna.post("/api/suggestions/refit", {"transcript": "T1"}).json() == {"started": False}
    assert anna.post("/api/suggestions/refit", {"transcript": "T9"}).status_code == 404
    assert anna.get("/api/changes").json()["is_refitting"]
    made = anna.post("/api/codings", {**place_of(project, "T1", "nobody knew"), "code": "roles"})
    assert made.status_code == 201  # coding goes on meanwhile
    until = time.monotonic() + 120
    while anna.get("/api/changes").json()["is_refitting"]:
        assert time.monotonic() < until
        time.sleep(0.1)
    after = anna.get("/api/changes").json()
    found = anna.get("/api/transcripts/T2/suggestions").json()
    assert found["note"] == "" or found["note"][0].islower()
    assert after["suggestions"] != before["suggestions"], found
    assert project.verify() == ()


def test_a_server_that_stops_calls_the_learning_off(anna: Browser, project: Project) -> None:
    anna.post("/api/suggestions/refit")
    anna.app.state.refit.stop()
    assert not anna.get("/api/changes").json()["is_refitting"]


def test_codes_that_were_often_wrong_are_hidden_unless_asked_for(
    anna: Browser, ids: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    measured = {("default", "1", "time"): 0.0, ("default", "1", "roles"): 0.2}
    monkeypatch.setattr(suggestions, "measured_precision", lambda store: measured)
    answer = anna.get("/api/transcripts/T1/suggestions").json()
    assert ([one["id"] for one in answer["suggestions"]], answer["hidden"]) == (ids[1:], 1)
    assert [one["measured"] for one in answer["suggestions"]] == [0.2, None]
    answer = anna.get("/api/transcripts/T1/suggestions?hidden=true").json()
    assert ([one["id"] for one in answer["suggestions"]], answer["hidden"]) == (ids, 1)
    assert anna.get("/api/transcripts/T1/suggestions?hidden=maybe").status_code == 422


@pytest.mark.parametrize(("coded", "probability"), [(49, None), (50, 0.9)])
def test_figures_come_with_fifty_coded_segments(
    anna: Browser, project: Project, coded: int, probability: float | None
) -> None:
    (name,) = propose(project, ("Nobody had time", "time", 0.9), coded=coded)
    (one,) = anna.get("/api/transcripts/T1/suggestions").json()["suggestions"]
    assert (one["probability"], one["strength"]) == (probability, "strong")
    assert anna.get(f"/api/suggestions/{name}").json()["probability"] == probability


def test_what_an_accepted_code_covers_is_settled_with_it(anna: Browser, project: Project) -> None:
    whole, part, other = propose(
        project,
        ("The roles were unclear, and nobody knew whom to call.", "roles", 0.9),
        ("The roles were unclear", "roles", 0.5),
        ("nobody knew whom to call", "load", 0.3),
    )
    decided = anna.post(f"/api/suggestions/{whole}/accept").json()
    assert {one["id"]: one["decision"] for one in decided["changed"]} == {whole: "accepted", part: "coded"}
    assert waiting(anna) == [other]


def test_learning_anew_keeps_to_the_suggester_and_the_unit(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = fake_suggester.registered(monkeypatch)
    project.suggest("sentence", suggester="keywords")
    again = learn_anew(project, transcripts=["T1"])
    assert again.suggester == made()[-1].name == "keywords"
    assert {one.unit for one in again.suggestions} == {"sentence"}
    assert {one.transcript for one in again.suggestions} == {"T1"}
