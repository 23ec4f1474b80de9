"""docs/coding.md keeps up with the page."""

from __future__ import annotations

import re
import sys
from importlib import import_module
from pathlib import Path

from chromium import Tab, needs_chromium

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT / "scripts"))
shortcuts = import_module("write_shortcuts")

PAGE = (ROOT / "docs" / "coding.md").read_text(encoding="utf-8")


def test_the_table_of_shortcuts_is_the_one_of_the_code() -> None:
    assert shortcuts.write_table() in PAGE, "run: python scripts/write_shortcuts.py"
    entries = re.findall(r"^ *\{ group: ", shortcuts.KEYS.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(entries) >= len(shortcuts.read_shortcuts()) > 40
    said = {text for _, _, text in shortcuts.read_shortcuts()}
    assert said == set(re.findall(r'text: "(.+?)"', shortcuts.KEYS.read_text(encoding="utf-8")))


@needs_chromium
def test_the_help_sheet_shows_the_same_keys_for_the_same_things(tab: Tab) -> None:
    tab.go_to(0)
    tab.press("?")
    rows = tab.page.locator("#help tr").evaluate_all(
        "(rows) => rows.map((row) => [row.querySelector('th').textContent, row.querySelector('td').textContent])"
    )
    shown = [
        (text, f"{keys[0]} to {keys[-1]}" if len(keys) == 9 else " or ".join(keys))
        for _, keys, text in shortcuts.read_shortcuts()
    ]
    assert [tuple(row) for row in rows] == shown


def test_every_key_that_the_text_names_does_something() -> None:
    known = {key for _, keys, _ in shortcuts.read_shortcuts() for key in keys} | {"+", "−", "Ctrl+Enter"}
    before, after = PAGE.split("<!-- shortcuts:start -->")[0], PAGE.split("<!-- shortcuts:end -->")[1]
    named = set(re.findall(r"`((?:Shift\+|Ctrl\+)?(?:[^`\s]|Enter|Esc))`", before + after))
    assert named - known == set()
    assert len(named) > 15


def test_every_picture_is_made_by_the_script_and_described() -> None:
    pictures = import_module("picture_coding").PICTURES
    shown = re.findall(r"!\[(.+?)\]\(images/(coding-.+?)\.png\)", PAGE)
    assert {name for _, name in shown} == set(pictures)
    assert all(len(text) > 20 for text, _ in shown)
    sizes = [(ROOT / "docs" / "images" / f"{name}.png").stat().st_size for name in pictures]
    assert max(sizes) < 150_000
