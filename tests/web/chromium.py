"""A real browser before a running server: Debian's Chromium, driven by Playwright; skipped where there is none."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import uvicorn
from browsing import TOKEN

from mihqda import Project
from mihqda.web.app import create_app
from mihqda.web.serve import hosts_of, listen

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext

CHROMIUM = next(
    (
        found
        for name in ("chromium-headless-shell", "chromium", "chromium-browser")
        if (found := shutil.which(name))
    ),
    None,
)
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
needs_chromium = pytest.mark.skipif(
    CHROMIUM is None, reason="no Chromium here: run scripts/install_chromium.sh, then the tests again"
)


class LiveServer:
    """A study served in a thread of this process; it can be stopped and started anew on the same port."""

    def __init__(self, study: Path, *, coder: str = "", is_blind: bool = False, token: str = TOKEN) -> None:
        self.study = study
        self._options = {"coder": coder, "is_blind": is_blind, "token": token}
        self._port: int | None = None
        self.start()

    def start(self) -> None:
        """Listen, in a thread that has its own connection to the study."""
        listener = listen(self._port or 0)
        self._port = int(listener.getsockname()[1])
        self.address = f"http://127.0.0.1:{self._port}"
        self.entrance = f"{self.address}/start?token={self._options['token']}"
        ready = threading.Event()

        def run() -> None:
            with Project.open(self.study) as project:
                app = create_app(project, hosts=hosts_of(self._port or 0), **self._options)
                config = uvicorn.Config(app, log_config=None, access_log=False, ws="none", lifespan="off")
                config.timeout_graceful_shutdown = 1
                self._server = uvicorn.Server(config)
                ready.set()
                self._server.run(sockets=[listener])

        self._thread = threading.Thread(target=run, daemon=True)
        self._thread.start()
        ready.wait(10)
        while not self._server.started:
            time.sleep(0.01)

    def restart_with(self, token: str) -> None:
        """Start anew as `mihqda serve` does: with another token."""
        self._options["token"] = token
        self.start()

    def stop(self) -> None:
        """Go away, as if the computer slept."""
        self._server.should_exit = True
        self._server.force_exit = True
        self._thread.join(10)


@contextmanager
def live_server(study: Path, **options: object) -> Iterator[LiveServer]:
    """Serve a study for the length of a block."""
    server = LiveServer(study, **options)  # type: ignore[arg-type]
    try:
        yield server
    finally:
        server.stop()


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the browser; its event loop ends with the block, for other tests of this thread have their own."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()


class Tab:
    """One tab on one transcript, and what tests do in it."""

    def __init__(self, context: BrowserContext, server: LiveServer, transcript: str = "T1") -> None:
        self.page = context.new_page()
        self.page.set_default_timeout(5000)
        self.complaints: list[str] = []
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", lambda said: self._hear(said.type, said.text))
        self._server = server
        self.open(transcript)

    def _hear(self, kind: str, text: str) -> None:
        if kind == "error" and "Failed to load resource" not in text:
            self.complaints.append(text)

    def open(self, transcript: str = "T1") -> None:
        """Come in by the start address and go to a transcript."""
        self.page.request.get(self._server.entrance, max_redirects=0)
        self.page.goto(f"{self._server.address}/transcripts/{transcript}")
        self.page.wait_for_selector("html[data-ready=true]")

    def go_to(self, turn: int) -> None:
        """Put the focus on a turn, counted from 0."""
        self.page.locator(f"#t{turn}").focus()

    def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def labels(self) -> list[str]:
        """Return the names of the codings in the margin."""
        return self.page.locator(".stripe .name").all_inner_texts()

    def wait_for_label(self, name: str, *, timeout: float = 5000) -> None:
        """Wait until a coding of a code stands in the margin, saved."""
        found = self.page.locator(".stripe:not(.pending) .name", has_text=name)
        found.first.wait_for(timeout=timeout)

    def wait_for_saved(self) -> None:
        """Wait until nothing waits to be written."""
        self.page.locator("#inspector .is-pending, .stripe.pending").first.wait_for(state="detached")

    def notice(self) -> str:
        """Return what the page says below."""
        return self.page.locator("#notice .notice-text").inner_text()
