from dataclasses import FrozenInstanceError, fields

import pytest

from mihqda.filters import Filter

LISTS = [field.name for field in fields(Filter) if field.name != "with_interviewer"]


def test_an_empty_filter_selects_everything_and_says_nothing():
    assert Filter().describe() == {}
    assert not Filter().is_on_people
    assert all(getattr(Filter(), name) == () for name in LISTS)


@pytest.mark.parametrize("name", LISTS)
def test_one_value_several_and_doubles_become_a_tuple(name):
    assert getattr(Filter(**{name: "P1"}), name) == ("P1",)
    assert getattr(Filter(**{name: ["b", "a", "b"]}), name) == ("b", "a")
    assert getattr(Filter(**{name: (value for value in "ab")}), name) == ("a", "b")


@pytest.mark.parametrize("name", LISTS)
def test_only_filters_on_people_narrow_the_register(name):
    on_people = name in ("groups", "roles", "sites", "participants")
    assert Filter(**{name: ("x",)}).is_on_people is on_people


def test_it_describes_what_is_set_in_words():
    chosen = Filter(groups=("GPs", "nurses"), valences="none", with_interviewer=True)
    assert chosen.describe() == {"groups": "GPs, nurses", "valences": "none", "with_interviewer": "yes"}


def test_equal_filters_are_one_value():
    assert Filter(codes=["a", "a"]) == Filter(codes="a")
    assert len({Filter(codes="a"), Filter(codes=["a"]), Filter()}) == 2


def test_it_takes_names_only_and_cannot_be_changed():
    with pytest.raises(TypeError):
        Filter(("GPs",))
    with pytest.raises(TypeError):
        Filter(colour=("red",))
    with pytest.raises(FrozenInstanceError):
        Filter().groups = ("GPs",)
