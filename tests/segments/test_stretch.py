from hypothesis import given
from hypothesis import strategies as st

from mihqda.segments.stretch import STEPS, pieces_of, stretch
from mihqda.spans import Span
from mihqda.transcripts import Transcript, Turn

TEXT = "I: Why?\n\nP1: No time 😀. None at all.\n\nP2: Nor I.\n"
TALK = Transcript(
    id="T", text=TEXT, language="en", source="T.txt", sha256="0" * 64,
    turns=(Turn(Span(3, 7), ("I",)), Turn(Span(13, 36), ("P1",)), Turn(Span(42, 48), ("P2",))),
)  # fmt: skip
NO_TIME = Span(13, 23)


def quoted(span: Span) -> str:
    return span.quote(TEXT)


def test_labels_belong_to_no_piece() -> None:
    assert [quoted(one) for one in pieces_of(TALK, "word")] == [
        "Why?", "No", "time", "😀.", "None", "at", "all.", "Nor", "I.",
    ]  # fmt: skip
    assert [quoted(one) for one in pieces_of(TALK, "sentence")][1:] == [
        "No time 😀.",
        "None at all.",
        "Nor I.",
    ]
    assert len(pieces_of(TALK, "turn")) == 3


def test_a_span_grows_and_shrinks_by_words_sentences_and_turns() -> None:
    words, sentences, turns = (pieces_of(TALK, step) for step in ("word", "sentence", "turn"))
    assert quoted(stretch(NO_TIME, words)) == "No time 😀. None"
    assert quoted(stretch(NO_TIME, words, by=-1)) == "No time"
    assert quoted(stretch(NO_TIME, words, side="start", by=-1)) == "time 😀."
    assert quoted(stretch(NO_TIME, sentences)) == "No time 😀. None at all."
    assert quoted(stretch(NO_TIME, turns)) == "No time 😀. None at all."
    assert quoted(stretch(stretch(NO_TIME, turns), turns)).endswith("P2: Nor I.")
    assert quoted(stretch(NO_TIME, turns, side="start")).startswith("Why?")


def test_at_the_border_a_span_stays_as_it_is() -> None:
    for step in STEPS:
        pieces = pieces_of(TALK, step)
        last = Span(42, 48)
        assert stretch(last, pieces) == last
        assert stretch(Span(3, 7), pieces, side="start") == Span(3, 7)
    assert stretch(NO_TIME, pieces_of(TALK, "sentence"), by=-1) == NO_TIME
    assert stretch(NO_TIME, ()) == NO_TIME


@given(
    st.sampled_from(STEPS),
    st.lists(st.tuples(st.sampled_from(["start", "end"]), st.sampled_from([1, -1])), max_size=30),
)
def test_a_span_never_becomes_empty_and_stays_in_the_text(step: str, moves: list[tuple[str, int]]) -> None:
    pieces = pieces_of(TALK, step)  # type: ignore[arg-type]
    span = NO_TIME
    for side, by in moves:
        moved = stretch(span, pieces, side=side, by=by)  # type: ignore[arg-type]
        assert (len(moved) >= len(span)) == (by == 1) or moved == span
        assert pieces[0].start <= moved.start < moved.end <= pieces[-1].end
        span = moved
