r"""The shapes in which a speaker's label stands, one pattern each.

========== =========================================== =========================================
shape      example                                     who writes it
========== =========================================== =========================================
colon      ``P1: …``, ``[T012] P1: …``, ``P1 (0:12):`` people; Zoom, Rev, f4, noScribe, WhisperX
bracket    ``[Moderator] …``                           people
name-time  ``P1  0:12`` and speech below               Teams, Otter, Sonix
time-name  ``00:00:12 P1`` and speech below            Word Transcribe, Trint, Happy Scribe
time-above ``0:0:12.0 --> 0:0:15.1``, ``P1``, speech   older Teams
name-above ``P1``, ``0:12``, speech                    Teams, copied from its window
tab        ``P1 <tab> …``                              people
dash       ``P1 – …``                                  people
bold       ``**P1** …``, or bold in Word               people
alone      ``P1`` and speech below                     people
========== =========================================== =========================================

A pattern begins at the line end before it (the text is searched with one put in front), so that the search
jumps from line to line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from mihqda.transcripts.names import clean, is_account_name, is_possible
from mihqda.transcripts.times import SPACE, parse_clock, stamp_pattern

BOLD, PLAIN, HEADING = "\ue000", "\ue001", "\ue002"
"""Marks (private-use characters) that the Word reader sets round a bold beginning and before a heading."""


@dataclass(frozen=True, slots=True)
class Label:
    """A label in a text.

    Parameters
    ----------
    start
        Where its line begins.
    speech
        Where the speech begins.
    name
        Cleaned; it may name several speakers.
    begins, ends
        Seconds, if a stamp or a range stands with the label.
    is_marked
        Whether something before the name sets it off: a stamp, a number, brackets, emphasis.
    """

    start: int
    speech: int
    name: str
    begins: float | None = None
    ends: float | None = None
    is_marked: bool = False

    @property
    def key(self) -> str:
        """The name for comparison."""
        return self.name.casefold()


_LEAD = rf"(?:[>\u200b-\u200f\u2060\ufeff]|{SPACE})*(?:[-*+•]{SPACE})?(?:#{{1,6}}{SPACE}|{HEADING})?"
_MARK = rf"(?:\\?\*{{1,3}}|_{{1,2}}|[{BOLD}{PLAIN}])?"
_IN_NAME = r"[^\n\t:：\[\]{}<>\"“”„«»?!;*|=…\\" + BOLD + PLAIN + HEADING
_NAME = rf"(?P<name>{_IN_NAME}\s](?:{_IN_NAME}]|[:*]in(?:nen)?\b){{0,49}}?)"  # Teilnehmer:in 3
# a name that a meeting program writes beside the time may be anything: "Karin Bakker | UMCG", "+31 6 1234"
_TIMED_NAME = _NAME.replace(_IN_NAME, _IN_NAME.replace("|", ""))
_TIME = stamp_pattern("time")
_DASH = rf"(?:[-–—|,·•@]{SPACE}*)?"
_BEFORE = (
    rf"(?:(?:{_TIME}|\\?[\[(]\w{{1,12}}\\?[\])]|\d{{1,5}}[.)]?(?={SPACE})){SPACE}*{_DASH}{_MARK})?"  # [T012]
)
_LATE = rf"(?:{stamp_pattern('late')}{SPACE}*)?"
_REMARK = rf"(?:\\?\[[^\[\]\n\d]{{1,30}}\]{SPACE}*)?"  # P1 [laughing]:
_BELOW = rf"{SPACE}*(?=\n|\Z)"
# no digit after the colon (10:30), no slash (https://), no smiley; a German label may have it inside
_AFTER = r"(?!in(?:nen)?\b)(?=[\s\"“„‘'«\[…¿¡–—*_.\-]|[^\W\d]|\(.?\w|\Z)"

_NEAR = {  # what a line must have near its beginning to be looked at closely: most lines of speech have not
    "colon": r"[^\n:：]{1,99}[:：]",
    "bracket": r"[^\n]{0,40}[\[(<{]",
    "name-time": r"[^\n:]{1,60}\d:\d",
    "time-name": r"[^\n:]{0,20}\d:\d",
    "time-above": r"[^\n:]{0,20}\d:\d",
    "name-above": r"[^\n]{1,60}\n[^\n:]{0,20}\d:\d",
    "tab": r"[^\n\t]{1,60}\t",
    "dash": rf"[^\n]{{1,45}}{SPACE}[-–—]{SPACE}",
    "bold": rf"[^\n\w]*[*_{BOLD}]",
    "alone": r"[^\n]{1,60}(?:\n|\Z)",
}
SHAPES: dict[str, re.Pattern[str]] = {
    shape: re.compile(rf"\n(?={_NEAR[shape]}){pattern}")
    for shape, pattern in {
        "colon": (
            rf"{_LEAD}{_MARK}{_BEFORE}{_MARK}\\?\[?{_NAME}\\?\]?{_MARK}{SPACE}*{_REMARK}{_LATE}{_MARK}{SPACE}*"
            rf"[:：]{_MARK}{_AFTER}{SPACE}*"
        ),
        "bracket": (
            rf"{_LEAD}{_MARK}{_BEFORE}\\?[\[(<{{]{_NAME}\\?[\])>}}]{_MARK}{SPACE}*"
            rf"(?:{stamp_pattern('late', is_bracketed=True)}{SPACE}*)?(?=\S)"
        ),
        "name-time": (
            rf"{_LEAD}{_MARK}\\?\[?{_TIMED_NAME}\\?\]?{_MARK}(?:{SPACE}+|(?=[\[(<{{#\\])){_DASH}{_MARK}{_TIME}{_MARK}:?{_MARK}"
            rf"{_BELOW}"
        ),
        "time-name": (
            rf"{_LEAD}{_MARK}{_TIME}{_MARK}{SPACE}*{_DASH}{_MARK}\\?\[?{_TIMED_NAME}\\?\]?{_MARK}{_BELOW}"
        ),
        "time-above": rf"{_LEAD}{_MARK}{_TIME}{_MARK}{SPACE}*\n{SPACE}*{_MARK}{_TIMED_NAME}{_MARK}{_BELOW}",
        "name-above": rf"{_LEAD}{_MARK}{_TIMED_NAME}{_MARK}{SPACE}*\n{SPACE}*{_MARK}{_TIME}{_MARK}{_BELOW}",
        "tab": rf"{_LEAD}{_MARK}(?:{_TIME}{SPACE}*)?{_MARK}{_NAME}{_MARK} *\t{SPACE}*(?=\S)",
        "dash": rf"{_LEAD}{_MARK}{_BEFORE}{_NAME}{_MARK}{SPACE}+[-–—]{SPACE}+(?=\S)",
        "bold": rf"{_LEAD}(?:\*\*|__|{BOLD}){_NAME}:?(?:\*\*|__|{PLAIN}):?{SPACE}*(?=\S)",
        "alone": rf"{_LEAD}{_MARK}{_NAME}{_MARK}{_BELOW}",
    }.items()
}
"""Shape -> its pattern, the more certain ones first."""

TIMED = frozenset({"name-time", "time-name", "time-above", "name-above"})
"""Shapes in which a time stands with every label: the programs that write them take names from their accounts."""

ON_TOP = TIMED | {"alone"}
"""Shapes whose speech stands below the label, not beside it."""


def find_candidates(shape: str, text: str, *, after: int = 0) -> list[Label]:
    """Return what stands like a label of this shape and could be one by its words, in order.

    Parameters
    ----------
    shape
        A key of `SHAPES`.
    text
        LF line ends.
    after
        Candidates before this position are left out.
    """
    out: list[Label] = []
    names: dict[str, str] = {}
    for match in SHAPES[shape].finditer("\n" + text):
        raw = match["name"]
        if raw not in names:
            name = clean(raw)
            is_one = is_account_name(name) if shape in TIMED else is_possible(name)
            names[raw] = name if is_one else ""
        if not names[raw] or match.start() < after:
            continue
        groups = match.groupdict()
        begins = groups.get("time") or groups.get("late")
        ends = groups.get("time_end") or groups.get("late_end")
        before = match.string[match.start() : match.start("name")].strip()
        out.append(
            Label(
                match.start(),
                match.end() - 1,
                names[raw],
                None if begins is None else parse_clock(begins),
                None if ends is None else parse_clock(ends),
                bool(begins or before),
            )
        )
    return out
