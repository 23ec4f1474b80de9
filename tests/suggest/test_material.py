import dataclasses
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from studies import make_study, small_study

from mihqda.codebook import Code
from mihqda.errors import NotFoundError
from mihqda.segments import UNITS
from mihqda.snapshot import COLUMNS, Snapshot
from mihqda.suggest.material import codes_to_suggest, labels_of, segments_of, state_of
from mihqda.suggest.model import SEGMENT_COLUMNS

SMALL = small_study()
A, B = Code("a", "A"), Code("b", "B")
TALK = {
    "I1": """
        Interviewer: Why did it stall?

        P1: <a>We had no time.</a>

        Interviewer: Mm-hm.

        P1: And nobody asked us.

        P2: Ja.
    """,
    "I2": "C1: It went well.\n\nInterviewer: And then?\n\nStranger: It ended.",
}


def study(**changes: object) -> Snapshot:
    """Return a study with hand-made codings: two interviews, coder ann, nothing finished."""
    made = make_study(TALK, people="provider: P1 P2; client: C1")
    codings = made.codings.assign(origin="hand")
    return dataclasses.replace(made, codings=codings, **changes)


def decided(*rows: tuple[object, ...]) -> pd.DataFrame:
    """Return decisions from (transcript, start, end, code, decision, coder, to_code)."""
    columns = list(COLUMNS["decisions"])
    given = ("transcript", "start", "end", "code", "decision", "coder", "to_code")
    return pd.DataFrame([dict(zip(given, row, strict=True)) for row in rows], columns=columns)


def test_segments_are_what_participants_and_strangers_say_backchannels_aside() -> None:
    frame = segments_of(study())
    assert tuple(frame.columns) == SEGMENT_COLUMNS
    assert list(frame["text"]) == ["We had no time.", "And nobody asked us.", "It went well.", "It ended."]
    assert list(frame["speaker"]) == [
        "participant provider", "participant provider", "participant client", "unknown",
    ]  # fmt: skip


def test_the_context_is_the_last_question_or_else_the_turn_before() -> None:
    assert list(segments_of(study())["context"]) == [
        "Why did it stall?", "Why did it stall?", "", "And then?",
    ]  # fmt: skip
    talk = make_study({"F": "P1: One thing.\n\nP2: Another thing."}, people="p: P1 P2")
    assert list(segments_of(talk)["context"]) == ["", "One thing."]


def test_no_persons_label_informs_the_speaker() -> None:
    assert not any("P1" in one or "Speaker 3" in one for one in segments_of(SMALL)["speaker"])


@pytest.mark.parametrize("unit", UNITS)
def test_every_unit_gives_quotes_of_the_text_with_data_in_them(unit: str) -> None:
    frame = segments_of(SMALL, unit)  # type: ignore[arg-type]
    assert len(frame)
    for row in frame.itertuples(index=False):
        assert SMALL.texts[row.transcript][row.start : row.end] == row.text
        assert row.text.strip()
        assert row.speaker
    assert list(frame["transcript"]) == sorted(frame["transcript"], key=list(SMALL.texts).index)


def test_transcripts_can_be_named_and_unknown_ones_are_refused() -> None:
    assert set(segments_of(SMALL, transcripts=("I2",))["transcript"]) == {"I2"}
    with pytest.raises(NotFoundError, match="no transcript 'X1'; there are: "):
        segments_of(SMALL, transcripts=("X1",))


def test_an_empty_study_has_no_segments() -> None:
    frame = segments_of(make_study({}))
    assert frame.empty
    assert frame["start"].dtype == "int64"
    assert labels_of(make_study({}), frame, [A]).shape == (0, 1)


def test_unread_is_unknown_and_what_lies_beside_a_coding_is_not_coded() -> None:
    one = study()
    labels = labels_of(one, segments_of(one), [A, B])
    assert labels[0].tolist() == [1, 0]
    assert np.isnan(labels[1:]).all()


def test_an_accepted_suggestion_leaves_the_other_codes_of_its_segment_open() -> None:
    one = study()
    accepted = dataclasses.replace(one, codings=one.codings.assign(origin="suggestion:abc"))
    labels = labels_of(accepted, segments_of(accepted), [A, B])
    assert labels[0, 0] == 1
    assert math.isnan(labels[0, 1])


def test_a_finished_transcript_is_known_to_the_end() -> None:
    one = study(finished=pd.DataFrame([("I1", "ann"), ("I2", "ben")], columns=["transcript", "coder"]))
    segments = segments_of(one)
    assert labels_of(one, segments, [A, B]).tolist() == [[1, 0], [0, 0], [0, 0], [0, 0]]
    anns = labels_of(one, segments, [A, B], coders=("ann",))
    assert anns[:2].tolist() == [[1, 0], [0, 0]]
    assert np.isnan(anns[2:]).all()


def test_imported_codings_are_of_a_finished_transcript() -> None:
    one = make_study(TALK, people="provider: P1 P2; client: C1")
    assert labels_of(one, segments_of(one), [A, B])[:2].tolist() == [[1, 0], [0, 0]]
    assert np.isnan(labels_of(one, segments_of(one), [A, B], coders=("ben",))).all()


def test_a_rejection_is_an_explicit_no_but_a_coding_of_another_coder_is_a_yes() -> None:
    one = study()
    segments = segments_of(one)
    places = segments[["transcript", "start", "end"]].to_numpy().tolist()
    rejected = dataclasses.replace(
        one,
        decisions=decided(
            (*places[0], "a", "rejected", "ben", ""),
            (*places[1], "a", "rejected", "ben", ""),
            (*places[2], "a", "changed", "ben", "b"),
            (*places[3], "a", "skipped", "ben", ""),
        ),
    )
    labels = labels_of(rejected, segments, [A, B])
    assert labels[:3, 0].tolist() == [1, 0, 0]
    assert math.isnan(labels[3, 0])
    assert np.isnan(labels[1:, 1]).all()
    assert labels_of(rejected, segments, [A, B], coders=("ben",))[0, 0] == 0


def test_white_space_alone_is_no_overlap() -> None:
    one = make_study({"F": "P1: One thing.<a>\n\nP2: </a>Another thing."}, people="p: P1 P2")
    segments = segments_of(one)
    codings = one.codings.assign(end=segments["start"][1], origin="hand")
    assert not (labels_of(dataclasses.replace(one, codings=codings), segments, [A]) == 1).any()


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(UNITS), st.sampled_from([(), ("ann",), ("ben",)]))
def test_labels_agree_with_looking_at_every_pair(unit: str, coders: tuple[str, ...]) -> None:
    codes = [Code(one, one) for one in ("role", "load", "motivation")]
    segments = segments_of(SMALL, unit)  # type: ignore[arg-type]
    labels = labels_of(SMALL, segments, codes, coders=coders)
    codings = SMALL.codings[SMALL.codings["coder"].isin(coders)] if coders else SMALL.codings
    for row, segment in enumerate(segments.itertuples(index=False)):
        text = SMALL.texts[segment.transcript]
        here = {
            one.code
            for one in codings.itertuples(index=False)
            if one.transcript == segment.transcript
            and text[max(one.start, segment.start) : min(one.end, segment.end)].strip()
            and one.start < segment.end
            and segment.start < one.end
        }
        assert {code.id for at, code in enumerate(codes) if labels[row, at] == 1} == here & {
            code.id for code in codes
        }


def test_codes_to_suggest_are_neither_containers_nor_retired() -> None:
    assert codes_to_suggest([A, B.replace(retired=True), Code("c", "C", codable=False)]) == (A,)


def test_the_state_changes_with_the_material_alone() -> None:
    one = study()
    segments = segments_of(one)
    labels = labels_of(one, segments, [A, B])
    state = state_of(segments, labels, [A, B], seed=0)
    assert state == state_of(segments.copy(), labels.copy(), [A, B], seed=0)
    assert len({
        state, state_of(segments, labels, [A, B], seed=1), state_of(segments[1:], labels[1:], [A, B], seed=0),
        state_of(segments, labels, [A.replace(definition="x"), B], seed=0),
        state_of(segments, np.zeros_like(labels), [A, B], seed=0),
    }) == 5  # fmt: skip
