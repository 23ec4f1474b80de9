import dataclasses

import pytest

from mihqda.errors import InputError
from mihqda.segments import UNITS, Segment, segment
from mihqda.spans import Span
from mihqda.transcripts import Transcript, Turn

TRANSCRIPT = Transcript("T7", "one two", (Turn(Span(0, 3)), Turn(Span(4, 7))), "en", "T7.txt", "")


def test_segments_know_their_transcript_unit_and_number():
    assert segment(TRANSCRIPT, "turn") == (
        Segment("T7", Span(0, 3), "turn", 1),
        Segment("T7", Span(4, 7), "turn", 2),
    )


@pytest.mark.parametrize("unit", UNITS)
def test_every_unit_cuts_and_numbers_from_one(unit):
    found = segment(TRANSCRIPT, unit)
    assert [one.number for one in found] == list(range(1, len(found) + 1))
    assert {one.unit for one in found} == {unit}


@pytest.mark.parametrize("unit", ["line", "", "Turn", "model"])
def test_an_unknown_unit_is_refused_with_those_that_there_are(unit):
    with pytest.raises(InputError, match=rf"unknown unit '{unit}'; there are: turn, exchange, paragraph"):
        segment(TRANSCRIPT, unit)


@pytest.mark.parametrize("size", [0, -1])
@pytest.mark.parametrize("unit", ["window", "turn"])
def test_a_window_without_turns_is_refused(unit, size):
    with pytest.raises(InputError, match=rf"at least 1 turn, got {size}"):
        segment(TRANSCRIPT, unit, size=size)


def test_a_segment_cannot_be_changed():
    with pytest.raises(dataclasses.FrozenInstanceError):
        segment(TRANSCRIPT, "turn")[0].number = 5
