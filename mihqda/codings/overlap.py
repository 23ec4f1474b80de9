"""Which turns a coding overlaps."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping

import pandas as pd


def overlapping_turns(
    codings: pd.DataFrame, turns: pd.DataFrame, texts: Mapping[str, str]
) -> pd.DataFrame:
    """Return the turns that each coding overlaps by more than white space.

    Parameters
    ----------
    codings
        coding, transcript, start, end (Unicode code points).
    turns
        transcript, turn, start, end, is_backchannel; in order and disjoint within a transcript.
    texts
        Transcript id -> text.

    Returns
    -------
    DataFrame
        coding, transcript, turn, is_backchannel; one row per pair, none for a coding outside all turns.
    """
    starts: dict[str, list[int]] = {}
    known: dict[str, list[tuple[int, int, int, bool]]] = {}
    for transcript, turn, start, end, backchannel in turns[
        ["transcript", "turn", "start", "end", "is_backchannel"]
    ].itertuples(index=False, name=None):
        starts.setdefault(transcript, []).append(start)
        known.setdefault(transcript, []).append((start, end, turn, backchannel))
    out: list[tuple[str, str, int, bool]] = []
    for coding, transcript, start, end in codings[["coding", "transcript", "start", "end"]].itertuples(
        index=False, name=None
    ):
        rows = known.get(transcript, [])
        at = max(bisect_right(starts.get(transcript, []), start) - 1, 0)
        while at < len(rows) and rows[at][0] < end:
            turn_start, turn_end, turn, backchannel = rows[at]
            low, high = max(start, turn_start), min(end, turn_end)
            if low < high and not texts[transcript][low:high].isspace():
                out.append((coding, transcript, turn, backchannel))
            at += 1
    return pd.DataFrame(out, columns=["coding", "transcript", "turn", "is_backchannel"])
