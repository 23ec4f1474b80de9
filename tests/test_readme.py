"""The README's session runs as it stands."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
(SESSION,) = re.findall(r"<!-- session -->\n```python\n(.*?)```", README, re.DOTALL)


def test_the_session_runs_in_an_empty_folder(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", SESSION],
        cwd=tmp_path, capture_output=True, text=True, timeout=300, encoding="utf-8",
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    assert re.search(r"1 Onboarding +provider +\d+ +7 ", run.stdout)
    made = {path.name for path in tmp_path.iterdir()}
    assert made == {"study.mihqda", "themes.png", "report"}
    assert (tmp_path / "report" / "report.html").exists()


def test_the_session_is_short() -> None:
    assert sum(bool(line.strip()) for line in SESSION.splitlines()) <= 12


def test_the_picture_of_the_report_is_there_is_small_and_is_described() -> None:
    alt, path = re.findall(r"!\[([^\]]+)\]\((docs/images/report\.png)\)", README)[0]
    assert len(alt.split()) > 8
    assert (ROOT / path).stat().st_size < 150_000


def test_it_says_what_mihqda_is_not() -> None:
    assert "## What it is not" in README
