"""A long campaign: requests of every shape, made from the description of the web API; none may be a mistake of ours.

python scripts/check_shapes.py [--examples 500]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "web"))
from browsing import Browser, make_study, open_app
from shaking import operations, shake

from mihqda.web.refit import Refit


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--examples", type=int, default=500, help="of each kind for each operation")
    options = parser.parse_args()
    Refit.start = lambda self, **options: True  # type: ignore[method-assign]  # a process each time would be much
    with tempfile.TemporaryDirectory() as folder, make_study(Path(folder)) as project:
        browser = Browser(open_app(project, coder="anna"))
        for operation in operations(browser.app):
            for is_valid in (True, False):
                shake(browser, operation, options.examples, is_valid=is_valid)
            print(operation, "fine", flush=True)
        faults = project.verify()
        print(
            f"{len(project.codings())} codings, {len(project.history())} steps, verify: {faults or 'sound'}"
        )
        if faults:
            raise SystemExit(1)


if __name__ == "__main__":
    main()
