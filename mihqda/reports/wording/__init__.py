"""Every sentence and label of a report, in English and Dutch.

The texts stand side by side in this package's modules, ``TEXTS["key"] = (English, Dutch)``; a report looks them up::

    words = wording("nl")
    words.say("asked", n=3)              'gevraagd 3'
    words.count(3, "participant")        '3 deelnemers'
    words.show(1.25), words.moment(...)  '1,2', '31 januari 2026, 14:05 UTC'

The sentences on how it is counted are those of `mihqda.themes.rules`; their Dutch counterparts stand in `rules`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType

import pandas as pd

from mihqda.errors import InputError
from mihqda.reports.wording import (
    documents,
    figures,
    files,
    findings,
    labels,
    method,
    notes,
    nouns,
    rules,
    suggestions,
)
from mihqda.themes.groups import ALL, INTERVIEWER, NONE, UNASSIGNED
from mihqda.themes.rules import RULES

LANGUAGES = ("en", "nl")
_SPECIAL = {ALL: "row_all", NONE: "row_none", UNASSIGNED: "row_unassigned", INTERVIEWER: "row_interviewer"}
_GROUPED_FROM = 10_000  # smaller numbers are written without a sign between the thousands
_ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


def _merge() -> Mapping[str, tuple[str, str]]:
    texts: dict[str, tuple[str, str]] = {}
    for module in (labels, notes, findings, method, figures, documents, files, suggestions):
        twice = texts.keys() & module.TEXTS.keys()
        if twice:
            raise ValueError(f"two texts of a report have the same key: {', '.join(sorted(twice))}")
        texts |= module.TEXTS
    return MappingProxyType(texts)


TEXTS = _merge()


@dataclass(frozen=True)
class Wording:
    """The words of a report in one language.

    Parameters
    ----------
    language
        ``en`` or ``nl``.
    rules
        How it is counted, a sentence per name; the same names in every language.
    """

    language: str
    rules: Mapping[str, str] = field(repr=False)
    _at: int = 0

    def say(self, key: str, /, **values: object) -> str:
        """Return a text; whole numbers among the values are written as the language writes them."""
        shown = {
            name: self.show(value) if isinstance(value, int) else value for name, value in values.items()
        }
        return TEXTS[key][self._at].format(**shown)

    def say_of(self, number: int, key: str, /, **values: object) -> str:
        """Return a text about a number of things: ``KEY_1`` for one, ``KEY`` for any other number."""
        return self.say(f"{key}_1" if number == 1 else key, number=number, **values)

    def count(self, number: int, noun: str) -> str:
        """Return a number with its noun: "1 code", "3 deelnemers"; an unknown noun is taken as it is."""
        one, many = nouns.NOUNS.get(noun, ((noun, f"{noun}s"),) * 2)[self._at]
        return f"{self.show(int(number))} {one if number == 1 else many}"

    def listing(self, names: Iterable[str], *, limit: int = 0) -> str:
        """Return names with commas; beyond `limit` only how many more there are."""
        all_names = list(names)
        if not limit or len(all_names) <= limit:
            return ", ".join(all_names)
        return self.say("and_more", names=", ".join(all_names[:limit]), number=len(all_names) - limit)

    def show(self, value: object) -> str:
        """Return a value as a page shows it; an undefined number is said to be, a missing text is empty."""
        if isinstance(value, str):
            return value
        if value is None or value is pd.NA or value != value:
            return self.say("undefined")
        if isinstance(value, bool) or type(value).__name__ == "bool":
            return self.say("yes") if value else ""
        text = f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)
        whole, _, rest = text.partition(".")
        if whole.lstrip("-").isdigit() and abs(int(whole)) >= _GROUPED_FROM:
            whole = f"{int(whole):,}".replace(",", self.say("thousands"))
        return whole + (self.say("decimal") + rest if rest else "")

    def fraction(self, n: object, of: object) -> str:
        """Return n of N, ``2/7``; without an N there is no n of people either."""
        if any(value is None or value is pd.NA or value != value for value in (n, of)):
            return self.say("undefined")
        return f"{self.show(n)}/{self.show(of)}"

    def moment(self, time: str) -> str:
        """Return a time of the history as people read it."""
        if not time:
            return self.say("not_recorded")
        return self.say("moment", date=self._day(time[:10]), time=time[11:16])

    def date(self, text: str) -> str:
        """Return a date as the language writes it; anything that is not ``yyyy-mm-dd`` as it is."""
        found = _ISO_DATE.fullmatch(text)
        return self.say("date", year=found[1], month=found[2], day=found[3]) if found else text

    def group(self, name: str) -> str:
        """Return the name of a group, or what stands for all, none and those who are not registered."""
        return self.say(_SPECIAL[name]) if name in _SPECIAL else name

    def kind(self, name: str) -> str:
        """Return the kind of a session."""
        return (
            self.say(f"kind_{name.replace(' ', '_')}") if f"kind_{name.replace(' ', '_')}" in TEXTS else name
        )

    def valence(self, name: str) -> str:
        """Return a direction of a coding: +, −, mixed, neutral."""
        return self.say(f"valence_{name}") if f"valence_{name}" in TEXTS else name.replace("-", "−")

    def field(self, name: str) -> str:
        """Return what a field of a filter, or a column of the register, is called, in lower case."""
        return self.say(f"field_{name}") if f"field_{name}" in TEXTS else name.replace("_", " ")

    def _day(self, text: str) -> str:
        found = _ISO_DATE.fullmatch(text)
        if self.language == "en" or not found or not 1 <= int(found[2]) <= 12:
            return text
        return f"{int(found[3])} {nouns.MONTHS[int(found[2]) - 1]} {found[1]}"


@cache
def wording(language: str) -> Wording:
    """Return the words of a language.

    Raises
    ------
    InputError
        If a report cannot be written in it.
    """
    if language not in LANGUAGES:
        raise InputError(f"a report is written in {' or '.join(LANGUAGES)}, got {language!r}")
    return Wording(language, {"en": RULES, "nl": rules.RULES_NL}[language], LANGUAGES.index(language))
