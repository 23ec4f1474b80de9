"""The portrait of a transcript: who speaks where, and what was coded there."""

from __future__ import annotations

from bisect import bisect_right
from functools import partial
from typing import TYPE_CHECKING

import pandas as pd

from mihqda.errors import NotFoundError
from mihqda.reports.figures.colours import FAINT, GROUPS, INK, PALE, QUIET, TINT
from mihqda.reports.figures.lettering import width_of, wrap
from mihqda.reports.figures.pages import cut_pages, page_id, page_title
from mihqda.reports.figures.sheet import NAMES, PAGE, Box, Line, Sheet, stack, write_names
from mihqda.reports.grid import rows_of
from mihqda.reports.model import Figure
from mihqda.reports.wording import Wording, wording
from mihqda.snapshot import Snapshot
from mihqda.transcripts.speech import count_words

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COLUMNS = ("kind", "name", "group", "coder", "start", "end")
MOST = 20
"""More transcripts than this have no portraits in a report."""

_LANE, _BAR = 0.19, 0.15
_LOW, _SLIM, _SMALL = (
    0.14,
    0.115,
    7,
)  # the same for codes, of which there are many, and their letters in points
_THINNEST = 0.012  # so that one word is seen
_MANY = 12  # voices, beyond which each group has one row instead
_ASKS, _STRANGE = "interviewer", "unknown"
_KINDS = {_ASKS: PALE, _STRANGE: QUIET}


def portrait(snapshot: Snapshot, transcript: str) -> pd.DataFrame:
    """Return where in a transcript who speaks and what was coded.

    Parameters
    ----------
    snapshot
        A study, or what a filter leaves of it.
    transcript
        Its id.

    Returns
    -------
    DataFrame
        kind, name, group, coder, start, end: a row for each turn and voice of it (kind ``voice``; name is the
        participant's id or else the label; group is the participant's, or ``interviewer`` or ``unknown``), then
        for each coding (kind ``code``; name is the code's), in the order of the codebooks. Start and end count the
        words of all turns before them, interviewers' too. A coding outside all turns has no length.

    Raises
    ------
    NotFoundError
        If the study has no such transcript.
    """
    if transcript not in snapshot.texts:
        raise NotFoundError(f"the study has no transcript {transcript!r}")
    text = snapshot.texts[transcript]
    turns = snapshot.turns[snapshot.turns["transcript"] == transcript]
    spans = list(rows_of(turns, "turn", "start", "end", "words"))
    ends = [end for _, _, end, _ in spans]
    before = [0]
    for _, _, _, words in spans:
        before.append(before[-1] + int(words))

    def place(position: int) -> int:
        at = bisect_right(ends, position)
        if at == len(spans) or position <= spans[at][1]:
            return before[at]
        return min(before[at] + count_words(text[spans[at][1] : position]), before[at + 1])

    groups = dict(rows_of(snapshot.participants, "participant", "group"))
    where = {turn: at for at, (turn, *_) in enumerate(spans)}
    voices = snapshot.voices[snapshot.voices["transcript"] == transcript]
    rows: list[tuple[str, str, str, str, int, int]] = []
    for turn, speaker, kind, person in rows_of(voices, "turn", "speaker", "kind", "participant"):
        if kind != "ignored" and turn in where:
            at = where[turn]
            group = groups.get(person, "") if kind == "participant" else kind
            rows.append(("voice", person or speaker, group, "", before[at], before[at + 1]))
    order = {code: at for at, code in enumerate(snapshot.codes["code"])}
    names = dict(rows_of(snapshot.codes, "code", "name"))
    codings = snapshot.codings[snapshot.codings["transcript"] == transcript]
    found = sorted(
        rows_of(codings, "code", "coder", "start", "end"),
        key=lambda row: (order[row[0]], row[2], row[3], row[1]),
    )
    for code, coder, start, end in found:
        rows.append(("code", names[code] or code, "", coder, place(start), place(end)))
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    return frame.astype({**dict.fromkeys(COLUMNS[:4], "str"), "start": "int64", "end": "int64"})


def portrait_figures(snapshot: Snapshot, words: Wording, *, first: int) -> tuple[Figure, ...]:
    """Return a portrait of each transcript with codings, numbered from `first`; none if they are more than `MOST`."""
    figures = list[Figure]()
    coded = set(snapshot.codings["transcript"])
    transcripts = [one for one in snapshot.transcripts["transcript"] if one in coded]
    if len(transcripts) > MOST:
        return ()
    for at, transcript in enumerate(transcripts, first):
        frame = portrait(snapshot, transcript)
        voices, codes = frame[frame["kind"] == "voice"], frame[frame["kind"] == "code"]

        def with_voices(page: pd.DataFrame, voices: pd.DataFrame = voices) -> pd.DataFrame:
            return pd.concat([voices, page], ignore_index=True)

        pages = [
            with_voices(page)
            for page in cut_pages(codes, "name", lambda page: _Plan(with_voices(page)).height)
        ]
        title = words.say("portrait_title", transcript=transcript)
        figures += [
            Figure(
                id=page_id(f"F{at}", number, len(pages)),
                title=page_title(title, number, len(pages), words),
                frame=page,
                draw=partial(draw_portrait, language=words.language),
                alt=words.say(
                    "portrait_alt",
                    transcript=transcript,
                    codes=words.count(page["name"][page["kind"] == "code"].nunique(), "code"),
                ),
                notes=(words.say("portrait_note"),) if not figures else (),
            )
            for number, page in enumerate(pages, 1)
        ]
    return tuple(figures)


def draw_portrait(frame: pd.DataFrame, *, ax: Axes | None = None, language: str = "en") -> Axes:
    """Draw a transcript from its first word to its last: a row for each voice, then a row for each code.

    A voice has the colour of its group, which its name says as well; more than 12 voices share a row per group.
    A code's row is divided among the coders who are named above it.

    Parameters
    ----------
    frame
        From `Project.portrait` or `portrait`.
    ax
        Where to draw; the drawing is scaled to it. By default a new figure of the right size is made.
    language
        Of what it says beside the names.

    Returns
    -------
    Axes
        ``ax.figure`` is the figure.
    """
    words, plan = wording(language), _Plan(frame)
    sheet = Sheet(ax, PAGE, plan.height)
    if not plan.length:
        sheet.write(0, plan.height / 2, words.say("figure_nothing"))
        return sheet.ax
    _draw_scale(sheet, plan, words)
    for rows, bar in ((plan.voices, _BAR), (plan.codes, _SLIM)):
        sheet.boxes([(NAMES, row.middle - bar / 2, PAGE - NAMES, bar) for row in rows], color=TINT)
    _draw_voices(sheet, plan, {_ASKS: words.say("interviewer"), _STRANGE: words.say("figure_unregistered")})
    write_names(sheet, plan.codes)
    _draw_codings(sheet, plan)
    return sheet.ax


class _Plan:
    """Where everything stands, in inches."""

    def __init__(self, frame: pd.DataFrame) -> None:
        spoken, coded = frame[frame["kind"] == "voice"], frame[frame["kind"] == "code"]
        column = "name" if spoken["name"].nunique() <= _MANY else "group"
        self.is_by_name = column == "name"
        self.spoken = [
            (str(name), str(group), int(start), int(end))
            for name, group, start, end in rows_of(spoken, column, "group", "start", "end")
        ]
        self.coded = [
            (str(name), str(coder), int(start), int(end))
            for name, coder, start, end in rows_of(coded, "name", "coder", "start", "end")
        ]
        self.length = int(frame["end"].max()) if len(frame) else 0
        self.groups = {name: group for name, group, _, _ in self.spoken}
        known = dict.fromkeys(group for group in self.groups.values() if group not in _KINDS)
        self.colours = {group: GROUPS[at % len(GROUPS)][0] for at, group in enumerate(known)} | _KINDS
        self.coders = sorted({coder for _, coder, _, _ in self.coded})
        self.voices: list[Line] = stack([(name, 0) for name in self.groups], top=0.3, least=_LANE)
        top = self.voices[-1].top + self.voices[-1].height if self.voices else 0.3
        self.legend = top + 0.17
        codes = dict.fromkeys(name for name, *_ in self.coded)
        self.codes: list[Line] = stack(
            [(name, 0) for name in codes], top=top + 0.3, least=_LOW, size=_SMALL, gap=0.01
        )
        self.places = dict(zip(codes, self.codes, strict=True))
        self.height = (self.codes[-1].top + self.codes[-1].height if self.codes else top) + 0.05

    def x(self, word: int) -> float:
        """Return where a word is."""
        return NAMES + (PAGE - NAMES - 0.02) * word / max(self.length, 1)

    def box(self, start: int, end: int, top: float, height: float) -> Box:
        """Return the box of some words, wide enough to be seen."""
        return self.x(start), top, max(self.x(end) - self.x(start), _THINNEST), height


def _draw_scale(sheet: Sheet, plan: _Plan, words: Wording) -> None:
    step = next(
        (n * 10**power for power in range(9) for n in (1, 2, 5) if plan.length / (n * 10**power) <= 6),
        plan.length,
    )
    marks = range(0, plan.length + 1, max(step, 1))
    sheet.lines(
        [((plan.x(mark), 0.24), (plan.x(mark), plan.height - 0.05)) for mark in marks], color=FAINT, width=0.7
    )
    for mark in marks:
        label = f"0 {words.say('figure_words')}" if mark == 0 else words.show(mark)
        is_last = plan.x(mark) + width_of(label, 7) > PAGE
        sheet.write(plan.x(mark), 0.14, label, size=7, color=QUIET, ha="right" if is_last else "left")


def _draw_voices(sheet: Sheet, plan: _Plan, kinds: dict[str, str]) -> None:
    for row, (name, group) in zip(plan.voices, plan.groups.items(), strict=True):
        boxes = [
            plan.box(start, end, row.middle - _BAR / 2, _BAR)
            for one, _, start, end in plan.spoken
            if one == name
        ]
        sheet.boxes(boxes, color=plan.colours[group])
        what = kinds.get(group, group)
        label = (
            f"{name} ({what})" if plan.is_by_name and what and what.casefold() != name.casefold() else name
        )
        sheet.write(0, row.middle, "\n".join(wrap(label or what, NAMES - 0.1, lines=2)))


def _draw_codings(sheet: Sheet, plan: _Plan) -> None:
    lanes = {coder: at for at, coder in enumerate(plan.coders)}
    height, sample = _SLIM / max(len(lanes), 1), _BAR / max(len(lanes), 1)
    left = NAMES
    for coder, at in lanes.items():
        colour = (INK, "#b06a00", "#00624a", "#8f3d6b")[at % 4]
        boxes = [
            plan.box(start, end, plan.places[name].middle - _SLIM / 2 + at * height, height)
            for name, one, start, end in plan.coded
            if one == coder
        ]
        sheet.boxes(boxes, color=colour)
        sheet.boxes([(left, plan.legend - _BAR / 2, 0.22, _BAR)], color=FAINT)
        sheet.boxes([(left, plan.legend - _BAR / 2 + at * sample, 0.22, sample)], color=colour)
        sheet.write(left + 0.28, plan.legend, coder, size=7)
        left += 0.28 + width_of(coder, 7) + 0.25
