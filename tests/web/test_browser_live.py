"""The study changes elsewhere, the connection goes and comes back: nothing is lost and nothing overwritten unseen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from time import monotonic

import pytest
from browsing import TOKEN
from chromium import LiveServer, Tab, live_server, needs_chromium
from playwright.sync_api import Browser, Route

from mihqda import Project
from mihqda.spans import Span

pytestmark = needs_chromium

ANSWER = 3


def apply_time(tab: Tab) -> None:
    """Apply Time to the whole answer."""
    tab.go_to(ANSWER)
    tab.press("c")
    tab.page.keyboard.type("time")
    tab.press("Enter")


def code_elsewhere(study: Path, coder: str = "bram", code: str = "load") -> None:
    """Apply a code on the command line, so to speak."""
    with Project.open(study) as project:
        project.code("T1", code=code, coder=coder, quote="nobody knew whom to call")


def count(study: Path) -> int:
    """Return how many codings the study has."""
    with Project.open(study) as project:
        return len(project.codings())


def test_a_change_from_the_command_line_is_there_within_a_second(study: Path, tab: Tab) -> None:
    code_elsewhere(study)
    begun = monotonic()
    tab.wait_for_label("Load")
    assert monotonic() - begun < 1.5
    tab.page.locator("#announcer", has_text="bram").wait_for()


def test_two_tabs_see_each_other(tab: Tab, open_tab: Callable[[], Tab]) -> None:
    other = open_tab()
    tab.page.bring_to_front()
    apply_time(tab)
    other.wait_for_label("Time")
    other.go_to(ANSWER)
    other.press("x")
    tab.page.locator(".stripe").wait_for(state="detached")


@pytest.mark.parametrize(("choice", "left"), [("Use mine", "mine"), ("Keep what is there now", "theirs")])
def test_a_stale_change_shows_both_states_and_the_person_chooses(
    study: Path, tab: Tab, open_tab: Callable[[], Tab], choice: str, left: str
) -> None:
    apply_time(tab)
    tab.wait_for_label("Time")
    other = open_tab()
    other.page.route("**/api/changes*", lambda route: route.fulfill(json=still(other)))
    for one, memo in ((tab, "theirs"), (other, "mine")):
        one.page.bring_to_front()
        one.go_to(ANSWER)
        one.press("m")
        one.page.keyboard.type(memo)
        one.press("Control+Enter")
        if one is tab:
            tab.wait_for_saved()
            tab.page.locator("#inspector .facts").filter(has_not_text="not saved").wait_for()
    conflict = other.page.locator("#unsaved .conflict")
    conflict.wait_for()
    assert conflict.locator("td").all_inner_texts() == ["", "mine", "theirs"]
    conflict.get_by_role("button", name=choice).click()
    conflict.wait_for(state="detached")
    with Project.open(study) as project:
        assert project.codings()["memo"].tolist() == [left]
    assert other.page.locator("#inspector textarea").input_value() == left


def still(tab: Tab) -> dict[str, object]:
    """Return an answer that nothing has happened."""
    return {"step": 0, "changes": [], "is_complete": True}


def test_what_is_coded_without_a_connection_is_kept_and_saved_when_it_is_back(
    study: Path, server: LiveServer, tab: Tab
) -> None:
    server.stop()
    apply_time(tab)
    tab.press("v", "+", "Enter")
    unsaved = tab.page.locator("#unsaved")
    unsaved.get_by_text("Not saved yet: 2").wait_for()
    assert "connection to the study is lost" in unsaved.inner_text()
    assert tab.labels() == ["Time"]
    assert tab.page.locator(".stripe.pending").count() == 1
    assert count(study) == 0
    server.start()
    tab.wait_for_label("Time")
    unsaved.wait_for(state="hidden")
    with Project.open(study) as project:
        assert project.codings()["valence"].tolist() == ["+"]


def test_a_write_whose_answer_was_lost_is_not_doubled(study: Path, tab: Tab) -> None:
    lost: list[int] = []

    def lose(route: Route) -> None:
        answer = route.fetch()
        lost.append(answer.status)
        route.abort()

    tab.page.route("**/api/codings", lose, times=1)
    apply_time(tab)
    tab.wait_for_label("Time")
    assert lost == [201]
    assert count(study) == 1


def test_a_refused_write_can_be_retried_or_discarded(study: Path, tab: Tab) -> None:
    full = {"error": "the disk is full", "way_out": "Make room."}
    tab.page.route("**/api/codings", lambda route: route.fulfill(status=503, json=full), times=2)
    apply_time(tab)
    retry = tab.page.locator("#unsaved").get_by_role("button", name="Retry")
    retry.wait_for()
    assert "the disk is full Make room." in tab.page.locator("#unsaved").inner_text()
    tab.page.locator("#unsaved").get_by_role("button", name="Discard").click()
    tab.page.locator(".stripe").wait_for(state="detached")
    apply_time(tab)
    retry.click()
    tab.wait_for_label("Time")
    assert tab.page.locator("#unsaved").is_hidden()
    assert count(study) == 1


def test_leaving_with_unsaved_work_asks_first(tab: Tab, server: LiveServer) -> None:
    server.stop()
    apply_time(tab)
    tab.page.locator("#unsaved").get_by_text("Not saved yet").wait_for()
    asked: list[str] = []
    tab.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    tab.page.close(run_before_unload=True)
    tab.page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    server.start()
    tab.wait_for_label("Time")


def test_leaving_while_a_memo_is_written_saves_it(study: Path, tab: Tab) -> None:
    apply_time(tab)
    tab.wait_for_label("Time")
    tab.press("m")
    tab.page.keyboard.type("half a thou")
    tab.page.on("dialog", lambda dialog: dialog.accept())
    tab.page.close(run_before_unload=True)
    until = monotonic() + 5
    while monotonic() < until:
        with Project.open(study) as project:
            if project.codings()["memo"].tolist() == ["half a thou"]:
                return
    pytest.fail("the memo was lost")


def test_undo_works_after_a_restart(study: Path, server: LiveServer, tab: Tab) -> None:
    apply_time(tab)
    tab.wait_for_label("Time")
    server.stop()
    server.start()
    tab.open()
    tab.wait_for_label("Time")
    tab.go_to(ANSWER)
    tab.press("u")
    tab.page.locator(".stripe").wait_for(state="detached")
    assert count(study) == 0


def test_a_new_start_address_is_asked_for_and_the_page_goes_on(
    study: Path, server: LiveServer, tab: Tab, open_tab: Callable[[], Tab]
) -> None:
    server.stop()
    server.restart_with("another-token")
    apply_time(tab)
    tab.page.locator("#unsaved", has_text="asks for its start address").wait_for()
    open_tab()
    tab.page.bring_to_front()
    tab.wait_for_label("Time")
    assert count(study) == 1


def test_undo_takes_back_nothing_of_another_coder(study: Path, tab: Tab) -> None:
    code_elsewhere(study)
    tab.wait_for_label("Load")
    tab.go_to(ANSWER)
    tab.press("u")
    tab.page.locator("#notice .notice-text").wait_for()
    assert count(study) == 1


def test_anothers_coding_is_shown_but_not_changed(study: Path, tab: Tab) -> None:
    code_elsewhere(study)
    tab.wait_for_label("Load")
    tab.go_to(ANSWER)
    tab.press("o")
    assert tab.page.locator("#inspector textarea").count() == 0
    tab.press("x")
    assert "bram's" in tab.notice()
    assert count(study) == 1


def test_a_coders_layer_can_be_hidden(study: Path, tab: Tab) -> None:
    code_elsewhere(study)
    tab.wait_for_label("Load")
    tab.go_to(ANSWER)
    tab.press("l")
    tab.page.get_by_label("bram: 1 here").uncheck()
    tab.page.locator(".stripe").wait_for(state="detached")


def test_a_blind_coder_sees_nothing_of_the_others(study: Path, chrome: Browser) -> None:
    code_elsewhere(study)
    with live_server(study, coder="anna", is_blind=True) as server:
        tab = Tab(chrome.new_context(), server)
        apply_time(tab)
        tab.wait_for_label("Time")
        with Project.open(study) as project:
            at = project.transcript("T1").text.index("whom")
            project.code("T1", code="roles", coder="bram", at=Span(at, at + 4))
        tab.page.wait_for_timeout(700)
        assert tab.labels() == ["Time"]
        tab.press("l")
        assert "bram" not in tab.page.locator("body").inner_text()
        tab.page.context.close()


def test_pages_of_another_study_write_nothing(
    study: Path, server: LiveServer, tab: Tab, tmp_path: Path
) -> None:
    server.stop()
    tab.page.locator("#unsaved", has_text="is lost").wait_for()
    (tmp_path / "other").mkdir()
    other = study.rename(tmp_path / "other" / "another.mihqda")
    server.study = other
    server.start()
    tab.page.locator("#unsaved", has_text="Another study").wait_for()
    apply_time(tab)
    tab.page.wait_for_timeout(200)
    assert count(other) == 0
    assert TOKEN not in tab.page.url


def test_the_start_page_asks_who_codes_and_the_coding_is_hers(study: Path, chrome: Browser) -> None:
    with live_server(study) as server:
        tab = Tab(chrome.new_context(), server)
        apply_time(tab)
        assert "Say who codes first" in tab.notice()
        tab.page.get_by_role("button", name="To the start page").click()
        tab.page.locator("#coder").fill("Zoë")
        tab.press("Enter")
        tab.page.locator("tbody a", has_text="T1").click()
        tab.page.wait_for_selector("html[data-ready=true]")
        apply_time(tab)
        tab.wait_for_label("Time")
        with Project.open(study) as project:
            assert project.codings()["coder"].tolist() == ["Zoë"]
        tab.page.context.close()


def test_a_memo_of_a_coding_that_was_removed_elsewhere_is_kept_and_coded_again(
    study: Path, tab: Tab, open_tab: Callable[[], Tab]
) -> None:
    apply_time(tab)
    tab.wait_for_label("Time")
    other = open_tab()
    tab.page.bring_to_front()
    tab.press("m")
    tab.page.keyboard.type("what I thought")
    other.page.bring_to_front()
    other.go_to(ANSWER)
    other.press("x")
    tab.page.bring_to_front()
    gone = tab.page.locator("#unsaved .gone")
    gone.wait_for()
    assert "removed elsewhere" in gone.inner_text()
    assert "Memo of Time, “The roles" in gone.inner_text()
    assert "saved" not in gone.locator(".what").inner_text()
    assert gone.locator("textarea").input_value() == "what I thought"
    assert tab.page.evaluate("document.activeElement.closest('#unsaved') !== null")
    gone.get_by_role("button", name="Code it again with my memo").click()
    gone.wait_for(state="detached")
    tab.wait_for_label("Time")
    with Project.open(study) as project:
        assert project.codings()["memo"].tolist() == ["what I thought"]
