from itertools import pairwise

import pytest

from mihqda.segments import segment
from mihqda.spans import Span
from mihqda.transcripts import Speech, Transcript, compose


def talk(*lines):
    """Return a transcript of lines such as "I: Why?"; I is the interviewer."""
    speeches = []
    for line in lines:
        label, said = line.split(": ", 1)
        speeches.append(Speech((label,), said))
    text, turns = compose(speeches)
    return Transcript("T1", text, turns, "en", "T1.txt", "")


def asks(turn):
    return turn.speakers == ("I",)


def quotes(transcript, unit, **options):
    return [
        one.span.quote(transcript.text) for one in segment(transcript, unit, is_interviewer=asks, **options)
    ]


def exchanges(*lines):
    """Return the exchanges as tuples of line numbers."""
    transcript = talk(*lines)
    found = [one.span for one in segment(transcript, "exchange", is_interviewer=asks)]
    return [
        tuple(number for number, turn in enumerate(transcript.turns) if span.covers(turn.span))
        for span in found
    ]


def test_turns_are_their_own_spans():
    assert quotes(talk("I: Why?", "P1: No time.", "P2: True."), "turn") == ["Why?", "No time.", "True."]


def test_an_exchange_is_a_question_with_its_answer():
    transcript = talk("I: Why?", "P1: No time.", "P2: No money.", "I: And how?", "P1: Slowly.")
    assert quotes(transcript, "exchange") == [
        "Why?\n\nP1: No time.\n\nP2: No money.",
        "And how?\n\nP1: Slowly.",
    ]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["P1: Hello there.", "I: Why did it stall?", "P1: No time."], [(0,), (1, 2)]),
        (["I: Welcome to all.", "I: Why did it stall?", "P1: No time.", "I: How so?"], [(0, 1, 2), (3,)]),
        (["I: Why did it stall?", "P1: Well.", "I: Mm-hm.", "P1: No time."], [(0, 1, 2, 3)]),
        (
            ["I: Why did it stall?", "P1: No time.", "I: Hm.", "I: And how so?", "P1: Slow."],
            [(0, 1, 2), (3, 4)],
        ),
        (["I: Okay.", "I: Why did it stall?", "P1: Yes.", "I: Why yes?"], [(0, 1, 2), (3,)]),
        (["P1: Talk one.", "P2: Talk two."], [(0, 1)]),
        (["I: Only a question."], [(0,)]),
        ([], []),
    ],
)
def test_exchanges_begin_at_questions_that_follow_an_answer(lines, expected):
    assert exchanges(*lines) == expected


def test_every_turn_lies_in_exactly_one_exchange():
    transcript = talk("P1: Hm.", "I: a b c", "I: Ja.", "P1: No.", "I: Ja.", "P2: So.", "I: d e f", "P1: x")
    found = [one.span for one in segment(transcript, "exchange", is_interviewer=asks)]
    for turn in transcript.turns:
        assert sum(span.covers(turn.span) for span in found) == 1
    assert not any(one.overlaps(other) for one, other in pairwise(found))


def test_paragraphs_are_set_apart_by_blank_lines_inside_turns():
    transcript = talk("P1: One\nline.\n \t\n  Two. \n\n\n\nThree.", "P2: Four.")
    assert quotes(transcript, "paragraph") == ["One\nline.", "Two.", "Three.", "Four."]


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        (1, ["a", "b", "c"]),
        (2, ["a\n\nP2: b", "b\n\nP1: c"]),
        (3, ["a\n\nP2: b\n\nP1: c"]),
        (9, ["a\n\nP2: b\n\nP1: c"]),
    ],
)
def test_windows_go_one_turn_further_each_time(size, expected):
    assert quotes(talk("P1: a", "P2: b", "P1: c"), "window", size=size) == expected


def test_a_text_without_turns_has_no_segments():
    empty = Transcript("T1", "# only a head\n", (), "en", "T1.txt", "")
    for unit in ("turn", "exchange", "paragraph", "sentence", "window"):
        assert segment(empty, unit) == ()


def test_every_unit_covers_an_emoji_as_one_character():
    text, turns = compose([Speech(("P1",), "😀 e\u0301. Good 👩‍⚕️.")])
    transcript = Transcript("T1", text, turns, "en", "T1.txt", "")
    assert [one.span for one in segment(transcript, "sentence")] == [Span(4, 9), Span(10, 20)]
