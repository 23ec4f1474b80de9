"""Codebooks that Hypothesis draws: any tree, any text that a person could paste."""

from __future__ import annotations

from itertools import product
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from mihqda.codebook import Code, Codebook, Link
from mihqda.errors import InputError


def examples(number: int) -> settings:
    """How many to try; a busy machine is no failure."""
    return settings(max_examples=number, deadline=None, suppress_health_check=[HealthCheck.too_slow])


TRAPS = (
    "no", "On", "yes", "null", "~", "true", "1", "0.10", "007", "1e3", "1e+16", "12:30", "2024-01-31", "-", "- a",
    "? a", "a: b", "a #b", "# a", "*a", "&a", "!a", "%a", "@a", "`a", "'a'", '"a"', '"a', "[a]", "{a: b}", "[a", "|",
    ">", "=1+1", "+31 6", "-5", "'=x", "a;b", "a, b", "a\\b", "a\nb", "a\n\n  b", "a\tb", "é", "e\u0301", "🙂👩‍👩‍👧",
    "“quoted”", "العربية", "\u200b", "a\ufeffb", "_x000D_", "a  b", "a\u00a0b", "word " * 40, "x" * 200, "...", "---",
    ".inf", ".nan", "0x1F", "0o17", "1_000", "<<", "=", "[]", "{}", '""', "#meta.title", "true ", " a ", "\r\na\r\n",
)  # fmt: skip

wild = st.one_of(
    st.sampled_from(TRAPS), st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co")), max_size=12)
)
texts = wild.filter(lambda text: text.strip() != "")
ids = st.text("abcdefgh.-_é0123456789=+@'", min_size=1, max_size=6)
values = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(allow_nan=False, allow_infinity=False),
        wild,
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(texts.map(str.strip), inner, max_size=3)
    ),
    max_leaves=5,
)


def _is_plain(value: Any) -> bool:
    """Names in a mapping are tidy: the code says so."""
    try:
        Code("a", "a", attributes={"x": value})
    except InputError:
        return False
    return True


own = st.lists(values.filter(_is_plain), max_size=2).map(
    lambda drawn: {f"own_{number}": value for number, value in enumerate(drawn)}
)
few = st.lists(texts, max_size=3)
fields = st.fixed_dictionaries(
    {"name": texts},
    optional={
        "kind": st.sampled_from(["", "theme", "no"]),
        "codable": st.just(False),
        "valence_applicable": st.just(False),
        "retired": st.just(True),
        "definition": wild,
        "include": wild,
        "exclude": wild,
        "examples": few.map(tuple),
        "keywords": few.map(tuple),
        "links": st.lists(st.builds(Link, ids, texts), max_size=2).map(tuple),
        "attributes": st.tuples(own, st.just({}) | few.map(lambda keys: {"keywords_nl": keys})).map(
            lambda pair: pair[0] | pair[1]
        ),
    },
)


@st.composite
def codebooks(draw: st.DrawFn) -> Codebook:
    """Any codebook."""
    listed = draw(st.lists(ids, unique=True, max_size=4))
    codes = [
        Code(one, parent=draw(st.sampled_from([None, *listed[:number]])), **draw(fields))
        for number, one in enumerate(listed)
    ]
    head = st.fixed_dictionaries(
        {"id": ids},
        optional={"title": wild, "version": wild, "language": st.sampled_from(["nl", "no"]), "meta": own},
    )
    return Codebook(**draw(head), codes=tuple(codes[:: draw(st.sampled_from([1, -1]))]))


_VARIANTS = [
    {"name": name, "definition": definition, "retired": is_retired, "attributes": attributes}
    for name, definition, is_retired, attributes in product(
        "xyz", "xyz", (False, False, True), ({}, {"note": "x"}, {"note": "y"}, {"note": "x", "ref": "x"})
    )
]


@st.composite
def versions(draw: st.DrawFn) -> Codebook:
    """A codebook over few ids and words, so that several of them have much in common."""
    listed = draw(st.lists(st.sampled_from("abcdef"), unique=True, min_size=1))
    codes = [
        Code(one, parent=draw(st.sampled_from([None, *listed[:number]])), **draw(st.sampled_from(_VARIANTS)))
        for number, one in enumerate(listed)
    ]
    if draw(st.booleans()):
        codes.sort(key=lambda code: code.id)
    return Codebook("book", version=draw(st.sampled_from("xyz")), codes=tuple(codes))
