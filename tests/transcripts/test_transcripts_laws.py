"""For random talks in every shape: what was said is exactly what the turns say, character for character."""

from __future__ import annotations

import html
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from turn_lists import read
from word_files import make_docx, para, run, table

from mihqda.transcripts import docx, md, srt, txt, vtt

Talk = list[tuple[str, list[str]]]

CASTS = [
    ("Interviewer", "P1"), ("I", "R"), ("Moderator", "Anna de Vries", "Bas", "Zoë"), ("SPEAKER_00", "SPEAKER_01"), ("B.", "C."),
]  # fmt: skip
LETTERS = [*"aeinorst", *"éüßøñœ", "e\u0301", "n\u0303", "😀", "👩‍👩‍👧", "🇳🇱", "ا", "語", "’", "…"]


def make_talk(seed: int) -> Talk:
    # a seed and not nested strategies: those take a hundred times longer to draw
    dice = random.Random(seed)

    def say() -> str:
        words = ["".join(dice.choices(LETTERS, k=dice.randint(1, 6))) for _ in range(dice.randint(1, 6))]
        return " ".join([*words, dice.choice("nos")])

    cast = dice.choice(CASTS)
    # each speaks twice, or the vote could not know their names
    speakers = [*cast, *cast, *dice.choices(cast, k=dice.randint(0, 4))]
    return [(speaker, [say() for _ in range(dice.randint(1, 3))]) for speaker in speakers]


talks = st.integers(0, 2**32).map(make_talk)
law = settings(max_examples=30, deadline=None)


def colon(speaker: str, speech: str, second: int) -> str:
    return f"{speaker}: {speech}"


TEXT_STYLES = {
    "colon": colon,
    "below": lambda speaker, speech, second: f"{speaker}:\n{speech}",
    "bracket": lambda speaker, speech, second: f"[{speaker}] {speech}",
    "id": lambda speaker, speech, second: f"[T{second:03}] {speaker}: {speech}",
    "time": lambda speaker, speech, second: f"[00:00:{second:02}] {speaker}: {speech}",
    "rev": lambda speaker, speech, second: f"{speaker} (00:{second:02}): {speech}",
    "teams": lambda speaker, speech, second: f"{speaker}   0:{second:02}\n{speech}",
    "word": lambda speaker, speech, second: f"00:00:{second:02} {speaker}\n{speech}",
    "f4": lambda speaker, speech, second: f"{speaker}: {speech} #00:00:{second:02}-5#",
    "bold": lambda speaker, speech, second: f"**{speaker}:** {speech}",
}


@pytest.mark.parametrize("style", sorted(TEXT_STYLES))
@law
@given(
    talk=talks,
    line_end=st.sampled_from(["\n", "\r\n", "\r"]),
    title=st.sampled_from(["", "Interview 3\n\n"]),
)
def test_plain_text_gives_back_what_was_said(style: str, talk: Talk, line_end: str, title: str) -> None:
    turns = [
        TEXT_STYLES[style](speaker, "\n\n".join(speech), n) for n, (speaker, speech) in enumerate(talk, 1)
    ]
    text = title + "\n\n".join(turns) + "\n"
    for reader in (txt.reader, md.reader):
        reading = read(reader, text.replace("\n", line_end))
        assert reading.text == text
        assert [(turn.speakers, turn.span.quote(text)) for turn in reading.turns] == [
            ((speaker,), "\n\n".join(speech)) for speaker, speech in talk
        ]


@pytest.mark.parametrize("reader", [vtt.reader, srt.reader], ids=["vtt", "srt"])
@law
@given(talk=talks, is_tagged=st.booleans())
def test_subtitles_give_back_what_was_said(reader: vtt.CueReader, talk: Talk, is_tagged: bool) -> None:
    text, second = "WEBVTT\n\n", 0
    for speaker, speech in talk:
        for number, part in enumerate(speech):
            said = html.escape(part, quote=False)
            named = f"<v {speaker}>{said}</v>" if is_tagged else f"{speaker}: {said}"
            text += f"{second + 1}\n00:{second // 60:02}:{second % 60:02}.000 --> 00:59:59.000\n"
            text += (named if number == 0 else said) + "\n\n"
            second += 1
    reading = read(reader, text)
    expected: list[tuple[str, str]] = []
    for speaker, speech in talk:
        said = " ".join(speech)
        if expected and expected[-1][0] == speaker:
            expected[-1] = (speaker, f"{expected[-1][1]} {said}")
        else:
            expected.append((speaker, said))
    assert [(*turn.speakers, turn.span.quote(reading.text)) for turn in reading.turns] == expected


def as_paragraphs(talk: Talk) -> str:
    return "".join(para(f"{who}: {speech[0]}") + "".join(map(para, speech[1:])) for who, speech in talk)


def as_bold(talk: Talk) -> str:
    return "".join(
        para(run(who, "<w:b/>"), f" {speech[0]}") + "".join(map(para, speech[1:])) for who, speech in talk
    )


def as_teams(talk: Talk) -> str:
    return "".join(
        para(f"{who}   0:{n:02}\n{speech[0]}") + "".join(map(para, speech[1:]))
        for n, (who, speech) in enumerate(talk)
    )


def as_table(talk: Talk) -> str:
    return table(*((f"0:{n:02}", who, "\n".join(speech)) for n, (who, speech) in enumerate(talk)))


@pytest.mark.parametrize("write", [as_paragraphs, as_bold, as_teams, as_table])
@law
@given(talk=talks)
def test_word_gives_back_what_was_said(write: object, talk: Talk) -> None:
    assert callable(write)
    reading = read(docx.reader, make_docx(write(talk)))
    assert [(turn.speakers, turn.span.quote(reading.text)) for turn in reading.turns] == [
        ((speaker,), "\n\n".join(speech)) for speaker, speech in talk
    ]
    assert (
        reading.text == "\n\n".join(f"{speaker}: " + "\n\n".join(speech) for speaker, speech in talk) + "\n"
    )
