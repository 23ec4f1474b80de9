from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from browsing import Browser, make_study, open_app
from chromium import LiveServer, Tab, chromium, live_server

from mihqda import Project
from mihqda.web.refit import Refit

if TYPE_CHECKING:
    from playwright.sync_api import Browser as Chromium


@pytest.fixture(autouse=True)
def _no_learning_goes_on(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Call off what a test began beside its application."""
    begun: list[Refit] = []
    start = Refit.start

    def follow(self: Refit, **options: Any) -> bool:
        begun.append(self)
        return start(self, **options)

    monkeypatch.setattr(Refit, "start", follow)
    yield
    for one in begun:
        one.stop()


@pytest.fixture(scope="session")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with make_study(tmp_path_factory.mktemp("original")) as made:
        return made.path


@pytest.fixture
def project(original: Path, tmp_path: Path) -> Iterator[Project]:
    with Project.open(shutil.copy(original, tmp_path / "study.mihqda")) as study:
        yield study


@pytest.fixture
def anna(project: Project) -> Browser:
    """Anna's browser, over her own connection to the study."""
    return Browser(open_app(project, coder="anna"))


# ---- a real browser; a module's own, since its event loop shuts out that of other tests


@pytest.fixture(scope="module")
def chrome() -> Iterator[Chromium]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def study(original: Path, tmp_path: Path) -> Path:
    """A study file; tests open it beside the server, as the command line does."""
    return Path(shutil.copy(original, tmp_path / "study.mihqda"))


@pytest.fixture
def server(study: Path) -> Iterator[LiveServer]:
    with live_server(study, coder="anna") as running:
        yield running


@pytest.fixture
def open_tab(chrome: Chromium, server: LiveServer) -> Iterator[Callable[[], Tab]]:
    """Opens tabs of one browser on the transcript T1; afterwards nothing may have gone wrong in them."""
    context = chrome.new_context(reduced_motion="reduce")
    tabs: list[Tab] = []

    def open_one() -> Tab:
        tabs.append(Tab(context, server))
        return tabs[-1]

    yield open_one
    context.close()
    assert [said for tab in tabs for said in tab.complaints] == []


@pytest.fixture
def tab(open_tab: Callable[[], Tab]) -> Tab:
    return open_tab()
