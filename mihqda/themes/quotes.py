"""The text behind every number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from mihqda.codings.frame import rows_of
from mihqda.snapshot import Snapshot
from mihqda.themes.choice import choose
from mihqda.themes.groups import INTERVIEWER, UNASSIGNED
from mihqda.themes.pieces import evidence_of
from mihqda.themes.query import Theme

COLUMNS = (
    "theme", "coding", "transcript", "start", "end", "quote", "participants", "groups", "roles", "session",
    "starts_at", "coder", "valence",
)  # fmt: skip


def theme_quotes(snapshot: Snapshot, themes: Sequence[Theme | str] | None = None) -> pd.DataFrame:
    """Return the coded text of every theme, with who says it.

    A row stands for each piece that `theme_table` counts: a coding, or for ``A and B`` the text that several
    codings cover.

    Parameters
    ----------
    snapshot
        A study, or what a filter leaves of it.
    themes
        Show these instead of all: Themes, or ids of the study's themes and codes.

    Returns
    -------
    DataFrame
        theme; coding, the id, or several; transcript, start, end; quote, exactly ``text[start:end]``;
        participants, groups, roles of the people who speak in it; session; starts_at, the time in seconds of
        the first turn in which one of them speaks (NaN if unknown); coder; valence. Several values of a cell
        are joined by ``", "``, each named once, people in the register's order. Somebody who is not
        registered is ``(unassigned)`` and an interviewer ``(interviewer)`` among participants and groups.
        Themes are ordered as in `theme_table`, then by transcript, start, end and coding.

    Raises
    ------
    NotFoundError
        If a theme, or a code of a theme, is not in the study.
    """
    evidence = evidence_of(snapshot)
    cast = evidence.cast
    register = snapshot.participants
    groups = [str(group) for group in register["group"]]
    roles = [str(role) for role in register["role"]]
    others = {"unknown": UNASSIGNED, "interviewer": INTERVIEWER}
    session_of = dict(zip(snapshot.transcripts["transcript"], snapshot.transcripts["session"], strict=True))
    codings = (
        pd.concat([snapshot.codings, snapshot.set_aside]) if len(snapshot.set_aside) else snapshot.codings
    )
    coder_of = dict(zip(codings["coding"], codings["coder"], strict=True))
    turns = rows_of(snapshot.turns, "transcript", "turn", "starts_at")
    time_of = {(transcript, turn): time for transcript, turn, time in turns}
    rows = []
    for one in choose(snapshot, themes):
        pieces = evidence.pieces(one.query)
        for piece in sorted(
            pieces, key=lambda piece: (piece.transcript, piece.start, piece.end, piece.codings)
        ):
            people = sorted(piece.people)
            known = [person for person in people if person < cast.registered]
            rest = [others[cast.persons[person].kind] for person in people if person >= cast.registered]
            turn, _, _ = cast.talks[piece.transcript].turns_of_people(piece.start, piece.end)[0]
            rows.append((
                one.theme.id,
                _join(piece.codings),
                piece.transcript,
                piece.start,
                piece.end,
                snapshot.texts[piece.transcript][piece.start : piece.end],
                _join([*(cast.persons[person].name for person in known), *rest]),
                _join([*(groups[person] for person in known), *rest]),
                _join(roles[person] for person in known),
                session_of[piece.transcript],
                time_of[piece.transcript, turn],
                _join(coder_of[coding] for coding in piece.codings),
                _join(sorted(piece.valences)),
            ))  # fmt: skip
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    numbers = {"start": "int64", "end": "int64", "starts_at": "float64"}
    return frame.astype({column: numbers.get(column, "str") for column in COLUMNS})


def _join(values: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(value for value in values if value))
