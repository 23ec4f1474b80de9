"""The pages: rendered here, so that a transcript is there without script, can be found, printed and read aloud."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from mihqda.errors import InputError
from mihqda.project.desk import Desk
from mihqda.web import views
from mihqda.web.api import Seat
from mihqda.web.door import Door, read_coder
from mihqda.web.security import ENTRANCE

HERE = Path(__file__).parent


class Pages:
    """Templates, rendered with autoescape: texts, names and memos are never HTML."""

    def __init__(self) -> None:
        self._templates = Environment(
            loader=FileSystemLoader(HERE / "templates"), autoescape=True,
            trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined,
        )  # fmt: skip
        self._templates.filters["segment"] = lambda text: quote(str(text), safe="")

    def show(self, name: str, status: int = 200, **context: Any) -> HTMLResponse:
        """Return a rendered page."""
        return HTMLResponse(self._templates.get_template(name).render(**context), status)

    def show_error(self, status: int, error: str, way_out: str | None = None) -> HTMLResponse:
        """Return a page that says what went wrong and what to do."""
        return self.show("error.html", status, number=status, error=error, way_out=way_out)


def make_pages(pages: Pages, seat: Seat, door: Door) -> APIRouter:
    """Return the routes of the pages."""
    routes = APIRouter(include_in_schema=False)
    # All of them are asked for at once, not one level of imports after the other.
    modules = sorted(one.name for one in (HERE / "static").glob("*.js") if one.stem not in ("app", "theme"))

    @routes.get("/start")
    async def start(request: Request) -> Response:
        """Let in whoever has the token; the cookie is the ticket from then on."""
        if not door.admits(request.query_params.get("token", "")):
            return pages.show_error(403, "the start address is not, or no longer, right", ENTRANCE)
        answer: Response = RedirectResponse("/", 303)
        if request.headers.get("sec-fetch-site") in ("cross-site", "same-site"):
            # After a link from elsewhere the browser keeps a strict cookie back until a page of ours leads on.
            answer = HTMLResponse(
                '<!doctype html><meta http-equiv="refresh" content="0;url=/"><title>mihqda</title>'
            )
        door.let_in(answer)
        return answer

    @routes.get("/")
    async def home(request: Request) -> Response:
        """Ask who codes, and list the transcripts."""
        desk = seat(request)
        return pages.show("start.html", overview=views.show_study(desk), is_fixed=bool(door.coder), error="")

    @routes.post("/coder")
    async def choose(request: Request) -> Response:
        """Remember who codes in this browser."""
        if door.coder:
            return pages.show_error(
                403,
                f"this session codes as {door.coder}",
                "To code as somebody else, start mihqda serve anew.",
            )
        try:
            name = read_coder(await request.body())
        except InputError as error:
            overview = views.show_study(seat(request))
            return pages.show("start.html", 400, overview=overview, is_fixed=False, error=str(error))
        answer = RedirectResponse("/", 303)
        door.remember(answer, name)
        return answer

    @routes.get("/help")
    async def help_page(request: Request) -> Response:
        """Show every shortcut."""
        return pages.show("help.html", **_about(seat(request)))

    @routes.get("/transcripts/{id:path}")
    async def transcript(id: str, request: Request) -> Response:
        """Show a transcript to code."""
        desk = seat(request)
        one = views.show_transcript(desk, id)
        names = desk.content.transcripts()
        at = names.index(id)
        return pages.show(
            "transcript.html",
            **_about(desk),
            transcript=one,
            groups=list(desk.content.groups()),
            previous=names[at - 1] if at else None,
            next=names[at + 1] if at + 1 < len(names) else None,
            modules=modules,
        )

    return routes


def _about(desk: Desk) -> dict[str, Any]:
    """Return what every page says in its head."""
    return {
        "study": desk.study,
        "coder": desk.coder,
        "is_blind": desk.is_blind,
        "is_read_only": desk.is_read_only,
    }
