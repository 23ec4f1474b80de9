import io

import pytest
from codebooks_drawn import codebooks, examples
from hypothesis import given

from mihqda.codebook import Code, Codebook, Link
from mihqda.codebook.cells import read_cell, write_cell
from mihqda.codebook.tabular import from_rows, to_rows
from mihqda.errors import BulkError, InputError
from mihqda.tables import Row, Table


def table(*rows, columns=("id", "name"), name="own.csv"):
    return Table(
        name,
        tuple(columns),
        tuple(Row(number, dict(zip(columns, row, strict=True))) for number, row in enumerate(rows, 2)),
    )


def read(*rows, columns=("id", "name")):
    return from_rows(table(*rows, columns=columns), id="own")


def test_an_id_and_a_name_are_enough():
    assert read(["a", "A"], ["b", " B "]) == Codebook("own", codes=(Code("a", "A"), Code("b", "B")))


def test_every_field_may_have_a_column():
    columns = (
        "id", "name", "kind", "parent", "definition", "include", "exclude", "example", "keywords", "keywords_nl",
        "valence_applicable", "codable", "retired", "links", "order", "note", "actors",
    )  # fmt: skip
    row = [
        "a.b", "Time", "theme", "a", "How much.", "hours", "money", "I had none.\nNone at all.",
        "no time; hours;\nno, never", "geen tijd", "ONWAAR", "yes", "", "narrower: x.y; related: z", "1", "0.10",
        '["lead", "team"]',
    ]  # fmt: skip
    book = read(row, ["a", "A"] + [""] * 15, columns=columns)
    assert book["a.b"] == Code(
        "a.b",
        "Time",
        kind="theme",
        parent="a",
        valence_applicable=False,
        definition="How much.",
        include="hours",
        exclude="money",
        examples=("I had none.", "None at all."),
        keywords=("no time", "hours", "no, never"),
        links=(Link("x.y", "narrower"), Link("z", "related")),
        attributes={"keywords_nl": ["geen tijd"], "order": 1, "note": "0.10", "actors": ["lead", "team"]},
    )
    assert book["a"] == Code("a", "A")


def test_cells_are_readable():
    code = Code(
        "a",
        "A",
        examples=("One; two.", "Three."),
        keywords=("no time", "hour*"),
        links=(Link("x.y", "narrower"), Link("z", "related")),
        attributes={"note": "as it is", "order": 3, "is_core": True, "keywords_nl": ["tijd"], "old": None},
    )
    columns, rows = to_rows(Codebook("own", codes=(code,)))
    cells = dict(zip(columns, rows[-1], strict=True))
    assert {name: cell for name, cell in cells.items() if cell} == {
        "id": "a", "kind": "code", "name": "A", "example": "One; two.\nThree.", "keywords": "no time; hour*",
        "keywords_nl": "tijd", "valence_applicable": "true", "codable": "true", "retired": "false",
        "links": "narrower: x.y; related: z", "note": "as it is", "order": "3", "is_core": "true", "old": "null",
    }  # fmt: skip


def test_the_head_stands_above_the_codes():
    book = Codebook("own", "My codes", "0.10", "nl", (Code("a", "A"),), {"source": ["x"], "status": "draft"})
    columns, rows = to_rows(book)
    assert columns[0] == "id"
    named = [(row[0], row[columns.index("name")]) for row in rows]
    assert named == [
        ("#meta.id", "own"), ("#meta.title", "My codes"), ("#meta.version", "0.10"), ("#meta.language", "nl"),
        ("#meta.source", '["x"]'), ("#meta.status", "draft"), ("a", "A"),
    ]  # fmt: skip


def test_rows_of_the_head_may_stand_anywhere_and_in_any_case():
    book = read(["a", "A"], ["#META.Version", "2"], ["#meta.status", ""])
    assert (book.id, book.version, book.meta) == ("own", "2", {"status": ""})


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("keywords", ("a;b",)), ("keywords", ("a\nb", "c")), ("keywords", ('["a"]',)), ("keywords", ("[a", "b")),
        ("keywords_nl", []), ("keywords_nl", [";"]), ("example", ("one\ntwo",)), ("example", ('["x"]',)),
        ("links", (Link("x", "a: b"),)), ("links", (Link("x;y", "a"),)), ("note", ""), ("note", "true"),
        ("note", "12"), ("note", "null"), ("note", '"x"'), ("note", "[1]"), ("note", "{"), ("note", "[NaN]"),
        ("note", [1, [None]]), ("note", {"a": {"b": 0.5}}), ("note", None), ("note", False), ("note", 0.1),
        ("note", "[" * 5000),
    ],
)  # fmt: skip
def test_what_a_readable_cell_would_lose_is_written_as_json(field, value):
    assert read_cell(field, write_cell(field, value)) == value


@given(codebooks())
@examples(20)
def test_a_codebook_comes_back_from_its_rows(book):
    columns, rows = to_rows(book)
    again = from_rows(table(*rows, columns=columns), id="other")
    assert again == book


@given(codebooks())
@examples(10)
def test_cells_survive_a_csv_file(book):
    from mihqda.tables import csv, write_csv
    from mihqda.tables.model import build

    target = io.StringIO()
    write_csv(target, *to_rows(book))
    again = from_rows(build("own.csv", csv.split(target.getvalue(), "own.csv")), id="other")
    assert again == book


@pytest.mark.parametrize(
    ("columns", "row"),
    [
        (("code", "label", "description"), ["a", "A", "D"]),
        (("code_id", "name", "definition"), ["a", "A", "D"]),
        (("codeid", "code_name", "description"), ["a", "A", "D"]),
    ],
)
def test_columns_of_other_tools_are_understood(columns, row):
    assert read(row, columns=columns)["a"] == Code("a", "A", definition="D")


def test_a_field_of_its_own_wins_over_another_tools_name():
    book = read(["a", "A", "D", "more", "x"], columns=("id", "name", "definition", "description", "code"))
    assert book["a"] == Code("a", "A", definition="D", attributes={"description": "more", "code": "x"})


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        (("id", "definition"), "own.csv: no column 'name'; .* the file has: id, definition"),
        (("label", "definition"), "own.csv: no column 'id'; .* such as role_clarity"),
        (("code", "definition"), "no column 'name'"),
        (("label", "code_name", "id"), "no column 'name'"),
        (("x", "y"), "no column 'id' and no column 'name'"),
    ],
)
def test_id_and_name_are_needed(columns, said):
    with pytest.raises(InputError, match=said):
        read(["Role clarity"] * len(columns), columns=columns)


def test_a_parent_is_given_by_id_or_by_a_name_that_one_code_has():
    columns = ("id", "name", "parent")
    book = read(
        ["a", "Top  level", ""], ["b", "B", "a"], ["c", "a", "top level"], ["d", "D", " a "], columns=columns
    )
    assert [code.parent for code in book] == [None, "a", "a", "a"]


def test_all_bad_rows_are_listed_and_nothing_is_read():
    columns = ("id", "name", "parent", "codable", "links")
    rows = [
        ["a", "Same", "", "", ""],
        ["b", "same", "", "", ""],
        ["role clarity", "C", "", "", ""],
        ["", "D", "", "", ""],
        ["e", "", "", "", ""],
        ["f", "F", "same", "", ""],
        ["g", "G", "nobody", "", ""],
        ["h", "H", "", "perhaps", "x"],
    ]
    with pytest.raises(BulkError) as caught:
        read(*rows, columns=columns)
    assert [(problem.row, problem.column) for problem in caught.value.problems] == [
        (4, "id"), (5, "id"), (6, ""), (7, "parent"), (8, "parent"), (9, "codable"), (9, "links"),
    ]  # fmt: skip
    said = str(caught.value)
    assert "own.csv: 7 bad rows" in said
    assert (
        "row 4, id: id 'role clarity' is empty, has white space or begins with #; write 'role_clarity'"
        in said
    )
    assert "code e: name is empty" in said
    assert "several codes have this name: a, b; give the id" in said
    assert "no code of this table has this id or name (got 'nobody')" in said


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([["a", "A", ""], ["a", "B", ""]], "row 3, id: the id occurs twice"),
        ([["a", "A", "b"], ["b", "B", "a"]], "row 2, id: its parents run in a circle: a > b > a"),
        ([["a", "A", "a"]], "row 2: code a: it is its own parent"),
    ],
)
def test_a_tree_that_is_none_is_refused(rows, said):
    with pytest.raises(BulkError, match=said):
        read(*rows, columns=("id", "name", "parent"))


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("x", "links are 'relation: code; relation: code'"),
        ('[{"to": "x"}]', "links in JSON are a list"),
        ("narrower: ", "a link has a relation"),
    ],
)
def test_links_that_are_none_are_refused(cell, said):
    with pytest.raises(BulkError, match=said):
        read(["a", "A", cell], columns=("id", "name", "links"))


@pytest.mark.parametrize("row", [["#meta.id", "a b"], ["#meta.", "x"]])
def test_a_wrong_head_is_refused(row):
    with pytest.raises(InputError, match=r"own\.csv: "):
        read(["a", "A"], row)


def test_a_field_of_the_head_stands_once():
    with pytest.raises(BulkError, match="row 4, id: this field of the head occurs twice"):
        read(["#meta.version", "1"], ["a", "A"], ["#meta.Version", "2"])
