"""Transcripts and their turns in the study file."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

from mihqda.errors import NotFoundError
from mihqda.spans import Span
from mihqda.store.database import Store
from mihqda.transcripts import Transcript, Turn
from mihqda.transcripts.read import Imported
from mihqda.transcripts.speech import count_words, is_backchannel


def add_transcript(store: Store, imported: Imported) -> None:
    """Write a new transcript with its turns."""
    transcript = imported.transcript
    key = _keep_text(store, transcript)
    store.write(
        "INSERT INTO transcripts (id, source, sha256, revision, content, characters, language, reader, encoding,"
        " warnings) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            transcript.id, transcript.source, transcript.sha256, transcript.revision, key, len(transcript.text),
            transcript.language, imported.reader, imported.encoding, json.dumps(imported.warnings),
        ),
    )  # fmt: skip


def remove_transcript(store: Store, transcript: str) -> None:
    """Take a transcript out; its codings have to be gone."""
    store.write("DELETE FROM transcripts WHERE id = ?", (transcript,))


def get_transcript(store: Store, transcript: str) -> Transcript:
    """Return one transcript.

    Raises
    ------
    NotFoundError
        If the study has none of that id.
    """
    rows = store.read(
        "SELECT t.id, c.text, t.language, t.source, t.sha256, t.revision, t.content"
        " FROM transcripts t JOIN contents c ON c.key = t.content WHERE t.id = ?",
        (transcript,),
    )
    if not rows:
        near = ", ".join(transcript_ids(store)[:12]) or "none"
        raise NotFoundError(f"the study has no transcript {transcript!r}; there are: {near}")
    name, text, language, source, sha256, revision, key = rows[0]
    turns = tuple(
        Turn(Span(start, end), tuple(json.loads(speakers)), starts_at, ends_at, turn_language)
        for start, end, speakers, starts_at, ends_at, turn_language in store.read(
            'SELECT start, "end", speakers, starts_at, ends_at, language FROM turns WHERE content = ? ORDER BY turn',
            (key,),
        )
    )
    return Transcript(name, text, turns, language, source, sha256, revision)


def transcript_ids(store: Store) -> tuple[str, ...]:
    """Return the ids of all transcripts, sorted."""
    return tuple(row[0] for row in store.read("SELECT id FROM transcripts ORDER BY id"))


def known_files(store: Store) -> dict[str, str]:
    """Return transcript id -> sha256 of the bytes it came from."""
    return dict(store.read("SELECT id, sha256 FROM transcripts"))


def get_text(store: Store, transcript: str) -> str | None:
    """Return the text of a transcript, or None if there is none of that id."""
    rows = store.read(
        "SELECT c.text FROM transcripts t JOIN contents c ON c.key = t.content WHERE t.id = ?", (transcript,)
    )
    return str(rows[0][0]) if rows else None


def labels_by_transcript(store: Store) -> dict[str, tuple[str, ...]]:
    """Return the speaker labels of every transcript in order of appearance; ``""`` stands for none."""
    out: dict[str, dict[str, None]] = {name: {} for name in transcript_ids(store)}
    for name, speakers in store.read(
        "SELECT t.id, u.speakers FROM transcripts t JOIN turns u ON u.content = t.content ORDER BY t.id, u.turn"
    ):
        out[name].update(dict.fromkeys(json.loads(speakers) or [""]))
    return {name: tuple(labels) for name, labels in out.items()}


def _keep_text(store: Store, transcript: Transcript) -> str:
    rows = [
        (
            number, turn.span.start, turn.span.end, json.dumps(turn.speakers), _seconds(turn.start),
            _seconds(turn.end), turn.language,
            count_words(said := turn.span.quote(transcript.text)), is_backchannel(said),
        )
        for number, turn in enumerate(transcript.turns)
    ]  # fmt: skip
    # Two files may hold the same words with other turns, so the turns are part of the key.
    key = hashlib.sha256(json.dumps([transcript.text, rows]).encode()).hexdigest()
    store.write(
        "INSERT INTO contents (key, text) VALUES (?, ?) ON CONFLICT (key) DO NOTHING", (key, transcript.text)
    )
    _insert_turns(store, key, rows)
    return key


def _seconds(value: float | None) -> float | None:
    return None if value is None else float(value)  # as SQLite gives it back: the key is made from it


def _insert_turns(store: Store, key: str, rows: Iterable[tuple[object, ...]]) -> None:
    store.write_many(
        'INSERT INTO turns (content, turn, start, "end", speakers, starts_at, ends_at, language, words,'
        " is_backchannel) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        [(key, *row) for row in rows],
    )
