"""Whose list of suggestions a coder is shown: the ledger holds one for each suggester and the coders whom it learned from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from mihqda.errors import InputError
from mihqda.suggest.model import Suggestion

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


def choose_suggestions(found: Iterable[Suggestion], coder: str) -> list[Suggestion]:
    """Return the suggestions for one transcript that a coder is shown, by the rule of `choose_lists`, in their order."""

    def rank(one: Suggestion) -> tuple[int, str]:
        taught_by = join(one.settings.get("coders", ()))
        return (0 if coder and taught_by == coder else 1 if not taught_by else 2), taught_by

    listed = list(found)
    best: dict[str, int] = {}
    for one in listed:
        best[one.suggester] = min(rank(one)[0], best.get(one.suggester, 2))
    first: dict[tuple[str, int, int, str], Suggestion] = {}
    for one in sorted(listed, key=rank):
        if rank(one)[0] == best[one.suggester]:
            first.setdefault((one.suggester, one.span.start, one.span.end, one.code), one)
    kept = {one.id for one in first.values()}
    return [one for one in listed if one.id in kept]
