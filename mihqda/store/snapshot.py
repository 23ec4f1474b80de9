"""Read the whole study into a Snapshot."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

import mihqda
from mihqda.participants import infer_session_kind
from mihqda.snapshot import COLUMNS, Snapshot
from mihqda.store import codings as stored_codings
from mihqda.store.codes import get_codebooks
from mihqda.store.database import Store
from mihqda.store.history import last_time
from mihqda.store.people import get_asked, get_participants, get_sessions
from mihqda.store.suggestions import DECISIONS, get_evaluations, get_finished
from mihqda.store.themes import get_themes
from mihqda.store.voices import TURNS, VoiceRow, voice_rows


def load_snapshot(store: Store) -> Snapshot:
    """Return the study as it is now."""
    turn_rows = store.read(TURNS)
    turns = _frame("turns", [row[:9] for row in turn_rows]).astype(
        {"starts_at": "float64", "ends_at": "float64", "is_backchannel": "bool"}
    )
    people = get_participants(store)
    voices = voice_rows(store, turn_rows)
    sessions, transcripts = _sessions_and_transcripts(store, voices)
    books = get_codebooks(store)
    return Snapshot(
        participants=_participants(people),
        sessions=sessions,
        transcripts=transcripts,
        turns=turns,
        voices=_frame("voices", voices),
        codes=_codes(books),
        codings=_frame("codings", store.read(stored_codings.SELECT + stored_codings.ORDER)),
        themes=_frame("themes", [(t.id, t.name, t.definition, t.query, t.memo) for t in get_themes(store)]),
        asked=_frame("asked", [(a.topic, a.participant, a.session) for a in get_asked(store)]),
        texts=dict(
            store.read(
                "SELECT t.id, c.text FROM transcripts t JOIN contents c ON c.key = t.content ORDER BY t.id"
            )
        ),
        study=store.path.stem,
        as_of=last_time(store),
        versions={"mihqda": mihqda.__version__, **{book.id: book.version for book in books}},
        decisions=_frame("decisions", store.read(DECISIONS)).astype(
            {"probability": "float64", "seconds": "float64", "is_bulk": "bool"}
        ),
        finished=_frame("finished", get_finished(store)),
        evaluations=_frame("evaluations", get_evaluations(store)),
    )


def _frame(name: str, rows: Sequence[Sequence[Any]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=list(COLUMNS[name]))
    numbers = {
        "start",
        "end",
        "turn",
        "words",
        "revision",
        "characters",
        "position",
        "to_start",
        "to_end",
        "evaluation",
    } & set(frame.columns)
    # Without rows pandas cannot know the types, and later steps compare and join on them.
    types = dict.fromkeys(frame.columns, "str") if frame.empty else {}
    return frame.astype({**types, **dict.fromkeys(numbers, "int64")})


def _participants(people: Sequence[Any]) -> pd.DataFrame:
    extra = list(dict.fromkeys(key for one in people for key in one.attributes))
    columns = [*COLUMNS["participants"], *extra]
    rows = [
        (one.id, one.group, one.role, one.site, *(one.attributes.get(key, "") for key in extra))
        for one in people
    ]
    return pd.DataFrame(rows, columns=columns, dtype="str")


def _sessions_and_transcripts(store: Store, voices: Sequence[VoiceRow]) -> tuple[pd.DataFrame, pd.DataFrame]:
    rows = store.read(
        "SELECT id, source, sha256, revision, language, reader, encoding, characters FROM transcripts ORDER BY id"
    )
    described = get_sessions(store)
    session_of = {transcript: session.id for session in described for transcript in session.transcripts}
    sessions: list[tuple[Any, ...]] = [
        (one.id, one.kind, one.date, one.mode, one.language, one.duration) for one in described
    ]
    heard: dict[str, set[str]] = {}
    for transcript, _, speaker, kind, person in voices:
        if kind in ("participant", "unknown"):
            heard.setdefault(transcript, set()).add(person or speaker)
    taken = {one.id for one in described}
    for name, *_ in rows:
        if name not in session_of:  # nobody described it: the transcript is its own session
            session = name if name not in taken else f"{name} (transcript)"
            session_of[name] = session
            sessions.append((session, infer_session_kind(len(heard.get(name, ()))), "", "", "", None))
    transcripts = [(name, session_of[name], *rest) for name, *rest in rows]
    return (
        _frame("sessions", sessions).astype({"duration": "float64"}),
        _frame("transcripts", transcripts),
    )


def _codes(books: Sequence[Any]) -> pd.DataFrame:
    rows: list[tuple[Any, ...]] = []
    for book in books:
        for code in book.codes:
            origin = str(code.attributes.get("origin") or "deductive")
            rows.append(
                (
                    code.id,
                    book.id,
                    code.name,
                    code.kind,
                    code.parent or "",
                    len(rows),
                    code.codable,
                    code.retired,
                    code.valence_applicable,
                    code.definition,
                    code.include,
                    code.exclude,
                    "\n".join(code.examples),
                    origin,
                    str(code.attributes.get("version_added") or book.version),
                    code.name_in("nl"),
                )
            )
    frame = _frame("codes", rows)
    return frame.astype(dict.fromkeys(("codable", "retired", "valence_applicable"), "bool"))
