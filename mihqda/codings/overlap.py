"""Which turns a stretch of text overlaps.

A stretch overlaps a turn if both share more than white space::

    text      P 1 :   W e   t r i e d .   ⏎   P 2 :   Y e s .
    turns             [-----------------)              [------)
    stretch                 [----------------)                     overlaps the first turn alone
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


class TurnSpans:
    """The turns of one transcript, found by position.

    Parameters
    ----------
    text
        Of the transcript.
    turns
        (start, end) of each turn, in order and disjoint. A turn of white space alone is never overlapped.

    Attributes
    ----------
    numbers
        Place of each turn that can be overlapped in `turns`.
    starts, ends
        Where the speech of each of these turns starts and ends.
    """

    def __init__(self, text: str, turns: Iterable[tuple[int, int]]) -> None:
        self._text = text
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.numbers: list[int] = []
        for number, (start, end) in enumerate(turns):
            said = text[start:end]
            if said and not said.isspace():
                self.starts.append(start + len(said) - len(said.lstrip()))
                self.ends.append(end - len(said) + len(said.rstrip()))
                self.numbers.append(number)

    def overlapped(self, start: int, end: int) -> range:
        """Return the indices into `numbers` of the turns that share more than white space with a stretch."""
        # The turns begin and end with speech, so only a stretch inside one turn can be white space there.
        first, beyond = bisect_right(self.ends, start), bisect_left(self.starts, end)
        if first + 1 == beyond and self.starts[first] < start and end < self.ends[first]:
            said = self._text[start:end]
            if not said or said.isspace():
                return range(0)
        return range(first, max(first, beyond))

    def following(self, position: int) -> int:
        """Return where the first speech at or after a position stands; behind the text if there is none.

        Two stretches touch, with nothing but white space and labels between them, if the end of the first
        and the start of the second are followed by the same speech.
        """
        at = bisect_right(self.ends, position)
        if at == len(self.ends):
            return len(self._text) + 1
        position = max(position, self.starts[at])
        while self._text[position].isspace():
            position += 1
        return position


def overlapping_turns(codings: pd.DataFrame, turns: pd.DataFrame, texts: Mapping[str, str]) -> pd.DataFrame:
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
    # TurnSpans serves where there is no frame, so pandas is loaded here.
    import pandas as pd

    from mihqda.codings.frame import rows_of

    rows: dict[str, list[tuple[int, int, int, bool]]] = {}
    columns = ("transcript", "turn", "start", "end", "is_backchannel")
    for transcript, turn, start, end, is_backchannel in rows_of(turns, *columns):
        rows.setdefault(transcript, []).append((start, end, turn, is_backchannel))
    spans = {name: TurnSpans(texts[name], [row[:2] for row in known]) for name, known in rows.items()}
    out: list[tuple[str, str, int, bool]] = []
    for coding, transcript, start, end in rows_of(codings, "coding", "transcript", "start", "end"):
        if transcript not in spans:
            continue
        numbers = spans[transcript].numbers
        for at in spans[transcript].overlapped(start, end):
            _, _, turn, is_backchannel = rows[transcript][numbers[at]]
            out.append((coding, transcript, turn, is_backchannel))
    frame = pd.DataFrame(out, columns=["coding", "transcript", "turn", "is_backchannel"])
    return frame if out else frame.astype({"turn": "int64", "is_backchannel": "bool"})
