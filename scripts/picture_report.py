"""Picture the first screen of the example study's report for the README: `python scripts/picture_report.py`.

Chromium has to be there; it is asked for nothing but this page, which is on this machine.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from draw_figures import IMAGES, example_study
from PIL import Image


def main() -> None:
    browser = next(
        (
            found
            for name in ("chromium", "chromium-browser", "google-chrome")
            if (found := shutil.which(name))
        ),
        None,
    )
    if browser is None:
        raise SystemExit("no chromium was found")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with example_study(folder) as study:
            study.report(folder / "report", formats=["html"], title="Example study (invented)")
        subprocess.run(
            [
                browser, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder / 'browser'}",
                "--window-size=1200,900", "--hide-scrollbars", f"--screenshot={folder / 'report.png'}",
                (folder / "report" / "report.html").as_uri(),
            ],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
        with Image.open(folder / "report.png") as image:
            small = image.convert("RGB").quantize(96, dither=Image.Dither.NONE)
        small.save(IMAGES / "report.png", optimize=True)
    print(f"report.png: {(IMAGES / 'report.png').stat().st_size // 1024} kB")


if __name__ == "__main__":
    main()
