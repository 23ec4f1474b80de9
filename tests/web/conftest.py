from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import Browser, make_study, open_app

from mihqda import Project


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with make_study(tmp_path) as study:
        yield study


@pytest.fixture
def anna(project: Project) -> Browser:
    """Anna's browser, over her own connection to the study."""
    return Browser(open_app(project, coder="anna"))
