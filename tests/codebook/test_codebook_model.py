import pickle
import time

import pytest

from mihqda.codebook import Code, Codebook, Link
from mihqda.codebook.model import descendants, find_fault
from mihqda.errors import InputError, NotFoundError


def test_texts_lose_white_space_at_their_ends_and_get_lf_line_ends():
    code = Code("a", " Time ", definition="One.\r\nTwo.\x0bThree.\u2028", keywords=(" no time",))
    assert (code.name, code.definition, code.keywords) == ("Time", "One.\nTwo.\nThree.", ("no time",))


def test_an_empty_kind_and_parent_are_none():
    code = Code("a", "A", kind=" ", parent="")
    assert (code.kind, code.parent) == ("code", None)


def test_attributes_are_copied_and_plain():
    given = {"actors": ("one ", "two"), "map": {"x": 1}}
    code = Code("a", "A", attributes=given)
    given["actors"] = ()
    assert code.attributes == {"actors": ["one", "two"], "map": {"x": 1}}
    with pytest.raises(TypeError):
        code.attributes["x"] = 1  # type: ignore[index]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"id": ""}, "id '' is empty"),
        ({"id": "role clarity"}, "write 'role_clarity'"),
        ({"id": "#a"}, "write 'a'"),
        ({"name": " "}, "code a: name is empty"),
        ({"parent": "a"}, "its own parent"),
        ({"definition": "a\x00b"}, r"U\+0000 at 1"),
        ({"keywords": ("a", " ")}, "keywords: number 2 is empty"),
        ({"examples": ("",)}, "examples: number 1 is empty"),
        ({"attributes": {"Note": "x"}}, "lower case"),
        ({"attributes": {"my note": "x"}}, "no white space"),
        ({"attributes": {"name": "x"}}, "a field of its own"),
        ({"attributes": {"children": []}}, "a field of its own"),
        ({"attributes": {"x": {1, 2}}}, "x: a file cannot hold set"),
        ({"attributes": {"x": float("inf")}}, "cannot hold float inf"),
        ({"attributes": {"x": {"": 1}}}, "x: a field's name is a text"),
        ({"attributes": {"keywords_nl": "a, b"}}, "keywords_nl: a list of texts is wanted"),
        ({"attributes": {"keywords_nl": [""]}}, "keywords_nl: number 1 is empty"),
    ],
)
def test_a_code_that_no_file_could_hold_is_refused(fields, said):
    with pytest.raises(InputError, match=said):
        Code(**{"id": "a", "name": "A"} | fields)


@pytest.mark.parametrize(("to", "relation"), [("", "narrower"), ("a b", "narrower"), ("a", " ")])
def test_a_link_needs_a_code_and_a_relation(to, relation):
    with pytest.raises(InputError, match="a link has a relation and the id of a code"):
        Link(to, relation)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"id": "a b"}, "write 'a_b'"),
        ({"meta": {"title": "x"}}, "'title'"),
        ({"meta": {"X": 1}}, "lower case"),
    ],
)
def test_a_codebook_checks_its_head(fields, said):
    with pytest.raises(InputError, match=said):
        Codebook(**{"id": "book"} | fields)


def test_a_code_is_found_by_id():
    book = Codebook("book", codes=(Code("a", "A"),))
    assert book["a"].name == "A"
    assert "a" in book
    assert "b" not in book
    with pytest.raises(NotFoundError, match="codebook book has no code 'b'"):
        book["b"]


@pytest.mark.parametrize(
    ("parents", "fault"),
    [
        ([("a", None), ("b", "a"), ("c", "b")], None),
        ([("c", "b"), ("b", "a"), ("a", None)], None),
        ([("a", None), ("a", None)], ("a", "the id occurs twice")),
        ([("a", "x")], ("a", "its parent 'x' does not exist")),
        ([("a", "b"), ("b", "a")], ("a", "its parents run in a circle: a > b > a")),
        (
            [("a", None), ("d", "b"), ("b", "c"), ("c", "b")],
            ("d", "its parents run in a circle: d > b > c > b"),
        ),
    ],
)
def test_what_breaks_a_tree_is_found(parents, fault):
    assert find_fault(Code(code, code, parent=parent) for code, parent in parents) == fault


def test_a_tree_of_ten_thousand_levels_is_checked_at_once():
    chain = [Code("0", "0")] + [Code(str(n), "x", parent=str(n - 1)) for n in range(1, 10_000)]
    began = time.process_time()
    assert find_fault(reversed(chain)) is None
    assert time.process_time() - began < 2


def test_descendants_contain_the_code_itself():
    codes = [Code("b", "B", parent="a"), Code("a", "A"), Code("c", "C", parent="b"), Code("d", "D")]
    assert descendants(codes) == {"b": ("b", "c"), "a": ("b", "a", "c"), "c": ("c",), "d": ("d",)}


def test_names_and_keywords_in_another_language():
    code = Code("a", "Time", attributes={"name_nl": "Tijd", "keywords_nl": ["geen tijd"]})
    assert (code.name_in("nl"), code.name_in("fr")) == ("Tijd", "Time")
    assert (code.keywords_in("nl"), code.keywords_in("fr")) == (("geen tijd",), ())


def test_a_code_travels_to_another_process() -> None:
    code = Code("a", "A", examples=("one",), attributes={"name_nl": "B", "keywords_nl": ["c"]})
    assert pickle.loads(pickle.dumps(code)) == code
