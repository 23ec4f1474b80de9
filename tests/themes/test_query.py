import pytest
from brute_force import write
from hypothesis import given
from hypothesis import strategies as st
from random_studies import queries

from mihqda.errors import InputError, NotFoundError
from mihqda.themes.query import AllOf, AnyOf, Leaf, Query, Theme, check_codes, codes_of, parse

A, B, C, D = (Leaf(code) for code in "ABCD")


@pytest.mark.parametrize(
    ("query", "tree"),
    [
        ("A", A),
        ("A or B", AnyOf((A, B))),
        ("A and B", AllOf((A, B))),
        ("A and B or C", AnyOf((AllOf((A, B)), C))),
        ("A or B and C", AnyOf((A, AllOf((B, C))))),
        ("(A or B) and C", AllOf((AnyOf((A, B)), C))),
        ("A and B not C", AllOf((A, B), (C,))),
        ("A not B", AllOf((A,), (B,))),
        ("A and not B", AllOf((A,), (B,))),
        ("not B and A", AllOf((A,), (B,))),
        ("A not B not C", AllOf((A,), (B, C))),
        ("A or B not C", AnyOf((A, AllOf((B,), (C,))))),
        ("A not (B or C) and D", AllOf((A, D), (AnyOf((B, C)),))),
        ("((A))", A),
        ("  A  OR\n B ", AnyOf((A, B))),
        ("A And B Not C", AllOf((A, B), (C,))),
        ("A)or(B".join("()"), AnyOf((A, B))),
        ('"A" or "B"', AnyOf((A, B))),
    ],
)
def test_precedence_is_not_then_and_then_or(query: str, tree: Query) -> None:
    assert parse(query) == tree


@pytest.mark.parametrize(
    "code", ["mih.theme.role-ambiguity", "a/b", "größe_3", "役割", "notable", "or.1", "A,B", "a's", "+", "🙂"]
)
def test_ids_hold_dots_hyphens_slashes_and_any_letter(code: str) -> None:
    assert parse(code) == Leaf(code)
    assert parse(f"{code} not ({code})") == AllOf((Leaf(code),), (Leaf(code),))


@pytest.mark.parametrize("code", ["and", "Not", "a b", "a(b)", 'say "hm"', ")"])
def test_other_ids_stand_in_quotes(code: str) -> None:
    assert parse(str(Leaf(code))) == Leaf(code)


@pytest.mark.parametrize(
    ("query", "character", "reason"),
    [
        ("", 1, "expected a code"),
        ("   ", 4, "expected a code or \\(, got the end"),
        ("A B", 3, "expected and, or, not"),
        ("A and", 6, "got the end"),
        ("A or or B", 6, "got 'or'"),
        ("(A or B", 8, "expected \\)"),
        ("(A B)", 4, "expected \\)"),
        ("A)", 2, "one too many"),
        ("()", 2, "got '\\)'"),
        ("not A", 1, "'not' alone"),
        ("B or not A", 6, "'not' alone"),
        ("B and (not A)", 8, "'not' alone"),
        ("A not not B", 7, "got 'not'"),
        ('A or "B', 6, "quotation mark"),
        ('A or ""', 6, "quotation mark"),
        ("(" * 60 + "A" + ")" * 60, 51, "more than 50 parentheses"),
    ],
)
def test_an_unreadable_query_names_the_character(query: str, character: int, reason: str) -> None:
    with pytest.raises(InputError, match=f"character {character}: .*{reason}"):
        parse(query)


@given(queries())
def test_a_query_says_itself_again(tree: tuple) -> None:
    query = parse(write(tree))
    assert parse(str(query)) == query


@given(st.text(alphabet='ab ()"ornotd', max_size=24))
def test_anything_typed_is_a_query_or_an_input_error(text: str) -> None:
    try:
        query = parse(text)
    except InputError:
        return
    assert parse(str(query)) == query


def test_a_long_query_can_be_read() -> None:
    assert len(codes_of(parse(" or ".join(f"c{i}" for i in range(5000))))) == 5000


def test_codes_are_named_once_and_without_the_dropped_ones_on_request() -> None:
    query = parse("A or (B and A not (C or D)) not C")
    assert codes_of(query) == ("A", "B", "C", "D")
    assert codes_of(query, dropped=False) == ("A", "B")


def test_an_unknown_code_is_named_with_those_that_look_like_it() -> None:
    with pytest.raises(
        NotFoundError, match=r"theme x: .* no code 'workload'; did you mean theme\.workload\?"
    ):
        check_codes(parse("workload"), ["theme.workload", "motivation"], where="theme x")
    with pytest.raises(NotFoundError, match="see: mihqda codebook list"):
        check_codes(parse("zzz"), ["motivation"])
    check_codes(parse("motivation"), {"motivation": 1})


def test_a_theme_checks_its_query_and_has_a_name() -> None:
    theme = Theme("strain", query="workload not motivation")
    assert theme.name == "strain"
    assert theme.parsed == AllOf((Leaf("workload"),), (Leaf("motivation"),))
    with pytest.raises(InputError, match="theme strain: query 'a b', character 3"):
        Theme("strain", query="a b")
    with pytest.raises(InputError, match=r"theme strain: .*expected a code"):
        Theme("strain")
    with pytest.raises(InputError, match="a theme needs an id"):
        Theme(" ", query="a")
