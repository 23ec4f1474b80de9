"""Row and Table, and how a grid of cells becomes one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from mihqda.errors import InputError

Record = tuple[int, list[str]]
"""A row number as Excel shows it, and the cells of that row."""
Records = Generator[Record, None, None]
"""The records of a file, read as they are asked for."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table.

    Parameters
    ----------
    number
        As Excel shows it (the head is row 1); in JSONL the line of the file.
    cells
        Column -> text, for every column of the table; ``""`` where there is nothing.
    """

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one sheet or file.

    Parameters
    ----------
    name
        Of the file, without its folder; for messages.
    columns
        Normalised names, in the order of the file; unique.
    rows
        Those that hold something.
    encoding
        How the bytes were decoded; empty for XLSX.
    warnings
        One sentence each.
    """

    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    encoding: str = ""
    warnings: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        check_columns(self.columns, self.name)


def column_name(cell: str) -> str:
    """Return the name that a head cell gives: stripped, lower case, white space inside as ``_``.

    Examples
    --------
    >>> column_name(" Started  at ")
    'started_at'
    """
    return "_".join(cell.lower().split())


def column_letter(index: int) -> str:
    """Return what Excel calls the column at `index` (0 is ``A``)."""
    letters = ""
    while index >= 0:
        letters = chr(ord("A") + index % 26) + letters
        index = index // 26 - 1
    return letters


def check_columns(columns: Sequence[str], name: str) -> None:
    """Check that there are columns and that no two have one name.

    Raises
    ------
    InputError
        Naming the file and the column.
    """
    if not columns:
        raise InputError(f"{name}: the first row holds no column names")
    if twice := [column for column, times in Counter(columns).items() if times > 1]:
        raise InputError(
            f"{name}: column {twice[0]!r} occurs twice (case and spaces aside); rename one of them"
        )


def has_content(cells: Iterable[str]) -> bool:
    """Tell whether a row holds more than white space."""
    return bool("".join(cells).strip())


def read_names(records: Iterable[Record]) -> tuple[str, ...]:
    """Return the names in the head, the first row with content; the columns without a name are ``""``."""
    for _, cells in records:
        if has_content(cells):
            return tuple(map(column_name, cells))
    return ()


def build(name: str, records: Iterator[Record], *, is_sheet: bool = False) -> Table:
    """Return a grid of cells as a table; its first row with content is the head.

    Parameters
    ----------
    name
        Of the file.
    records
        From the top.
    is_sheet
        In a sheet, cells to the right of the head are side notes, ignored with a warning. In delimited text
        they come from a delimiter inside a text, and are refused.

    Raises
    ------
    InputError
        If there is no head, a column name occurs twice, or a row has more cells than the head.
    """
    names = read_names(records)
    if not names:
        raise InputError(f"{name}: the table is empty; its first row must hold the column names")
    columns = tuple(filter(None, names))
    check_columns(columns, name)
    unnamed = [index for index, column in enumerate(names) if not column]
    ignored: Counter[int] = Counter()
    width, rows = len(names), []
    for number, cells in records:
        if not has_content(cells):
            continue
        if len(cells) > width and not is_sheet and has_content(cells[width:]):
            raise InputError(
                f"{name}, row {number}: {len(cells)} cells, but the head names {width} columns; "
                "a cell that holds the delimiter must stand in quotation marks"
            )
        ignored.update(index for index in range(width, len(cells)) if cells[index].strip())
        if len(cells) < width:
            cells = cells + [""] * (width - len(cells))
        named = dict(zip(names, cells, strict=False))
        if unnamed:
            ignored.update(index for index in unnamed if cells[index].strip())
            del named[""]
        rows.append(Row(number, named))
    del ignored[0]  # an unnamed first column is the index that pandas and R write
    warnings = tuple(
        f"column {column_letter(index)} has no name and was ignored ({times} cell{'s' if times > 1 else ''})"
        for index, times in sorted(ignored.items())
    )
    return Table(name, columns, tuple(rows), warnings=warnings)


def pick(
    table: Table, *, required: Sequence[str] = (), optional: Sequence[str] = ()
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the columns of a table that the caller understands, and the others, to be named and ignored.

    Returns
    -------
    in use, ignored
        Both in the order of the file.

    Raises
    ------
    InputError
        If a required column is missing; names what is missing, what the file has and what is understood.

    Examples
    --------
    >>> table = Table("people.csv", ("participant", "group", "shoe_size"), ())
    >>> pick(table, required=["participant"], optional=["group", "role"])
    (('participant', 'group'), ('shoe_size',))
    """
    missing = [column for column in required if column not in table.columns]
    if missing:
        raise InputError(
            f"{table.name}: no column {' and no column '.join(map(repr, missing))}; "
            f"the file has: {', '.join(table.columns)}; needed: {', '.join(required)}"
            + (f"; also understood: {', '.join(optional)}" if optional else "")
        )
    known = {*required, *optional}
    return (
        tuple(column for column in table.columns if column in known),
        tuple(column for column in table.columns if column not in known),
    )
