import pytest
from brute_force import Count, write
from hypothesis import given, settings
from hypothesis import strategies as st
from random_studies import filters, queries, studies
from studies import make_study, small_study

from mihqda.filters import Filter
from mihqda.snapshot import Snapshot
from mihqda.themes.phases import COLUMNS, phase_table

PEOPLE = "g: P1 P2 P3"
CODES = """
    phases! domain
      start phase
        start.team subphase
      end phase
    role
"""


def cells(study: Snapshot, **options: bool) -> dict[tuple[str, str], tuple[int, int, int]]:
    return {row[:2]: row[2:] for row in phase_table(study, **options).itertuples(index=False, name=None)}


@settings(max_examples=12, deadline=None)
@given(st.data())
def test_every_cell_equals_the_brute_force_count(data: st.DataObject) -> None:
    study = data.draw(studies())
    query = data.draw(queries())
    study.themes.loc[0] = ["mine", "mine", "", write(query), ""]
    chosen = data.draw(filters(study))
    count = Count(study, chosen)
    expected = count.phase_rows("mine", query)
    for code in ("area", "a", "a.one", "a.two", "b", "lone"):
        expected += count.phase_rows(code, ("code", code))
    found = list(phase_table(study.select(chosen)).itertuples(index=False, name=None))
    shown = {row[0] for row in found}
    if chosen.codes:  # what the filter does not look for is not shown
        expected = [row for row in expected if row[0] in shown]
    assert found == expected


def test_only_who_speaks_inside_the_intersection_counts() -> None:
    study = make_study(
        {"F1": "P1: <role>One. <start>Two.\n\nP2: Three.</role>\n\nP3: Four.</start>"},
        people=PEOPLE,
        codes=CODES,
    )
    assert cells(study) == {("role", "start"): (2, 3, 1), ("role", "end"): (0, 3, 0)}


def test_a_phase_unites_the_codes_below_it() -> None:
    study = make_study(
        {"I1": "P1: <role><start.team>One.</start.team></role>\n\nP1: <role><start>Two.</start></role> <role>X.</role>"},
        people=PEOPLE,
        codes=CODES,
    )  # fmt: skip
    assert cells(study)["role", "start"] == (1, 3, 1)


def test_phases_and_what_is_above_and_below_them_are_no_themes() -> None:
    shown = list(dict.fromkeys(phase_table(small_study(), zeros=True)["theme"]))
    assert shown == ["start", "strain", "themes", "role", "role.lead", "load", "motivation", "other"]
    assert "motivation" not in set(phase_table(small_study())["theme"])


def test_a_filter_on_valence_does_not_take_the_phases_away() -> None:
    study = make_study(
        {"I1": "P1: <start><role ->One.</role></start>\n\nP2: <start><role +>Two.</role></start>"},
        people=PEOPLE,
        codes=CODES,
    )  # fmt: skip
    assert cells(study.select(Filter(valences=("-",))))["role", "start"] == (1, 3, 1)
    assert cells(study.select(Filter(codes=("role",))))["role", "start"] == (2, 3, 2)
    assert cells(study.select(Filter(participants=("P2",))))["role", "start"] == (1, 1, 1)


def test_a_study_without_phases_has_an_empty_table() -> None:
    table = phase_table(make_study({"I1": "P1: <role>One.</role>"}, people=PEOPLE), zeros=True)
    assert table.empty
    assert tuple(table.columns) == COLUMNS


@pytest.mark.parametrize("study", [small_study(), make_study({"I1": "P1: Hm."})])
def test_counts_are_whole_numbers(study: Snapshot) -> None:
    assert [str(phase_table(study)[name].dtype) for name in COLUMNS[2:]] == ["Int64"] * 3
