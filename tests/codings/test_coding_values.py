import pytest

from mihqda.codings import Coding, new_id, parse_valence
from mihqda.codings.frame import COLUMNS, from_frame, to_frame
from mihqda.errors import InputError
from mihqda.snapshot import COLUMNS as SNAPSHOT_COLUMNS
from mihqda.spans import Span


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("+", "+"), ("-", "-"), ("−", "-"), ("plus", "+"), ("Minus", "-"), ("POSITIVE", "+"), ("negative", "-"),
        ("mixed", "mixed"), (" neutral ", "neutral"), ("", None), (None, None),
    ],
)  # fmt: skip
def test_valence_is_read_as_people_write_it(written: str | None, meant: str | None) -> None:
    assert parse_valence(written) == meant


def test_an_unknown_valence_is_refused() -> None:
    with pytest.raises(InputError, match="'good' is none of"):
        parse_valence("good")


@pytest.mark.parametrize("missing", ["id", "transcript", "code", "coder"])
def test_a_coding_needs_id_transcript_code_and_coder(missing: str) -> None:
    fields = {"id": "c", "transcript": "T", "span": Span(0, 1), "code": "a", "coder": "anna"} | {missing: " "}
    with pytest.raises(InputError, match=f"needs a {missing}"):
        Coding(**fields)  # type: ignore[arg-type]


def test_a_coding_refuses_a_time_of_another_form() -> None:
    with pytest.raises(InputError, match="2026-01-31T14:05:00Z"):
        Coding("c", "T", Span(0, 1), "a", "anna", created="31-1-2026")


def test_ids_do_not_collide() -> None:
    assert len({new_id() for _ in range(10_000)}) == 10_000


def test_codings_survive_the_frame_in_its_documented_order() -> None:
    codings = (
        Coding("c2", "T", Span(4, 8), "b", "ben", "-", "why?", "2026-01-31T14:05:00Z", "import"),
        Coding("c1", "T", Span(0, 3), "a", "anna"),
    )
    frame = to_frame(codings)
    assert tuple(frame.columns) == COLUMNS == SNAPSHOT_COLUMNS["codings"]
    assert list(frame["coding"]) == ["c1", "c2"]
    assert set(from_frame(frame)) == set(codings)


def test_no_codings_make_an_empty_frame_with_whole_number_positions() -> None:
    frame = to_frame(())
    assert len(frame) == 0
    assert str(frame["start"].dtype) == "int64"
