"""Which quotes a report shows, and who is said to have said them."""

from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading_reports import STUDIES, large_codebook
from studies import make_study, small_study

from mihqda.filters import Filter
from mihqda.reports.build import build_report
from mihqda.reports.grid import Quote
from mihqda.reports.quotes import find_quotes
from mihqda.reports.spread import pick_for_table, spread


def quote(number: int, speakers: tuple[str, ...], group: str, session: str, start: int, length: int) -> Quote:
    return Quote(
        (f"c{number}",), session, start, start + length, "x" * length, "", speakers, (group,), session
    )  # fmt: skip


@st.composite
def quotes(draw: st.DrawFn) -> list[Quote]:
    people = st.sampled_from([("P1",), ("P2",), ("P3",), ("P1", "P2"), ()])
    rows = draw(
        st.lists(
            st.tuples(people, st.sampled_from("gh"), st.sampled_from(["S1", "S2", "S3"]), st.integers(0, 300), st.integers(1, 500)),
            max_size=15, unique_by=lambda row: (row[2], row[3], row[4]),
        )
    )  # fmt: skip
    return [quote(number, *row) for number, row in enumerate(rows)]


def bare(one: Quote) -> tuple[Any, ...]:
    return one.codings, one.transcript, one.start, one.end


@given(quotes(), st.integers(1, 3), st.randoms(use_true_random=False))
def test_spreading_loses_nothing_and_does_not_depend_on_the_order_given(
    found: list[Quote], k: int, chance: Any
) -> None:
    ordered = spread(found, k=k, groups={"g": 0, "h": 1})
    assert sorted(map(bare, ordered)) == sorted(map(bare, found))
    shuffled = list(ordered)
    chance.shuffle(shuffled)
    assert spread(shuffled, k=k, groups={"g": 0, "h": 1}) == ordered


@given(quotes(), st.integers(1, 3))
def test_at_most_k_of_a_person_are_chosen_and_none_overlaps_another(found: list[Quote], k: int) -> None:
    ordered = spread(found, k=k, groups={})
    chosen = [one for one in ordered if one.is_chosen]
    assert list(ordered[: len(chosen)]) == chosen
    people = Counter(person for one in chosen for person in one.speakers or (one.session,))
    assert all(number <= k for number in people.values())
    for at, one in enumerate(chosen):
        for other in chosen[at + 1 :]:
            assert one.transcript != other.transcript or one.end <= other.start or other.end <= one.start
    # Nobody is left out while there is room: every speaker alone in a free place has a quote.
    for one in ordered:
        if not one.is_chosen:
            is_full = any(people[person] >= k for person in one.speakers or (one.session,))
            overlaps = any(
                one.transcript == other.transcript and one.start < other.end and other.start < one.end
                for other in chosen
            )
            assert is_full or overlaps


def test_groups_people_and_sessions_take_turns() -> None:
    found = [
        quote(1, ("P1",), "g", "S1", 0, 50), quote(2, ("P1",), "g", "S1", 60, 50), quote(3, ("P1",), "g", "S2", 0, 50),
        quote(4, ("P2",), "g", "S1", 200, 50), quote(5, ("C1",), "h", "S3", 0, 50),
    ]  # fmt: skip
    ordered = spread(found, k=2, groups={"g": 0, "h": 1})
    assert [one.codings[0] for one in ordered] == ["c1", "c5", "c4", "c3", "c2"]
    assert [one.is_chosen for one in ordered] == [True, True, True, True, False]


def test_the_table_takes_two_and_prefers_those_that_fit() -> None:
    found = [
        quote(1, ("P1",), "g", "S1", 0, 900),
        quote(2, ("P2",), "g", "S2", 0, 50),
        quote(3, ("P3",), "h", "S3", 0, 90),
    ]
    picked = pick_for_table(spread(found, k=1, groups={"g": 0, "h": 1}))
    assert [one.codings[0] for one in picked] == ["c2", "c3"]
    assert pick_for_table(()) == ()


def test_the_table_repeats_a_quote_only_if_there_is_no_other() -> None:
    found = spread([quote(n, (f"P{n}",), "g", "S1", 100 * n, 50 + n) for n in range(3)], k=1, groups={})
    assert [one.codings[0] for one in pick_for_table(found, {found[0].text})] == ["c1", "c2"]
    assert len(pick_for_table(found, {one.text for one in found})) == 2


@pytest.mark.parametrize("name", list(STUDIES))
def test_every_quote_is_exactly_its_text_without_white_space_at_its_ends(name: str) -> None:
    study = STUDIES[name]()
    for of_theme in find_quotes(study).values():
        for one in of_theme:
            assert one.text == study.texts[one.transcript][one.start : one.end] == one.text.strip()
            assert one.text


def attributions(theme: str, study: Any = None) -> dict[str, str]:
    return {one.text: one.attribution for one in find_quotes(study or small_study())[theme]}


def test_an_interview_is_attributed_to_person_and_role() -> None:
    assert attributions("role.lead") == {"I thought the project lead was.": "(P1, implementation manager)"}


def test_a_focus_group_is_attributed_to_session_and_person() -> None:
    said = attributions("role")
    assert said["Every week somebody else answered the phone."] == "(S3, P2)"
    assert said["I never knew whom to call 🙂."] == "(S3, speaker not identified)"


def test_people_who_share_a_statement_are_both_named() -> None:
    assert attributions("role")["We did everything together."] == "(C3/C4)"


def test_a_person_without_a_role_is_the_id_alone() -> None:
    study = make_study({"I1": "P1: <a>No time.</a>"}, people="g: P1")
    assert attributions("a", study) == {"No time.": "(P1)"}


def test_an_unknown_speaker_and_an_interviewer_are_not_given_a_name() -> None:
    study = make_study({"I1": "Jan Jansen: <a>No time.</a>\n\nInterviewer: <a>None?</a>"}, people="g: P1")
    asked = study.select(Filter(with_interviewer=True))
    assert attributions("a", asked) == {
        "No time.": "(S-I1, speaker not identified)", "None?": "(S-I1, interviewer)",
    }  # fmt: skip


def test_a_coding_over_several_turns_is_marked_a_shared_turn_is_not() -> None:
    marked = {one.codings[0]: one.is_over_several for of in find_quotes(small_study()).values() for one in of}
    assert (marked["c14"], marked["c19"], marked["c18"], marked["c4"]) == (True, True, False, False)


def test_the_same_words_of_two_coders_are_one_quote() -> None:
    study = make_study({"I1": "P1: <a + @x><a - @y>No time.</a></a>"}, people="g: P1")
    (one,) = find_quotes(study)["a"]
    assert (one.coders, one.valences, len(one.codings)) == (("x", "y"), ("+", "-"), 2)


def test_a_parent_lists_what_its_children_do_not() -> None:
    listed = {theme.theme: theme for theme in build_report(small_study()).quotes.themes}
    assert all(group.quotes == () for group in listed["themes"].groups)
    assert [name for name, _ in listed["themes"].groups[0].below] == ["Role", "Load", "Motivation"]
    own = {one.text for group in listed["role"].groups for one in group.quotes}
    assert "I thought the project lead was." not in own
    assert ("Role.lead", listed["role.lead"].groups[0].anchor) in listed["role"].groups[0].below


@pytest.mark.parametrize("study", [small_study(), large_codebook()], ids=["small", "large"])
def test_every_quote_of_a_theme_is_listed_with_it_or_below_it(study: Any) -> None:
    report = build_report(study)
    anchors = {theme.anchor: theme for theme in report.quotes.themes}
    own = {
        theme.theme: {bare(one)[1:] for group in theme.groups for one in group.quotes}
        for theme in report.quotes.themes
    }

    def with_children(theme: Any) -> set[Any]:
        below = [anchors[anchor.rpartition("-")[0]] for group in theme.groups for _, anchor in group.below]
        return own[theme.theme].union(*(with_children(one) for one in below))

    found = find_quotes(study)
    for theme in report.quotes.themes:
        assert with_children(theme) == {bare(one)[1:] for one in found[theme.theme]}


def test_a_statement_of_two_groups_stands_under_both() -> None:
    study = make_study({"J1": "P1 & C1: <a>We both did.</a>"}, people="g: P1; h: C1")
    (theme,) = build_report(study).quotes.themes
    assert [(group.group, group.count, len(group.quotes)) for group in theme.groups] == [
        ("g", "1/1", 1),
        ("h", "1/1", 1),
    ]
