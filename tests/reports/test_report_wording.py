"""The words of a report, in two languages."""

import math
import re
import string
from pathlib import Path

import pandas as pd
import pytest

import mihqda.reports
from mihqda.errors import InputError
from mihqda.reports.wording import TEXTS, wording
from mihqda.reports.wording.nouns import NOUNS
from mihqda.themes.exclusions import REASONS
from mihqda.themes.rules import RULES

EN, NL = wording("en"), wording("nl")


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_both_languages_fill_in_the_same_places() -> None:
    for key, (english, dutch) in TEXTS.items():
        assert fields(english) == fields(dutch), key
        assert english.strip(), key
        assert dutch.strip(), key


def test_the_rules_have_a_counterpart_each() -> None:
    assert EN.rules == RULES
    assert set(NL.rules) == set(RULES)
    assert all(NL.rules[name] != RULES[name] for name in RULES)
    code = re.compile(r"`[^`]+`")
    assert {name: code.findall(text) for name, text in NL.rules.items()} == {
        name: code.findall(text) for name, text in RULES.items()
    }


def test_sentences_are_translated() -> None:
    same = {key for key, (english, dutch) in TEXTS.items() if english == dutch and len(english.split()) > 3}
    assert {key for key in same if "{" not in TEXTS[key][0]} == set()


def test_every_reason_has_words() -> None:
    for reason, meaning in REASONS.items():
        assert EN.say(f"means_{reason}") == meaning
        assert NL.say(f"reason_{reason}")


def test_every_text_that_the_code_asks_for_is_there_and_none_is_left_over() -> None:
    folder = Path(mihqda.reports.__file__).parent
    source = "\n".join(path.read_text() for path in folder.rglob("*.py") if path.parent.name != "wording")
    source += (folder / "wording" / "__init__.py").read_text()
    asked = set(re.findall(r"""\bsay\(\s*"([^"]+)\"""", source))
    assert asked <= set(TEXTS)
    families = (
        "field_",
        "kind_",
        "reason_",
        "means_",
        "valence_",
        "rule_",
        "limit_",
        "section_",
        "facts_",
        "col_",
        "measure_",
    )
    left = {key for key in TEXTS if not re.search(rf"""["']{key.removesuffix("_1")}["']""", source)}
    assert {key for key in left if not key.startswith(families)} == set()
    counted = set(re.findall(r"""say_of\([^"()]*(?:\([^()]*\))?[^"()]*"([^"]+)\"""", source))
    assert counted
    assert counted <= set(TEXTS)
    assert {f"{key}_1" for key in counted} <= set(TEXTS)
    nouns = set(re.findall(r"""words\.count\([^"\n]*, "([^"]+)\"\)""", source))
    assert nouns
    assert nouns <= set(NOUNS)


def test_numbers_are_written_as_the_language_writes_them() -> None:
    values = (3, 9999, 12345, 1.25, -0.5, 3.0, True, False, "", "x", pd.NA, math.nan, None)
    assert [EN.show(one) for one in values] == [
        "3", "9999", "12,345", "1.2", "-0.5", "3", "yes", "", "", "x", "n/a", "n/a", "n/a",
    ]  # fmt: skip
    assert [NL.show(one) for one in values] == [
        "3", "9999", "12.345", "1,2", "-0,5", "3", "ja", "", "", "x", "n.v.t.", "n.v.t.", "n.v.t.",
    ]  # fmt: skip
    assert (NL.fraction(2, 7.0), NL.fraction(1, pd.NA)) == ("2/7", "n.v.t.")


def test_nouns_are_counted() -> None:
    assert [EN.count(n, "mention") for n in (0, 1, 2)] == ["0 mentions", "1 mention", "2 mentions"]
    assert [NL.count(n, "mention") for n in (0, 1, 2)] == ["0 uitspraken", "1 uitspraak", "2 uitspraken"]
    assert EN.count(2, "walk") == "2 walks"


def test_dates_are_written_as_the_language_writes_them() -> None:
    assert EN.moment("2026-01-31T14:05:00Z") == "2026-01-31 14:05 UTC"
    assert NL.moment("2026-01-31T14:05:00Z") == "31 januari 2026, 14:05 UTC"
    assert (EN.moment(""), NL.moment("")) == ("not recorded", "niet vastgelegd")
    assert (EN.date("2025-03-04"), NL.date("2025-03-04")) == ("2025-03-04", "04-03-2025")
    assert NL.date("spring 2025") == "spring 2025"


def test_a_long_list_says_how_many_more() -> None:
    assert NL.listing("abcd", limit=2) == "a, b en nog 2"
    assert EN.listing("abcd", limit=2) == "a, b and 2 more"
    assert NL.listing("ab", limit=2) == "a, b"


def test_a_language_without_words_is_refused() -> None:
    with pytest.raises(InputError, match="en or nl"):
        wording("de")
