"""The review of suggestions in a terminal: one at a time, a key for each decision.

Nothing is kept back: every decision is in the study before the next suggestion is shown, so that ctrl-C, a closed
window or a power cut lose nothing but what was not decided yet.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.rule import Rule
from rich.text import Text

from mihqda.cli import card
from mihqda.cli.choose_code import choose_code
from mihqda.cli.keys import ENTER, Typed
from mihqda.cli.output import printable
from mihqda.codings.model import parse_valence
from mihqda.errors import MihqdaError
from mihqda.segments.stretch import STEPS, Side, pieces_of, stretch
from mihqda.spans import Span

if TYPE_CHECKING:
    from typing import Literal

    from rich.console import Console, RenderableType

    from mihqda.project import Project
    from mihqda.project.review import Review
    from mihqda.suggest.model import Suggestion

KEYS = (
    ("a", "accept: a coding of yours, with span, valence and memo as shown"),
    ("r", "reject: never suggested here again, and the model learns from it"),
    ("o", "another code instead: type part of its name, Enter; it is coded at once"),
    ("+ -", "the span ends later, or earlier"),
    ("< >", "the span begins earlier, or later"),
    ("w", "go by sentence, word or turn"),
    ("0", "back to the suggested span"),
    ("v", "valence: then + - m (mixed) 0 (neutral); Enter for none"),
    ("m", "a memo on the coding"),
    ("e", "evidence: words that weighed, nearest accepted quotes, the definition's part"),
    ("d", "the code's rules: include, exclude, examples"),
    ("s", "skip: leave it for later"),
    ("u", "undo the last decision of this review"),
    ("?", "these keys"),
    ("q", "quit; everything decided is in the study"),
)
SHORT = (
    "[a]ccept [r]eject [o]ther [+-<>] span [v]alence [m]emo [e]vidence [d]efinition\n[s]kip [u]ndo [?] [q]uit"
)
_VALENCES = {"+": "+", "=": "+", "-": "-", "m": "mixed", "0": "neutral", "n": "neutral"}
_MOVES: dict[str, tuple[Side, Literal[1, -1]]] = {
    "+": ("end", 1), "=": ("end", 1), "-": ("end", -1), "_": ("end", -1),
    "<": ("start", 1), ",": ("start", 1), ">": ("start", -1), ".": ("start", -1),
}  # fmt: skip


@dataclass(slots=True)
class Draft:
    """What would become of a suggestion if it were accepted now."""

    span: Span
    valence: str | None = None
    memo: str = ""


class Screen:
    """Shows the suggestions of a review one by one and hands over what was decided.

    Parameters
    ----------
    project
        For texts, codes and speakers.
    review
        The queue; every decision goes to it at once.
    typed
        Where keys come from.
    console
        Where the talk is shown.
    """

    def __init__(self, project: Project, review: Review, typed: Typed, console: Console) -> None:
        self._project, self._review, self._typed, self._console = project, review, typed, console
        self._refresh()
        self._is_plain = not card.has_styles(console)
        self._step = 0
        self._began = 0.0
        self._actions: dict[str, Callable[[Suggestion, Draft], bool]] = {
            "a": self._accept, "r": self._reject, "s": self._skip, "u": self._undo, "o": self._other,
            "w": self._change_step, "0": self._reset, "v": self._set_valence, "m": self._set_memo,
            "e": self._show_evidence, "d": self._show_rules, "?": self._show_keys,
        }  # fmt: skip

    def _refresh(self) -> None:
        """Read texts and codes: somebody else may have changed them since."""
        self._codes = {code.id: code for book in self._project.codebooks() for code in book}
        self._snapshot = self._project.snapshot()

    def run(self) -> None:
        """Go through the queue until it is empty or the person leaves."""
        while True:
            one = self._review.current
            if not (self._decide(one) if one is not None else self._end()):
                return

    def _end(self) -> bool:
        """Say that nothing is left; True if the last decision was taken back."""
        if not self._review.decided + self._review.skipped:
            self._say(
                "nothing is left to review: mihqda suggest makes suggestions; --all shows hidden codes too"
            )
            return False
        self._say("nothing is left to review; u takes the last decision back, any other key ends")
        if self._typed.key().lower() != "u":
            return False
        self._tell(self._review.undo())
        return True

    def summary(self) -> str:
        """Return what this review came to, in a line."""
        return f"{self._counts()}; everything is in the study"

    def _counts(self) -> str:
        review = self._review
        skipped = f"{review.skipped} skipped for later, " if review.skipped else ""
        return f"{review.decided} decided, {skipped}{review.left} left"

    def _decide(self, one: Suggestion) -> bool:
        """Show one suggestion until something about it is decided; False if the person leaves."""
        if self._is_lost():
            return True
        draft = Draft(one.span)
        self._show(one)
        self._began = time.monotonic()
        while (key := self._typed.key().lower()) not in ("q", ""):
            try:
                if self._is_lost():
                    return True
                if key in _MOVES:
                    self._move(one, draft, key)
                elif key not in self._actions:
                    if key.isprintable():
                        self._say(f"{key} is no key here; ? lists them")
                elif self._actions[key](one, draft):
                    return True
            except MihqdaError as error:
                self._say(f"! {error}")
        return False

    def _is_lost(self) -> bool:
        """Tell whether somebody else's change leaves nothing to decide here; says so and goes on then."""
        why = self._review.lost
        if why:
            self._say(f"! {why}: its suggestion is passed over")
            self._review.pass_over()
        return bool(why)

    # ---- decisions: each returns True, because the next suggestion is to be shown

    def _accept(self, one: Suggestion, draft: Draft, code: str | None = None) -> bool:
        self._tell(
            self._review.accept(
                at=draft.span if draft.span != one.span else None,
                code=code,
                valence=draft.valence,
                memo=draft.memo,
                seconds=self._seconds(),
            )
        )
        return True

    def _other(self, one: Suggestion, draft: Draft) -> bool:
        self._refresh()
        code = choose_code(list(self._codes.values()), self._typed, self._say)
        return code is not None and self._accept(one, draft, code.id)

    def _reject(self, one: Suggestion, draft: Draft) -> bool:
        self._tell(self._review.reject(seconds=self._seconds()))
        return True

    def _skip(self, one: Suggestion, draft: Draft) -> bool:
        self._tell(self._review.skip(seconds=self._seconds()))
        return True

    def _undo(self, one: Suggestion, draft: Draft) -> bool:
        self._tell(self._review.undo())
        return True

    # ---- what a coding would be: each returns False, because nothing is decided yet

    def _move(self, one: Suggestion, draft: Draft, key: str) -> None:
        side, by = _MOVES[key]
        pieces = pieces_of(self._project.transcript(one.transcript), STEPS[self._step])
        moved = stretch(draft.span, pieces, side=side, by=by)
        if moved == draft.span:
            self._say(f"no further {STEPS[self._step]} there (w changes the step)")
            return
        draft.span = moved
        self._show_draft(one, draft)

    def _change_step(self, one: Suggestion, draft: Draft) -> bool:
        self._step = (self._step + 1) % len(STEPS)
        self._say(f"+ - < > now go by {STEPS[self._step]}")
        return False

    def _reset(self, one: Suggestion, draft: Draft) -> bool:
        draft.span = one.span
        self._show_draft(one, draft)
        return False

    def _set_valence(self, one: Suggestion, draft: Draft) -> bool:
        self._say("valence: + - m (mixed) 0 (neutral), Enter for none")
        key = self._typed.key().lower()
        if key in _VALENCES or key == ENTER:
            draft.valence = parse_valence(_VALENCES.get(key))
            self._say(f"valence {draft.valence or 'none'}")
        else:
            self._say(f"valence stays {draft.valence or 'none'}")
        return False

    def _set_memo(self, one: Suggestion, draft: Draft) -> bool:
        memo = self._typed.line("memo: ")
        if memo is not None:
            draft.memo = memo
        self._say(f"memo of {len(draft.memo)} characters" if draft.memo else "no memo")
        return False

    # ---- what is shown

    def _show(self, one: Suggestion) -> None:
        if (
            one.code not in self._codes
            or self._snapshot.texts.get(one.transcript) != self._project.transcript(one.transcript).text
        ):
            self._refresh()
        review, code = self._review, self._codes[one.code]
        place = card.find_place(self._snapshot, one.transcript, one.span)
        self._console.print(Rule(self._counts(), align="left"))
        for part in card.show_head(place, transcript=one.transcript, span=one.span):
            self._console.print(part)
        self._console.print()
        self._console.print(Padding(self._marked(one, one.span), (0, 0, 1, 2), expand=False))
        self._console.print(
            Text.assemble((printable(code.name), "bold"), f"  {code.id}  ", (self._chance(one), ""))
        )
        if code.definition:
            self._indented(code.definition)
        for reason in review.reasons:
            self._say(f"  {reason}")
        self._console.print(Text(SHORT, style="dim"))

    def _chance(self, one: Suggestion) -> str:
        measured = self._review.measured
        return card.say_chance(one) + (
            ", unmeasured" if measured is None else f", right {measured:.2f} of the time when last measured"
        )

    def _show_draft(self, one: Suggestion, draft: Draft) -> None:
        text = self._snapshot.texts[one.transcript]
        self._say(f"the span becomes {draft.span} ({len(draft.span.quote(text).split())} words):")
        self._console.print(Padding(self._marked(one, draft.span, one.span), (0, 0, 0, 2), expand=False))

    def _show_evidence(self, one: Suggestion, draft: Draft) -> bool:
        for line in card.list_evidence(one, self._project.snapshot()):
            self._indented(line)
        return False

    def _show_rules(self, one: Suggestion, draft: Draft) -> bool:
        code = self._codes[one.code]
        rules = (
            ("include", code.include),
            ("exclude", code.exclude),
            *(("example", e) for e in code.examples),
        )
        shown = [f"{name}: {text}" for name, text in rules if text]
        for line in shown or ["the codebook has no further rules for this code"]:
            self._indented(line)
        return False

    def _show_keys(self, one: Suggestion, draft: Draft) -> bool:
        for keys, what in KEYS:
            self._say(f"  {keys:<5}{what}")
        return False

    def _marked(self, one: Suggestion, span: Span, suggested: Span | None = None) -> RenderableType:
        return card.show_words(
            self._snapshot.texts[one.transcript], span, words=one.evidence.words,
            negated=one.evidence.negated, suggested=suggested, is_plain=self._is_plain,
        )  # fmt: skip

    def _tell(self, changes: str | tuple[str, ...]) -> None:
        for line in (changes,) if isinstance(changes, str) else changes:
            self._say(f"= {line}")

    def _indented(self, text: str) -> None:
        self._console.print(Padding(Text(printable(text)), (0, 0, 0, 4), expand=False))

    def _say(self, text: str) -> None:
        self._console.print(Text(printable(text)))

    def _seconds(self) -> float:
        return round(time.monotonic() - self._began, 1)
