"""M1 to M3: who coded what, which codings are left out, and who is no participant."""

from __future__ import annotations

import pandas as pd

from mihqda.reports.grid import Cell, Column, Grid, GridRow, rows_of
from mihqda.reports.model import ReportTable
from mihqda.reports.prose import listing, show
from mihqda.snapshot import Snapshot
from mihqda.themes.exclusions import REASONS, exclusions


def layers_table(snapshot: Snapshot) -> ReportTable:
    """Return M1: how many codings each coder has in each transcript; tidy in the frame, a matrix on the page."""
    frame = snapshot.layers()
    coders = snapshot.coders
    codings = {(transcript, coder): number for transcript, coder, number in rows_of(frame)}
    columns = (
        Column("transcript", "Transcript", 16),
        Column("coders", "Coders", 8, is_number=True),
        *(Column(coder, coder, max(8, min(len(coder), 16)), is_number=True) for coder in coders),
    )
    rows = []
    for transcript in snapshot.transcripts["transcript"]:
        own = [codings.get((transcript, coder), 0) for coder in coders]
        cells = (transcript, sum(number > 0 for number in own), *own)
        rows.append(GridRow(tuple(Cell(show(value)) for value in cells)))
    notes = ("Codings of each coder.",) if rows else ("The study has no transcripts yet.",)
    return ReportTable(
        "M1",
        "coders",
        "Coders and their codings, by transcript",
        frame,
        (),
        notes,
        Grid(columns, tuple(rows)),
    )


def exclusions_table(snapshot: Snapshot) -> ReportTable:
    """Return M2: how many codings no count holds, by reason."""
    found = exclusions(snapshot)
    sizes = found.groupby("reason").size()
    rows = [
        (
            reason,
            why,
            int(sizes.get(reason, 0)),
            listing(found.loc[found["reason"] == reason, "coding"], limit=12),
        )
        for reason, why in REASONS.items()
        if sizes.get(reason, 0)
    ]
    frame = pd.DataFrame(rows, columns=["reason", "meaning", "codings", "which"])
    columns = (
        Column("reason", "Reason", 12),
        Column("meaning", "What it means", 34),
        Column("codings", "Codings", 8, is_number=True),
        Column("which", "Which", 40),
    )
    notes = () if rows else ("Every coding has the words of somebody who is data.",)
    return ReportTable("M2", "exclusions", "Codings left out of every count", frame, columns, notes)


def speakers_table(snapshot: Snapshot) -> ReportTable:
    """Return M3: speakers who are not in the register, or ignored, with their turns and words."""
    others = snapshot.voices[snapshot.voices["kind"].isin(["unknown", "ignored"])]
    spoken = others.merge(snapshot.turns[["transcript", "turn", "words"]], on=["transcript", "turn"])
    frame = (
        spoken.groupby(["kind", "transcript", "speaker"], sort=True)
        .agg(turns=("turn", "size"), words=("words", "sum"))
        .reset_index()
    )
    frame["kind"] = frame["kind"].map({"unknown": "not in the register", "ignored": "ignored"}).astype("str")
    frame["speaker"] = frame["speaker"].where(frame["speaker"] != "", "(no label)")
    columns = (
        Column("transcript", "Transcript", 16),
        Column("speaker", "Speaker", 20),
        Column("kind", "Why", 20),
        Column("turns", "Turns", 8, is_number=True),
        Column("words", "Words", 8, is_number=True),
    )
    notes = () if len(frame) else ("Every speaker is in the register or an interviewer.",)
    return ReportTable(
        "M3", "speakers", "Speakers who are not counted as participants", frame, columns, notes
    )
