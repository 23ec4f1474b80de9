"""What every registered reader has to keep: a plug-in is tested by being registered."""

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from word_files import SPACES, make_docx, para, paras, run, table

from mihqda import registry
from mihqda.errors import InputError
from mihqda.transcripts import Reader, Reading

SAMPLES = Path(__file__).parent.parent / "data" / "transcripts"
TALK = "Interviewer: Why?\n\nP1: “Nobody” knew – été 😀.\n\n[Note] Date: 3\n\nInterviewer: #00:01:02-3# So?\n\nP1 & P2: Yes [0:12].\n"
CUES = "WEBVTT\n\nNOTE x\n\n1\n00:00:01.000 --> 00:00:02,500\n<v Anna>Hi &amp; <i>bye</i></v>\n\n0:0:3.0 --> 0:0:2.0\nBas: yes\n- no\n"
BODY = (
    para(run("Moderator", "<w:b/>"), " hi")
    + paras("P1: a\nb", "Anna   0:03\nc")
    + table(("0:01", "I", "d"), ("0:05 - 0:02", "P1", "e"))
    + "<w:sdt><w:sdtContent><w:p><w:ins><w:r><w:t>x</w:t></w:r></w:ins><w:del/></w:p></w:sdtContent></w:sdt>"
)
WORD = make_docx(BODY)
VALID = {
    "txt": (TALK.encode(), TALK.encode("cp1252", "replace"), TALK.encode("utf-16")),
    "md": (f"# T\n\n**I:** a\n\n{TALK}".encode(),),
    "vtt": (CUES.encode(), (SAMPLES / "webvttpy_comments.vtt").read_bytes()),
    "srt": (CUES.removeprefix("WEBVTT\n\n").encode(),),
    "docx": (WORD,),
}
law = settings(max_examples=40, deadline=None)
NAMES = registry.names("mihqda.readers")


def load(name: str) -> Reader:
    reader: Reader = registry.load("mihqda.readers", name)
    return reader


def check(reading: Reading) -> None:
    end = 0
    assert reading.turns
    assert not {"\r", "\x0b", "\x0c", "\ue000", "\ue001", "\ue002"} & set(reading.text)
    for turn in reading.turns:
        quote = turn.span.quote(reading.text)
        assert turn.span.start >= end
        assert quote == quote.strip()
        assert all(label == " ".join(label.split()) for label in turn.speakers)
        assert turn.start is None or turn.end is None or turn.start <= turn.end
        end = turn.span.end


def read_or_refuse(reader: Reader, data: bytes) -> None:
    try:
        reading = reader.read(data)
    except InputError:
        return
    check(reading)


@pytest.mark.parametrize("name", NAMES)
def test_a_reader_has_a_name_and_suffixes(name: str) -> None:
    reader = load(name)
    assert reader.name == name
    assert reader.suffixes
    assert all(suffix.startswith(".") and suffix == suffix.lower() for suffix in reader.suffixes)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "data", [b"", b"\0\1\2\3" * 50, bytes(range(256)), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99]
)
def test_a_reader_refuses_nothing_and_garbage(name: str, data: bytes) -> None:
    with pytest.raises(InputError):
        load(name).read(data)


@pytest.mark.parametrize("name", sorted(VALID))
def test_a_reader_reads_its_own_format(name: str) -> None:
    for data in VALID[name]:
        check(load(name).read(data))


@pytest.mark.parametrize("name", NAMES)
@law
@given(
    data=st.one_of(
        st.binary(max_size=120), st.text(max_size=120).map(lambda text: text.encode("utf-8", "replace"))
    )
)
def test_any_bytes_are_read_or_refused_with_an_input_error(name: str, data: bytes) -> None:
    read_or_refuse(load(name), data)


@pytest.mark.parametrize("name", sorted(VALID))
@law
@given(seed=st.integers(0, 2**32), changes=st.integers(1, 6))
def test_a_damaged_file_is_read_or_refused_with_an_input_error(name: str, seed: int, changes: int) -> None:
    dice = random.Random(seed)
    read_or_refuse(load(name), damage(dice.choice(VALID[name]), dice, changes))


@law
@given(seed=st.integers(0, 2**32), changes=st.integers(1, 6))
def test_a_word_document_with_damaged_xml_is_read_or_refused(seed: int, changes: int) -> None:
    xml = f"<w:document {SPACES}><w:body>{BODY}</w:body></w:document>".encode()
    damaged = damage(xml, random.Random(seed), changes)
    read_or_refuse(load("docx"), make_docx("", parts={"word/document.xml": damaged}))


def damage(valid: bytes, dice: random.Random, changes: int) -> bytes:
    data = bytearray(valid)
    for _ in range(changes):
        if not data:
            break
        place = dice.randrange(len(data))
        what = dice.randrange(4)
        if what == 0:
            data[place] = dice.randrange(256)
        elif what == 1:
            del data[place : place + dice.randrange(1, 20)]
        elif what == 2:
            data[place:place] = data[dice.randrange(len(data)) :][:30]
        else:
            data[place:place] = dice.choice(
                [b"\n", b":", b"-->", b"[0:1", b"**", b"<v", b"P1:", b"\t", b"\xc3", b"#00:00:01-2#"]
            )
    return bytes(data)


PIECES = [
    "Interviewer",
    "P1",
    "Anna",
    "de Vries",
    ":",
    " ",
    "\n",
    "\n\n",
    "[",
    "]",
    "(",
    ")",
    "**",
    "#",
    "# ",
    "0:12",
    "00:01:02-3",
]
PIECES += [
    "-->",
    "\t",
    "Note",
    "Date",
    "he said",
    "&",
    ",",
    "- ",
    "> ",
    "<v Bas>",
    "</v>",
    "\ufeff",
    "e\u0301",
    "😀",
    "---",
    "\\",
    "_",
]


@pytest.mark.parametrize("name", sorted(set(NAMES) - {"docx"}))
@law
@given(text=st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
def test_any_mixture_of_what_labels_are_made_of_is_read_or_refused(name: str, text: str) -> None:
    read_or_refuse(load(name), text.encode())
    read_or_refuse(load(name), f"{CUES}\n\n0:0:9.0 --> 0:0:9.9\n{text}".encode())


@law
@given(lines=st.lists(st.lists(st.sampled_from(PIECES), max_size=12).map("".join), max_size=12))
def test_any_mixture_in_a_word_document_is_read_or_refused(lines: list[str]) -> None:
    body = "".join(para(run(line, "<w:b/>" if number % 3 else "")) for number, line in enumerate(lines))
    read_or_refuse(load("docx"), make_docx(body + table(*(tuple(line.split(" ")) for line in lines))))
