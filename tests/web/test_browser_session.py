"""A whole session without a mouse, and coding at speed: what a person does in a morning, by keys alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from chromium import Tab, live_server, needs_chromium
from playwright.sync_api import Browser, Page

from mihqda import Project
from mihqda.codebook import Code

pytestmark = needs_chromium

TURNS = 134  # every second is the interviewer's, 5, 13, 21, … are listening sounds: 50 answers are left
HARD = "👩‍⚕️🙂 Cafe\u0301, nai\u0308ve 𝒜𝓁𝓁: nobody had time at all. We laughed."


def speech(at: int) -> str:
    if at == 1:
        return HARD
    return "Hm." if at % 8 == 5 else f"This is turn {at}. It has two sentences."


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two interviews, a long one and a short one."""
    folder = tmp_path_factory.mktemp("session")
    text = "\n\n".join(f"{'P1' if at % 2 else 'Interviewer'}: {speech(at)}" for at in range(TURNS))
    (folder / "T1.txt").write_text(text, encoding="utf-8")
    (folder / "T2.txt").write_text("Interviewer: And you?\n\nP2: We had time.", encoding="utf-8")
    with Project.create(folder / "session.mihqda") as project:
        for name in ("time", "roles", "load"):
            project.add_code(Code(name, name.title()))
        project.import_transcripts([folder / "T1.txt", folder / "T2.txt"])
        return project.path


def pin(tab: Tab, code: str, number: int) -> None:
    tab.page.evaluate("async (all) => (await import('/static/prefs.js')).pin(...all)", [code, number])


def spans(study: Path) -> list[tuple[str, str, str, str]]:
    """Return (transcript, code, quote, valence) of all codings, in order."""
    with Project.open(study) as project:
        found = project.codings().sort_values(["transcript", "start", "end", "code"])
        return [
            (str(transcript), str(code), project.transcript(str(transcript)).text[start:end], str(valence))
            for transcript, code, start, end, valence in zip(
                *(found[name] for name in ("transcript", "code", "start", "end", "valence")), strict=True
            )
        ]


def wait_for_saved(page: Page) -> None:
    """Wait until nothing waits to be written, in view or out of it."""
    assert page.evaluate("async () => (await import('/static/api.js')).settle()")


class Keyboard:
    """Keys, and nothing else; it counts what a mouse would do."""

    def __init__(self, page: Page) -> None:
        self.page = page
        page.add_init_script(
            """addEventListener("pointerdown", () => sessionStorage.setItem("touched", "yes"), true);
            addEventListener("wheel", () => sessionStorage.setItem("touched", "yes"), true);"""
        )

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def write(self, text: str, *keys: str) -> None:
        self.page.keyboard.type(text)
        self.press(*keys)

    def reach(self, wanted: str, *, key: str = "Tab") -> None:
        """Press Tab until the focus is on an element that a selector matches."""
        for _ in range(40):
            self.press(key)
            if self.page.evaluate("(wanted) => document.activeElement.matches(wanted)", wanted):
                return
        raise AssertionError(f"{wanted} is not reached by {key}")

    def focus(self) -> str:
        return str(self.page.evaluate("document.activeElement.id"))

    def is_mouse_touched(self) -> bool:
        return bool(self.page.evaluate("sessionStorage.getItem('touched') !== null"))


def test_fifty_answers_are_coded_with_at_most_three_keys_each(study: Path, tab: Tab) -> None:
    pin(tab, "time", 1)
    tab.go_to(0)
    keys = 0
    for number in range(50):
        how = (
            ("n", "ArrowRight", "1") if number % 2 else ("n", "1")
        )  # to an answer, its first sentence or all of it, the code
        tab.press(*how)
        keys += len(how)
    wait_for_saved(tab.page)
    answers = [speech(at) for at in range(1, TURNS, 2) if speech(at) != "Hm."]
    wanted = [f"{one.split('. ')[0]}." if number % 2 else one for number, one in enumerate(answers)]
    assert [quote for _, _, quote, _ in spans(study)] == wanted
    assert len(wanted) == 50
    assert keys <= 3 * 50


def test_a_session_goes_without_a_mouse_from_the_start_address_to_the_next_transcript(
    study: Path, chrome: Browser
) -> None:
    with live_server(study) as server:
        page = chrome.new_context(reduced_motion="reduce").new_page()
        page.set_default_timeout(5000)
        page.goto(server.entrance)
        keyboard = Keyboard(page)
        # Who codes, and what.
        keyboard.write("Zoë", "Enter")
        page.locator("text=Change").wait_for()
        keyboard.reach("tbody tr:first-child a")
        keyboard.press("Enter")
        page.wait_for_selector("html[data-ready=true]")
        keyboard.reach(".skip[href='#turns']")
        keyboard.press("Enter", "Tab")
        assert keyboard.focus() == "t0"
        # Code a sentence, judge it, say why; then a part of it with another code, and one in the words of the answer.
        keyboard.press("ArrowDown", "ArrowRight", "c")
        keyboard.write("tim", "Enter")
        keyboard.press("v", "-", "Enter", "m")
        keyboard.write("Why? 🙂", "Control+Enter")
        keyboard.press(*["]"] * 4, "Enter")
        keyboard.write("load", "Enter")
        page.locator("#t1 .stripe:not(.pending)").nth(1).wait_for(state="attached")
        keyboard.press("Escape", *["ArrowRight"] * 2, "i", "Enter")
        page.locator("#t1 .stripe:not(.pending)").nth(2).wait_for(state="attached")
        sentence, rest = HARD[: HARD.index(" We")], HARD[HARD.index("We") :]
        part = sentence[sentence.index("nobody") :]
        assert spans(study) == [
            ("T1", "time", sentence, "-"), ("T1", "load", part, ""), ("T1", "we-laughed", rest, "")
        ]  # fmt: skip
        # Take two steps back and one forward; read the help; give a code a number.
        keyboard.press("u", "u", "u")
        page.locator("#t1 .stripe").nth(1).wait_for(state="detached")
        keyboard.press("Shift+U")
        page.locator("#t1 .stripe:not(.pending)").nth(1).wait_for(state="attached")
        keyboard.press("?", "Escape")
        assert keyboard.focus() == "t1"
        keyboard.reach("#code-tree [tabindex='0']", key="Shift+Tab")
        keyboard.press("Home")
        keyboard.reach("#code-pin")
        keyboard.press("1")
        # The next transcript, the pinned code there, and back.
        keyboard.reach(".turn")
        keyboard.press(">")
        page.wait_for_url("**/transcripts/T2#t0")
        page.wait_for_selector("html[data-ready=true]")
        assert keyboard.focus() == "t0"
        keyboard.press("ArrowDown", "1", "<")
        page.wait_for_url("**/transcripts/T1#t0")
        assert [one[:3] for one in spans(study)] == [
            ("T1", "time", sentence), ("T1", "load", part), ("T2", "time", "We had time.")
        ]  # fmt: skip
        assert not keyboard.is_mouse_touched()
        page.context.close()


# ---- what is not ours


@pytest.mark.parametrize("place", ["#t3", "#code-tree [tabindex='0']"])
def test_keys_of_the_browser_and_of_screen_readers_stay_theirs(tab: Tab, place: str) -> None:
    """What a page takes for itself it prevents; none of these it does, wherever the focus is."""
    tab.page.locator(place).focus()
    control = (*"fFcCaApPsStTnNlLrRgG+-0", "ArrowLeft", "ArrowRight", "ArrowDown", "Home", "End", "Enter")
    option = ("ArrowLeft", "ArrowRight", "ArrowUp", "d", "1", "Home")
    plain = (
        "Tab",
        "F1",
        "F3",
        "F5",
        "F6",
        "F7",
        "F11",
        "PageDown",
        "PageUp",
        "Insert",
        "CapsLock",
        "Control",
    )
    keys = [(key, {"ctrlKey": True}) for key in control]
    keys += [(key, {"altKey": True}) for key in option]
    keys += [(key, {}) for key in plain]
    taken = tab.page.evaluate(
        """(keys) => keys.filter(([key, more]) => !document.activeElement.dispatchEvent(
          new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more })))""",
        keys,
    )
    assert taken == []


def test_letters_written_in_fields_are_letters(study: Path, tab: Tab) -> None:
    """No shortcut acts while somebody writes, nor while letters are being composed."""
    pin(tab, "time", 1)
    tab.page.locator("#code-search").focus()
    tab.page.keyboard.type("x1crud?>")
    assert tab.page.locator("#code-search").input_value() == "x1crud?>"
    tab.go_to(3)
    tab.page.evaluate(
        """() => document.activeElement.dispatchEvent(
          new KeyboardEvent("keydown", { key: "1", bubbles: true, cancelable: true, isComposing: true }))"""
    )
    wait_for_saved(tab.page)
    assert spans(study) == []
    assert tab.page.locator("dialog[open]").count() == 0
