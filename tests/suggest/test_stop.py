"""How many codings are still unread: exact bounds, a sample that can be drawn again, plain words, and no licence."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.stats import hypergeom
from studies import make_study

from mihqda.codebook import Code
from mihqda.codings.model import Coding
from mihqda.errors import InputError, NotFoundError
from mihqda.spans import Span
from mihqda.suggest.stop import at_most, bound, doubt_recall, draw, estimate_unread


@st.composite
def counts(draw_: st.DrawFn) -> tuple[int, int, int, int]:
    """Return unread, read, found and known (or population, drawn, found, marked)."""
    unread = draw_(st.integers(1, 60))
    read = draw_(st.integers(1, unread))
    return unread, read, draw_(st.integers(0, read)), draw_(st.integers(0, 30))


CODES = (Code("load", "Workload"), Code("load.time", "No time", parent="load"), Code("role", "Roles"))


@given(counts())
def test_the_distribution_is_that_of_scipy(numbers: tuple[int, int, int, int]) -> None:
    population, drawn, found, marked = numbers
    marked = min(marked, population)
    expected = hypergeom(population, marked, drawn).cdf(found)
    assert at_most(found, population, marked, drawn) == pytest.approx(expected)


@given(counts())
def test_the_interval_holds_every_number_that_the_sample_allows(numbers: tuple[int, int, int, int]) -> None:
    unread, read, found, known = numbers
    limits = bound(unread, read, found, known=known)
    tail = (1 - 0.95) / 2
    allowed = [
        total - found
        for total in range(found, unread - (read - found) + 1)
        if at_most(found, unread, total, read) > tail and 1 - at_most(found - 1, unread, total, read) > tail
    ]
    assert (limits.left_low, limits.left_high) == (min(allowed), max(allowed))
    assert limits.left_low <= limits.left <= limits.left_high


@pytest.mark.parametrize("marked", [0, 3, 20, 150])
def test_the_bounds_are_kept_about_as_often_as_they_say(marked: int) -> None:
    draw_ = np.random.default_rng(marked)
    kept = recall_kept = 0
    for found in draw_.hypergeometric(marked, 300 - marked, 80, size=200):
        limits = bound(300, 80, int(found), known=30)
        kept += limits.left_low <= marked - found <= limits.left_high
        recall_kept += limits.recall_low <= (30 + found) / (30 + marked)
    assert kept >= 0.95 * 200 - 9
    assert recall_kept >= 0.95 * 200 - 9


def test_known_figures() -> None:
    limits = bound(500, 100, 0, known=40)
    assert (limits.left, limits.left_low, limits.left_high) == (0, 0, 16)
    assert limits.recall_low == pytest.approx(40 / 53)
    assert bound(100, 100, 7).left_high == 0
    nothing = bound(500, 0, 0, known=3)
    assert math.isnan(nothing.left)
    assert math.isnan(nothing.recall_low)
    assert math.isnan(bound(50, 20, 0).recall_low)


@given(counts(), st.sampled_from([0.5, 0.8, 0.9, 0.95]))
def test_the_recall_test_and_the_bound_say_the_same(
    numbers: tuple[int, int, int, int], target: float
) -> None:
    unread, read, found, known = numbers
    assume(found)
    is_complete = doubt_recall(unread, read, found, known=known, target=target) <= 0.05
    recall = bound(unread, read, found, known=known).recall_low
    assume(abs(recall - target) > 1e-9)  # at the edge the two round differently
    assert is_complete == (recall >= target)


@pytest.mark.parametrize("numbers", [(10, 11, 0), (10, 5, 6), (10, 5, -1)])
def test_numbers_that_contradict_each_other_are_refused(numbers: tuple[int, int, int]) -> None:
    with pytest.raises(InputError, match="cannot be"):
        bound(*numbers)


def test_the_same_seed_draws_the_same_and_a_larger_sample_begins_with_the_smaller() -> None:
    segments = pd.DataFrame({"transcript": ["T"] * 400, "start": range(400), "end": range(1, 401)})
    unread = np.arange(400) % 4 > 0
    first, again = draw(segments, unread, size=40, seed=1), draw(segments, unread, size=40, seed=1)
    assert first.tolist() == again.tolist()
    assert draw(segments, unread, size=60, seed=1)[:40].tolist() == first.tolist()
    assert draw(segments, unread, size=40, seed=2).tolist() != first.tolist()
    assert unread[first].all()
    assert len(set(first)) == 40
    assert 150 < first.mean() < 250


def study(codings: tuple[Coding, ...] = ()):  # type: ignore[no-untyped-def]
    talk = "\n\n".join(f"P1: I said this sentence number {number} then." for number in range(40))
    return make_study({"I1": talk}, people="provider: P1", codes="load\n  load.time\nrole", codings=codings)


def code_on(snapshot, row: int, code: str, created: str, origin: str = "hand") -> Coding:  # type: ignore[no-untyped-def]
    turn = snapshot.turns.iloc[row]
    span = Span(int(turn["start"]), int(turn["end"]))
    return Coding(f"x{row}{code}", "I1", span, code, "ann", None, "", created, origin)


def test_the_sample_is_drawn_read_and_counted() -> None:
    bare = study()
    first = [code_on(bare, row, "load", "2026-01-01T00:00:00Z") for row in (0, 1)]
    before = study(tuple(first))
    drawn = estimate_unread(before, CODES, "load", size=10)
    assert (drawn.bounds.unread, drawn.bounds.known, len(drawn.sample)) == (38, 2, 10)
    assert drawn.say()[0].startswith("38 turns are unread for Workload; 2 with the code are known.")
    places = set(zip(drawn.sample["start"], drawn.sample["end"], strict=True))
    rows = [row for row, turn in enumerate(bare.turns.itertuples()) if (turn.start, turn.end) in places]
    later = [
        code_on(bare, rows[0], "load.time", "2026-02-01T00:00:00Z"),
        code_on(bare, rows[1], "role", "2026-02-01T00:00:00Z"),
    ]
    after = study((*first, *later))
    result = estimate_unread(after, CODES, "load", size=10, read=10, since="2026-01-15T00:00:00Z")
    pd.testing.assert_frame_equal(result.sample, drawn.sample)
    assert (result.bounds.unread, result.bounds.read, result.bounds.found) == (38, 10, 1)
    first_line, second, third, never = result.say()
    assert first_line == "Of 10 turns drawn at random from 38 unread, 1 has Workload."
    assert second.startswith("Among the 28 still unread there are about 3 more")
    assert third.startswith("3 are found so far: at least ")
    assert "no reason to leave one unread" in never
    part = estimate_unread(after, CODES, "load", size=10, read=4, since="2026-01-15T00:00:00Z")
    assert part.bounds.read == 4


def test_nothing_unread_is_said() -> None:
    bare = study()
    done = study((code_on(bare, 0, "load", "2026-01-01T00:00:00Z", "import"),))
    assert estimate_unread(done, CODES, "load").say() == ("No turn is unread for Workload.",)


def test_none_found_leaves_room_for_some() -> None:
    lines = estimate_unread(study(), CODES, "role", size=20, read=20, since="2026-01-01T00:00:00Z").say()
    assert lines[0] == "Of 20 turns drawn at random from 40 unread, none has Roles."
    assert "there are about 0 more; the sample allows 0 to" in lines[1]


def test_bad_questions_are_explained() -> None:
    with pytest.raises(InputError, match="reflexive"):
        estimate_unread(study(), CODES, "load", approach="Reflexive")
    with pytest.raises(NotFoundError, match="'nope'"):
        estimate_unread(study(), CODES, "nope")
    with pytest.raises(InputError, match="at least 1 segment, got 0"):
        estimate_unread(study(), CODES, "load", size=0)
    with pytest.raises(InputError, match="50 cannot have been read"):
        estimate_unread(study(), CODES, "load", size=10, read=50, since="2026-01-01T00:00:00Z")


def test_how_many_were_read_of_which_sample_has_to_be_said() -> None:
    since = "2026-01-01T00:00:00Z"
    with pytest.raises(InputError, match="--read N"):
        estimate_unread(study(), CODES, "load", since=since)
    with pytest.raises(InputError, match="--since TIME"):
        estimate_unread(study(), CODES, "load", read=10)
    with pytest.raises(InputError, match="whole number, got '3'"):
        estimate_unread(study(), CODES, "load", since=since, read="3")  # type: ignore[arg-type]
    with pytest.raises(InputError, match="in the future"):
        estimate_unread(study(), CODES, "load", since="2999-01-01T00:00:00Z", read=10)
    assert estimate_unread(study(), CODES, "load", since=since, read=0).bounds.read == 0
