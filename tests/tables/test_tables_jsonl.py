import pytest

from mihqda.errors import InputError
from mihqda.tables import read_head, read_table


@pytest.fixture
def codings(tmp_path):
    def read(data, name="codings.jsonl"):
        path = tmp_path / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return read_table(path)

    return read


def test_values_of_every_kind_become_text(codings):
    table = codings(
        '{"s": "a b ", "i": 12, "f": 1.5, "w": 12.0, "t": true, "n": null, "x": NaN, "l": ["é", 1], "o": {"k": 2}}\n'
    )
    assert dict(table.rows[0].cells) == {
        "s": "a b ", "i": "12", "f": "1.5", "w": "12", "t": "true", "n": "", "x": "", "l": '["é", 1]',
        "o": '{"k": 2}',
    }  # fmt: skip
    assert table.encoding == "utf-8"


def test_rows_are_numbered_by_line_and_blank_lines_count(codings):
    table = codings('\n{"a": 1}\r\n\r\n  \n{"a": 2}\n{}\n{"a": null}\n')
    assert [row.number for row in table.rows] == [2, 5]


def test_columns_are_all_keys_in_the_order_in_which_they_come(codings):
    table = codings('{"B": 1, "a": 2}\n{"c d": 3, "a": 4, "": 5}\n')
    assert table.columns == ("b", "a", "c_d")
    assert [list(row.cells.items()) for row in table.rows] == [
        [("b", "1"), ("a", "2"), ("c_d", "")],
        [("b", ""), ("a", "4"), ("c_d", "3")],
    ]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"a": 1', "not one JSON object"),
        ('{"a": 1} {"a": 2}', "something follows"),
        ("[1, 2]", "a JSON list"),
        ('"text"', "a JSON str"),
        ('{"a": 1, "a": 2}', "a key occurs twice"),
        ('{"a": 1, "A ": 2}', "both name the column 'a'"),
        ('{"a": Infinity}', "Infinity"),
        ('{"a": 1,}', "not one JSON object"),
        ("[" * 100_000, "line 3"),
        ('{"a": ' + "9" * 5000 + "}", "line 3"),
    ],
)
def test_a_bad_line_is_named_without_its_text(codings, line, reason):
    with pytest.raises(InputError) as caught:
        codings('{"a": 1}\n\n' + line + "\n")
    assert str(caught.value).startswith("codings.jsonl, line 3: ")
    assert reason in str(caught.value)
    assert len(str(caught.value)) < 200


def test_escapes_are_read_and_normalised(codings):
    table = codings(r'{"a": "one\r\ntwo\u2028three\u0000\ud800x", "b": "\ud83d\ude00"}' + "\n")
    assert table.rows[0].cells["a"] == "one\ntwo\nthree  x"
    assert table.rows[0].cells["b"] == "😀"


def test_line_separators_inside_a_text_do_not_end_the_line(codings):
    table = codings('{"a": "one\u2028two"}\n{"a": "x"}\n')
    assert [row.cells["a"] for row in table.rows] == ["one\ntwo", "x"]


def test_an_apostrophe_before_a_sign_stays(codings):
    assert codings('{"a": "\'=x"}\n').rows[0].cells["a"] == "'=x"


@pytest.mark.parametrize("data", ["", "\n \n"])
def test_an_empty_file_is_refused(codings, data):
    with pytest.raises(InputError, match="empty"):
        codings(data)


def test_the_head_is_that_of_the_first_object(tmp_path):
    path = tmp_path / "x.ndjson"
    path.write_text('\n{"Code": 1, "start": 2}\nnonsense\n', encoding="utf-8")
    assert read_head(path) == ("code", "start")
    path.write_text("nonsense\n", encoding="utf-8")
    assert read_head(path) == ()
