from codebooks_drawn import examples, versions
from hypothesis import given

from mihqda.codebook import Code, Codebook, Link
from mihqda.codebook.diff import Change, diff, weave

OLD = Codebook(
    "own",
    version="1",
    codes=(
        Code("a", "A"),
        Code("b", "B", parent="a", definition="What b is.", include="this"),
        Code("c", "C", definition="What c is."),
        Code("d", "D"),
        Code("e", "E", attributes={"note": "x"}),
    ),
)


def change(code, **fields):
    return OLD.replace(codes=tuple(one.replace(**fields) if one.id == code else one for one in OLD))


def test_nothing_changed():
    assert diff(OLD, OLD) == ()


def test_a_renamed_code():
    assert diff(OLD, change("a", name="Aa")) == (Change("renamed", "a", {"name": "A"}, {"name": "Aa"}),)


def test_a_moved_code():
    assert diff(OLD, change("b", parent="c")) == (Change("moved", "b", {"parent": "a"}, {"parent": "c"}),)


def test_a_redefined_code_lists_the_rules_that_changed():
    (found,) = diff(OLD, change("b", definition="Else.", exclude="that"))
    assert (found.kind, found.fields) == ("redefined", ("definition", "exclude"))
    assert found.before == {"definition": "What b is.", "exclude": ""}
    assert found.after == {"definition": "Else.", "exclude": "that"}


def test_a_retired_code_and_one_restored():
    retired = change("d", retired=True)
    assert diff(OLD, retired) == (Change("retired", "d", {"retired": False}, {"retired": True}),)
    assert diff(retired, OLD) == (Change("other", "d", {"retired": True}, {"retired": False}),)


def test_other_fields_are_listed_as_plain_data_and_missing_ones_are_missing():
    (found,) = diff(
        OLD, change("e", keywords=("x",), links=(Link("y", "narrower"),), attributes={"order": 1})
    )
    assert (found.kind, set(found.fields)) == ("other", {"keywords", "links", "order", "note"})
    assert found.before == {"keywords": [], "links": [], "note": "x"}
    assert found.after == {"keywords": ["x"], "links": [{"to": "y", "relation": "narrower"}], "order": 1}


def test_several_kinds_of_change_to_one_code_are_told_apart():
    found = diff(OLD, change("b", name="Bb", parent=None, definition="Else.", retired=True, keywords=("x",)))
    assert [one.kind for one in found] == ["renamed", "moved", "redefined", "retired", "other"]


def test_added_and_removed_codes_stand_where_they_stand_in_the_codebook():
    new = OLD.replace(codes=(Code("x", "X"), *OLD.codes[:2], Code("y", "Y", kind="theme"), *OLD.codes[3:]))
    found = diff(OLD, new)
    assert [(one.kind, one.code) for one in found] == [("added", "x"), ("removed", "c"), ("added", "y")]
    assert found[1].before["definition"] == "What c is."
    assert found[1].after == {}
    assert found[2].before == {}
    assert found[2].after["kind"] == "theme"


def test_a_code_that_only_got_another_id_is_flagged_on_both_sides():
    new = OLD.replace(codes=tuple(one.replace(id="cc") if one.id == "c" else one for one in OLD))
    assert {(one.kind, one.code, one.twin) for one in diff(OLD, new)} == {
        ("removed", "c", "cc"), ("added", "cc", "c"),
    }  # fmt: skip


def test_the_same_name_with_another_definition_is_another_code():
    new = OLD.replace(codes=(*OLD.codes[:2], Code("cc", "C", definition="Else."), *OLD.codes[3:]))
    assert {one.twin for one in diff(OLD, new)} == {""}


def test_the_head_comes_first():
    new = change("a", name="Aa").replace(version="2", title="T", meta={"status": "final"})
    found = diff(OLD, new)
    assert [(one.kind, one.code) for one in found] == [("other", ""), ("renamed", "a")]
    assert found[0].before == {"title": "", "version": "1"}
    assert found[0].after == {"title": "T", "version": "2", "status": "final"}


def test_another_order_is_a_change_of_the_head():
    (found,) = diff(OLD, OLD.replace(codes=OLD.codes[::-1]))
    assert found == Change("other", "", {"codes": list("abcde")}, {"codes": list("edcba")})


def test_each_run_of_new_ids_stands_behind_what_stood_before_it():
    assert weave("", "ab") == ["a", "b"]
    assert weave("abc", "xaybz") == ["x", "a", "y", "b", "z", "c"]
    assert weave("ba", "axyb") == ["b", "a", "x", "y"]


@given(versions(), versions())
@examples(40)
def test_no_change_means_equal(old, new):
    changes = diff(old, new)
    assert (changes == ()) == (old == new)
    ids = {code.id for code in (*old, *new)} | {""}
    assert all(one.code in ids and one.before != one.after for one in changes)
    assert len({(one.kind, one.code) for one in changes}) == len(changes)


@given(versions(), versions())
@examples(40)
def test_the_way_back_is_the_way_there_turned_round(old, new):
    turned = {"added": "removed", "removed": "added", "retired": "other"}
    there = {(one.code, field) for one in diff(old, new) for field in one.fields}
    back = {(one.code, field) for one in diff(new, old) for field in one.fields}
    assert there == back
    kinds = {(turned.get(one.kind, one.kind), one.code) for one in diff(old, new)}
    assert {(one.kind, one.code) for one in diff(new, old) if one.kind in ("added", "removed")} <= kinds
