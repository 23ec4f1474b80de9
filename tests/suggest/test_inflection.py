import gzip
import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from mihqda.suggest import inflection
from mihqda.suggest.dutch import forms_of
from mihqda.suggest.inflection import english_forms, forms
from mihqda.suggest.patterns import Term


@pytest.mark.parametrize(
    ("infinitive", "expected"),
    [
        ("werken", "gewerkt gewerkte werkt werkte werkten"),
        ("maken", "maakt maakte gemaakt gemaakte"),
        ("leven", "leeft leefde geleefd"),
        ("reizen", "reist reisde gereisd"),
        ("koppelen", "koppelt koppelde gekoppeld gekoppelde"),
        ("evalueren", "evalueert evalueerde geevalueerd geevalueerde"),
        ("spreken", "spreekt sprak spraken gesproken"),
        ("verwachten", "verwachtte verwacht verwachte"),
        ("betrekken", "betrekt betrok betrokken"),
        ("begrijpen", "begrijpt begreep begrepen"),
        ("aanpassen", "aanpast aanpaste aangepast aangepaste"),
        ("afspreken", "afspreekt afsprak afgesproken"),
        ("opstarten", "opstartte opgestart opgestarte"),
        ("uitvoeren", "uitvoert uitgevoerd uitgevoerde"),
        ("meenemen", "meeneemt meenam meegenomen"),
        ("doorgaan", "doorgaat doorging doorgegaan"),
    ],
)
def test_dutch_verbs_have_their_pasts_and_participles(infinitive: str, expected: str) -> None:
    assert set(expected.split()) <= forms_of(infinitive).joined


@pytest.mark.parametrize(
    ("word", "never"),
    [("werken", "werk"), ("klanten", "klant"), ("doelen", "doel"), ("taken", "taak"), ("uren", "uur")],
)
def test_no_noun_is_made_of_a_verb(word: str, never: str) -> None:
    assert never not in forms_of(word).joined


@pytest.mark.parametrize("word", ["team", "instellingen", "vaardigheden", "tijd", "aan", "een"])
def test_what_is_no_infinitive_stays_as_it_is(word: str) -> None:
    assert forms_of(word).joined == {word}


def test_separable_verbs_have_parts_and_others_have_none() -> None:
    verb = forms_of("aanpassen")
    assert (verb.particle, verb.infinitive, verb.is_open) == ("aan", "passen", True)
    assert {"pas", "past", "paste", "pasten", "passen"} <= verb.finite
    assert not forms_of("meenemen").is_open
    assert forms_of("werken").particle == forms_of("vertrouwen").particle == ""


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("involve", "involve involved involves involving"),
        ("theory", "theories theoried theory theorying"),
        ("plan", "planed planing planned planning plan plans"),
        ("approach", "approach approached approaches approaching"),
        ("trained", "trained"),
        ("its", "its"),
        ("it", "it"),
    ],
)
def test_english_words_are_inflected_lightly(word: str, expected: str) -> None:
    assert english_forms(word) == set(expected.split())


def test_prefixes_exact_words_and_other_languages_have_one_form() -> None:
    assert forms(Term("lead", is_prefix=True), "en") == {"lead"}
    assert forms(Term("plan", is_exact=True), "en") == {"plan"}
    assert forms(Term("werken"), "de") == {"werken"}


@pytest.fixture
def tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = tmp_path / "data"
    data.mkdir()
    table = {"Leiders": "leider", "leidsters": "leider", "cliënten": "cliënt", "was": "zijn"}
    (data / "nl_lemma_lookup.json.gz").write_bytes(gzip.compress(json.dumps(table).encode()))
    package = SimpleNamespace(submodule_search_locations=[str(tmp_path)])
    monkeypatch.setattr(inflection, "find_spec", lambda name: package)
    inflection._lemma_table.cache_clear()


@pytest.mark.usefixtures("tables")
def test_words_of_one_lemma_meet_where_tables_are_installed() -> None:
    try:
        assert forms(Term("leider"), "nl", lemmas=True) == {"leider", "leiders", "leidsters"}
        assert forms(Term("leiders"), "nl", lemmas=True) == {"leider", "leiders", "leidsters"}
        assert "clienten" in forms(Term("client"), "nl", lemmas=True)
        assert forms(Term("was"), "nl", lemmas=True) == {"was"}
        assert forms(Term("leiders"), "nl") == {"leiders"}
        assert forms(Term("leiders"), "fr", lemmas=True) == {"leiders"}
    finally:
        inflection._lemma_table.cache_clear()
