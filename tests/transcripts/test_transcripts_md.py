from turn_lists import read, said, voices

from mihqda.transcripts import txt
from mihqda.transcripts.md import reader

FOUR = [("Interviewer", "one"), ("P1", "two"), ("Interviewer", "three"), ("P1", "four")]


def test_the_text_is_the_file_marks_and_all() -> None:
    text = "# Interview\n\n**Interviewer:** one\n\n**P1:** *two* things\n\n**Interviewer:** three\n\n**P1:** four\n"
    reading = read(reader, text)
    assert reading.text == text
    assert said(reading)[1] == ("P1", "*two* things")


def test_bold_labels_are_labels_with_the_colon_inside_outside_or_nowhere() -> None:
    for line in (
        "**{}:** {}",
        "**{}**: {}",
        "__{}:__ {}",
        "*{}:* {}",
        "**{}** {}",
        "> **{}:** {}\n>",
        "- **{}**: {}",
    ):
        text = "\n\n".join(line.format(*turn) for turn in FOUR)
        assert said(read(reader, text)) == FOUR, line


def test_a_turn_that_is_bold_as_a_whole_loses_the_mark_that_closes_it() -> None:
    text = "**Interviewer: one**\n\nP1: two\n\n**Interviewer: three**\n\nP1: **four** and *five*"
    assert said(read(reader, text)) == [*FOUR[:3], ("P1", "**four** and *five*")]


def test_headings_rules_and_front_matter_belong_to_no_turn() -> None:
    reading = read(
        reader,
        "---\ntitle: An interview\ninterviewer: Anna\ndate: 3 March\n---\n\n**I:** one\n\n## Barriers\n\n**P1:** two\n\n---\n\n"
        "**I:** three\n\n# Facilitators: what helps\n\n**P1:** four\n\n### More\n\nAnd five.\n",
    )
    assert said(reading) == [("I", "one"), ("P1", "two"), ("I", "three"), ("P1", "four"), ("P1", "And five.")]


def test_headings_can_be_the_labels() -> None:
    reading = read(
        reader,
        "## Interviewer\n\none\n\n## P1\n\ntwo\n\n## Interviewer\n\nthree\n\n## P1\n\nfour\n\n### Part 2\n\nfive",
    )
    assert said(reading) == [*FOUR, ("P1", "five")]


def test_escaped_brackets_are_brackets() -> None:
    text = "\\[00:00:01\\] Interviewer: one\n\n\\[00:00:04\\] P1: two\n\n\\[00:00:06\\] Interviewer: three\n\n\\[00:08\\] P1: four"
    reading = read(reader, text)
    assert said(reading) == FOUR
    assert [turn.start for turn in reading.turns] == [1, 4, 6, 8]


def test_unlabelled_paragraphs_are_turns_and_headings_are_not() -> None:
    assert said(read(reader, "# Title\n\nFirst.\n\n---\n\nSecond.\n\n## More\n\nThird.\n")) == [
        ("", "First."), ("", "Second."), ("", "Third."),
    ]  # fmt: skip


def test_in_plain_text_a_line_with_a_number_sign_is_speech() -> None:
    reading = read(txt.reader, "I: a\n\nP1: b\n\n# more\n\nI: c\n\nP1: d")
    assert said(reading)[1] == ("P1", "b\n\n# more")
    assert voices(reading) == [("I",), ("P1",), ("I",), ("P1",)]
