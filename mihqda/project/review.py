"""A review: one coder goes through suggestions one by one, and the model learns on the way.

Every decision is in the study at once. What learns runs beside it in a thread that never touches the study: it
computes from a snapshot, and what it found is written when the next suggestion is called for.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future, wait
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from mihqda.errors import ConflictError, MihqdaError, NotFoundError
from mihqda.project import decisions, suggestions
from mihqda.project.background import Background
from mihqda.project.codings import study_codes
from mihqda.project.ranks import Ranks, Told
from mihqda.project.settings import folder_of
from mihqda.project.suggestions import Plan, Suggested
from mihqda.spans import Span
from mihqda.store import Store, history
from mihqda.store.suggestions import get_suggestion, live_rows
from mihqda.store.transcripts import get_transcript
from mihqda.suggest.model import Suggestion
from mihqda.suggest.order import Order

if TYPE_CHECKING:
    import pandas as pd

    from mihqda.project.project import Project

REFIT_AFTER = 20
"""After so many decisions the suggester learns anew in the background."""


@dataclass(frozen=True, slots=True)
class _Done:
    """A decision of this review, with what it told the quick model, so that it can be taken back."""

    step: int
    suggestion: Suggestion
    told: tuple[Told, ...]
    is_skip: bool = False


class Review:
    """The queue of one session of one coder.

    Parameters
    ----------
    project
        An open study; it stays the caller's to close.
    coder
        Who decides.
    order
        See `mihqda.suggest.order.queue`.
    transcripts, codes, hidden
        As for `Project.suggestions`.
    is_blind
        Nothing that other coders coded is shown or learned from: suggestions, quotes, counts, order and refits.
    seed
        Of the queue.
    refit_after
        After so many decisions (skips aside) the suggester learns anew in the background; 0 for never.

    Attributes
    ----------
    decided, skipped
        How many decisions this review holds and how many suggestions were left for later, those taken back aside.
    """

    def __init__(
        self,
        project: Project,
        *,
        coder: str,
        order: Order = "rare",
        transcripts: Sequence[str] = (),
        codes: Sequence[str] = (),
        hidden: bool = False,
        is_blind: bool = False,
        seed: int = 0,
        refit_after: int = REFIT_AFTER,
    ) -> None:
        self.coder = coder
        self.order: Order = order
        self.decided = self.skipped = 0
        self._project = project
        self._transcripts, self._codes, self._hidden = tuple(transcripts), tuple(codes), hidden
        self._is_blind = is_blind
        self._seed = seed
        self._refit_after = refit_after
        self._since_refit = 0
        self._done: list[_Done] = []
        self._left: set[str] = set()  # skipped in this review: they come back in the next one
        self._first: Suggestion | None = None
        self._text = ""
        self._frame = self._list()
        self._ids: list[str] = self._frame["suggestion"].tolist()
        self._background = Background()
        self._refit: tuple[Plan, Future[Suggested]] | None = None
        self._ranks: Ranks | None = None
        if self._ids and order != "reading":
            self._ranks = Ranks(
                project.snapshot(),
                suggestions.offered_codes(self._store),
                self._frame["unit"].mode()[0],
                self._background,
                coders=(coder,) if is_blind else (),
            )

    def __enter__(self) -> Review:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        """Call off what runs in the background and wait for it; what was decided is in the study already."""
        self._background.close()

    @property
    def current(self) -> Suggestion | None:
        """The suggestion to decide on; None at the end. It changes with a decision alone."""
        while self._first is None and self._ids:
            try:
                self._first = self._seen(get_suggestion(self._store, self._ids[0]))
                self._text = get_transcript(self._store, self._first.transcript).text
            except NotFoundError:  # replaced by somebody else's refit, its code retired, its transcript gone
                self._ids.pop(0)
        return self._first

    @property
    def left(self) -> int:
        """How many suggestions wait, the current one included."""
        return len(self._ids)

    @property
    def queue(self) -> pd.DataFrame:
        """What waits, in order, with the columns of `Project.suggestions`."""
        frame = self._frame.set_index("suggestion", drop=False).loc[self._ids].reset_index(drop=True)
        return frame.assign(position=range(1, len(frame) + 1))

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why the current suggestion comes now, in plain words."""
        one = self._row()
        if one is None:
            return ()
        said = {
            "is_rare": f"seldom coded so far ({one['coded']} codings)",
            "is_random": "drawn at random",
            "is_uncertain": "uncertain",
            "is_likely": "likely",
            "is_outdated": f"made by version {one['version']} of the suggester: mihqda suggest STUDY makes new ones",
        }
        return tuple(text for name, text in said.items() if one[name])

    @property
    def measured(self) -> float | None:
        """Precision of the current code in the last evaluation; None if it was not measured."""
        one = self._row()
        return None if one is None or one["measured"] != one["measured"] else float(one["measured"])

    @property
    def lost(self) -> str:
        """Why the current suggestion cannot be decided on any more, whoever did that; "" if it can."""
        one = self.current
        if one is None:
            return ""
        try:
            text = get_transcript(self._store, one.transcript).text
        except NotFoundError:
            return f"transcript {one.transcript} was removed meanwhile"
        if text != self._text:
            return f"transcript {one.transcript} has another text by now"
        code = study_codes(self._store).get(one.code)
        if code is None:
            return f"code {one.code} was removed meanwhile"
        return "" if code.codable and not code.retired else f"code {one.code} is not in use any more"

    def pass_over(self) -> None:
        """Go on without a decision, and without all else that cannot be decided on any more."""
        one, self._first = self.current, None
        live = {row[0] for row in live_rows(self._store)}
        self._ids = [name for name in self._ids if name in live and (one is None or name != one.id)]

    @property
    def is_refitting(self) -> bool:
        """Whether the suggester learns anew in the background now."""
        return self._refit is not None and not self._refit[1].done()

    def accept(
        self,
        *,
        at: Span | None = None,
        code: str | None = None,
        valence: str | None = None,
        memo: str = "",
        seconds: float | None = None,
    ) -> tuple[str, ...]:
        """Make a coding of the current suggestion; see `Project.accept`. Returns what changed, in plain words."""
        one = self._need_current()

        with self._store.step(f"accept suggestion {one.id}", who=self.coder) as step:
            coded = decisions.accept(
                self._store, one, coder=self.coder, at=at, code=code, valence=valence, memo=memo, seconds=seconds
            )  # fmt: skip
        if coded.codings:
            made = coded.codings[0]
            told = {one.code: 0.0, made.code: 1.0}
            said = f"coding {made.id}: {made.transcript} {made.span} as {made.code}"
            said += f", valence {made.valence}" if made.valence else ""
            said += f", with a memo of {len(made.memo)} characters" if made.memo else ""
        else:
            told = {one.code: 1.0} if code in (None, one.code) else {}
            said = "that coding was there already: the decision refers to it"
            said += "; its valence and memo stay as they were" if valence or memo else ""
        return (said, *coded.warnings, *self._advance(one, step, told))

    def reject(self, *, why: str = "", seconds: float | None = None) -> tuple[str, ...]:
        """Say that the current suggestion is wrong. Returns what changed, in plain words."""
        one = self._need_current()
        with self._store.step(f"reject suggestion {one.id}", who=self.coder) as step:
            decisions.reject(self._store, one, coder=self.coder, why=why, seconds=seconds)
        said = f"rejected: {one.transcript} {one.span} is not {one.code}"
        return (said, *self._advance(one, step, {one.code: 0.0}))

    def skip(self, *, seconds: float | None = None) -> tuple[str, ...]:
        """Leave the current suggestion undecided. Returns what changed, in plain words."""
        one = self._need_current()
        with self._store.step(f"skip suggestion {one.id}", who=self.coder) as step:
            decisions.skip(self._store, one, coder=self.coder, seconds=seconds)
        self._left.add(one.id)
        return ("skipped", *self._advance(one, step, {}, is_skip=True))

    def undo(self) -> tuple[str, ...]:
        """Take back the last decision of this review; its suggestion is the current one again.

        What others did meanwhile stays.

        Raises
        ------
        ConflictError
            If there is none, or later steps build on it.
        """
        if not self._done:
            raise ConflictError("nothing was decided in this review that could be taken back")
        done = self._done[-1]
        (operation,) = history.operations(self._store, after=done.step - 1)[:1]
        history.turn_back(self._store, operation, "undo", self.coder, names_others=not self._is_blind)
        self._done.pop()
        self.skipped -= done.is_skip
        self._left.discard(done.suggestion.id)
        self.decided -= not done.is_skip
        if self._ranks is not None:
            self._ranks.take_back(done.told)
        self._first = done.suggestion
        self._text = self._project.snapshot().texts.get(done.suggestion.transcript, "")
        self._ids = [self._first.id, *(one for one in self._ids if one != self._first.id)]
        return (f"taken back: {operation.what}",)

    def wait(self) -> None:
        """Wait until nothing runs in the background; what was learned is taken in with the next decision."""
        running: list[Future[Any]] = [] if self._refit is None else [self._refit[1]]
        wait([*running, *([] if self._ranks is None else [self._ranks.building])])

    # ---- inside

    @property
    def _store(self) -> Store:
        return self._project._store

    def _row(self) -> dict[str, Any] | None:
        one = self.current
        if one is None:
            return None
        row = self._frame[self._frame["suggestion"] == one.id].iloc[0]
        return {str(name): value for name, value in row.items()}

    def _need_current(self) -> Suggestion:
        one = self.current
        if one is None:
            raise NotFoundError("nothing is left to review")
        return one

    def _list(self) -> pd.DataFrame:
        frame = suggestions.list_suggestions(
            self._store, self._project.snapshot(), coder=self.coder, order=self.order, hidden=self._hidden,
            transcripts=self._transcripts, codes=self._codes, is_blind=self._is_blind, seed=self._seed,
        )  # fmt: skip
        frame = frame[~frame["suggestion"].isin(list(self._left))]
        was_skipped = frame["decision"] == "skipped"
        return frame.loc[was_skipped.sort_values(kind="stable").index].reset_index(drop=True)  # at the end

    def _seen(self, one: Suggestion) -> Suggestion:
        """Return a suggestion as the coder is shown it: blind, without quotes that others coded."""
        if not self._is_blind:
            return one
        codings = self._project.snapshot().codings
        hers = set(codings["coding"][codings["coder"] == self.coder])
        quotes = tuple(name for name in one.evidence.quotes if name in hers)
        return replace(one, evidence=replace(one.evidence, quotes=quotes))

    def _advance(
        self, one: Suggestion, step: int, values: dict[str, float], *, is_skip: bool = False
    ) -> tuple[str, ...]:
        """Go to the next suggestion after a decision, which says for codes of the segment whether they apply."""
        told = () if self._ranks is None else self._ranks.tell(one, values)
        self._done.append(_Done(step, one, told, is_skip))
        self.skipped += is_skip
        self.decided += not is_skip
        self._since_refit += bool(values)
        self._ids = [name for name in self._ids if name != one.id]
        self._first = None
        said = self._take_in()
        if self._ranks is not None:
            self._ids = self._ranks.sort(self._ids, self._frame, by=self.order)
        if 0 < self._refit_after <= self._since_refit and self._refit is None and self._ids:
            said = (*said, *self._start_refit())
        return said

    def _start_refit(self) -> tuple[str, ...]:
        self._since_refit = 0
        waiting = self._frame[self._frame["suggestion"].isin(self._ids)]
        name = str(waiting["suggester"].mode()[0])
        like = get_suggestion(self._store, str(waiting["suggestion"][waiting["suggester"] == name].iloc[0]))
        if "model_hash" in like.settings and not folder_of(self._store):
            self._refit_after = 0
            return (
                "not learned anew: these suggestions were made with a model folder that the study does not name",
            )
        plan = suggestions.plan_suggestions(
            self._store, self._project.snapshot(), unit=like.unit, suggester=name,  # type: ignore[arg-type]
            transcripts=self._transcripts,
            coders=(self.coder,) if self._is_blind else like.settings.get("coders", ()),
            seed=int(like.settings.get("seed", 0)),
        )  # fmt: skip
        self._refit = (
            plan,
            self._background.submit(partial(suggestions.learn, plan, progress=self._background.check)),
        )
        return ()

    def _take_in(self) -> tuple[str, ...]:
        """Write what was learned in the background, if it is ready, and queue anew; returns what changed."""
        if self._refit is None or not self._refit[1].done():
            return ()
        (plan, future), self._refit = self._refit, None
        try:
            made = suggestions.keep(self._store, plan, future.result())
        except MihqdaError as error:
            return (f"not learned anew: {error}",)
        except Exception as error:  # whatever a plug-in does in the background must not end a person's review
            return (f"not learned anew: the suggester {plan.suggester} failed with {type(error).__name__}",)
        new = self._list()
        self._ids = new["suggestion"].tolist()
        # What was on the screen before can come back by undo.
        before = self._frame[~self._frame["suggestion"].isin(new["suggestion"])]
        self._frame = _under(new, before)
        return (f"learned anew from {made.coded} coded segments: {len(self._ids)} suggestions wait",)


def _under(new: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    import pandas as pd

    filled = [frame for frame in (new, before) if len(frame)]
    return pd.concat(filled, ignore_index=True) if len(filled) == 2 else filled[0] if filled else new
