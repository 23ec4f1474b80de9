from pathlib import Path

import pytest

from mihqda.errors import InputError
from mihqda.tables import read_head, read_table
from mihqda.tables.csv import find_delimiter


@pytest.fixture
def people(tmp_path):
    """Return a function that writes bytes or text as people.csv and reads them."""

    def read(data, name="people.csv"):
        path = tmp_path / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return read_table(path)

    return read


def cells(table):
    return [list(row.cells.values()) for row in table.rows]


def numbers(table):
    return [row.number for row in table.rows]


@pytest.mark.parametrize(
    ("head", "row", "delimiter"),
    [
        ("participant,group", "P1,GPs", ","),
        ("participant;group", "P1;GPs", ";"),
        ("participant\tgroup", "P1\tGPs", "\t"),
        ("participant|group", "P1|GPs", "|"),
        ("participant;rate", "P1;1,5", ";"),
        ('participant;"role, or function"', "P1;nurse", ";"),
        ('"a;b;c",d', "x,y", ","),
        ("participant;group, or practice", "P1;GPs\nP2;GPs", ";"),
        ("participant, group; practice", "P1,x\nP2,y", ","),
        ("memo", '"Hello, you"\nx', ","),
        ("memo", "Hello, you\nx", ";"),
        ('"first\nline;of;head",b', "1,2", ","),
        ('c,"a;b;d"', "", ","),
        ("", "", ","),
    ],
)
def test_the_delimiter_is_the_one_of_the_head_that_cuts_the_rows_evenly(head, row, delimiter):
    assert find_delimiter(f"{head}\n{row}\n") == delimiter


def test_a_sep_line_wins_over_everything_and_is_no_row(people):
    table = people("sep=;\r\na,b;c\r\n1;2\r\n")
    assert table.columns == ("a,b", "c")
    assert numbers(table) == [2]
    assert cells(people("sep=|\na|b\n1|2\n")) == [["1", "2"]]
    assert cells(people("sep=\t\na\tb\n1\t2\n")) == [["1", "2"]]


def test_a_file_of_a_dutch_office_is_read(people):
    table = people("participant;groep;score\r\nP1;Cliënten;1,5\r\nP2;Huisartsen;“hoog”\r\n".encode("cp1252"))
    assert table.columns == ("participant", "groep", "score")
    assert cells(table) == [["P1", "Cliënten", "1,5"], ["P2", "Huisartsen", "“hoog”"]]
    assert table.encoding == "cp1252"
    assert len(table.warnings) == 1
    assert "cp1252" in table.warnings[0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_files_are_read_with_and_without_a_mark(people, encoding):
    table = people("participant;group\r\nP1;Größe 😀\r\n".encode(encoding))
    assert table.columns == ("participant", "group")
    assert cells(table) == [["P1", "Größe 😀"]]
    assert table.warnings == ()


def test_row_numbers_are_those_of_excel(people):
    table = people('a,b\n1,"two\nlines\n\nmore"\n\n,\n  , \n3,4\n')
    assert numbers(table) == [2, 6]
    assert table.rows[0].cells["b"] == "two\nlines\n\nmore"


def test_blank_lines_before_the_head_count(people):
    table = people("\n;;\na;b\n1;2\n")
    assert table.columns == ("a", "b")
    assert numbers(table) == [4]


def test_too_few_cells_are_empty_and_too_many_are_refused(people):
    assert cells(people("a,b,c\n1\n1,2,3,,\n")) == [["1", "", ""], ["1", "2", "3"]]
    with pytest.raises(InputError, match=r"people\.csv, row 3: 4 cells, but the head names 3 columns"):
        people("a,b,c\n1,2,3\n1,2,3,secret\n")


def test_a_message_about_a_row_never_holds_its_text(people):
    with pytest.raises(InputError) as caught:
        people("a,b\n1,secret,words\n")
    assert "secret" not in str(caught.value)
    with pytest.raises(InputError) as caught:
        people('a,b\n1,"secret" words\n')
    assert "secret" not in str(caught.value)
    assert "row 2" in str(caught.value)


def test_an_open_quotation_mark_names_the_row_where_it_opens(people):
    with pytest.raises(InputError, match=r"row 3: the quotation marks"):
        people('a,b\n1,2\n3,"open\n4,5\n')
    with pytest.raises(InputError, match=r"row 2: the quotation marks"):
        people('a,b\n1,"' + "x" * 200_000 + "\n")


def test_quotation_marks_after_a_space_are_read(people):
    table = people('"a", "b"\n"1", "x, y"\n')
    assert table.columns == ("a", "b")
    assert cells(table) == [["1", "x, y"]]


def test_column_names_are_normalised_and_may_not_repeat(people):
    assert people("  Start At ,GROUP\n1,2\n").columns == ("start_at", "group")
    with pytest.raises(InputError, match="column 'code' occurs twice"):
        people("Code,x, code\n1,2,3\n")


def test_an_unnamed_first_column_is_an_index_and_others_are_named_in_a_warning(people):
    table = people(",participant,,group,\n0,P1,note,GPs,\n1,P2,,GPs,\n")
    assert table.columns == ("participant", "group")
    assert cells(table) == [["P1", "GPs"], ["P2", "GPs"]]
    assert table.warnings == ("column C has no name and was ignored (1 cell)",)


def test_a_head_without_rows_is_a_table(people):
    table = people("participant;group\n")
    assert table.columns == ("participant", "group")
    assert table.rows == ()


@pytest.mark.parametrize("data", [b"", b"\n\n", b"  \r\n ;; ", b"\xef\xbb\xbf", b"\xef\xbb\xbf\r\n"])
def test_an_empty_file_is_refused(people, data):
    with pytest.raises(InputError, match=r"people\.csv.* empty"):
        people(data)


def test_guarding_apostrophes_are_taken_away_and_others_stay(people):
    table = people("a,b,c,d\n'=1+1,'t is,''=x,'\n")
    assert cells(table) == [["=1+1", "'t is", "'=x", "'"]]


def test_line_separators_inside_a_cell_do_not_end_the_row(people):
    table = people("a,b\n1,one\u2028two\u0085three\n2,x\n")
    assert cells(table) == [["1", "one\ntwo\nthree"], ["2", "x"]]


@pytest.mark.parametrize("name", ["people.CSV", "people.tsv", "people.txt"])
def test_other_suffixes_of_delimited_text_are_read(people, name):
    assert cells(people("a\tb\n1\t2\n", name)) == [["1", "2"]]


def test_a_workbook_called_csv_is_refused(people):
    with pytest.raises(InputError, match="its right suffix"):
        people(b"PK\x03\x04 and more")


def test_a_head_with_an_open_quotation_mark_does_not_take_quadratic_time(tmp_path: Path):
    path = tmp_path / "open.csv"
    path.write_text('a,"b\n' + "1,2\n" * 200_000, encoding="utf-8")
    assert read_head(path) == ()
    with pytest.raises(InputError, match="quotation marks"):
        read_table(path)
