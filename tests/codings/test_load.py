import pytest

from mihqda.codebook import Code
from mihqda.codings import Coding
from mihqda.codings.load import read_codings
from mihqda.errors import BulkError, InputError
from mihqda.spans import Span
from mihqda.tables import Row, Table

TEXTS = {"T1": "P1: Nobody asked me 😀.\n\nP2: Nobody at all.", "T2": "P3: Fine, fine."}
CODES = {
    code.id: code
    for code in (
        Code("a", "Workload"),
        Code("b", "Roles"),
        Code("top", "Themes", codable=False),
        Code("old", "Old", retired=True, attributes={"merged_into": "a"}),
        Code("r1", "Same"),
        Code("r2", "Same"),
    )
}


def table(head: str, *rows: str) -> Table:
    columns = tuple(head.split("|"))
    return Table(
        "codings.csv",
        columns,
        tuple(Row(n, dict(zip(columns, row.split("|"), strict=True))) for n, row in enumerate(rows, 2)),
        "utf-8",
        (),
    )


def load(head: str, *rows: str, known: tuple[Coding, ...] = (), coder: str = "") -> tuple[Coding, ...]:
    return read_codings(
        table(head, *rows),
        text_of=TEXTS.get,
        codes=CODES,
        known=known,
        coder=coder,
        created="2026-01-01T00:00:00Z",
    ).codings


def test_a_row_with_positions_becomes_a_coding() -> None:
    (one,) = load(
        "transcript|start|end|code|coder|valence|memo|created",
        "T1|4|16|a|anna|minus|hm|2026-02-03T10:00:00+01:00",
    )
    assert (one.span, one.code, one.coder, one.valence, one.memo) == (Span(4, 16), "a", "anna", "-", "hm")
    assert one.created == "2026-02-03T09:00:00Z"
    assert one.origin == "import"


def test_a_row_with_a_quote_alone_is_placed_if_the_quote_is_unique() -> None:
    (one,) = load("transcript|quote|code|coder", "T1|Nobody asked me 😀|a|anna")
    assert one.span.quote(TEXTS["T1"]) == "Nobody asked me 😀"
    assert one.created == "2026-01-01T00:00:00Z"


def test_a_code_may_be_given_by_its_name() -> None:
    assert load("transcript|start|end|code|coder", "T1|4|16|workLOAD|anna")[0].code == "a"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("T9|4|16||a|anna|", "row 2, transcript: the study has no such transcript .got 'T9'"),
        ("T1|4|16||z|anna|", "row 2, code: the study has no such code"),
        ("T1|4|16||top|anna|", "is a container"),
        ("T1|4|16||old|anna|", "is retired: use a"),
        ("T1|4|16||same|anna|", "several codes have this name: r1, r2"),
        ("T1|4|999||a|anna|", "row 2, end: is beyond the transcript of 42 characters .got '999'"),
        ("T1|16|4||a|anna|", "0 <= start < end"),
        ("T1|-1|4||a|anna|", "0 <= start < end"),
        ("T1|4,5|9||a|anna|", "start: is not a whole number"),
        ("T1|four|9||a|anna|", "start: is not a whole number"),
        ("T1|4|||a|anna|", "end: is not a whole number"),
        ("T1|22|24||a|anna|", "nothing but white space"),
        ("T1|||  |a|anna|", "the quote is empty"),
        ("T1|||Nobody|a|anna|", "occurs 2 times"),
        ("T1|4|10|Somebody|a|anna|", "row 2, quote: the quote .8 characters. is not the text at 4:10"),
        ("T1|4|16||a||", "coder: is empty"),
        ("T1|4|16||a|anna|good", "valence: is none of"),
    ],
)  # fmt: skip
def test_every_bad_row_is_listed_with_number_value_and_reason(row: str, reason: str) -> None:
    with pytest.raises(BulkError, match=reason):
        load("transcript|start|end|quote|code|coder|valence", row)


def test_all_bad_rows_are_listed_at_once_and_no_quote_is_repeated() -> None:
    with pytest.raises(BulkError) as error:
        load(
            "transcript|start|end|quote|code|coder",
            "T1|4|16|secret words|a|anna",
            "T1|4|16||a|anna",
            "T1|0|3||zz|anna",
        )
    assert [problem.row for problem in error.value.problems] == [2, 4]
    assert "secret" not in str(error.value)


def test_the_same_row_again_is_counted_not_added() -> None:
    first = load("transcript|start|end|code|coder", "T1|4|16|a|anna")
    again = read_codings(
        table("transcript|start|end|code|coder", "T1|4|16|a|anna", "T1|4|16|b|anna", "T1|4|16|b|anna"),
        text_of=TEXTS.get, codes=CODES, known=first,
    )  # fmt: skip
    assert (len(again.codings), again.already) == (1, 2)


def test_the_same_place_with_another_valence_is_a_conflict() -> None:
    first = load("transcript|start|end|code|coder|valence", "T1|4|16|a|anna|+")
    with pytest.raises(BulkError, match="remove that one first"):
        load("transcript|start|end|code|coder|valence", "T1|4|16|a|anna|-", known=first)


def test_an_id_that_is_taken_is_refused() -> None:
    with pytest.raises(BulkError, match="is the id of another coding"):
        load("transcript|start|end|code|coder|id", "T1|4|16|a|anna|x", "T1|4|16|b|anna|x")


def test_unknown_columns_are_named_and_ignored() -> None:
    loaded = read_codings(
        table("transcript|start|end|code|coder|weather", "T1|4|16|a|anna|wet"), text_of=TEXTS.get, codes=CODES
    )
    assert loaded.ignored == ("weather",)


@pytest.mark.parametrize("head", ["start|end|code|coder", "transcript|start|end|coder"])
def test_a_table_without_its_columns_is_refused(head: str) -> None:
    with pytest.raises(InputError, match=r"transcript|code"):
        load(head, "|".join("T1" for _ in head.split("|")))


def test_a_table_without_coder_wants_one() -> None:
    with pytest.raises(InputError, match="--coder"):
        load("transcript|start|end|code", "T1|4|16|a")
    assert load("transcript|start|end|code", "T1|4|16|a", coder="anna")[0].coder == "anna"
