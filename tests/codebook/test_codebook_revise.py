import pytest
from codebooks_drawn import examples, versions
from hypothesis import assume, given
from hypothesis import strategies as st

from mihqda.codebook import Code, Codebook, Link, revise
from mihqda.codebook.model import descendants
from mihqda.errors import InputError, NotFoundError

BOOK = Codebook(
    "own",
    codes=(
        Code("a", "A", codable=False),
        Code("a1", "A1", parent="a", links=(Link("x", "narrower"),), attributes={"note": "n"}),
        Code("a2", "A2", parent="a"),
        Code("a21", "A21", parent="a2"),
        Code("b", "B"),
        Code("b1", "B1", parent="b"),
    ),
)


def tree(book):
    return [(code.id, code.parent) for code in book]


def test_a_new_code_stands_behind_all_below_its_parent():
    assert [code.id for code in revise.add(BOOK, Code("n", "N", parent="a"))] == [
        "a", "a1", "a2", "a21", "n", "b", "b1",
    ]  # fmt: skip
    assert [code.id for code in revise.add(BOOK, Code("n", "N"))][-1] == "n"
    assert revise.add(Codebook("own"), Code("n", "N")).codes == (Code("n", "N"),)


def test_an_id_is_given_once():
    with pytest.raises(InputError, match=r"codebook own has a code 'a1' already \(A1\); give another id"):
        revise.add(BOOK, Code("a1", "N"))
    with pytest.raises(NotFoundError, match="no code 'x' to be a parent"):
        revise.add(BOOK, Code("n", "N", parent="x"))


def test_renaming_changes_the_name_alone():
    renamed = revise.rename(BOOK, "a1", "New")
    assert renamed["a1"] == BOOK["a1"].replace(name="New")
    assert tree(renamed) == tree(BOOK)
    with pytest.raises(InputError, match="code a1: name is empty"):
        revise.rename(BOOK, "a1", " ")


def test_moving_takes_all_below_along():
    assert tree(revise.move(BOOK, "a2", "b")) == [
        ("a", None), ("a1", "a"), ("b", None), ("b1", "b"), ("a2", "b"), ("a21", "a2"),
    ]  # fmt: skip
    assert tree(revise.move(BOOK, "a2", None))[-2:] == [("a2", None), ("a21", "a2")]
    assert revise.move(BOOK, "a2", "a") == BOOK


@pytest.mark.parametrize(("code", "parent"), [("a", "a21"), ("a2", "a2"), ("a2", "a21")])
def test_a_circle_is_refused(code, parent):
    with pytest.raises(InputError, match=f"code {code} cannot go below {parent}, .*move {parent} out first"):
        revise.move(BOOK, code, parent)


def test_moving_below_nothing_is_refused():
    with pytest.raises(NotFoundError, match="'x' to be a parent"):
        revise.move(BOOK, "a1", "x")


def test_merging_retires_codes_and_moves_what_is_below_them():
    merged = revise.merge(BOOK, ["a2", "b"], "a1")
    assert merged["a2"] == BOOK["a2"].replace(retired=True, attributes={"merged_into": "a1"})
    assert merged["b"].retired
    assert merged["a1"] == BOOK["a1"]
    assert tree(merged) == [("a", None), ("a1", "a"), ("a2", "a"), ("a21", "a1"), ("b", None), ("b1", "a1")]


def test_merging_keeps_links_and_attributes():
    merged = revise.merge(BOOK, ["a1"], "a2")["a1"]
    assert merged.links == BOOK["a1"].links
    assert merged.attributes == {"note": "n", "merged_into": "a2"}


def test_merging_into_a_code_below_lifts_it_out():
    book = Codebook("own", codes=(Code("r", "R"), Code("a", "A", parent="r"), Code("b", "B", parent="a"),
                                  Code("c", "C", parent="b"), Code("d", "D", parent="a")))  # fmt: skip
    assert tree(revise.merge(book, ["a"], "c")) == [
        ("r", None),
        ("a", "r"),
        ("b", "r"),
        ("c", "b"),
        ("d", "c"),
    ]
    assert tree(revise.merge(book, ["a", "b"], "c")) == [
        ("r", None), ("a", "r"), ("b", "a"), ("c", "r"), ("d", "c"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("ids", "into", "said"),
    [
        ([], "b", "merge one or more codes into another one, got none into b"),
        (["b", "a1"], "b", "got b, a1 into b"),
        (["b"], "a", "code a is a container"),
    ],
)
def test_merges_that_make_no_sense_are_refused(ids, into, said):
    with pytest.raises(InputError, match=said):
        revise.merge(BOOK, ids, into)


def test_nothing_is_merged_into_a_retired_code():
    with pytest.raises(InputError, match="code b1 is retired; restore it first"):
        revise.merge(revise.retire(BOOK, "b1"), ["b"], "b1")


def test_retiring_and_restoring():
    retired = revise.retire(BOOK, "a2")
    assert retired["a2"].retired
    assert tree(retired) == tree(BOOK)
    assert revise.restore(retired, "a2") == BOOK
    assert revise.restore(revise.merge(BOOK, ["a21"], "b"), "a21") == BOOK


@pytest.mark.parametrize(
    "act",
    [
        lambda: revise.rename(BOOK, "x", "X"),
        lambda: revise.move(BOOK, "x", "a"),
        lambda: revise.merge(BOOK, ["x"], "a1"),
        lambda: revise.merge(BOOK, ["a1"], "x"),
        lambda: revise.retire(BOOK, "x"),
        lambda: revise.restore(BOOK, "x"),
    ],
)
def test_an_unknown_code_is_named_with_the_way_out(act):
    with pytest.raises(NotFoundError, match="codebook own has no code 'x'; see: mihqda codebook list"):
        act()


@given(st.data(), versions())
@examples(40)
def test_a_merge_loses_no_code_and_leaves_nothing_in_use_below_the_merged(data, book):
    into, *ids = data.draw(st.permutations([code.id for code in book]))
    ids = ids[: data.draw(st.integers(1, 3))]
    assume(ids and not book[into].retired)
    merged = revise.merge(book, ids, into)
    assert [(code.id, code.name) for code in merged] == [(code.id, code.name) for code in book]
    for code in merged:
        assert (code.attributes.get("merged_into") == into) == (code.id in ids)
        assert code.id in ids or code.parent not in ids


@given(st.data(), versions())
@examples(40)
def test_a_move_gives_a_tree_or_an_error(data, book):
    codes = [code.id for code in book]
    code, parent = data.draw(st.sampled_from(codes)), data.draw(st.sampled_from([None, *codes]))
    if parent is not None and parent in descendants(book)[code] and book[code].parent != parent:
        with pytest.raises(InputError, match="cannot go below"):
            revise.move(book, code, parent)
        return
    moved = revise.move(book, code, parent)
    assert moved[code] == book[code].replace(parent=parent)
    assert sorted(one.id for one in moved) == sorted(codes)
