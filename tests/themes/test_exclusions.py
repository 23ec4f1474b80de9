from hypothesis import given, settings
from random_studies import studies
from studies import make_study, small_study

from mihqda.filters import Filter
from mihqda.snapshot import Snapshot
from mihqda.themes.exclusions import COLUMNS, REASONS, exclusions
from mihqda.themes.quotes import theme_quotes

TALK = """
    # <a>A heading</a>

    Interviewer: <a>Why?</a>

    P1: <a>Because.</a>

    P1: <a>Mm-hm.</a>

    Noise: <a>Brr.</a>

    Interviewer: <a>And?

    Noise: Brr.</a>

    Interviewer: <a>Then</a><a>?</a>
"""


def study() -> Snapshot:
    return make_study({"I1": TALK}, people="g: P1", ignored=("Noise",))


def test_each_uncounted_coding_is_listed_with_its_reason() -> None:
    found = exclusions(study())
    assert list(found["reason"]) == [
        "outside", "interviewer", "backchannel", "ignored", "ignored", "interviewer", "interviewer",
    ]  # fmt: skip
    assert tuple(found.columns) == COLUMNS
    assert set(found["reason"]) <= set(REASONS)


def test_interviewers_who_are_data_are_not_excluded() -> None:
    found = exclusions(study().select(Filter(with_interviewer=True)))
    assert list(found["reason"]) == ["outside", "backchannel", "ignored"]


def test_a_study_without_exclusions_has_an_empty_list() -> None:
    assert exclusions(make_study({"I1": "P1: <a>One.</a>"}, people="g: P1")).empty
    assert exclusions(make_study({"I1": "P1: Nothing."})).empty


@settings(max_examples=12, deadline=None)
@given(studies())
def test_every_coding_is_either_quoted_or_excluded(random: Snapshot) -> None:
    codes = list(random.codes["code"])
    quoted, excluded = set(theme_quotes(random, codes)["coding"]), set(exclusions(random)["coding"])
    assert not quoted & excluded
    assert quoted | excluded == set(random.codings["coding"])


def test_the_small_study_excludes_the_coded_question() -> None:
    assert list(exclusions(small_study())["coding"]) == ["c9"]
