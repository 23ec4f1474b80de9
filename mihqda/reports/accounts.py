"""M1 to M3: who coded what, which codings are left out, and who is no participant."""

from __future__ import annotations

import pandas as pd

from mihqda.reports.grid import Cell, Column, Grid, GridRow, lay_out, rows_of
from mihqda.reports.model import ReportTable
from mihqda.reports.wording import Wording
from mihqda.snapshot import Snapshot
from mihqda.themes.exclusions import REASONS, exclusions


def layers_table(snapshot: Snapshot, words: Wording) -> ReportTable:
    """Return M1: how many codings each coder has in each transcript; tidy in the frame, a matrix on the page."""
    frame = snapshot.layers()
    coders = snapshot.coders
    codings = {(transcript, coder): number for transcript, coder, number in rows_of(frame)}
    columns = (
        Column("transcript", words.say("col_transcript"), 16),
        Column("coders", words.say("col_coders"), 8, is_number=True),
        *(Column(coder, coder, max(8, min(len(coder), 16)), is_number=True) for coder in coders),
    )
    rows = []
    for transcript in snapshot.transcripts["transcript"]:
        own = [codings.get((transcript, coder), 0) for coder in coders]
        cells = (transcript, sum(number > 0 for number in own), *own)
        rows.append(GridRow(tuple(Cell(words.show(value)) for value in cells)))
    notes = (words.say("note_layers") if rows else words.say("note_no_transcripts"),)
    return ReportTable(
        "M1",
        "coders",
        words.say("M1"),
        frame,
        (),
        notes,
        Grid(columns, tuple(rows)),
    )


def exclusions_table(snapshot: Snapshot, words: Wording) -> ReportTable:
    """Return M2: how many codings no count holds, by reason."""
    found = exclusions(snapshot)
    sizes = found.groupby("reason").size()
    rows = [
        (
            words.say(f"reason_{reason}"),
            words.say(f"means_{reason}"),
            int(sizes.get(reason, 0)),
            words.listing(found.loc[found["reason"] == reason, "coding"], limit=12),
        )
        for reason in REASONS
        if sizes.get(reason, 0)
    ]
    frame = pd.DataFrame(rows, columns=["reason", "meaning", "codings", "which"])
    columns = (
        Column("reason", words.say("col_reason"), 12),
        Column("meaning", words.say("col_meaning"), 34),
        Column("codings", words.say("col_codings"), 10, is_number=True),
        Column("which", words.say("col_which"), 40),
    )
    notes = () if rows else (words.say("note_none_excluded"),)
    return ReportTable(
        "M2", "exclusions", words.say("M2"), frame, columns, notes, lay_out(frame, columns, words)
    )


def speakers_table(snapshot: Snapshot, words: Wording) -> ReportTable:
    """Return M3: speakers who are not in the register, or ignored, with their turns and words."""
    others = snapshot.voices[snapshot.voices["kind"].isin(["unknown", "ignored"])]
    spoken = others.merge(snapshot.turns[["transcript", "turn", "words"]], on=["transcript", "turn"])
    frame = (
        spoken.groupby(["kind", "transcript", "speaker"], sort=True)
        .agg(turns=("turn", "size"), words=("words", "sum"))
        .reset_index()
    )
    frame["kind"] = (
        frame["kind"]
        .map({"unknown": words.say("not_in_register"), "ignored": words.say("reason_ignored")})
        .astype("str")
    )
    frame["speaker"] = frame["speaker"].where(frame["speaker"] != "", words.say("no_label"))
    columns = (
        Column("transcript", words.say("col_transcript"), 16),
        Column("speaker", words.say("col_speaker"), 20),
        Column("kind", words.say("col_why"), 20),
        Column("turns", words.say("col_turns"), 8, is_number=True),
        Column("words", words.say("col_words"), 8, is_number=True),
    )
    notes = () if len(frame) else (words.say("note_all_known"),)
    return ReportTable(
        "M3", "speakers", words.say("M3"), frame, columns, notes, lay_out(frame, columns, words)
    )
