"""Codes and codings in a real browser: finding, applying, making, changing and taking back."""

from __future__ import annotations

from pathlib import Path

import pytest
from chromium import LiveServer, Tab, needs_chromium

from mihqda import Project
from mihqda.codebook import Code

pytestmark = needs_chromium

ANSWER = 3  # the turn "The roles were unclear, and nobody knew whom to call."


def codings(study: Path) -> list[tuple[str, str]]:
    """Return (code, quote) of every coding of the study, in order."""
    with Project.open(study) as project:
        found = project.codings()
        return [
            (str(code), project.transcript(str(name)).text[start:end])
            for name, start, end, code in zip(
                found["transcript"], found["start"], found["end"], found["code"], strict=True
            )
        ]


def code_sentence(tab: Tab, typed: str, name: str) -> None:
    """Select the sentence of the answer and apply a code."""
    tab.go_to(ANSWER)
    tab.press("ArrowRight", "c")
    tab.page.keyboard.type(typed)
    tab.press("Enter")
    tab.wait_for_label(name)


def test_a_code_is_found_by_typing_and_applied_to_the_selection(study: Path, tab: Tab) -> None:
    tab.go_to(ANSWER)
    tab.press("Shift+ArrowRight", "Shift+ArrowRight", "c")
    tab.page.keyboard.type("tim+")
    tab.press("Enter")
    tab.wait_for_label("Time")
    assert codings(study) == [("time", "The roles")]
    assert tab.page.evaluate("document.activeElement.id") == "t3"
    tab.press("Escape", "ArrowRight", "r")
    tab.wait_for_label("Time")
    tab.page.wait_for_selector("#inspector .codings > li:nth-child(2)")


@pytest.mark.parametrize("typed", ["tijd", "TÍJD", "hours"])
def test_a_code_is_found_in_dutch_without_accents_and_by_its_definition(tab: Tab, typed: str) -> None:
    tab.go_to(ANSWER)
    tab.press("c")
    tab.page.locator("#picker-search").fill(typed)
    assert tab.page.locator("#picker-list li .code-name").first.inner_text().startswith("Time")
    tab.press("Escape")
    tab.page.locator("#code-search").fill(typed)
    assert tab.page.locator("#code-tree li").count() == 1


def test_number_keys_apply_pinned_codes_and_are_remembered(study: Path, tab: Tab) -> None:
    tab.page.locator("#code-tree [data-key=load]").click()
    tab.page.locator("#code-pin").select_option("2")
    tab.page.locator("#code-tree [data-key=time]").click()
    tab.page.locator("#code-pin").select_option("1")
    tab.open()
    assert tab.page.locator(".pinned li").all_inner_texts() == ["1\nTime", "2\nLoad"]
    tab.go_to(ANSWER)
    tab.press("2")
    tab.wait_for_label("Load")
    assert codings(study) == [("load", "The roles were unclear, and nobody knew whom to call.")]
    tab.press("9")
    assert "No code is pinned on 9" in tab.notice()


def test_the_tree_moves_by_arrows_and_shows_the_rules(tab: Tab) -> None:
    tree = tab.page.locator("#code-tree")
    tree.locator("[tabindex='0']").focus()
    tab.press("End")
    assert tree.locator("[aria-selected=true]").get_attribute("data-key") == "load"
    tab.press("ArrowLeft", "ArrowLeft")
    assert tree.locator("[aria-selected=true]").get_attribute("aria-expanded") == "false"
    assert tree.locator("[data-key=load]").count() == 0
    tab.press("ArrowRight", "Home")
    assert "No hours." in tab.page.locator("#code-rules").inner_text()
    tab.press("l")
    assert tab.page.locator("#code-search").input_value() == "l"


def test_a_new_code_is_made_below_another_and_applied(study: Path, tab: Tab) -> None:
    tab.go_to(ANSWER)
    tab.press("ArrowRight", "b")
    tab.page.keyboard.type("Côffee & tea")
    tab.page.locator("#new-parent").select_option("all")
    tab.page.locator("#new-definition").fill("What is drunk.")
    tab.page.locator("#newcode button[type=submit]").click()
    tab.wait_for_label("Côffee & tea")
    [(code, _)] = codings(study)
    with Project.open(study) as project:
        made = next(one for book in project.codebooks() for one in book if one.id == code)
    assert (made.name, made.parent, made.definition) == ("Côffee & tea", "all", "What is drunk.")


def test_a_code_without_a_name_is_not_made(tab: Tab) -> None:
    tab.go_to(ANSWER)
    tab.press("b", "Enter")
    assert tab.page.locator("#new-fault").inner_text() == "A code needs a name."
    assert tab.page.evaluate("document.activeElement.id") == "new-name"


def test_selected_words_become_a_code_in_vivo(study: Path, tab: Tab) -> None:
    tab.go_to(ANSWER)
    for _ in range(4):
        tab.press("Shift+ArrowRight")
    tab.press("i", "Enter")
    tab.wait_for_label("The roles were unclear")
    assert [quote.rstrip(",") for _, quote in codings(study)] == ["The roles were unclear"]
    assert tab.labels() == ["The roles were unclear"]


def test_valence_and_memo_change_in_place(study: Path, tab: Tab) -> None:
    code_sentence(tab, "time", "Time")
    tab.press("v", "-")
    tab.press("Enter", "m")
    tab.page.keyboard.type("<b>Why</b>?\n🙂 Because.")
    tab.press("Control+Enter")
    assert tab.page.evaluate("document.activeElement.id") == "t3"
    tab.wait_for_saved()
    tab.page.locator("#inspector .facts").filter(has_not_text="not saved").wait_for()
    with Project.open(study) as project:
        [(valence, memo)] = project.codings()[["valence", "memo"]].to_numpy().tolist()
    assert (valence, memo) == ("-", "<b>Why</b>?\n🙂 Because.")
    assert tab.page.locator("#inspector b").count() == 0


def test_a_coding_shows_who_made_it_when_and_how(tab: Tab) -> None:
    code_sentence(tab, "time", "Time")
    facts = tab.page.locator("#inspector .facts").inner_text()
    assert "anna" in facts
    assert "by hand" in facts
    assert tab.page.locator("#inspector blockquote").inner_text().startswith("The roles were unclear")


def test_the_coding_at_hand_is_in_view_however_many_there_are(study: Path, tab: Tab) -> None:
    with Project.open(study) as project:
        for number in range(25):
            project.code("T1", code="load", coder=f"c{number:02}", quote="The roles were unclear")
        project.code("T1", code="time", coder="anna", quote="whom to call")
    tab.wait_for_label("Time")
    tab.page.locator(f"#t{ANSWER} .label", has_text="Time").click()
    card = tab.page.locator("#inspector .is-open .coding-head")
    card.wait_for()
    tab.page.wait_for_function(
        "document.querySelector('#inspector .is-open').getBoundingClientRect().bottom <= innerHeight"
    )


def test_a_coding_is_resized_and_recoded(study: Path, tab: Tab) -> None:
    code_sentence(tab, "time", "Time")
    tab.press("Escape", "o", "Shift+ArrowRight", "Shift+ArrowRight", "w")
    tab.page.locator("#inspector blockquote", has_text="The roles").filter(has_not_text="unclear").wait_for()
    tab.press("Shift+C")
    tab.page.keyboard.type("load")
    tab.press("Enter")
    tab.wait_for_label("Load")
    tab.wait_for_saved()
    assert codings(study) == [("load", "The roles")]


def test_a_removed_coding_comes_back_by_the_offered_undo(study: Path, tab: Tab) -> None:
    code_sentence(tab, "time", "Time")
    tab.press("x")
    undo = tab.page.locator("#notice button", has_text="Undo")
    undo.wait_for()
    assert codings(study) == []
    undo.click()
    tab.wait_for_label("Time")
    assert len(codings(study)) == 1


def test_undo_and_redo_take_back_every_kind_of_action_in_turn(study: Path, tab: Tab) -> None:
    code_sentence(tab, "time", "Time")
    tab.press("v", "+", "Enter", "u")
    tab.page.locator("#notice", has_text="Undone").wait_for()
    tab.page.locator("#inspector .sign").wait_for(state="detached")
    tab.press("u")
    tab.page.locator(".stripe").wait_for(state="detached")
    assert codings(study) == []
    tab.press("Shift+U")
    tab.wait_for_label("Time")
    tab.press("Control+z")
    tab.page.locator(".stripe").wait_for(state="detached")
    tab.press("u")
    tab.page.locator("#notice", has_text="othing").wait_for()


def test_undo_says_what_it_took_back_and_that_it_lies_in_another_transcript(tab: Tab) -> None:
    code_sentence(tab, "time", "Time")
    tab.wait_for_saved()
    tab.press("u")
    tab.page.locator("#notice", has_text="Undone: coding in T1 (Time).").wait_for()
    tab.open("T2")
    tab.go_to(0)
    tab.press("Shift+U")
    tab.page.locator(
        "#notice", has_text="Done again: coding in T1 (Time), another transcript than this one."
    ).wait_for()


def test_the_same_code_twice_on_the_same_words_is_said_and_not_doubled(study: Path, tab: Tab) -> None:
    code_sentence(tab, "time", "Time")
    tab.press("r")
    assert "already" in tab.notice()
    assert len(codings(study)) == 1


def test_a_retired_code_and_a_container_are_not_offered(study: Path, server: LiveServer, tab: Tab) -> None:
    with Project.open(study) as project:
        project.add_code(Code("old", "Old habits"), codebook="study")
        project.retire_code("old")
    tab.page.locator("#code-tree .is-retired").wait_for()
    tab.go_to(ANSWER)
    tab.press("c")
    assert not {"All", "Old habits"} & set(tab.page.locator("#picker-list .code-name").all_inner_texts())


def test_single_keys_can_be_switched_off(tab: Tab) -> None:
    tab.page.locator("[data-command='view.layers']").click()
    tab.page.get_by_label("Single keys in the transcript").uncheck()
    tab.press("Escape")
    tab.go_to(ANSWER)
    tab.press("c")
    assert tab.page.locator("#picker[open]").count() == 0


def test_the_help_sheet_and_the_help_page_list_every_shortcut(server: LiveServer, tab: Tab) -> None:
    table = tab.page.evaluate("import('/static/keys.js').then((keys) => keys.SHORTCUTS)")
    registered = tab.page.evaluate("import('/static/commands.js').then((commands) => commands.registered())")
    tab.go_to(0)
    tab.press("?")
    rows = tab.page.locator("#help tr").all_inner_texts()
    said = [row.split("\t")[-1].strip() for row in rows]
    assert set(said) == {one["text"] for one in table}
    assert {one["command"] for one in table} - set(registered) == set()
    tab.page.goto(f"{server.address}/help")
    tab.page.locator("#help-sheet tr").first.wait_for()
    assert tab.page.locator("#help-sheet tr").all_inner_texts() == rows


def test_transcripts_are_listed_and_marked_as_finished(server: LiveServer, tab: Tab) -> None:
    tab.page.locator("[data-command='transcript.finish']").click()
    tab.page.locator("[data-command='transcript.finish'][aria-pressed=true]").wait_for()
    tab.page.locator("[data-command='transcript.choose']").click()
    rows = tab.page.locator("#switcher tbody tr").all_inner_texts()
    assert len(rows) == 3
    assert [row for row in rows if "✓ anna" in row] == [row for row in rows if row.startswith("T1")]
    tab.page.locator("#switcher a", has_text="T2").click()
    tab.page.wait_for_url(f"{server.address}/transcripts/T2")


def test_words_that_look_like_markup_stay_words(tab: Tab) -> None:
    code_sentence(tab, "whom", "Roles <script>alert(1)</script>")
    assert tab.page.locator("script:not([src])").count() == 0
    assert tab.complaints == []


def test_words_are_found_in_this_transcript_and_in_others(tab: Tab) -> None:
    tab.go_to(0)
    tab.press("/")
    tab.page.keyboard.type("TIME")
    tab.press("Enter")
    hits = tab.page.locator("#find .hits li")
    hits.nth(2).wait_for()
    assert [text.split("\n")[0] for text in hits.all_inner_texts()] == [
        "T1 · P1",
        "T2 · Interviewer",
        "T2 · P2",
    ]
    hits.nth(0).locator("a").click()
    assert tab.page.evaluate("getSelection().toString()") == "time"
    assert tab.page.evaluate("document.activeElement.id") == "t1"
    tab.press("/", "Enter")
    hits.nth(2).locator("a").click()
    tab.page.wait_for_selector("html[data-ready=true] #t1:focus")
    assert tab.page.evaluate("getSelection().toString()") == "time"
    assert "time" not in tab.page.url


def test_a_memo_that_is_too_long_is_not_cut_silently(tab: Tab) -> None:
    code_sentence(tab, "time", "Time")
    tab.page.locator("#code-search").fill("a" * 9_999)
    tab.page.locator("#code-search").focus()
    tab.press("Control+A", "Control+C")
    tab.page.locator("#code-search").fill("")
    tab.go_to(ANSWER)
    tab.press("m")
    tab.page.keyboard.type("Why? ")
    tab.press("Control+V")
    assert "at most 10000 characters" in tab.notice()
    assert tab.page.locator("#inspector textarea").input_value() == "Why? "


def test_the_last_code_is_remembered_over_a_reload(study: Path, tab: Tab) -> None:
    code_sentence(tab, "time", "Time")
    tab.open()
    tab.go_to(1)
    tab.press("r")
    tab.page.locator("#t1 .label", has_text="Time").or_(tab.page.locator(".stripe").nth(1)).first.wait_for()
    tab.wait_for_saved()
    assert [code for code, _ in codings(study)] == ["time", "time"]


def test_a_new_code_says_what_it_would_be_applied_to(tab: Tab) -> None:
    tab.go_to(ANSWER)
    tab.press("b")
    assert not tab.page.locator("#new-apply").is_checked()
    assert tab.page.locator("#newcode .check").inner_text() == "Apply it to this turn"
