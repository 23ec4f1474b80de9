"""Code frequencies: how often, by whom and where each code was applied."""

from __future__ import annotations

import pandas as pd

from mihqda.snapshot import Snapshot
from mihqda.spans import Span, merge
from mihqda.themes.choice import choose_codes
from mihqda.themes.groups import sessions_of
from mihqda.themes.pieces import Evidence, Piece, evidence_of
from mihqda.transcripts.speech import count_words

COLUMNS = ("code", "codings", "participants", "sessions", "transcripts", "coders", "words")


def frequencies(snapshot: Snapshot, *, zeros: bool = False) -> pd.DataFrame:
    """Count the codings of each code; the codes below it are not rolled up.

    Parameters
    ----------
    snapshot
        A study, or what a filter leaves of it.
    zeros
        Show the codes without a coding as well, but neither containers nor retired codes.

    Returns
    -------
    DataFrame
        code, codings, participants, sessions, transcripts, coders, words, all but the first ``Int64``, in
        the codebooks' order. Only codings in which somebody speaks who is data are counted; participants are
        registered people; words are those of data, backchannels aside, under the code, once however many
        codings cover them.
    """
    evidence = evidence_of(snapshot)
    sessions = sessions_of(snapshot)
    coders = dict(zip(snapshot.codings["coding"], snapshot.codings["coder"], strict=True))
    rows: list[tuple[str | int, ...]] = []
    for one in choose_codes(snapshot):
        code = one.theme.id
        pieces = evidence.codings_of(code)
        if not pieces and not (zeros and one.is_shown_empty):
            continue
        people = frozenset[int]().union(*(piece.people for piece in pieces))
        rows.append((
            code,
            len(pieces),
            sum(person < evidence.cast.registered for person in people),
            len({sessions[piece.transcript] for piece in pieces}),
            len({piece.transcript for piece in pieces}),
            len({coders[piece.codings[0]] for piece in pieces}),
            _words(snapshot, evidence, pieces),
        ))  # fmt: skip
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    return frame.astype({"code": "str", **dict.fromkeys(COLUMNS[1:], "Int64")})


def _words(snapshot: Snapshot, evidence: Evidence, pieces: list[Piece]) -> int:
    spans: dict[str, list[Span]] = {}
    for piece in pieces:
        spans.setdefault(piece.transcript, []).append(Span(piece.start, piece.end))
    return sum(
        count_words(snapshot.texts[transcript][start:end])
        for transcript, found in spans.items()
        for span in merge(found)
        for _, start, end in evidence.cast.talks[transcript].turns_of_people(span.start, span.end)
    )
