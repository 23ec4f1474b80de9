"""The numbers of a written report are those that `mihqda themes` prints for the same filters."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import pytest
from reading_reports import Files
from terminal import mihqda

SAID = {
    "one": "P1: No time at all for that, and the roles were unclear.\n\nP2: Enough time, I would say.\n\nP3: We never met.\n",
    "two": "P4: My role was clear to me.\n\nP1: Still no time.\n\nStranger: We never met either.\n",
}
PEOPLE = "participant,group,role\nP1,provider,lead\nP2,client,lead\nP3,client,nurse\nP4,provider,nurse\nP5,client,nurse\n"
CODES = "id,name,parent,kind\nwork,Work,,domain\ntime,Time,work,\nrole,Role,work,\nmet,Meeting,,\nnever,Never used,,\n"
CODINGS = """transcript,quote,code,coder,valence
one,No time at all,time,anna,-
one,the roles were unclear,role,anna,-
one,Enough time,time,ben,+
one,We never met,met,anna,
two,My role was clear,role,ben,+
two,Still no time,time,anna,mixed
two,We never met,met,ben,
"""
FILTERS: dict[str, tuple[str, ...]] = {
    "everything": (),
    "one coder": ("--coder", "anna"),
    "one group": ("--group", "client"),
    "a role and a code": ("--role", "lead", "--code", "work"),
    "one transcript": ("--transcript", "two"),
    "criticism": ("--valence", "-"),
    "by role": ("--by", "role"),
}


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("numbers")
    (folder / "talk").mkdir()
    for name, text in SAID.items():
        (folder / "talk" / f"{name}.txt").write_text(text, encoding="utf-8")
    for name, text in {"people.csv": PEOPLE, "codes.csv": CODES, "codings.csv": CODINGS}.items():
        (folder / name).write_text(text, encoding="utf-8")
    path = folder / "s.mihqda"
    for step in (
        ("init", path, "--codebook", folder / "codes.csv"),
        ("import", path, folder / "talk", "--participants", folder / "people.csv"),
        ("code", path, "--from", folder / "codings.csv"),
    ):
        assert mihqda(*step).status == 0
    return path


def printed(study: Path, options: Sequence[str]) -> dict[tuple[str, str], dict[str, str]]:
    done = mihqda("themes", study, *options, "--format", "csv")
    assert done.status == 0
    return {(row["theme"], row["group"]): row for row in csv.DictReader(io.StringIO(done.out))}


@pytest.mark.parametrize("name", FILTERS)
def test_every_number_of_every_format_is_the_one_that_is_printed(
    name: str, study: Path, tmp_path: Path
) -> None:
    options = FILTERS[name]
    numbers = printed(study, options)
    assert numbers
    assert mihqda("report", study, "--out", tmp_path / "r", *options).status == 0
    files = Files(tmp_path / "r")
    rows = files.csv("T4_themes.csv")
    assert {(row["theme"], row["group"]) for row in rows} == set(numbers)
    head, *sheet = files.sheets["T4 themes"]
    for row, cells in zip(rows, sheet, strict=True):
        in_sheet = dict(zip(head, cells, strict=True))
        for column, value in numbers[row["theme"], row["group"]].items():
            assert row[column] == value
            if column not in ("theme", "group"):
                assert in_sheet[column] == (None if value == "" else float(value))
    names = {row["theme"]: row["name"] for row in rows}
    for table in (files.page_table("T4"), files.document_table("T4")):
        labels, *lines = table
        assert len(lines) == len(names)
        for theme, line in zip(names, lines, strict=True):
            shown = dict(zip(labels, line, strict=True))
            assert shown["Theme"] == names[theme]
            total = numbers[theme, "(all)"]
            assert (shown["Mentions"], shown["Sessions"]) == (total["mentions"], total["sessions"])
            for (of, group), row in numbers.items():
                if of == theme and row["N"]:
                    label = "Total" if group == "(all)" else group
                    assert shown[label] == f"{row['participants']}/{row['N']}"


@pytest.mark.parametrize(
    "options",
    [("--language", "nl"), ("--attribution", "role"), ("--order", "name", "--quotes", "1"), ("--by", "role"),
     ("--sections", "findings,quotes"), ("--sections", "method,portraits,themes")],
)  # fmt: skip
def test_every_plan_gives_the_same_bytes_again(options: tuple[str, ...], study: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        assert mihqda("report", study, "--out", tmp_path / name, *options).status == 0
    files = [path.relative_to(tmp_path / "one") for path in (tmp_path / "one").rglob("*") if path.is_file()]
    assert len(files) > 4
    for file in files:
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes(), file
