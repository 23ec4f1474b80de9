import dataclasses
from math import isnan

import pandas as pd
import pytest
from brute_force import Count, write
from hypothesis import given, settings
from hypothesis import strategies as st
from random_studies import EVERY_CODE, filters, queries, studies
from studies import make_study, small_study

from mihqda.errors import NotFoundError
from mihqda.filters import Filter
from mihqda.snapshot import Snapshot
from mihqda.themes import Theme
from mihqda.themes.table import COLUMNS, COUNTS, theme_table

SEVEN = "provider: P1 P2 P3 P4 P5 P6 P7; client: C1 C2 C3"


def row(study: Snapshot, theme: str, group: str = "(all)", **options: object) -> dict[str, object]:
    table = theme_table(study, **options).set_index(["theme", "group"])
    return table.loc[[(theme, group)]].to_dict("records")[0]


def plain(table: pd.DataFrame) -> list[dict[str, object]]:
    """Return the rows with None for everything undefined."""
    return [
        {name: None if pd.isna(value) else value for name, value in one.items()}
        for one in table.to_dict("records")
    ]


# The same counts by brute force


@settings(max_examples=20, deadline=None)
@given(st.data())
def test_every_cell_equals_the_brute_force_count(data: st.DataObject) -> None:
    study = data.draw(studies())
    chosen = data.draw(filters(study))
    query = data.draw(queries())
    by = data.draw(st.sampled_from(("group", "group", "site", "participant")))
    themes = [Theme("mine", query=write(query)), *EVERY_CODE]
    table = theme_table(study.select(chosen), by=by, themes=themes)
    count = Count(study, chosen)
    expected = [
        one
        for theme, tree in [("mine", query), *((code, ("code", code)) for code in EVERY_CODE)]
        for one in count.theme_rows(theme, tree, by)
    ]
    if not any(one["codings"] for one in expected if one["group"] == "(unassigned)"):
        expected = [one for one in expected if one["group"] != "(unassigned)"]
    found = plain(table)
    assert [(one["theme"], one["group"]) for one in found] == [
        (one["theme"], one["group"]) for one in expected
    ]
    for one, other in zip(found, expected, strict=True):
        assert one == pytest.approx(
            {name: None if value != value else value for name, value in other.items()}
        )


@settings(max_examples=10, deadline=None)
@given(st.data())
def test_a_filter_on_a_group_leaves_the_people_of_that_group_as_they_were(data: st.DataObject) -> None:
    study = data.draw(studies())
    group = data.draw(st.sampled_from(("g1", "g2")))
    themes = [Theme("mine", query=write(data.draw(queries())))]
    columns = ["participants", "N", "plus", "minus", "mixed", "codings", "sessions"]
    whole = theme_table(study, themes=themes, zeros=True).set_index("group")[columns]
    narrowed = theme_table(study.select(Filter(groups=(group,))), themes=themes, zeros=True).set_index(
        "group"
    )
    assert narrowed.loc[group, columns].to_dict() == whole.loc[group].to_dict()
    assert narrowed.loc["(all)", columns].to_dict() == whole.loc[group].to_dict()


@settings(max_examples=10, deadline=None)
@given(st.data())
def test_the_codings_of_a_theme_divide_into_those_with_and_those_without_another(data: st.DataObject) -> None:
    study = data.draw(studies())
    one, other = data.draw(st.sampled_from(EVERY_CODE)), data.draw(st.sampled_from(EVERY_CODE))
    whole, without = (
        theme_table(study, themes=[Theme("mine", query=query)], zeros=True).set_index("group").loc["(all)"]
        for query in (one, f"{one} not {other}")
    )
    united = theme_table(study, themes=[Theme("mine", query=f"({one} and {one}) or {one}")], zeros=True)
    assert without["codings"] <= whole["codings"]
    assert united.set_index("group").loc["(all)", "mentions"] == whole["mentions"]


def test_the_order_of_codings_does_not_matter() -> None:
    study = small_study()
    turned = dataclasses.replace(study, codings=study.codings[::-1].reset_index(drop=True))
    pd.testing.assert_frame_equal(theme_table(study), theme_table(turned))


# People


def test_two_of_seven_people_and_six_mentions() -> None:
    study = make_study(
        {
            "I1": """
                P1: <role>One.</role> Uncoded one.
                Interviewer: And?
                P1: <role>Two.</role> Aside. <role>Three.</role>
                Interviewer: And?
                P1: <role>Four.</role>
                Interviewer: And?
                P1: <role>Five.</role>
            """,
            "I2": "P2: <role>Six.</role>",
        },
        people=SEVEN,
    )
    found = row(study, "role", "provider")
    assert (found["participants"], found["N"], found["mentions"], found["codings"]) == (2, 7, 6, 6)


def test_a_person_in_an_interview_and_a_focus_group_is_one() -> None:
    study = make_study({"I1": "P1: <role>A.</role>", "F1": "P1: <role>B.</role>\n\nP2: Well."}, people=SEVEN)
    found = row(study, "role", "provider")
    assert (found["participants"], found["mentions"], found["sessions"]) == (1, 2, 2)


def test_a_label_that_is_mapped_in_one_transcript_is_its_person_there_alone() -> None:
    study = make_study(
        {"I1": "R: <role>A.</role>", "I2": "R: <role>B.</role>"}, people=SEVEN, mapped={("I1", "R"): "P1"}
    )
    assert row(study, "role", "provider")["participants"] == 1
    assert row(study, "role", "(unassigned)")["codings"] == 1


def test_a_joint_statement_counts_for_each_person_and_once_as_a_mention() -> None:
    study = make_study({"J1": "P1 & C1: <role +>Together.</role>"}, people=SEVEN)
    provider, client, everybody = (row(study, "role", group) for group in ("provider", "client", "(all)"))
    assert (provider["participants"], client["participants"], everybody["participants"]) == (1, 1, 2)
    assert (provider["mentions"], client["mentions"], everybody["mentions"]) == (1, 1, 1)
    assert (provider["plus"], client["plus"]) == (1, 1)


def test_a_coding_over_two_turns_counts_for_both_speakers() -> None:
    study = make_study({"F1": "P1: It <role>was a lot.\n\nP2: A</role> lot, yes, it was."}, people=SEVEN)
    found = row(study, "role", "provider")
    assert (found["participants"], found["mentions"], found["codings"]) == (2, 1, 1)


def test_a_coding_that_only_takes_the_label_and_space_of_the_next_turn_is_not_that_persons() -> None:
    study = make_study({"F1": "P1: It <role>was a lot.\n\nP2: </role>A lot."}, people=SEVEN)
    assert row(study, "role", "provider")["participants"] == 1


def test_unknown_speakers_have_a_row_of_their_own_without_people() -> None:
    study = make_study(
        {"F1": "P1: <role>A.</role>\n\nSpeaker 3: <role>B.</role> <load>C.</load>"}, people=SEVEN
    )
    unknown = row(study, "role", "(unassigned)")
    assert (unknown["mentions"], unknown["codings"], unknown["sessions"]) == (1, 1, 1)
    for column in ("participants", "N", "plus", "minus", "mixed", "N_asked", "rate", "rate_low", "rate_high"):
        assert pd.isna(unknown[column])
    everybody = row(study, "role")
    assert (everybody["participants"], everybody["N"], everybody["mentions"], everybody["codings"]) == (
        1,
        10,
        2,
        2,
    )


def test_a_theme_of_unknown_speakers_alone_shows_zero_participants_of_each_group() -> None:
    study = make_study({"F1": "Speaker 3: <load>C.</load>"}, people=SEVEN)
    assert row(study, "load", "provider")["participants"] == 0
    assert row(study, "load")["codings"] == 1


def test_without_unknown_speakers_there_is_no_row_for_them() -> None:
    study = make_study({"F1": "P1: <role>A.</role>\n\nSpeaker 3: Nothing coded."}, people=SEVEN)
    assert list(theme_table(study)["group"]) == ["provider", "client", "(all)"]


def test_without_a_register_everybody_is_unassigned() -> None:
    table = theme_table(make_study({"F1": "P1: <role>A.</role>"}))
    assert list(table["group"]) == ["(all)", "(unassigned)"]
    assert list(table["codings"]) == [1, 1]
    assert table.loc[0, ["participants", "N"]].to_list() == [0, 0]
    assert isnan(table.loc[0, "rate"])


def test_an_interviewers_coding_counts_nowhere() -> None:
    study = make_study({"I1": "Interviewer: <role>Were roles clear?</role>\n\nP1: <load>Yes, they were.</load>"},
                       people=SEVEN)  # fmt: skip
    assert set(theme_table(study)["theme"]) == {"load"}
    assert row(study, "role", zeros=True)["codings"] == 0


def test_with_interviewers_they_have_a_row_and_count_in_all() -> None:
    study = make_study(
        {"I1": "Interviewer: <role>Were roles clear?</role>\n\nP1: <role>Yes, they were.</role>"},
        people=SEVEN,
    ).select(Filter(with_interviewer=True))
    asks, everybody = row(study, "role", "(interviewer)"), row(study, "role")
    assert (asks["mentions"], asks["codings"], asks["sessions"]) == (1, 1, 1)
    assert pd.isna(asks["participants"])
    assert pd.isna(asks["N"])
    assert (everybody["participants"], everybody["mentions"], everybody["codings"]) == (1, 2, 2)
    assert everybody["rate"] == pytest.approx(1000 / 3)  # one mention of a participant in her three words


# Mentions


def mentions_of(talk: str, **options: object) -> int:
    return row(make_study({"F1": talk}, people=SEVEN, **options), "role")["mentions"]


@pytest.mark.parametrize(
    ("talk", "count"),
    [
        ("P1: <role>One. <role @ben>Two.</role @ben> Three.</role>", 1),  # nested, two coders
        ("P1: <role>One. <role @ben>Two.</role @ann> Three.</role @ben>", 1),  # crossing
        ("P1: <role @eve>One. <role>Two.</role @ann> Three. <role>Four.</role @ann> Five.</role>", 1),  # two in one
        ("P1: <role>One.</role><role>Two.</role>", 1),  # touching
        ("P1: <role>One.</role> \t <role>Two.</role>", 1),  # white space between
        ("P1: <role>One.</role> So. <role>Two.</role>", 2),
        ("P1: <role>One.</role>,<role>Two.</role>", 2),  # a comma is more than white space
        ("P1: <role>One.</role>\n\nP2: Hm.\n\nP1: <role>Two.</role>", 1),  # a backchannel between
        ("P1: <role>One.</role>\n\nInterviewer: Mm-hm.\n\nP1: <role>Two.</role>", 1),
        ("P1: <role>One.</role>\n\nInterviewer: And then?\n\nP1: <role>Two.</role>", 2),
        ("P1: <role>One.</role>\n\nP2: No.\n\nP1: <role>Two.</role>", 2),  # no is an answer
        ("P1: <role>One.</role>\n# a pause\nP1: <role>Two.</role>", 1),  # no speech between
        ("P1: <role>One.</role>\n\nP2: <role>Two.</role>", 2),  # touching, but of two people
        ("P1: <role>One.\n\nP2: Two.</role>\n\nP2: <role>Three.</role>", 1),  # they share P2
        ("P1: <role>One.</role>\n\nP1 & P2: <role>Two.</role>\n\nP2: <role>Three.</role>", 1),  # linked by the second
        ("Speaker 3: <role>One.</role>\n\nSpeaker 3: <role>Two.</role>", 1),  # the same stranger
        ("Speaker 3: <role>One.</role>\n\nSpeaker 4: <role>Two.</role>", 2),
        ("P1: <role>🙂🙂</role><role>e\u0301t\u0065\u0301</role>", 1),
        ("P1: <role>🙂</role>\u0301<role>Two.</role>", 2),  # a combining mark is no white space
        ("P1: <role>Well.\n\nP2: Hm.</role>\n\nP2: <role>Two words here.</role>", 2),  # P2's sound links nothing
    ],
)  # fmt: skip
def test_codings_that_belong_together_are_one_mention(talk: str, count: int) -> None:
    assert mentions_of(talk) == count


def test_strangers_with_the_same_label_in_two_transcripts_are_two() -> None:
    study = make_study({"A": "R: <role>One.</role>", "B": "R: <role>Two.</role>"}, people=SEVEN)
    assert row(study, "role", "(unassigned)")["mentions"] == 2


def test_a_backchannel_counts_for_nobody() -> None:
    study = make_study(
        {"F1": "P1: It <role>was hard.\n\nP2: Ja, precies.\n\nP3: Really hard.</role>"}, people=SEVEN
    )
    assert row(study, "role", "provider")["participants"] == 2
    alone = make_study({"F1": "P2: <role>Ja, precies.</role>\n\nP3: <load>Really hard.</load>"}, people=SEVEN)
    assert set(theme_table(alone)["theme"]) == {"load"}


def test_groups_do_not_add_up_to_all() -> None:
    study = make_study({"F1": "P1: It <role>was a lot.\n\nC1: A lot, yes.</role>"}, people=SEVEN)
    table = theme_table(study).set_index("group")
    assert list(table["mentions"]) == [1, 1, 1]


# Parents, queries, valence


PARENTS = """
    top!
      a
        a.one
        a.two
      b
"""


def test_a_parent_unites_its_children_and_does_not_add_them() -> None:
    study = make_study(
        {
            "I1": "P1: <a.one><a.two><a>One.</a></a.two></a.one>\n\nP2: <a.one>Two.</a.one>\n\nP3: <a.two>Three.</a.two>"
        },
        people=SEVEN,
        codes=PARENTS,
    )
    assert row(study, "a.one", "provider")["participants"] == 2
    assert row(study, "a.two", "provider")["participants"] == 2
    for parent in ("a", "top"):
        found = row(study, parent, "provider")
        assert (found["participants"], found["mentions"], found["codings"]) == (3, 3, 5)


def test_plus_minus_and_mixed_are_kept_apart() -> None:
    study = make_study(
        {
            "F1": """
                P1: <role +>Clear.</role> Then again: <role ->not at all.</role>
                P2: <role +>Clear.</role>
                P3: <role ±>Clear and not clear.</role>
                P4: <role 0>I have heard of it.</role>
                P5: <role>Roles.</role>
                P6: <role ->Unclear.</role>
            """
        },
        people=SEVEN,
    )
    found = row(study, "role", "provider")
    assert (found["plus"], found["minus"], found["mixed"], found["participants"]) == (2, 2, 2, 6)


def test_plus_and_minus_of_two_codes_below_make_the_parent_mixed() -> None:
    study = make_study(
        {"I1": "P1: <a.one +>Good.</a.one> But. <a.two ->Bad.</a.two>"}, people=SEVEN, codes=PARENTS
    )
    assert row(study, "a", "provider")["mixed"] == 1
    assert row(study, "a.one", "provider")["mixed"] == 0


def test_and_takes_the_people_inside_the_intersection() -> None:
    study = make_study({"F1": "P1: <a>One. \n\nP2: <b>Two.</a> Three.\n\nP3: Four.</b>"}, people=SEVEN)
    found = row(study, "both", "provider", themes=[Theme("both", query="a and b")])
    assert (found["participants"], found["codings"], found["mentions"]) == (1, 2, 1)


def test_and_needs_more_than_shared_white_space() -> None:
    study = make_study({"F1": "P1: <a>One.<b> </a>Two.</b>"}, people=SEVEN)
    assert theme_table(study, themes=[Theme("both", query="a and b")]).empty


def test_not_drops_the_codings_that_overlap() -> None:
    study = make_study({"F1": "P1: <a>One <b>two.</b></a>\n\nP2: <a>Three.</a> <b>Four.</b>"}, people=SEVEN)
    found = row(study, "only", "provider", themes=[Theme("only", query="a not b")])
    assert (found["participants"], found["codings"]) == (1, 1)


@pytest.mark.parametrize(
    "talk",
    [
        "Interviewer: <a><b>Why?</b>\n\nP1: Because.</a>",
        "P1: <a>Because.\n\nInterviewer: <b>And?</a>\n\nP1: So.</b>",
        "P1: <a>Because.<b> </a>So.</b>",
        "P1: <a>Because.\n\n<b>P2:</a> So.</b>",
        "P1: <a>Because.\n\nP2: <b>Mm-hm.</a>\n\nP2: So.</b>",
    ],
)
def test_not_does_not_look_at_questions_sounds_labels_and_spaces(talk: str) -> None:
    study = make_study({"I1": talk}, people=SEVEN)
    assert row(study, "only", "provider", themes=[Theme("only", query="a not b")])["participants"] == 1


def test_a_code_under_both_sides_of_or_counts_once() -> None:
    study = make_study({"I1": "P1: <a.one>One.</a.one>"}, people=SEVEN, codes=PARENTS)
    found = row(study, "any", "provider", themes=[Theme("any", query="a or a.one or top")])
    assert (found["mentions"], found["codings"]) == (1, 1)


# Rates


def test_rate_is_mentions_per_thousand_words_with_the_range_over_people() -> None:
    study = make_study(
        {"F1": "P1: <role>one two three four.</role>\n\nP2: <role>one</role> two <role>three</role> four five six\n\n"
               "P3: one two\n\nC1: one"},
        people=SEVEN,
    )  # fmt: skip
    provider, client = row(study, "role", "provider"), row(study, "role", "client")
    assert provider["rate"] == pytest.approx(1000 * 3 / 12)
    assert provider["rate_low"] == 0  # P3 has words and no mention
    assert provider["rate_high"] == pytest.approx(1000 * 2 / 6)
    assert (client["rate"], client["rate_low"], client["rate_high"]) == (0, 0, 0)


def test_the_words_of_a_shared_turn_count_once_for_a_group_and_for_each_person() -> None:
    study = make_study(
        {"J1": "P1 & P2: <role>one two three four</role>\n\nP2: five six seven eight"}, people=SEVEN
    )
    found = row(study, "role", "provider")
    assert found["rate"] == pytest.approx(1000 / 8)
    assert (found["rate_low"], found["rate_high"]) == (pytest.approx(1000 / 8), pytest.approx(1000 / 4))


def test_a_group_without_words_has_no_rate() -> None:
    study = make_study({"I1": "P1: <role>one</role>"}, people=SEVEN)
    found = row(study, "role", "client")
    assert (found["participants"], found["N"], found["mentions"]) == (0, 3, 0)
    assert all(isnan(found[name]) for name in ("rate", "rate_low", "rate_high"))


# Who was asked


def test_asked_counts_by_person_by_session_and_for_the_codes_below() -> None:
    study = make_study(
        {"F1": "P1: <a.one>One.</a.one>\n\nP2: Hm.\n\nC1: <b>Two.</b>", "I1": "P3: Three."},
        people=SEVEN,
        codes=PARENTS,
        asked=[("a", "", "S-F1"), ("a", "P5", ""), ("a.one", "P6", "")],
    )
    assert row(study, "a", "provider")["N_asked"] == 3  # P1 and P2 in the session, P5 by herself
    assert row(study, "a.one", "provider")["N_asked"] == 4
    assert row(study, "a.one", "client")["N_asked"] == 1
    assert row(study, "a.one")["N_asked"] == 5
    assert pd.isna(row(study, "b", "provider")["N_asked"])
    assert pd.isna(row(study, "top", "provider")["N_asked"])


# Which rows, in which order


def test_the_studys_themes_come_first_then_codes_in_the_codebooks_order() -> None:
    table = theme_table(small_study())
    assert list(dict.fromkeys(table["theme"])) == [
        "start", "strain", "phases", "phase.onboarding", "phase.training", "themes", "role", "role.lead", "load",
        "motivation",
    ]  # fmt: skip
    assert list(dict.fromkeys(table["group"])) == ["provider", "client", "(all)", "(unassigned)"]


def test_zeros_show_uncoded_codes_but_no_containers() -> None:
    study = make_study(
        {"I1": "P1: <b>One.</b>"}, people=SEVEN, codes=PARENTS + "      empty!\n", themes={"t": "a"}
    )
    assert list(dict.fromkeys(theme_table(study)["theme"])) == ["top", "b"]
    shown = theme_table(study, zeros=True)
    assert list(dict.fromkeys(shown["theme"])) == ["t", "top", "a", "a.one", "a.two", "b"]
    assert list(dict.fromkeys(theme_table(study, zeros=True, themes=["empty", "a"])["theme"])) == [
        "empty",
        "a",
    ]
    assert shown.set_index(["theme", "group"]).loc[("a", "client"), ["participants", "N"]].to_list() == [0, 3]


def test_retired_codes_show_only_with_codings() -> None:
    study = make_study({"I1": "P1: <b>One.</b>"}, people=SEVEN, codes="a\nb")
    study.codes["retired"] = True
    assert list(dict.fromkeys(theme_table(study, zeros=True)["theme"])) == ["b"]


def test_groups_stand_as_the_register_first_names_them_with_nobodys_last() -> None:
    study = make_study({"I1": "Z1: <a>One.</a>"}, people="zeta: Z1; : N1; alpha: A1; zeta: Z2")
    assert list(theme_table(study)["group"]) == ["zeta", "alpha", "(none)", "(all)"]
    assert list(theme_table(study)["N"]) == [2, 1, 1, 4]


def test_any_column_of_the_register_makes_groups() -> None:
    study = make_study(
        {"I1": "P1: <a>One.</a>"}, people="g: P1 P2", attributes={"P1": {"years": "3"}, "P2": {"years": "10"}}
    )
    assert list(theme_table(study, by="years")["group"]) == ["3", "10", "(all)"]
    assert list(theme_table(study, by="participant")["group"]) == ["P1", "P2", "(all)"]
    with pytest.raises(NotFoundError, match="no column 'age'; it has: participant, group, role, site, years"):
        theme_table(study, by="age")


def test_themes_can_be_named() -> None:
    table = theme_table(small_study(), themes=["load", "start", Theme("new", query="load or role")])
    assert list(dict.fromkeys(table["theme"])) == ["load", "start", "new"]
    with pytest.raises(NotFoundError, match="no theme or code 'lode'; did you mean load"):
        theme_table(small_study(), themes=["lode"])


def test_a_theme_over_an_unknown_code_is_an_error_that_names_it() -> None:
    study = make_study({"I1": "P1: <role>One.</role>"}, people=SEVEN, themes={"mine": "role not rolle"})
    with pytest.raises(NotFoundError, match="theme mine: the study has no code 'rolle'; did you mean role"):
        theme_table(study)


def test_a_studys_theme_takes_the_place_of_a_code_with_its_id() -> None:
    study = make_study({"I1": "P1: <a>One.</a> Two. <b>Three.</b>"}, people=SEVEN, themes={"a": "a or b"})
    assert row(study, "a", "provider")["codings"] == 2
    assert list(theme_table(study)["theme"]) == ["a"] * 3 + ["b"] * 3


# Filters


def test_a_filter_on_valence_keeps_the_other_side_of_and_and_not() -> None:
    study = make_study(
        {"I1": "P1: <a ->One <b>two.</b></a>\n\nP2: <a +><b>Three.</b></a>\n\nP3: <a ->Four.</a>"},
        people=SEVEN,
    ).select(Filter(valences=("-",)))
    themes = [Theme("with", query="a and b"), Theme("without", query="a not b"), "a"]
    table = theme_table(study, themes=themes).set_index(["theme", "group"])["participants"]
    assert table.loc[("with", "provider")] == 1
    assert table.loc[("without", "provider")] == 1
    assert table.loc[("a", "provider")] == 2


def test_a_filter_on_codes_shows_these_codes_and_the_themes_that_look_for_them() -> None:
    study = small_study().select(Filter(codes=("role",)))
    table = theme_table(study, zeros=True)
    assert list(dict.fromkeys(table["theme"])) == ["start", "strain", "role", "role.lead"]
    whole = theme_table(small_study()).set_index(["theme", "group"])
    pd.testing.assert_series_equal(
        table.set_index(["theme", "group"]).loc["start", "mentions"], whole.loc["start", "mentions"]
    )


def test_n_is_narrowed_by_people_and_by_nothing_else() -> None:
    study = small_study()
    assert row(study.select(Filter(sites=("North",))), "role", "client")["N"] == 5
    for chosen in (Filter(kinds=("interview",)), Filter(coders=("ben",)), Filter(valences=("-",))):
        assert row(study.select(chosen), "role", "client")["N"] == 11


def test_a_coders_layer_alone_can_be_counted() -> None:
    assert row(small_study().select(Filter(coders=("ben",))), "load")["codings"] == 1


# The frame


def test_the_frame_has_the_documented_columns_and_types() -> None:
    for study in (small_study(), make_study({"I1": "P1: Nothing."})):
        table = theme_table(study)
        assert tuple(table.columns) == COLUMNS
        for name in COLUMNS[2:]:
            assert table[name].dtype == ("Int64" if name in COUNTS else "float64")


def test_the_snapshot_stays_as_it_is() -> None:
    study = small_study()
    theme_table(study, by="role", zeros=True)
    assert study.hash == small_study().hash
