"""L1: codings over the words of several people, for a decision."""

from __future__ import annotations

from mihqda.reports.grid import Column, lay_out, rows_of
from mihqda.reports.model import ReportTable
from mihqda.reports.wording import Wording
from mihqda.snapshot import Snapshot
from mihqda.themes.groups import UNASSIGNED
from mihqda.themes.several import codings_over_several


def several_table(snapshot: Snapshot, words: Wording) -> ReportTable:
    """Return L1: one row per coding in which more than one person speaks."""
    names = dict(rows_of(snapshot.codes, "code", "name"))
    frame = codings_over_several(snapshot)
    frame.insert(5, "name", frame["code"].map(names).astype("str"))
    unassigned = f" {words.group(UNASSIGNED)}"
    frame["people"] = [people.replace(f" {UNASSIGNED}", unassigned) for people in frame["people"]]
    columns = (
        Column("coding", words.say("col_coding"), 16),
        Column("transcript", words.say("col_transcript"), 14),
        Column("start", words.say("col_from"), 8, is_number=True),
        Column("end", words.say("col_to"), 8, is_number=True),
        Column("name", words.say("col_code"), 26),
        Column("coder", words.say("col_coder"), 10),
        Column("people", words.say("col_people"), 26),
    )
    notes = (
        words.say_of(len(frame), "note_several", codings=words.count(len(frame), "coding"))
        if len(frame)
        else words.say("note_none_several"),
    )
    return ReportTable(
        "L1", "several", words.say("L1"), frame, columns, notes, lay_out(frame, columns, words)
    )
