"""The rules of axe-core on every page and in every state of the coding screen; and its tree for a screen reader."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import make_study
from chromium import LiveServer, Tab, live_server, needs_chromium
from playwright.sync_api import Browser, Page

pytestmark = needs_chromium

NARROW = {"width": 390, "height": 844}
TURN = 1  # the turn that several coders coded, with emoji and accents before the words


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tests' study, with overlapping codings of two coders."""
    with make_study(tmp_path_factory.mktemp("axe")) as project:
        rows = [
            ("anna", "time", "Nobody had time", "-"), ("anna", "roles", "time 🙂 at all.", ""),
            ("bram", "load", "had time 🙂 at", "mixed"), ("bram", "time", "nobody knew whom to call", ""),
        ]  # fmt: skip
        frame = pd.DataFrame(rows, columns=["coder", "code", "quote", "valence"]).assign(transcript="T1")
        project.code_from(frame)
        return project.path


@pytest.fixture(scope="module")
def server(study: Path) -> Iterator[LiveServer]:
    with live_server(study, coder="anna") as running:
        yield running


def violations(page: Page, *rules: str) -> list[dict[str, Any]]:
    """Return what axe-core finds, by some of its rules or by all."""
    only = {"runOnly": {"type": "rule", "values": list(rules)}} if rules else {}
    found = Axe().run(page, options={"resultTypes": ["violations"], **only}).response["violations"]
    return list(found)


def faults(page: Page, *rules: str) -> list[str]:
    """Return what axe-core calls serious or critical, with the places."""
    return [
        f"{one['id']}: {node['html'][:160]}"
        for one in violations(page, *rules)
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]


def faults_in_both_schemes(page: Page) -> list[str]:
    """Return the faults in light, and those of contrast in dark: nothing else differs."""
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    found = faults(page)
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    return found + [f"dark: {one}" for one in faults(page, "color-contrast")]


# ---- the states of the coding screen


def at_rest(tab: Tab) -> None:
    tab.page.wait_for_selector(f"#t{TURN} .label")


def dimmed_with_selection(tab: Tab) -> None:
    at_rest(tab)
    tab.go_to(3)
    tab.press("ArrowRight", "d")


def coding_open(tab: Tab) -> None:
    """The inspector with an own coding among overlapping ones, its fields open."""
    at_rest(tab)
    tab.go_to(TURN)
    tab.press("o", "m")
    tab.page.locator("#inspector textarea").wait_for()


def anothers_coding_open(tab: Tab) -> None:
    at_rest(tab)
    tab.go_to(3)
    tab.press("o")
    tab.page.locator("#inspector .is-open").wait_for()


def picker_open(tab: Tab) -> None:
    tab.go_to(3)
    tab.press("c")
    tab.page.keyboard.type("t")
    tab.page.locator("#picker [aria-selected=true]").wait_for()


def picker_without_hits(tab: Tab) -> None:
    tab.go_to(3)
    tab.press("c")
    tab.page.keyboard.type("zzz")
    tab.page.get_by_role("button", name="Make a new code").wait_for()


def new_code(tab: Tab) -> None:
    tab.go_to(3)
    tab.press("b", "Enter")  # and its complaint that a name is missing
    tab.page.locator("#new-fault").wait_for()


def opens(key: str, dialog: str) -> Callable[[Tab], None]:
    """Return what opens a dialog by its key."""

    def run(tab: Tab) -> None:
        tab.go_to(TURN)
        tab.press(key)
        tab.page.locator(f"#{dialog}[open]").wait_for()

    return run


def code_at_hand(tab: Tab) -> None:
    tab.page.locator("#code-tree [data-key=time]").click()
    tab.page.locator("#code-pin").select_option("1")


def found_in_codebook(tab: Tab) -> None:
    tab.page.locator("#code-search").fill("hours")


def places_found(tab: Tab) -> None:
    tab.go_to(TURN)
    tab.press("/")
    tab.page.keyboard.type("time")
    tab.press("Enter")
    tab.page.locator("#find .hits li").first.wait_for()


def all_transcripts(tab: Tab) -> None:
    tab.page.locator("[data-command='transcript.choose']").click()


def codes_drawer(tab: Tab) -> None:
    tab.page.set_viewport_size(NARROW)
    tab.page.locator("[data-argument=codebook]").first.click()
    tab.page.locator("#code-tree").wait_for()


def coding_drawer(tab: Tab) -> None:
    tab.page.set_viewport_size(NARROW)
    at_rest_narrow = tab.page.locator(f"#t{TURN} .label")
    at_rest_narrow.first.wait_for(state="attached")
    tab.go_to(TURN)
    tab.press("o")
    tab.page.locator("[data-argument=inspector]").first.click()
    tab.page.locator("#inspector .is-open").wait_for()


def refused_write(tab: Tab) -> None:
    answer = {"error": "the disk is full", "way_out": "Make room."}
    tab.page.route("**/api/codings", lambda route: route.fulfill(status=503, json=answer))
    tab.go_to(3)
    tab.page.evaluate("async () => (await import('/static/commands.js')).run('code.apply', 'load')")
    tab.page.locator("#unsaved").get_by_role("button", name="Retry").wait_for()


STATES = {
    one.__name__: one
    for one in (
        at_rest, dimmed_with_selection, coding_open, anothers_coding_open, picker_open, picker_without_hits, new_code,
        code_at_hand, found_in_codebook, places_found, all_transcripts, codes_drawer, coding_drawer, refused_write,
    )
} | {"help": opens("?", "help"), "view": opens("l", "view")}  # fmt: skip


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_serious_on_the_coding_screen(tab: Tab, state: str) -> None:
    STATES[state](tab)
    assert faults_in_both_schemes(tab.page) == []
    if state == "refused_write":  # else leaving asks
        tab.page.locator("#unsaved").get_by_role("button", name="Discard").click()


def test_axe_finds_nothing_serious_on_the_other_pages(chrome: Browser, study: Path) -> None:
    with live_server(study) as server:  # nobody codes yet: the start page asks
        context = chrome.new_context(reduced_motion="reduce")
        page = context.new_page()
        page.goto(server.entrance)
        pages = {
            "who codes": "/",
            "help": "/help",
            "not found": "/transcripts/none",
            "not let in": "/start?token=x",
        }
        for name, path in pages.items():
            page.goto(server.address + path)
            assert faults_in_both_schemes(page) == [], name
        page.goto(server.address)
        page.locator("#coder").fill("Zoë")
        page.keyboard.press("Enter")
        page.locator("text=Change").wait_for()
        for size in (NARROW, {"width": 1280, "height": 800}):
            page.set_viewport_size(size)
            assert faults(page) == [], size
        context.close()


# ---- what a screen reader gets


def test_the_coding_screen_reads_aloud_in_order(tab: Tab) -> None:
    at_rest(tab)
    tab.go_to(TURN)
    tree = tab.page.locator("body").aria_snapshot()
    wanted = [
        r'- link "To the transcript"',
        r"- banner:",
        r'- navigation "Transcripts":',
        r'- heading "T1" \[level=1\]',
        r'- group "Tools":',
        r'- complementary "Codes":',
        r'- heading "Codes" \[level=2\]',
        r'- searchbox "Find a code by name, keyword or definition"',
        r'- tree "Codes":',
        r'- treeitem "Time, 1 by you" \[level=1\]',
        r'- treeitem "All, holds other codes" \[expanded\] \[level=1\]',
        r'- treeitem "Load" \[level=2\]',
        r'- main "Transcript T1":',
        r'- list "Turns":',
        r'- listitem "Interviewer Waarom liep het vast\?":',
        r"- listitem /?.?\"?P1 .*Nobody had time 🙂 at all",
        r'- list "Codings of turn 2":',
        r'- button "Time, negative, by anna"',
        r'- button "Load, mixed, by bram"',
        r'- button "Roles .*, by anna"',
        r'- complementary "Coding":',
        r'- heading "Coding" \[level=2\]',
        r'- list "Codings here":',
        r"- contentinfo",
    ]
    at = 0
    for line in wanted:
        found = re.compile(line).search(tree, at)
        assert found, f"{line} does not come after {tree[max(0, at - 80) : at]!r} in\n{tree}"
        at = found.end()


def test_what_happens_is_said_in_a_polite_live_region(tab: Tab) -> None:
    said = tab.page.locator("#announcer")
    assert (said.get_attribute("aria-live"), said.get_attribute("role")) == ("polite", "status")
    tab.go_to(3)
    tab.page.evaluate("async () => (await import('/static/commands.js')).run('code.apply', 'load')")
    tab.page.locator("#announcer", has_text="Load").wait_for(state="attached")
    tab.press("u")
    tab.page.locator("#announcer", has_text="Undone").wait_for(state="attached")


def test_dialogs_hold_the_focus_and_give_it_back(tab: Tab) -> None:
    tab.go_to(3)
    for key, dialog in {"c": "picker", "b": "newcode", "?": "help", "l": "view", "/": "find"}.items():
        tab.press(key)
        assert (
            tab.page.locator("dialog:modal").get_attribute("id") == dialog
        )  # what lies behind it is not read
        for _ in range(3):
            tab.press("Tab")
            inside = tab.page.evaluate(
                "document.activeElement.closest('dialog')?.id ?? document.activeElement.tagName"
            )
            assert inside in (dialog, "BODY"), "Tab leads out of the dialog"  # BODY: to the browser's own bar
        tab.press("Escape")
        assert tab.page.evaluate("document.activeElement.id") == "t3"


def test_targets_are_large_enough_for_a_shaky_hand(tab: Tab) -> None:
    """At least 24 by 24 CSS pixels, or so much room around (WCAG 2.2, 2.5.8)."""
    coding_open(tab)
    assert [node["html"][:160] for one in violations(tab.page, "target-size") for node in one["nodes"]] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_coded_words_stay_readable_however_many_codings_overlap(tab: Tab, scheme: Any) -> None:
    """Of highlights axe-core knows nothing: every tint three times over, all of them together, and each mark."""
    tab.page.emulate_media(color_scheme=scheme)
    at_rest(tab)
    contrasts = tab.page.evaluate(CONTRASTS)
    assert len(contrasts) > 8
    assert {name: round(value, 2) for name, value in contrasts.items() if value < 4.5} == {}


CONTRASTS = """() => {
  const canvas = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d");
  const paint = (...colours) => {
    for (const colour of colours) { canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1); }
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const light = (rgb) => {
    const [r, g, b] = rgb.map((one) => one / 255).map((one) => (one <= 0.03928 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const styleOf = (name) => getComputedStyle(document.querySelector(".speech"), `::highlight(${name})`);
  const page = getComputedStyle(document.body).backgroundColor;
  const ink = styleOf("coded").color; // lies over all tints
  const found = {};
  const compare = (name, colour, ...grounds) => {
    const [one, other] = [light(paint(page, ...grounds)), light(paint(colour))];
    found[name] = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
  };
  const isTint = (name) => name.startsWith("hue");
  const names = [...CSS.highlights.keys()];
  for (const name of names) {
    const { backgroundColor, color } = styleOf(name);
    compare(name, isTint(name) ? ink : color, ...Array(isTint(name) ? 3 : 1).fill(backgroundColor));
  }
  compare("all tints", ink, ...names.filter(isTint).map((name) => styleOf(name).backgroundColor));
  return found;
}"""
