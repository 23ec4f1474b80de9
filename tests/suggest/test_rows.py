import numpy as np

from mihqda.codebook.model import Code
from mihqda.suggest.rows import is_described, labels_of_rows, rows_of

CODES = (
    Code("domain", "Domain", codable=False),
    Code(
        "cost", "Cost", parent="domain", definition="What it costs.", include="Money.", exclude="Time.",
        examples=("It is dear.",), keywords=("price", "pay*"),
        attributes={
            "name_nl": "Kosten", "example_nl": "Het is duur.", "keywords_nl": ["prijs"],
            "counter_examples": ["It takes hours."],
        },
    ),
    Code("price", "Price", parent="cost"),
    Code("time", "Time"),
    Code("old", "Old", retired=True, definition="No longer used."),
)  # fmt: skip


def test_every_text_of_a_code_is_a_row() -> None:
    found = [(row.field, row.text, row.is_positive) for row in rows_of(CODES) if row.code == 1]
    assert found == [
        ("name", "Cost. Kosten", True),
        ("definition", "Cost. What it costs.", True),
        ("include", "Money.", True),
        ("example 1", "It is dear.", True),
        ("example 2", "Het is duur.", True),
        ("keyword", "price, pay", True),
        ("keyword", "prijs", True),
        ("exclude", "Time.", False),
        ("counter-example", "It takes hours.", False),
    ]


def test_containers_and_retired_codes_teach_nothing() -> None:
    assert {row.code for row in rows_of(CODES)} == {1, 2, 3}


def test_a_text_is_unknown_to_its_kin_and_a_negative_of_others() -> None:
    rows = rows_of(CODES)
    labels = labels_of_rows(rows, CODES)
    definition = next(at for at, row in enumerate(rows) if row.field == "definition")
    assert np.array_equal(labels[definition], [np.nan, 1, np.nan, 0, np.nan], equal_nan=True)


def test_what_a_code_excludes_is_its_own_negative_only() -> None:
    rows = rows_of(CODES)
    exclude = next(at for at, row in enumerate(rows) if row.field == "exclude")
    assert np.array_equal(
        labels_of_rows(rows, CODES)[exclude], [np.nan, 0, np.nan, np.nan, np.nan], equal_nan=True
    )


def test_a_mere_name_is_no_description() -> None:
    assert [is_described(code) for code in CODES] == [False, True, False, False, True]
