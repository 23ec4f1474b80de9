from unittest import mock

import pytest

from mihqda.errors import InputError
from mihqda.tables import read_head, read_table, write_csv


def test_a_missing_file_and_a_folder_are_refused(tmp_path):
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(InputError, match="no such file"):
        read_table(tmp_path / "none.csv")
    with pytest.raises(InputError, match="a folder"):
        read_table(tmp_path / "folder.csv")
    assert read_head(tmp_path / "none.csv") == read_head(tmp_path / "folder.csv") == ()


def test_a_file_that_cannot_be_opened_is_refused(tmp_path):
    with mock.patch("pathlib.Path.read_bytes", side_effect=PermissionError(13, "Permission denied")):
        with pytest.raises(InputError, match=r"people\.csv: cannot be read \(Permission denied\)"):
            read_table(tmp_path / "people.csv")
        assert read_head(tmp_path / "people.csv") == ()


@pytest.mark.parametrize("name", ["people.xls", "people.ods", "people.XLSB"])
def test_other_spreadsheets_are_to_be_saved_as_xlsx(tmp_path, name):
    (tmp_path / name).write_bytes(b"x")
    with pytest.raises(InputError, match=r"save it as \.xlsx"):
        read_table(tmp_path / name)


@pytest.mark.parametrize("name", ["people", "people.json", "people.docx", ".csv"])
def test_unknown_suffixes_are_refused_with_those_that_are_read(tmp_path, name):
    (tmp_path / name).write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"tables are \.csv, \.tsv"):
        read_table(tmp_path / name)
    assert read_head(tmp_path / name) == ()


def test_binary_and_undecodable_files_are_refused_by_name(tmp_path):
    path = tmp_path / "people.csv"
    for data in (b"%PDF-1.7 x", b"a,b\n\0\0\0\n1", b"\x81\x8d\x90" * 20):
        path.write_bytes(data)
        with pytest.raises(InputError, match=r"^people\.csv: "):
            read_table(path)
        assert read_head(path) == ()


def test_the_head_is_read_even_where_the_table_cannot_be(tmp_path):
    path = tmp_path / "people.csv"
    path.write_text("Participant;;Group;group\n1;2;3;4;5;6\n", encoding="utf-8")
    assert read_head(path) == ("participant", "group", "group")
    with pytest.raises(InputError):
        read_table(path)


def test_ten_thousand_rows_are_read_in_a_blink(tmp_path):
    from time import process_time

    path = tmp_path / "codings.csv"
    write_csv(
        path, ["transcript", "start", "end"], [[f"T{row % 100}", row, row + 9] for row in range(10_000)]
    )
    start = process_time()
    assert len(read_table(path).rows) == 10_000
    assert process_time() - start < 0.5
