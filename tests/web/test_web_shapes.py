"""Whatever is sent, the answer is one that the API's description names, and never a mistake of the server's."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from browsing import Browser, make_study, open_app, place_of
from shaking import can_be_wrong, operations, shake

from mihqda import Project
from mihqda.web.refit import Refit


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    with make_study(tmp_path_factory.mktemp("shaken")) as study:
        yield study


@pytest.fixture(scope="module")
def browser(project: Project) -> Browser:
    return Browser(open_app(project, coder="anna"))


def test_requests_of_any_shape_get_an_answer_that_is_described(
    browser: Browser, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Refit, "start", lambda self, **options: True)  # a process each time would be much
    for operation in operations(browser.app):
        shake(browser, operation, 15 if operation == "POST /api/codings" else 3, is_valid=True)
        if can_be_wrong(browser.app, operation):
            shake(browser, operation, 3, is_valid=False)
    assert project.history()["what"].str.startswith("code T").any()  # some of it was sense
    assert project.verify() == ()


@pytest.mark.parametrize(
    "changes",
    [
        {"start": "13"}, {"start": 13.5}, {"start": True}, {"start": -1}, {"start": 2**31}, {"start": None},
        {"end": 10**400}, {"end": []}, {"code": 7}, {"code": ""}, {"code": "c" * 201}, {"code": "a\u0000b"},
        {"valence": "good"}, {"valence": 1}, {"valence": None}, {"memo": None}, {"memo": "\ud800"}, {"memo": "x\u001b[2J"},
        {"memo": "m" * 10_001}, {"id": "ABCDEF012345"}, {"id": "0123456789abc"}, {"id": "../../../../"}, {"id": 5},
        {"coder": "ben"}, {"created": "2020-01-01T00:00:00Z"}, {"origin": "hand"}, {"__proto__": {}},
    ],
    ids=str,
)  # fmt: skip
def test_a_field_of_another_shape_is_named_and_nothing_is_written(
    browser: Browser, project: Project, changes: dict[str, Any]
) -> None:
    body = {**place_of(project, "T1", "nobody knew"), "code": "roles", **changes}
    before = project.desk().step()
    answer = browser.post(
        "/api/codings", content=json.dumps(body).encode(), headers={"content-type": "application/json"}
    )
    assert answer.status_code == 422
    assert next(iter(changes)) in answer.json()["error"]
    assert project.desk().step() == before


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"start": -1}, "start: a number from 0 on is wanted"),
        ({"start": "13"}, "start: a whole number is wanted"),
        ({"start": 13.5}, "start: a whole number is wanted"),
        ({"code": 7}, "code: a text is wanted"),
        ({"code": ""}, "code: it may not be empty"),
        ({"code": "c" * 201}, "code: at most 200 characters are allowed"),
        ({"memo": "x\u001b[2J"}, "memo: control characters are not allowed"),
        ({"valence": "good"}, "valence: one of '', '+', '-', 'mixed' or 'neutral' is wanted"),
        ({"id": "x"}, "id: twelve hexadecimal digits are wanted"),
        ({"coder": "ben"}, "coder: there is no such field"),
        ({"start": -1, "end": -1}, "start: a number from 0 on is wanted; end: a number from 0 on is wanted"),
    ],
    ids=str,
)
def test_a_field_of_another_shape_is_refused_in_plain_words(
    browser: Browser, project: Project, changes: dict[str, Any], said: str
) -> None:
    body = {**place_of(project, "T1", "nobody knew"), "code": "roles", **changes}
    assert browser.post("/api/codings", body).json()["error"] == said


def test_a_method_that_is_not_taken_is_refused_with_another_way_out(browser: Browser) -> None:
    refused = browser.ask("PUT", "/api/codings", json={})
    assert refused.status_code == 405
    said = refused.json()
    assert said["way_out"].strip(".").lower() != said["error"].lower()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"1",
        b'"text"',
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"a":' * 20_000,
        b"NaN",
        b"{}" * 2,
    ],
    ids=lambda content: repr(content[:12]),
)
def test_a_body_that_is_no_object_is_refused(browser: Browser, content: bytes) -> None:
    for path in ("/api/codings", "/api/search", "/api/undo", "/api/codes"):
        answer = browser.post(path, content=content, headers={"content-type": "application/json"})
        assert answer.status_code in (400, 422)
        assert answer.json()["error"]


@pytest.mark.parametrize("since", ["-1", "x", "1.5", "", "9" * 400, "%00", "null"])
def test_a_step_that_is_none_is_refused(browser: Browser, since: str) -> None:
    assert browser.get(f"/api/changes?since={since}").status_code == 422


def test_the_description_names_the_errors_and_forbids_other_fields(browser: Browser) -> None:
    description = browser.get("/api/openapi.json").json()
    for path, methods in description["paths"].items():
        for method, operation in methods.items():
            assert {"400", "403", "404", "409", "413", "422", "503"} <= set(operation["responses"]), (
                method,
                path,
            )
            assert operation["description"]
    schemas = description["components"]["schemas"]
    assert "HTTPValidationError" not in schemas
    assert not [
        name
        for name, one in schemas.items()
        if one.get("type") == "object" and one.get("additionalProperties") is not False
    ]
    assert schemas["Conflict"]["properties"]["current"]
