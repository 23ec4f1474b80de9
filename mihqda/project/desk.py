"""A coder's desk: what one coder sees of a study and does in it, fast enough to type by.

It reads no frames: what rarely changes (texts, voices, codes) is kept until the history says that it changed,
and the rest is one query. A blind coder's desk shows her own layer alone; this module decides what that is.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

from mihqda.codebook import Code
from mihqda.codings import Coding, new_id, parse_valence
from mihqda.codings.overlap import TurnSpans
from mihqda.errors import InputError, NotFoundError
from mihqda.project import codebooks, revising
from mihqda.project.content import Content
from mihqda.project.margin import Margin
from mihqda.project.search import within
from mihqda.project.themes import slug
from mihqda.spans import Span
from mihqda.store import Store
from mihqda.store import codings as stored
from mihqda.store.changes import Change, changes_since, last_step
from mihqda.store.history import Operation
from mihqda.store.own import redo_own, undo_own
from mihqda.store.suggestions import get_finished

_OF_CODES = ("codebooks", "codes")
_OF_VOICES = ("transcripts", "participants", "speaker_rules", "settings")
_OF_LAYERS = frozenset({"codings", "decisions", "finished"})


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a transcript is coded.

    `codings` are those that the coder may see; `uncoded` are turns of participants without a coding of hers
    (of anybody, if nobody codes); `finished` are the coders who said that they have read it all.
    """

    transcript: str
    language: str
    words: int
    turns: int
    codings: int
    uncoded: int
    finished: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Use:
    """How often a coder applied a code, and when last."""

    codings: int
    last: str


class Desk:
    """What one coder sees and does.

    Parameters
    ----------
    coder
        Her name; "" for somebody who only reads.
    is_blind
        Whether she sees nothing of the other coders' work.
    """

    def __init__(self, store: Store, content: Content, coder: str, *, is_blind: bool) -> None:
        self.store = store
        self.content = content
        self.coder = coder
        self.is_blind = is_blind

    # ---- what she reads

    @property
    def study(self) -> str:
        """The study's name."""
        return self.store.path.stem

    @property
    def is_read_only(self) -> bool:
        """Whether the study file cannot be written to."""
        return self.store.is_read_only

    def step(self) -> int:
        """Return the number of the study's last step."""
        return last_step(self.store)

    def coders(self) -> tuple[str, ...]:
        """Return the coders whose layers she may see, herself included, sorted."""
        others = (
            set()
            if self.is_blind
            else {row[0] for row in self.store.read("SELECT DISTINCT coder FROM codings")}
        )
        return tuple(sorted(others | ({self.coder} - {""}), key=str.casefold))

    def progress(self) -> tuple[Progress, ...]:
        """Return how far each transcript is coded, in order of their ids."""
        marked: dict[str, set[int]] = {}
        counts: dict[str, int] = {}
        places: dict[str, TurnSpans] = {}
        for transcript, start, end, coder in self.store.read(
            'SELECT transcript, start, "end", coder FROM codings'
        ):
            if self._sees(coder):
                counts[transcript] = counts.get(transcript, 0) + 1
            if coder == self.coder or (not self.coder and not self.is_blind):
                if transcript not in places:  # each asking costs a query
                    places[transcript] = self.content.turn_spans(transcript)
                spans = places[transcript]
                marked.setdefault(transcript, set()).update(
                    spans.numbers[at] for at in spans.overlapped(start, end)
                )
        finished = get_finished(self.store)
        out = []
        for name in self.content.transcripts():
            turns = self.content.turns(name)
            data = [turn.number for turn in turns if turn.is_data]
            out.append(
                Progress(
                    name,
                    self.content.transcript(name).language,
                    sum(turn.words for turn in turns),
                    len(turns),
                    counts.get(name, 0),
                    len(set(data) - marked.get(name, set())),
                    tuple(who for one, who in finished if one == name and self._sees(who)),
                )
            )
        return tuple(out)

    def finished(self, transcript: str) -> tuple[str, ...]:
        """Return which coders said that they have read all of a transcript, of those she may see."""
        return tuple(who for name, who in get_finished(self.store) if name == transcript and self._sees(who))

    @property
    def margin(self) -> Margin:
        """The suggestions that she is shown, and her decisions on them."""
        return Margin(self)

    def sees_coding(self, coding: str) -> bool:
        """Tell whether there is a coding of that id which she may see."""
        found = stored.get_coding(self.store, coding)
        return found is not None and self._sees(found.coder)

    def codings(self, transcript: str) -> tuple[Coding, ...]:
        """Return the codings of a transcript that she may see, in order of place."""
        self.content.transcript(transcript)
        return stored.codings_in(self.store, transcript, self.coder if self.is_blind else None)

    def coding(self, coding: str) -> Coding:
        """Return one coding.

        Raises
        ------
        NotFoundError
            If the study has none of that id, or she may not see it.
        """
        found = stored.get_coding(self.store, coding)
        if found is None or not self._sees(found.coder):
            raise NotFoundError(f"the study has no coding {coding!r}: it was removed, or never saved")
        return found

    def uses(self) -> dict[str, Use]:
        """Return code -> how often and when last she applied it, for the codes that she did."""
        return {
            code: Use(count, last)
            for code, count, last in self.store.read(
                "SELECT code, count(*), max(created) FROM codings WHERE coder = ? GROUP BY code",
                (self.coder,),
            )
        }

    def search(
        self, words: str, *, transcript: str | None = None, limit: int = 500
    ) -> tuple[tuple[tuple[str, Span], ...], bool]:
        """Find words in the turns of one transcript or all; case, accents and kinds of quotation marks are alike.

        Returns
        -------
        tuple
            (transcript, span) of at most `limit` hits in order, and whether there are more.
        """
        names = (
            self.content.transcripts() if transcript is None else (self.content.transcript(transcript).id,)
        )
        hits: list[tuple[str, Span]] = []
        for name in names:
            spans = [turn.span for turn in self.content.turns(name)]
            for hit in within(self.content.folded(name).find(words), spans):
                if len(hits) == limit:
                    return tuple(hits), True
                hits.append((name, hit))
        return tuple(hits), False

    def changes_since(self, step: int) -> tuple[Change, ...]:
        """Return the steps after a step, oldest first; of the others' work a blind coder sees none."""
        changes = changes_since(self.store, step)
        if not self.is_blind:
            return changes
        seen = (
            change if self.coder and change.who == self.coder else self._veiled(change) for change in changes
        )
        return tuple(change for change in seen if change.tables)

    # ---- what she does

    def apply(
        self,
        transcript: str,
        start: int,
        end: int,
        code: str,
        *,
        valence: str = "",
        memo: str = "",
        id: str = "",
    ) -> tuple[Coding, bool]:
        """Apply a code to a span; asked again with the same `id` and content, the coding stands once.

        Parameters
        ----------
        id
            Twelve hexadecimal digits made by the client, so that it can ask again after a lost answer; "" to
            have one made.

        Returns
        -------
        tuple
            The coding, and whether it is new.

        Raises
        ------
        InputError
            If nobody codes, the span leaves the text or holds nothing, or the code cannot be applied.
        mihqda.project.revising.CodingConflictError
            If the id is another coding's, or she coded that span with that code already.
        """
        wanted = Coding(
            id or new_id(), transcript, revising.make_span(start, end), code, self.who(), parse_valence(valence), memo
        )  # fmt: skip
        return revising.apply(self.store, wanted, self.content.check)

    def revise(
        self,
        coding: str,
        *,
        revision: str,
        start: int | None = None,
        end: int | None = None,
        code: str | None = None,
        valence: str | None = None,
        memo: str | None = None,
    ) -> Coding:
        """Change the span, code, valence or memo of a coding of hers that still is at `revision`.

        Raises
        ------
        NotFoundError, InputError
            If there is no such coding, place or code.
        mihqda.project.revising.CodingConflictError, mihqda.project.revising.OthersCodingError
            If it was changed since that revision, or is another coder's.
        """
        self.coding(coding)
        return revising.revise(
            self.store, coding, coder=self.who(), revision=revision, span=(start, end), code=code,
            valence=valence, memo=memo, check=self.content.check,
        )  # fmt: skip

    def remove(self, coding: str, *, revision: str) -> Coding:
        """Remove a coding of hers that still is at `revision`; errors as `revise`."""
        self.coding(coding)
        return revising.remove(self.store, coding, coder=self.who(), revision=revision)

    def add_code(
        self,
        name: str,
        *,
        parent: str | None = None,
        codebook: str | None = None,
        definition: str = "",
        is_in_vivo: bool = False,
    ) -> Code:
        """Add a code; its id is made from its name.

        Raises
        ------
        InputError, NotFoundError
            If the name has no letters, the codebook is not clear, or the parent does not exist.
        """
        taken = set(self.content.codes())
        origin = "in vivo" if is_in_vivo else "inductive"
        code = Code(
            free_id(slug(name), taken), name, parent=parent, definition=definition,
            attributes={"origin": origin},
        )  # fmt: skip
        codebooks.add_code(self.store, code, codebook=codebook, who=self.who())
        return self.content.codes()[code.id]

    def undo(self) -> Operation:
        """Take back her own last action.

        Raises
        ------
        ConflictError
            If there is none, or later steps build on it; it says which.
        """
        return undo_own(self.store, self.who(), names_others=not self.is_blind)

    def redo(self) -> Operation:
        """Do again what she undid last; errors as `undo`."""
        return redo_own(self.store, self.who(), names_others=not self.is_blind)

    # ---- inside

    def who(self) -> str:
        """Return who codes; InputError if nobody does yet."""
        if not self.coder.strip():
            raise InputError("nobody codes yet: say who you are on the start page")
        return self.coder

    def _sees(self, coder: str) -> bool:
        return not self.is_blind or coder == self.coder

    def _veiled(self, change: Change) -> Change:
        """Return what a blind coder may know of somebody else's step: what of hers, or of all, it touched."""
        is_hers = self.coder in change.coders
        tables = tuple(table for table in change.tables if is_hers or table not in _OF_LAYERS)
        about_texts = is_hers or "transcripts" in tables
        return dataclasses.replace(
            change, who="", what="", tables=tables, transcripts=change.transcripts if about_texts else (),
            coders=(self.coder,) if is_hers else (),
        )  # fmt: skip


def free_id(wanted: str, taken: Sequence[str] | set[str]) -> str:
    """Return the id, with the first number behind it that makes it unique if it is taken.

    Examples
    --------
    >>> free_id("role", {"role", "role-2"})
    'role-3'
    """
    number, found = 1, wanted
    while found in taken:
        number += 1
        found = f"{wanted}-{number}"
    return found
