"""Attacks that must not get in or through."""

from __future__ import annotations

import asyncio
import html.parser
import logging
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

import pytest
from browsing import HOST, HOSTILE, TOKEN, Browser, make_study, open_app, place_of
from fastapi import FastAPI

from mihqda import Project
from mihqda.web.security import LONGEST_BODY, POLICY

PAGES = ["/", "/help", "/transcripts/T1", "/transcripts/a%3Cb%3E"]
API = [
    "/api/study", "/api/codes", "/api/changes", "/api/transcripts/T1", "/api/transcripts/T1/codings",
    "/api/transcripts/T1/suggestions", "/api/openapi.json",
]  # fmt: skip


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    with make_study(
        tmp_path_factory.mktemp("attacked")
    ) as study:  # the attacks change nothing, so one will do
        yield study


@pytest.fixture(scope="module")
def app(project: Project) -> FastAPI:
    return open_app(project, coder="anna")


def raw(
    app: FastAPI,
    path: bytes,
    headers: dict[str, str] | None = None,
    method: str = "GET",
    body: list[bytes] | None = None,
) -> tuple[int, dict[str, str], bytes]:
    """Ask with exactly these bytes in the address: clients would tidy them."""
    sent: list[Any] = []
    parts = [{"type": "http.request", "body": part, "more_body": True} for part in body or []]
    parts.append({"type": "http.request", "body": b"", "more_body": False})

    async def receive() -> Any:
        return parts.pop(0) if parts else {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)

    where, _, query = path.partition(b"?")
    given = {"host": HOST, "cookie": f"mihqda_token={TOKEN}"} | (headers or {})
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "scheme": "http",
        "path": unquote(where.decode("latin-1"), errors="replace"), "raw_path": where, "query_string": query,
        "headers": [(name.encode(), value.encode()) for name, value in given.items()],
        "client": ("127.0.0.1", 9), "server": ("127.0.0.1", 8765), "root_path": "",
    }  # fmt: skip
    asyncio.run(app(scope, receive, send))
    content = b"".join(message.get("body", b"") for message in sent[1:])
    return sent[0]["status"], {name.decode(): value.decode() for name, value in sent[0]["headers"]}, content


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8765", "127.0.0.1", "127.0.0.1:80", "", "localhost"]
)
@pytest.mark.parametrize("path", ["/", "/api/study", f"/start?token={TOKEN}", "/static/app.css"])
def test_another_host_is_refused_whatever_it_asks(app: FastAPI, host: str, path: str) -> None:
    status, headers, _ = raw(app, path.encode(), {"host": host})
    assert status == 403
    assert "set-cookie" not in headers


@pytest.mark.parametrize("path", [*PAGES, *API])
@pytest.mark.parametrize(
    "cookie", ["", "mihqda_token=", "mihqda_token=wrong", f"other={TOKEN}", '"mihqda_token=é']
)
def test_without_the_token_there_is_no_page_and_no_data(app: FastAPI, path: str, cookie: str) -> None:
    status, headers, content = raw(app, path.encode(), {"cookie": cookie})
    assert status == 403
    assert b"mihqda serve" in content
    assert b"Nobody had time" not in content
    assert headers["content-security-policy"] == POLICY


@pytest.mark.parametrize(
    "query", ["", "?token=", "?token=wrong", "?token=%C3%A9", f"?token={TOKEN}x", f"?Token={TOKEN}"]
)
def test_a_wrong_start_token_opens_nothing(app: FastAPI, query: str) -> None:
    answer = Browser(app, enter=False).get(f"/start{query}")
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


def test_the_start_token_becomes_a_strict_cookie_that_scripts_cannot_read(app: FastAPI) -> None:
    answer = Browser(app, enter=False).get(f"/start?token={TOKEN}")
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie


def test_the_ticket_that_a_browser_is_opened_with_opens_once(project: Project) -> None:
    app = open_app(project, ticket="once")
    first = Browser(app, enter=False).get("/start?token=once")
    assert first.status_code == 303
    assert "once" not in first.headers["set-cookie"]
    again = Browser(app, enter=False).get("/start?token=once")
    assert (again.status_code, again.headers.get("set-cookie")) == (403, None)
    assert Browser(open_app(project), enter=False).get("/start?token=").status_code == 403


def test_a_start_address_followed_from_another_site_leads_in_by_a_page_of_ours(app: FastAPI) -> None:
    answer = Browser(app, enter=False).get(f"/start?token={TOKEN}", headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 200
    assert 'http-equiv="refresh"' in answer.text
    assert TOKEN not in answer.text


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "none"},
        {"sec-fetch-site": "", "origin": "http://evil.example"},
        {"sec-fetch-site": "", "origin": "null"},
        {"sec-fetch-site": "", "origin": "http://127.0.0.1:9999"},
        {"sec-fetch-site": "", "origin": f"https://{HOST}"},
        {"sec-fetch-site": "", "origin": "http://localhost:8765"},
    ],
    ids=str,
)
def test_a_write_from_another_site_is_refused_even_with_the_cookie(
    app: FastAPI, project: Project, headers: dict[str, str]
) -> None:
    browser = Browser(app)
    body = {**place_of(project, "T1", "nobody knew"), "code": "roles"}
    before = project.desk().step()
    for answer in (
        browser.post("/api/codings", body, headers=headers),
        browser.post("/api/undo", headers=headers),
        browser.ask("DELETE", "/api/codings/x?revision=y", headers=headers),
        browser.ask("PATCH", "/api/codings/x", json={"revision": "y"}, headers=headers),
        browser.post("/coder", content=b"coder=eve", headers=headers),
    ):
        assert answer.status_code == 403
    assert project.desk().step() == before


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
@pytest.mark.parametrize("path", API)
def test_no_script_of_another_site_reads_the_api(app: FastAPI, path: str, site: str) -> None:
    assert Browser(app).get(path, headers={"sec-fetch-site": site}).status_code == 403


def test_a_form_of_another_site_cannot_pass_for_json(app: FastAPI, project: Project) -> None:
    body = b'{"transcript": "T1", "start": 13, "end": 20, "code": "time"}'
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""):
        answer = Browser(app).post("/api/codings", content=body, headers={"content-type": kind})
        assert answer.status_code == 422
    assert len(project.codings()) == 0


def test_a_request_too_long_is_refused_however_it_comes(app: FastAPI) -> None:
    assert Browser(app).post("/api/search", content=b"x" * (LONGEST_BODY + 1)).status_code == 413
    parts = [b"x" * 65536] * (LONGEST_BODY // 65536 + 1)
    status, headers, _ = raw(app, b"/api/search", method="POST", body=parts)  # without a Content-Length
    assert status == 413
    assert headers["content-security-policy"] == POLICY


def test_a_memo_too_long_is_refused_without_being_repeated(app: FastAPI, project: Project) -> None:
    body = {**place_of(project, "T1", "nobody knew"), "code": "roles", "memo": "secret " * 2000}
    answer = Browser(app).post("/api/codings", body)
    assert answer.status_code == 422
    assert "memo" in answer.json()["error"]
    assert "secret" not in answer.text


@pytest.mark.parametrize(
    "path",
    [
        b"/static/../app.py", b"/static/..%2fapp.py", b"/static/%2e%2e/app.py", b"/static/%2e%2e%2fserve.py",
        b"/static/....//app.py", b"/static//etc/passwd", b"/static/%2fetc%2fpasswd", b"/static/..\\app.py",
        b"/static/%5c..%5capp.py", b"/static/%00", b"/static/app.css%00.png", b"/static/", b"/static",
        b"/static/../../../../../../etc/passwd", b"/static/%c0%ae%c0%ae/app.py", b"//static/../app.py",
    ],
)  # fmt: skip
def test_no_path_leads_out_of_the_static_files(app: FastAPI, path: bytes) -> None:
    status, headers, content = raw(app, path)
    assert status in (307, 404, 405)
    assert b"import" not in content
    assert b"root:" not in content
    assert "evil" not in headers.get("location", "")


@pytest.mark.parametrize(
    "path",
    [
        b"/api/transcripts/..%2f..%2fetc%2fpasswd", b"/api/transcripts/../study", b"/api/transcripts/%2e%2e/codings",
        b"/api/transcripts/%00/codings", b"/api/transcripts//codings", b"/api/transcripts/", b"/api/transcripts/%ff",
        b"/api/transcripts/T1%2f..%2fT2", b"/transcripts/..%2f..%2fetc", b"/transcripts/", b"/transcripts/%ff%fe",
        b"/api/transcripts/T1/../../study", b"/api/codings/%2e%2e", b"/transcripts/T1%00",
    ],
)  # fmt: skip
def test_no_id_leads_to_anything_but_a_thing_of_that_id(app: FastAPI, path: bytes) -> None:
    status, headers, content = raw(app, path)
    assert status in (307, 404, 405)
    assert b"Nobody had time" not in content
    assert headers["content-security-policy"] == POLICY


def test_a_redirect_never_leads_to_another_site(app: FastAPI) -> None:
    for path in (
        b"//evil.example/",
        b"//evil.example/static",
        b"/\\evil.example/",
        b"/api/study/",
        b"/help/",
    ):
        _, headers, _ = raw(app, path)
        assert headers.get("location", f"http://{HOST}/").startswith((f"http://{HOST}/", "/help", "/api"))


class Markup(html.parser.HTMLParser):
    """Collects what a page would run or load."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


@pytest.mark.parametrize("path", [*PAGES, "/nothing", "/transcripts/%3Cscript%3Ealert(1)%3C%2Fscript%3E"])
def test_texts_names_and_memos_are_never_markup_on_any_page(
    app: FastAPI, project: Project, path: str
) -> None:
    project.desk(HOSTILE).apply(
        **place_of(project, "T1", "nobody knew"),
        code="roles",
        memo=HOSTILE + '" onload="alert(1)',
        id="0" * 12,
    )
    page = Browser(app).get(path).text
    assert HOSTILE not in page
    for tag, attributes in Markup(page).tags:
        assert tag not in ("iframe", "object", "embed", "base")
        assert not [name for name in attributes if name.startswith("on") or name == "style"]
        if tag == "script":
            assert (attributes.get("src") or "").startswith("/static/"), "a script of the page itself"
        for name in ("src", "href", "action"):
            assert not (attributes.get(name) or "").lower().startswith(("javascript:", "http", "//"))


def test_the_hostile_text_is_there_as_text(app: FastAPI) -> None:
    page = Browser(app).get("/transcripts/T1").text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    turns = Browser(app).get("/api/transcripts/T1").json()["turns"]
    assert HOSTILE in turns[1]["text"]


def test_the_api_is_json_that_no_browser_takes_for_a_page(app: FastAPI, project: Project) -> None:
    browser = Browser(app)
    for path in [*API, "/api/nothing", "/api/transcripts/%3Cscript%3E"]:
        answer = browser.get(path)
        assert answer.headers["content-type"] == "application/json"
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_every_answer_carries_the_protecting_headers(app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = Browser(app)
    answers = [browser.get(path) for path in [*PAGES, *API, "/nothing", "/api/nothing", "/static/nothing"]]
    answers += [browser.get("/static/app.css"), browser.get("/", headers={"host": "evil"})]
    answers += [
        browser.post("/api/codings", {"x": 1}),
        browser.ask("PUT", "/api/study"),
        browser.ask("HEAD", "/"),
    ]
    answers += [browser.ask("OPTIONS", "/api/codings"), browser.get(f"/start?token={TOKEN}")]
    monkeypatch.setattr("mihqda.web.views.show_study", lambda desk: 1 / 0)
    answers += [browser.get("/api/study"), browser.get("/")]
    assert [answer.status_code for answer in answers[-2:]] == [500, 500]
    for answer in answers:
        assert answer.headers["content-security-policy"] == POLICY
        assert "'unsafe" not in POLICY
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["x-frame-options"] == "DENY"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["cross-origin-opener-policy"] == "same-origin"
        assert "access-control-allow-origin" not in answer.headers


def test_a_mistake_of_ours_is_a_sentence_and_its_log_holds_no_words(
    app: FastAPI, project: Project, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(desk: object, name: str) -> None:
        raise RuntimeError(project.transcript(name).text)

    monkeypatch.setattr("mihqda.web.views.show_transcript", fail)
    with caplog.at_level(logging.DEBUG):
        answer = Browser(app).get("/api/transcripts/T1")
    assert answer.status_code == 500
    assert "report it" in answer.json()["way_out"]
    assert "Nobody had time" not in answer.text + caplog.text
    assert "RuntimeError in" in caplog.text


def test_neither_logs_nor_addresses_hold_what_people_said(
    app: FastAPI, project: Project, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        browser = Browser(app)
        browser.post("/api/search", {"text": "Nobody had time"})
        browser.post(
            "/api/codings", {**place_of(project, "T1", "Nobody had time"), "code": "time", "memo": "my memo"}
        )
        browser.post("/api/codings", {"memo": "my memo", "start": "Nobody had time"})
        browser.post("/api/undo")
    ours = [record for record in caplog.records if not record.name.startswith(("httpx", "asyncio"))]
    assert not ours
    assert browser.get("/api/search?text=time").status_code == 405


def test_web_sockets_are_not_spoken(app: FastAPI) -> None:
    sent: list[Any] = []

    async def receive() -> Any:
        return {"type": "websocket.connect"}

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(app({"type": "websocket", "path": "/", "headers": [], "query_string": b""}, receive, send))
    assert [message["type"] for message in sent] == ["websocket.close"]


def test_nothing_is_loaded_from_elsewhere() -> None:
    from mihqda.web.pages import HERE

    for file in [*HERE.glob("templates/*"), *HERE.glob("static/*")]:
        text = file.read_text(encoding="utf-8")
        elsewhere = [
            address for address in re.findall(r"https?://[\w.]*", text) if "www.w3.org" not in address
        ]
        assert not elsewhere, file.name  # the W3C's are names and citations
        assert "innerHTML" not in text, file.name
        assert "|safe" not in text.replace(" ", ""), file.name
