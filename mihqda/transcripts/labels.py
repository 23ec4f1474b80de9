"""Find the speaker labels of a transcript by a vote.

Each shape finds its candidates in the whole text. The shape with the most labels wins, if they occur as
labels do: two of them at least twice each, or fewer where nearly every paragraph has one. A label that occurs
once is kept if it looks like the others: people speak once in focus groups. What is left over is speech.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from mihqda.participants import is_interviewer_label
from mihqda.transcripts import words as lists
from mihqda.transcripts.names import clean, is_id, is_known, is_name_like, names_voice, split_voices
from mihqda.transcripts.shapes import ON_TOP, SHAPES, TIMED, Label, find_candidates
from mihqda.transcripts.times import CLOCK, SPACE

_SHAPES_OF_CUES = ("colon", "bracket")
_UNSURE_SHAPES = frozenset({"tab", "dash", "alone"})  # tables and lists have them, too
_BLANK_LINE = re.compile(rf"\n{SPACE}*\n")
_LINE = re.compile(rf"\n{SPACE}*(?=\S)")
_STAMPED = re.compile(rf"\s*\\?[\[(<{{#]?{CLOCK}")
_DETAIL = re.compile(rf"{SPACE}*[*_>\-]*([^\n:\t]{{1,40}})(?:{SPACE}*[:：]|\t)[*_]*{SPACE}*([^\n]{{0,120}})")
_HEAD_LINES, _HEAD_WIDTH = 40, 120
_NEARLY_ALL, _HALF, _FEW = 0.9, 0.5, 0.05


@dataclass(frozen=True, slots=True)
class Vote:
    """The labels of a text, in order, the candidates that were left as speech, and labels per paragraph."""

    shape: str
    labels: tuple[Label, ...]
    doubtful: tuple[Label, ...] = ()
    coverage: float = 1.0

    def voices(self) -> list[tuple[str, ...]]:
        """Return the speakers whom each label names: several if each is a label by itself or a code."""
        keys = {label.key for label in self.labels}
        split = {name: split_voices(name, keys) for name in {label.name for label in self.labels}}
        return [split[label.name] for label in self.labels]


def find_labels(text: str, *, is_cues: bool = False, has_blank_lines: bool = True) -> Vote | None:
    """Return the labels of a text, or None if it has none.

    Parameters
    ----------
    text
        LF line ends.
    is_cues
        Each line is a subtitle: labels have the shapes that subtitles have, and there is no head.
    has_blank_lines
        Whether a blank line parts paragraphs; if not, every line is one.
    """
    head = 0 if is_cues else find_head(text)
    best: Vote | None = None
    for shape in _SHAPES_OF_CUES if is_cues else SHAPES:
        candidates = find_candidates(shape, text, after=head)
        vote = _Candidates(shape, candidates, text, has_blank_lines).vote() if candidates else None
        if vote and (best is None or len(vote.labels) > len(best.labels)):
            best = vote
            if vote.coverage >= _NEARLY_ALL:
                break  # no other shape can have more
    return best


def find_head(text: str) -> int:
    """Return where the particulars at the head of a transcript end, 0 if there are none.

    A head is made of short lines, some of them ``key: value`` with a key that no speaker has ("Date: …").
    """
    end = reach = position = 0
    for line in text.split("\n", _HEAD_LINES)[:_HEAD_LINES]:
        after = position + len(line) + 1
        detail = _DETAIL.fullmatch(line) if len(line) <= _HEAD_WIDTH else None
        if detail and _is_detail(clean(detail[1])):
            end = reach = after
        elif not line.strip():
            end = max(end, reach)
            reach = 0
        elif len(line) > _HEAD_WIDTH or (detail and not _is_value(detail[2])):
            break
        elif reach and detail:
            reach = after  # "Participant: P3" below "Date: …"; counts if a blank line follows
        position = after
    return min(end, len(text))


def _is_detail(key: str) -> bool:
    words = [word.strip(".,()").casefold() for word in key.split()]
    return 0 < len(words) <= 4 and (words[0] in lists.DETAILS or words[-1] in lists.DETAILS)


def _is_value(value: str) -> bool:
    return len(value.split()) <= 8 and not value.rstrip().endswith((".", "?", "!", "…"))


class _Candidates:
    """The candidates of one shape, and how they occur in the text."""

    def __init__(self, shape: str, candidates: list[Label], text: str, has_blank_lines: bool) -> None:
        self.shape, self.text, self.has_blank_lines = shape, text, has_blank_lines
        self.all = [label for label in candidates if self._stands_well(label)]
        self.coverage = 0.0
        self.uses = Counter(label.key for label in self.all)
        self.often = {key for key, uses in self.uses.items() if uses >= 2}
        names = {label.key: label.name for label in self.all}
        # a word such as "patient" in lower case may as well begin a line of speech
        self.sure = {
            key for key, name in names.items() if is_id(name) or (is_known(name) and not name[0].islower())
        }
        self.names = {key for key, name in names.items() if key not in self.sure and is_name_like(name)}

    def vote(self) -> Vote | None:
        """Return the candidates that are labels, or None if they do not occur as labels do."""
        if not self.all:
            return None
        # labels per paragraph, from the first candidate on
        parting = _BLANK_LINE if self.has_blank_lines else _LINE
        paragraphs = 1 + len(parting.findall(self.text.rstrip(), self.all[0].start + 1))
        self.coverage = len(self.all) / paragraphs
        if not self._occur_as_labels():
            return None
        kept, left = self._part()
        return Vote(self.shape, kept, left, len(kept) / paragraphs) if kept else None

    def _part(self) -> tuple[tuple[Label, ...], tuple[Label, ...]]:
        """Return the candidates that look like those which are labels for sure, and the others."""
        chosen = self.sure & self.often or self.often or set(self.uses)
        models = [label for label in self.all if label.key in chosen]
        is_marked = _mostly(label.is_marked for label in models)
        is_upper = _mostly(label.name.isupper() for label in models if not is_id(label.name))
        is_opening = _mostly(self._opens_paragraph(label) for label in models)
        may_be_lower = any(label.name[0].islower() for label in models)
        has_names = bool(self.names & self.often) or self.coverage >= _NEARLY_ALL
        keys = set(self.uses)

        def is_kept(label: Label) -> bool:
            is_stray = is_opening and not self._opens_paragraph(label)
            if label.key in self.sure or names_voice(label.name, keys):
                # a hard-wrapped line may begin with "People:"
                return not is_stray or self.uses[label.key] > 1 or is_id(label.name)
            if is_stray or (is_marked and not label.is_marked):
                return False
            if self.shape in TIMED:
                return label.key in self.often or has_names
            if (is_upper and not label.name.isupper()) or (label.name[0].islower() and not may_be_lower):
                return False
            return label.key in self.often or (has_names and label.key in self.names)

        verdicts = [(label, is_kept(label)) for label in self.all[self._count_particulars() :]]
        kept = tuple(label for label, is_one in verdicts if is_one)
        return kept, tuple(label for label, is_one in verdicts if not is_one)

    def _count_particulars(self) -> int:
        """Return how many candidates at the beginning say who takes part: "Interviewer: Anna", "Patient: P3".

        There are at least two, right below each other, with a value of a few words; the keys are words that
        label no turn later.
        """
        count = 0
        for label, following in pairwise(self.all):
            value = self.text[label.speech : following.start]
            is_word = label.key in self.sure and not is_id(label.name) and self.uses[label.key] == 1
            if not (is_word and self.often and len(value.split()) <= 4 and _is_value(value)):
                break
            count += 1
            if value.strip() and value.endswith("\n\n"):
                break
        return count if count > 1 else 0

    def _stands_well(self, label: Label) -> bool:
        """Tell whether speech follows where the shape has it; a label alone must be one by its words, too."""
        if self.shape == "dash":
            return is_known(label.name)
        if self.shape not in ON_TOP:
            return self.shape != "bracket" or is_known(label.name) or is_name_like(label.name)
        below = _STAMPED.match(self.text, label.speech)
        if below or not self.text[label.speech : label.speech + 200].strip():
            return False
        if self.shape != "alone":
            return True
        return self._opens_paragraph(label) and (
            label.is_marked or is_known(label.name) or label.name.isupper()
        )

    def _occur_as_labels(self) -> bool:
        coverage = self.coverage
        if len(self.often) >= 2:
            return coverage >= _HALF or (bool(self.often & (self.sure | self.names)) and coverage >= _FEW)
        if self.often:
            return coverage >= _HALF or (bool(self.often & self.sure) and coverage >= _FEW)
        if self.shape in _UNSURE_SHAPES:
            return False
        if len([key for key in self.sure if len(key) > 1]) >= 2 and coverage >= 2 * _FEW:
            return True  # one question and a long answer
        if len(self.all) == 1 and self.sure and not is_interviewer_label(self.all[0].name):
            return coverage >= _HALF or not self.text[: self.all[0].start].strip()  # one person's story
        return (bool(self.sure) and coverage >= _HALF) or (len(self.uses) >= 2 and coverage >= _NEARLY_ALL)

    def _opens_paragraph(self, label: Label) -> bool:
        if label.start == 0 or not self.has_blank_lines:
            return True
        return not self.text[self.text.rfind("\n", 0, label.start - 1) + 1 : label.start].strip()


def _mostly(answers: Iterable[bool]) -> bool:
    listed = list(answers)
    return bool(listed) and sum(listed) >= _NEARLY_ALL * len(listed)
