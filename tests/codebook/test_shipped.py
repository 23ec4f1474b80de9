"""The shipped codebooks as files: complete, consistent, and with keywords that do not misfire.

Read with PyYAML alone, so that a fault here is a fault of the files.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

FOLDER = Path(__file__).parents[2] / "codebooks"
NAMES = ("mih", "cfir2022", "cfir2009")
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same, ten times as fast where it was built
BOOKS: dict[str, dict[str, Any]] = {
    name: yaml.load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"), Loader=LOADER) for name in NAMES
}
CODES: dict[str, dict[str, dict[str, Any]]] = {
    name: {code["id"]: code for code in book["codes"]} for name, book in BOOKS.items()
}
EVERY_CODE = {code_id: code for codes in CODES.values() for code_id, code in codes.items()}
LISTS = {"en": "keywords", "nl": "keywords_nl"}

# Keys that fired everywhere when they stood alone. Inside a longer phrase they may stay.
NOISE = {
    "en": "means, need*, board, relative*, grant*, target*, trial*, hours, structure, energy, agency, flow, building*, "
    "in practice, apparat*, motiv*, skill*, client*, clients, customer*, crisis, feedback, plan, plan*, simple, vendor*, "
    "supplier*, manager*, staff, professional*, tablet*, routine*, settings, able to, goals, network*, partner*, size, "
    "trust, resist*, confiden*, tension, urgen*",
    "nl": "means, board, relative*, grant*, target*, trial*, uitvoeren, in de praktijk, bleek, structuur, energie, "
    "moeilijk, werkt het, effectief, duur, prijs, agenda, mail*, inclusi*, psycholo*, manager, wet*, plan, plan*, "
    "geloof*, feedback, crisis, middelen, netwerk, netwerk*, begeleiding, complex*, complexe, aanbieder, wachtlijst*, "
    "gebouw*, apparat*, motiv*, instellingen, prikkel*, routine*, leverancier, leverancier*, uren, visie, doelen, "
    "spreekkamer, vertrouwen, klant*, klanten, norm, tablet*, partner*, omvang, kosten, van bovenaf opgelegd, rollen",
}  # fmt: skip


def fold(text: str) -> str:
    """Return text without case and diacritics."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(ch for ch in parts if not unicodedata.combining(ch))


@cache
def cut(text: str) -> list[str]:
    """Return the folded words of a text or key; a word of a key keeps its ``*``."""
    return re.findall(r"[^\W_]+\*?", fold(text))


def meets(key: str, phrase: str) -> bool:
    """Tell whether a keyword occurs in a phrase, as the files' ``keyword_syntax`` says."""
    wanted, words = cut(key), [word.rstrip("*") for word in cut(phrase)]
    return any(
        all(
            word.startswith(want[:-1]) if want.endswith("*") else word == want
            for want, word in zip(wanted, words[at:], strict=False)
        )
        for at in range(len(words) - len(wanted) + 1)
    )


def hits(language: str, phrase: str) -> set[str]:
    """Return the ids of all codes, of all three books, that a phrase suggests."""
    field = LISTS[language]
    return {code_id for code_id, code in EVERY_CODE.items() if any(meets(key, phrase) for key in code[field])}


def codable(name: str) -> Iterator[dict[str, Any]]:
    return (code for code in CODES[name].values() if code["codable"])


def keys() -> Iterator[tuple[str, str, str]]:
    """Yield every keyword as (code, language, keyword)."""
    for code_id, code in EVERY_CODE.items():
        for language, field in LISTS.items():
            for key in code[field]:
                yield code_id, language, key


def test_ids_are_unique_over_all_books() -> None:
    ids = [code["id"] for book in BOOKS.values() for code in book["codes"]]
    assert [one for one, n in Counter(ids).items() if n > 1] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_parent_exists_and_stands_before_its_children(name: str) -> None:
    seen: set[str | None] = {None}
    for code in BOOKS[name]["codes"]:
        assert code["parent"] in seen, code["id"]
        seen.add(code["id"])


@pytest.mark.parametrize("name", NAMES)
def test_head_says_version_language_wording_and_licence(name: str) -> None:
    meta = BOOKS[name]["meta"]
    assert meta["id"] == name
    assert (meta["version"], meta["language"]) == ("1.0", "en")
    assert "our own" in meta["wording"]
    assert meta["licence"].startswith("CC BY 4.0")
    assert meta["keyword_languages"] == ["en", "nl"]


def test_counts_of_codes_are_those_of_the_frameworks() -> None:
    assert {name: len(codes) for name, codes in CODES.items()} == {"mih": 42, "cfir2022": 84, "cfir2009": 46}
    of_2022 = Counter(code["kind"] for code in CODES["cfir2022"].values() if code["codable"])
    assert of_2022 == {"construct": 48, "subconstruct": 19, "outcome": 9}
    added = {"cfir09.key_stakeholders", "cfir09.participants"}
    assert len({code["id"] for code in codable("cfir2009")} - added) == 39
    assert added <= CODES["cfir2009"].keys()
    assert sum(code["eric_barrier"] for code in CODES["cfir2009"].values()) == 39


def test_heads_of_the_cfir_books_count_as_their_codes_do() -> None:
    kinds = Counter(code["kind"] for code in CODES["cfir2022"].values() if code["codable"])
    assert BOOKS["cfir2022"]["meta"]["counts"] == {
        "domains": 5,
        "constructs": kinds["construct"],
        "subconstructs": kinds["subconstruct"],
        "outcomes": kinds["outcome"],
    }


def test_five_mih_phases_keep_their_numbers_and_what_comes_after_stands_apart() -> None:
    phases = [code for code in CODES["mih"].values() if code["kind"] == "phase"]
    assert [code["order"] for code in phases] == [1, 2, 3, 4, 5]
    for field in ("name", "name_nl"):
        assert [code[field].split()[0] for code in phases] == list("12345")
    beyond = CODES["mih"]["mih.phase.beyond"]
    assert (beyond["kind"], beyond["parent"], beyond["codable"]) == ("beyond", None, True)
    assert "order" not in beyond


def test_two_sided_themes_are_named_and_defined_with_both_sides() -> None:
    names = {
        "role_ambiguity": ("Role clarity and ambiguity", "Duidelijke en onduidelijke rollen"),
        "workload": ("Workload and time", "Werkdruk en tijd"),
        "motivation": ("Motivation", "Motivatie"),
    }
    for theme, (name, name_nl) in names.items():
        code = CODES["mih"][f"mih.theme.{theme}"]
        assert (code["name"], code["name_nl"]) == (name, name_nl)
        assert "positive side" in code["definition"]
        assert "negative side" in code["definition"]
        assert code["valence_applicable"]


def test_definition_of_implementation_is_codable_itself() -> None:
    code = CODES["mih"]["mih.definition"]
    assert code["codable"]
    assert not code["valence_applicable"]


def test_roles_outcomes_definitions_and_containers_carry_no_valence() -> None:
    without = {code_id for code_id, code in EVERY_CODE.items() if not code["valence_applicable"]}
    roles = {one for one in EVERY_CODE if one.startswith("cfir22.individuals.roles.")}
    assert len(roles) == 9
    assert roles <= without
    kinds = {"outcome", "definition", "domain", "subdomain"}
    assert {one for one, code in EVERY_CODE.items() if code["kind"] in kinds} <= without
    characteristics = {one for one in EVERY_CODE if one.startswith("cfir22.individuals.characteristics.")}
    assert not characteristics & without


def test_provenance_is_known_and_what_we_added_says_so() -> None:
    known = BOOKS["mih"]["meta"]["provenance_values"]
    for code in CODES["mih"].values():
        assert code["provenance"] in known, code["id"]
        if code["kind"] in ("subphase", "beyond"):
            assert code["provenance"] == "extension", code["id"]
        if "actors" in code:
            assert code["actors_provenance"] == code["products_provenance"] == "extension", code["id"]


def test_links_lead_to_codable_cfir_constructs_by_a_known_relation() -> None:
    known = {said.split()[0] for said in BOOKS["mih"]["meta"]["link_relations"]}
    for code in CODES["mih"].values():
        targets = [link["to"] for link in code["links"]]
        assert len(set(targets)) == len(targets), code["id"]
        for link in code["links"]:
            assert CODES["cfir2022"][link["to"]]["codable"], (code["id"], link)
            assert link["relation"] in known, (code["id"], link)


@pytest.mark.parametrize(
    ("theme", "construct"),
    [
        ("mih.theme.motivation", "cfir22.individuals.characteristics.motivation"),
        ("mih.theme.stakeholders", "cfir22.process.engaging"),
    ],
)
def test_theme_that_is_narrower_than_its_construct_is_not_called_equivalent(
    theme: str, construct: str
) -> None:
    assert {"to": construct, "relation": "narrower"} in CODES["mih"][theme]["links"]


def test_crosswalk_is_symmetric() -> None:
    there = {(old, new) for old, code in CODES["cfir2009"].items() for new in code["maps_2022"]}
    back = {(old, new) for new, code in CODES["cfir2022"].items() for old in code["maps_2009"]}
    assert there == back
    assert {old for old, _ in there} <= CODES["cfir2009"].keys()
    assert {new for _, new in there} <= CODES["cfir2022"].keys()


def test_climate_and_readiness_are_left_to_a_person() -> None:
    undecided = {code["id"] for code in CODES["cfir2009"].values() if not code["maps_2022"]}
    assert undecided == {"cfir09.climate", "cfir09.readiness"}
    for one in undecided:
        assert "decide by hand" in CODES["cfir2009"][one]["note"]


def test_constructs_without_ancestor_are_the_eight_known_ones() -> None:
    new = {
        code["id"].removeprefix("cfir22.")
        for code in CODES["cfir2022"].values()
        if code["kind"] in ("construct", "subconstruct") and not code["maps_2009"]
    }
    assert new == {
        "outer.critical_incidents", "outer.local_attitudes", "outer.local_conditions",
        "outer.external_pressure.societal", "individuals.roles.other_support", "process.needs.deliverers",
        "process.context", "process.tailoring",
    }  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_every_codable_code_has_its_rules(name: str) -> None:
    for code in codable(name):
        for field in ("definition", "include", "exclude", "example", "name", "name_nl"):
            assert code[field].strip() == code[field] != "", (code["id"], field)


@pytest.mark.parametrize("name", ["mih", "cfir2022"])
def test_every_codable_code_has_a_dutch_example_of_its_own(name: str) -> None:
    examples = [code["example_nl"] for code in codable(name)] + [code["example"] for code in codable(name)]
    assert all(example.strip() for example in examples)
    assert len(set(examples)) == len(examples)


@pytest.mark.parametrize("name", NAMES)
def test_names_are_unique_among_siblings_in_both_languages(name: str) -> None:
    for field in ("name", "name_nl"):
        seen = Counter((code["parent"], code[field]) for code in CODES[name].values())
        assert [one for one, n in seen.items() if n > 1] == []


@pytest.mark.parametrize(("name", "fewest"), [("mih", 3), ("cfir2022", 3), ("cfir2009", 1)])
def test_every_codable_code_has_keywords_in_both_languages(name: str, fewest: int) -> None:
    for code in codable(name):
        for field in LISTS.values():
            assert len(code[field]) >= fewest, (code["id"], field)


def test_containers_have_no_keywords() -> None:
    assert not {code_id for code_id, _, _ in keys() if not EVERY_CODE[code_id]["codable"]}


def test_keywords_are_lower_cased_phrases_with_stars_at_the_end_of_words() -> None:
    for code_id, language, key in keys():
        assert isinstance(key, str), (code_id, language, key)  # YAML reads a bare no or on as a boolean
        assert key == key.lower().strip(), (code_id, language, key)
        assert "  " not in key, (code_id, language, key)
        assert re.fullmatch(r"=?[^\W_]+\*?(?:[ '-]+[^\W_]+\*?)*", key), (code_id, language, key)
        assert unicodedata.normalize("NFC", key) == key, (code_id, language, key)


def test_no_keyword_is_a_bare_negation() -> None:
    negations = {"no", "not", "none", "never", "geen", "niet", "nooit", "niets"}
    assert [one for one in keys() if one[2] in negations] == []


def test_no_code_has_the_same_keyword_twice() -> None:
    seen = Counter((code_id, language, *cut(key)) for code_id, language, key in keys() if "-" not in key)
    assert [one for one, n in seen.items() if n > 1] == []


def test_no_keyword_is_one_of_those_that_fire_everywhere() -> None:
    noise = {(language, fold(key)) for language, listed in NOISE.items() for key in listed.split(", ")}
    assert [one for one in keys() if (one[1], fold(one[2])) in noise] == []


@pytest.mark.parametrize("name", NAMES)
def test_no_keyword_occurs_in_more_than_three_codes_of_a_book(name: str) -> None:
    holders: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for code_id, language, key in keys():
        if code_id in CODES[name]:
            holders[(language, *cut(key))].append(code_id)
    assert {key: codes for key, codes in holders.items() if len(codes) > 3} == {}


@pytest.mark.parametrize(
    ("key", "phrase"),
    [
        ("cliënt*", "Client"),
        ("client*", "de cliënten"),
        ("kick-off", "the kick off, finally"),
        ("kick-off", "De Kick-Off."),
        ("tijd vrij*", "ze hebben tijd vrijgemaakt"),
    ],
)
def test_key_meets_a_phrase(key: str, phrase: str) -> None:
    assert meets(key, phrase)


@pytest.mark.parametrize(
    ("key", "phrase"),
    [
        ("ict", "conflict"),
        ("no time", "no more time"),
        ("tijd vrij*", "vrijgemaakte tijd"),
        ("team gevormd", "team"),
    ],
)
def test_key_does_not_meet_a_phrase(key: str, phrase: str) -> None:
    assert not meets(key, phrase)


PHYSICAL, SPACE, CRITICAL = (
    "cfir22.inner.structural.physical", "cfir22.inner.resources.space", "cfir22.outer.critical_incidents",
)  # fmt: skip
IT, WORK = "cfir22.inner.structural.it", "cfir22.inner.structural.work"
SOCIETAL, SOURCE = "cfir22.outer.external_pressure.societal", "cfir22.innovation.source"
RESOURCES, MATERIALS = "cfir22.inner.resources", "cfir22.inner.resources.materials"
OPPORTUNITY = "cfir22.individuals.characteristics.opportunity"
CAPABILITY = "cfir22.individuals.characteristics.capability"
DRIVE = "cfir22.individuals.characteristics.motivation"
RECIPIENTS, DELIVERERS = "cfir22.individuals.roles.recipients", "cfir22.individuals.roles.deliverers"
MIDDLE, LEADS = "cfir22.individuals.roles.mid_leaders", "cfir22.individuals.roles.leads"
COMPLEXITY, PARTNERS = "cfir22.innovation.complexity", "cfir22.outer.partnerships"
BUILD, ROLES, DIFFUSION = "mih.phase.build", "mih.theme.role_ambiguity", "mih.theme.diffusion"
MOTIVATION, JOURNEYS = "mih.theme.motivation", "mih.phase.journeys"

PHRASES: list[tuple[str, str, list[str], list[str]]] = [
    # language, what is said, codes that it suggests, codes that it must not suggest
    ("nl", "toen we het gebouwd hebben", [BUILD], [PHYSICAL]),
    ("nl", "we zijn nu aan het bouwen", [BUILD], [PHYSICAL]),
    ("nl", "het gebouw is gehorig", [PHYSICAL], [BUILD]),
    ("en", "we were building the modules ourselves", [BUILD], [PHYSICAL]),
    ("en", "half of the buildings have no lift", [PHYSICAL], [BUILD]),
    ("nl", "een client van mij wilde het meteen", [RECIPIENTS], []),
    ("nl", "de cliënten vonden het prettig", [RECIPIENTS], []),
    ("nl", "onze klanten vroegen erom", [], [RECIPIENTS]),
    ("en", "we tell all our clients, the big institutions too", [], [RECIPIENTS]),
    ("en", "one of my clients did it on the train", [RECIPIENTS], []),
    ("nl", "er was geen ruimte om te oefenen", [OPPORTUNITY], [SPACE, RESOURCES]),
    ("en", "there was no room to do it properly", [OPPORTUNITY], [SPACE, RESOURCES]),
    ("nl", "een stille ruimte om te beeldbellen", [SPACE], []),
    ("nl", "we hebben het samen geëvalueerd", ["mih.phase.evaluation", "cfir22.process.reflecting"], []),
    ("nl", "het is heel netjes ingericht", [BUILD], []),
    ("nl", "de teksten zijn aangepast", ["cfir22.innovation.adaptability", "cfir22.process.adapting"], []),
    ("nl", "het is aan te passen als je wilt", ["cfir22.innovation.adaptability"], []),
    ("nl", "geïntegreerd met het dossier", [IT], []),
    ("nl", "daar wordt niemand voor beloond", ["cfir22.inner.incentives", "cfir09.incentives"], []),
    ("nl", "dat hebben we onderling afgestemd", ["cfir22.process.teaming"], []),
    ("nl", "iedereen kreeg zo'n apparaat mee", [MATERIALS], []),
    ("nl", "ze waren heel gemotiveerd", [MOTIVATION, DRIVE], []),
    ("nl", "ik werd er gedemotiveerd van", [MOTIVATION, DRIVE], []),
    ("nl", "ze doen motiverende gespreksvoering", [], [MOTIVATION, DRIVE]),
    ("nl", "de crisisdienst belde om drie uur", [], [CRITICAL]),
    ("nl", "die cliënt was in crisis", [], [CRITICAL]),
    ("nl", "door de coronacrisis moest het ineens", [CRITICAL], []),
    ("nl", "we zijn zelf gefuseerd vorig jaar", ["cfir22.inner.structural"], [CRITICAL]),
    ("nl", "hij gebruikt geen middelen meer", [], [RESOURCES, "cfir09.resources"]),
    ("nl", "er waren geen middelen voor vrijgemaakt", [RESOURCES, "cfir09.resources"], []),
    ("nl", "zijn netwerk is klein, een broer en een buurvrouw", [], [PARTNERS, "cfir09.cosmopolitanism"]),
    ("nl", "we zitten in een netwerk van instellingen", [PARTNERS], [BUILD]),
    ("nl", "mensen met complexe problematiek", [], [COMPLEXITY, "cfir09.complexity"]),
    ("nl", "voor mij is het te complex", [COMPLEXITY, "cfir09.complexity"], []),
    ("nl", "een andere aanbieder in de wijk", [], [SOURCE]),
    ("nl", "de leverancier belde terug", [], [SOURCE]),
    ("nl", "ik heb wel vertrouwen in de leverancier", [SOURCE], []),
    ("nl", "het is van bovenaf opgelegd", [], [SOURCE]),
    ("en", "the vendor called back", [], [SOURCE]),
    ("en", "a bit of not invented here", [], [SOURCE]),
    ("nl", "onze cliëntenraad heeft meegelezen", ["mih.theme.stakeholders.clients"], [SOCIETAL]),
    ("nl", "de patiëntenvereniging schreef erover", [SOCIETAL], []),
    ("nl", "ik kon niet inloggen", [IT, "mih.theme.technical"], ["cfir22.outcomes.reach"]),
    ("en", "half of them could not log in", [IT, "mih.theme.technical"], ["cfir22.outcomes.reach"]),
    ("nl", "ik dacht dat zij dat zouden doen", [DIFFUSION], [ROLES]),
    ("en", "i thought they would send it", [DIFFUSION], [ROLES]),
    ("nl", "het was onduidelijk wie er besliste", [ROLES], [DIFFUSION]),
    ("nl", "we rollen het nu uit over de locaties", [], [ROLES]),
    ("nl", "alle behandelaren kregen een account", [DELIVERERS], []),
    ("nl", "de behandelcoördinator stelt het voor", [DELIVERERS], [MIDDLE, LEADS]),
    ("nl", "psychologische veiligheid in het team", ["cfir22.inner.culture.learning"], [DELIVERERS]),
    ("en", "the professionals were not asked", ["cfir22.process.needs.deliverers"],
     ["cfir22.inner.culture.deliverer"]),
    ("nl", "dat duurt een uur", [], ["cfir22.innovation.cost", OPPORTUNITY, "mih.theme.workload"]),
    ("nl", "ik kreeg er geen uren voor", [OPPORTUNITY, "mih.theme.workload"], []),
    ("nl", "het staat in mijn agenda", [], ["cfir22.inner.relative_priority"]),
    ("nl", "het verloop van de behandeling", [], [WORK]),
    ("nl", "ze leert vaardigheden in de groep", [], [CAPABILITY]),
    ("nl", "hij kan slecht tegen prikkels", [], ["cfir22.inner.incentives", "cfir09.incentives"]),
    ("en", "that is confidential", [], [CAPABILITY, "cfir09.self_efficacy"]),
    ("en", "the relatives were granted a visit", [], ["cfir22.outer.financing"]),
    ("en", "a treatment-resistant depression", [], [MOTIVATION, DRIVE]),
    ("en", "motivational interviewing", [], [MOTIVATION, DRIVE]),
    ("en", "i mean, it means a lot", [], [RESOURCES]),
    ("nl", "we hebben de cliëntreis uitgetekend", [JOURNEYS], []),
    ("nl", "er is geen draagvlak", ["mih.theme.stakeholders", "cfir22.process.engaging"], []),
]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "said", "suggested", "not_suggested"), PHRASES, ids=[phrase[1] for phrase in PHRASES]
)
def test_phrase_suggests_what_it_should(
    language: str, said: str, suggested: list[str], not_suggested: list[str]
) -> None:
    assert suggested or not_suggested
    assert {*suggested, *not_suggested} <= EVERY_CODE.keys()
    found = hits(language, said)
    assert set(suggested) - found == set()
    assert set(not_suggested) & found == set()
