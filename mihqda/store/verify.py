"""Check a study file from the bytes up."""

from __future__ import annotations

import hashlib
import json

from mihqda.errors import InputError, MihqdaError
from mihqda.store.codes import get_codebooks
from mihqda.store.database import TRACKED, Store
from mihqda.store.suggestions import live_suggestions
from mihqda.store.transcripts import get_transcript, transcript_ids
from mihqda.themes.query import parse


def find_faults(store: Store) -> tuple[str, ...]:
    """Return what is wrong with the study, one sentence each; empty if nothing is.

    Checked: SQLite's own integrity and foreign keys, the hash of every stored text, turns inside their texts
    and in order, every coding inside its transcript, codebooks as trees, theme queries, decisions on
    suggestions against their codings, the ledger's spans and evidence, the history's rows.
    """
    faults = [f"database: {row[0]}" for row in store.read("PRAGMA integrity_check") if row[0] != "ok"]
    faults += [
        f"table {table}: row {rowid} refers to a row of {parent} that does not exist"
        for table, rowid, parent, _ in store.read("PRAGMA foreign_key_check")
    ]
    faults += _texts(store) + _codings(store) + _decisions(store) + _ledger(store)
    try:
        get_codebooks(store)
    except InputError as error:
        faults.append(f"codebook: {error}")
    for theme, query in store.read("SELECT id, query FROM themes ORDER BY id"):
        try:
            parse(query)
        except MihqdaError as error:
            faults.append(f"theme {theme}: {error}")
    faults += [
        f"history: step {step} changed the unknown table {table}"
        for step, table in store.read("SELECT DISTINCT step, tbl FROM changes ORDER BY step")
        if table not in TRACKED
    ]
    return tuple(faults)


def _texts(store: Store) -> list[str]:
    faults = []
    turn_keys = {row[0] for row in store.read("SELECT DISTINCT content FROM transcripts")}
    for key, text in store.read("SELECT key, text FROM contents ORDER BY key"):
        rows = store.read(
            'SELECT turn, start, "end", json(speakers), starts_at, ends_at, language, words, is_backchannel'
            " FROM turns WHERE content = ? ORDER BY turn",
            (key,),
        )
        if rows or key in turn_keys:
            listed = [
                [turn, start, end, json.dumps(json.loads(speakers)), *rest[:-1], bool(rest[-1])]
                for turn, start, end, speakers, *rest in rows
            ]
            expected = hashlib.sha256(json.dumps([text, listed]).encode()).hexdigest()
        else:
            expected = hashlib.sha256(text.encode()).hexdigest()
        if expected != key:
            faults.append(f"stored text {key[:12]}: it was changed outside mihqda")
    for transcript in transcript_ids(store):
        try:
            get_transcript(store, transcript)
        except (ValueError, MihqdaError) as error:
            faults.append(f"transcript {transcript}: {error}")
    return faults


def _codings(store: Store) -> list[str]:
    return [
        f"coding {coding}: its span {start}:{end} leaves transcript {transcript} of {characters} characters"
        for coding, start, end, transcript, characters in store.read(
            'SELECT g.id, g.start, g."end", t.id, t.characters FROM codings g'
            ' JOIN transcripts t ON t.id = g.transcript WHERE g."end" > t.characters ORDER BY g.id'
        )
    ]


def _decisions(store: Store) -> list[str]:
    faults = [
        f"decision of {coder} on suggestion {suggestion}: its span {start}:{end} leaves transcript {transcript}"
        for coder, suggestion, start, end, transcript in store.read(
            'SELECT d.coder, d.suggestion, d.start, d."end", d.transcript FROM decisions d'
            " JOIN transcripts t ON t.id = d.transcript"
            ' WHERE max(d."end", coalesce(d.to_end, 0)) > t.characters ORDER BY 1, 2'
        )
    ]
    faults += [
        f"decision of {coder} on suggestion {suggestion}: coding {coding} is of another coder or transcript"
        for coder, suggestion, coding in store.read(
            "SELECT d.coder, d.suggestion, g.id FROM decisions d JOIN codings g ON g.id = d.coding"
            " WHERE g.coder <> d.coder OR g.transcript <> d.transcript ORDER BY 1, 2"
        )
    ]
    return faults


def _ledger(store: Store) -> list[str]:
    lengths = dict(store.read("SELECT id, characters FROM transcripts"))
    try:
        return [
            f"suggestion {one.id}: it leaves transcript {one.transcript}; replace it: mihqda suggest STUDY"
            for one in live_suggestions(store)
            if max(span.end for span in (one.span, *one.evidence.words, *one.evidence.negated))
            > lengths[one.transcript]
        ]
    except (ValueError, KeyError, TypeError):
        return ["suggestions: one cannot be read; replace them: mihqda suggest STUDY"]
