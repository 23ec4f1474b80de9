"""Subtitles as Teams, Zoom, Whisper, YouTube and people write them."""

from pathlib import Path

import pytest
from turn_lists import read, said, times, voices

from mihqda.errors import InputError
from mihqda.transcripts import srt
from mihqda.transcripts.vtt import reader

SAMPLES = Path(__file__).parent.parent / "data" / "transcripts"
NOBODY = "no speaker labels found: read as one unlabelled speaker"


def test_teams_names_voices_in_tags_and_cues_of_one_speaker_are_one_turn() -> None:
    reading = read(
        reader,
        "WEBVTT\n\n5f1c-22/12-0\n00:00:01.000 --> 00:00:03.000\n<v Jansen, L. (Lot)>Goedemorgen &amp; welkom,</v>\n\n"
        "5f1c-22/13-0\n00:00:03.500 --> 00:00:05.250\n<v Jansen, L. (Lot)>fijn dat\nu er bent.</v>\n\n"
        "5f1c-22/14-0\n00:00:06.000 --> 00:00:07.000\n<v Piet>Dag.</v>\n",
    )
    assert said(reading) == [
        ("Jansen, L. (Lot)", "Goedemorgen & welkom, fijn dat u er bent."), ("Piet", "Dag."),
    ]  # fmt: skip
    assert times(reading) == [(1, 5.25), (6, 7)]
    assert reading.text == "Jansen, L. (Lot): Goedemorgen & welkom, fijn dat u er bent.\n\nPiet: Dag.\n"


def test_two_voices_in_one_cue_are_two_turns() -> None:
    reading = read(reader, "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Lot>Ja?</v> <v Piet>Nee.</v>\n")
    assert said(reading) == [("Lot", "Ja?"), ("Piet", "Nee.")]
    assert times(reading) == [(1, 2), (1, 2)]


def test_times_of_early_teams_files_are_not_padded() -> None:
    reading = read(reader, "WEBVTT\n\n0:0:0.0 --> 0:0:3.580\n<v A>x</v>\n\n1:2:3.5 --> 1:2:4\n<v B>y</v>\n")
    assert times(reading) == [(0, 3.58), (3723.5, 3724)]


ZOOM = """WEBVTT

1
00:00:04.160 --> 00:00:06.000
Ashlee Kupor (SL): Let's do that.

2
00:00:06.000 --> 00:00:08.000
and then we go on.

3
00:00:08.000 --> 00:00:09.000
Piet: Note: it is late. He said: stop.

4
00:00:09.000 --> 00:00:10.000
Ashlee Kupor (SL): Fine.

5
00:00:10.000 --> 00:00:11.000
Note: this is a remark of mine.

6
00:00:11.000 --> 00:00:12.000
Piet: And my question is: why?

7
00:00:12.000 --> 00:00:13.000
my question is: why not?
"""


def test_zoom_names_stand_before_the_words_and_a_cue_without_a_name_goes_on() -> None:
    reading = read(reader, ZOOM)
    assert said(reading) == [
        ("Ashlee Kupor (SL)", "Let's do that. and then we go on."),
        ("Piet", "Note: it is late. He said: stop."),
        ("Ashlee Kupor (SL)", "Fine. Note: this is a remark of mine."),
        ("Piet", "And my question is: why? my question is: why not?"),
    ]
    assert times(reading)[0] == (4.16, 8)


def test_the_same_words_as_subrip_give_the_same_turns() -> None:
    as_srt = ZOOM.replace("WEBVTT\n\n", "").replace(".", ",").replace("Let's do that,", "Let's do that.")
    reading = read(srt.reader, b"\xef\xbb\xbf" + as_srt.replace("\n", "\r\n").encode())
    assert voices(reading) == voices(read(reader, ZOOM))
    assert times(reading) == times(read(reader, ZOOM))


def test_a_cue_before_the_first_name_is_nobodys() -> None:
    reading = read(
        reader,
        "WEBVTT\n\n00:01.000 --> 00:02.000\nhello\n\n00:02.000 --> 00:03.000\n<v A>hi</v>\n\n00:03.000 --> 00:04.000\nand so",
    )
    assert said(reading) == [("", "hello"), ("A", "hi and so")]


def test_blocks_of_notes_and_styles_and_the_header_are_no_speech() -> None:
    reading = read(
        reader,
        "WEBVTT - Title\nKind: captions\n\nSTYLE\n::cue { color: red }\n\nREGION\nid:fred\n\nNOTE\nA remark\nin two lines\n\n"
        "00:01.000 --> 00:02.000\nNOTE well, he said\n\nNOTE Confidence: 0.9\n\n00:02.000 --> 00:03.000\nyes\n\nNOTE done\n",
    )
    assert said(reading) == [("", "NOTE well, he said yes")]


def test_tags_go_entities_become_characters_and_hearts_stay() -> None:
    reading = read(
        srt.reader,
        "1\n00:00:01,000 --> 00:00:02,000\n{\\an8}<font color='#fff'><b>I</b></font> <3 you &lt;3 R&amp;D<br/>caf&eacute; <laughs>\n",
    )
    assert said(reading) == [("", "I <3 you <3 R&D café <laughs>")]


def test_missing_blank_lines_numbers_and_bad_times_do_not_stop_the_rest() -> None:
    reading = read(
        srt.reader,
        "1\n00:00:01,000 --> 00:00:02,000\nAnna: Hi\n2\n00:00:02.500 --> 00:00:02.000\nand more\n\nafter a blank line\n\n"
        "3\n00:00:xx --> 00:00:04,000\nBas: ok\n\n4\n00:05 --> 00:00:05,500\nAnna: bye\n\n5\n00:00:06,000 --> 00:00:07,000\nBas: 12\n",
    )
    assert said(reading)[0] == ("Anna", "Hi and more after a blank line")
    assert said(reading)[-1] == ("Bas", "12")
    assert reading.warnings == (
        "1 cue(s) end before they begin: their end is left out", "1 cue(s) have times that cannot be read: they are left out",
    )  # fmt: skip


def test_lines_with_dashes_are_two_voices_that_the_file_does_not_name() -> None:
    reading = read(reader, (SAMPLES / "webvttpy_comments.vtt").read_bytes())
    assert voices(reading) == [()]
    assert said(reading)[0][1].startswith("- Ta en kopp varmt te.\n- Det är inte varmt.\n- Har en kopp te.")
    assert times(reading) == [(135, 150)]
    assert reading.warnings == (NOBODY,)


def test_samples_of_webvtt_py_read_as_they_are_shown() -> None:
    with_mark = read(reader, (SAMPLES / "webvttpy_captions_with_bom.vtt").read_bytes())
    assert said(with_mark) == [("", "Caption text #1 Caption text #2 Caption text #3 Caption text #4")]
    tagged = read(reader, (SAMPLES / "webvttpy_cue_tags.vtt").read_bytes())
    assert said(tagged) == [("", "When the moon hits your eye Like a big-a pizza pie That's amore")]
    assert times(tagged) == [(16.5, 21.5)]


def test_without_names_a_pause_parts_turns() -> None:
    reading = read(
        reader,
        "WEBVTT\n\n00:00.000 --> 00:02.000\none\n\n00:03.900 --> 00:04.000\ntwo\n\n00:06.000 --> 00:07.000\nthree",
    )
    assert said(reading) == [("", "one two"), ("", "three")]


def test_lines_that_youtube_rolls_up_are_kept_once() -> None:
    reading = read(
        reader,
        "WEBVTT\n\n00:00.000 --> 00:02.000 align:start position:0%\n \nthis<00:00:01.000><c> will</c>\n\n"
        "00:02.000 --> 00:02.010 align:start position:0%\nthis will\n \n\n"
        "00:02.010 --> 00:04.000 align:start position:0%\nthis will\nhappen<00:00:03.000><c> again</c>\n",
    )
    assert said(reading) == [("", "this will happen again")]


@pytest.mark.parametrize("data", ["", "WEBVTT\n", "Interviewer: hi\n\nP1: hello", "a --> b", "\n1\n2\n3\n"])
def test_a_file_without_cues_is_refused_with_the_way_out(data: str) -> None:
    with pytest.raises(InputError, match=r"no cue found.*rename it to \.txt"):
        read(srt.reader, data)


def test_cues_without_words_are_refused() -> None:
    with pytest.raises(InputError, match="no speech"):
        read(reader, "WEBVTT\n\n00:01.000 --> 00:02.000\n\n00:02.000 --> 00:03.000\n<c></c>\n")


def test_cues_out_of_order_keep_a_turns_times_in_order() -> None:
    reading = read(
        reader, "WEBVTT\n\n00:03.000 --> 00:04.000\n<v A>b</v>\n\n00:01.000 --> 00:02.000\n<v A>a</v>\n"
    )
    assert times(reading) == [(1, 4)]


def test_a_number_that_is_the_last_thing_said_is_no_identifier() -> None:
    assert said(
        read(reader, "WEBVTT\n\n1\n00:01.000 --> 00:02.000\n<v A>How many?\n\n2\n00:02.000 --> 00:03.000\n12")
    ) == [("A", "How many? 12")]


def test_seconds_are_as_the_file_writes_them() -> None:
    assert times(read(reader, "WEBVTT\n\n00:01:41.490 --> 01:01:01.100\n<v A>x")) == [(101.49, 3661.1)]
