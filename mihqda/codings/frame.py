"""The codings frame: the one table that codings become.

================ ======= ==========================================================
column           dtype   meaning
================ ======= ==========================================================
coding           str     id
transcript       str     id of the transcript
start, end       int64   half-open span in Unicode code points
code             str     id of the code
coder            str     who coded
valence          str     ``+``, ``-``, ``mixed``, ``neutral``; empty if not judged
memo             str     the coder's note; empty if none
created          str     UTC, ISO 8601; empty if not known
origin           str     ``hand``, ``import`` or ``suggestion:ID``
================ ======= ==========================================================

Rows are ordered by transcript, start, end, code, coder, coding.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pandas as pd

from mihqda.codings.model import Coding, parse_valence
from mihqda.spans import Span

COLUMNS = ("coding", "transcript", "start", "end", "code", "coder", "valence", "memo", "created", "origin")
ORDER = ["transcript", "start", "end", "code", "coder", "coding"]


def to_frame(codings: Iterable[Coding]) -> pd.DataFrame:
    """Return codings as the frame described above."""
    rows = sorted(
        (
            (
                c.id,
                c.transcript,
                c.span.start,
                c.span.end,
                c.code,
                c.coder,
                c.valence or "",
                c.memo,
                c.created,
                c.origin,
            )
            for c in codings
        ),
        key=lambda row: (row[1], row[2], row[3], row[4], row[5], row[0]),
    )
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    return frame.astype({"start": "int64", "end": "int64"})


def from_frame(frame: pd.DataFrame) -> tuple[Coding, ...]:
    """Return the rows of a codings frame as values, in its order."""
    return tuple(
        Coding(
            coding, transcript, Span(start, end), code, coder, parse_valence(valence), memo, created, origin
        )
        for coding, transcript, start, end, code, coder, valence, memo, created, origin in rows_of(
            frame, *COLUMNS
        )
    )


def rows_of(frame: pd.DataFrame, *columns: str) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of some columns of any frame as plain Python values.

    `DataFrame.itertuples` yields the same, but asks columns of text cell by cell, which takes fifty times as
    long.
    """
    return zip(*(frame[column].tolist() for column in columns), strict=True)
