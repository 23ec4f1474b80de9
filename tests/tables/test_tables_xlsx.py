import io
import re
import struct
import zipfile
from datetime import date, datetime, time, timedelta

import pytest
from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.styles import Font

from mihqda.errors import InputError
from mihqda.tables import read_head, read_table, write_xlsx


@pytest.fixture
def save(tmp_path):
    """Return a function that saves rows, or a workbook, as people.xlsx."""

    def save(rows, **parts):
        book = rows
        if not isinstance(rows, Workbook):
            book = Workbook()
            for row in rows:
                book.active.append(row)
        path = tmp_path / "people.xlsx"
        book.save(path)
        if parts:
            change(path, parts)
        return path

    return save


def change(path, parts):
    """Rewrite parts of a workbook, each by a function of its bytes; None drops the part."""
    with zipfile.ZipFile(path) as archive:
        contents = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in contents.items():
            edit = parts.get(name.rsplit("/", 1)[-1].split(".")[0], lambda data: data)
            if edit is not None:
                archive.writestr(name, edit(data))


def cells(table):
    return [list(row.cells.values()) for row in table.rows]


def test_values_become_what_excel_shows(save):
    path = save(
        [
            ["Participant", "N", "Share", "Date", "At", "Begins", "Lasts", "Yes", "Text"],
            ["P1", 120, 0.5, date(2026, 1, 31), datetime(2026, 1, 31, 14, 5), time(9, 30), timedelta(hours=30),
             True, "007"],
            ["P2", 3.0, 1e20, None, None, None, None, False, " x "],
        ]
    )  # fmt: skip
    table = read_table(path)
    assert table.name == "people.xlsx"
    assert table.columns == ("participant", "n", "share", "date", "at", "begins", "lasts", "yes", "text")
    assert cells(table) == [
        ["P1", "120", "0.5", "2026-01-31", "2026-01-31T14:05:00", "09:30:00", "30:00:00", "true", "007"],
        ["P2", "3", "1e+20", "", "", "", "", "false", " x "],
    ]
    assert read_head(path) == table.columns


def test_row_numbers_are_those_of_excel(save):
    book = Workbook()
    sheet = book.active
    sheet["B3"], sheet["C3"] = "a", "b"
    sheet["B4"] = 1
    sheet["B4000"], sheet["C4000"] = 2, 3
    table = read_table(save(book))
    assert table.columns == ("a", "b")
    assert [(row.number, dict(row.cells)) for row in table.rows] == [
        (4, {"a": "1", "b": ""}),
        (4000, {"a": "2", "b": "3"}),
    ]


def test_a_sheet_with_a_stray_cell_in_its_last_corner_is_read_fast(save):
    book = Workbook()
    book.active.append(["a", "b"])
    book.active.append([1, 2])
    book.active["XFD1048576"] = " "
    table = read_table(save(book))
    assert cells(table) == [["1", "2"]]


@pytest.mark.parametrize("dimension", [b"", b'<dimension ref="A1"/>', b'<dimension ref="A1:A1"/>'])
def test_a_missing_or_wrong_dimension_loses_nothing(save, dimension):
    path = save(
        [["a", "b"], [1, 2], [3, 4]], sheet1=lambda data: re.sub(rb"<dimension[^>]*/>", dimension, data)
    )
    assert cells(read_table(path)) == [["1", "2"], ["3", "4"]]


def test_the_first_sheet_that_is_not_hidden_is_read(save):
    book = Workbook()
    book.active.title, book.active.sheet_state = "Lists", "hidden"
    book.active.append(["secret"])
    for title in ("People", "Sessions"):
        book.create_sheet(title).append([title])
    path = save(book)
    assert read_table(path).columns == ("people",)
    assert read_table(path, sheet=" sessions").columns == ("sessions",)
    for title in ("Lists", "Groups"):
        with pytest.raises(
            InputError, match=rf"no sheet '{title}'; there are: 'People', 'Sessions' \(hidden"
        ):
            read_table(path, sheet=title)


def test_a_chart_sheet_is_no_sheet(save):
    book = Workbook()
    chart = BarChart()
    chart.add_data(Reference(book.active, range_string="Sheet!$A$1:$A$2"))
    book.create_chartsheet("Chart", 0).add_chart(chart)
    book.active = 1
    book["Sheet"].append(["a"])
    assert read_table(save(book)).columns == ("a",)


def test_an_error_cell_is_refused_with_its_row(save):
    path = save([["a", "b"], [1, 2], [3, "#REF!"]])
    with pytest.raises(InputError, match=r"people\.xlsx, row 3, column B: the cell shows the error #REF!"):
        read_table(path)


def test_a_date_beyond_excels_calendar_is_refused_with_its_row(save):
    book = Workbook()
    book.active.append(["a"])
    book.active.append([99_999_999])
    book.active["A2"].number_format = "yyyy-mm-dd"
    with pytest.raises(InputError, match="row 2, column A: the cell shows the error"):
        read_table(save(book))


def test_a_formula_that_was_never_computed_is_refused_with_its_row(save):
    path = save([["a", "b"], [1, 2], [3, "=A2+1"]])
    with pytest.raises(InputError, match=r"row 3, column B: a formula without a stored result.*save"):
        read_table(path)
    assert read_head(path) == ("a", "b")


def test_formulas_with_a_stored_result_are_read(save):
    def compute(data):
        data = re.sub(rb"<f>A2\+1</f><v>?[^v]*v?>", b"<f>A2+1</f><v>4</v>", data)
        return data.replace(b'<c r="B3"><f>X</f>', b'<c r="B3" t="str"><f>X</f>')

    book = Workbook()
    for row in (["a", "b"], [3, "=A2+1"], [4, "=X"], [5, None]):
        book.active.append(row)
    book.active["B4"].font = Font(bold=True)  # an empty cell that could be a formula, at first sight
    assert cells(read_table(save(book, sheet1=compute))) == [["3", "4"], ["4", ""], ["5", ""]]


def test_empty_cells_with_a_style_are_empty(save):
    book = Workbook()
    book.active.append(["a", "b"])
    book.active.append([1, None])
    book.active["B2"].font = Font(bold=True)
    assert cells(read_table(save(book))) == [["1", ""]]


def test_side_notes_without_a_head_are_ignored_with_a_warning(save):
    table = read_table(save([["a", "b"], [1, 2], [3, 4, None, "check this"]]))
    assert cells(table) == [["1", "2"], ["3", "4"]]
    assert table.warnings == ("column D has no name and was ignored (1 cell)",)


def test_excels_escapes_are_read(save):
    table = read_table(save([["a", "b"], ["one_x000D_\ntwo", "_x0041_"]]))
    assert cells(table) == [["one\ntwo", "_x0041_"]]


def test_apostrophes_stay(save):
    assert cells(read_table(save([["a", "b"], ["'=x", "'t is"]]))) == [["'=x", "'t is"]]


def test_what_is_no_workbook_is_refused(tmp_path):
    path = tmp_path / "people.xlsx"
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("readme.txt", "x")
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    for data, reason in (
        (b"", "empty"),
        (b"a;b\n1;2\n", "not an Excel workbook"),
        (b"PK\x03\x04broken", "not an Excel workbook"),
        (archive.getvalue(), "damaged Excel workbook"),
        (ole, "old Excel workbook"),
        (ole + "EncryptedPackage".encode("utf-16-le"), "has a password"),
    ):
        path.write_bytes(data)
        with pytest.raises(InputError, match=rf"people\.xlsx.*{reason}"):
            read_table(path)
        assert read_head(path) == ()


def test_damage_anywhere_is_an_input_error(tmp_path):
    path = tmp_path / "people.xlsx"
    write_xlsx(path, {"A": (["a", "b"], [["x" * 50, 1]] * 50)})
    whole = path.read_bytes()
    for at in range(0, len(whole), max(1, len(whole) // 60)):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :])
        try:
            table = read_table(path)
        except InputError:
            continue
        assert cells(table) == [["x" * 50, "1"]] * 50
    for at in range(1, len(whole), max(1, len(whole) // 20)):
        path.write_bytes(whole[:at])
        with pytest.raises(InputError):
            read_table(path)


@pytest.mark.parametrize("part", ["workbook", "sheet1"])
def test_a_workbook_without_a_part_or_with_half_of_it_is_refused(save, part):
    with pytest.raises(InputError, match=r"people\.xlsx: (a damaged|no sheet)"):
        read_table(save([["a"], [1]], **{part: None}))
    with pytest.raises(InputError, match=r"people\.xlsx: a damaged"):
        read_table(save([["a"], [1]], **{part: lambda data: data[: len(data) // 2]}))


def test_a_zip_bomb_is_refused_before_it_is_unpacked(save):
    path = save([["a"], [1]])
    data = bytearray(path.read_bytes())
    at = data.rindex(b"PK\x01\x02")  # the last entry of the archive's directory
    data[at + 24 : at + 28] = struct.pack("<I", 3_000_000_000)
    path.write_bytes(data)
    with pytest.raises(InputError, match="3000 MB when unpacked"):
        read_table(path)


def test_entities_do_not_multiply(save):
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + b"".join(
        b'<!ENTITY %c "%s">' % (98 + level, b"&%c;" % (97 + level) * 10) for level in range(9)
    )
    path = save(
        [["a"], [1]],
        sheet1=lambda data: data.replace(b"<worksheet", bomb + b"]><worksheet", 1).replace(
            b"<v>1</v>", b"<v>&j;</v>"
        ),
    )
    with pytest.raises(InputError, match="damaged"):
        read_table(path)
