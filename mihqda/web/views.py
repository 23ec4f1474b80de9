"""Values become JSON models. What a coder sees was decided by her desk; here it only gets its shape."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from mihqda.codebook import Code
from mihqda.codings import Coding
from mihqda.project.content import HeardTurn
from mihqda.project.desk import Desk
from mihqda.project.margin import Offer
from mihqda.project.revising import revision_of
from mihqda.store.changes import LOOK_BACK
from mihqda.store.history import Operation
from mihqda.suggest.model import FEW_CODED
from mihqda.web import schemas
from mihqda.web.deeds import tell_deed


def show_study(desk: Desk) -> schemas.Study:
    """Return the study with its transcripts."""
    rows = desk.progress()
    return schemas.Study(
        study=desk.study,
        coder=desk.coder,
        coders=list(desk.coders()),
        is_blind=desk.is_blind,
        is_read_only=desk.is_read_only,
        step=desk.step(),
        transcripts=[
            schemas.TranscriptRow(
                id=row.transcript, language=row.language, words=row.words, turns=row.turns, codings=row.codings,
                uncoded=row.uncoded, finished=list(row.finished),
            )
            for row in rows
        ],
        languages=sorted({row.language for row in rows}),
        has_suggestions=desk.margin.has_any(),
    )  # fmt: skip


def show_transcript(desk: Desk, transcript: str) -> schemas.Transcript:
    """Return a transcript with its turns."""
    one = desk.content.transcript(transcript)
    return schemas.Transcript(
        id=one.id,
        revision=one.revision,
        language=one.language,
        characters=len(one.text),
        turns=[_turn(turn, one.text) for turn in desk.content.turns(transcript)],
    )


def show_codings(desk: Desk, transcript: str) -> schemas.Codings:
    """Return the codings of a transcript that the coder may see."""
    step = desk.step()  # before the codings: what comes between is told again by the changes since then
    return schemas.Codings(step=step, codings=[show_coding(one) for one in desk.codings(transcript)])


def show_coding(coding: Coding) -> schemas.Coding:
    """Return one coding."""
    return schemas.Coding(
        id=coding.id,
        transcript=coding.transcript,
        start=coding.span.start,
        end=coding.span.end,
        code=coding.code,
        coder=coding.coder,
        valence=coding.valence or "",
        memo=coding.memo,
        created=coding.created,
        origin=coding.origin,
        revision=revision_of(coding),
    )


def show_codes(desk: Desk) -> schemas.Codes:
    """Return all codes with their rules and the coder's own use of them."""
    uses = desk.uses()
    books = desk.content.codebooks()
    return schemas.Codes(
        codebooks=[schemas.Codebook(id=book.id, title=book.title, language=book.language) for book in books],
        codes=[
            show_code(
                code, book.id, *((uses[code.id].codings, uses[code.id].last) if code.id in uses else ())
            )
            for book in books
            for code in book
        ],
    )


def show_code(code: Code, codebook: str, mine: int = 0, last_used: str = "") -> schemas.Code:
    """Return one code."""
    names = {
        name.removeprefix("name_"): str(value)
        for name, value in code.attributes.items()
        if name.startswith("name_") and value
    }
    keywords = list(code.keywords)
    for name, value in code.attributes.items():
        if name.startswith("keywords_"):
            keywords += [str(word) for word in value]
    return schemas.Code(
        id=code.id, codebook=codebook, name=code.name, names=names, parent=code.parent, kind=code.kind,
        codable=code.codable, retired=code.retired, valence_applicable=code.valence_applicable,
        definition=code.definition, include=code.include, exclude=code.exclude, examples=list(code.examples),
        keywords=keywords, links=[schemas.Link(to=link.to, relation=link.relation) for link in code.links],
        mine=mine, last_used=last_used,
    )  # fmt: skip


def show_changes(desk: Desk, since: int, *, is_refitting: bool) -> schemas.Changes:
    """Return what happened since a step."""
    step = desk.step()
    changes = desk.changes_since(since)
    return schemas.Changes(
        step=step,
        changes=[
            schemas.Change(
                step=one.step, who=one.who, what=one.what, kind=one.kind, transcripts=list(one.transcripts),
                tables=list(one.tables),
            )
            for one in changes
        ],
        is_complete=step - since <= LOOK_BACK,
        suggestions=desk.margin.state(),
        is_refitting=is_refitting,
    )  # fmt: skip


def show_turned(desk: Desk, operation: Operation, word: str) -> schemas.Turned:
    """Return what undo or redo did, and where."""
    deed, transcript = tell_deed(desk, operation)
    return schemas.Turned(
        step=operation.step, what=operation.what, message=f"{word}: {deed}", transcript=transcript
    )


def show_suggestions(
    desk: Desk, transcript: str, order: str, *, is_shown_all: bool, is_refitting: bool, note: str
) -> schemas.Suggestions:
    """Return the suggestions for a transcript, those to decide on first and in order."""
    offers = desk.margin.offers(transcript, order=order, hidden=is_shown_all)
    return schemas.Suggestions(
        suggestions=[show_offer(one) for one in offers],
        suggester=", ".join(sorted({one.suggestion.suggester for one in offers})),
        state=desk.margin.state(),
        is_measured=any(one.measured is not None for one in offers),
        hidden=desk.margin.count_hidden(transcript),
        is_refitting=is_refitting,
        note=note,
    )


def show_offer(offer: Offer) -> schemas.Suggestion:
    """Return one suggestion."""
    return schemas.Suggestion(**_offer(offer))


def show_evidence(desk: Desk, suggestion: str) -> schemas.Evidence:
    """Return a suggestion with what speaks for it."""
    offer = desk.margin.offer(suggestion)
    one, evidence = offer.suggestion, offer.suggestion.evidence
    return schemas.Evidence(
        **_offer(offer),
        words=[
            schemas.Word(start=span.start, end=span.end, weight=weight)
            for span, weight in zip(evidence.words, evidence.weights, strict=True)
        ],
        negated=[schemas.Place(start=span.start, end=span.end) for span in evidence.negated],
        quotes=[
            schemas.Quote(
                coding=coding.id, transcript=coding.transcript, start=coding.span.start, end=coding.span.end,
                text=text,
            )
            for coding, text in desk.margin.quotes(one)
        ],
        field=evidence.field,
        matched=evidence.matched,
    )  # fmt: skip


def show_decided(coding: Coding | None, changed: Iterable[Offer]) -> schemas.Decided:
    """Return what a decision led to: the coding, and the suggestions that now stand otherwise."""
    return schemas.Decided(
        coding=show_coding(coding) if coding else None, changed=[show_offer(offer) for offer in changed]
    )


def _offer(offer: Offer) -> dict[str, Any]:
    one = offer.suggestion
    return {
        "id": one.id,
        "transcript": one.transcript,
        "start": one.span.start,
        "end": one.span.end,
        "code": one.code,
        "probability": one.probability if one.coded >= FEW_CODED else None,
        "strength": one.strength,
        "position": offer.position,
        "reasons": list(offer.reasons),
        "measured": offer.measured,
        "decision": offer.decision,
        "suggester": one.suggester,
    }


def _turn(turn: HeardTurn, text: str) -> schemas.Turn:
    return schemas.Turn(
        n=turn.number,
        start=turn.span.start,
        end=turn.span.end,
        speakers=[speaker for speaker in turn.speakers if speaker],
        people=[schemas.Person(id=one.id, group=one.group, kind=one.kind) for one in turn.people],
        starts_at=turn.starts_at,
        language=turn.language,
        is_backchannel=turn.is_backchannel,
        text=text[turn.span.start : turn.span.end],
    )
