"""Shapes of plain text as people and programs write them; every one is invented."""

import pytest
from turn_lists import read, said, times, voices

from mihqda.errors import InputError
from mihqda.transcripts.txt import reader

NOBODY = "no speaker labels found: read as one unlabelled speaker"


def test_the_text_is_the_decoded_file_and_a_turn_is_the_speech_alone() -> None:
    text = (
        "Interviewer: Why did it stall?\r\n\r\nP1: Nobody knew.\r\n\r\nInterviewer: And?\r\n\r\nP1: No.\r\n"
    )
    reading = read(reader, text)
    assert reading.text == text.replace("\r\n", "\n")
    assert reading.turns[0].span.quote(reading.text) == "Why did it stall?"
    assert reading.text[reading.turns[0].span.start - 13 : reading.turns[0].span.start] == "Interviewer: "
    assert reading.encoding == "utf-8"
    assert reading.warnings == ()


def test_a_turn_spans_several_paragraphs() -> None:
    reading = read(reader, "I: Why?\n\nP1: First of all.\n\nThen this.\nAnd that.\n\nI: Hm.\n\nP1: Yes.")
    assert said(reading) == [
        ("I", "Why?"), ("P1", "First of all.\n\nThen this.\nAnd that."), ("I", "Hm."), ("P1", "Yes."),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "Interviewer: one\n\nP1: two\n\nInterviewer: three\n\nP1: four",
        "Interviewer: one\nP1: two\nInterviewer: three\nP1: four",
        "Interviewer:one\nP1:two\nInterviewer:three\nP1:four",
        "Interviewer : one\n\nP1 : two\n\nInterviewer : three\n\nP1\u00a0: four",
        "  Interviewer:\tone  \n\n\tP1:\ttwo\n\nInterviewer:\tthree\n\nP1:\tfour\n\n",
        "Interviewer:\none\n\nP1:\ntwo\n\nInterviewer:\nthree\n\nP1:\nfour",
        "[Interviewer] one\n\n[P1] two\n\n[Interviewer] three\n\n[P1] four",
        "[Interviewer]: one\n[P1]: two\n[Interviewer]: three\n[P1]: four",
        "<Interviewer> one\n<P1> two\n<Interviewer> three\n<P1> four",
        "Interviewer\tone\nP1\ttwo\nInterviewer\tthree\nP1\tfour",
        "Interviewer\none\n\nP1\ntwo\n\nInterviewer\nthree\n\nP1\nfour",
        "[T001] Interviewer: one\n[T002] P1: two\n[T003] Interviewer: three\n[T004] P1: four",
        "001 Interviewer: one\n002 P1: two\n003 Interviewer: three\n004 P1: four",
        "- Interviewer: one\n- P1: two\n- Interviewer: three\n- P1: four",
        "**Interviewer:** one\n\n**P1:** two\n\n**Interviewer**: three\n\n*P1*: four",
        "\ufeffInterviewer: one\n\u200bP1: two\n\ufeffInterviewer: three\nP1: four",
        "Interviewer: one\r\rP1: two\r\rInterviewer: three\r\rP1: four\r",
        "Interviewer: one\fP1: two\fInterviewer: three\fP1: four",
        "Interviewer：one\nP1：two\nInterviewer：three\nP1：four",
    ],
)
def test_labels_are_found_in_every_usual_shape(text: str) -> None:
    assert said(read(reader, text)) == [
        ("Interviewer", "one"), ("P1", "two"), ("Interviewer", "three"), ("P1", "four"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "Lot Jansen   0:01\none\n\nP1   0:06\ntwo\n\nLot Jansen   0:15\nthree\n\nP1\u00a0\u00a0 1:18\nfour",
        "Lot Jansen  00:01\none\n\nP1  00:06\ntwo\n\nLot Jansen  00:15\nthree\n\nP1  01:18\nfour",
        "Lot Jansen (00:00:01)\none\n\nP1 (00:00:06)\ntwo\n\nLot Jansen (00:00:15)\nthree\n\nP1 (00:01:18)\nfour",
        "Lot Jansen [00:01]\none\nP1 [00:06]\ntwo\nLot Jansen [00:15]\nthree\nP1 [01:18]\nfour",
        "[Lot Jansen] 00:00:01\none\n[P1] 00:00:06\ntwo\n[Lot Jansen] 00:00:15\nthree\n[P1] 00:01:18\nfour",
        "00:00:01 Lot Jansen\none\n\n00:00:06 P1\ntwo\n\n00:00:15 Lot Jansen\nthree\n\n00:01:18 P1\nfour",
        "[00:00:01] Lot Jansen\none\n\n[00:00:06] P1\ntwo\n\n[00:00:15] Lot Jansen\nthree\n\n[00:01:18] P1\nfour",
        "[00:00:01] Lot Jansen: one\n[00:00:06] P1: two\n[00:00:15] Lot Jansen: three\n[00:01:18] P1: four",
        "00:01 Lot Jansen: one\n00:06 P1: two\n00:15 Lot Jansen: three\n01:18 P1: four",
        "Lot Jansen (0:01): one\nP1 (0:06): two\nLot Jansen (0:15): three\nP1 (1:18): four",
        "Lot Jansen (0:01):\none\n\nP1 (0:06):\ntwo\n\nLot Jansen (0:15):\nthree\n\nP1 (1:18):\nfour",
        "Lot Jansen: [0:01] one\nP1: [0:06] two\nLot Jansen: [0:15] three\nP1: [1:18] four",
        "#00:00:01-0# Lot Jansen: one\n#00:00:06-0# P1: two\n#00:00:15-0# Lot Jansen: three\n#00:01:18-0# P1: four",
        "0:01\nLot Jansen: one\n0:06\nP1: two\n0:15\nLot Jansen: three\n1:18\nP1: four",
        "[Lot Jansen] [00:00:01] one\n[P1] [00:00:06] two\n[Lot Jansen] [00:00:15] three\n[P1] [00:01:18] four",
        "00:01\tLot Jansen\tone\n00:06\tP1\ttwo\n00:15\tLot Jansen\tthree\n01:18\tP1\tfour",
    ],
)
def test_times_beside_labels_are_the_turns_beginnings(text: str) -> None:
    reading = read(reader, text)
    assert said(reading) == [("Lot Jansen", "one"), ("P1", "two"), ("Lot Jansen", "three"), ("P1", "four")]
    assert [turn.start for turn in reading.turns] == [1, 6, 15, 78]


def test_older_teams_files_have_a_range_of_times_above_the_name() -> None:
    reading = read(
        reader,
        "0:0:0.0 --> 0:0:3.580\nJansen, L. (Lot)\nGoedemorgen.\n\n0:0:4.0 --> 0:0:6.1\nPiet\nDag.\n\n"
        "0:0:7.0 --> 0:0:8.0\nJansen, L. (Lot)\nZo.\n\n0:0:9.0 --> 0:0:9.9\nPiet\nDoei.\n",
    )
    assert said(reading)[:2] == [("Jansen, L. (Lot)", "Goedemorgen."), ("Piet", "Dag.")]
    assert times(reading)[:2] == [(0, 3.58), (4, 6.1)]


def test_an_f4_stamp_at_the_end_of_a_turn_is_its_end_and_no_speech() -> None:
    reading = read(
        reader, "B: ja genau #00:03:57-2#\n\nI: und dann? #00:04:01-0#\n\nB: Schluss.\n#00:04:10-9#\n\nI: ok"
    )
    assert said(reading) == [("B", "ja genau"), ("I", "und dann?"), ("B", "Schluss."), ("I", "ok")]
    assert times(reading) == [(None, 237.2), (None, 241), (None, 250.9), (None, None)]


def test_a_stamp_inside_speech_stays_for_the_text_is_the_file() -> None:
    reading = read(reader, "I: So [00:12:31] what?\n\nP1: This.\n\nI: Hm\n\nP1: That [00:13:00]")
    assert said(reading) == [("I", "So [00:12:31] what?"), ("P1", "This."), ("I", "Hm"), ("P1", "That")]
    assert times(reading)[3] == (None, 780)


def test_an_otter_file_has_a_header_and_a_last_line_that_nobody_says() -> None:
    reading = read(
        reader,
        "SUMMARY KEYWORDS\nward, time\n\nSPEAKERS\nPL1, Jansen, Lot\n\nPL1  00:00\nWell then.\n\nJansen, Lot  00:04\nYes.\n"
        "\nPL1  00:12\nMore.\n\nJansen, Lot  00:14\nSure.\n\nTranscribed by https://otter.ai\n",
    )
    assert said(reading) == [
        ("PL1", "Well then."), ("Jansen, Lot", "Yes."), ("PL1", "More."), ("Jansen, Lot", "Sure."),
    ]  # fmt: skip
    assert reading.warnings == ("54 characters stand before the first speaker and belong to no turn",)


@pytest.mark.parametrize(
    "last",
    ["[END OF RECORDING]", "--- Einde opname ---", "Lot Jansen stopped transcription", "Ende der Aufnahme."],
)
def test_the_last_line_that_closes_the_recording_is_no_speech(last: str) -> None:
    reading = read(reader, f"I: one\n\nP1: two\n\nI: three\n\nP1: four\n\n{last}\n")
    assert said(reading)[-1] == ("P1", "four")


def test_four_turns_two_turns_and_one_turn_are_enough() -> None:
    assert voices(read(reader, "Interviewer: a\n\nP1: b\n\nInterviewer: c\n\nP1: d")) == [
        ("Interviewer",), ("P1",), ("Interviewer",), ("P1",),
    ]  # fmt: skip
    assert voices(read(reader, "Interviewer: a\n\nP1: b")) == [("Interviewer",), ("P1",)]
    assert voices(read(reader, "Anna: hi\nBas: hello")) == [("Anna",), ("Bas",)]
    assert voices(read(reader, "Interviewer: a\nAnna: b\nInterviewer: c")) == [
        ("Interviewer",),
        ("Anna",),
        ("Interviewer",),
    ]
    assert voices(read(reader, "P1: a story of one person.\n\nIt goes on.")) == [("P1",)]


def test_speech_with_a_colon_is_not_cut() -> None:
    reading = read(
        reader,
        "Interviewer: And what did they say: yes or no?\n\nP1: He said: no way. And then she said: fine.\n\n"
        "And then he said: all right.\n\nThe problem is this: nobody has time.\n\nInterviewer: Okay.\n\n"
        "P1: Note: I was not there. At 10:30 we left, see https://example.org: it closed.\n\nHonestly: never again.\n",
    )
    assert [speaker for speaker, _ in said(reading)] == ["Interviewer", "P1", "Interviewer", "P1"]


def test_a_hard_wrapped_line_that_begins_like_a_label_is_speech() -> None:
    reading = read(
        reader,
        "Interviewer: So how did this work in practice, and what would you say to the\npatient: how is it? We asked\n"
        "People: they listen. Then\nJan: he left, and\nsaid: no.\n\nP1: I see.\n\nInterviewer: ok\n\nP1: yes\n",
    )
    assert [speaker for speaker, _ in said(reading)] == ["Interviewer", "P1", "Interviewer", "P1"]
    assert reading.warnings == ("begins like a speaker's label but was read as speech: lines 2, 3 and 4",)


def test_notes_dates_and_question_numbers_are_no_speakers() -> None:
    reading = read(
        reader,
        "I: Q one.\n\nQ1: How was it?\n\nP1: Good.\n\nNote: he laughs.\n\nI: Hm.\n\nDate: unknown.\n\nP1: Yes.\n\nNote: pause.\n\n"
        "Q2: More?\n\nQ3: Or less?\n",
    )
    assert [speaker for speaker, _ in said(reading)] == ["I", "P1", "I", "P1"]


def test_the_particulars_at_the_head_are_no_turns() -> None:
    reading = read(
        reader,
        "Interview 3\nDate: 3 March 2023\nInterviewer: Anna de Vries\nParticipant: P3 (manager)\nLocation: Utrecht\n\n"
        "Interviewer: So, how was it?\n\nP3: Fine.\n\nInterviewer: And then?\n\nP3: Nothing.",
    )
    assert said(reading)[0] == ("Interviewer", "So, how was it?")
    assert len(reading.turns) == 4
    assert "belong to no turn" in reading.warnings[0]


def test_particulars_right_above_the_first_turn_do_not_swallow_it() -> None:
    reading = read(reader, "Date: 3 March\nI: Hello\nP1: Hi\nI: Why?\nP1: Because.")
    assert said(reading)[0] == ("I", "Hello")


def test_people_who_speak_once_in_a_focus_group_are_kept() -> None:
    reading = read(
        reader,
        "Moderator: Welkom. Wie wil beginnen?\nAnna: Ik.\nBen: Nee, ik.\nKarin van Dijk: Goed.\nModerator: Ga je gang.\nAnna: Dank.\n"
        "Ton: Ik ook.\nAllen: (lachen)\nP7: Ja.\n",
    )
    assert [speaker for speaker, _ in said(reading)] == [
        "Moderator", "Anna", "Ben", "Karin van Dijk", "Moderator", "Anna", "Ton", "Allen", "P7",
    ]  # fmt: skip


def test_two_voices_share_a_turn() -> None:
    reading = read(
        reader,
        "Moderator: And?\n\nP3 & P4: Yes!\n\nP3: Well.\n\nP4: Hm.\n\nPL3/PL4: Both.\n\nP1 and P2: Also.\n\nP1 en P2: Ook.\n\n"
        "P1, P2: Ja.\n\nSeveral: Yes.\n\nAllen: Ja.\n\nModerator: Fine.\n",
    )
    assert voices(reading)[1] == ("P3", "P4")
    assert voices(reading)[4:] == [
        ("PL3", "PL4"), ("P1", "P2"), ("P1", "P2"), ("P1", "P2"), ("Several",), ("Allen",), ("Moderator",),
    ]  # fmt: skip


def test_names_are_split_only_if_each_speaks_alone_somewhere() -> None:
    text = "Anna: a\nBas: b\nAnna and Bas: c\nJansen, Lot: d\nAnna: e\nBas: f\nJansen, Lot: g\n"
    assert voices(read(reader, text))[2:4] == [("Anna", "Bas"), ("Jansen, Lot",)]


def test_upper_case_labels_leave_other_words_alone() -> None:
    reading = read(
        reader,
        "INTERVIEWER: one?\nANNA: Well.\nINTERVIEWER: two?\nANNA: I told them.\nResult: nothing.\nKARIN: ja\n",
    )
    assert [speaker for speaker, _ in said(reading)] == [
        "INTERVIEWER",
        "ANNA",
        "INTERVIEWER",
        "ANNA",
        "KARIN",
    ]


def test_labels_in_lower_case_are_labels_too() -> None:
    assert voices(read(reader, "i: a\nr: b\ni: c\nr: d")) == [("i",), ("r",), ("i",), ("r",)]
    assert voices(read(reader, "interviewer: a\nanna: b\ninterviewer: c\nanna: d\nand he said: no"))[3] == (
        "anna",
    )


def test_questions_and_answers_are_labels_in_pairs() -> None:
    assert voices(read(reader, "Q: a\nA: b\nQ: c\nA: d")) == [("Q",), ("A",), ("Q",), ("A",)]
    assert voices(read(reader, "Vraag: a\nAntwoord: b\nVraag: c\nAntwoord: d"))[1] == ("Antwoord",)
    assert voices(read(reader, "Question: a\nAnswer: b\nQuestion: c\nAnswer: d"))[0] == ("Question",)


def test_text_without_labels_is_one_unlabelled_speaker_and_says_so() -> None:
    reading = read(
        reader, "My day began early. Tip: sleep.\n\nTip: eat well.\n\nAt 10:30 I left.\n\nMore text.\n"
    )
    assert voices(reading) == [(), (), (), ()]
    assert reading.warnings == (NOBODY,)


def test_lines_without_blank_ones_between_are_paragraphs_only_if_they_are_long() -> None:
    long = "word " * 40
    assert len(read(reader, f"{long}\n{long}\n{long}").turns) == 3
    assert len(read(reader, "a hard-wrapped line\nand another one\nand the last").turns) == 1


def test_whisper_lines_with_times_and_no_speakers_are_turns_with_times() -> None:
    reading = read(
        reader,
        "[00:00.000 --> 00:04.000]  Hello.\n[00:04.000 --> 00:08.500]  We talk.\n[00:08.500 --> 00:09.500]  Right.",
    )
    assert said(reading) == [("", "Hello."), ("", "We talk."), ("", "Right.")]
    assert times(reading) == [(0, 4), (4, 8.5), (8.5, 9.5)]
    assert reading.warnings == (NOBODY,)


def test_where_only_the_interviewer_is_labelled_the_answers_are_nobodys_and_not_his() -> None:
    reading = read(
        reader, "I: Question one?\n\nAn answer.\n\nI: Question two?\n\nAnother.\n\nAnd more.\n\nI: Thanks."
    )
    assert said(reading) == [
        ("I", "Question one?"), ("", "An answer."), ("I", "Question two?"), ("", "Another."), ("", "And more."), ("I", "Thanks."),
    ]  # fmt: skip
    assert reading.warnings == ("only one speaker is labelled; 3 paragraphs without a label have no speaker",)


def test_a_label_without_speech_makes_no_turn() -> None:
    assert said(read(reader, "P1:\n\nI: hi\n\nP1: hello\n\nI:\n\nP1: bye")) == [
        ("I", "hi"), ("P1", "hello"), ("P1", "bye"),
    ]  # fmt: skip


def test_emoji_and_combining_characters_do_not_move_a_turn() -> None:
    reading = read(reader, "I: e\u0301te\u0301 😀?\n\nZoe\u0308: 👩‍👩‍👧 ja\n\nI: 🇳🇱\n\nZoe\u0308: ne\u0308")
    assert [speech for _, speech in said(reading)] == ["e\u0301te\u0301 😀?", "👩‍👩‍👧 ja", "🇳🇱", "ne\u0308"]
    assert voices(reading)[1] == ("Zo\u00eb",)  # a label is composed, as a person types it in the register


@pytest.mark.parametrize("text", ["", "\n \n", "\ufeff", "...\n\n---", "Interviewer:\n\nP1:\n"])
def test_a_file_without_speech_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="no speech"):
        read(reader, text)


def test_messages_and_warnings_never_hold_words_of_the_transcript() -> None:
    reading = read(
        reader,
        "Secret title\n\nI: a\n\nP1: b\nHidden: c\n\nI: d\n\nP1: e".encode("cp1252")
        + b"\n\nI: \xe9\n\nP1: f",
    )
    assert reading.warnings
    assert not any("Hidden" in warning or "Secret" in warning for warning in reading.warnings)


@pytest.mark.parametrize(
    "text",
    [
        "INT – one\n\nP1 – two\n\nINT – three\n\nP1 – four - and so on",
        "INT\n0:01\none\n\nP1\n0:06\ntwo\n\nINT\n0:15\nthree\n\nP1\n1:18\nfour - and so on",
        "INT: 00:00:01\none\n\nP1: 00:00:06\ntwo\n\nINT: 00:00:15\nthree\n\nP1: 00:01:18\nfour - and so on",
        "INT [smiles]: one\n\nP1 (laughing): two\n\nINT: three\n\nP1: four - and so on",
    ],
)
def test_labels_are_found_in_rarer_shapes(text: str) -> None:
    assert said(read(reader, text)) == [
        ("INT", "one"), ("P1", "two"), ("INT", "three"), ("P1", "four - and so on"),
    ]  # fmt: skip


def test_names_in_capitals_may_stand_alone_above_the_words() -> None:
    text = "ANNA\none\n\nBAS\ntwo\n\nANNA\nthree\n\nBAS\nfour"
    assert voices(read(reader, text)) == [("ANNA",), ("BAS",), ("ANNA",), ("BAS",)]


def test_german_labels_for_all_genders_are_one_label() -> None:
    text = "Interviewer:in: eins\n\nTeilnehmer:in 3: zwei\n\nInterviewer:in: drei\n\nTeilnehmer:in 3: vier\n\nTeilnehmer*in 4: fünf"
    assert voices(read(reader, text))[:2] == [("Interviewer:in",), ("Teilnehmer:in 3",)]
    assert voices(read(reader, text))[-1] == ("Teilnehmer*in 4",)


def test_a_remark_in_parentheses_is_no_other_person() -> None:
    assert voices(read(reader, "P1: a\nI: b\nP1 (laughing): c\nI: d\nIM3 (manager): e"))[2:] == [
        ("P1",), ("I",), ("IM3 (manager)",),
    ]  # fmt: skip


def test_one_question_with_a_long_answer_is_two_turns() -> None:
    reading = read(reader, "Interviewer: Tell me.\n\nP1: One.\n\nTwo.\n\nThree.\n\nFour.\n\nFive.")
    assert said(reading) == [("Interviewer", "Tell me."), ("P1", "One.\n\nTwo.\n\nThree.\n\nFour.\n\nFive.")]


def test_a_story_told_by_one_person_is_one_turn_but_an_interviewers_name_on_top_is_not() -> None:
    assert voices(read(reader, "P1: One.\n\nTwo.\n\nThree.\n\nFour.\n\nFive.")) == [("P1",)]
    assert voices(read(reader, "Interviewer: Anna\n\nTwo.\n\nThree.\n\nFour.\n\nFive.")) == [()] * 5


def test_who_takes_part_is_said_at_the_head_and_not_spoken() -> None:
    reading = read(reader, "Interviewer: Anna\nRespondent: P3\n\nI: Hello.\n\nR: Hi.\n\nI: So?\n\nR: Well.")
    assert said(reading)[0] == ("I", "Hello.")
    assert voices(read(reader, "Interviewer: Yes\nRespondent: No\nInterviewer: Yes\nRespondent: No"))[0] == (
        "Interviewer",
    )


def test_lists_of_options_and_points_are_no_speakers() -> None:
    text = "A: option one\nB: option two\n\nText here.\n\nMore text.\n\n- first point\n- second point\n\nAnd more.\n\nAnd more."
    assert set(voices(read(reader, text))) == {()}


def test_the_stamp_at_the_label_counts_and_not_the_one_behind_it() -> None:
    assert times(read(reader, "[0:01] I: [0:05] a\n[0:06] P1: b\n[0:07] I: c\n[0:08] P1: d"))[0] == (1, None)


def test_the_shape_with_the_most_labels_wins() -> None:
    talk = [
        ("Anna", "Strength: a"),
        ("Bas", "Weakness: b"),
        ("Anna", "Strength: c"),
        ("Bas", "Weakness: d"),
        ("Anna", "e"),
        ("Bas", "f"),
    ]
    text = "\n\n".join(f"{name}   0:{second:02}\n{speech}" for second, (name, speech) in enumerate(talk))
    assert said(read(reader, text)) == talk


def test_where_every_label_has_a_stamp_a_line_without_one_is_speech() -> None:
    text = "[0:01] I: a\nResult: b\n[0:02] P1: c\n[0:03] I: d\nResult: e\n[0:04] P1: f"
    assert said(read(reader, text)) == [
        ("I", "a\nResult: b"),
        ("P1", "c"),
        ("I", "d\nResult: e"),
        ("P1", "f"),
    ]


def test_a_label_that_once_lacks_its_blank_line_is_still_a_label() -> None:
    text = "Interviewer: a\n\nP1: b\n\n" * 6 + "Interviewer: c\nInterviewer: d\n\nP1: e"
    assert said(read(reader, text))[-3:] == [("Interviewer", "c"), ("Interviewer", "d"), ("P1", "e")]


def test_words_in_lower_case_are_no_labels_among_labels_with_capitals() -> None:
    text = "Interviewer: a\nP1: b\nresult: c\nInterviewer: d\nresult: e\nP1: f"
    assert voices(read(reader, text)) == [("Interviewer",), ("P1",), ("Interviewer",), ("P1",)]


def test_a_few_labels_in_a_long_text_are_no_labels() -> None:
    text = "\n\n".join(f"Paragraph {number} of a long text." for number in range(90))
    options = "\n\nA: this or\n\nB: that.\n\n"
    assert set(voices(read(reader, f"{text}{options}{text}{options}{text}"))) == {()}
    assert set(voices(read(reader, f"Moderator: Anna\nRespondent: P3\n\n{text}"))) == {()}


def test_who_takes_part_right_below_the_date_is_not_spoken() -> None:
    reading = read(
        reader,
        "Date: 1 May 2023\nModerator: AB\nP1: nurse\nP2: physician\n\nModerator: Welcome to you.\n\nP1: Hi.\n\nP2: Hi.\n\n"
        "Moderator: Let us begin.\n\nP1: Yes.\n\nP2: Yes.",
    )
    assert said(reading)[0] == ("Moderator", "Welcome to you.")


def test_a_lone_label_may_stand_above_its_words() -> None:
    assert said(read(reader, "I:\n\nOne?\n\nAn answer.\n\nI:\n\nTwo?\n\nAnother.")) == [
        ("I", "One?"), ("", "An answer."), ("I", "Two?"), ("", "Another."),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("KB", "de Vries, Anna"),
        ("Bakker, Karin", "Vries, Anna de"),
        ("Karin Bakker", "van der Berg, J. (Jan)"),
        ("+31 6 1234 5678", "Anna de Vries (Gast)"),
        ("Karin Bakker | UMCG", "jan"),
        ("k.bakker@praktijk.example", "O'Neil, Seán"),
    ],
)
def test_a_name_beside_a_time_may_be_whatever_a_meeting_program_writes(one: str, other: str) -> None:
    said = ["So how did it go?", "It went rather slowly.", "And then?", "Then we stopped."]
    names = [one, other, one, other]
    text = "\n\n".join(
        f"{name}   0:{n:02d}\n{speech}" for n, (name, speech) in enumerate(zip(names, said, strict=True))
    )
    reading = reader.read(text.encode())
    assert [turn.speakers for turn in reading.turns] == [(name,) for name in names]
    assert [turn.span.quote(reading.text) for turn in reading.turns] == said


def test_a_sentence_that_ends_in_a_time_is_no_label() -> None:
    text = "P1: We began at\n\nP2: He said we start at 9:30\nand then we waited.\n\nP1: Yes.\n\nP2: Until 10:15\nor so.\n"
    reading = reader.read(text.encode())
    assert [turn.speakers for turn in reading.turns] == [("P1",), ("P2",), ("P1",), ("P2",)]
