"""One suggestion as a person reads it in the terminal: who says it, asked what, the words that weighed, the code.

What weighed is bold and underlined, never marked by colour alone; a terminal without either gets «marks». Control
characters of a transcript never reach the terminal.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest
from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.text import Text

from mihqda.cli.output import printable
from mihqda.codings.frame import rows_of
from mihqda.reports.prose import clock
from mihqda.spans import Span, merge
from mihqda.suggest.model import FEW_CODED

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

    from mihqda.snapshot import Snapshot
    from mihqda.suggest.model import Suggestion

LONGEST_QUESTION = 400


@dataclass(frozen=True, slots=True)
class Place:
    """Where a span lies in the talk.

    Parameters
    ----------
    speakers
        Who speaks there: participants' ids, else labels.
    group
        Of the first of them.
    at
        Seconds at which the turn begins, or None.
    question
        What the interviewer asked last before, else the turn before; "" if there is none.
    asked_by
        Who said that.
    """

    speakers: tuple[str, ...] = ()
    group: str = ""
    at: float | None = None
    question: str = ""
    asked_by: str = ""


def find_place(snapshot: Snapshot, transcript: str, span: Span) -> Place:
    """Return where a span lies: who speaks, when, and what was asked before."""
    turns = snapshot.turns[snapshot.turns["transcript"] == transcript]
    voices = snapshot.voices[snapshot.voices["transcript"] == transcript]
    here = turns[(turns["start"] < span.end) & (turns["end"] > span.start)]
    if here.empty:
        return Place()
    first = here.iloc[0]
    heard = voices[voices["turn"].isin(here["turn"])]
    speakers = dict.fromkeys(
        person or label for person, label in zip(heard["participant"], heard["speaker"], strict=True)
    )
    people = snapshot.participants
    groups = people["group"][people["participant"].isin(list(speakers))]
    before = turns[turns["turn"] < first["turn"]]
    asking = set(voices["turn"][voices["kind"] == "interviewer"])
    asked = before[before["turn"].isin(asking)]
    last = asked if len(asked) else before
    question = asker = ""
    if len(last):
        turn = last.iloc[-1]
        question = snapshot.texts[transcript][turn["start"] : turn["end"]]
        asker = ", ".join(filter(None, voices["speaker"][voices["turn"] == turn["turn"]]))
    return Place(
        tuple(filter(None, speakers)),
        str(groups.iloc[0]) if len(groups) else "",
        None if first["starts_at"] != first["starts_at"] else float(first["starts_at"]),
        question,
        asker,
    )


def show_head(place: Place, *, transcript: str, span: Span) -> Iterable[RenderableType]:
    """Return who speaks where, and what was asked before."""
    who = " & ".join(place.speakers) or "unknown voice"
    parts = [transcript, who + (f" ({place.group})" if place.group else "")]
    if place.at is not None:
        parts.append(clock(place.at))
    parts.append(str(span))
    yield Text(printable(" · ".join(parts)), style="bold")
    if place.question:
        asked = shorten(place.question, LONGEST_QUESTION)
        by = f"{place.asked_by}: " if place.asked_by else ""
        yield Padding(Text(printable(by + asked), style="italic"), (0, 0, 0, 2), expand=False)


def show_words(
    text: str,
    span: Span,
    *,
    words: Sequence[Span] = (),
    negated: Sequence[Span] = (),
    suggested: Span | None = None,
    is_plain: bool = False,
) -> Text:
    """Return the words of a span, with those that weighed bold and underlined and a negation in reverse.

    Parameters
    ----------
    text, span
        Of the transcript, and what of it is shown.
    words, negated
        What weighed.
    suggested
        The span that was suggested, where `span` is another by now: what was left out is struck through.
    is_plain
        The terminal has no styles: «marks» instead, and ⟦ ⟧ around the span.
    """
    around = span if suggested is None else span | suggested
    shown = Text()
    marked = merge(one for one in words)
    borders = sorted(
        {around.start, around.end, span.start, span.end}
        | {at for one in (*marked, *negated) for at in (one.start, one.end) if around.start < at < around.end}
    )
    for start, end in pairwise(borders):
        piece = Span(start, end)
        styles = []
        said = printable(piece.quote(text))
        if any(one.overlaps(piece) for one in marked):
            styles.append("bold underline")
            said = f"«{said}»" if is_plain else said
        if any(one.overlaps(piece) for one in negated):
            styles.append("reverse")
            said = f"[not: {said}]" if is_plain else said
        if not piece.overlaps(span):
            styles.append("strike dim")
            said = f"[left out: {said}]" if is_plain else said
        shown.append(said, " ".join(styles))
    return shown


def has_styles(console: Console) -> bool:
    """Tell whether the terminal can show bold and underlined words."""
    return console.color_system is not None


def shorten(text: str, most: int) -> str:
    """Return a text on one line, its middle left out where it is longer than `most` characters."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    half = (most - 3) // 2
    return f"{line[:half].rstrip()} … {line[-half:].lstrip()}"


def say_chance(one: Suggestion) -> str:
    """Return how likely the code is: in words while fewer than `FEW_CODED` segments are coded, else a probability."""
    if one.probability is None or one.coded < FEW_CODED:
        return one.strength
    return f"{one.strength}, probability {one.probability:.2f}"


def list_evidence(one: Suggestion, snapshot: Snapshot) -> list[str]:
    """Return why a code was suggested, one line each: words, negations, the definition's part, accepted quotes."""
    text, evidence = snapshot.texts[one.transcript], one.evidence
    weighed = [
        f"{shorten(span.quote(text), 40)} ({weight:+.1f})"
        for span, weight in zip_longest(evidence.words, evidence.weights, fillvalue=0.0)
        if isinstance(span, Span)
    ]
    lines = [f"words that weighed: {', '.join(weighed)}"] if weighed else []
    if evidence.negated:
        lines.append("negated: " + ", ".join(shorten(span.quote(text), 40) for span in evidence.negated))
    if evidence.matched:
        lines.append(f"resembles its {evidence.field}: {shorten(evidence.matched, 200)}")
    known = {
        coding: (f"{transcript}, {coder}", Span(start, end).quote(snapshot.texts[transcript]))
        for coding, transcript, start, end, coder in rows_of(
            snapshot.codings[snapshot.codings["coding"].isin(evidence.quotes)],
            "coding", "transcript", "start", "end", "coder",
        )
    }  # fmt: skip
    for where, quote in (known[coding] for coding in evidence.quotes if coding in known):
        lines.append(f"near: “{shorten(quote, 200)}” ({where})")
    lines.append(f"suggester {_say_suggester(one)}; state {one.state[:12] or 'none'}")
    return lines


def _say_suggester(one: Suggestion) -> str:
    """Return who suggests, in which version, and what that was learned from: of whom, if not of everybody."""
    version = f" (version {one.version})" if one.version else ""
    coders = [str(coder) for coder in one.settings.get("coders") or ()]
    by = f" of {' and '.join(coders)} alone" if coders else ""
    learned = (
        f"learned from {one.coded} coded segments{by}" if one.coded else "nothing coded was learned from"
    )
    return f"{one.suggester}{version}, {learned}"


def show_hit(text: str, span: Span, hit: Span | None, *, around: int = 24) -> str:
    """Return the words of a span around a hit in it, on one line and with the hit in «»; without one the beginning."""
    if hit is None:
        return shorten(span.quote(text), 2 * around)
    low, high = max(span.start, hit.start - around), min(span.end, hit.end + around)
    before, found, after = (text[a:b] for a, b in ((low, hit.start), (hit.start, hit.end), (hit.end, high)))
    shown = f"{'…' if low > span.start else ''}{before}«{found}»{after}{'…' if high < span.end else ''}"
    return " ".join(shown.split())
