import pytest

from mihqda.codebook import Code, Codebook, Link
from mihqda.codebook.check import Finding, check

FULL = Code("a", "A", definition="What it is.", include="This.", examples=("Said so.",))


def say(*codes, others=(), **head):
    return [str(one) for one in check(Codebook("own", codes=codes, **head), others)]


def test_a_full_code_leaves_nothing_to_say():
    assert say(FULL) == []


def test_a_codable_code_needs_rules_and_an_example():
    assert say(Code("a", "A")) == ["a: no definition", "a: no include: when does it apply?", "a: no example"]
    assert say(Code("a", "A", codable=False), Code("b", "B", retired=True)) == []


def test_a_code_in_use_below_a_retired_one():
    assert say(Code("r", "R", retired=True), FULL.replace(parent="r")) == ["a: its parent r is retired"]


def test_a_keyword_of_more_than_two_codes_says_little():
    def keyed(code, *keys, **attributes):
        return FULL.replace(id=code, keywords=keys, attributes=attributes)

    assert say(keyed("a", "Time", "x"), keyed("b", "time", "x"), keyed("c", "y", keywords_nl=["TIME"])) == [
        "keyword 'time' is used by 3 codes: a, b, c"
    ]
    assert say(keyed("a", "x", "x", "X", keywords_nl=["x"]), keyed("b", "x")) == []
    assert say(keyed("a", "x"), keyed("b", "x"), keyed("c", "x").replace(retired=True)) == []


def test_a_keyword_with_a_comma_may_be_several():
    assert say(FULL.replace(attributes={"keywords_nl": ["tijd, geld"]})) == [
        "a: keyword 'tijd, geld' holds a comma; are these several?"
    ]


def test_a_misspelt_field_is_found_a_translated_one_is_none():
    attributes = {"defintion": "x", "definition_nl": "y", "name_nl": "z", "note": "w", "keyword": "v"}
    assert say(FULL.replace(attributes=attributes)) == [
        "a: field 'defintion' is kept but has no meaning; is 'definition' meant?",
        "a: field 'keyword' is kept but has no meaning; is 'keywords' meant?",
    ]


def test_relations_are_known_or_named_in_the_head():
    code = FULL.replace(links=(Link("a", "sort of"), Link("a", "inspired"), Link("a", "narrower")))
    assert say(code, meta={"link_relations": ["inspired (by it)"]}) == [
        "a: the link to a says 'sort of', which is none of: equivalent, narrower, broader, related, inspired"
    ]


def test_links_and_crosswalks_lead_somewhere():
    code = FULL.replace(
        links=(Link("o.x", "narrower"), Link("o.y", "related")), attributes={"maps_2009": ["o.z"]}
    )
    other = Codebook("other", codes=(Code("o.x", "X"),))
    assert say(code, others=[other]) == [
        "a: leads to o.y, which does not exist",
        "a: leads to o.z, which does not exist",
    ]


def test_without_other_codebooks_what_leads_out_is_counted_only():
    code = FULL.replace(
        links=(Link("o.x", "narrower"), Link("a", "related")), attributes={"maps_2009": ["o.z"]}
    )
    assert say(code) == [
        "2 of its links and crosswalks lead to other codebooks; give those to have them checked"
    ]


@pytest.mark.parametrize(
    ("here", "there", "said"),
    [
        (["o.x"], ["a"], []),
        (["o.x"], [], ["a: maps to o.x, which does not map back"]),
        ([], ["a"], ["a: o.x maps to it, but it does not map back"]),
    ],
)
def test_a_crosswalk_runs_both_ways(here, there, said):
    code = FULL.replace(attributes={"maps_2022": here})
    other = Codebook("other", codes=(Code("o.x", "X", attributes={"maps_2009": there}),))
    assert say(code, others=[other]) == said


def test_the_codebook_itself_among_the_others_is_left_out():
    book = Codebook("own", codes=(FULL.replace(links=(Link("o.x", "related"),)),))
    assert check(book, [book]) == check(book)
    assert check(book)[0] == Finding(
        "", "1 of its links and crosswalks lead to other codebooks; give those to have them checked"
    )
