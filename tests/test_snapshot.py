import dataclasses

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from studies import make_study, small_study

from mihqda.errors import NotFoundError
from mihqda.filters import Filter
from mihqda.snapshot import COLUMNS, Snapshot

SMALL = small_study()


def ids(study: Snapshot) -> list[str]:
    return sorted(study.codings["coding"], key=lambda one: int(one[1:]))


def kinds(study: Snapshot) -> dict[str, str]:
    return dict(zip(study.voices["speaker"], study.voices["kind"], strict=True))


def test_a_frame_without_its_columns_is_refused() -> None:
    study = small_study()
    with pytest.raises(ValueError, match="the frame voices lacks kind"):
        dataclasses.replace(study, voices=study.voices.drop(columns="kind"))


def test_the_empty_filter_changes_nothing() -> None:
    study = small_study()
    same = study.select(Filter())
    assert same.hash == study.hash
    for name in COLUMNS:
        pd.testing.assert_frame_equal(getattr(same, name), getattr(study, name))


def test_a_filter_on_people_narrows_the_register_the_voices_and_the_codings() -> None:
    study = small_study().select(Filter(groups=("client",)))
    assert len(study.participants) == 11
    assert kinds(study)["Interviewer"] == "interviewer"
    assert kinds(study)["C2"] == "participant"
    assert ids(study) == ["c7", "c8", "c10", "c11", "c18", "c19"]
    one = small_study().select(Filter(participants=("P1",)))
    assert len(one.participants) == 1
    assert kinds(one)["P2"] == "ignored"
    assert kinds(one)["Speaker 3"] == "ignored"
    assert kinds(one)["P1"] == "participant"


def test_a_filter_on_people_leaves_the_sessions_in_which_they_speak() -> None:
    study = small_study().select(Filter(groups=("client",)))
    assert sorted(study.texts) == ["I2", "J1"]
    assert sorted(study.transcripts["transcript"]) == ["I2", "J1"]
    assert set(study.sessions["session"]) == set(study.transcripts["session"])
    assert set(study.turns["transcript"]) == {"I2", "J1"}


def test_filters_on_people_are_joined() -> None:
    study = small_study().select(Filter(groups=("client",), sites=("South",), roles=("project lead",)))
    assert list(study.participants["participant"]) == ["C6", "C7", "C8", "C9", "C10", "C11"]
    assert ids(study) == []


def test_a_coding_on_the_backchannel_of_somebody_named_goes_with_the_others() -> None:
    study = make_study({"F1": "P1: It <a>was.\n\nC1: Ja, ja.</a>"}, people="p: P1; c: C1")
    assert ids(study.select(Filter(groups=("c",)))) == []
    assert ids(study.select(Filter(groups=("p",)))) == ["c1"]


def test_a_filter_on_people_with_interviewers_keeps_the_interviewers_codings() -> None:
    study = small_study().select(Filter(groups=("client",), with_interviewer=True))
    assert "c9" in ids(study)


@pytest.mark.parametrize(
    ("chosen", "transcripts", "sessions"),
    [
        (Filter(transcripts=("I1", "J1")), ["I1", "J1"], ["S1", "S4"]),
        (Filter(sessions=("S3",)), ["F1"], ["S3"]),
        (Filter(kinds=("interview",)), ["I1", "I2"], ["S1", "S2"]),
        (Filter(kinds=("interview", "focus group"), sessions=("S2", "S3")), ["F1", "I2"], ["S2", "S3"]),
        (Filter(kinds=("interview",), transcripts=("J1",)), [], []),
    ],
)
def test_a_filter_on_talk_keeps_its_transcripts_and_the_whole_register(
    chosen: Filter, transcripts: list[str], sessions: list[str]
) -> None:
    study = small_study().select(chosen)
    assert sorted(study.transcripts["transcript"]) == sorted(study.texts) == transcripts
    assert sorted(study.sessions["session"]) == sessions
    for frame in (study.turns, study.voices, study.codings):
        assert set(frame["transcript"]) <= set(transcripts)
    assert len(study.participants) == 18
    assert study.set_aside.empty


def test_a_filter_on_codes_takes_the_codes_below_as_well() -> None:
    study = small_study().select(Filter(codes=("role",)))
    assert set(study.codings["code"]) == {"role", "role.lead"}
    assert len(study.codes) == 9


def test_a_filter_on_valences_knows_codings_without_one() -> None:
    assert ids(small_study().select(Filter(valences=("none",)))) == ["c1", "c7", "c9", "c10"]
    assert ids(small_study().select(Filter(valences=("none", "+")))) == [
        "c1", "c7", "c8", "c9", "c10", "c11", "c13", "c14", "c17", "c18",
    ]  # fmt: skip


def test_what_a_filter_on_codes_valences_or_people_takes_is_set_aside_but_not_other_coders() -> None:
    study = small_study()
    everything = ids(study)
    for chosen in (Filter(codes=("role",)), Filter(valences=("-",)), Filter(participants=("P1",))):
        left = study.select(chosen)
        here = study.codings["coding"][study.codings["transcript"].isin(left.texts)]
        assert sorted([*left.codings["coding"], *left.set_aside["coding"]]) == sorted(here)
        assert chosen.is_on_people or sorted(here) == sorted(everything)
    mine = study.select(Filter(coders=("ben",), codes=("role",)))
    assert (ids(mine), list(mine.set_aside["coding"])) == (["c3"], ["c5"])


@settings(max_examples=12, deadline=None)
@given(st.lists(st.sampled_from([
    Filter(groups=("client",)), Filter(codes=("role",)), Filter(valences=("+",)), Filter(coders=("ann",)),
    Filter(kinds=("interview",)),
]), max_size=3, unique=True))  # fmt: skip
def test_filters_can_follow_each_other_in_any_order(chosen: list[Filter]) -> None:
    one = other = SMALL
    for step in chosen:
        one = one.select(step)
    for step in reversed(chosen):
        other = other.select(step)
    assert ids(one) == ids(other)
    assert sorted(one.set_aside["coding"]) == sorted(other.set_aside["coding"])


def test_what_the_study_does_not_have_is_named_with_what_it_has() -> None:
    with pytest.raises(NotFoundError, match="no group 'nurse'; there are: client, provider"):
        small_study().select(Filter(groups=("nurse",)))
    with pytest.raises(NotFoundError, match="no code 'roles'"):
        small_study().select(Filter(codes=("roles",)))
    with pytest.raises(NotFoundError, match="no valence '\\*'; there are: "):
        small_study().select(Filter(valences=("*",)))


def test_the_snapshot_that_is_selected_from_stays_as_it_is() -> None:
    study = small_study()
    study.select(Filter(groups=("client",), valences=("+",)))
    assert study.hash == small_study().hash


def test_speakers_of_codings_are_participants_and_strangers() -> None:
    speakers = small_study().speakers_of_codings()
    assert set(speakers["kind"]) == {"participant", "unknown"}
    both = speakers[speakers["coding"] == "c14"]
    assert list(zip(both["speaker"], both["participant"], strict=True)) == [("P3", "P3"), ("Speaker 3", "")]
    assert "c9" not in set(speakers["coding"])
    asked = small_study().select(Filter(with_interviewer=True)).speakers_of_codings()
    assert "c9" in set(asked["coding"])


def test_descendants_are_the_code_and_all_below_in_order() -> None:
    below = small_study().descendants
    assert below["themes"] == ("themes", "role", "role.lead", "load", "motivation")
    assert below["other"] == ("other",)


def test_layers_tell_who_coded_how_much_where() -> None:
    layers = small_study().layers()
    assert list(layers.itertuples(index=False, name=None)) == [
        ("F1", "ann", 6), ("I1", "ann", 4), ("I1", "ben", 2), ("I2", "ann", 5), ("J1", "ann", 2),
    ]  # fmt: skip
    assert small_study().coders == ("ann", "ben")
    assert make_study({"I1": "P1: Hm."}).layers().empty


def reviewed_study() -> Snapshot:
    """Return the small study with a decision, a finished transcript and an evaluation."""
    decision = (
        "s1",
        "I1",
        30,
        40,
        "role",
        "default",
        "1",
        "",
        0.8,
        "accepted",
        "ann",
        "",
        2.0,
        "c2",
        "",
        -1,
        -1,
    )
    return dataclasses.replace(
        small_study(),
        decisions=pd.DataFrame([(*decision, False)], columns=list(COLUMNS["decisions"])),
        finished=pd.DataFrame([("I1", "ann")], columns=list(COLUMNS["finished"])),
        evaluations=pd.DataFrame([(1, "", "ann", "", "{}")], columns=list(COLUMNS["evaluations"])),
    )


def test_decisions_and_finished_transcripts_follow_a_filter_on_coders_transcripts_and_codes() -> None:
    study = reviewed_study()
    for chosen, left in (
        (Filter(), 1), (Filter(coders=("ann",)), 1), (Filter(coders=("ben",)), 0),
        (Filter(transcripts=("I2",)), 0), (Filter(codes=("themes",)), 1), (Filter(codes=("load",)), 0),
    ):  # fmt: skip
        assert len(study.select(chosen).decisions) == left
    assert study.select(Filter(coders=("ben",))).finished.empty
    assert len(study.select(Filter(coders=("ben",))).evaluations) == 1


def test_the_hash_changes_with_anything_that_a_number_may_depend_on() -> None:
    study = reviewed_study()
    hashes = {study.hash}
    for name in COLUMNS:
        frame = getattr(study, name)
        hashes.add(dataclasses.replace(study, **{name: frame.iloc[1:]}).hash)
    hashes.add(dataclasses.replace(study, texts={**study.texts, "I1": study.texts["I1"] + " "}).hash)
    hashes.add(dataclasses.replace(study, filter=Filter(with_interviewer=True)).hash)
    hashes.add(dataclasses.replace(study, set_aside=study.codings).hash)
    assert len(hashes) == len(COLUMNS) + 4


def test_the_hash_tells_apart_texts_that_only_divide_otherwise() -> None:
    study = make_study({"A": "ab", "B": "c"})
    assert dataclasses.replace(study, texts={"A": "a", "B": "bc\n"}).hash != (
        dataclasses.replace(study, texts={"A": "ab", "B": "c\n"}).hash
    )


def test_the_hash_is_the_same_on_every_run() -> None:
    assert small_study().hash == small_study().hash


def test_an_empty_study_can_be_filtered_and_has_a_hash() -> None:
    study = make_study({})
    assert study.select(Filter(with_interviewer=True)).codings.empty
    assert study.speakers_of_codings().empty
    assert len(study.hash) == 64
