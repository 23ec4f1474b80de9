"""The list of quotes: theme by theme, group by group, and by number for theme × phase."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import pandas as pd

from mihqda.reports.counts import Counts, Entry
from mihqda.reports.grid import Quote
from mihqda.reports.model import CrossedQuotes, GroupQuotes, Quotes, ThemeQuotes
from mihqda.reports.phases import Crossing
from mihqda.reports.plan import Plan
from mihqda.reports.prose import clock
from mihqda.reports.wording import Wording
from mihqda.themes.groups import ALL, INTERVIEWER, UNASSIGNED


def list_quotes(
    counts: Counts,
    own: Mapping[str, Sequence[Quote]],
    crossings: Iterable[Crossing],
    plan: Plan,
    words: Wording,
) -> Quotes:
    """Return the quotes theme by theme and group by group, as a report lists them.

    Parameters
    ----------
    own
        From `mihqda.reports.quotes.own_quotes`. A parent names its children for what they list.
    crossings
        Themes by phase, of which every cell names its quotes.
    """
    crossed = {entry.theme: tuple(_crossed(counts, entry, own, crossings, words)) for entry in counts.entries}
    themes = tuple(
        ThemeQuotes(
            entry.theme, entry.name, entry.anchor, tuple(_groups(counts, entry, own, words)), entry.depth,
            crossed[entry.theme],
        )
        for entry in counts.entries
    )  # fmt: skip
    notes = [words.say("note_quotes", k=plan.k), words.say("note_dagger")]
    if plan.attribution == "role":
        notes.insert(0, words.say("note_attribution_role"))
    if plan.attribution == "group":
        notes.insert(0, words.say("note_attribution_group"))
    listed = [(entry, one) for entry in counts.entries for one in own[entry.theme]]
    return Quotes(themes, _frame(listed), tuple(notes), title=words.say("section_quotes"))


def _groups(
    counts: Counts, entry: Entry, own: Mapping[str, Sequence[Quote]], words: Wording
) -> Iterator[GroupQuotes]:
    cells = counts.cells
    for group in counts.groups:
        row = cells[entry.theme, group]
        if group == ALL or not row["codings"]:
            continue
        below = tuple(
            (child.name, counts.anchor(child, group))
            for child in counts.children.get(entry.theme, ())
            if cells[child.theme, group]["codings"]
        )
        is_people = group not in (UNASSIGNED, INTERVIEWER)
        fraction = words.fraction(row["participants"], row["N"])
        number = fraction if is_people else words.count(int(row["mentions"]), "mention")
        shown = tuple(one for one in own[entry.theme] if group in one.groups)
        yield GroupQuotes(words.group(group), counts.anchor(entry, group), number, shown, below)


def _crossed(
    counts: Counts,
    entry: Entry,
    own: Mapping[str, Sequence[Quote]],
    crossings: Iterable[Crossing],
    words: Wording,
) -> Iterator[CrossedQuotes]:
    """Yield the phases of a theme with the numbers of the quotes that overlap what theme and phase share."""
    quotes: list[Quote] | None = None
    for crossing in crossings:
        for cell in crossing.cells_of(entry.theme):
            if not cell.mentions:
                continue
            if quotes is None:
                quotes = [one for below in _with_below(counts, entry.theme) for one in own[below]]
            shared = [(piece.transcript, piece.start, piece.end, set(piece.codings)) for piece in cell.pieces]
            numbers = sorted(
                quote.number
                for quote in quotes
                if any(
                    quote.transcript == transcript
                    and quote.start < end
                    and start < quote.end
                    and any(codings.issuperset(one.split(", ")) for one in quote.codings)
                    for transcript, start, end, codings in shared
                )
            )
            number = crossing.count(cell, words)
            yield CrossedQuotes(
                crossing.names[cell.phase],
                crossing.anchor(entry, cell.phase),
                number,
                tuple(dict.fromkeys(numbers)),
            )


def _with_below(counts: Counts, theme: str) -> Iterator[str]:
    yield theme
    for child in counts.children.get(theme, ()):
        yield from _with_below(counts, child.theme)


def _frame(quotes: Sequence[tuple[Entry, Quote]]) -> pd.DataFrame:
    """Return the quotes as rows; what would tell who said it is empty where they are not attributed by id."""
    columns = (
        "number", "theme", "name", "groups", "participants", "context_speaker", "context", "quote", "attribution",
        "transcript", "start", "end", "session", "time", "coders", "valences", "codings", "over_several", "chosen",
    )  # fmt: skip
    rows = []
    for entry, one in quotes:
        before = one.context
        context = "" if before is None else f"{'[…] ' if before.is_cut else ''}{before.text}"
        place: tuple[object, ...] = (
            (one.transcript, one.start, one.end, one.session, clock(one.starts_at))
            if one.is_by_id
            else ("", pd.NA, pd.NA, "", "")
        )
        rows.append((
            one.number, entry.theme, entry.name, "; ".join(one.groups), "; ".join(one.speakers) if one.is_by_id else "",
            "" if before is None else before.speaker, context, one.text, one.attribution, *place,
            "; ".join(one.coders), "; ".join(one.valences), "; ".join(one.codings) if one.is_by_id else "",
            "yes" if one.is_over_several else "", one.is_chosen,
        ))  # fmt: skip
    frame = pd.DataFrame(rows, columns=list(columns))
    return frame.astype({"start": "Int64", "end": "Int64"})
