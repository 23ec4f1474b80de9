"""Who may ask: this machine, this browser, our own pages. One ASGI middleware around everything.

What every answer has to withstand: a page of the internet that knows the port (Host, Origin, Sec-Fetch-Site), a
program of this machine that does not know the token, a page that would frame ours, and a text that would be
HTML (the policy runs no script but our own files).
"""

from __future__ import annotations

import json
import logging
import secrets
import traceback
from collections.abc import Collection
from html import escape
from http.cookies import CookieError, SimpleCookie
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LONGEST_BODY = 256 * 1024
"""Bytes of the longest request; the longest memo is well below."""

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}
ENTRANCE = "Open the address that `mihqda serve` printed when it started, or start it again."

_log = logging.getLogger("mihqda.web")
_READING = frozenset({"GET", "HEAD"})


class Guard:
    """Lets requests of our own pages through, and puts the protecting headers on every answer.

    Parameters
    ----------
    token
        The secret of this start; it is in the cookie of whoever came in through ``/start``.
    hosts
        Values of the Host header that are this server, such as ``127.0.0.1:8765``.
    cookie
        Name of the cookie.
    """

    def __init__(self, app: ASGIApp, *, token: str, hosts: Collection[str], cookie: str) -> None:
        self._app = app
        self._token = token
        self._hosts = frozenset(hosts)
        self._cookie = cookie

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":  # we speak no web sockets
            await send({"type": "websocket.close", "code": 1008})
            return
        answer = _Answer(send)
        refusal = self._refuse(scope)
        if refusal is not None:
            await refusal(scope, receive, answer)
            return
        if scope["method"] not in _READING:
            body = await _read(receive)
            if body is None:
                too_long = f"a request holds at most {LONGEST_BODY // 1024} KB"
                await refuse(scope, 413, too_long)(scope, receive, answer)
                return
            receive = _replay(body)
        try:
            await self._app(scope, receive, answer)
        except Exception as error:
            # Neither the message nor the values: both may hold words of a transcript.
            where = [f"{frame.name}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)][
                -6:
            ]
            _log.error("%s in %s", type(error).__name__, " > ".join(where))
            if not answer.has_begun:
                said = "mihqda made a mistake here; nothing was saved by this request"
                await refuse(scope, 500, said, "Try it again; if it stays, please report it.")(
                    scope, receive, answer
                )

    def _refuse(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        if len(headers.getlist("host")) != 1 or headers["host"].lower() not in self._hosts:
            return refuse(scope, 403, "this server answers on this machine's own address alone", ENTRANCE)
        if not _is_ours(scope, headers):
            return refuse(scope, 403, "this request comes from another site", ENTRANCE)
        path: str = scope["path"]
        if path == "/start" or path.startswith("/static/"):
            return None  # the entrance itself, and files that hold nobody's words
        if not same(cookie_of(headers, self._cookie), self._token):
            return refuse(scope, 403, "this page needs the start address of mihqda", ENTRANCE)
        return None


def same(given: str, secret: str) -> bool:
    """Tell whether a secret was given, in a time that does not depend on how much of it was right."""
    return secrets.compare_digest(given.encode("utf-8", "replace"), secret.encode())


def cookie_of(headers: Headers, name: str) -> str:
    """Return the value of a cookie, "" if there is none."""
    try:
        found = SimpleCookie("; ".join(headers.getlist("cookie"))).get(name)
    except CookieError:
        return ""
    return found.value if found else ""


def refuse(scope: Scope, status: int, error: str, way_out: str | None = None) -> Response:
    """Return an answer that says no: JSON under /api, else a small page."""
    if scope["path"].startswith("/api/") or scope["path"] == "/api":
        content = json.dumps({"error": error, "way_out": way_out}, ensure_ascii=False).encode()
        return Response(content, status, media_type="application/json")
    page = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>mihqda</title>'
        '<link rel="stylesheet" href="/static/app.css"></head><body class="page"><main><h1>Not this way</h1>'
        f"<p>{escape(error[:1].upper() + error[1:])}.</p><p>{escape(way_out or '')}</p></main></body></html>"
    )
    return Response(page, status, media_type="text/html")


def _is_ours(scope: Scope, headers: Headers) -> bool:
    """Tell whether a request comes from our own pages, or was typed; what says nothing has the token to show."""
    site = headers.get("sec-fetch-site", "")
    if scope["method"] in _READING:
        # A link from elsewhere may lead to a page (it meets the token there), but no script may read the API.
        is_api = scope["path"].startswith("/api/")
        return site in ("", "same-origin", "none") or not is_api
    if site not in ("", "same-origin"):
        return False
    origin = headers.getlist("origin")
    if site == "same-origin" and origin == ["null"]:
        return True  # a form of ours: without a referrer its origin is not said, but the browser vouches for the site
    return not origin or origin == [f"http://{headers['host']}"]


class _Answer:
    """Sends an answer on, with our headers."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.has_begun = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.has_begun = True
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
        await self._send(message)


async def _read(receive: Receive) -> bytes | None:
    """Return the body of a request, None if it is too long."""
    parts: list[bytes] = []
    length = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return b""
        parts.append(message.get("body", b""))
        length += len(parts[-1])
        if length > LONGEST_BODY:
            return None
        if not message.get("more_body", False):
            return b"".join(parts)


def _replay(body: bytes) -> Receive:
    messages: list[dict[str, Any]] = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> Message:
        return messages.pop() if messages else {"type": "http.disconnect"}

    return receive
