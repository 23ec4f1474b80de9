"""What coders decide about suggestions: accepting, rejecting, skipping, and saying that a transcript is read.

Nothing here writes a coding without a coder's decision on that very suggestion, or on a threshold that she named.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from mihqda.codings import Coding, new_id
from mihqda.codings.load import names_of, resolve_code
from mihqda.errors import ConflictError, InputError
from mihqda.project.codings import Coded, code_span, find_warnings, study_codes
from mihqda.project.suggestions import list_suggestions
from mihqda.spans import Span
from mihqda.store import Store
from mihqda.store import codings as stored_codings
from mihqda.store import suggestions as stored
from mihqda.store.database import now
from mihqda.store.suggestions import Decision, Verdict
from mihqda.store.transcripts import get_transcript
from mihqda.suggest.model import Suggestion

if TYPE_CHECKING:
    import pandas as pd

    from mihqda.snapshot import Snapshot


def accept(
    store: Store,
    suggestion: str | Suggestion,
    *,
    coder: str,
    at: Span | None = None,
    code: str | None = None,
    valence: str | None = None,
    memo: str = "",
    seconds: float | None = None,
) -> Coded:
    """Make a coding of a suggestion, as it stands or with another code or span; see `Project.accept`."""
    coder = _named(coder)
    _check_seconds(seconds)
    with store.step(f"accept suggestion {_id(suggestion)}", who=coder):
        one = _find(store, suggestion)
        _check_undecided(store, one, coder, "accepted")
        codes = study_codes(store)
        try:
            to_code = one.code if code is None else resolve_code(code, codes, names_of(codes))
        except InputError as error:
            raise InputError(f"code {code!r}: {error}; see: mihqda codebook list STUDY") from None
        span = at or one.span
        same = stored_codings.coding_at(store, Coding("new", one.transcript, span, to_code, coder))
        if same:
            coded = Coded((), already=1)
        else:
            coded = code_span(
                store, one.transcript, code=to_code, coder=coder, at=span, valence=valence, memo=memo,
                origin=f"suggestion:{one.id}",
            )  # fmt: skip
        is_changed = (to_code, span) != (one.code, one.span)
        stored.put_decisions(store, [
            _decision(
                one, coder, "changed" if is_changed else "accepted", seconds=seconds,
                coding=same or coded.codings[0].id,
                to_code=to_code if is_changed else None, to_span=span if is_changed else None,
            )
        ])  # fmt: skip
    return coded


def reject(
    store: Store, suggestion: str | Suggestion, *, coder: str, why: str = "", seconds: float | None = None
) -> None:
    """Write down that a suggestion is wrong; see `Project.reject`."""
    _refuse(store, suggestion, coder, "rejected", why, seconds)


def skip(store: Store, suggestion: str | Suggestion, *, coder: str, seconds: float | None = None) -> None:
    """Write down that a coder left a suggestion open; see `Project.skip`."""
    _refuse(store, suggestion, coder, "skipped", "", seconds)


def accept_all(store: Store, snapshot: Snapshot, threshold: float, *, coder: str, **chosen: Any) -> Coded:
    """Make codings of all pending suggestions from a threshold on, as one step; see `Project.accept_all`."""
    coder = _named(coder)
    known = study_codes(store)
    with store.step(f"accept suggestions from {threshold:g} on", who=coder):
        frame = above_threshold(store, snapshot, threshold, coder=coder, **chosen)
        ledger = {one.id: one for one in stored.live_suggestions(store)}
        mine = snapshot.codings[snapshot.codings["coder"] == coder]
        there = {
            tuple(row[:4]): str(row[4])
            for row in zip(mine["transcript"], mine["start"], mine["end"], mine["code"], mine["coding"], strict=True)
        }  # fmt: skip
        made: list[Coding] = []
        decisions: list[Decision] = []
        for name in frame["suggestion"]:
            one = ledger[name]
            place = (one.transcript, one.span.start, one.span.end, one.code)
            if place not in there:
                made.append(
                    Coding(
                        new_id(), one.transcript, one.span, one.code, coder, created=now(), origin=f"suggestion:{name}"
                    )
                )  # fmt: skip
                there[place] = made[-1].id
            decisions.append(_decision(one, coder, "accepted", coding=there[place], is_bulk=True))
        stored_codings.add_codings(store, made)
        stored.put_decisions(store, decisions)
    return Coded(tuple(made), len(decisions) - len(made), tuple(find_warnings(store, made, known)))


def above_threshold(
    store: Store, snapshot: Snapshot, threshold: float, *, coder: str, **chosen: Any
) -> pd.DataFrame:
    """Return what `accept_all` would accept, most probable first; `chosen` as for `list_suggestions`.

    A suggestion without a probability (keyword rules) counts with the precision of its code, if that was measured.

    Raises
    ------
    InputError
        If the threshold is not above 0 and at most 1.
    """
    if isinstance(threshold, bool) or not isinstance(threshold, int | float) or not 0 < threshold <= 1:
        raise InputError(f"a threshold lies above 0 and is at most 1, got {threshold!r}")
    frame = list_suggestions(store, snapshot, coder=_named(coder), order="likely", **chosen)
    chance = frame["probability"].fillna(frame["measured"])
    is_new = frame["decision"] == ""  # who skipped one wanted to look again
    frame = frame[(chance >= threshold) & is_new].reset_index(drop=True)
    return frame.assign(position=range(1, len(frame) + 1))


def finish(store: Store, transcript: str, *, coder: str, why: str = "") -> None:
    """Write down that a coder has read a transcript to the end."""
    get_transcript(store, transcript)
    with store.step(f"finish transcript {transcript}", who=_named(coder), why=why):
        stored.put_finished(store, transcript, _named(coder))


def reopen(store: Store, transcript: str, *, coder: str, why: str = "") -> None:
    """Take back that a coder has read a transcript to the end.

    Raises
    ------
    ConflictError
        If she has not.
    """
    get_transcript(store, transcript)
    with store.step(f"reopen transcript {transcript}", who=_named(coder), why=why):
        if not stored.remove_finished(store, transcript, _named(coder)):
            raise ConflictError(f"{_named(coder)} has not finished transcript {transcript}")


def _refuse(
    store: Store, suggestion: str | Suggestion, coder: str, verdict: Verdict, why: str, seconds: float | None
) -> None:
    coder = _named(coder)
    _check_seconds(seconds)
    what = {"rejected": "reject", "skipped": "skip"}[verdict]
    with store.step(f"{what} suggestion {_id(suggestion)}", who=coder):
        one = _find(store, suggestion)
        _check_undecided(store, one, coder, verdict)
        stored.put_decisions(store, [_decision(one, coder, verdict, seconds=seconds, why=why)])


def _id(suggestion: str | Suggestion) -> str:
    return suggestion if isinstance(suggestion, str) else suggestion.id


def _find(store: Store, suggestion: str | Suggestion) -> Suggestion:
    """Return a suggestion; one that a coder has before her is put back if a refit replaced it meanwhile."""
    if isinstance(suggestion, str):
        return stored.get_suggestion(store, suggestion)
    stored.keep_suggestion(store, suggestion)
    return stored.get_suggestion(store, suggestion.id)


def _decision(
    one: Suggestion,
    coder: str,
    decision: Verdict,
    *,
    seconds: float | None = None,
    why: str = "",
    coding: str | None = None,
    to_code: str | None = None,
    to_span: Span | None = None,
    is_bulk: bool = False,
) -> Decision:
    return Decision(
        one.id, one.transcript, one.span, one.code, one.suggester, one.version, one.state, one.probability, coder,
        decision, now(), None if seconds is None else float(seconds), why.strip(), coding, to_code, to_span, is_bulk,
    )  # fmt: skip


def _check_undecided(store: Store, one: Suggestion, coder: str, verdict: Verdict) -> None:
    before = stored.get_decision(store, one.id, coder)
    if before is None:
        return
    decision, coding = before
    if coding is not None:
        raise ConflictError(
            f"{coder} made coding {coding} of suggestion {one.id} already; to change that: mihqda undo, or "
            f"mihqda uncode STUDY {coding}"
        )
    if decision == verdict == "rejected":
        raise ConflictError(f"{coder} rejected suggestion {one.id} already")


def _named(coder: str) -> str:
    if not coder.strip():
        raise InputError("a decision needs its coder: --coder NAME")
    return coder.strip()


def _check_seconds(seconds: float | None) -> None:
    if seconds is None:
        return
    if isinstance(seconds, bool) or not isinstance(seconds, int | float) or not 0 <= seconds < math.inf:
        raise InputError(f"seconds are a number from 0 on, got {seconds!r}")
