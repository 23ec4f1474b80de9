import os
import sys
from functools import cache
from pathlib import Path

import pytest
from codebooks_drawn import TRAPS

from mihqda.codebook import Code, Codebook, Link
from mihqda.codebook.check import check
from mihqda.codebook.load import load_codebook, resolve, save_codebook
from mihqda.errors import InputError, NotFoundError
from mihqda.shipped import shipped_codebooks
from mihqda.tables import write_xlsx

NASTY = Codebook(
    "own",
    "=1+1",
    "0.10",
    "nl",
    (
        *(
            Code(f"c{n}", trap, definition=trap, keywords=(trap, "x"), attributes={"note": trap})
            for n, trap in enumerate(TRAPS)
        ),
        Code("z", "Z", parent="c3", codable=False, links=(Link("c1", "a; b"),), attributes={"order": 1.5}),
    ),
    {"source": ["x"], "flag": True, "empty": "", "note": "true"},
)


@pytest.mark.parametrize("suffix", ["yaml", "YML", "csv", "xlsx"])
def test_a_codebook_survives_every_format(tmp_path, suffix):
    path = tmp_path / f"other name.{suffix}"
    save_codebook(NASTY, path)
    assert load_codebook(path) == NASTY
    assert os.listdir(tmp_path) == [path.name]


@cache
def load_shipped(name):
    return load_codebook(resolve(name))


@pytest.mark.parametrize("name", shipped_codebooks())
@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_shipped_codebooks_survive_a_table(tmp_path, name, suffix):
    path = tmp_path / f"x.{suffix}"
    save_codebook(load_shipped(name), path)
    assert load_codebook(path) == load_shipped(name)


def test_shipped_codebooks_leave_nothing_to_look_at():
    books = [load_shipped(name) for name in shipped_codebooks()]
    assert [str(finding) for book in books for finding in check(book, books)] == []


def test_the_same_codebook_gives_the_same_file(tmp_path):
    for suffix in ("yaml", "csv", "xlsx"):
        first, second = tmp_path / f"a.{suffix}", tmp_path / f"b.{suffix}"
        save_codebook(NASTY, first)
        save_codebook(NASTY, second)
        assert first.read_bytes() == second.read_bytes()


def test_a_workbook_has_a_sheet_of_codes_and_one_for_the_head(tmp_path):
    from openpyxl import load_workbook

    save_codebook(NASTY, tmp_path / "a.xlsx")
    book = load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames == ["codes", "meta"]
    assert [cell.value for cell in book["meta"][2]] == ["id", "own"]
    assert book["codes"]["A2"].value == "c0"


def test_a_workbook_by_hand_needs_one_sheet_of_any_name(tmp_path):
    path = tmp_path / "my codes.xlsx"
    write_xlsx(path, {"Blad1": (("Code", "Label"), [("a", "A")])})
    assert load_codebook(path) == Codebook("my_codes", codes=(Code("a", "A"),))


def test_codes_are_looked_for_in_their_sheet_first(tmp_path):
    path = tmp_path / "a.xlsx"
    head, codes = (("Value", "Field"), [("2", "Version")]), (("id", "name"), [("a", "A")])
    write_xlsx(path, {"Notes": (("",), []), "Meta": head, "Codes": codes})
    assert load_codebook(path) == Codebook("a", version="2", codes=(Code("a", "A"),))


def test_a_sheet_meta_of_another_make_is_refused(tmp_path):
    path = tmp_path / "a.xlsx"
    write_xlsx(path, {"codes": (("id", "name"), [("a", "A")]), "meta": (("x", "y"), [("1", "2")])})
    with pytest.raises(
        InputError, match=r"a\.xlsx, sheet meta: the columns field and value are wanted, got x, y"
    ):
        load_codebook(path)


def test_a_table_from_a_dutch_office(tmp_path):
    path = tmp_path / "codes.csv"
    path.write_bytes(
        'ID;Naam;Name;Keywords\r\ntijd;x;Tijd voor cliënten;"geen tijd; uren"\r\n'.encode("cp1252")
    )
    code = load_codebook(path)["tijd"]
    assert (code.name, code.keywords, code.attributes) == (
        "Tijd voor cliënten",
        ("geen tijd", "uren"),
        {"naam": "x"},
    )


def test_yaml_is_read_in_the_encoding_it_has(tmp_path):
    path = tmp_path / "own.yaml"
    for encoding in ("utf-8", "utf-8-sig", "cp1252", "utf-16"):
        path.write_bytes("codes:\r\n- id: a\r\n  name: Cliënt\r\n".encode(encoding))
        assert load_codebook(path)["a"].name == "Cliënt"


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.yaml", b"", "a.yaml: the file is empty"),
        ("a.yaml", b"PK\x03\x04", "a.yaml: binary"),
        ("a.yaml", b"codes:\n- id: a\n  name: [\n", r"a\.yaml, line \d, code a: "),
        ("a.csv", b"id,label2\nx,y\n", r"a\.csv: no column 'name'"),
        ("a.csv", b"", r"a\.csv: the file is empty"),
        ("a.xlsx", b"codes: []", r"a\.xlsx: not an Excel workbook"),
        ("a.txt", b"codes: []", r"a\.txt: a codebook is a file in \.yaml, \.yml, \.csv, \.xlsx, got \.txt"),
        ("a", b"codes: []", "got no suffix"),
    ],
)
def test_an_error_names_the_file(tmp_path, name, data, said):
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(InputError, match=said):
        load_codebook(path)


@pytest.mark.parametrize("name", ["gone.yaml", "gone.csv", "gone.xlsx"])
def test_a_missing_file_is_named(tmp_path, name):
    with pytest.raises(InputError, match=name):
        load_codebook(tmp_path / name)
    (tmp_path / name).mkdir()
    with pytest.raises(InputError, match=name):
        load_codebook(tmp_path / name)


def test_saving_refuses_what_it_cannot_do_and_leaves_the_old_file(tmp_path):
    with pytest.raises(InputError, match=r"got \.json"):
        save_codebook(NASTY, tmp_path / "a.json")
    with pytest.raises(InputError, match="does not exist"):
        save_codebook(NASTY, tmp_path / "gone" / "a.yaml")
    too_long = Codebook("own", codes=(Code("a", "A", definition="x" * 40_000),))
    path = tmp_path / "a.xlsx"
    save_codebook(NASTY, path)
    with pytest.raises(InputError):
        save_codebook(too_long, path)
    assert load_codebook(path) == NASTY
    assert os.listdir(tmp_path) == ["a.xlsx"]


def test_a_shipped_codebook_is_found_by_its_name(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    name = next(iter(shipped_codebooks()))
    Path(name).write_text("codes: []")
    assert resolve(name) == shipped_codebooks()[name]


def test_anything_else_is_a_file(tmp_path):
    path = tmp_path / "own.yaml"
    path.write_text("codes: []")
    assert resolve(path) == resolve(str(path)) == path
    with pytest.raises(
        NotFoundError, match=rf"gone: no such file.* those are: .*{next(iter(shipped_codebooks()))}"
    ):
        resolve("gone")


def test_codes_are_light_to_import():
    import subprocess

    heavy = "openpyxl docx matplotlib sqlite3 click spacy sklearn"
    program = (
        "import sys, mihqda.codebook.load, mihqda.codebook.update, mihqda.codebook.check; "
        f"print(*(name for name in {heavy.split()} if name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
