"""Ranks that follow every decision of a review at once, while the suggester itself learns more slowly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from functools import partial
from typing import TYPE_CHECKING

from mihqda.codings.frame import rows_of
from mihqda.project.background import Background
from mihqda.suggest.material import labels_of, segments_of
from mihqda.suggest.order import Order

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from mihqda.codebook import Code
    from mihqda.segments import Unit
    from mihqda.snapshot import Snapshot
    from mihqda.suggest.model import Suggestion
    from mihqda.suggest.quick import Quick

Told = tuple[int, int, float]
"""Row of a segment, column of a code, and what was known of it before: 1, 0 or NaN."""


class Ranks:
    """A quick model of the study that takes in decisions one by one.

    Parameters
    ----------
    snapshot
        The study as the review begins.
    codes
        That can be suggested.
    unit
        Of the suggestions under review.
    background
        Where the model is built; decisions that come earlier wait for it.
    coders
        Whose codings and decisions it learns from; none means everybody's.

    Attributes
    ----------
    building
        Done when the model stands.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        codes: Sequence[Code],
        unit: Unit,
        background: Background,
        *,
        coders: Sequence[str] = (),
    ) -> None:
        segments = segments_of(snapshot, unit)
        self._labels = labels_of(snapshot, segments, codes, coders=coders)
        places = rows_of(segments, "transcript", "start", "end")
        self._rows = {place: row for row, place in enumerate(places)}
        self._columns = {code.id: column for column, code in enumerate(codes)}
        self._waiting: list[Told] = []
        self._changed: set[int] = set()
        self.building: Future[Quick] = background.submit(
            partial(_build, segments, codes, self._labels.copy())
        )

    def tell(self, one: Suggestion, values: Mapping[str, float]) -> tuple[Told, ...]:
        """Take in what a decision says of codes in a suggestion's segment; returns what `take_back` needs."""
        row = self._rows.get((one.transcript, one.span.start, one.span.end))
        if row is None:
            return ()
        told = []
        for code, value in values.items():
            column = self._columns.get(code)
            if column is not None:
                told.append((row, column, float(self._labels[row, column])))
                self._set(row, column, value)
        return tuple(told)

    def take_back(self, told: Sequence[Told]) -> None:
        """Forget what a decision said."""
        for row, column, before in reversed(told):
            self._set(row, column, before)

    def sort(self, ids: Sequence[str], frame: pd.DataFrame, *, by: Order) -> list[str]:
        """Return suggestions in the order in which they wait, those of codes just decided on ranked anew.

        The suggestions of one code change places among each other alone.
        """
        ids = list(ids)
        if not self.building.done() or self.building.exception() is not None:
            return ids
        model = self.building.result()
        for row, column, value in self._waiting:
            model.decide(row, column, value)
            self._changed.add(column)
        self._waiting.clear()
        if not self._changed:
            return ids
        scores = model.score()
        where = {
            name: (code, self._rows.get((transcript, start, end)))
            for name, transcript, start, end, code in rows_of(
                frame, "suggestion", "transcript", "start", "end", "code"
            )
        }
        for column in self._changed:
            slots = [at for at, name in enumerate(ids) if self._columns.get(where[name][0]) == column]

            def rank(name: str, column: int = column) -> tuple[bool, float, str]:
                row = where[name][1]
                score = float("nan") if row is None else float(scores[row, column])
                key = abs(score) if by == "uncertain" else -score
                return score != score, 0.0 if score != score else key, name

            for at, name in zip(slots, sorted((ids[at] for at in slots), key=rank), strict=True):
                ids[at] = name
        self._changed.clear()
        return ids

    def _set(self, row: int, column: int, value: float) -> None:
        self._labels[row, column] = value
        self._waiting.append((row, column, value))


def _build(segments: pd.DataFrame, codes: Sequence[Code], labels: NDArray[np.float64]) -> Quick:
    from mihqda.suggest.quick import Quick

    return Quick(segments, codes, labels, 0)
