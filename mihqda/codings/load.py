"""Rows of a table become codings: all of them, or a list of what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from difflib import get_close_matches

from mihqda.codebook import Code
from mihqda.codings.model import Coding, Valence, new_id, parse_valence
from mihqda.codings.place import check_quote, locate
from mihqda.errors import BulkError, InputError, Problem
from mihqda.spans import Span
from mihqda.tables import Row, Table, parse_number, pick

REQUIRED = ("transcript", "code")
OPTIONAL = ("start", "end", "coder", "quote", "valence", "memo", "created", "id", "origin")


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a table of codings holds: the new ones, how many the study has already, what was ignored."""

    codings: tuple[Coding, ...]
    already: int
    ignored: tuple[str, ...]


def read_codings(
    table: Table,
    *,
    text_of: Callable[[str], str | None],
    codes: Mapping[str, Code],
    known: Iterable[Coding] = (),
    coder: str = "",
    created: str = "",
) -> Loaded:
    """Return the codings of a table.

    Parameters
    ----------
    table
        Columns ``transcript, start, end, code, coder``, and optionally ``quote, valence, memo, created, id``.
        A row without positions is placed by its quote, if that occurs exactly once.
    text_of
        Transcript id -> its text, or None if there is no such transcript.
    codes
        The study's codes by id; a name that only one code has does as well.
    known
        Codings that the study has: a row equal to one of them (transcript, span, code, coder, valence, memo)
        is counted, not added again.
    coder, created
        For rows that do not say.

    Raises
    ------
    BulkError
        Listing every bad row with its number, value and reason.
    """
    _, ignored = pick(table, required=REQUIRED, optional=OPTIONAL)
    if "coder" not in table.columns and not coder:
        raise InputError(f"{table.name}: has no column coder; add one, or name the coder: --coder NAME")
    if "quote" not in table.columns and not {"start", "end"} <= set(table.columns):
        raise InputError(f"{table.name}: needs the columns start and end, or quote")
    there = list(known)
    placed = {(one.transcript, one.span, one.code, one.coder): one for one in there}
    taken = {one.id for one in there}
    by_name = names_of(codes)
    problems: list[Problem] = []
    out: list[Coding] = []
    already = 0
    for row in table.rows:
        try:
            one = _coding(row, text_of, codes, by_name, coder, created)
        except _BadCellError as bad:
            problems.append(Problem(row.number, bad.column, bad.value, str(bad)))
            continue
        earlier = placed.get((one.transcript, one.span, one.code, one.coder))
        if earlier is not None:
            if (earlier.valence, earlier.memo) == (one.valence, one.memo):
                already += 1
            else:
                problems.append(
                    Problem(
                        row.number, "", "",
                        f"{one.coder} coded {one.transcript} {one.span} as {one.code} already, with another valence "
                        f"or memo (coding {earlier.id}): remove that one first",
                    )
                )  # fmt: skip
            continue
        if one.id in taken:
            problems.append(Problem(row.number, "id", one.id, "is the id of another coding"))
            continue
        taken.add(one.id)
        placed[one.transcript, one.span, one.code, one.coder] = one
        out.append(one)
    if problems:
        raise BulkError(table.name, problems, "Mend these rows and load the file again.")
    return Loaded(tuple(out), already, ignored)


class _BadCellError(Exception):
    def __init__(self, column: str, value: str, reason: str) -> None:
        super().__init__(reason)
        self.column, self.value = column, value


def _coding(
    row: Row,
    text_of: Callable[[str], str | None],
    codes: Mapping[str, Code],
    by_name: Mapping[str, list[str]],
    coder: str,
    created: str,
) -> Coding:
    cell = row.cells
    transcript = cell.get("transcript", "").strip()
    text = text_of(transcript)
    if text is None:
        raise _BadCellError(
            "transcript", transcript, "the study has no such transcript" if transcript else "is empty"
        )
    word = cell.get("code", "").strip()
    try:
        code = resolve_code(word, codes, by_name)
    except InputError as error:
        raise _BadCellError("code", word, str(error)) from None
    who = cell.get("coder", "").strip() or coder
    if not who:
        raise _BadCellError("coder", "", "is empty")
    return Coding(
        cell.get("id", "").strip() or new_id(), transcript, _span(cell, text), code, who, _valence(cell),
        _memo(cell), _created(cell.get("created", "").strip()) or created, cell.get("origin", "").strip() or "import",
    )  # fmt: skip


def names_of(codes: Mapping[str, Code]) -> dict[str, list[str]]:
    """Return name in lower case -> ids of the codes that have it."""
    out: dict[str, list[str]] = {}
    for code in codes.values():
        out.setdefault(code.name.casefold(), []).append(code.id)
    return out


def resolve_code(word: str, codes: Mapping[str, Code], by_name: Mapping[str, list[str]]) -> str:
    """Return the id of the code that a person means by an id or a name, and may apply.

    Raises
    ------
    InputError
        If there is none, several have the name, or it is a container or retired.
    """
    found = word
    if word not in codes:
        named = by_name.get(word.casefold(), [])
        if len(named) > 1:
            raise InputError(f"several codes have this name: {', '.join(named)}")
        if not named:
            near = get_close_matches(word, [*codes, *by_name], n=3) if word else []
            raise InputError("the study has no such code" + (f"; is it {' or '.join(near)}?" if near else ""))
        found = named[0]
    if not codes[found].codable:
        raise InputError("this code is a container of others and is not applied itself")
    if codes[found].retired:
        instead = codes[found].attributes.get("merged_into")
        raise InputError("this code is retired" + (f": use {instead}" if instead else ""))
    return found


def _span(cell: Mapping[str, str], text: str) -> Span:
    # Not quoted back in errors: a quote is somebody's words.
    quote = cell.get("quote", "").strip("\n")
    positions = [cell.get(name, "").strip() for name in ("start", "end")]
    if not any(positions):
        if not quote:
            raise _BadCellError("start", "", "the row has neither positions nor a quote")
        try:
            return locate(text, quote)
        except InputError as error:
            raise _BadCellError("quote", "", str(error)) from None
    numbers = []
    for name, value in zip(("start", "end"), positions, strict=True):
        try:
            number = int(value) if value.isdigit() else parse_number(value)
        except InputError:
            number = -1.5
        if number != int(number):
            raise _BadCellError(name, value, "is not a whole number")
        numbers.append(int(number))
    start, end = numbers
    try:
        span = Span(start, end)
    except ValueError:
        raise _BadCellError("start", f"{start}:{end}", "a span needs 0 <= start < end") from None
    if end > len(text):
        raise _BadCellError("end", str(end), f"is beyond the transcript of {len(text)} characters")
    if text[start:end].isspace():
        raise _BadCellError("start", f"{start}:{end}", "covers nothing but white space")
    if quote:
        try:
            check_quote(text, span, quote)
        except InputError as error:
            raise _BadCellError("quote", "", str(error)) from None
    return span


def _valence(cell: Mapping[str, str]) -> Valence | None:
    try:
        return parse_valence(cell.get("valence"))
    except InputError:
        raise _BadCellError(
            "valence", cell["valence"], "is none of: + - − plus minus positive negative mixed neutral"
        ) from None


def _memo(cell: Mapping[str, str]) -> str:
    memo = cell.get("memo", "").replace("\r\n", "\n")
    try:
        memo.encode()
    except UnicodeEncodeError:
        raise _BadCellError("memo", "", "holds half of a surrogate pair, which is no character") from None
    return memo


def _created(value: str) -> str:
    if not value:
        return ""
    try:
        time = datetime.fromisoformat(value)
    except ValueError:
        raise _BadCellError("created", value, "is not a time like 2026-01-31T14:05:00Z") from None
    if time.tzinfo is None:
        time = time.replace(tzinfo=UTC)
    return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
