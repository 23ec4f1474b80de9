"""The first screen: who was heard, which themes, where groups differ, in words of n and N, chosen by rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import Any

import pandas as pd

from mihqda.reports.counts import Counts, Entry
from mihqda.reports.grid import rows_of
from mihqda.reports.method import filter_in_words, heard_of_groups
from mihqda.reports.model import Finding, Findings, FindingsBlock, ReportTable, Strip
from mihqda.reports.wording import Wording
from mihqda.snapshot import Snapshot
from mihqda.themes.groups import ALL, INTERVIEWER, UNASSIGNED

MOST_THEMES, MOST_DIFFERENCES, MOST_SIDES = 22, 5, 5
_MOST_OF_A_BOOK = 14  # themes; of a codebook with more, the headings over them are shown
LEAST_PEOPLE = 2
LEAST_APART = 1 / 3
_SMALL = 20  # people in a group, under which a caution is printed
_APART = ("phase", "subphase", "beyond", "definition")  # kinds of codes that are no themes
_MOST_NAMES = 8


def find(
    snapshot: Snapshot, counts: Counts, tables: dict[str, ReportTable], words: Wording, *, has_quotes: bool
) -> Findings:
    """Return the findings.

    Parameters
    ----------
    tables
        T1, T2, M2, M3 and L1 by id.
    has_quotes
        Whether lines can lead to quotes.
    """
    themes = list(_themes(snapshot, counts))
    blocks = [
        FindingsBlock(words.say("find_heard"), tuple(_heard(snapshot, counts, tables, words))),
        _spoken(counts, themes, snapshot, words, has_quotes),
        _different(counts, themes, snapshot, words, has_quotes),
        _two_sided(counts, themes, words, has_quotes),
        FindingsBlock(words.say("find_left_out"), tuple(_left_out(snapshot, counts, tables, words))),
    ]
    return Findings(tuple(block for block in blocks if block.lines), title=words.say("section_findings"))


def _heard(
    snapshot: Snapshot, counts: Counts, tables: dict[str, ReportTable], words: Wording
) -> Iterator[Finding]:
    for group, (heard, size) in heard_of_groups(snapshot, counts.by).items():
        name = words.group(group)
        yield Finding(
            words.say("find_group", group=name, n=heard, N=size), strips=(Strip(name, heard, size),)
        )
    sources = tables["T2"].frame
    if snapshot.transcripts.empty:
        yield Finding(words.say("find_nobody"))
        return
    kinds = sources.groupby("kind", sort=False).size()
    is_known = not snapshot.participants.empty
    said = int(sources["words" if is_known else "unknown_words"].sum())
    yield Finding(
        words.say(
            "find_talk" if is_known else "find_talk_unknown",
            sessions=words.count(len(sources), "session"),
            kinds=words.listing(words.count(int(n), str(kind)) for kind, n in kinds.items()),
            words=words.count(said, "word"),
        )
    )
    if snapshot.codings.empty:
        yield Finding(words.say("find_not_coded"))
        return
    coded = snapshot.codings["transcript"].nunique()
    yield Finding(
        words.say(
            "find_coded",
            codings=words.count(len(snapshot.codings), "coding"),
            coders=words.count(len(snapshot.coders), "coder"),
            transcripts=words.count(coded, "transcript"),
        )
    )


def _themes(snapshot: Snapshot, counts: Counts) -> Iterator[Entry]:
    """Yield what is a theme: neither a phase, nor a definition, nor a mere heading over codes."""
    columns = ("code", "codable", "parent", "kind")
    about = {
        code: (bool(codable), parent, kind)
        for code, codable, parent, kind in rows_of(snapshot.codes, *columns)
    }
    for entry in counts.entries:
        if entry.kind == "theme" and entry.theme not in about:
            yield entry
            continue
        is_apart, above = False, entry.theme
        while above:
            is_apart = is_apart or about[above][2] in _APART
            above = about[above][1]
        if about[entry.theme][0] and not is_apart:
            yield entry


def _top(snapshot: Snapshot, counts: Counts, themes: Sequence[Entry]) -> list[Entry]:
    """Return the themes with no theme above them; of a large codebook the headings over these."""
    known = {entry.theme for entry in themes}
    top = [entry for entry in themes if known.isdisjoint(entry.parents)]
    book_of = dict(rows_of(snapshot.codes, "code", "codebook"))
    sizes = Counter(book_of.get(entry.theme, "") for entry in top)
    heads: dict[str, Entry] = {}
    by_name = {entry.theme: entry for entry in counts.entries}
    for entry in top:
        is_many = sizes[book_of.get(entry.theme, "")] > _MOST_OF_A_BOOK
        head = by_name[entry.parents[-1]] if is_many and entry.parents else entry
        heads[head.theme] = head
    return list(heads.values())


def _people_of(counts: Counts) -> list[str]:
    return [group for group in counts.groups if group not in (ALL, UNASSIGNED, INTERVIEWER)]


def _strips(counts: Counts, entry: Entry, words: Wording) -> tuple[Strip, ...]:
    cells = ((group, counts.cells[entry.theme, group]) for group in _people_of(counts))
    return tuple(
        Strip(words.group(group), int(cell["participants"]), int(cell["N"])) for group, cell in cells
    )


def _spoken(
    counts: Counts, themes: Sequence[Entry], snapshot: Snapshot, words: Wording, has_quotes: bool
) -> FindingsBlock:
    top = _top(snapshot, counts, themes)
    lines = [
        Finding(
            entry.name,
            words.show(counts.cells[entry.theme, ALL]["mentions"]),
            entry.anchor if has_quotes else "",
            _strips(counts, entry, words),
        )
        for entry in top[:MOST_THEMES]
    ]
    if len(top) > MOST_THEMES:
        rest = words.count(len(top) - MOST_THEMES, "theme")
        lines.append(Finding(words.say("find_more_themes", themes=rest)))
    return FindingsBlock(words.say("find_themes"), tuple(lines), (words.say("rule_themes"),))


def _different(
    counts: Counts, themes: Sequence[Entry], snapshot: Snapshot, words: Wording, has_quotes: bool
) -> FindingsBlock:
    title = words.say("find_differ")
    sizes = {group: size for group, (_, size) in heard_of_groups(snapshot, counts.by).items() if size}
    if not counts.entries:
        return FindingsBlock(title, ())
    if len(sizes) < 2:
        key = "find_no_groups" if sizes else "find_no_people"
        return FindingsBlock(title, (Finding(words.say(key)),))
    apart = [(entry, _distance(counts, entry, sizes)) for entry in themes]
    apart = [(entry, distance) for entry, distance in apart if distance >= LEAST_APART]
    apart.sort(key=lambda pair: -pair[1])
    chosen = _without_kin((entry for entry, _ in apart), MOST_DIFFERENCES)
    lines = [
        Finding(
            words.say("find_theme", theme=entry.name, groups=_in_words(counts, entry, sizes, words)),
            target=entry.anchor if has_quotes else "",
        )
        for entry in chosen
    ]
    notes = [words.say("rule_differ", least=LEAST_PEOPLE, most=MOST_DIFFERENCES)]
    if min(sizes.values()) < _SMALL:
        notes.append(words.say("caution_small"))
    return FindingsBlock(title, tuple(lines) or (Finding(words.say("find_no_difference")),), tuple(notes))


def _distance(counts: Counts, entry: Entry, sizes: dict[str, int]) -> float:
    """Return how far the shares of two groups lie apart at most; 0 where somebody was not asked, or few spoke."""
    cells: list[dict[str, Any]] = [counts.cells[entry.theme, group] for group in sizes]
    if counts.cells[entry.theme, ALL]["participants"] < LEAST_PEOPLE:
        return 0.0
    cells = [cell for cell in cells if cell["N_asked"] is pd.NA or cell["N_asked"] > 0]
    shares = [cell["participants"] / cell["N"] for cell in cells]
    return max((round(abs(one - other), 9) for one, other in combinations(shares, 2)), default=0.0)


def _in_words(counts: Counts, entry: Entry, sizes: dict[str, int], words: Wording) -> str:
    parts = []
    for group in sizes:
        cell = counts.cells[entry.theme, group]
        n, of, asked = int(cell["participants"]), int(cell["N"]), cell["N_asked"]
        if asked is pd.NA:
            parts.append(words.say("find_of", n=n, N=of, group=words.group(group)))
        else:
            parts.append(words.say("find_of_asked", n=n, N=of, group=words.group(group), asked=int(asked)))
    return words.listing(parts)


def _without_kin(entries: Iterable[Entry], most: int) -> list[Entry]:
    """Return the first entries, none of which stands above another."""
    chosen: list[Entry] = []
    for entry in entries:
        if len(chosen) < most and not any(
            one.theme in entry.parents or entry.theme in one.parents for one in chosen
        ):
            chosen.append(entry)
    return chosen


def _two_sided(counts: Counts, themes: Sequence[Entry], words: Wording, has_quotes: bool) -> FindingsBlock:
    title = words.say("find_mixed")
    cells = {entry.theme: counts.cells[entry.theme, ALL] for entry in themes}
    if not any(_number(cell["plus"]) or _number(cell["minus"]) for cell in cells.values()):
        return FindingsBlock(title, ())

    def smaller(entry: Entry) -> int:
        return min(_number(cells[entry.theme]["plus"]), _number(cells[entry.theme]["minus"]))

    both = sorted((entry for entry in themes if smaller(entry)), key=lambda entry: -smaller(entry))
    minus = [
        entry
        for entry in themes
        if not _number(cells[entry.theme]["plus"]) and _number(cells[entry.theme]["minus"])
    ]
    minus.sort(key=lambda entry: -_number(cells[entry.theme]["minus"]))
    lines = []
    for entry in _without_kin([*both, *minus], MOST_SIDES):
        numbers = {name: _number(cells[entry.theme][name]) for name in ("plus", "minus", "mixed")}
        key = "find_sides" if numbers["plus"] else "find_only_minus"
        text = words.say(key, theme=entry.name, **numbers)
        lines.append(Finding(text, target=entry.anchor if has_quotes else ""))
    notes = (words.say("rule_mixed", most=MOST_SIDES),)
    return FindingsBlock(title, tuple(lines) or (Finding(words.say("find_no_sides")),), notes)


def _number(value: Any) -> int:
    return 0 if value is pd.NA else int(value)


def _left_out(
    snapshot: Snapshot, counts: Counts, tables: dict[str, ReportTable], words: Wording
) -> Iterator[Finding]:
    chosen = filter_in_words(snapshot, words)
    if chosen:
        filters = "; ".join(f"{name}: {values}" for name, values in chosen.items())
        yield Finding(words.say("left_filtered", filters=filters))
    register = tables["T1"].frame
    number = next((name for name in ("sessions_n_taken_part", "sessions_n") if name in register), "")
    silent = list(register.loc[register[number] == 0, "participant"]) if len(register) else []
    if silent:
        names = words.listing(silent, limit=_MOST_NAMES)
        participants = words.count(len(silent), "participant")
        yield Finding(words.say_of(len(silent), "left_silent", participants=participants, names=names))
    unknown = tables["M3"].frame
    unknown = unknown[unknown["kind"] == words.say("not_in_register")]
    if len(unknown) and len(register):
        said = words.count(int(unknown["words"].sum()), "word")
        speakers = words.count(len(unknown), "speaker")
        yield Finding(words.say_of(len(unknown), "left_unknown", speakers=speakers, words=said))
    coded = set(snapshot.codings["transcript"])
    bare = [one for one in snapshot.transcripts["transcript"] if one not in coded] if coded else []
    if bare:
        transcripts, names = words.count(len(bare), "transcript"), words.listing(bare, limit=_MOST_NAMES)
        yield Finding(words.say("left_bare", transcripts=transcripts, names=names))
    excluded = int(tables["M2"].frame["codings"].sum())
    if excluded:
        yield Finding(words.say("left_excluded", codings=words.count(excluded, "coding")))
    several = len(tables["L1"].frame)
    if several:
        yield Finding(words.say("left_several", codings=words.count(several, "coding")))
    unused = sum(len(names) for noun, names in counts.unused if noun == "code")
    if unused:
        yield Finding(words.say("left_unused", codes=words.count(unused, "code")))
    if snapshot.asked.empty and len(snapshot.codings):
        yield Finding(words.say("left_asked"))
