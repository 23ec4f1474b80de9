"""Word documents with everything that Word puts into them."""

import io
import zipfile
from pathlib import Path

import pytest
from turn_lists import read, said, times, voices
from word_files import RELATIONS, SPACES, make_docx, para, paras, run, table

from mihqda.errors import InputError
from mihqda.transcripts import Reading
from mihqda.transcripts.docx import reader

SAMPLES = Path(__file__).parent.parent / "data" / "transcripts"
BOLD, RED, HIDDEN = "<w:b/>", '<w:color w:val="FF0000"/>', "<w:vanish/>"
TALK = paras("I: one", "P1: two", "I: three", "P1: four")
FOUR = [("I", "one"), ("P1", "two"), ("I", "three"), ("P1", "four")]


def read_body(body: str, **parts: str) -> Reading:
    return read(reader, make_docx(body, parts={f"word/{name}.xml": xml for name, xml in parts.items()}))


def ins(*runs: str) -> str:
    return f'<w:ins w:id="1" w:author="x">{"".join(runs)}</w:ins>'


def deleted(text: str) -> str:
    return f'<w:del w:id="2" w:author="x"><w:r><w:delText>{text}</w:delText></w:r></w:del>'


def control(inside: str, props: str = "") -> str:
    return f"<w:sdt><w:sdtPr>{props}</w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>"


def test_the_teams_like_sample_has_32_turns_of_two_speakers() -> None:
    reading = read(reader, (SAMPLES / "qux360_interview_A.docx").read_bytes())
    assert len(reading.turns) == 32
    assert set(voices(reading)) == {("Jordan Lee",), ("Alex Morgan",)}
    assert times(reading)[:3] == [(1, None), (6, None), (15, None)]
    assert reading.text.startswith("Jordan Lee: Thanks for joining today, Alex.")
    assert "0:06" not in reading.text


def test_the_text_is_label_and_speech_per_turn_with_a_blank_line_between() -> None:
    reading = read_body(TALK)
    assert reading.text == "I: one\n\nP1: two\n\nI: three\n\nP1: four\n"
    assert said(reading) == FOUR
    assert reading.encoding == ""
    assert reading.warnings == ()


def test_a_paragraph_without_a_label_goes_on_and_a_line_break_is_a_line_end() -> None:
    reading = read_body(
        paras("I: one", "P1: two\nlines", "a second paragraph", "", "a third", "I: x", "P1: y")
    )
    assert said(reading)[1] == ("P1", "two\nlines\n\na second paragraph\n\na third")


def test_a_label_split_over_runs_is_one_label() -> None:
    body = para(run("Modera", BOLD), run("tor", BOLD), run(": "), "Hi") + paras(
        "Anna: a", "Moderator: b", "Anna: c"
    )
    assert said(read_body(body))[0] == ("Moderator", "Hi")


@pytest.mark.parametrize("style", [BOLD, RED])
def test_a_bold_or_coloured_beginning_is_a_label_without_a_colon(style: str) -> None:
    body = "".join(para(run(name, style), f" {speech}") for name, speech in FOUR)
    assert said(read_body(body)) == FOUR
    body = "".join(para(run(f"{name}:", style), run(f" {speech}")) for name, speech in FOUR)
    assert said(read_body(body)) == FOUR
    body = "".join(para(run(name, style)) + para(speech) for name, speech in FOUR)
    assert said(read_body(body)) == FOUR


def test_bold_that_is_switched_off_is_not_bold() -> None:
    body = "".join(para(run("Well", '<w:b w:val="0"/>'), " then") for _ in range(4))
    assert voices(read_body(body)) == [(), (), (), ()]


def test_teams_puts_name_time_and_words_into_one_paragraph() -> None:
    body = paras(
        "Jansen, Lot\u00a0\u00a0 0:03\nHallo",
        "P1   0:05\nDag",
        "Jansen, Lot   0:09\nEn?",
        "P1   1:02:03\nNou",
    )
    reading = read_body(body)
    assert said(reading) == [("Jansen, Lot", "Hallo"), ("P1", "Dag"), ("Jansen, Lot", "En?"), ("P1", "Nou")]
    assert times(reading)[3] == (3723, None)


def test_word_transcribe_has_a_header_and_time_and_name_above_the_words() -> None:
    body = paras(
        "Audio file", "rec.mp3", "Transcript", "00:00:03 Speaker 1", "Hello there.", "00:00:05 Speaker 2", "Hi.",
        "00:00:09 Speaker 1", "Good.", "00:00:15 Speaker 2", "Fine.",
    )  # fmt: skip
    reading = read_body(body)
    assert voices(reading) == [("Speaker 1",), ("Speaker 2",), ("Speaker 1",), ("Speaker 2",)]
    assert reading.text.startswith("Audio file\n\nrec.mp3\n\nTranscript\n\nSpeaker 1: Hello there.")
    assert reading.warnings == ("29 characters stand before the first speaker and belong to no turn",)


def test_times_are_taken_out_of_the_words() -> None:
    reading = read_body(
        paras("I: one [00:12:31] more", "P1: two #00:03:57-2#", "I: at (10:30)", "at 10:30", "P1: b")
    )
    assert said(reading)[:2] == [("I", "one more"), ("P1", "two")]
    assert times(reading)[1] == (None, 237.2)
    assert "at 10:30" in reading.text


def test_tracked_insertions_are_kept_and_deletions_left_out_and_both_are_counted() -> None:
    body = (
        para("I: one", ins(run(" new")), deleted(" old")) + para(ins(run("P1: two"))) + paras("I: x", "P1: y")
    )
    reading = read_body(body)
    assert said(reading)[:2] == [("I", "one new"), ("P1", "two")]
    assert "2 tracked insertion(s) kept" in reading.warnings
    assert "1 tracked deletion(s) left out" in reading.warnings


def test_moved_text_stands_where_it_was_moved_to() -> None:
    moved = f"<w:moveFrom>{run('gone')}</w:moveFrom>"
    body = para("I: one", moved) + para(f"<w:moveTo>{run('P1: two')}</w:moveTo>") + paras("I: x", "P1: y")
    assert said(read_body(body))[:2] == [("I", "one"), ("P1", "two")]


def test_a_deleted_paragraph_mark_joins_two_paragraphs() -> None:
    body = (
        para("I: one", props="<w:rPr><w:del/></w:rPr>") + para(" and one") + paras("P1: two", "I: x", "P1: y")
    )
    assert said(read_body(body))[0] == ("I", "one and one")


def test_content_controls_links_and_smart_tags_are_read() -> None:
    link = f"<w:hyperlink r:id='r9'>{run('a link')}</w:hyperlink>"
    smart = f"<w:smartTag>{run(' smart')}</w:smartTag>"
    body = (
        para("I: ", link, smart, control(run(" inline")))
        + control(para("P1: block"))
        + paras("I: x", "P1: y")
    )
    assert said(read_body(body))[:2] == [("I", "a link smart inline"), ("P1", "block")]


def test_the_prompt_of_an_empty_control_is_not_read() -> None:
    body = para("I: one", control(run("Click here to enter text"), "<w:showingPlcHdr/>")) + paras(
        "P1: two", "I: x", "P1: y"
    )
    assert said(read_body(body))[0] == ("I", "one")


def test_hidden_text_is_left_out_and_counted() -> None:
    body = para("I: one", run("Marie", HIDDEN)) + paras("P1: two", "I: x", "P1: y")
    reading = read_body(body)
    assert "Marie" not in reading.text
    assert reading.warnings == ("5 hidden character(s) left out",)


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    inside = f"<w:txbxContent>{para('in the box')}</w:txbxContent>"
    box = (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{inside}</wps:txbx></w:drawing>'
        f"</mc:Choice><mc:Fallback><w:pict><v:textbox>{inside}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    old = f"<w:r><w:pict><v:textbox>{inside}</v:textbox></w:pict></w:r>"
    for one in (box, old):
        reading = read_body(para("I: one", one, " and one") + paras("P1: two", "I: x", "P1: y"))
        assert said(reading)[0] == ("I", "one and one\n\nin the box")
        assert reading.warnings == ("1 text box(es) read after their paragraph",)


def test_small_marks_are_the_characters_that_word_shows() -> None:
    marks = (
        "<w:r><w:t>e</w:t><w:noBreakHyphen/><w:t>mail</w:t><w:tab/><w:t>a</w:t><w:cr/><w:t>b</w:t></w:r>"
        '<w:r><w:sym w:font="Wingdings" w:char="F04A"/><w:softHyphen/></w:r>'
        '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>7</w:t></w:r>'
    )
    assert said(read_body(para("I: ", marks) + paras("P1: x", "I: y", "P1: z")))[0] == (
        "I",
        "e-mail\ta\nb🙂\u00ad7",
    )


def test_line_ends_inside_a_run_are_what_word_shows() -> None:
    assert said(read_body(para(run("I: a")) + paras("P1: x", "I: y", "P1: z")))[0] == ("I", "a")
    broken = "<w:r><w:t>I: a&#10;b&#x2028;c&#13;d</w:t></w:r>"
    assert said(read_body(para(broken) + paras("P1: x", "I: y", "P1: z")))[0] == ("I", "a b\nc\nd")


def test_notes_stand_at_the_end_and_leave_no_mark_in_the_words() -> None:
    mark = '<w:r><w:{0}Reference w:id="{1}"/></w:r>'
    body = (
        para("I: o", mark.format("footnote", 2), "ne")
        + para("P1: two", mark.format("endnote", 2))
        + paras("I: x", "P1: y")
    )
    notes = "<w:{0}s {1}><w:{0} w:id='0'>{2}</w:{0}><w:{0} w:id='2'>{3}</w:{0}></w:{0}s>"
    reading = read_body(
        body,
        footnotes=notes.format("footnote", SPACES, para("separator"), para("A foot", run("note"))),
        endnotes=notes.format("endnote", SPACES, para("separator"), para("An endnote")),
    )
    assert said(reading)[:2] == [("I", "one"), ("P1", "two")]
    assert reading.text.endswith("P1: y\n\n[1] A footnote\n\n[2] An endnote\n")
    assert reading.warnings == ("2 footnote(s) stand at the end and belong to no turn",)


def test_headings_are_known_by_their_style_in_every_language_of_word_and_belong_to_no_turn() -> None:
    styles = (
        f'<w:styles {SPACES}><w:style w:type="paragraph" w:styleId="Kop1"><w:name w:val="heading 1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Eigen"><w:name w:val="Eigen"/><w:basedOn w:val="Kop1"/></w:style></w:styles>'
    )
    body = (
        para("Gesprek", style="Kop1")
        + paras("I: one", "P1: two")
        + para("Deel 2", style="Eigen")
        + paras("I: x", "P1: y")
    )
    reading = read_body(body, styles=styles)
    assert said(reading) == [("I", "one"), ("P1", "two"), ("I", "x"), ("P1", "y")]
    assert reading.text == "Gesprek\n\nI: one\n\nP1: two\n\nDeel 2\n\nI: x\n\nP1: y\n"


def test_a_document_without_labels_is_one_unlabelled_speaker() -> None:
    reading = read_body(paras("First of all.", "", "Then this.\nAnd that."))
    assert said(reading) == [("", "First of all."), ("", "Then this.\nAnd that.")]
    assert reading.text == "First of all.\n\nThen this.\nAnd that.\n"
    assert reading.warnings == ("no speaker labels found: read as one unlabelled speaker",)


def test_paragraphs_in_bold_throughout_are_pointed_out_where_nothing_is_labelled() -> None:
    question = para(
        run("A question that is asked at some length, longer than any label would be, is it not?", BOLD)
    )
    reading = read_body((question + para("An answer.")) * 3)
    assert voices(reading) == [()] * 6
    assert "3 paragraphs are wholly bold or coloured" in reading.warnings[1]


ROWS = (("0:01", "I", "one"), ("0:04", "P1", "two\nand two"), ("0:09", "I:", "three"), ("0:12", "P1", "four"))


def test_a_table_of_times_speakers_and_speech_holds_turns() -> None:
    reading = read_body(
        paras("A title") + table(("Time", "Speaker", "Text"), *ROWS, ("0:14", "", "and more"))
    )
    assert said(reading) == [
        ("I", "one"),
        ("P1", "two\n\nand two"),
        ("I", "three"),
        ("P1", "four"),
        ("P1", "and more"),
    ]
    assert [turn.start for turn in reading.turns] == [1, 4, 9, 12, 14]
    assert reading.text.startswith("A title\n\nTime – Speaker – Text\n\nI: one\n\nP1: two")


def test_a_table_of_speakers_and_speech_holds_turns() -> None:
    assert said(read_body(table(*(row[1:] for row in ROWS))))[1] == ("P1", "two\n\nand two")
    assert said(read_body(table(("Spreker", "Tekst"), *(row[1:] for row in ROWS))))[0] == ("I", "one")


def test_columns_may_stand_in_any_order_with_numbers_and_notes() -> None:
    rows = [
        (str(n), "0:0{n},0 - 0:0{n},9".replace("{n}", str(n)), f"Words of this turn, number {n}", name, note)
        for n, name, note in ((1, "Anna", ""), (2, "Bas", "smiles"), (3, "Anna", ""), (4, "Bas", ""))
    ]
    reading = read_body(table(*rows))
    assert voices(reading) == [("Anna",), ("Bas",), ("Anna",), ("Bas",)]
    assert times(reading)[0] == (1.0, 1.9)
    assert said(reading)[1] == ("Bas", "Words of this turn, number 2")
    assert "Bas: Words of this turn, number 2\n\nsmiles\n\nAnna:" in reading.text


def test_a_table_per_turn_is_read_as_one_table() -> None:
    assert said(read_body("".join(table(row) + "<w:p/>" for row in ROWS)))[3] == ("P1", "four")


def test_a_table_of_particulars_is_text_and_no_turns() -> None:
    body = table(("Date", "3 March"), ("Interviewer", "Anna de Vries"), ("Participant", "P3")) + TALK
    reading = read_body(body)
    assert said(reading) == FOUR
    assert reading.text.startswith("Date\t3 March\n\nInterviewer\tAnna de Vries\n\nParticipant\tP3\n\nI: one")


def test_a_table_of_particulars_alone_holds_no_turns() -> None:
    for rows in (
        (("Interviewer", "Anna de Vries, Utrecht"), ("Participant", "P3, manager since 2019")),
        (("–", "Interviewer"), ("–", "P1"), ("–", "Interviewer"), ("–", "P1")),
    ):
        assert set(voices(read_body(table(*rows) + paras("Long ago.", "And so on.")))) == {()}


def test_a_table_that_only_frames_the_talk_is_read_through() -> None:
    assert said(read_body(table((TALK,)))) == FOUR


def test_merged_cells_are_read_once_and_deleted_rows_not_at_all() -> None:
    wide = f'<w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{para("merged")}</w:tc></w:tr>'
    tall = (
        f'<w:tr><w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>{para("tall")}</w:tc><w:tc>{para("a")}</w:tc></w:tr>'
        f"<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc><w:tc>{para('b')}</w:tc></w:tr>"
    )
    gone = f"<w:tr><w:trPr><w:del/></w:trPr><w:tc>{para('gone')}</w:tc></w:tr>"
    reading = read_body(TALK + f"<w:tbl>{wide}{tall}{gone}</w:tbl>")
    assert reading.text.count("merged") == reading.text.count("tall") == 1
    assert "gone" not in reading.text


def test_the_main_part_is_found_by_its_relation_and_in_the_strict_namespace() -> None:
    document = f"<w:document {SPACES}><w:body>{TALK}</w:body></w:document>"
    strict = document.replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    assert (
        said(read(reader, make_docx("", main="word/document2.xml", parts={"word/document2.xml": strict})))
        == FOUR
    )


def test_deep_nesting_is_no_problem() -> None:
    inside = TALK
    for _ in range(30):
        inside = f"<w:tbl><w:tr><w:tc>{control(inside)}</w:tc></w:tr></w:tbl>"
    assert said(read_body(inside)) == FOUR


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BOMB = f"<!DOCTYPE d [<!ENTITY a 'aaaa'>]><w:document {SPACES}><w:body>{TALK}</w:body></w:document>"
XXE = f"<!DOCTYPE d [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><w:document {SPACES}><w:body><w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:body></w:document>"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "no Word file"),
        (b"Interviewer: hi", r"rename it to \.txt"),
        (OLE + b"\0" * 600, "save it as .docx in Word"),
        (OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
        (b"{\\rtf1 hi}", "rich text"),
        (b"PK\x03\x04 and nothing else", "damaged"),
        (make_docx(TALK)[:-200], "damaged"),
        (make_docx(TALK, parts={"word/document.xml": "<w:document"}), "damaged"),
        (make_docx(TALK, parts={"word/document.xml": b"\xff\xfe\x00"}), "damaged"),
        (make_docx(TALK, parts={"word/document.xml": "<html/>"}), "without a Word document"),
        (make_docx(TALK, parts={"word/document.xml": BOMB}), "document type"),
        (make_docx(TALK, parts={"word/document.xml": XXE}), "document type"),
        (make_docx(""), "no speech"),
        (make_docx(paras("…", "I:")), "no speech"),
    ],
)
def test_other_files_are_refused_with_the_way_out(data: bytes, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read(reader, data)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("other.txt", "hi", "without a Word document"),
        ("xl/workbook.xml", "<workbook/>", "Excel workbook"),
        ("ppt/presentation.xml", "<p/>", "PowerPoint"),
        ("mimetype", "application/vnd.oasis.opendocument.text", "OpenDocument"),
    ],
)
def test_another_office_file_is_called_by_its_name(name: str, content: str, message: str) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(name, content)
    with pytest.raises(InputError, match=message):
        read(reader, file.getvalue())


def test_a_zip_bomb_stops_at_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mihqda.transcripts.word_parts.MAX_PART", 100_000)
    bomb = make_docx(paras("I: " + "a" * 200_000))
    assert len(bomb) < 5_000
    with pytest.raises(InputError, match="unpacks to more than 100,000 bytes"):
        read(reader, bomb)


def test_external_targets_are_not_followed() -> None:
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r2" Type="{RELATIONS}/footnotes" Target="file:///etc/passwd" TargetMode="External"/>'
        f'<Relationship Id="r3" Type="{RELATIONS}/styles" Target="../../../etc/passwd"/></Relationships>'
    )
    assert said(read(reader, make_docx(TALK, parts={"word/_rels/document.xml.rels": relations}))) == FOUR


def test_the_encoding_that_is_given_for_other_files_does_not_matter() -> None:
    assert said(reader.read(make_docx(TALK), encoding="cp1252")) == FOUR
