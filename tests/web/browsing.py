"""A browser without a screen: asks an application in this process, keeps cookies, sends what a browser sends."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import httpx
from fastapi import FastAPI

from mihqda import Project
from mihqda.codebook import Code
from mihqda.web.app import create_app

TOKEN = "a-token-of-the-tests"
HOST = "127.0.0.1:8765"


class Browser:
    """One browser; `enter` shows the token first, as the address that the server prints does."""

    def __init__(self, app: FastAPI, *, enter: bool = True) -> None:
        self.app = app
        self.cookies = httpx.Cookies()
        if enter:
            assert self.get(f"/start?token={TOKEN}").status_code == 303

    def get(self, path: str, **options: Any) -> httpx.Response:
        return self.ask("GET", path, **options)

    def post(self, path: str, json: Any = None, **options: Any) -> httpx.Response:
        return self.ask(
            "POST", path, json={} if json is None and "content" not in options else json, **options
        )

    def patch(self, path: str, json: Any, **options: Any) -> httpx.Response:
        return self.ask("PATCH", path, json=json, **options)

    def delete(self, path: str, **options: Any) -> httpx.Response:
        return self.ask("DELETE", path, **options)

    def ask(
        self, method: str, path: str, *, headers: dict[str, str] | None = None, **options: Any
    ) -> httpx.Response:
        async def go() -> httpx.Response:
            transport = httpx.ASGITransport(self.app, raise_app_exceptions=False)
            async with httpx.AsyncClient(
                transport=transport, base_url=f"http://{HOST}", cookies=self.cookies
            ) as client:
                sent = {"origin": f"http://{HOST}", "sec-fetch-site": "same-origin"} | (headers or {})
                return await client.request(
                    method, path, headers={name: value for name, value in sent.items() if value}, **options
                )

        answer = asyncio.run(go())
        self.cookies.extract_cookies(answer)
        return answer


def open_app(project: Project, **options: Any) -> FastAPI:
    """Return the application over a study, with the tests' token."""
    return create_app(project, token=TOKEN, hosts=(HOST,), **options)


HOSTILE = "<script>alert(1)</script>"


def make_study(folder: Path) -> Project:
    """Make a study with two transcripts, a register and codes; words, names and ids in it try to be HTML."""
    talks = {
        "T1": (
            "Interviewer: Waarom liep het vast?\n\n"
            f"P1: Nobody had time 🙂 at all. {HOSTILE} Café, naïve.\n\n"
            "P2: Ja.\n\n"
            "P1: The roles were unclear, and nobody knew whom to call."
        ),
        "T2": f'Interviewer: And then?\n\n{HOSTILE}: We had time, for once. "Quoted" & more.\n\nP2: Yes, time.',
        "a<b>": "Interviewer: Short?\n\nP2: Short indeed.",
    }
    for name, text in talks.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    (folder / "people.csv").write_text(f"participant,group\nP1,{HOSTILE}\nP2,clients\n", encoding="utf-8")
    project = Project.create(folder / "study.mihqda")
    project.add_code(Code("time", "Time", definition=f"No hours. {HOSTILE}", attributes={"name_nl": "Tijd"}))
    project.add_code(Code("roles", f"Roles {HOSTILE}", keywords=("who", "whom")))
    project.add_code(Code("all", "All", codable=False))
    project.add_code(Code("load", "Load", parent="all"))
    project.import_transcripts([folder / f"{name}.txt" for name in talks], participants=folder / "people.csv")
    return project


def place_of(project: Project, transcript: str, words: str) -> dict[str, Any]:
    """Return the part of a request that says where some words stand."""
    start = project.transcript(transcript).text.index(words)
    return {"transcript": transcript, "start": start, "end": start + len(words)}
