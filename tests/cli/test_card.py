import io

import pytest
from rich.console import Console
from studies import make_study

from mihqda.cli.card import find_place, has_styles, list_evidence, say_chance, shorten, show_head, show_words
from mihqda.spans import Span
from mihqda.suggest.model import Evidence, Suggestion

STUDY = make_study(
    {
        "T": """
            P2: Before.

            Interviewer: Was there time?

            P1: I had no time, none. <load>Evenings 会议 all of them.</load>

            : And who is this?
        """
    },
    people="provider: P1 P2",
)
TEXT = STUDY.texts["T"]


def span(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


SEGMENT = span("I had no time, none. Evenings 会议 all of them.")


def written(part: object, *, width: int = 80, **settings: object) -> str:
    out = io.StringIO()
    Console(file=out, width=width, highlight=False, **settings).print(part)  # type: ignore[arg-type]
    return out.getvalue()


def one(**fields: object) -> Suggestion:
    given = {"id": "x", "transcript": "T", "span": SEGMENT, "unit": "turn", "code": "load", "probability": 0.834,
             "score": 0.8, "strength": "strong", "coded": 60} | fields  # fmt: skip
    return Suggestion(**given)  # type: ignore[arg-type]


def test_the_place_says_who_when_and_what_was_asked() -> None:
    place = find_place(STUDY, "T", SEGMENT)
    assert (place.speakers, place.group, place.question, place.asked_by) == (
        ("P1",), "provider", "Was there time?", "Interviewer",
    )  # fmt: skip
    assert place.at == 20.0
    head = "".join(written(part) for part in show_head(place, transcript="T", span=SEGMENT))
    assert "T · P1 (provider) · 0:00:20" in head
    assert "Interviewer: Was there time?" in head


def test_without_a_question_before_there_is_the_turn_before_or_nothing() -> None:
    assert find_place(STUDY, "T", span("Before.")).question == ""
    assert find_place(STUDY, "T", Span(0, 2)).speakers == ()  # a label is nobody's turn
    talk = make_study({"T": "P2: First of all.\n\nP1: And then."}, people="g: P1 P2")
    at = talk.texts["T"].index("And")
    assert find_place(talk, "T", Span(at, at + 3)).question == "First of all."


def test_words_that_weighed_are_bold_and_underlined_also_without_colour(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    shown = show_words(TEXT, SEGMENT, words=[span("no time")], negated=[span("none")])
    assert "\x1b[1;4mno time\x1b[0m" in written(shown, force_terminal=True, color_system="standard")
    assert "\x1b[7mnone\x1b[0m" in written(shown, force_terminal=True, color_system="standard")


def test_a_terminal_without_styles_gets_marks() -> None:
    console = Console(file=io.StringIO())
    assert not has_styles(console)
    shown = show_words(TEXT, SEGMENT, words=[span("no time")], negated=[span("none")], is_plain=True)
    assert shown.plain.startswith("I had «no time», [not: none]. Evenings")


def test_what_a_shorter_span_leaves_out_is_shown_so() -> None:
    shown = show_words(TEXT, span("I had no time, none."), suggested=SEGMENT, is_plain=True)
    assert shown.plain == "I had no time, none.[left out:  Evenings 会议 all of them.]"


def test_lines_fit_narrow_terminals_with_wide_characters() -> None:
    from rich.cells import cell_len

    shown = show_words("会议" * 100, Span(0, 200), words=[Span(10, 20)])
    assert max(map(cell_len, written(shown, width=40).splitlines())) <= 40


def test_control_characters_do_not_reach_the_terminal() -> None:
    assert "\x1b" not in show_words("a\x1b[2Jb", Span(0, 6)).plain


def test_few_codings_are_spoken_of_in_words() -> None:
    assert say_chance(one()) == "strong, probability 0.83"
    assert say_chance(one(coded=49)) == "strong"
    assert say_chance(one(probability=None, strength="weak")) == "weak"


def test_evidence_lists_words_negation_definition_and_accepted_quotes() -> None:
    (coding,) = STUDY.codings["coding"]
    evidence = Evidence(
        (span("no time"),), (1.234,), (span("none"),), (coding, "gone"), "definition", "time to work"
    )
    lines = list_evidence(one(evidence=evidence, suggester="default", version="1", state="abc"), STUDY)
    assert lines == [
        "words that weighed: no time (+1.2)",
        "negated: none",
        "resembles its definition: time to work",
        "near: “Evenings 会议 all of them.” (T, ann)",
        "suggester default (version 1), learned from 60 coded segments; state abc",
    ]


def test_whom_was_learned_from_is_said_unless_it_was_everybody() -> None:
    of_two = one(suggester="default", version="2", settings={"coders": ["anna", "bram"]})
    assert list_evidence(of_two, STUDY) == [
        "suggester default (version 2), learned from 60 coded segments of anna and bram alone; state none"
    ]
    assert "learned from no" not in list_evidence(one(coded=0), STUDY)[-1]
    assert "nothing coded was learned from" in list_evidence(one(coded=0), STUDY)[-1]


def test_a_long_text_loses_its_middle() -> None:
    assert shorten("a\n\n b", 10) == "a b"
    assert shorten("abcdefghij" * 3, 13) == "abcde … fghij"
