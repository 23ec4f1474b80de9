"""The register, the speaker rules, the sessions and who was asked what, in the study file."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Literal

from mihqda.participants import Asked, Participant, Session, SpeakerRule
from mihqda.store.database import Store

Outcome = Literal["added", "changed", "unchanged"]


def get_participants(store: Store) -> tuple[Participant, ...]:
    """Return the register in its own order."""
    return tuple(
        Participant(name, group, role, site, json.loads(attributes))
        for name, group, role, site, attributes in store.read(
            'SELECT id, "group", role, site, attributes FROM participants ORDER BY position, id'
        )
    )


def put_participants(store: Store, participants: Iterable[Participant]) -> dict[str, Outcome]:
    """Add people or change their rows; nobody is removed. Returns what became of each."""
    known = {one.id: one for one in get_participants(store)}
    position = int(store.read("SELECT coalesce(max(position), 0) FROM participants")[0][0])
    out: dict[str, Outcome] = {}
    for one in participants:
        row = (one.group, one.role, one.site, json.dumps(dict(one.attributes), ensure_ascii=False))
        if one.id not in known:
            position += 1
            store.write(
                'INSERT INTO participants (id, position, "group", role, site, attributes) VALUES (?, ?, ?, ?, ?, ?)',
                (one.id, position, *row),
            )
            out[one.id] = "added"
        elif known[one.id] != one:
            store.write(
                'UPDATE participants SET "group" = ?, role = ?, site = ?, attributes = ? WHERE id = ?',
                (*row, one.id),
            )
            out[one.id] = "changed"
        else:
            out[one.id] = "unchanged"
    return out


def remove_participant(store: Store, person: str) -> None:
    """Take a person out, with the rules and answers that name her."""
    store.write("DELETE FROM participants WHERE id = ?", (person,))
    store.write("DELETE FROM speaker_rules WHERE participant = ?", (person,))
    store.write("DELETE FROM asked WHERE participant = ?", (person,))


def get_rules(store: Store) -> tuple[SpeakerRule, ...]:
    """Return the speaker rules, sorted."""
    return tuple(
        SpeakerRule(*row)
        for row in store.read(
            "SELECT transcript, speaker, kind, participant FROM speaker_rules"
            " ORDER BY transcript, speaker, participant"
        )
    )


def put_rules(store: Store, rules: Iterable[SpeakerRule]) -> None:
    """Add speaker rules; a rule for a label replaces an earlier one for that label in that transcript."""
    known = set(get_rules(store))
    for rule in rules:
        if rule in known:
            continue
        if rule.speaker:
            store.write(
                "DELETE FROM speaker_rules WHERE transcript = ? AND speaker = ?",
                (rule.transcript, rule.speaker),
            )
        store.write(
            "INSERT INTO speaker_rules (transcript, speaker, kind, participant) VALUES (?, ?, ?, ?)"
            " ON CONFLICT DO UPDATE SET kind = excluded.kind",
            (rule.transcript, rule.speaker, rule.kind, rule.participant),
        )


def get_sessions(store: Store) -> tuple[Session, ...]:
    """Return the described sessions in their own order, each with its transcripts."""
    listed: dict[str, list[str]] = {}
    for transcript, session in store.read(
        "SELECT transcript, session FROM session_transcripts ORDER BY transcript"
    ):
        listed.setdefault(session, []).append(transcript)
    return tuple(
        Session(name, kind, date, mode, language, duration, tuple(listed.get(name, ())))
        for name, kind, date, mode, language, duration in store.read(
            "SELECT id, kind, date, mode, language, duration FROM sessions ORDER BY position, id"
        )
    )


def put_sessions(store: Store, sessions: Iterable[Session]) -> None:
    """Add sessions or change them; one whose transcripts all went to others is dropped."""
    known = {one.id: one for one in get_sessions(store)}
    position = int(store.read("SELECT coalesce(max(position), 0) FROM sessions")[0][0])
    for one in sessions:
        row = (one.kind, one.date, one.mode, one.language, one.duration)
        if one.id not in known:
            position += 1
            store.write(
                "INSERT INTO sessions (id, position, kind, date, mode, language, duration) VALUES (?, ?, ?, ?, ?, ?, ?)",
                (one.id, position, *row),
            )
        elif known[one.id] != one:
            store.write(
                "UPDATE sessions SET kind = ?, date = ?, mode = ?, language = ?, duration = ? WHERE id = ?",
                (*row, one.id),
            )
        store.write("DELETE FROM session_transcripts WHERE session = ?", (one.id,))
        for transcript in one.transcripts:
            store.write("DELETE FROM session_transcripts WHERE transcript = ?", (transcript,))
            store.write(
                "INSERT INTO session_transcripts (transcript, session) VALUES (?, ?)", (transcript, one.id)
            )
    store.write("DELETE FROM sessions WHERE id NOT IN (SELECT session FROM session_transcripts)")


def get_asked(store: Store) -> tuple[Asked, ...]:
    """Return who was asked what, sorted."""
    return tuple(
        Asked(*row)
        for row in store.read(
            "SELECT topic, participant, session FROM asked ORDER BY topic, participant, session"
        )
    )


def put_asked(store: Store, asked: Iterable[Asked]) -> None:
    """Replace the table of who was asked what."""
    store.write("DELETE FROM asked")
    store.write_many(
        "INSERT INTO asked (topic, participant, session) VALUES (?, ?, ?)",
        [(one.topic, one.participant, one.session) for one in asked],
    )
