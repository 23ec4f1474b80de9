"""The application: routes, errors and the guard around them."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

import mihqda
from mihqda.errors import ConflictError, InputError, MihqdaError, NotFoundError, StudyError
from mihqda.project import Project
from mihqda.project.desk import Desk
from mihqda.project.revising import CodingConflictError, OthersCodingError
from mihqda.web.api import make_api
from mihqda.web.door import Door
from mihqda.web.pages import HERE, Pages, make_pages
from mihqda.web.refit import Refit
from mihqda.web.security import Guard
from mihqda.web.views import show_coding
from mihqda.web.wanted import wanted

_STATUS: tuple[tuple[type[MihqdaError], int], ...] = (
    (OthersCodingError, 403), (NotFoundError, 404), (ConflictError, 409), (StudyError, 503), (InputError, 400),
    (MihqdaError, 400),
)  # fmt: skip
_WAYS_OUT = {
    404: "Go back to the list of transcripts.",
    405: "Go back to the page and load it again.",
    503: "Nothing was saved by this request; try it again.",
}


def create_app(
    project: Project,
    *,
    token: str,
    ticket: str = "",
    coder: str = "",
    is_blind: bool = False,
    hosts: Sequence[str] = ("127.0.0.1:8765", "localhost:8765", "[::1]:8765"),
    cookie: str = "mihqda_token",
) -> FastAPI:
    """Return the web application over one open study.

    Parameters
    ----------
    token
        Secret of this start, in the address that the browser is opened with.
    ticket
        Another secret that opens the door once; "" for none.
    coder
        Who codes; "" to let the start page ask.
    is_blind
        Whether each coder sees her own work alone; then one coder codes in one start of the server.
    hosts
        Host headers that are answered.
    cookie
        Name of the token's cookie; cookies know no port, so two servers need two names.
    """
    app = FastAPI(
        title="mihqda",
        version=mihqda.__version__,
        summary="Coding in the browser, on this machine only",
        docs_url=None,  # they would load scripts from elsewhere
        redoc_url=None,
        openapi_url="/api/openapi.json",
    )
    door = Door(token=token, ticket=ticket, coder=coder, is_blind=is_blind, cookie=cookie)
    pages = Pages()

    def seat(request: Request) -> Desk:
        return project.desk(door.coder_of(request), is_blind=is_blind)

    refit = Refit(project.path)
    app.state.refit = refit
    app.include_router(make_api(seat, refit))
    app.include_router(make_pages(pages, seat, door))
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")
    _explain_errors(app, pages)
    app.add_middleware(Guard, token=token, hosts=hosts, cookie=cookie)
    return app


def _explain_errors(app: FastAPI, pages: Pages) -> None:
    """Turn every error into a sentence: JSON for the API, a page for people."""

    def say(request: Request, status: int, error: str, way_out: str | None = None) -> Response:
        if request.url.path.startswith("/api"):
            return JSONResponse({"error": error, "way_out": way_out}, status)
        return pages.show_error(status, error, way_out)

    @app.exception_handler(MihqdaError)
    async def ours(request: Request, error: MihqdaError) -> Response:
        status = next(status for kind, status in _STATUS if isinstance(error, kind))
        if status == 409 and request.url.path.startswith("/api"):
            current = getattr(error, "current", None) if isinstance(error, CodingConflictError) else None
            shown = show_coding(current).model_dump() if current else None
            return JSONResponse({"error": str(error), "way_out": None, "current": shown}, status)
        return say(request, status, str(error), _WAYS_OUT.get(status))

    @app.exception_handler(RequestValidationError)
    async def misshapen(request: Request, error: RequestValidationError) -> Response:
        # Where and what is wanted; never what came, which may be somebody's words.
        found = [
            f"{'.'.join(str(part) for part in one['loc'][1:]) or one['loc'][0]}: {wanted(one)}"
            for one in error.errors()[:5]
        ]
        return say(request, 422, "; ".join(found))

    @app.exception_handler(HTTPException)
    async def theirs(request: Request, error: HTTPException) -> Response:
        said = {404: "there is no such page", 405: "this address is not asked in this way"}
        answer = say(
            request,
            error.status_code,
            said.get(error.status_code, str(error.detail)),
            _WAYS_OUT.get(error.status_code),
        )
        answer.headers.update(error.headers or {})
        return answer
