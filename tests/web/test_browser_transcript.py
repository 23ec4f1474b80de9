"""The transcript in a real browser: what is selected, where a coding stands, what is painted, who can read it."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import pandas as pd
import pytest
from chromium import LiveServer, Tab, needs_chromium

from mihqda import Project
from mihqda.codebook import Code

pytestmark = needs_chromium

TURNS = 60
TALK = {
    1: "Nobody had time 🙂 at all. Cafe\u0301 au lait, nai\u0308ve 👩‍⚕️ plans; and 𝒜𝓁𝓁 of it twice. We laughed.",
    3: "The roles were unclear, and nobody knew whom to call. It took weeks. Then it was over.",
    5: "Hm.",
    59: "The very last words are a zebra.",
}


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """One interview with sixty turns, every second the interviewer's, coded by two coders."""
    speeches = [TALK.get(at, f"This is turn {at}. It has two sentences.") for at in range(TURNS)]
    labels = ["Interviewer" if at % 2 == 0 else ("P1" if at % 4 == 1 else "P2") for at in range(TURNS)]
    text = "\n\n".join(f"{label}: {speech}" for label, speech in zip(labels, speeches, strict=True))
    (tmp_path / "T1.txt").write_text(text + "\n", encoding="utf-8")
    (tmp_path / "people.csv").write_text("participant,group\nP1,nurses\nP2,clients\n", encoding="utf-8")
    path = tmp_path / "study.mihqda"
    with Project.create(path) as project:
        for name in ("time", "roles", "load"):
            project.add_code(Code(name, name.title()))
        project.import_transcripts(tmp_path / "T1.txt", participants=tmp_path / "people.csv")
        rows = [("ben", "roles", "The roles were unclear"), ("ben", "load", "were unclear, and nobody"),
                ("cas", "roles", "unclear"), ("cas", "time", "It took weeks. Then it was over."),
                ("ben", "time", "zebra")]  # fmt: skip
        project.code_from(pd.DataFrame(rows, columns=["coder", "code", "quote"]).assign(transcript="T1"))
    return path


def quotes(study: Path, coder: str = "anna") -> list[tuple[str, str]]:
    """Return (code, quote) of a coder's codings, in order."""
    with Project.open(study) as project:
        found = project.codings()
        mine = found[found["coder"] == coder]
        return list(zip(mine["code"].astype(str), mine["quote"].astype(str), strict=True))


def place(tab: Tab, turn: int, words: str) -> dict[str, float]:
    """Return the corners of words of a turn on the screen."""
    return tab.page.evaluate(
        """([turn, words]) => {
          const node = document.querySelectorAll(".turn .speech")[turn].firstChild;
          const range = document.createRange();
          const from = node.data.indexOf(words);
          range.setStart(node, from);
          range.setEnd(node, from + words.length);
          const rects = range.getClientRects();
          const [first, last] = [rects[0], rects[rects.length - 1]];
          return { x: first.left, y: first.top + first.height / 2, endX: last.right, endY: last.top + last.height / 2 };
        }""",
        [turn, words],
    )


def drag(
    tab: Tab, turn: int, words: str, last_turn: int | None = None, last_words: str | None = None
) -> None:
    """Select by mouse, from the beginning of words to the end of (other) words."""
    begin = place(tab, turn, words)
    end = place(tab, turn if last_turn is None else last_turn, last_words or words)
    mouse = tab.page.mouse
    mouse.move(begin["x"] + 0.5, begin["y"])
    mouse.down()
    mouse.move(end["endX"] - 0.5, end["endY"], steps=4)
    mouse.up()
    tab.page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")


def selected(tab: Tab) -> str:
    return str(tab.page.evaluate("getSelection().toString()"))


def state_of(tab: Tab, name: str) -> Any:
    return tab.page.evaluate("async (name) => (await import('/static/state.js')).state[name]", name)


def run(tab: Tab, command: str, *arguments: object) -> None:
    tab.page.evaluate(
        "async ([command, ...rest]) => { (await import('/static/commands.js')).run(command, ...rest); }",
        [command, *arguments],
    )


def pin_time(tab: Tab) -> None:
    """Give the code Time the number 1."""
    tab.page.evaluate("async () => (await import('/static/prefs.js')).pin('time', 1)")


# ---- by mouse


@pytest.mark.parametrize(
    "words", ["at all.", "au lait", "plans; and", "𝒜𝓁𝓁 of it", "e\u0301 au", "🙂 at", "We laughed."]
)
def test_words_drawn_by_mouse_behind_emoji_and_combining_characters_are_the_words_coded(
    study: Path, tab: Tab, words: str
) -> None:
    pin_time(tab)
    if words.startswith("e\u0301"):
        words = "Cafe\u0301 au"  # a browser takes a letter with its accent, never half of it
    drag(tab, 1, words)
    assert selected(tab).strip() == words
    tab.press("1")
    tab.page.wait_for_selector("#t1 .stripe:not(.pending)", state="attached")  # cas has a Time elsewhere
    assert quotes(study) == [("time", words)]


def test_a_selection_across_turns_is_one_coding_and_is_shown_in_each(study: Path, tab: Tab) -> None:
    pin_time(tab)
    drag(tab, 1, "We laughed.", 3, "The roles")
    tab.press("1")
    tab.page.wait_for_selector("#t3 .stripe:not(.pending) >> text=… Time")
    assert tab.page.locator("#t1 .stripe .name").all_inner_texts() == ["Time"]
    assert tab.page.locator("#t2 .stripe .name").all_inner_texts() == ["… Time"]
    ((code, quote),) = quotes(study)
    assert (code, quote) == (
        "time",
        "We laughed.\n\nInterviewer: This is turn 2. It has two sentences.\n\nP2: The roles",
    )


def test_white_space_and_labels_at_the_ends_of_a_selection_are_left_out(tab: Tab) -> None:
    found = tab.page.evaluate(
        """async () => {
          const { spanOf, textOf } = await import("/static/offsets.js");
          const say = (...points) => {
            const range = document.createRange();
            range.setStart(points[0], points[1]);
            range.setEnd(points[2], points[3]);
            const span = spanOf(range);
            return span && textOf(span.start, span.end);
          };
          const turns = [...document.querySelectorAll(".turn")];
          const speech = (at) => turns[at].querySelector(".speech").firstChild;
          return [
            say(turns[3].querySelector("header"), 0, turns[4].querySelector("header"), 0), // a triple click
            say(speech(3), 3, speech(3), 10), // " roles "
            say(turns[3].querySelector("header"), 0, turns[3].querySelector(".speech"), 0), // a label alone
            say(document.body, 0, speech(0), 4),
            say(speech(59), 26, document.body, document.body.childNodes.length),
            say(speech(0), 0, speech(0), 0),
          ];
        }"""
    )
    assert found == [TALK[3], "roles", None, "This", "zebra.", None]


def test_a_click_on_coded_words_takes_up_the_shortest_coding_there(tab: Tab) -> None:
    at = place(tab, 3, "unclear")
    tab.page.mouse.click((at["x"] + at["endX"]) / 2, at["y"])
    assert tab.page.locator(".stripe.current .coder").all_inner_texts() == ["C"]
    assert highlighted(tab, "current") == ["unclear"]
    at = place(tab, 3, "whom to")
    tab.page.mouse.click((at["x"] + at["endX"]) / 2, at["y"])
    assert highlighted(tab, "current") == []


# ---- by keyboard


def test_fifty_turns_are_coded_by_keyboard_alone(study: Path, tab: Tab) -> None:
    pin_time(tab)
    tab.go_to(0)
    for _ in range(50):
        tab.press("1", "ArrowDown")
    tab.page.wait_for_selector("#t49 .stripe:not(.pending) .name")
    tab.wait_for_saved()
    found = quotes(study)
    assert len(found) == 50
    assert found[3] == ("time", TALK[3])


def test_words_sentences_and_turns_are_selected_by_keys_as_the_browsers_own_selection(tab: Tab) -> None:
    tab.go_to(3)
    seen = []
    for key in ["ArrowRight", "ArrowRight", "Shift+ArrowRight", "Shift+ArrowLeft", "]", "[", "[", ".", ",", "Shift+ArrowDown", "Shift+ArrowDown", "Shift+ArrowUp", "Escape"]:  # fmt: skip
        tab.press(key)
        seen.append(selected(tab))
    sentence = "It took weeks."
    assert seen[:9] == [
        "The roles were unclear, and nobody knew whom to call.", sentence, f"{sentence} Then", sentence,
        "took weeks.", sentence, f"call. {sentence}", f"call. {sentence} Then it was over.", f"call. {sentence}",
    ]  # fmt: skip
    assert seen[9] == f"call. {sentence} Then it was over."
    assert seen[10].endswith("This is turn 4. It has two sentences.")
    assert seen[11:] == [seen[9], ""]
    assert state_of(tab, "selection") is None


def test_sentences_lead_from_turn_to_turn_and_back(tab: Tab) -> None:
    tab.go_to(0)
    said = []
    for key in ["ArrowRight"] * 3 + ["ArrowLeft"] * 2:
        tab.press(key)
        said.append((selected(tab), state_of(tab, "currentTurn")))
    first, second = ("This is turn 0.", 0), ("It has two sentences.", 0)
    assert said == [first, second, ("Nobody had time 🙂 at all.", 1), second, first]


def test_one_turn_is_in_the_tab_order_and_its_stripes_follow(tab: Tab) -> None:
    tab.go_to(3)
    assert tab.page.locator(".turn[tabindex='0']").evaluate_all("(all) => all.map((one) => one.id)") == ["t3"]
    tab.page.wait_for_selector("#t3 .label")
    seen = []
    for _ in range(5):
        tab.press("Tab")
        seen.append(tab.page.evaluate("document.activeElement.closest('.turn')?.id ?? 'outside'"))
    assert seen == ["t3", "t3", "t3", "t3", "outside"]


def test_plain_letters_do_nothing_outside_the_transcript_nor_when_switched_off(study: Path, tab: Tab) -> None:
    tab.page.locator('[data-command="uncoded.next"]').focus()
    tab.press("d")
    assert not state_of(tab, "isDimmed")
    tab.go_to(1)
    tab.press("d")
    assert state_of(tab, "isDimmed")
    tab.page.evaluate("async () => (await import('/static/prefs.js')).setPref('shortcuts', false)")
    tab.press("d")
    assert state_of(tab, "isDimmed")


def test_next_uncoded_passes_what_is_coded_and_what_is_asked(study: Path, tab: Tab) -> None:
    pin_time(tab)
    tab.go_to(1)
    tab.press("1", "n")
    assert state_of(tab, "currentTurn") == 3  # ben's and cas's codings are not anna's
    tab.press("n")
    assert state_of(tab, "currentTurn") == 7  # 5 is no more than "Hm."
    tab.press("Shift+N", "Shift+N")
    assert state_of(tab, "currentTurn") == 59  # 1 is coded: round the end


def test_next_and_previous_coding_of_a_code_go_round(tab: Tab) -> None:
    tab.go_to(0)
    run(tab, "coding.here")
    tab.page.evaluate("async () => (await import('/static/state.js')).set({ currentCode: 'time' })")
    places = []
    for key in ["g", "g", "g", "Shift+G"]:
        tab.press(key)
        places.append((state_of(tab, "currentTurn"), highlighted(tab, "current")))
    weeks, zebra = (3, ["It took weeks. Then it was over."]), (59, ["zebra"])
    assert places == [weeks, zebra, weeks, zebra]


# ---- what is painted


def highlighted(tab: Tab, name: str) -> list[str]:
    """Return the words that a highlight covers."""
    return tab.page.evaluate(
        "(name) => [...CSS.highlights.get(name)].map((one) => one.startContainer.data.slice(one.startOffset, one.endOffset))",
        name,
    )


def test_overlapping_codings_have_a_bar_and_a_label_each_and_deepen_the_tint(tab: Tab) -> None:
    tab.page.wait_for_selector("#t3 .label")
    assert tab.page.locator("#t3 .stripe .name").all_inner_texts() == ["Roles", "Load", "Roles", "Time"]
    assert tab.page.locator("#t3 .stripe .coder").all_inner_texts() == ["B", "B", "C", "C"]
    lanes = tab.page.locator("#t3 .bar").evaluate_all(
        "(all) => all.slice(0, 3).map((one) => one.style.insetInlineStart)"
    )
    assert len(set(lanes)) == 3
    assert highlighted(tab, "coded") == [
        "The roles were unclear, and nobody",
        "It took weeks. Then it was over.",
    ]
    depths = tab.page.evaluate(
        """() => [1, 2].map((depth) => [...CSS.highlights].filter(([name]) => name.endsWith(`-${depth}`)).flatMap(([, some]) =>
          [...some].map((one) => one.startContainer.data.slice(one.startOffset, one.endOffset))))"""
    )
    assert "unclear" in depths[1]  # two codings of one branch


def test_pointing_at_a_stripe_or_tabbing_to_it_shows_its_words(tab: Tab) -> None:
    label = tab.page.locator("#t3 .label").nth(1)
    label.hover()
    assert highlighted(tab, "hovered") == ["were unclear, and nobody"]
    tab.page.locator("#t3 .label").nth(2).focus()
    assert highlighted(tab, "hovered") == ["unclear"]
    assert label.get_attribute("aria-label") == "Load, by ben"


def test_a_coders_layer_can_be_hidden(tab: Tab) -> None:
    tab.page.wait_for_selector("#t3 .label")
    tab.go_to(3)
    tab.press("l")
    tab.page.locator("#layers input[data-coder=ben]").uncheck()
    tab.press("Escape")
    tab.page.locator("#t3 .stripe").nth(2).wait_for(state="detached")
    assert tab.page.locator("#t3 .stripe .coder").all_inner_texts() == ["C", "C"]
    assert highlighted(tab, "coded") == ["unclear", "It took weeks. Then it was over."]


def test_only_what_is_near_the_screen_is_painted_and_the_rest_when_it_comes(tab: Tab) -> None:
    tab.page.wait_for_selector("#t3 .label")
    assert tab.page.locator("#t59 .stripe").count() == 0
    assert highlighted(tab, "coded") == [
        "The roles were unclear, and nobody",
        "It took weeks. Then it was over.",
    ]
    tab.page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    tab.page.wait_for_selector("#t59 .label")
    assert highlighted(tab, "coded") == ["zebra"]


def test_everything_is_there_on_paper_and_without_script(chrome: Any, server: LiveServer, tab: Tab) -> None:
    tab.page.emulate_media(media="print")
    tab.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert tab.page.locator(".stripe").count() == 5
    assert tab.page.locator("#t59 .speech").is_visible()
    assert not tab.page.locator("#top").is_visible()
    context = chrome.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(server.entrance)
    page.goto(f"{server.address}/transcripts/T1")
    assert page.locator(".speech").count() == TURNS
    assert page.locator("#t3 .speech").inner_text() == TALK[3]
    context.close()


def test_find_in_page_finds_what_is_far_below(tab: Tab) -> None:
    assert tab.page.evaluate("find('zebra')")
    assert selected(tab) == "zebra"


def test_bars_follow_the_lines_when_the_text_is_made_larger(tab: Tab) -> None:
    tab.page.set_viewport_size({"width": 1600, "height": 900})
    tab.page.wait_for_selector("#t3 .label")
    before = tab.page.locator("#t3 .bar").first.evaluate("(one) => one.getBoundingClientRect().height")
    tab.page.locator('[data-command="view.size"][data-argument="1"]').click()
    tab.page.evaluate(
        "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))"
    )
    bar = tab.page.locator("#t3 .bar").first.evaluate("(one) => one.getBoundingClientRect().height")
    assert bar > before * 1.1


# ---- code points and UTF-16


def test_positions_are_turned_into_utf16_and_back_as_python_counts_them(tab: Tab) -> None:
    draw = Random(5)
    letters = "ab é\u0301🙂𝒜👩\u200d⚕\ufe0f\n中"
    texts = ["".join(draw.choices(letters, k=draw.randrange(1, 12))) for _ in range(200)]
    found = tab.page.evaluate(
        """async (texts) => {
          const { toUnits, toPoints } = await import("/static/offsets.js");
          return texts.map((text) => {
            const count = [...text].length;
            const units = Array.from({ length: count + 1 }, (_, at) => toUnits(text, at));
            return [units, units.map((one) => toPoints(text, one)), toUnits(text, count + 5), toPoints(text, 999)];
          });
        }""",
        texts,
    )
    for text, (units, points, beyond, all_points) in zip(texts, found, strict=True):
        assert units == [len(text[:at].encode("utf-16-le")) // 2 for at in range(len(text) + 1)]
        assert points == list(range(len(text) + 1))
        assert (beyond, all_points) == (units[-1], len(text))


# ---- for everybody


def test_the_page_has_landmarks_and_turns_that_say_who_speaks(tab: Tab) -> None:
    page = tab.page
    for role, name in [("banner", None), ("main", "Transcript T1"), ("complementary", "Codes"), ("complementary", "Coding"), ("contentinfo", None), ("list", "Turns")]:  # fmt: skip
        assert (
            page.get_by_role(role, name=name, exact=True).count() == 1
            if name
            else page.get_by_role(role).count() == 1
        )
    assert page.get_by_role("listitem", name=f"P2 clients {TALK[3]}").count() == 1
    assert page.get_by_role("button", name="Load, by ben").count() == 1
    assert page.get_by_role("heading", level=1).inner_text() == "T1"


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (900, 900), (390, 844), (720, 450), (320, 640)])
def test_nothing_is_wider_than_the_screen(tab: Tab, width: int, height: int) -> None:
    tab.page.set_viewport_size({"width": width, "height": height})
    tab.page.wait_for_selector("#t3 .label", state="attached")
    assert tab.page.evaluate("document.documentElement.scrollWidth") <= width
    speech = tab.page.locator("#t3 .speech").bounding_box()
    assert speech is not None
    assert speech["width"] >= min(250, width * 0.6)


def test_coded_text_is_marked_in_forced_colours_too(tab: Tab) -> None:
    tab.page.emulate_media(forced_colors="active")
    tab.page.wait_for_selector("#t3 .label")
    line = tab.page.locator("#t3 .speech").evaluate(
        "(one) => getComputedStyle(one, '::highlight(coded)').textDecorationLine"
    )
    assert line == "underline"


def test_what_is_copied_over_several_turns_holds_no_labels_of_the_margin(tab: Tab) -> None:
    tab.wait_for_label("Load")
    tab.page.evaluate("getSelection().selectAllChildren(document.getElementById('turns'))")
    copied = selected(tab)
    assert TALK[3] in copied
    assert "P2" in copied
    assert not any(name in copied for name in ("Load", "Roles", "Time"))


def test_paper_shows_labels_and_no_bars_of_the_screens_lines(tab: Tab) -> None:
    tab.wait_for_label("Load")
    tab.page.emulate_media(media="print")
    assert not tab.page.locator("#t3 .bar").first.is_visible()
    boxes = [one.bounding_box() for one in tab.page.locator("#t3 .label").all()]
    tops = [box["y"] for box in boxes if box]
    assert len(tops) == 4
    assert tops == sorted(set(tops))


def test_going_to_the_next_coding_says_which_it_is_and_whose_words(tab: Tab) -> None:
    tab.wait_for_label("Time")
    tab.page.locator("#t3 .label[title=Time]").click()
    tab.press("g")
    said = tab.page.locator("#announcer", has_text="Time, said by P2, coded by ben")
    said.wait_for(state="attached")
    tab.press("g")
    tab.page.locator("#announcer", has_text="From the other end: Time, said by P2, coded by cas").wait_for(
        state="attached"
    )


def test_codings_outside_the_turns_are_counted_in_the_line_below(study: Path, tab: Tab) -> None:
    tab.wait_for_label("Load")
    assert "outside" not in tab.page.locator("#status").inner_text()
    with Project.open(study) as project:
        start = project.transcript("T1").text.index("P2:")
        project.desk("ben").apply("T1", start, start + 2, "time")
    tab.page.locator("#status", has_text="1 outside the turns, not shown").wait_for()


def test_each_turn_runs_in_the_direction_of_its_script(tab: Tab) -> None:
    assert tab.page.locator(".speech:not([dir=auto])").count() == 0
