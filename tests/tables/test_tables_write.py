import datetime
import io
import json
import re
import zipfile
from unittest import mock

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from mihqda.encoding import normalise
from mihqda.errors import InputError
from mihqda.tables import read_table, write_csv, write_jsonl, write_xlsx

NASTY = st.text() | st.text(
    st.sampled_from("'=+-@\t\n\r,;|\" x_05FDA\x07\x00\u2028\u0085\ud800\ufeff😀é"), max_size=12
)
GRIDS = st.integers(1, 3).flatmap(
    lambda width: st.lists(st.lists(NASTY, min_size=width, max_size=width), max_size=4)
)


def write_sheet(path, columns, rows):
    write_xlsx(path, {"Sheet": (columns, rows)})


WRITERS = {".csv": write_csv, ".xlsx": write_sheet, ".jsonl": write_jsonl}


def read_back(path):
    return [list(row.cells.values()) for row in read_table(path).rows]


@pytest.mark.parametrize("suffix", WRITERS)
@given(grid=GRIDS)
@settings(max_examples=40, deadline=None)
def test_every_text_survives_normalised(suffix, grid, tmp_path_factory):
    path = tmp_path_factory.getbasetemp() / f"trip{suffix}"
    columns = ["a", "b", "c"][: len(grid[0]) if grid else 1]
    WRITERS[suffix](path, columns, grid)
    normal = [[normalise(cell) for cell in row] for row in grid]
    kept = [row for row in normal if "".join(row).strip()]
    if suffix == ".jsonl" and not grid:
        assert path.read_text(encoding="utf-8") == ""
    else:
        table = read_table(path)
        assert list(table.columns) == columns
        assert [list(row.cells.values()) for row in table.rows] == kept
        assert table.warnings == ()


@pytest.mark.parametrize("suffix", WRITERS)
def test_numbers_dates_and_missing_values_are_written(suffix, tmp_path):
    path = tmp_path / f"x{suffix}"
    row = [
        7.0,
        np.float64(1.5),
        np.int64(3),
        True,
        None,
        np.nan,
        pd.NA,
        datetime.date(2026, 1, 31),
        -2,
        ["a"],
    ]
    WRITERS[suffix](path, list("abcdefghij"), [row])
    assert read_back(path) == [["7", "1.5", "3", "true", "", "", "", "2026-01-31", "-2", '["a"]']]


@pytest.mark.parametrize("suffix", WRITERS)
def test_a_frame_is_written_without_conversion(suffix, tmp_path):
    frame = pd.DataFrame(
        {"group": ["GPs", None], "n": pd.array([2, None], dtype="Int64"), "rate": [0.5, None]}
    )
    path = tmp_path / f"x{suffix}"
    WRITERS[suffix](path, list(frame.columns), frame.itertuples(index=False, name=None))
    assert read_back(path) == [["GPs", "2", "0.5"]]


@pytest.mark.parametrize("suffix", WRITERS)
def test_a_row_of_another_length_is_refused_and_the_old_file_stays(suffix, tmp_path):
    path = tmp_path / f"x{suffix}"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(ValueError, match="row 3 has 1 cells, the head has 2"):
        WRITERS[suffix](path, ["a", "b"], [[1, 2], [3]])
    assert path.read_text(encoding="utf-8") == "old"
    assert [one.name for one in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("suffix", WRITERS)
def test_two_writes_give_the_same_bytes(suffix, tmp_path):
    rows = [["é", 1, None], ["=x", 2.5, True]]
    WRITERS[suffix](tmp_path / f"one{suffix}", ["a", "b", "c"], rows)
    later = datetime.datetime.now(datetime.UTC).timestamp() + 100_000
    with mock.patch("time.time", return_value=later), mock.patch("zipfile.time.time", return_value=later):
        WRITERS[suffix](tmp_path / f"two{suffix}", ["a", "b", "c"], rows)
    assert (tmp_path / f"one{suffix}").read_bytes() == (tmp_path / f"two{suffix}").read_bytes()


def test_a_workbook_does_not_say_when_it_was_written(tmp_path):
    path = tmp_path / "x.xlsx"
    write_xlsx(path, {"A": (["a"], [[1]])})
    with zipfile.ZipFile(path) as archive:
        assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        about = archive.read("docProps/core.xml").decode()
    assert re.findall("20[0-9]{2}-[0-9]{2}-[0-9]{2}", about) == ["2000-01-01", "2000-01-01"]


def test_a_csv_file_has_a_mark_for_excel_and_a_stream_has_none(tmp_path):
    write_csv(tmp_path / "x.csv", ["group", "n"], [["Größe", 0.5]])
    assert (tmp_path / "x.csv").read_bytes() == b"\xef\xbb\xbfgroup,n\nGr\xc3\xb6\xc3\x9fe,0.5\n"
    stream = io.StringIO()
    write_csv(stream, ["group", "n"], [["Größe", 0.5]])
    assert stream.getvalue() == "group,n\nGröße,0.5\n"


def test_csv_guards_formulas_but_neither_signs_nor_numbers():
    stream = io.StringIO()
    write_csv(
        stream, ["text", "valence"], [["=1+1", "+"], ["@x", "-"], ["-1,5", "−"], [-3, "'=x"], ["\tx", "+x"]]
    )
    assert stream.getvalue().splitlines()[1:] == ["'=1+1,+", "'@x,-", '"-1,5",−', "-3,''=x", "'\tx,'+x"]


def test_jsonl_keeps_kinds():
    stream = io.StringIO()
    write_jsonl(stream, ["s", "n", "f", "b", "l", "m"], [["é", np.int64(1), 2.5, np.True_, ["x"], pd.NA]])
    assert stream.getvalue() == '{"s": "é", "n": 1, "f": 2.5, "b": true, "l": ["x"], "m": null}\n'
    assert json.loads(stream.getvalue())["b"] is True


def test_a_workbook_has_a_bold_frozen_head_and_columns_that_fit(tmp_path):
    path = tmp_path / "x.xlsx"
    write_xlsx(path, {"People": (["id", "remark"], [["P1", "x" * 30 + "\nshort"], ["P2", "y"]]),
                      "Long": (["text"], [["z" * 500]]), "Empty": (["a"], [])})  # fmt: skip
    book = load_workbook(path)
    assert book.sheetnames == ["People", "Long", "Empty"]
    sheet = book["People"]
    assert sheet.freeze_panes == "A2"
    assert sheet["A1"].font.bold
    assert not sheet["A2"].font.bold
    assert sheet["B2"].alignment.wrap_text
    assert (sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width) == (8, 32)
    assert book["Long"].column_dimensions["A"].width == 60


def test_texts_in_a_workbook_stay_texts_and_numbers_numbers(tmp_path):
    path = tmp_path / "x.xlsx"
    write_xlsx(path, {"A": (["a"], [["=1+1"], ["007"], ["#N/A"], ["-"], [7], [0.5], [True], [2**60]])})
    cells = [row[0] for row in load_workbook(path)["A"].iter_rows(min_row=2)]
    assert [(cell.value, cell.data_type, cell.quotePrefix) for cell in cells] == [
        ("=1+1", "s", True), ("007", "s", False), ("#N/A", "s", False), ("-", "s", False), (7, "n", False),
        (0.5, "n", False), (True, "b", False), (str(2**60), "s", False),
    ]  # fmt: skip
    with zipfile.ZipFile(path) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize(
    "text", ["_x0041_", "_x000D_", "_x005F_x000D_", "_x0041_x000a_", "x_x005F_", "_x000_"]
)
def test_texts_that_excel_would_take_for_escapes_survive(text, tmp_path):
    path = tmp_path / "x.xlsx"
    write_xlsx(path, {"A": (["a"], [[text]])})
    assert read_back(path) == [[text]]
    with zipfile.ZipFile(path) as archive:
        written = archive.read("xl/worksheets/sheet1.xml").decode()
    assert written.count("_x005F_") == len(re.findall("_(?=x[0-9A-Fa-f]{4}_)", text))


def test_what_excel_cannot_hold_is_refused_with_the_way_out(tmp_path):
    path = tmp_path / "x.xlsx"
    with pytest.raises(InputError, match=r"'A', B3: a text of 32768 characters.*CSV"):
        write_xlsx(path, {"A": (["a", "b"], [["x" * 32_767, "😀" * 16_383], ["x", "😀" * 16_384]])})
    with pytest.raises(InputError, match="16385 columns"):
        write_xlsx(path, {"A": ([str(number) for number in range(16_385)], [])})
    with (
        mock.patch("mihqda.tables.workbook._ROWS", 10),
        pytest.raises(InputError, match="11 rows, 1 columns"),
    ):
        write_xlsx(path, {"A": (["a"], [[1]] * 10)})
    for titles in (["x" * 32], [""], ["a/b"], ["'a"], ["a\n"], ["A", "a"], []):
        with pytest.raises(InputError, match="sheet"):
            write_xlsx(path, {title: (["a"], []) for title in titles})
    assert not path.exists()
