import pytest
from codebooks_drawn import examples, versions
from hypothesis import given

from mihqda.codebook import Code, Codebook
from mihqda.codebook.diff import diff
from mihqda.codebook.model import find_fault
from mihqda.codebook.update import Conflict, update
from mihqda.errors import InputError


def book(*codes, **head):
    return Codebook(
        "own", codes=tuple(Code(one, one) if isinstance(one, str) else one for one in codes), **head
    )


def below(parent, *ids, **fields):
    return [Code(one, one, parent=parent, **fields) for one in ids]


def ids(codebook):
    return [code.id for code in codebook]


BASE = book("a", Code("b", "b", parent="a", definition="b is.", keywords=("k",)), "c", version="1")


def change(code, base=BASE, **fields):
    return base.replace(codes=tuple(one.replace(**fields) if one.id == code else one for one in base))


def drop(code, base=BASE):
    return base.replace(codes=tuple(one for one in base if one.id != code))


def test_changes_of_both_sides_to_different_fields_are_taken():
    mine = change("b", name="Mine", attributes={"local": "kept"})
    theirs = change("b", definition="Better.").replace(version="2")
    done = update(BASE, mine, theirs)
    assert done.codebook["b"] == mine["b"].replace(definition="Better.")
    assert done.codebook.version == "2"
    assert [(one.kind, one.code) for one in done.changes] == [("other", ""), ("redefined", "b")]
    assert done.conflicts == ()


def test_a_field_that_both_changed_keeps_the_local_value_and_is_listed():
    done = update(BASE, change("b", keywords=("mine",)), change("b", keywords=("theirs",)))
    assert done.codebook["b"].keywords == ("mine",)
    assert done.conflicts == (
        Conflict("b", "keywords", ["k"], ["mine"], ["theirs"], "changed on both sides"),
    )
    assert done.changes == ()
    assert str(done.conflicts[0]) == (
        "b, keywords: changed on both sides; kept ['mine'], the newer version has ['theirs']"
    )


def test_the_same_change_on_both_sides_is_no_conflict():
    mine = change("b", name="Same").replace(title="T")
    done = update(BASE, mine, mine)
    assert (done.codebook, done.changes, done.conflicts) == (mine, (), ())


def test_attributes_are_merged_one_by_one():
    base = change("b", attributes={"note": "x", "ref": "1", "gone": "y"})
    mine = change("b", attributes={"note": "mine", "ref": "1", "gone": "y", "own": "z"})
    theirs = change("b", attributes={"note": "x", "ref": "2", "new": "w"})
    done = update(base, mine, theirs)
    assert done.codebook["b"].attributes == {"note": "mine", "ref": "2", "own": "z", "new": "w"}


def test_the_head_is_merged_too():
    mine = BASE.replace(title="Mine", meta={"status": "local", "own": 1})
    theirs = BASE.replace(title="Theirs", version="2", meta={"status": "final"})
    done = update(BASE, mine, theirs)
    assert (done.codebook.title, done.codebook.version) == ("Mine", "2")
    assert done.codebook.meta == {"status": "local", "own": 1}
    assert [(one.code, one.field, one.base) for one in done.conflicts] == [
        ("", "title", ""),
        ("", "status", None),
    ]


def test_added_codes_of_both_sides_stand_where_they_were_put():
    mine = BASE.replace(codes=(*BASE.codes[:1], *below("a", "mine"), *BASE.codes[1:]))
    theirs = BASE.replace(
        codes=(*BASE.codes[:2], *below("a", "theirs"), *BASE.codes[2:], Code("last", "last"))
    )
    assert ids(update(BASE, mine, theirs).codebook) == ["a", "mine", "b", "theirs", "c", "last"]


def test_a_code_added_on_both_sides_keeps_the_local_fields():
    mine = BASE.replace(codes=(*BASE.codes, Code("n", "Mine", kind="theme")))
    theirs = BASE.replace(codes=(*BASE.codes, Code("n", "Theirs", kind="theme", attributes={"note": "x"})))
    done = update(BASE, mine, theirs)
    assert done.codebook["n"] == Code("n", "Mine", kind="theme", attributes={"note": "x"})
    assert [(one.code, one.field) for one in done.conflicts] == [("n", "name")]


def test_a_code_that_is_gone_goes():
    assert ids(update(BASE, BASE, drop("b")).codebook) == ["a", "c"]


def test_a_code_that_is_gone_but_used_or_edited_is_retired():
    used = update(BASE, BASE, drop("b"), used={"b"})
    assert used.codebook["b"] == BASE["b"].replace(retired=True)
    assert [(one.kind, one.code) for one in used.changes] == [("retired", "b")]
    mine = change("b", name="Mine")
    assert update(BASE, mine, drop("b")).codebook == change("b", name="Mine", retired=True)


def test_what_stays_keeps_the_codes_above_it_as_retired():
    base = book("a", *below("a", "b"), *below("b", "c"))
    mine = base.replace(codes=(*base.codes, *below("c", "mine")))
    done = update(base, mine, book("x"))
    assert [(code.id, code.parent, code.retired) for code in done.codebook] == [
        ("x", None, False), ("a", None, True), ("b", "a", True), ("c", "b", True), ("mine", "c", False),
    ]  # fmt: skip


def test_a_code_that_was_removed_here_stays_removed():
    done = update(BASE, drop("c"), change("a", name="New"))
    assert ids(done.codebook) == ["a", "b"]
    assert done.conflicts == ()


def test_a_code_that_was_removed_here_and_changed_there_is_a_conflict():
    done = update(BASE, drop("c"), change("c", name="New"))
    assert ids(done.codebook) == ["a", "b"]
    assert [str(one) for one in done.conflicts] == ["c: removed here, changed in the newer version"]


def test_a_move_below_a_code_that_was_removed_here_is_not_made():
    done = update(BASE, drop("c"), change("b", parent="c"))
    assert done.codebook["b"].parent == "a"
    assert done.conflicts == (
        Conflict("b", "parent", "a", "a", "c", "its parent in the newer version was removed here"),
    )


def test_a_new_code_below_codes_that_were_removed_here_goes_to_the_next_one_above():
    base = book("a", *below("a", "b"), *below("b", "c"))
    done = update(base, book("a"), base.replace(codes=(*base.codes, *below("c", "new"))))
    assert [(code.id, code.parent) for code in done.codebook] == [("a", None), ("new", "a")]
    assert [(one.code, one.mine, one.theirs) for one in done.conflicts] == [("new", None, "c")]


def test_moves_that_make_a_circle_together_are_taken_back():
    base = book("a", "b")
    mine, theirs = change("a", base, parent="b"), change("b", base, parent="a")
    done = update(base, mine, theirs)
    assert done.codebook == mine
    assert [(one.code, one.field, one.theirs) for one in done.conflicts] == [("b", "parent", "a")]


def test_a_circle_through_a_new_code_is_taken_back():
    base = book("x", "y")
    mine = change("y", base, parent="x")
    theirs = book(Code("x", "x", parent="t"), "y", *below("y", "t"))
    done = update(base, mine, theirs)
    assert {code.id: code.parent for code in done.codebook} == {"x": None, "y": "x", "t": "y"}


def test_the_order_is_taken_from_the_side_that_changed_it():
    turned = BASE.replace(codes=BASE.codes[::-1])
    mine = BASE.replace(codes=(Code("mine", "m"), *BASE.codes))
    assert ids(update(BASE, mine, turned).codebook) == ["mine", "c", "b", "a"]
    assert ids(update(BASE, turned, BASE).codebook) == ["c", "b", "a"]
    other = BASE.replace(codes=(BASE["b"], BASE["a"], BASE["c"]))
    done = update(BASE, turned, other)
    assert ids(done.codebook) == ["c", "b", "a"]
    assert [(one.code, one.field) for one in done.conflicts] == [("", "codes")]
    assert update(BASE, turned, turned).conflicts == ()


def test_another_codebook_is_refused():
    with pytest.raises(InputError, match="codebook x is no newer version of own; give it the id 'own'"):
        update(BASE, BASE, Codebook("x"))


@given(versions(), versions())
@examples(35)
def test_laws_of_a_merge(one, other):
    for base, mine, theirs, result in (
        (one, one, one, one),
        (one, one, other, other),
        (one, other, one, other),
        (one, other, other, other),
    ):
        done = update(base, mine, theirs)
        assert done.codebook == result
        assert done.conflicts == ()
        assert done.changes == diff(mine, result)


@given(versions(), versions(), versions())
@examples(60)
def test_the_result_is_always_a_tree_that_keeps_what_is_local(base, mine, theirs):
    used = {"a", "b"}
    done = update(base, mine, theirs, used=used)
    codes = {code.id: code for code in done.codebook}
    assert find_fault(done.codebook) is None
    assert done.changes == diff(mine, done.codebook)
    for code in mine:
        if code.id not in base or code != base[code.id]:
            assert code.id in codes
            for field in ("name", "definition"):
                edited = code.id not in base or getattr(code, field) != getattr(base[code.id], field)
                assert not edited or getattr(codes[code.id], field) == getattr(code, field)
    assert used & {code.id for code in mine} <= codes.keys()
    removed = {code.id for code in base} - {code.id for code in mine}
    assert not removed & codes.keys()


@given(versions(), versions(), versions())
@examples(35)
def test_an_update_done_twice_changes_nothing_more(base, mine, theirs):
    once = update(base, mine, theirs).codebook
    again = update(theirs, once, theirs)
    assert again.codebook == once
    assert again.changes == ()
