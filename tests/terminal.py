"""Run the command line in this process, errors and exit status included."""

from __future__ import annotations

import io
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass

from mihqda.cli.main import main


@dataclass(frozen=True)
class Result:
    """What a command printed, and its exit status."""

    status: int
    out: str
    err: str


def mihqda(*arguments: object) -> Result:
    """Run `mihqda ARGUMENTS` and return what it said; an unexpected exception comes through."""
    out, err = io.StringIO(), io.StringIO()
    argv, sys.argv = sys.argv, ["mihqda", *map(str, arguments)]
    status: object = 0
    try:
        with redirect_stdout(out), redirect_stderr(err):
            main()
    except SystemExit as done:
        status = done.code or 0
    finally:
        sys.argv = argv
    assert isinstance(status, int)
    return Result(status, out.getvalue(), err.getvalue())
