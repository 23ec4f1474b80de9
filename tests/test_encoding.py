import codecs
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mihqda.encoding import decode, name_lines, normalise
from mihqda.errors import InputError

DUTCH = "Interviewer: Hoe ging dat op de polikliniek?\n\nP1: “Zo’n ruïne” – dat was één groot café vol patiënten.\n"
GERMAN = "I: Was heißt das für Sie?\n\nB: Größere Übergaben, äh, überall.\n"
FRENCH = "I : Et après ?\n\nP1 : Ça a été très dur, même à l’hôpital.\n"
TEXTS = (DUTCH, GERMAN, FRENCH)


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize(
    ("encoding", "mark", "found"),
    [
        ("utf-8", b"", "utf-8"),
        ("utf-8", codecs.BOM_UTF8, "utf-8"),
        ("cp1252", b"", "cp1252"),
        ("utf-16-le", codecs.BOM_UTF16_LE, "utf-16-le"),
        ("utf-16-be", codecs.BOM_UTF16_BE, "utf-16-be"),
        ("utf-16-le", b"", "utf-16-le"),
        ("utf-16-be", b"", "utf-16-be"),
        ("utf-32-le", codecs.BOM_UTF32_LE, "utf-32-le"),
        ("utf-32-be", codecs.BOM_UTF32_BE, "utf-32-be"),
        ("utf-32-le", b"", "utf-32-le"),
        ("utf-32-be", b"", "utf-32-be"),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_western_text_decodes_exactly_in_every_encoding_that_offices_write(
    text: str, encoding: str, mark: bytes, found: str, line_end: str
) -> None:
    decoded = decode(mark + text.replace("\n", line_end).encode(encoding))
    assert decoded.text == text
    assert decoded.encoding == found


@given(
    st.text(
        st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029\ufeff\ufffe\uffff")
    )
)
def test_what_is_written_as_utf_8_comes_back_character_for_character(text: str) -> None:
    assert decode(text.encode()).text == text


def test_decomposed_letters_stay_decomposed() -> None:
    assert decode("e\u0301te\u0301 👩‍👩‍👧".encode()).text == "e\u0301te\u0301 👩‍👩‍👧"


def test_cp1252_is_warned_of_by_line_numbers_and_never_by_words() -> None:
    decoded = decode("een\r\ntwee caf\xe9\r\ndrie\r\nvier ru\xefne\r\n".encode("cp1252"))
    (warning,) = decoded.warnings
    assert "lines 2 and 4" in warning
    assert "cp1252" in warning
    assert "caf" not in warning


def test_plain_ascii_and_utf_8_need_no_warning() -> None:
    assert decode(b"Interviewer: hi").warnings == ()
    assert decode(DUTCH.encode()).warnings == ()


def test_the_encoding_that_the_person_gives_is_obeyed() -> None:
    data = "P1: één café".encode("mac_roman")
    decoded = decode(data, "mac_roman")
    assert decoded.text == "P1: één café"
    assert decoded.encoding == "mac-roman"
    assert decoded.warnings == ()


def test_the_encoding_found_gives_the_same_text_when_given_back() -> None:
    for encoding in ("utf-8", "cp1252", "utf-16", "utf-16-le", "utf-32", "utf-8-sig"):
        first = decode(DUTCH.encode(encoding))
        assert decode(DUTCH.encode(encoding), first.encoding).text == first.text


@pytest.mark.parametrize(
    ("data", "encoding", "message"),
    [
        (b"caf\xe9", "utf-8", "position 3"),
        (b"text", "telepathy", "unknown encoding 'telepathy'.*utf-8"),
        (b"text", "hex", "unknown encoding"),
        (b"text", "unicode_escape", "unknown encoding"),
        (b"text", "", "unknown encoding"),
        (b"text", "\0", "unknown encoding"),
        (codecs.BOM_UTF8 + b"text", "cp1252", "byte order mark of utf-8"),
        (codecs.BOM_UTF16_LE + "text".encode("utf-16-le"), "utf-8", "byte order mark of utf-16-le"),
        (codecs.BOM_UTF16_LE + b"odd", None, "utf-16-le"),
        (codecs.BOM_UTF8 + b"caf\xe9", None, "not utf-8"),
        (b"a\0" * 200, "latin-1", "binary"),
    ],
)  # fmt: skip
def test_an_encoding_that_does_not_fit_is_refused(data: bytes, encoding: str | None, message: str) -> None:
    with pytest.raises(InputError, match=message):
        decode(data, encoding)


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04rest",
        b"%PDF-1.7 rest",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest",
        b"{\\rtf1\\ansi text}",
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        b"text with\0one NUL",
        b"\0\1",
        b"\0\1\2\3",
        b"\0\xd8a\0b\0",
        bytes(range(256)) * 4,
        bytes(range(1, 32)) * 10,
    ],
)
def test_binary_data_is_called_binary(data: bytes) -> None:
    with pytest.raises(InputError, match="binary"):
        decode(data)


def test_bytes_that_cp1252_does_not_have_ask_for_the_encoding() -> None:
    # mac_roman: "drôle" is 64 72 99 6c 65, "été" 8e 74 8e, "è" 8f
    with pytest.raises(InputError, match=r"neither UTF-8 nor cp1252 \(line 2\).*mac_roman"):
        decode("een\nmère".encode("mac_roman"))


def test_damaged_utf_8_is_not_taken_for_cp1252() -> None:
    with pytest.raises(InputError, match="UTF-8, but damaged in line 3"):
        decode("é\n“twee”\n".encode() + b"\xc3\nvier\n")


def test_every_line_end_becomes_lf_one_for_one_but_crlf() -> None:
    assert normalise("a\r\nb\rc\fd\ve\x85f\u2028g\u2029h\n") == "a\nb\nc\nd\ne\nf\ng\nh\n"


def test_stray_control_characters_become_spaces_and_are_named_by_line() -> None:
    decoded = decode(b"P1: one\nP1: two\x07 and more words to make it long enough")
    assert decoded.text.splitlines()[1].startswith("P1: two  and")
    assert decoded.warnings == ("control characters became spaces: line 2",)


@given(
    st.binary(max_size=200), st.sampled_from([None, "utf-8", "cp1252", "latin-1", "utf-16", "utf-7", "cp037"])
)
def test_bytes_give_clean_text_or_an_input_error(data: bytes, encoding: str | None) -> None:
    try:
        text = decode(data, encoding).text
    except InputError:
        return
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\u2028\u2029\x85]", text)
    assert not text.startswith("\ufeff")
    text.encode()


def test_no_bytes_are_no_text() -> None:
    assert decode(b"").text == ""


def test_line_numbers_are_named_in_words() -> None:
    assert name_lines([7]) == "line 7"
    assert name_lines([1, 2]) == "lines 1 and 2"
    assert name_lines([1, 2, 3, 4, 5, 6, 7]) == "lines 1, 2, 3, 4, 5 and 2 more"
