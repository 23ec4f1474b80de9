"""What is doubtful in a valid codebook: gaps in the rules, links that lead nowhere, keys that say nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from mihqda.codebook.crosswalk import targets
from mihqda.codebook.model import CODE_FIELDS, Code, Codebook

RELATIONS = ("equivalent", "narrower", "broader", "related")
"""What a link says; a codebook may name more in ``meta.link_relations``."""

MOST_CODES_PER_KEYWORD = 2


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to look at: the code's id ("" for the codebook) and what is doubtful about it."""

    code: str
    what: str

    def __str__(self) -> str:
        return f"{self.code}: {self.what}" if self.code else self.what


def check(codebook: Codebook, others: Iterable[Codebook] = ()) -> tuple[Finding, ...]:
    """Return what is doubtful in a valid codebook, code by code, then what concerns several.

    Parameters
    ----------
    codebook
        The one to check.
    others
        Codebooks that its links and ``maps_`` fields may lead to. Without any, what leads out of the
        codebook is counted, not checked.
    """
    others = [other for other in others if other.id != codebook.id]
    codes = {code.id: code for book in (codebook, *others) for code in book}
    findings: list[Finding] = []
    for code in codebook:
        findings += [Finding(code.id, what) for what in _check_code(code, codebook)]
        findings += [Finding(code.id, what) for what in _check_ways(code, codes, is_alone=not others)]
    findings += _check_way_back(codebook, others)
    findings += _check_keywords(codebook)
    if not others:
        outward = sum(one not in codes for code in codebook for one in _ways(code))
        if outward:
            what = f"{outward} of its links and crosswalks lead to other codebooks; give those to have them checked"
            findings.append(Finding("", what))
    return tuple(findings)


def _check_code(code: Code, codebook: Codebook) -> Iterator[str]:
    if code.codable and not code.retired:
        yield from _find_gaps(code)
        if code.parent is not None and codebook[code.parent].retired:
            yield f"its parent {code.parent} is retired"
    said = (str(one).split() for one in codebook.meta.get("link_relations") or ())
    known = dict.fromkeys([*RELATIONS, *(words[0] for words in said if words)])
    for link in code.links:
        if link.relation not in known:
            yield f"the link to {link.to} says {link.relation!r}, which is none of: {', '.join(known)}"
    for name in code.attributes:
        near = get_close_matches(name, CODE_FIELDS, n=1, cutoff=0.85)
        if near and not name.startswith(f"{near[0]}_"):
            yield f"field {name!r} is kept but has no meaning; is {near[0]!r} meant?"
    for keyword in _keywords(code):
        if "," in keyword:
            yield f"keyword {keyword!r} holds a comma; are these several?"


def _find_gaps(code: Code) -> Iterator[str]:
    if not code.definition:
        yield "no definition"
    if not code.include:
        yield "no include: when does it apply?"
    if not code.examples:
        yield "no example"


def _keywords(code: Code) -> list[str]:
    """Return a code's keywords in all languages."""
    languages = (name.removeprefix("keywords_") for name in code.attributes if name.startswith("keywords_"))
    return [*code.keywords, *(key for language in languages for key in code.keywords_in(language))]


def _ways(code: Code) -> list[str]:
    return [*(link.to for link in code.links), *targets(code)]


def _check_ways(code: Code, codes: dict[str, Code], *, is_alone: bool) -> Iterator[str]:
    if not is_alone:
        for to in dict.fromkeys(_ways(code)):
            if to not in codes:
                yield f"leads to {to}, which does not exist"
    for to in targets(code):
        if to in codes and code.id not in targets(codes[to]):
            yield f"maps to {to}, which does not map back"


def _check_way_back(codebook: Codebook, others: Iterable[Codebook]) -> Iterator[Finding]:
    here = {code.id: code for code in codebook}
    for other in others:
        for code in other:
            for to in targets(code):
                if to in here and code.id not in targets(here[to]):
                    yield Finding(to, f"{code.id} maps to it, but it does not map back")


def _check_keywords(codebook: Codebook) -> Iterator[Finding]:
    holders: dict[str, dict[str, None]] = {}
    for code in codebook:
        for keyword in () if code.retired else _keywords(code):
            holders.setdefault(keyword.casefold(), {})[code.id] = None
    for keyword, ids in holders.items():
        if len(ids) > MOST_CODES_PER_KEYWORD:
            yield Finding("", f"keyword {keyword!r} is used by {len(ids)} codes: {', '.join(ids)}")
