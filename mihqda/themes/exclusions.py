"""Codings that no count holds, and why."""

from __future__ import annotations

import pandas as pd

from mihqda.codings.frame import rows_of
from mihqda.codings.overlap import overlapping_turns
from mihqda.snapshot import Snapshot
from mihqda.themes.people import cast_of

COLUMNS = ("coding", "transcript", "start", "end", "code", "coder", "reason")

REASONS = {
    "interviewer": "only an interviewer speaks in it",
    "ignored": "only speakers who are left out speak in it",
    "backchannel": "it holds nothing but backchannels",
    "outside": "it lies outside all turns",
}
"""Reason -> what it means."""


def exclusions(snapshot: Snapshot) -> pd.DataFrame:
    """List the codings in which nobody speaks who is data.

    Returns
    -------
    DataFrame
        coding, transcript, start, end, code, coder, reason, in the order of the codings frame. The reason is
        a key of `REASONS`; where interviewers and speakers who are left out speak, it is ``ignored``.
    """
    cast = cast_of(snapshot)
    talks = cast.talks
    columns = ("coding", "transcript", "start", "end")
    rows = rows_of(snapshot.codings, *columns)
    is_silent = [not talks[where].people(start, end) for _, where, start, end in rows]
    left_out = snapshot.codings[pd.Series(is_silent, index=snapshot.codings.index, dtype="bool")]
    turns = set(overlapping_turns(left_out, snapshot.turns, snapshot.texts)["coding"])
    reasons = []
    for coding, transcript, start, end in rows_of(left_out, *columns):
        if coding not in turns:
            reasons.append("outside")
        elif not talks[transcript].spans.overlapped(start, end):
            reasons.append("backchannel")
        else:
            reasons.append("ignored" if talks[transcript].is_heard(start, end) else "interviewer")
    found = left_out[list(COLUMNS[:-1])].reset_index(drop=True)
    return found.assign(reason=pd.Series(reasons, index=found.index, dtype="str"))
