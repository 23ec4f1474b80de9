"""Suggestions, decisions on them, finished transcripts and evaluations in the study file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from mihqda.errors import NotFoundError
from mihqda.spans import Span
from mihqda.store.database import Store
from mihqda.suggest.model import Evidence, Suggestion

Verdict = Literal["accepted", "rejected", "changed", "skipped"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)

_COLUMNS = (
    's.id, s.transcript, s.start, s."end", s.unit, s.code, s.probability, s.score, s.strength, s.evidence,'
    " s.suggester, s.version, s.settings, s.state, s.coded"
)
# A suggestion is for one text and for a code in use; whatever else stands in the ledger is not shown.
_LIVE = (
    " FROM suggestions s JOIN transcripts t ON t.id = s.transcript AND t.content = s.content"
    " JOIN codes c ON c.id = s.code AND c.codable = 1 AND c.retired = 0"
)
_ORDER = ' ORDER BY s.transcript, s.start, s."end", s.score DESC, s.id'

_INSERT = (
    'INSERT INTO suggestions (id, transcript, content, start, "end", unit, code, probability, score, strength,'
    " evidence, suggester, version, settings, state, coded)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING"
)

_UNDECIDED = "NOT EXISTS (SELECT 1 FROM decisions d WHERE d.suggestion = suggestions.id)"

DECISIONS = """
    SELECT suggestion, transcript, start, "end", code, suggester, version, state, probability, decision, coder,
           at, seconds, coalesce(coding, ''), coalesce(to_code, ''), coalesce(to_start, -1),
           coalesce(to_end, -1), is_bulk
    FROM decisions ORDER BY transcript, start, "end", code, coder, suggestion
"""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a coder made of a suggestion; positions and ids, the reason aside.

    Parameters
    ----------
    suggestion, transcript, span, code, suggester, version, state, probability
        What was proposed, as it was then.
    coder, decision, at
        Who decided what, when (UTC).
    seconds
        How long it took; None if nobody measured.
    why
        The coder's reason; "" if none.
    coding
        The coding that it made or found; None for none.
    to_code, to_span
        What a changed one became.
    is_bulk
        Whether it was one of many accepted at once.
    """

    suggestion: str
    transcript: str
    span: Span
    code: str
    suggester: str
    version: str
    state: str
    probability: float | None
    coder: str
    decision: Verdict
    at: str
    seconds: float | None = None
    why: str = ""
    coding: str | None = None
    to_code: str | None = None
    to_span: Span | None = None
    is_bulk: bool = False


def put_suggestions(
    store: Store,
    suggestions: Iterable[Suggestion],
    *,
    suggester: str,
    transcripts: Sequence[str] = (),
    coders: Sequence[str] = (),
) -> tuple[int, int]:
    """Replace what a list holds and nobody decided by what is proposed now, as one transaction.

    There is a list for each suggester and the coders whom it learned from (`Suggestion.settings`); the others stay.

    Parameters
    ----------
    suggestions
        All of one suggester.
    suggester
        Its name.
    transcripts
        Which transcripts it looked at; none means all.
    coders
        Whom alone it learned from; none means everybody.

    Returns
    -------
    tuple of int
        How many stand in the ledger anew, and how many decided ones stayed as they are.
    """
    rows = _rows(store, suggestions)
    with store.derive():
        lists = "suggester = ? AND settings IN (SELECT value FROM json_each(?))"
        mine = (suggester, json.dumps(_settings_of(store, suggester, coders)))
        if transcripts:
            store.write_many(
                f"DELETE FROM suggestions WHERE {lists} AND transcript = ? AND {_UNDECIDED}",
                [(*mine, name) for name in transcripts],
            )
        else:
            store.write(f"DELETE FROM suggestions WHERE {lists} AND {_UNDECIDED}", mine)
        # Before there were several lists, an id did not tell them apart.
        store.write_many(
            f"DELETE FROM suggestions WHERE id = ? AND {_UNDECIDED}", [(row[0],) for row in rows]
        )
        kept = int(
            store.read(f"SELECT count(*) FROM suggestions WHERE {lists} AND NOT {_UNDECIDED}", mine)[0][0]
        )
        before = int(store.read("SELECT count(*) FROM suggestions")[0][0])
        store.write_many(_INSERT, rows)
        after = int(store.read("SELECT count(*) FROM suggestions")[0][0])
    return after - before, kept


def lists_of(store: Store, suggester: str) -> dict[tuple[str, ...], set[str]]:
    """Return the lists of a suggester: coders whom alone it learned from (none: everybody) -> units of what is undecided."""
    out: dict[tuple[str, ...], set[str]] = {}
    for settings, unit in store.read(
        f"SELECT DISTINCT settings, unit FROM suggestions WHERE suggester = ? AND {_UNDECIDED}", (suggester,)
    ):
        out.setdefault(coders_of(settings), set()).add(unit)
    return out


def coders_of(settings: str) -> tuple[str, ...]:
    """Return the coders whom alone a suggester with these settings learned from, in order; none means everybody."""
    return tuple(sorted(set(json.loads(settings).get("coders") or ())))


def _settings_of(store: Store, suggester: str, coders: Sequence[str]) -> list[str]:
    """Return the settings, as they are written, of the list of a suggester and coders."""
    wanted = tuple(sorted(set(coders)))
    known = store.read("SELECT DISTINCT settings FROM suggestions WHERE suggester = ?", (suggester,))
    return [settings for (settings,) in known if coders_of(settings) == wanted]


def keep_suggestion(store: Store, suggestion: Suggestion) -> None:
    """Put one suggestion into the ledger if it is not there any more."""
    with store.derive():
        store.write_many(_INSERT, _rows(store, [suggestion]))


def live_suggestions(store: Store) -> tuple[Suggestion, ...]:
    """Return all suggestions for the texts and codes of today, in reading order, likeliest first in a span."""
    return tuple(_suggestion(row) for row in store.read(f"SELECT {_COLUMNS}{_LIVE}{_ORDER}"))


def suggestions_for(store: Store, transcript: str) -> tuple[Suggestion, ...]:
    """Return the suggestions for the text and codes of today in one transcript, in reading order."""
    return tuple(
        _suggestion(row)
        for row in store.read(f"SELECT {_COLUMNS}{_LIVE} WHERE s.transcript = ?{_ORDER}", (transcript,))
    )


def places_for(store: Store, transcript: str, codes: Sequence[str]) -> list[tuple[str, int, int, str]]:
    """Return suggestion, start, end, code of the suggestions of some codes in one transcript, in reading order."""
    marks = ", ".join("?" * len(codes))
    return store.read(
        f'SELECT s.id, s.start, s."end", s.code{_LIVE} WHERE s.transcript = ? AND s.code IN ({marks}){_ORDER}',
        (transcript, *codes),
    )


def live_rows(store: Store) -> list[tuple[Any, ...]]:
    """Return suggestion, transcript, start, end, unit, code, probability, score, strength, suggester, version, coded, settings.

    The same suggestions in the same order as `live_suggestions`, without evidence: for frames of many.
    """
    return store.read(
        'SELECT s.id, s.transcript, s.start, s."end", s.unit, s.code, s.probability, s.score, s.strength,'
        f" s.suggester, s.version, s.coded, s.settings{_LIVE}{_ORDER}"
    )


def get_suggestion(store: Store, beginning: str) -> Suggestion:
    """Return one suggestion by its id, or by a beginning that only one id has.

    Raises
    ------
    NotFoundError
        If the ledger has none such, or several.
    """
    escaped = beginning.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    rows = store.read(f"SELECT {_COLUMNS}{_LIVE} WHERE s.id = ?", (beginning,)) or store.read(
        f"SELECT {_COLUMNS}{_LIVE} WHERE s.id LIKE ? ESCAPE '\\' LIMIT 2", (f"{escaped}%",)
    )
    if len(rows) != 1 or not beginning:
        what = "several suggestions begin with" if rows else "there is no suggestion"
        raise NotFoundError(
            f"{what} {beginning!r} (a refit replaces those that nobody decided); see: mihqda suggest STUDY"
        )
    return _suggestion(rows[0])


def get_decision(store: Store, suggestion: str, coder: str) -> tuple[Verdict, str | None] | None:
    """Return what a coder decided about a suggestion, and the coding of that; None if nothing."""
    rows = store.read(
        "SELECT decision, coding FROM decisions WHERE suggestion = ? AND coder = ?", (suggestion, coder)
    )
    return (rows[0][0], rows[0][1]) if rows else None


def decisions_of(store: Store, coder: str) -> list[tuple[Any, ...]]:
    """Return suggestion, transcript, start, end, code, decision of each decision of a coder; of all for ""."""
    return store.read(
        "SELECT suggestion, transcript, start, \"end\", code, decision FROM decisions WHERE ? IN ('', coder)"
        " ORDER BY suggestion, coder",
        (coder,),
    )


def put_decisions(store: Store, decisions: Iterable[Decision]) -> None:
    """Write decisions in the open step; one of the same coder on the same suggestion is replaced."""
    rows = [
        (
            one.suggestion, one.coder, one.transcript, one.span.start, one.span.end, one.code, one.suggester,
            one.version, one.state, one.probability, one.decision, one.at, one.seconds,
            store.keep(one.why) if one.why else None, one.coding, one.to_code,
            one.to_span.start if one.to_span else None, one.to_span.end if one.to_span else None,
            int(one.is_bulk),
        )
        for one in decisions
    ]  # fmt: skip
    # Deleted and written anew, since only then the history holds both rows (REPLACE fires no delete trigger).
    store.write_many(
        "DELETE FROM decisions WHERE suggestion = ? AND coder = ?", [(row[0], row[1]) for row in rows]
    )
    store.write_many(
        'INSERT INTO decisions (suggestion, coder, transcript, start, "end", code, suggester, version, state,'
        " probability, decision, at, seconds, why, coding, to_code, to_start, to_end, is_bulk)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        rows,
    )


def forget_transcript(store: Store, transcript: str) -> None:
    """Take out the decisions on a transcript and who finished it; its suggestions are not shown any more."""
    store.write("DELETE FROM decisions WHERE transcript = ?", (transcript,))
    store.write("DELETE FROM finished WHERE transcript = ?", (transcript,))


def follow_merge(store: Store, old: str, new: str) -> None:
    """Let decisions follow a code into another one, before its codings do.

    Where a coding would stand twice then and is removed, its decision points to the one that stays.
    """
    store.write(
        "UPDATE decisions SET coding = (SELECT o.id FROM codings g JOIN codings o ON o.code = ?"
        ' AND o.transcript = g.transcript AND o.start = g.start AND o."end" = g."end" AND o.coder = g.coder'
        " AND o.valence IS g.valence AND o.memo IS g.memo WHERE g.id = decisions.coding ORDER BY o.id LIMIT 1)"
        " WHERE EXISTS (SELECT 1 FROM codings g JOIN codings o ON o.code = ?"
        ' AND o.transcript = g.transcript AND o.start = g.start AND o."end" = g."end" AND o.coder = g.coder'
        " AND o.valence IS g.valence AND o.memo IS g.memo WHERE g.id = decisions.coding AND g.code = ?)",
        (new, new, old),
    )
    store.write("UPDATE decisions SET to_code = ? WHERE to_code = ?", (new, old))
    store.write("UPDATE decisions SET code = ? WHERE code = ?", (new, old))


def decided_codes(store: Store) -> set[str]:
    """Return the codes that decisions refer to."""
    return {
        row[0]
        for row in store.read("SELECT code FROM decisions UNION SELECT to_code FROM decisions")
        if row[0] is not None
    }


def get_finished(store: Store) -> list[tuple[str, str]]:
    """Return (transcript, coder) of each transcript that a coder has read to the end."""
    return [(row[0], row[1]) for row in store.read("SELECT transcript, coder FROM finished ORDER BY 1, 2")]


def put_finished(store: Store, transcript: str, coder: str) -> None:
    """Write that a coder has read a transcript to the end; nothing happens if that is known."""
    store.write(
        "INSERT INTO finished (transcript, coder) VALUES (?, ?) ON CONFLICT DO NOTHING", (transcript, coder)
    )


def remove_finished(store: Store, transcript: str, coder: str) -> int:
    """Take back that a coder has read a transcript to the end; return whether it was so, as 0 or 1."""
    return store.write("DELETE FROM finished WHERE transcript = ? AND coder = ?", (transcript, coder))


def add_evaluation(store: Store, *, at: str, who: str, state: str, result: str) -> None:
    """Keep what a suggester was worth."""
    with store.derive():
        store.write(
            "INSERT INTO evaluations (at, who, state, result) VALUES (?, ?, ?, ?)", (at, who, state, result)
        )


def get_evaluations(store: Store) -> list[tuple[Any, ...]]:
    """Return number, at, who, state, result of every evaluation, oldest first."""
    return store.read("SELECT id, at, who, state, result FROM evaluations ORDER BY id")


def last_evaluation(store: Store) -> tuple[int, str] | None:
    """Return the number and result of the last evaluation, or None."""
    rows = store.read("SELECT id, result FROM evaluations ORDER BY id DESC LIMIT 1")
    return (int(rows[0][0]), str(rows[0][1])) if rows else None


def _rows(store: Store, suggestions: Iterable[Suggestion]) -> list[tuple[Any, ...]]:
    """Return suggestions as rows, but for those of transcripts that are gone by now."""
    contents = dict(store.read("SELECT id, content FROM transcripts"))
    return [
        (
            one.id, one.transcript, contents[one.transcript], one.span.start, one.span.end, one.unit, one.code,
            one.probability, float(one.score), one.strength, _evidence_as_json(one.evidence), one.suggester,
            one.version, json.dumps(dict(one.settings), ensure_ascii=False, sort_keys=True), one.state, one.coded,
        )
        for one in suggestions
        if one.transcript in contents
    ]  # fmt: skip


def _evidence_as_json(evidence: Evidence) -> str:
    return json.dumps(
        {
            "words": [[span.start, span.end] for span in evidence.words],
            "weights": [float(weight) for weight in evidence.weights],
            "negated": [[span.start, span.end] for span in evidence.negated],
            "quotes": list(evidence.quotes),
            "field": evidence.field,
            "matched": evidence.matched,
        },
        ensure_ascii=False,
    )


def read_evidence(text: str) -> Evidence:
    """Return evidence as the ledger writes it."""
    found = json.loads(text)
    return Evidence(
        tuple(Span(*one) for one in found["words"]),
        tuple(found["weights"]),
        tuple(Span(*one) for one in found["negated"]),
        tuple(found["quotes"]),
        found["field"],
        found["matched"],
    )


def _suggestion(row: Sequence[Any]) -> Suggestion:
    (
        name, transcript, start, end, unit, code, probability, score, strength, evidence, suggester, version,
        settings, state, coded,
    ) = row  # fmt: skip
    return Suggestion(
        name, transcript, Span(start, end), unit, code, probability, score, strength, read_evidence(evidence),
        suggester, version, json.loads(settings), state, coded,
    )  # fmt: skip
