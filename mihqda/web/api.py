"""The JSON API under /api. Handlers are thin: a desk does the work, views give it its shape.

They are `async` and never wait, so that one thread owns the database; a write takes milliseconds.
"""

# Annotations are read by FastAPI at once, since `AtDesk` is a name inside a function: no lazy ones here.
from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response

from mihqda.codings import Coding
from mihqda.project.desk import Desk
from mihqda.web import schemas, views
from mihqda.web.refit import Refit

Seat = Callable[[Request], Desk]
"""Finds the desk of whoever asks."""

_ERRORS: dict[int | str, dict[str, Any]] = {
    400: {"model": schemas.Refusal, "description": "A value is wrong; nothing was changed"},
    403: {"model": schemas.Refusal, "description": "Not from here, or not yours to change"},
    404: {"model": schemas.Refusal, "description": "The study has no such thing"},
    405: {"model": schemas.Refusal, "description": "Not by this method"},
    409: {"model": schemas.Conflict, "description": "The study has changed since; nothing was changed"},
    413: {"model": schemas.Refusal, "description": "The request is too long"},
    422: {"model": schemas.Refusal, "description": "The request has another shape"},
    503: {"model": schemas.Refusal, "description": "The study file is locked, full or cannot be written to"},
}


def make_api(seat: Seat, refit: Refit) -> APIRouter:
    """Return the routes."""
    api = APIRouter(prefix="/api", responses=_ERRORS)
    AtDesk = Annotated[Desk, Depends(seat)]  # noqa: N806 - a type

    @api.get("/study")
    async def study(desk: AtDesk) -> schemas.Study:
        """Return the study as this coder sees it."""
        return views.show_study(desk)

    # The longer paths first: the id of a transcript may hold a slash.
    @api.get("/transcripts/{id:path}/codings")
    async def codings(id: str, desk: AtDesk) -> schemas.Codings:
        """Return the codings of a transcript."""
        return views.show_codings(desk, id)

    @api.get("/transcripts/{id:path}/suggestions")
    async def suggestions(
        id: str, desk: AtDesk, order: schemas.Name = "reading", hidden: bool = False
    ) -> schemas.Suggestions:
        """Return the suggestions for a transcript, in the order rare, uncertain, likely or reading.

        Those of codes below the study's floor come only if `hidden` asks for them.
        """
        running = refit.is_running  # asked first: it takes in the note of one that has ended
        return views.show_suggestions(
            desk, id, order, is_shown_all=hidden, is_refitting=running, note=refit.note
        )

    @api.post("/transcripts/{id:path}/finished")
    async def finished(id: str, body: schemas.Finished, desk: AtDesk) -> schemas.Finish:
        """Say whether all of a transcript is read."""
        desk.margin.finish(id, is_finished=body.finished)
        return schemas.Finish(finished=list(desk.finished(id)))

    @api.get("/transcripts/{id:path}")
    async def transcript(id: str, desk: AtDesk) -> schemas.Transcript:
        """Return a transcript with its turns."""
        return views.show_transcript(desk, id)

    @api.post(
        "/codings",
        status_code=201,
        responses={200: {"model": schemas.Coding, "description": "It stands already, by this very request"}},
    )
    async def add_coding(body: schemas.NewCoding, desk: AtDesk, response: Response) -> schemas.Coding:
        """Apply a code to a span."""
        one, is_new = desk.apply(
            body.transcript, body.start, body.end, body.code, valence=body.valence, memo=body.memo,
            id=body.id or "",
        )  # fmt: skip
        response.status_code = 201 if is_new else 200
        return views.show_coding(one)

    @api.patch("/codings/{id}")
    async def change_coding(id: str, body: schemas.ChangedCoding, desk: AtDesk) -> schemas.Coding:
        """Change a coding of one's own."""
        return views.show_coding(desk.revise(id, **body.model_dump()))

    @api.delete("/codings/{id}")
    async def remove_coding(id: str, revision: schemas.Name, desk: AtDesk) -> schemas.Removed:
        """Remove a coding of one's own."""
        return schemas.Removed(removed=desk.remove(id, revision=revision).id)

    @api.get("/codes")
    async def codes(desk: AtDesk) -> schemas.Codes:
        """Return all codes with their rules."""
        return views.show_codes(desk)

    @api.post("/codes", status_code=201)
    async def add_code(body: schemas.NewCode, desk: AtDesk) -> schemas.Code:
        """Add a code."""
        code = desk.add_code(
            body.name, parent=body.parent, codebook=body.codebook, definition=body.definition,
            is_in_vivo=body.in_vivo,
        )  # fmt: skip
        book = next(book.id for book in desk.content.codebooks() if code.id in book)
        return views.show_code(code, book)

    @api.post("/search")
    async def search(body: schemas.Search, desk: AtDesk) -> schemas.Hits:
        """Find words in transcripts."""
        hits, more = desk.search(body.text, transcript=body.transcript)
        found = [schemas.Hit(transcript=name, start=span.start, end=span.end) for name, span in hits]
        return schemas.Hits(hits=found, more=more)

    @api.post("/undo")
    async def undo(body: schemas.Nothing, desk: AtDesk) -> schemas.Turned:
        """Take back this coder's own last action."""
        return views.show_turned(desk, desk.undo(), "Undone")

    @api.post("/redo")
    async def redo(body: schemas.Nothing, desk: AtDesk) -> schemas.Turned:
        """Do again what this coder undid last."""
        return views.show_turned(desk, desk.redo(), "Done again")

    @api.get("/changes")
    async def changes(desk: AtDesk, since: Annotated[int, Query(ge=0, le=2**53)] = 0) -> schemas.Changes:
        """Return what happened since a step."""
        return views.show_changes(desk, since, is_refitting=refit.is_running)

    @api.post("/suggestions/refit")
    async def make_anew(body: schemas.Refit, desk: AtDesk) -> schemas.Started:
        """Make the suggestions anew beside the server; a blind coder's learn from her own codings alone."""
        coder = desk.margin.learn_from()
        transcripts = () if body.transcript is None else (desk.content.transcript(body.transcript).id,)
        return schemas.Started(started=refit.start(coder=coder, transcripts=transcripts))

    @api.get("/suggestions/{id}")
    async def evidence(id: str, desk: AtDesk) -> schemas.Evidence:
        """Return a suggestion with what speaks for it."""
        return views.show_evidence(desk, id)

    @api.post("/suggestions/{id}/accept")
    async def accept(id: str, body: schemas.Accept, desk: AtDesk) -> schemas.Decided:
        """Make a coding of a suggestion, as it stands or with another code or span."""
        return decide(desk, id, lambda: desk.margin.accept(id, **body.model_dump()), code=body.code)

    @api.post("/suggestions/{id}/reject")
    async def reject(id: str, body: schemas.Reject, desk: AtDesk) -> schemas.Decided:
        """Say that a suggestion is wrong."""
        return decide(desk, id, lambda: desk.margin.reject(id, **body.model_dump()))

    @api.post("/suggestions/{id}/skip")
    async def skip(id: str, body: schemas.Skip, desk: AtDesk) -> schemas.Decided:
        """Leave a suggestion for later."""
        return decide(desk, id, lambda: desk.margin.skip(id, **body.model_dump()))

    def decide(
        desk: Desk, id: str, do: Callable[[], Coding | None], *, code: str | None = None
    ) -> schemas.Decided:
        one = desk.margin.find(id)
        touched = (one.code, code or one.code)  # a decision settles no suggestion of any other code
        before = desk.margin.decisions(one.transcript, *touched)
        coding = do()
        after = desk.margin.decisions(one.transcript, *touched)
        return views.show_decided(coding, desk.margin.changed(before, after))

    return api
