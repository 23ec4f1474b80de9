"""A blind coder sees her own work alone: no route, page or message names another coder or shows what he did."""

from __future__ import annotations

from typing import Any

import pytest
from browsing import Browser, open_app, place_of
from fastapi import FastAPI
from fastapi.routing import APIRoute

from mihqda import Project

OTHER = "benedict"
HIS_MEMO = "his own thought"


@pytest.fixture
def blind(project: Project) -> FastAPI:
    """An application for a blind anna, after benedict coded, changed, undid and finished things."""
    desk = project.desk(OTHER)
    desk.apply(**place_of(project, "T1", "Nobody had time"), code="time", memo=HIS_MEMO, id="b" * 12)
    desk.apply(**place_of(project, "T2", "time, for once"), code="time", memo=HIS_MEMO, id="c" * 12)
    desk.add_code("A code of his", codebook="study")
    desk.apply(**place_of(project, "T2", "We had"), code="a-code-of-his")
    desk.undo()
    return open_app(project, coder="anna", is_blind=True)


def test_no_route_tells_a_blind_coder_of_another(blind: FastAPI, project: Project) -> None:
    anna = Browser(blind)
    mine = anna.post("/api/codings", {**place_of(project, "T1", "nobody knew"), "code": "roles"}).json()
    revision = mine["revision"]
    bodies: dict[str, Any] = {
        "/api/codings": {**place_of(project, "T1", "Nobody had time"), "code": "time"},
        "/api/search": {"text": "time"},
        "/api/codes": {"name": "Another", "codebook": "study"},
        "/api/transcripts/{id}/finished": {"finished": True},
    }
    asked = 0
    routes = [route for route in all_routes(blind) if not route.path.startswith("/start")]
    for route in routes:
        path = route.path.replace("{id:path}", "{id}")
        things = ("T1", "T2") if "/transcripts/" in path else ("b" * 12, "c" * 12, mine["id"], "nothing")
        for method in route.methods or ():
            for thing in things if "{id}" in path else ("",):
                body = bodies.get(path, {"revision": revision, "memo": "m"} if method == "PATCH" else {})
                address = path.replace("{id}", thing) + ("?since=0&" if "changes" in path else "?")
                answer = anna.ask(
                    method, f"{address}revision={revision}", json=None if method == "GET" else body
                )
                asked += 1
                said = (answer.text + str(answer.headers)).casefold()
                assert OTHER not in said, (method, address)
                assert HIS_MEMO not in said, (method, address)
                assert "b" * 12 not in said.replace(f"'{'b' * 12}'", ""), (method, address)
    assert asked > 20


def all_routes(app: FastAPI) -> list[APIRoute]:
    return [route for route in _walk(app.router.routes) if isinstance(route, APIRoute)]


def _walk(routes: Any) -> Any:
    for route in routes:
        yield route
        yield from _walk(getattr(getattr(route, "original_router", None), "routes", []))


def test_a_blind_coders_lists_and_counts_are_her_own(blind: FastAPI, project: Project) -> None:
    anna = Browser(blind)
    study = anna.get("/api/study").json()
    assert (study["coders"], [row["codings"] for row in study["transcripts"]]) == (["anna"], [0, 0, 0])
    assert study["transcripts"][0]["uncoded"] == 2
    assert anna.get("/api/transcripts/T1/codings").json()["codings"] == []
    assert {code["mine"] for code in anna.get("/api/codes").json()["codes"]} == {0}
    # His coding of the very same place is no conflict, which would tell of it.
    same = anna.post("/api/codings", {**place_of(project, "T1", "Nobody had time"), "code": "time"})
    assert same.status_code == 201


def test_another_coders_coding_does_not_exist_for_a_blind_coder(blind: FastAPI) -> None:
    anna = Browser(blind)
    for path in ("b" * 12, "f" * 12):
        changed = anna.patch(f"/api/codings/{path}", {"revision": "x", "memo": "y"})
        removed = anna.delete(f"/api/codings/{path}?revision=x")
        assert (changed.status_code, removed.status_code) == (404, 404)
        assert changed.json()["error"].replace(path, "") == removed.json()["error"].replace(path, "")
    taken = anna.post(
        "/api/codings", {"id": "b" * 12, "transcript": "T1", "start": 13, "end": 20, "code": "time"}
    )
    assert taken.status_code == 409
    assert taken.json()["current"] is None


def test_a_blind_coder_hears_of_changes_that_concern_all_and_of_her_own(
    blind: FastAPI, project: Project
) -> None:
    anna = Browser(blind)
    changes = anna.get("/api/changes?since=0").json()["changes"]
    assert {table for change in changes for table in change["tables"]} <= {
        "codebooks", "codes", "transcripts", "participants", "settings", "speaker_rules",
    }  # fmt: skip
    anna.post("/api/codings", {**place_of(project, "T1", "nobody knew"), "code": "roles"})
    step = anna.get("/api/changes").json()["step"]
    project.merge_codes(["roles"], "time")  # by somebody else, but it changes her coding
    (merged,) = anna.get(f"/api/changes?since={step}").json()["changes"]
    assert (merged["who"], merged["what"]) == ("", "")
    assert merged["tables"] == ["codes", "codings"]
    assert merged["transcripts"] == ["T1"]


def test_a_blind_coders_undo_does_not_say_who_stands_in_the_way(blind: FastAPI, project: Project) -> None:
    anna = Browser(blind)
    made = anna.post("/api/codes", {"name": "Shared", "codebook": "study"}).json()
    project.desk(OTHER).apply(**place_of(project, "T1", "Ja."), code=made["id"])
    refused = anna.post("/api/undo")
    assert refused.status_code == 409
    assert OTHER not in refused.text


def test_a_blind_reader_without_a_name_sees_nobodys_work(project: Project) -> None:
    project.desk(OTHER).apply(**place_of(project, "T1", "Nobody had time"), code="time")
    reader = Browser(open_app(project, is_blind=True))
    assert reader.get("/api/transcripts/T1/codings").json()["codings"] == []
    assert reader.get("/api/study").json()["coders"] == []
    assert OTHER not in reader.get("/").text + reader.get("/api/changes").text


def test_a_blind_session_keeps_the_name_that_was_given_first(project: Project) -> None:
    project.desk(OTHER).apply(**place_of(project, "T1", "Nobody had time"), code="time")
    app = open_app(project, is_blind=True)
    anna = Browser(app)
    anna.cookies.set("mihqda_token_coder", OTHER)  # left from another start of the server
    assert anna.get("/api/study").json()["coder"] == ""
    assert anna.post("/coder", content=b"coder=anna").status_code == 303
    for browser in (anna, Browser(app)):
        refused = browser.post("/coder", content=f"coder={OTHER}".encode())
        assert refused.status_code == 403
        assert browser.get("/api/study").json()["coder"] == "anna"
        assert browser.get("/api/transcripts/T1/codings").json()["codings"] == []
