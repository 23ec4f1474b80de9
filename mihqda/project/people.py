"""Speakers and the register of a project: listings and the template to complete."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from mihqda.participants import is_generic_label
from mihqda.snapshot import Snapshot
from mihqda.store.voices import Voice
from mihqda.tables import write_csv, write_xlsx

VOICE_COLUMNS = tuple(field.name for field in dataclasses.fields(Voice))
TEMPLATE_COLUMNS = ("participant", "group", "role", "site", "transcript", "speaker", "kind", "turns", "words")


def list_speakers(voices: Sequence[Voice]) -> pd.DataFrame:
    """Return voices as a frame: transcript, speaker, kind, participant, turns, words."""
    return pd.DataFrame([dataclasses.astuple(one) for one in voices], columns=list(VOICE_COLUMNS))


def list_participants(snapshot: Snapshot) -> pd.DataFrame:
    """Return the register with what each person said.

    Returns
    -------
    DataFrame
        The register's columns, then sessions, turns, words (0 for somebody who never speaks).
    """
    voices = snapshot.voices[snapshot.voices["kind"] == "participant"]
    said = voices.merge(snapshot.turns[["transcript", "turn", "words"]], on=["transcript", "turn"]).merge(
        snapshot.transcripts[["transcript", "session"]], on="transcript"
    )
    totals = said.groupby("participant").agg(
        sessions=("session", "nunique"), turns=("turn", "size"), words=("words", "sum")
    )
    frame = snapshot.participants.merge(totals, left_on="participant", right_index=True, how="left")
    return frame.fillna({"sessions": 0, "turns": 0, "words": 0}).astype(
        {"sessions": "int64", "turns": "int64", "words": "int64"}
    )


def write_template(snapshot: Snapshot, voices: Sequence[Voice], path: Path) -> int:
    """Write every speaker into a workbook to complete and load back.

    People of the register keep their rows; a label that could be an id is proposed as one; interviewers are
    marked and need nothing.

    Returns
    -------
    int
        Rows that still want a participant and a group.
    """
    register = {
        row[0]: row for row in snapshot.participants[list(TEMPLATE_COLUMNS[:4])].itertuples(index=False)
    }
    rows: list[tuple[object, ...]] = []
    waiting = 0
    for one in voices:
        transcript, speaker, kind, person, turns, words = dataclasses.astuple(one)
        if kind == "participant":
            head = tuple(register[person])
        else:
            proposed = speaker if kind == "unknown" and speaker and not is_generic_label(speaker) else ""
            head = (proposed, "", "", "")
            waiting += kind == "unknown"
        rows.append((*head, transcript, speaker, kind if kind != "unknown" else "", turns, words))
    spoken = {row[0] for row in rows}
    rows += [(*row, "", "", "participant", 0, 0) for person, row in register.items() if person not in spoken]
    if path.suffix.lower() == ".csv":
        write_csv(path, TEMPLATE_COLUMNS, rows)
    else:
        write_xlsx(path, {"participants": (TEMPLATE_COLUMNS, rows)})
    return waiting
