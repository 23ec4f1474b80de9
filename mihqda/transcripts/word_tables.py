"""Tables of turns in Word: which columns hold the time, the speaker and the speech."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from mihqda.transcripts.model import Speech
from mihqda.transcripts.names import clean, is_known, is_possible, split_voices
from mihqda.transcripts.times import parse_clock, stamp_pattern
from mihqda.transcripts.word_blocks import Table, plain_lines

_STAMP = re.compile(rf"\s*{stamp_pattern('time')}\s*")
_MOST = 0.6

Row = tuple[tuple[str, ...], ...]
"""A row of cells, each as its paragraphs."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Places of the columns in a table of turns; None where it has none."""

    time: int | None
    speaker: int
    speech: int
    others: tuple[int, ...]


def read_rows(table: Table) -> list[Row]:
    """Return the rows of a table as text."""
    return [
        tuple(tuple(line for line in plain_lines(cell) if line.strip()) for cell in row) for row in table.rows
    ]


def find_columns(rows: Sequence[Row]) -> Columns | None:
    """Return the columns of rows of equal length if they hold turns, else None.

    They do if one column holds labels of speakers: two of them twice each, or only such labels beside speech.
    The speech is in the column with the most text.
    """
    if not rows or len(rows[0]) < 2:
        return None
    columns = [[" ".join(row[place]).strip() for row in rows] for place in range(len(rows[0]))]
    times = [place for place, cells in enumerate(columns) if _share(cells, _is_time) >= _MOST]
    numbers = [place for place, cells in enumerate(columns) if _share(cells, str.isdecimal) >= 0.9]
    left = [place for place in range(len(columns)) if place not in (*times, *numbers)]
    if len(left) < 2:
        return None
    speech = max(left, key=lambda place: sum(map(len, columns[place])))
    for place in left:
        if place != speech and _holds_labels(columns[place], columns[speech]):
            others = tuple(other for other in left if other not in (place, speech))
            return Columns(times[0] if times else None, place, speech, others)
    return None


def read_turns(rows: Sequence[Row], columns: Columns) -> list[Speech | str]:
    """Return the rows as speeches; a head row and what stands in other columns as text of no turn.

    A row without a speaker goes on with the one before.
    """
    labels = [_label(row[columns.speaker]) for row in rows]
    known = {label.casefold() for label in labels if label}
    out: list[Speech | str] = []
    speakers: tuple[str, ...] = ()
    for number, (row, label) in enumerate(zip(rows, labels, strict=True)):
        if number == 0 and _is_head(rows, columns):
            out.append(" – ".join(" ".join(cell) for cell in row if cell))
            continue
        if label:
            speakers = split_voices(label, known)
        stamp = _STAMP.fullmatch(" ".join(row[columns.time])) if columns.time is not None else None
        start = parse_clock(stamp["time"]) if stamp else None
        end = parse_clock(stamp["time_end"]) if stamp and stamp["time_end"] else None
        if start is not None and end is not None and end < start:
            end = None
        out.append(Speech(speakers, "\n".join(row[columns.speech]), start, end))
        out += [" ".join(row[place]) for place in columns.others if row[place]]
    return out


def _label(cell: tuple[str, ...]) -> str:
    return clean(" ".join(cell))


def _is_time(cell: str) -> bool:
    return _STAMP.fullmatch(cell) is not None


def _share(cells: Iterable[str], test: Callable[[str], bool]) -> float:
    filled = [cell for cell in cells if cell]
    return sum(map(test, filled)) / len(filled) if filled else 0.0


def _holds_labels(cells: Sequence[str], speech: Sequence[str]) -> bool:
    labels = [clean(cell) for cell in cells if cell]
    if _share(labels, is_possible) < _MOST:
        return False
    uses = Counter(label.casefold() for label in labels if is_possible(label))
    often = [label for label in labels if uses[label.casefold()] >= 2]
    if len({label.casefold() for label in often}) >= 2 or (often and is_known(often[0]) and len(labels) >= 3):
        return True
    words = sum(len(said.split()) for said in speech) / max(len(labels), 1)
    return len(labels) >= 2 and all(map(is_known, labels)) and words >= 5


def _is_head(rows: Sequence[Row], columns: Columns) -> bool:
    """Tell whether the first row names the columns: one short line each, no time, a speaker who never speaks."""
    first = rows[0]
    if any(len(cell) != 1 or len(cell[0]) > 30 for cell in first if cell) or not first[columns.speech]:
        return False
    if columns.time is not None:
        return not _is_time(" ".join(first[columns.time]))
    label = _label(first[columns.speaker]).casefold()
    return len(first[columns.speech][0].split()) == 1 and label not in {
        _label(row[columns.speaker]).casefold() for row in rows[1:]
    }
