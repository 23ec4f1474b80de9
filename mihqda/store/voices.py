"""Whose voices are heard in the transcripts, as rows; the frames of a Snapshot are made from them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from mihqda.participants import SpeakerKind, resolve_speakers
from mihqda.store.database import Store
from mihqda.store.people import get_participants, get_rules
from mihqda.store.themes import get_setting

TURNS = (
    'SELECT t.id, u.turn, u.start, u."end", u.starts_at, u.ends_at, u.language, u.words, u.is_backchannel,'
    " u.speakers FROM transcripts t JOIN turns u ON u.content = t.content ORDER BY t.id, u.turn"
)

TURNS_OF = TURNS.replace("ORDER BY", "WHERE t.id = ? ORDER BY")
"""The same for one transcript."""

VoiceRow = tuple[str, int, str, SpeakerKind, str]
"""transcript, turn, speaker, kind, participant: one speaker of one turn."""


@dataclass(frozen=True, slots=True)
class Voice:
    """One speaker of one transcript: label, whose it is, turns and words."""

    transcript: str
    speaker: str
    kind: SpeakerKind
    participant: str
    turns: int
    words: int


def voice_rows(store: Store, turns: Sequence[tuple[Any, ...]]) -> list[VoiceRow]:
    """Return one row per speaker of a turn, for the rows of `TURNS`; a turn without a label has speaker ``""``."""
    parsed: dict[str, list[str]] = {}  # a few labels stand in thousands of rows
    said: list[tuple[str, int, list[str]]] = []
    labels: dict[str, dict[str, None]] = {}
    for row in turns:
        transcript, turn, text = row[0], row[1], row[9]
        if text not in parsed:
            parsed[text] = list(dict.fromkeys(json.loads(text) or [""]))
        said.append((transcript, turn, parsed[text]))
        labels.setdefault(transcript, {}).update(dict.fromkeys(parsed[text]))
    known = resolve_speakers(
        labels,
        participants=[one.id for one in get_participants(store)],
        rules=get_rules(store),
        interviewers=get_setting(store, "interviewers", []),
    )
    return [
        (transcript, turn, speaker, *known[transcript, speaker])
        for transcript, turn, speakers in said
        for speaker in speakers
    ]


def list_voices(store: Store) -> tuple[Voice, ...]:
    """Return every voice of every transcript in order of appearance; a shared turn counts for each speaker."""
    turns = store.read(TURNS)
    words = {(row[0], row[1]): row[7] for row in turns}
    counts: dict[tuple[str, str, SpeakerKind, str], list[int]] = {}
    for transcript, turn, speaker, kind, participant in voice_rows(store, turns):
        count = counts.setdefault((transcript, speaker, kind, participant), [0, 0])
        count[0] += 1
        count[1] += words[transcript, turn]
    return tuple(Voice(*key, *count) for key, count in counts.items())
