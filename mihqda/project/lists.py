"""Whose list of suggestions a coder is shown: the ledger holds one for each suggester and the coders whom it learned from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from mihqda.errors import InputError

if TYPE_CHECKING:
    import pandas as pd


def join(coders: Sequence[str]) -> str:
    """Return coders as the column `taught_by` names them; "" for everybody."""
    return ", ".join(sorted(set(coders)))


def choose_lists(frame: pd.DataFrame, coder: str, *, is_blind: bool = False) -> pd.DataFrame:
    """Return the suggestions that a coder is shown: of each suggester one list for a transcript.

    That is the list learned from this coder alone, if there is one; else everybody's; else what there is. Of several lists
    that are left, a place and code stands once.

    Parameters
    ----------
    frame
        Columns transcript, start, end, code, suggester, taught_by, learned_from.
    coder
        Who looks; "" for nobody in particular.
    is_blind
        Leave out whatever was learned from other coders' codings: her own lists stay, and those of the codebook alone.

    Raises
    ------
    InputError
        If a blind list is asked for without its coder.
    """
    if is_blind and not coder:
        raise InputError("a blind list is somebody's: name the coder")
    is_hers = (frame["taught_by"] == coder) & (coder != "")
    if is_blind:
        frame = frame[is_hers | (frame["learned_from"] == 0)]
    rank = (2 - (frame["taught_by"] == "")).where(~is_hers, 0).astype("int64")
    best = rank.groupby([frame["suggester"], frame["transcript"]]).transform("min")
    shown = frame[rank == best]
    lists = shown.sort_values("taught_by", kind="stable")
    first = lists[~lists.duplicated(["transcript", "start", "end", "code", "suggester"])].index
    return shown[shown.index.isin(first)]
