"""The codebook as training rows: what its texts say about which codes, before anybody has coded anything."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mihqda.codebook.model import Code

COUNTER = ("counter_example", "counter_examples", "counterexample", "counterexamples")


@dataclass(frozen=True, slots=True)
class CodebookRow:
    """One text of a code.

    Parameters
    ----------
    code
        Index of the code.
    field
        Which of its texts: ``name``, ``definition``, ``include``, ``example 2``, ``keyword``, ``exclude``, ``counter-example``.
    text
        The text.
    is_positive
        False for what the code is said not to be.
    """

    code: int
    field: str
    text: str
    is_positive: bool = True


def is_offered(code: Code) -> bool:
    """Return whether a code may be suggested: it is applied to segments, and no longer-used code."""
    return code.codable and not code.retired


def is_described(code: Code) -> bool:
    """Return whether the codebook says more of a code than its name."""
    return any(row.is_positive and row.field != "name" for row in _rows_of(0, code))


def rows_of(codes: Sequence[Code]) -> list[CodebookRow]:
    """Return the texts of all codes that may be suggested, in the codebook's order."""
    return [row for at, code in enumerate(codes) if is_offered(code) for row in _rows_of(at, code)]


def labels_of_rows(rows: Sequence[CodebookRow], codes: Sequence[Code]) -> NDArray[np.float64]:
    """Return what the rows are for each code, shape (rows, codes): 1, 0 or NaN.

    A code's text is a positive of that code, unknown for the codes above and below it, and a negative of
    all others; what a code excludes is a negative of that code and says nothing of the others.
    """
    place = {code.id: at for at, code in enumerate(codes)}
    kin = np.eye(len(codes), dtype=bool)
    for at, code in enumerate(codes):
        above, seen = code.parent, {code.id}
        while above is not None and above in place and above not in seen:
            kin[at, place[above]] = kin[place[above], at] = True
            seen.add(above)
            above = codes[place[above]].parent
    labels = np.full((len(rows), len(codes)), np.nan)
    for number, row in enumerate(rows):
        if row.is_positive:
            labels[number] = np.where(kin[row.code], np.nan, 0.0)
        labels[number, row.code] = float(row.is_positive)
    labels[:, [not is_offered(code) for code in codes]] = np.nan
    return labels


def _rows_of(at: int, code: Code) -> Iterable[CodebookRow]:
    heads = {"name": code.name, "definition": code.definition, "include": code.include}
    names = [text for key, text in _texts(code, "name_")]
    head = ". ".join(dict.fromkeys([code.name, *names]))
    yield CodebookRow(at, "name", head)
    for field in ("definition", "include"):
        texts = [heads[field], *(text for _, text in _texts(code, f"{field}_"))]
        for text in texts:
            if text:
                yield CodebookRow(at, field, f"{code.name}. {text}" if field == "definition" else text)
    examples = [*code.examples, *(text for _, text in _texts(code, "example_")), *_listed(code, "examples_")]
    for number, text in enumerate(examples, 1):
        yield CodebookRow(at, f"example {number}" if len(examples) > 1 else "example", text)
    for words in (code.keywords, *(tuple(_listed(code, "keywords_")),)):
        if words:
            yield CodebookRow(at, "keyword", ", ".join(word.rstrip("*") for word in words))
    if code.exclude:
        yield CodebookRow(at, "exclude", code.exclude, is_positive=False)
    for name in COUNTER:
        value = code.attributes.get(name) or ()
        for text in (value,) if isinstance(value, str) else value:
            yield CodebookRow(at, "counter-example", str(text), is_positive=False)


def _texts(code: Code, prefix: str) -> list[tuple[str, str]]:
    """Return attributes such as ``name_nl``: the prefix and two letters of a language."""
    return [
        (name, value.strip())
        for name, value in sorted(code.attributes.items())
        if name.startswith(prefix)
        and len(name) == len(prefix) + 2
        and isinstance(value, str)
        and value.strip()
    ]


def _listed(code: Code, prefix: str) -> list[str]:
    return [
        str(text).strip()
        for name, value in sorted(code.attributes.items())
        if name.startswith(prefix) and len(name) == len(prefix) + 2 and isinstance(value, list)
        for text in value
        if str(text).strip()
    ]
