"""Suggestions in the browser: apart from codings, decided by single keys, and nothing of them lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import fake_suggester
import pytest
from chromium import LiveServer, Tab, live_server, needs_chromium
from playwright.sync_api import Browser, expect
from proposing import propose
from test_browser_axe import faults_in_both_schemes

from mihqda import Project
from mihqda.codebook import Code
from mihqda.project import suggestions
from mihqda.store.suggestions import put_suggestions
from mihqda.suggest.model import Evidence, Suggestion, suggestion_id
from mihqda.web import refit

pytestmark = needs_chromium

ASKED, FIRST, LAST = 0, 1, 3
WANTED = (
    ("Nobody had time 🙂 at all.", "time", 0.9),
    ("The roles were unclear", "roles", 0.5),
    ("nobody knew whom to call", "load", 0.3),
)


def suggest(study: Path, *wanted: tuple[str, str, float | None], **options: Any) -> list[str]:
    """Put suggestions into the study beside the server."""
    with Project.open(study) as project:
        return propose(project, *(wanted or WANTED), **options)


@pytest.fixture
def ids(study: Path) -> list[str]:
    return suggest(study)


@pytest.fixture
def reviewer(ids: list[str], tab: Tab) -> Tab:
    """A tab in a review in reading order."""
    tab.page.locator("#suggestion-order").select_option("reading")
    tab.page.locator(".proposal").nth(2).wait_for()
    tab.go_to(ASKED)
    tab.press("s")
    at_hand(tab, "Time")
    return tab


def at_hand(tab: Tab, name: str) -> None:
    """Wait until the suggestion of a code is the one to decide on."""
    expect(tab.page.locator("#suggestion .suggested-code")).to_contain_text(name)


def decisions(study: Path) -> list[tuple[Any, ...]]:
    """Return code, decision and new code of every decision, in the order in which they were made."""
    with Project.open(study) as project:
        return project._store.read(
            "SELECT code, decision, coalesce(to_code, '') FROM decisions ORDER BY rowid"
        )


def wait_for_decisions(tab: Tab, study: Path, count: int) -> list[tuple[Any, ...]]:
    """Wait until the study has so many decisions."""
    for _ in range(100):
        found = decisions(study)
        if len(found) == count:
            break
        tab.page.wait_for_timeout(20)
    return found


def codings(study: Path) -> list[tuple[str, str, str, str]]:
    """Return code, quote, valence and memo of every coding."""
    with Project.open(study) as project:
        frame = project.codings()
    return list(zip(frame["code"], frame["quote"], frame["valence"], frame["memo"], strict=True))


def painted(tab: Tab, name: str) -> str:
    """Return the words under a highlight."""
    return str(
        tab.page.evaluate(
            "(name) => [...(CSS.highlights.get(name) ?? [])]"
            ".map((one) => one.startContainer.data.slice(one.startOffset, one.endOffset)).join('|')",
            name,
        )
    )


def test_suggestions_stand_apart_from_codings(ids: list[str], tab: Tab) -> None:
    first = tab.page.locator(f"#t{FIRST} .proposal")
    expect(first).to_have_attribute("aria-label", "Suggestion, Time, strong")
    expect(tab.page.locator(f"#t{LAST} .proposal")).to_have_count(2)
    assert tab.labels() == []
    assert first.inner_text().split() == ["?", "Time", "strong"]
    look = first.evaluate(
        "(one) => [getComputedStyle(one).borderStyle, getComputedStyle(one).backgroundColor]"
    )
    assert look == ["dashed", "rgba(0, 0, 0, 0)"]
    expect(tab.page.locator("#suggestions")).to_contain_text("3 wait; unmeasured")
    expect(tab.page.locator("#toolbar").get_by_text("Review 3")).to_be_visible()


def test_figures_come_with_fifty_coded_segments(study: Path, tab: Tab) -> None:
    suggest(study, *WANTED, coded=50)
    expect(tab.page.locator(f"#t{FIRST} .proposal")).to_have_attribute(
        "aria-label", "Suggestion, Time, strong, 90 %"
    )


def test_a_reader_switches_suggestions_off_for_good(ids: list[str], tab: Tab) -> None:
    tab.page.locator(".proposal").first.wait_for()
    tab.page.get_by_role("button", name="Hide suggestions").click()
    expect(tab.page.locator(".proposal")).to_have_count(0)
    tab.page.reload()
    expect(tab.page.locator("#suggestions")).to_contain_text("switched off")
    assert tab.page.locator(".proposal").count() == 0
    tab.page.get_by_role("button", name="Show suggestions").click()
    expect(tab.page.locator(".proposal")).to_have_count(3)


def test_a_review_by_keys_alone(study: Path, reviewer: Tab) -> None:
    assert reviewer.page.locator(f"#t{FIRST}").evaluate("(one) => one === document.activeElement")
    reviewer.press("a")
    at_hand(reviewer, "Roles")
    reviewer.press("x")
    at_hand(reviewer, "Load")
    reviewer.press("o")
    reviewer.page.keyboard.type("time")
    reviewer.press("Enter")
    panel = reviewer.page.locator("#suggestions")
    expect(panel).to_contain_text("3 decided, nothing is left to review here")
    expect(panel.get_by_role("log")).to_contain_text(
        "Accepted: Load as Time. A new coding of yours, 5 words."
    )
    assert wait_for_decisions(reviewer, study, 3) == [
        ("time", "accepted", ""), ("roles", "rejected", ""), ("load", "changed", "time"),
    ]  # fmt: skip
    assert {one[0] for one in codings(study)} == {"time"}
    with Project.open(study) as project:
        assert {one[0] for one in project.codings()["origin"].str.split(":")} == {"suggestion"}
        seconds = project._store.read("SELECT min(seconds), max(seconds) FROM decisions")[0]
        assert 0 <= seconds[0] <= seconds[1] < 60
    reviewer.press("Escape")
    assert reviewer.page.locator(f"#t{LAST}").evaluate("(one) => one === document.activeElement")


def test_a_span_is_made_shorter_and_longer_before_it_is_accepted(study: Path, reviewer: Tab) -> None:
    for keys, words in (
        ("--", "Nobody had time 🙂"), ("]", "had time 🙂"), ("+", "had time 🙂 at"), ("[", "Nobody had time 🙂 at"),
        ("0", "Nobody had time 🙂 at all."), ("-", "Nobody had time 🙂 at"),
    ):  # fmt: skip
        reviewer.press(*keys)
        assert painted(reviewer, "suggestion") == words
    expect(reviewer.page.locator("#suggestion")).to_contain_text("You changed the span")
    reviewer.press("v", "-", "Enter", "m")
    reviewer.page.keyboard.type("no hours")
    reviewer.press("Control+Enter", "a")
    wait_for_decisions(reviewer, study, 1)
    assert codings(study) == [("time", "Nobody had time 🙂 at", "-", "no hours")]


def test_what_is_selected_becomes_the_span(study: Path, reviewer: Tab) -> None:
    reviewer.press("ArrowRight", "Shift+ArrowLeft")
    expect(reviewer.page.locator("#suggestion blockquote")).to_have_text(re.compile("^Nobody .* Café,$"))
    reviewer.press("a")
    wait_for_decisions(reviewer, study, 1)
    assert [one[1].split()[-1] for one in codings(study)] == ["Café,"]


def test_evidence_is_shown_on_demand_and_marked_in_the_text(reviewer: Tab) -> None:
    assert painted(reviewer, "evidence") == ""
    reviewer.press("e")
    expect(reviewer.page.locator("#evidence")).to_contain_text("Resembles its definition")
    assert painted(reviewer, "evidence") == "Nobody"
    assert reviewer.page.locator("[data-command='review.evidence']").get_attribute("aria-expanded") == "true"
    reviewer.press("e")
    expect(reviewer.page.locator("#evidence")).to_be_hidden()
    assert painted(reviewer, "evidence") == ""


def test_undo_takes_a_decision_back_and_the_review_returns_to_it(study: Path, reviewer: Tab) -> None:
    reviewer.press("a")
    at_hand(reviewer, "Roles")
    reviewer.wait_for_label("Time")
    reviewer.press("u")
    at_hand(reviewer, "Time")
    expect(reviewer.page.locator("#suggestions")).to_contain_text("0 decided, 3 left")
    assert decisions(study) == []
    assert codings(study) == []


def test_a_suggestion_is_decided_in_place(study: Path, ids: list[str], tab: Tab) -> None:
    tab.page.locator(f"#t{LAST} .proposal", has_text="Load").click()
    at_hand(tab, "Load")
    tab.press("k")
    expect(tab.page.locator("#suggestion")).to_be_hidden()
    assert wait_for_decisions(tab, study, 1) == [("load", "skipped", "")]
    expect(tab.page.locator(".proposal")).to_have_count(2)
    assert tab.page.locator(f"#t{LAST}").evaluate("(one) => one === document.activeElement")


def test_keys_of_the_review_stay_what_they_were_elsewhere(study: Path, ids: list[str], tab: Tab) -> None:
    tab.page.locator(f"#t{LAST} .proposal", has_text="Load").click()
    at_hand(tab, "Load")
    tab.go_to(FIRST)
    expect(tab.page.locator("#suggestion")).to_be_hidden()
    tab.press("a", "x")
    tab.page.wait_for_timeout(100)
    assert decisions(study) == []


def test_a_decision_without_a_connection_is_kept_and_made_when_it_is_back(
    study: Path, server: LiveServer, reviewer: Tab
) -> None:
    server.stop()
    reviewer.press("a")
    reviewer.page.locator("#unsaved").get_by_text("Not saved yet: 1").wait_for()
    expect(reviewer.page.locator(f"#t{FIRST} .proposal.pending")).to_have_count(1)
    at_hand(reviewer, "Roles")
    assert decisions(study) == []
    server.start()
    reviewer.wait_for_label("Time")
    assert wait_for_decisions(reviewer, study, 1) == [("time", "accepted", "")]


def test_a_refused_decision_is_listed_and_given_up(study: Path, reviewer: Tab) -> None:
    answer = {"error": "the study file is locked", "way_out": None}
    reviewer.page.route("**/reject", lambda route: route.fulfill(status=503, json=answer))
    reviewer.press("x")
    unsaved = reviewer.page.locator("#unsaved")
    expect(unsaved).to_contain_text("the study file is locked")
    unsaved.get_by_role("button", name="Discard").click()
    expect(reviewer.page.locator(f"#t{FIRST} .proposal:not(.pending)")).to_have_count(1)
    at_hand(reviewer, "Time")
    assert decisions(study) == []


def test_what_is_suggested_or_decided_elsewhere_comes_into_view(
    study: Path, ids: list[str], tab: Tab
) -> None:
    expect(tab.page.locator(".proposal")).to_have_count(3)
    with Project.open(study) as project:
        project.reject(ids[0], coder="anna")
    expect(tab.page.locator(".proposal")).to_have_count(2)
    suggest(study, ("Ja.", "time", 0.4))
    expect(tab.page.locator("#t2 .proposal")).to_have_count(1)


def test_suggestions_are_made_in_the_background(
    study: Path, tab: Tab, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = fake_suggester.registered(monkeypatch)
    running = [True]

    def learn(self: refit.Refit, **options: Any) -> bool:
        with Project.open(study) as project:
            refit.learn_anew(project, **options)
        return True

    monkeypatch.setattr(refit.Refit, "start", learn)
    monkeypatch.setattr(refit.Refit, "is_running", property(lambda self: bool(made()) and running[0]))
    tab.page.get_by_role("button", name="Suggest codes for this transcript").click()
    panel = tab.page.locator("#suggestions")
    expect(panel).to_contain_text("New ones are being made; go on coding meanwhile.")
    running[0] = False
    expect(panel).to_contain_text("1 waits")
    expect(tab.page.locator("#notice")).to_contain_text("Suggestions made: 1 suggestion waits.")
    expect(tab.page.locator(f"#t{LAST} .proposal")).to_contain_text("Roles")


def test_a_blind_coder_sees_what_was_learned_from_her_alone(chrome: Browser, study: Path) -> None:
    suggest(study, WANTED[0], coders=("ben",))
    with live_server(study, coder="anna", is_blind=True) as server:
        context = chrome.new_context()
        tab = Tab(context, server)
        expect(tab.page.locator("#suggestions")).to_contain_text("None yet")
        assert tab.page.locator(".proposal").count() == 0
        suggest(study, WANTED[0], coders=("anna",))
        expect(tab.page.locator(".proposal")).to_have_count(1)
        context.close()


def test_codes_that_were_often_wrong_are_hidden_unless_asked_for(
    ids: list[str], open_tab: Callable[[], Tab], monkeypatch: pytest.MonkeyPatch
) -> None:
    measured = {("default", "1", "time"): 0.1, ("default", "1", "roles"): 0.71}
    monkeypatch.setattr(suggestions, "measured_precision", lambda store: measured)
    tab = open_tab()
    expect(tab.page.locator(".proposal")).to_have_count(2)
    assert "unmeasured" not in tab.page.locator("#suggestions").inner_text()
    tab.page.get_by_label("Also of codes that were often wrong (1)").check()
    expect(tab.page.locator(".proposal")).to_have_count(3)
    tab.page.locator(f"#t{LAST} .proposal", has_text="Roles").click()
    expect(tab.page.locator("#suggestion")).to_contain_text("right 71 % of the time when last measured")


@pytest.mark.parametrize("width", [390, 1000])
def test_no_barriers_in_a_review(reviewer: Tab, width: int) -> None:
    reviewer.page.set_viewport_size({"width": width, "height": 800})
    reviewer.press("e")
    expect(reviewer.page.locator("#evidence")).to_contain_text("Resembles")
    assert faults_in_both_schemes(reviewer.page) == []
    wide = reviewer.page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0
    reviewer.page.get_by_role("button", name="Skip").click()
    at_hand(reviewer, "Roles")
    assert reviewer.page.evaluate("document.activeElement.dataset.command") == "review.skip"


def test_of_two_thousand_only_those_in_view_are_painted(
    chrome: Browser, tmp_path: Path, open_many: Callable[[Path], None]
) -> None:
    study = tmp_path / "many.mihqda"
    open_many(study)
    with live_server(study, coder="anna") as server:
        context = chrome.new_context(reduced_motion="reduce")
        tab = Tab(context, server, "B")
        tab.page.locator(".proposal").first.wait_for()
        expect(tab.page.locator("#suggestions")).to_contain_text("2,000 wait")
        assert 0 < tab.page.locator(".proposal").count() < 200
        tab.page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
        tab.page.locator("#t499 .proposal").first.wait_for()
        assert tab.page.locator("#t250 .proposal").count() == 0
        tab.go_to(0)
        tab.press("s", "a")
        expect(tab.page.locator("#suggestions")).to_contain_text("1 decided, 1,999 left")
        assert tab.complaints == []
        context.close()


@pytest.fixture
def open_many() -> Callable[[Path], None]:
    """Makes a study with 2,000 suggestions in one transcript."""

    def make(path: Path) -> None:
        source = path.with_name("B.txt")
        source.write_text(
            "\n\n".join(f"P{n % 5}: Turn {n} says a few words." for n in range(500)), encoding="utf-8"
        )
        with Project.create(path) as project:
            for n in range(4):
                project.add_code(Code(f"c{n}", f"Code {n}"))
            project.import_transcripts([source])
            put_suggestions(
                project._store,
                [
                    Suggestion(
                        suggestion_id("B", turn.span, f"c{n}", "default"), "B", turn.span, "turn", f"c{n}", None, 0.5,
                        "weak", Evidence(), "default", "1", {}, "s" * 64, 0,
                    )
                    for turn in project.transcript("B").turns
                    for n in range(4)
                ],
                suggester="default",
            )  # fmt: skip

    return make
