"""Picture the coding screen for docs/coding.md from the invented example study: `python scripts/picture_coding.py`.

Chromium has to be there (scripts/install_chromium.sh); it is asked for nothing but this study, served on this machine.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from draw_figures import IMAGES, example_study
from PIL import Image
from playwright.sync_api import Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "web"))
from chromium import CHROMIUM, FLAGS
from serving import serving

WIDE, NARROW = {"width": 1320, "height": 800}, {"width": 390, "height": 780}


def screen(page: Page) -> None:
    """The transcript with the codings of two coders, one of them open."""
    page.locator("#code-tree [data-key='mih.theme.role_ambiguity']").click()
    page.locator("#t13").focus()
    for _ in range(8):  # to the first coding of hers
        page.keyboard.press("o")
        page.wait_for_timeout(50)
        if page.locator("#inspector textarea").count():
            break


def picker(page: Page) -> None:
    """Choosing a code by typing."""
    page.locator("#t6").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("c")
    page.keyboard.type("team")


def review(page: Page) -> None:
    """A suggestion in a review, with why it is suggested."""
    page.locator("#t4").focus()
    page.keyboard.press("s")
    page.wait_for_timeout(300)
    page.keyboard.press("e")


def narrow(page: Page) -> None:
    """A telephone's width, dark."""
    page.set_viewport_size(NARROW)
    page.emulate_media(color_scheme="dark")
    page.locator("#t4").focus()


PICTURES: dict[str, tuple[str, Callable[[Page], None]]] = {
    "coding-screen": ("FG1", screen),
    "coding-picker": ("FG1", picker),
    "coding-review": ("IV-PL10", review),  # which nobody has coded yet
    "coding-narrow": ("FG1", narrow),
}


def main() -> None:
    if CHROMIUM is None:
        raise SystemExit("no Chromium here: run scripts/install_chromium.sh")
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        with example_study(name) as study:
            study.suggest(transcripts=["IV-PL10"])
            path = study.path
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        with serving(path, "--coder", "anna") as server:
            for picture, (transcript, prepare) in PICTURES.items():
                page = browser.new_context(viewport=WIDE, reduced_motion="reduce").new_page()
                page.goto(server.start)
                page.goto(f"{server.address}/transcripts/{transcript}")
                page.wait_for_selector("html[data-ready=true]")
                prepare(page)
                page.wait_for_timeout(500)
                page.screenshot(path=Path(name) / "one.png", caret="hide")
                page.context.close()
                with Image.open(Path(name) / "one.png") as image:
                    small = image.convert("RGB").quantize(96, dither=Image.Dither.NONE)
                target = IMAGES / f"{picture}.png"
                small.save(target, optimize=True)
                print(f"{target.name}: {target.stat().st_size // 1024} kB")
        browser.close()


if __name__ == "__main__":
    main()
