"""Splits of a study into what is learned from and what is tested: always by whole transcripts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from mihqda.errors import InputError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from mihqda.codebook import Code

_SPACE = re.compile(r"\s+")


def split(
    transcripts: NDArray[np.str_], known: NDArray[np.bool_], *, folds: int | None = None, seed: int = 0
) -> list[tuple[str, ...]]:
    """Return which transcripts are tested together; each that has something to test is in exactly one fold.

    Parameters
    ----------
    transcripts
        Of each segment.
    known
        Shape (segments,): there is something to test.
    folds
        None tests one transcript at a time; else the transcripts are dealt out, so that the folds have about the same number of
        segments. There are never more folds than transcripts.
    seed
        Decides between transcripts of the same size.

    Raises
    ------
    InputError
        If there are fewer than two folds.
    """
    if folds is not None and folds < 2:
        raise InputError(f"an evaluation has at least 2 folds, got {folds}")
    names, sizes = np.unique(transcripts[known], return_counts=True)
    if folds is None or folds >= len(names):
        return [(str(name),) for name in names]
    shuffled = np.random.default_rng(seed).permutation(len(names))
    dealt: list[list[str]] = [[] for _ in range(folds)]
    filled = np.zeros(folds)
    for at in shuffled[np.argsort(-sizes[shuffled], kind="stable")]:
        smallest = int(filled.argmin())
        dealt[smallest].append(str(names[at]))
        filled[smallest] += sizes[at]
    return [tuple(sorted(fold)) for fold in dealt]


def without_examples_from(codes: Sequence[Code], texts: Iterable[str]) -> tuple[Code, ...]:
    """Return codes without the example quotes (and counter-examples) that stand word for word in texts.

    A codebook often quotes the study's own transcripts: with these examples a suggester would have been told the answers of the
    transcripts on which it is tested.
    """
    held_out = [_plain(text) for text in texts]

    def is_told(example: object) -> bool:
        quote = _plain(str(example))
        return bool(quote) and any(quote in text for text in held_out)

    out = []
    for code in codes:
        examples = tuple(one for one in code.examples if not is_told(one))
        attributes = {
            name: [one for one in value if not is_told(one)] if _is_list(name, value) else value
            for name, value in code.attributes.items()
            if not ("example" in name and isinstance(value, str) and is_told(value))
        }
        if examples != code.examples or attributes != dict(code.attributes):
            code = code.replace(examples=examples, attributes=attributes)
        out.append(code)
    return tuple(out)


def _is_list(name: str, value: object) -> bool:
    return "example" in name and isinstance(value, list)


def _plain(text: str) -> str:
    return _SPACE.sub(" ", text).strip().strip("\"'“”‘’«».… ").casefold()
