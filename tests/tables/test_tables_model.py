import pytest

from mihqda.errors import InputError
from mihqda.tables import Table, pick
from mihqda.tables.model import build, column_letter, column_name


def test_pick_tells_what_is_understood_and_what_is_not():
    table = Table("people.csv", ("shoe_size", "group", "participant", "hobby"), ())
    assert pick(table, required=["participant", "group"], optional=["role"]) == (
        ("group", "participant"),
        ("shoe_size", "hobby"),
    )
    assert pick(table) == ((), table.columns)


def test_pick_names_all_missing_columns_and_what_the_file_has():
    table = Table("people.csv", ("person", "site"), ())
    with pytest.raises(InputError) as caught:
        pick(table, required=["participant", "group"], optional=["site", "role"])
    assert str(caught.value) == (
        "people.csv: no column 'participant' and no column 'group'; the file has: person, site; "
        "needed: participant, group; also understood: site, role"
    )


def test_a_table_checks_its_columns():
    with pytest.raises(InputError, match="'a' occurs twice"):
        Table("x.csv", ("a", "b", "a"), ())
    with pytest.raises(InputError, match="no column names"):
        Table("x.csv", (), ())


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("Group", "group"),
        ("  Started \n at ", "started_at"),
        ("N\u00a0asked", "n_asked"),
        ("", ""),
        ("É", "é"),
    ],
)
def test_column_names_are_stripped_lower_cased_and_joined(cell, name):
    assert column_name(cell) == name


@pytest.mark.parametrize(
    ("index", "letter"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16_383, "XFD")]
)
def test_columns_are_lettered_as_in_excel(index, letter):
    assert column_letter(index) == letter


def test_every_row_has_every_column():
    table = build("x", iter([(1, ["a", "b"]), (2, []), (5, ["1"]), (6, ["1", "2", " "])]))
    assert [(row.number, row.cells) for row in table.rows] == [
        (5, {"a": "1", "b": ""}),
        (6, {"a": "1", "b": "2"}),
    ]
