"""Theme × phase: who speaks of a theme while a phase of the implementation is spoken of."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from mihqda.snapshot import Snapshot
from mihqda.themes.choice import choose
from mihqda.themes.mentions import mentions
from mihqda.themes.pieces import Piece, evidence_of

COLUMNS = ("theme", "phase", "participants", "N", "mentions")


class PhaseCell(NamedTuple):
    """A theme in a phase: its counts, and the pieces of text behind them."""

    theme: str
    phase: str
    participants: int
    N: int
    mentions: int
    pieces: tuple[Piece, ...]


def phase_table(snapshot: Snapshot, *, zeros: bool = False, kind: str = "phase") -> pd.DataFrame:
    """Count, for every theme and phase, the people who speak inside the text that both cover.

    The phases are the codes of the kind ``phase``, each with the codes below it. A phase, the codes below
    and the codes above it are no themes here.

    Parameters
    ----------
    snapshot
        A study, or what a filter leaves of it. A filter on codes or valences narrows the themes, not the
        phases, which have no valence.
    zeros
        Show the themes without a coding in any phase as well.
    kind
        Of the codes that are crossed with the themes.

    Returns
    -------
    DataFrame
        theme, phase, participants, N, mentions, the last three ``Int64``; each theme shown has all phases,
        in the codebooks' order. N is the whole register, mentions are everybody's. Neither the rows nor the
        columns of the crossed table add up: a person may speak of several phases. Empty if the study has no
        phases.
    """
    rows = [cell[:-1] for cell in phase_cells(snapshot, zeros=zeros, kind=kind)]
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    return frame.astype({"theme": "str", "phase": "str", **dict.fromkeys(COLUMNS[2:], "Int64")})


def phase_cells(snapshot: Snapshot, *, zeros: bool = False, kind: str = "phase") -> list[PhaseCell]:
    """Return the rows of `phase_table`, each with the text that theme and phase share."""
    codes = snapshot.codes
    phases = list(codes["code"][codes["kind"] == kind])
    if not phases:
        return []
    evidence = evidence_of(snapshot)
    below = snapshot.descendants
    inside = {code for phase in phases for code in below[phase]}
    above = {code for code, there in below.items() if not set(phases).isdisjoint(there)}
    found: list[PhaseCell] = []
    for one in choose(snapshot):
        if one.is_code and one.theme.id in inside | above:
            continue
        pieces = evidence.pieces(one.query)
        cells = []
        for phase in phases:
            shared = evidence.within(pieces, phase)
            people = frozenset[int]().union(*(piece.people for piece in shared))
            registered = sum(person < evidence.cast.registered for person in people)
            size = evidence.cast.registered
            cells.append(
                PhaseCell(one.theme.id, phase, registered, size, len(mentions(shared)), tuple(shared))
            )
        if any(cell.mentions for cell in cells) or (zeros and one.is_shown_empty):
            found += cells
    return found
