import pytest
from hypothesis import given
from hypothesis import strategies as st

from mihqda.errors import BulkError, InputError
from mihqda.participants import (
    Asked,
    SpeakerRule,
    infer_session_kind,
    is_generic_label,
    is_interviewer_label,
    read_asked,
    read_date,
    read_register,
    read_sessions,
    resolve_speakers,
)
from mihqda.tables import Row, Table


def table(head: str, *rows: str) -> Table:
    columns = tuple(head.split(","))
    return Table(
        "people.csv",
        columns,
        tuple(Row(n, dict(zip(columns, row.split(","), strict=True))) for n, row in enumerate(rows, 2)),
        "utf-8",
        (),
    )


@pytest.mark.parametrize(
    "label",
    [
        "Interviewer",
        "INTERVIEWER 2",
        "Moderator",
        "I",
        "I1",
        "Facilitator",
        "Gespreksleider",
        "Interviewer B",
        "Q",
    ],
)
def test_labels_of_who_asks_are_recognised(label: str) -> None:
    assert is_interviewer_label(label)


@pytest.mark.parametrize("label", ["P1", "IM1", "Ilse", "Project lead", "Inge 2", "PL03", "Moderata"])
def test_labels_of_people_are_not_taken_for_who_asks(label: str) -> None:
    assert not is_interviewer_label(label)


def test_a_study_can_set_its_own_interviewer_labels() -> None:
    assert is_interviewer_label("kb", ["KB"])


@pytest.mark.parametrize(
    ("label", "generic"), [("R", True), ("Speaker 1", True), ("S01", True), ("P1", False), ("Rob", False)]
)
def test_labels_that_could_be_anybody_are_generic(label: str, generic: bool) -> None:
    assert is_generic_label(label) is generic


def test_a_register_keeps_every_other_column() -> None:
    register = read_register(table("participant,group,role,years", "P1,client,lead,4", "P2,provider,,"))
    assert [(p.id, p.group, p.role, dict(p.attributes)) for p in register.participants] == [
        ("P1", "client", "lead", {"years": "4"}),
        ("P2", "provider", "", {"years": ""}),
    ]


def test_several_rows_of_a_person_may_leave_cells_empty_but_not_disagree() -> None:
    register = read_register(
        table("participant,group,site,transcript,speaker", "P1,client,North,T1,R", "P1,,,T2,Speaker 1")
    )
    assert len(register.participants) == 1
    assert set(register.rules) == {
        SpeakerRule("T1", "R", "participant", "P1"),
        SpeakerRule("T2", "Speaker 1", "participant", "P1"),
    }
    with pytest.raises(BulkError, match="row 3, site: disagrees with row 2 of participant P1"):
        read_register(table("participant,group,site", "P1,client,North", "P1,client,South"))


@pytest.mark.parametrize(
    ("head", "row", "reason"),
    [
        ("participant,group", ",client", "row 2, participant: is empty"),
        ("participant,group", "P1,", "has no group"),
        ("participant,group,speaker", "P1,client,R", "could be anybody; say in which transcript"),
        ("participant,group,kind", "P1,client,dog", "none of: participant"),
        (
            "participant,group,transcript,speaker,kind",
            "P1,client,T1,X,interviewer",
            "but the row names participant P1",
        ),
    ],
)
def test_bad_register_rows_are_listed_with_number_and_reason(head: str, row: str, reason: str) -> None:
    with pytest.raises(BulkError, match=reason):
        read_register(table(head, row))


def test_one_label_cannot_be_two_people_in_a_transcript() -> None:
    with pytest.raises(BulkError, match="row 2 maps it to another person"):
        read_register(table("participant,group,transcript,speaker", "P1,a,T1,R", "P2,a,T1,r"))


def test_ids_that_differ_only_in_case_are_refused() -> None:
    with pytest.raises(BulkError, match="differs from 'P1' only in case"):
        read_register(table("participant,group", "P1,a", "p1,a"))


def test_a_register_without_its_columns_names_what_is_missing() -> None:
    with pytest.raises(InputError, match="group"):
        read_register(table("participant,team", "P1,a"))


def test_the_completed_template_maps_interviewers_and_leaves_open_rows_open() -> None:
    register = read_register(
        table(
            "participant,group,transcript,speaker,kind",
            "P1,client,T1,R,",
            ",,T1,KB,interviewer",
            ",,T2,Speaker 2,",
        )
    )
    assert [p.id for p in register.participants] == ["P1"]
    assert set(register.rules) == {
        SpeakerRule("T1", "R", "participant", "P1"),
        SpeakerRule("T1", "KB", "interviewer"),
    }


def resolve(
    labels: dict[str, list[str]], people: list[str], *rules: SpeakerRule
) -> dict[tuple[str, str], tuple[str, str]]:
    return resolve_speakers(labels, participants=people, rules=rules)


def test_a_label_equal_to_a_participants_id_is_that_person_whatever_the_case() -> None:
    assert resolve({"T": ["p1"]}, ["P1"])["T", "p1"] == ("participant", "P1")


def test_a_generic_label_maps_only_per_transcript() -> None:
    rule = SpeakerRule("T1", "R", "participant", "P1")
    found = resolve({"T1": ["R"], "T2": ["R"]}, ["P1", "R"], rule)
    assert found == {("T1", "R"): ("participant", "P1"), ("T2", "R"): ("unknown", "")}


def test_an_unmapped_speaker_stays_unknown_and_is_never_dropped() -> None:
    assert resolve({"T": ["Interviewer", "Speaker 3", ""]}, ["P1"]) == {
        ("T", "Interviewer"): ("interviewer", ""),
        ("T", "Speaker 3"): ("unknown", ""),
        ("T", ""): ("unknown", ""),
    }


def test_a_person_named_for_a_transcript_is_its_only_open_voice() -> None:
    rule = SpeakerRule("T", "", "participant", "P1")
    assert resolve({"T": ["Interviewer", "Speaker 1"]}, ["P1"], rule)["T", "Speaker 1"] == (
        "participant",
        "P1",
    )
    two = resolve({"T": ["Speaker 1", "Speaker 2"]}, ["P1"], rule)
    assert set(two.values()) == {("unknown", "")}


def test_people_named_for_a_focus_group_are_found_by_their_labels() -> None:
    rules = [SpeakerRule("T", "", "participant", person) for person in ("P1", "P2")]
    found = resolve({"T": ["Moderator", "P1", "P2", "Voice"]}, ["P1", "P2"], *rules)
    assert found["T", "P2"] == ("participant", "P2")
    assert found["T", "Voice"] == ("unknown", "")


def test_a_rule_beats_a_recognised_interviewer_label() -> None:
    rule = SpeakerRule("T", "I", "participant", "P1")
    assert resolve({"T": ["I"]}, ["P1"], rule)["T", "I"] == ("participant", "P1")


@given(st.dictionaries(st.sampled_from(["T1", "T2"]), st.lists(st.sampled_from(["P1", "R", "I", "", "x"]))))
def test_every_label_gets_exactly_one_kind(labels: dict[str, list[str]]) -> None:
    found = resolve(labels, ["P1"])
    assert set(found) == {(t, label) for t, many in labels.items() for label in many}


def test_sessions_know_their_transcripts_and_read_decimal_commas() -> None:
    (session,) = read_sessions(
        table("session,kind,duration,transcripts", "FG1,Focus_group,62;5,a;b".replace("62;5", "62.5"))
    )
    assert (session.kind, session.duration, session.transcripts) == ("focus group", 62.5, ("a", "b"))


def test_a_session_without_transcripts_is_the_transcript_of_its_name() -> None:
    (session,) = read_sessions(table("session,kind", "FG1,focus group"))
    assert session.transcripts == ("FG1",)


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        (["S1,chat,,"], "kind: is none of"),
        (["S1,interview,long,"], "is not a number of minutes"),
        (["S1,interview,,", "S1,interview,,"], "occurs twice"),
        (["S1,interview,,T", "S2,interview,,T"], "belongs to the session of row 2"),
    ],
)
def test_bad_sessions_are_listed(rows: list[str], reason: str) -> None:
    with pytest.raises(BulkError, match=reason):
        read_sessions(table("session,kind,duration,transcripts", *rows))


def test_who_was_asked_reads_long_and_wide_tables() -> None:
    long = read_asked(table("topic,participant,session,asked", "role,P1,,yes", "role,,FG1,ja", "time,P1,,no"))
    wide = read_asked(table("participant,role,time", "P1,x,nee"))
    assert long == (Asked("role", "P1"), Asked("role", "", "FG1"))
    assert wide == (Asked("role", "P1"),)


def test_an_answer_that_is_neither_yes_nor_no_is_refused() -> None:
    with pytest.raises(BulkError, match="role: is neither yes nor no"):
        read_asked(table("participant,role", "P1,perhaps"))


def test_the_kind_of_a_session_follows_from_who_speaks() -> None:
    assert [infer_session_kind(n) for n in (0, 1, 2, 3)] == [
        "interview",
        "interview",
        "joint interview",
        "focus group",
    ]


def test_heads_of_dutch_and_german_offices_are_known() -> None:
    register = read_register(table("deelnemer,groep,rol,leeftijd", "P1,client,lead,34"))
    assert [(p.id, p.group, p.role, dict(p.attributes)) for p in register.participants] == [
        ("P1", "client", "lead", {"leeftijd": "34"})
    ]
    kept = read_register(table("participant,group,groep", "P1,client,A"))
    assert dict(kept.participants[0].attributes) == {"groep": "A"}


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2026-01-31", "2026-01-31"), ("2026-01-31T00:00:00", "2026-01-31"), ("31-1-2026", "2026-01-31"),
        ("31.01.2026", "2026-01-31"), ("31/1/2026", "2026-01-31"), ("2026-01", "2026-01"), ("2026", "2026"), ("", ""),
    ],
)  # fmt: skip
def test_dates_are_read_as_offices_write_them(written: str, read: str) -> None:
    assert read_date(written) == read


@pytest.mark.parametrize("written", ["2026-13-01", "3/4/2026", "30-2-2026", "spring", "2026-99"])
def test_what_is_no_date_or_two_dates_is_refused(written: str) -> None:
    with pytest.raises(InputError, match="is no date"):
        read_date(written)
