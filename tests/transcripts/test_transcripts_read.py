import hashlib
import os
from pathlib import Path

import pytest

from mihqda.errors import InputError
from mihqda.transcripts import read as module
from mihqda.transcripts.read import read_transcript, readers

TALK = "Interviewer: Why did it stall, do you think?\n\nP1: Nobody knew who was responsible for it.\n\nInterviewer: Hm.\n\nP1: Dat was voor ons niet duidelijk.\n"


def write(folder: Path, name: str, data: str | bytes = TALK) -> Path:
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def test_a_file_becomes_a_transcript_with_hash_and_languages(tmp_path: Path) -> None:
    imported = read_transcript(write(tmp_path, "FG1.txt"))
    transcript = imported.transcript
    assert (transcript.id, transcript.source, transcript.revision) == ("FG1", "FG1.txt", 1)
    assert transcript.text == TALK
    assert transcript.sha256 == hashlib.sha256(TALK.encode()).hexdigest()
    assert [turn.language for turn in transcript.turns] == ["en", "en", "und", "nl"]
    assert transcript.language == "en"
    assert (imported.reader, imported.encoding, imported.warnings) == ("txt", "utf-8", ())


def test_the_hash_is_of_the_bytes_and_not_of_the_text(tmp_path: Path) -> None:
    data = b"\xef\xbb\xbf" + TALK.replace("\n", "\r\n").encode()
    transcript = read_transcript(write(tmp_path, "a.txt", data)).transcript
    assert transcript.text == TALK
    assert transcript.sha256 == hashlib.sha256(data).hexdigest()


def test_the_language_of_short_turns_together_counts_where_none_decides_alone(tmp_path: Path) -> None:
    transcript = read_transcript(
        write(tmp_path, "a.txt", "I: Niet?\nP1: Toen.\nI: Wij?\nP1: Jullie.")
    ).transcript
    assert {turn.language for turn in transcript.turns} == {"und"}
    assert transcript.language == "nl"


@pytest.mark.parametrize("name", ["a.txt", "A.TXT", "a.Md", "a.text", "a.markdown"])
def test_the_suffix_chooses_the_reader_ignoring_case(tmp_path: Path, name: str) -> None:
    assert len(read_transcript(write(tmp_path, name)).transcript.turns) == 4


def test_a_name_with_several_dots_loses_only_the_suffix(tmp_path: Path) -> None:
    assert read_transcript(write(tmp_path, "2023.03.01 P1.txt")).transcript.id == "2023.03.01 P1"


def test_an_id_from_a_mac_is_the_id_that_a_person_types(tmp_path: Path) -> None:
    assert read_transcript(write(tmp_path, "Zoe\u0308.txt")).transcript.id == "Zo\u00eb"


def test_an_id_can_be_given(tmp_path: Path) -> None:
    assert read_transcript(write(tmp_path, "a.txt"), id=" FG 2 ").transcript.id == "FG 2"


@pytest.mark.parametrize("bad", ["", "  ", "a\nb", "\udce9"])
def test_an_id_that_cannot_be_one_is_refused(tmp_path: Path, bad: str) -> None:
    with pytest.raises(InputError, match="--id"):
        read_transcript(write(tmp_path, "a.txt"), id=bad)


def test_the_encoding_is_handed_on(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", "I: één\nP1: café\nI: x\nP1: y".encode("mac_roman"))
    assert "café" in read_transcript(path, encoding="mac_roman").transcript.text


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.doc", b"x", r"unknown format \.doc.*\.docx.*\.vtt.*save it as \.docx"),
        ("a.PDF", b"x", r"unknown format \.PDF.*export"),
        ("a.odt", b"x", r"save it as \.docx"),
        ("a.rtf", b"x", r"save it as \.docx"),
        ("a.mp3", b"x", "transcripts, not recordings"),
        ("a.xyz", b"x", "unknown format .xyz"),
        ("noname", b"x", "without a suffix"),
        ("a.txt", b"", "no speech"),
        ("a.txt", b"12 34\n\n56", "no words"),
        ("a.txt", b"PK\x03\x04", "binary"),
        ("a.docx", b"no zip", "no Word file"),
        ("a.vtt", b"WEBVTT\n", "no cue"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_files_name_and_the_way_out(
    tmp_path: Path, name: str, data: bytes, message: str
) -> None:
    with pytest.raises(InputError, match=message) as caught:
        read_transcript(write(tmp_path, name, data))
    assert name in str(caught.value)
    assert "\n" not in str(caught.value)


def test_missing_files_and_folders_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no such file"):
        read_transcript(tmp_path / "gone.txt")
    (tmp_path / "folder.txt").mkdir()
    with pytest.raises(InputError, match="a folder"):
        read_transcript(tmp_path / "folder.txt")


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    if not hasattr(os, "mkfifo"):
        return  # Windows has none
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(InputError, match="a pipe"):
        read_transcript(tmp_path / "pipe.txt")


def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(InputError, match=r"cannot be read \(Permission denied\)"):
        read_transcript(write(tmp_path, "a.txt"))


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_BYTES", 10)
    with pytest.raises(InputError, match="more than the 10 allowed"):
        read_transcript(write(tmp_path, "a.txt"))


def test_every_suffix_has_one_reader() -> None:
    assert {".txt", ".md", ".docx", ".vtt", ".srt"} <= set(readers())
