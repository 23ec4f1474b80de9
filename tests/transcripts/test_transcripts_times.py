import pytest

from mihqda.transcripts.times import parse_clock


@pytest.mark.parametrize(
    ("clock", "seconds"),
    [
        ("0:42", 42), ("00:42", 42), ("12:31", 751), ("00:12:31", 751), ("1:02:03", 3723), ("01:02:03,500", 3723.5),
        ("01:02:03.5", 3723.5), ("00:03:57-2", 237.2), ("0:0:3.580", 3.58), ("01:23:45:21", 5025), ("100:00", 6000),
    ],
)  # fmt: skip
def test_a_clock_is_read_in_seconds(clock: str, seconds: float) -> None:
    assert parse_clock(clock) == pytest.approx(seconds)


@pytest.mark.parametrize("clock", ["", "42", "a:b", "1:", ":1", "1:2:3:4:5", "-1:00"])
def test_what_is_no_clock_is_refused(clock: str) -> None:
    with pytest.raises(ValueError, match="no time"):
        parse_clock(clock)
