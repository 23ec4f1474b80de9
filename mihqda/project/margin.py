"""The suggestions in the margin of a transcript: what a coder is shown of them, and her decisions.

Read straight from the ledger, one transcript at a time, so that a page need not wait for the whole study.
A blind coder is shown what was learned from her own codings or from the codebook alone.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from mihqda.codings import Coding
from mihqda.errors import ConflictError, InputError, NotFoundError
from mihqda.project import decisions, suggestions
from mihqda.project.lists import choose_suggestions
from mihqda.project.settings import floor_of
from mihqda.spans import Span
from mihqda.store import codings as stored_codings
from mihqda.store import suggestions as stored
from mihqda.suggest.model import Suggestion

if TYPE_CHECKING:
    from mihqda.project.desk import Desk

Decided = Literal["", "accepted", "rejected", "changed", "skipped", "coded"]
"""What became of a suggestion; ``coded``: by hand, or the transcript was read to its end."""

_REASONS = {
    "is_rare": "seldom coded so far",
    "is_random": "drawn at random",
    "is_uncertain": "uncertain",
    "is_likely": "likely",
}


@dataclass(frozen=True, slots=True)
class Offer:
    """A suggestion as a coder is shown it.

    Parameters
    ----------
    suggestion
        With its evidence; quotes of other coders are left out for a blind one.
    decision
        What she decided.
    position
        Its place in the order of review, from 1; 0 where nothing is left to decide.
    reasons
        Why it stands there.
    measured
        How often suggestions of its code were right when last measured; None if not measured, or she is blind.
    """

    suggestion: Suggestion
    decision: Decided
    position: int
    reasons: tuple[str, ...]
    measured: float | None


class Margin:
    """What one coder is shown of the suggestions, and what she decides."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._store = desk.store

    def state(self) -> str:
        """Return a text that changes whenever the ledger does; "" if it is empty."""
        rows = self._store.read("SELECT count(*), max(rowid) FROM suggestions")
        count, last = rows[0]
        if not count:
            return ""
        ((learned,),) = self._store.read("SELECT state FROM suggestions WHERE rowid = ?", (last,))
        return f"{count}-{last}-{learned[:12]}"

    def has_any(self) -> bool:
        """Tell whether there are suggestions that she may see."""
        if not self._desk.is_blind:
            return bool(self.state())
        return bool(
            self._store.read(
                "SELECT 1 FROM suggestions WHERE coded = 0 OR json_extract(settings, '$.coders') = json_array(?)"
                " LIMIT 1",
                (self._desk.coder,),
            )
        )

    def offers(self, transcript: str, *, order: str = "reading", hidden: bool = False) -> tuple[Offer, ...]:
        """Return the suggestions for a transcript in the order of review, then those with nothing to decide.

        Parameters
        ----------
        order
            ``rare``, ``uncertain``, ``likely`` or ``reading``.
        hidden
            Also those of codes that were right less often than the study's floor when last measured.

        Raises
        ------
        NotFoundError, InputError
            If there is no such transcript or order.
        """
        self._desk.content.transcript(transcript)
        found = {one.id: one for one in self._shown(transcript)}
        known = self._precision(found.values())
        if not hidden:
            floor = floor_of(self._store)
            found = {name: one for name, one in found.items() if not _is_below(known[name], floor)}
        decided = self._decisions(
            transcript, [(name, one.span.start, one.span.end, one.code) for name, one in found.items()]
        )
        waiting = [one for name, one in found.items() if not decided[name]]
        queued = self._queue(waiting, order)
        out = [
            Offer(self._seen(found[name]), "", number, reasons, None if self._desk.is_blind else known[name])
            for number, (name, reasons) in enumerate(queued, 1)
        ]
        return (
            *out,
            *(
                Offer(self._seen(one), decided[name], 0, (), None if self._desk.is_blind else known[name])
                for name, one in found.items()
                if decided[name]
            ),
        )

    def decisions(self, transcript: str, *codes: str) -> dict[str, Decided]:
        """Return what became of each suggestion of some codes in a transcript."""
        return self._decisions(transcript, stored.places_for(self._store, transcript, codes))

    def changed(self, before: Mapping[str, Decided], after: Mapping[str, Decided]) -> tuple[Offer, ...]:
        """Return the suggestions that stand otherwise than before, of those that she may see."""
        changed = {name: decided for name, decided in after.items() if decided != before.get(name, "")}
        found = [stored.get_suggestion(self._store, name) for name in changed]
        seen = [self._seen(one) for one in found if self._may_see(one)]
        known = self._precision(seen)
        return tuple(
            Offer(one, changed[one.id], 0, (), None if self._desk.is_blind else known[one.id]) for one in seen
        )

    def offer(self, suggestion: str) -> Offer:
        """Return one suggestion as she is shown it, without a place in the order.

        Raises
        ------
        NotFoundError
            If the ledger has none of that id, or she may not see it.
        """
        one = self.find(suggestion)
        decided = self.decisions(one.transcript, one.code).get(one.id, "")
        known = None if self._desk.is_blind else self._precision([one])[one.id]
        return Offer(one, decided, 0, (), known)

    def count_hidden(self, transcript: str) -> int:
        """Return how many suggestions for a transcript lie below the study's floor."""
        if not self._measured():
            return 0
        floor = floor_of(self._store)
        known = self._precision(self._shown(transcript))
        return sum(_is_below(precision, floor) for precision in known.values())

    def find(self, suggestion: str) -> Suggestion:
        """Return a suggestion with its evidence.

        Raises
        ------
        NotFoundError
            If the ledger has none of that id, or she may not see it.
        """
        one = stored.get_suggestion(self._store, suggestion)
        if one.id != suggestion or not self._may_see(one):
            raise NotFoundError(
                f"there is no suggestion {suggestion!r}: a refit replaces those that nobody decided"
            )
        return self._seen(one)

    def quotes(self, suggestion: Suggestion) -> tuple[tuple[Coding, str], ...]:
        """Return the codings that a suggestion resembles, with their words, nearest first."""
        out = []
        for name in suggestion.evidence.quotes:
            coding = stored_codings.get_coding(self._store, name)
            if coding is not None:
                out.append((coding, coding.span.quote(self._desk.content.transcript(coding.transcript).text)))
        return tuple(out)

    def learn_from(self) -> str:
        """Return from whose codings suggestions for her are to be learned; "" for everybody's.

        Raises
        ------
        ConflictError
            If she is blind and has coded nothing yet.
        """
        coder = self._desk.who()
        if not self._desk.is_blind:
            return ""
        if not self._store.read("SELECT 1 FROM codings WHERE coder = ? LIMIT 1", (coder,)):
            raise ConflictError("you have coded nothing yet that suggestions could be learned from")
        return coder

    # ---- decisions

    def accept(
        self,
        suggestion: str,
        *,
        start: int | None = None,
        end: int | None = None,
        code: str | None = None,
        valence: str = "",
        memo: str = "",
        seconds: float | None = None,
    ) -> Coding:
        """Make a coding of a suggestion, with another span or code if they are given.

        Asked again in the same way, the coding that was made is returned.

        Raises
        ------
        NotFoundError, InputError
            If there is no such suggestion, place or code.
        ConflictError
            If she made another coding of it.
        """
        coder = self._desk.who()
        one = self.find(suggestion)
        span = self._span(one, start, end)
        wanted = Coding("000000000000", one.transcript, span, code or one.code, coder)
        self._desk.content.check(wanted)
        made = self._made(one.id, coder)
        if made is not None and (made.span, made.code) == (span, wanted.code):
            return made
        coded = decisions.accept(
            self._store, one.id, coder=coder, at=span, code=wanted.code, valence=valence, memo=memo, seconds=seconds
        )  # fmt: skip
        found = coded.codings[0] if coded.codings else self._made(one.id, coder)
        if found is None:
            raise ConflictError(f"suggestion {one.id} was decided elsewhere in the meantime")
        return found

    def reject(self, suggestion: str, *, why: str = "", seconds: float | None = None) -> None:
        """Write down that a suggestion is wrong; said twice, it is written once."""
        coder = self._desk.who()
        one = self.find(suggestion)
        before = stored.get_decision(self._store, one.id, coder)
        if before is None or before[0] != "rejected":
            decisions.reject(self._store, one.id, coder=coder, why=why, seconds=seconds)

    def skip(self, suggestion: str, *, seconds: float | None = None) -> None:
        """Leave a suggestion for later; said twice, it is written once."""
        coder = self._desk.who()
        one = self.find(suggestion)
        before = stored.get_decision(self._store, one.id, coder)
        if before is None or before[0] != "skipped":
            decisions.skip(self._store, one.id, coder=coder, seconds=seconds)

    def finish(self, transcript: str, *, is_finished: bool) -> None:
        """Write down whether she has read a transcript to its end; said twice, it is written once."""
        coder = self._desk.who()
        self._desk.content.transcript(transcript)
        if ((transcript, coder) in stored.get_finished(self._store)) != is_finished:
            do = decisions.finish if is_finished else decisions.reopen
            do(self._store, transcript, coder=coder)

    # ---- inside

    def _shown(self, transcript: str) -> list[Suggestion]:
        found = stored.suggestions_for(self._store, transcript)
        return choose_suggestions((one for one in found if self._may_see(one)), self._desk.coder)

    def _precision(self, found: Iterable[Suggestion]) -> dict[str, float | None]:
        measured = self._measured()
        return {one.id: measured.get((one.suggester, one.version, one.code)) for one in found}

    def _may_see(self, one: Suggestion) -> bool:
        return (
            not self._desk.is_blind
            or one.coded == 0
            or list(one.settings.get("coders", ())) == [self._desk.coder]
        )

    def _seen(self, one: Suggestion) -> Suggestion:
        if not self._desk.is_blind:
            return one
        mine = tuple(name for name in one.evidence.quotes if self._desk.sees_coding(name))
        return dataclasses.replace(one, evidence=dataclasses.replace(one.evidence, quotes=mine))

    def _span(self, one: Suggestion, start: int | None, end: int | None) -> Span:
        low = one.span.start if start is None else start
        high = one.span.end if end is None else end
        if not 0 <= low < high:
            raise InputError(f"a span needs 0 <= start < end, got {low}:{high}")
        return Span(low, high)

    def _made(self, suggestion: str, coder: str) -> Coding | None:
        decision = stored.get_decision(self._store, suggestion, coder)
        return stored_codings.get_coding(self._store, decision[1]) if decision and decision[1] else None

    def _decisions(self, transcript: str, found: Iterable[tuple[str, int, int, str]]) -> dict[str, Decided]:
        coder = self._desk.coder
        by_id: dict[str, Any] = {}
        by_place: dict[tuple[int, int, str], Any] = {}
        if coder:
            for name, place, start, end, code, decision in stored.decisions_of(self._store, coder):
                if place == transcript:
                    by_id[name] = by_place[start, end, code] = decision
        text = self._desk.content.transcript(transcript).text
        coded: dict[str, list[Span]] = {}
        for mine in stored_codings.codings_in(self._store, transcript, coder) if coder else ():
            coded.setdefault(mine.code, []).append(mine.span)
        is_finished = (transcript, coder) in stored.get_finished(self._store)
        out: dict[str, Decided] = {}
        for name, start, end, code in found:
            decided = by_id.get(name) or by_place.get((start, end, code), "")
            if not decided and (
                is_finished or any(_share(Span(start, end), span, text) for span in coded.get(code, ()))
            ):
                decided = "coded"
            out[name] = decided
        return out

    def _queue(self, waiting: list[Suggestion], order: str) -> list[tuple[str, tuple[str, ...]]]:
        from mihqda.suggest.order import Waiting, arrange

        counts = Counter(
            dict(
                self._store.read(
                    "SELECT code, count(*) FROM codings WHERE ? IN ('', coder) GROUP BY code",
                    (self._desk.coder,),
                )
            )
        )
        rows = [
            Waiting(
                one.id, one.transcript, one.span.start, one.span.end, one.code, one.probability, one.score,
                one.strength, one.suggester, counts[one.code],
            )
            for one in waiting
        ]  # fmt: skip
        return [
            (rows[at].suggestion, tuple(_REASONS[name] for name in held))
            for at, held in arrange(rows, by=order)  # type: ignore[arg-type]
        ]

    def _measured(self) -> Mapping[tuple[str, str, str], float]:
        last = self._store.read("SELECT coalesce(max(id), 0) FROM evaluations")[0][0]
        return self._desk.content.kept.get(
            f"measured {last}", (), lambda: suggestions.measured_precision(self._store)
        )


def _is_below(precision: float | None, floor: float) -> bool:
    return precision is not None and precision < floor


def _share(one: Span, other: Span, text: str) -> bool:
    shared = one & other
    return shared is not None and not text[shared.start : shared.end].isspace()
