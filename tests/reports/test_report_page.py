"""The web page: its first screen, its links, its languages, and the order of its sections."""

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from reading_reports import STUDIES, is_verbatim
from studies import small_study

from mihqda.reports.build import build_report
from mihqda.reports.html import writer
from mihqda.reports.plan import SECTIONS, Plan
from mihqda.snapshot import Snapshot

Page = Callable[..., Any]


@pytest.fixture(autouse=True, scope="module")
def _undrawn() -> Iterator[None]:
    """Draw nothing: figures have tests of their own, and take most of the time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("mihqda.reports.html.to_svg", lambda figure: "<svg></svg>")
        yield


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Page:
    @cache
    def write(name: str, plan: Plan = Plan()) -> Any:  # noqa: B008 (it is frozen)
        folder = tmp_path_factory.mktemp("page")
        (path,) = writer.write(build_report(STUDIES[name](), plan), folder)
        return html.fromstring(path.read_bytes())

    return write


def all_links_lead_somewhere(found: Any) -> bool:
    ids = found.xpath("//@id")
    links = {str(link)[1:] for link in found.xpath("//a/@href")}
    return len(ids) == len(set(ids)) and links <= set(ids)


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("name", list(STUDIES))
def test_every_study_has_a_sane_page_in_both_languages(page: Page, name: str, language: str) -> None:
    found = page(name, Plan(language=language))  # type: ignore[arg-type]
    assert found.get("lang") == language
    assert all_links_lead_somewhere(found)
    assert found.xpath("//main/section[1]//div[@id='S']")
    for table in found.xpath("//table"):
        assert table.xpath("./caption")
        assert table.xpath("ancestor::div[contains(@class, 'scroll')]")  # never the page itself


def test_the_page_opens_on_the_findings(page: Page) -> None:
    found = page("small")
    first = found.xpath("//main/section[1]")[0]
    assert [head.text_content() for head in first.xpath(".//h3")] == [
        "Who was heard", "What they spoke about", "Where the groups differ", "Two-sided and critical voices",
        "What the numbers leave out",
    ]  # fmt: skip
    (row,) = first.xpath(".//tr[th/a/span='Role']")
    assert [" ".join(cell.text_content().split()) for cell in row.xpath("./td")] == [
        "●●●○○○○ 3/7",
        "●●●○○○○○○○○ 3/11",
        "6",
    ]


def test_what_was_said_before_a_quote_is_in_the_transcript(page: Page) -> None:
    found = page("small")
    contexts = [one.text_content() for one in found.find_class("context")]
    assert contexts
    assert all(is_verbatim(one, list(small_study().texts.values())) for one in contexts)
    shown = [one.text_content() for one in found.xpath("//blockquote")]
    joint = [one for one in shown if "“We did everything together." in one]
    assert joint
    for one in joint:
        assert one.startswith("Interviewer: How did the two of you share the work?")
        assert "C3, C4 · S4 · J1" in one
        assert "0:00:10" in one
        assert "coded by ann" in one


def test_a_cell_of_a_phase_leads_to_its_quotes_by_number(page: Page) -> None:
    found = page("small")
    links = found.xpath("//div[@id='T10']//td/a/@href")
    assert links
    for link in links:
        (place,) = found.xpath(f"//li[@id='{link[1:]}']")
        assert place.xpath("./a")
        assert all(found.xpath(f"//blockquote[@id='{one[1:]}']") for one in place.xpath("./a/@href"))


def test_right_to_left_text_finds_its_own_direction(page: Page) -> None:
    quotes = page("120 codes").xpath("//span[@class='quote']")
    assert quotes
    assert all(one.get("dir") == "auto" for one in quotes)


def test_sections_are_shown_in_the_order_asked_for_and_no_other(page: Page) -> None:
    found = page("small", Plan(sections=("codebook", "themes", "quotes")))
    assert [head.text_content() for head in found.xpath("//main/section[starts-with(@id, 's')]/h2")] == [
        "Codebook", "Themes", "Quotes",
    ]  # fmt: skip
    assert all_links_lead_somewhere(found)


@pytest.mark.parametrize("left", SECTIONS)
def test_a_report_can_do_without_any_section(page: Page, left: str) -> None:
    plan = Plan(sections=tuple(one for one in SECTIONS if one != left))
    assert all_links_lead_somewhere(page("small", plan))
    assert all_links_lead_somewhere(page("small", Plan(sections=(left,))))


def test_a_page_without_anything_to_show_is_still_a_page(page: Page) -> None:
    assert page("nothing", Plan(sections=("portraits",))).xpath("//h1")


def test_without_quotes_nothing_that_was_said_is_on_the_page(page: Page) -> None:
    text = page("small", Plan(sections=tuple(one for one in SECTIONS if one != "quotes"))).text_content()
    assert "nobody told us" not in text
    assert "Every week somebody else" not in text


def test_attributed_by_role_no_quote_has_an_id_beside_it(page: Page) -> None:
    found = page("small", Plan(attribution="role"))
    said = [
        one.text_content()
        for one in found.xpath("//span[@class='by']|//blockquote/footer|//p[@class='before']")
    ]
    assert said
    assert not any(person in one for one in said for person in ("P1", "P2", "C2", "C3", "I1", "0:00"))
    assert any("(S3, implementation manager)" in one for one in said)


def test_the_alphabet_orders_themes_below_their_parents(page: Page) -> None:
    found = page("small", Plan(order="name"))
    names = [cell.text for cell in found.xpath("//div[@id='T4']//tbody/tr/th/a")]
    assert names == [
        "start", "strain", "Phases", "Phase.onboarding", "Phase.training", "Themes", "Load", "Motivation", "Role", "Role.lead",
    ]  # fmt: skip


# Not "is", "of" and "interviews", which are Dutch as well.
_LISTED = """
the and with without are by which who from codings mentions participants quotes themes group groups coded asked unassigned
speakers words all none total heard findings method not yes shown than several where each only people their sessions theme
mixed retired container transcripts left out study recorded
"""
ENGLISH = set(_LISTED.split())


def own_words(found: Any) -> Iterator[str]:
    """Yield what the page says itself, but for code and for what stands in the study."""
    for node in found.iter():
        if not isinstance(node.tag, str) or node.tag in ("script", "style", "code", "svg"):
            continue
        if any(parent.tag in ("svg", "code") or "svg" in str(parent.tag) for parent in node.iterancestors()):
            continue
        yield node.text or ""
        yield node.tail or ""
        yield node.get("aria-label") or ""
        yield node.get("data-hint") or ""


def dutch_study() -> Snapshot:
    """Return the small study with nothing English in it."""
    study = small_study()
    ids = {code: f"c{at}" for at, code in enumerate(study.codes["code"])}
    study.codes["code"] = study.codes["code"].map(ids)
    study.codes["parent"] = study.codes["parent"].map(ids).fillna("")
    study.codings["code"] = study.codings["code"].map(ids)
    study.themes["query"] = ["c1 and c5", "c7"]
    study.asked["topic"] = study.asked["topic"].map(ids)
    study.codes["name"] = [f"k{at}" for at in range(len(study.codes))]
    study.themes["name"] = [f"t{at}" for at in range(len(study.themes))]
    study.participants["role"] = study.participants["role"].map(
        {"implementation manager": "im", "account manager": "am", "project lead": "pl"}
    )
    study.participants["group"] = study.participants["group"].map(
        {"provider": "leverancier", "client": "klant"}
    )
    texts = {
        name: "".join("x" if ch.isascii() and ch.isalpha() else ch for ch in text)
        for name, text in study.texts.items()
    }
    study.texts.clear()  # type: ignore[attr-defined]
    study.texts.update(texts)  # type: ignore[attr-defined]
    return study


@pytest.mark.parametrize("make", [dutch_study, STUDIES["nothing"]])
def test_no_english_word_slips_into_a_dutch_page(make: Callable[[], Snapshot], tmp_path: Path) -> None:
    report = build_report(make(), Plan(language="nl"))
    (path,) = writer.write(report, tmp_path)
    found = html.fromstring(path.read_bytes())
    text = " ".join(own_words(found)).casefold()
    words = {word.strip(".,;:()†‘’“”?!") for word in text.split()}
    assert words.isdisjoint(ENGLISH), words & ENGLISH
    assert "deelnemers" in words


def test_codes_have_their_dutch_names_and_the_hash_stays_the_same() -> None:
    study = small_study()
    study.codes["name_nl"] = study.codes["code"].map({"role": "Rollen"}).fillna("")
    built = build_report(study, Plan(language="nl"))
    names = {theme.theme: theme.name for theme in built.quotes.themes}
    assert (names["role"], names["load"]) == ("Rollen", "Load")
    words = "\n".join(sentence for _, sentences in built.method.sections for sentence in sentences)
    assert study.hash in words
    assert build_report(study).title == "Theme report: small"
    assert built.title == "Themarapport: small"
