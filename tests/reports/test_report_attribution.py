"""How a quote names who said it, and what was said before it."""

import pytest
from reading_reports import STUDIES
from studies import make_study, small_study

from mihqda.filters import Filter
from mihqda.reports.attribution import Attributions
from mihqda.reports.build import build_report
from mihqda.reports.grid import Quote
from mihqda.reports.plan import Plan
from mihqda.reports.quotes import find_quotes
from mihqda.reports.wording import wording


def said(theme: str, level: str) -> dict[str, str]:
    found = find_quotes(small_study(), attribution=level)  # type: ignore[arg-type]
    return {one.text: one.attribution for one in found[theme]}


def test_by_role_the_focus_group_keeps_its_id_and_nobody_else_has_one() -> None:
    assert said("role.lead", "role") == {"I thought the project lead was.": "(implementation manager)"}
    roles = said("role", "role")
    assert roles["Every week somebody else answered the phone."] == "(S3, implementation manager)"
    assert roles["I never knew whom to call 🙂."] == "(S3, speaker not identified)"
    assert roles["We did everything together."] == "(project lead/project lead)"


def test_by_group_only_the_group_is_named() -> None:
    assert said("role.lead", "group") == {"I thought the project lead was.": "(provider)"}
    assert said("role", "group")["We did everything together."] == "(client/client)"


def test_who_has_no_role_is_a_participant() -> None:
    study = make_study({"I1": "P1: <a>No time.</a>"}, people=": P1")
    for level in ("role", "group"):
        (quote,) = find_quotes(study, attribution=level)["a"]  # type: ignore[arg-type]
        assert quote.attribution == "(participant)"
    (quote,) = find_quotes(study, wording("nl"), attribution="role")["a"]
    assert quote.attribution == "(deelnemer)"


@pytest.mark.parametrize("level", ["role", "group"])
def test_what_would_tell_who_said_it_is_in_no_row_of_the_quotes(level: str) -> None:
    frame = build_report(small_study(), Plan(attribution=level)).quotes.frame  # type: ignore[arg-type]
    assert len(frame)
    for column in ("participants", "transcript", "session", "time", "codings"):
        assert set(frame[column]) == {""}
    assert frame["start"].isna().all()
    assert not frame["attribution"].str.contains(r"\b[PC]\d").any()
    assert not frame["context_speaker"].str.contains(r"\b[PC]\d").any()


def test_small_roles_and_small_groups_are_warned_about_where_they_are_printed() -> None:
    study = make_study(
        {"I1": "P1: <a>No time.</a>"},
        people="g: P1 P2; h: C1 C2 C3",
        attributes={f"C{n}": {"role": "lead"} for n in (1, 2)},
    )
    by_group = "\n".join(build_report(study, Plan(attribution="group")).warnings)
    assert "fewer than 3 members" in by_group
    assert "g (2)" in by_group
    assert "lead" not in by_group
    assert "lead (2)" in "\n".join(build_report(study, Plan(attribution="role")).warnings)


def quote(study_text: str, **options: object) -> Quote:
    study = make_study({"I1": study_text}, people="g: P1 P2", **options)  # type: ignore[arg-type]
    return find_quotes(study)["a"][0]


def test_the_question_before_a_quote_is_its_context() -> None:
    one = quote("Interviewer: Why?\n\nP1: Well. <a>No time.</a>")
    assert one.context is not None
    assert (one.context.speaker, one.context.text, one.context.is_cut) == ("interviewer", "Why?", False)


def test_backchannels_and_ones_own_words_are_no_context() -> None:
    one = quote("Interviewer: Why?\n\nP1: It was busy.\n\nInterviewer: Mm-hm.\n\nP1: <a>No time.</a>")
    assert one.context is not None
    assert one.context.text == "Why?"
    assert quote("P1: <a>No time.</a>").context is None


def test_in_a_group_the_turn_before_is_the_context() -> None:
    one = quote("Interviewer: Why?\n\nP2: Because of the hours.\n\nP1: <a>No time.</a>")
    assert one.context is not None
    assert (one.context.speaker, one.context.text) == ("P2", "Because of the hours.")


def test_of_a_long_turn_the_end_is_shown() -> None:
    one = quote(f"Interviewer: {'Some more words of it. ' * 30}So why?\n\nP1: <a>No time.</a>")
    assert one.context is not None
    assert one.context.is_cut
    assert len(one.context.text) <= 220
    assert one.context.text.endswith("So why?")
    assert one.context.text.split()[0] in ("Some", "more", "words", "of", "it.")


def test_who_is_left_out_is_no_context() -> None:
    text = "P2: Because of the hours.\n\nP1: <a>No time.</a>"
    assert quote(text.replace("P2", "X"), ignored=["X"]).context is None
    study = make_study({"I1": text}, people="g: P1; h: P2").select(Filter(groups=("g",)))
    assert find_quotes(study)["a"][0].context is None


@pytest.mark.parametrize("name", list(STUDIES))
def test_context_is_exactly_some_of_the_transcript_before_the_quote(name: str) -> None:
    study = STUDIES[name]()
    for quotes in find_quotes(study).values():
        for one in quotes:
            if one.context is not None:
                assert one.context.text
                assert one.context.text in study.texts[one.transcript][: one.start]


def test_a_speaker_is_called_as_the_report_calls_people() -> None:
    names = Attributions(small_study(), wording("nl"), by="group", level="role")
    assert names.voice("participant", "P1") == "implementation manager"
    assert names.voice("unknown", "") == "spreker niet geïdentificeerd"
