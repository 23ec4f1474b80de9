from mihqda.errors import BulkError, InputError, MihqdaError, Problem


def test_every_bad_row_has_a_line_with_number_column_reason_and_value() -> None:
    error = BulkError(
        "c.csv", [Problem(2, "code", "x", "is unknown"), Problem(4, "", "", "is empty")], "Mend them."
    )
    assert str(error).splitlines() == [
        "c.csv: 2 bad rows, nothing was written",
        "  row 2, code: is unknown (got 'x')",
        "  row 4: is empty",
        "Mend them.",
    ]
    assert isinstance(error, InputError)
    assert isinstance(error, MihqdaError)


def test_in_a_long_list_rows_with_one_problem_share_a_line() -> None:
    problems = [Problem(n, "code", "x", "is unknown") for n in (*range(2, 30), 40)] + [
        Problem(31, "end", "9", "is far")
    ]
    assert str(BulkError("c.csv", problems)).splitlines()[1:] == [
        "  rows 2-29, 40, code: is unknown (got 'x')",
        "  row 31, end: is far (got '9')",
    ]
