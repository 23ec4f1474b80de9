"""Kill a bulk write with SIGKILL and look at what is left; used by a test and by a campaign."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

from mihqda import Project
from mihqda.codebook import Code
from mihqda.spans import Span
from mihqda.store.suggestions import put_suggestions
from mihqda.suggest.model import Suggestion, suggestion_id

ROWS = 20_000
BULK = "study.code_from(sys.argv[2])"


def prepare(folder: Path) -> Path:
    """Make a study with one transcript and a table of many codings for it; return the study's path."""
    text = "P1: " + " ".join(f"word{n}" for n in range(ROWS)) + "\n"
    (folder / "T.txt").write_text(text, encoding="utf-8")
    rows = (
        json.dumps(
            {"transcript": "T", "start": 4 + n, "end": 6 + n, "code": "a", "coder": "anna", "memo": f"m{n}"}
        )
        for n in range(ROWS)
    )
    (folder / "codings.jsonl").write_text("\n".join(rows), encoding="utf-8")
    with Project.create(folder / "study.mihqda") as study:
        study.add_code(Code("a", "A"))
        study.import_transcripts([folder / "T.txt"], interviewers=())
        study.code("T", code="a", coder="before", at=(4, 9))
    return folder / "study.mihqda"


def prepare_suggestions(folder: Path) -> Path:
    """Make a study with many suggestions to accept; return its path."""
    study = prepare(folder)
    spans = [Span(4 + n, 7 + n) for n in range(ROWS // 10)]
    made = [
        Suggestion(
            suggestion_id("T", span, "a", "default"), "T", span, "turn", "a", 0.9, 1.0, "strong",
            suggester="default", version="1",
        )
        for span in spans
    ]  # fmt: skip
    with Project.open(study) as project:
        put_suggestions(project._store, made, suggester="default")
    return study


def kill_during_bulk_write(study: Path, seconds: float, *, bulk: str = BULK) -> int:
    """Start a bulk write, kill it once its transaction has been open for some time; return the codings left.

    The writer says when the transaction begins, so that the kill falls into it and not into start-up.
    """
    script = (
        "import sys\n"
        "from mihqda import Project\n"
        "from mihqda.store.database import Store\n"
        "keep = Store.write_many\n"
        "def tell(self, sql, rows):\n"
        "    print('writing', flush=True)\n"
        "    for row in rows:\n"
        "        keep(self, sql, [row])\n"
        "Store.write_many = tell\n"
        "with Project.open(sys.argv[1]) as study:\n"
        f"    {bulk}\n"
    )
    writer = subprocess.Popen(
        [sys.executable, "-c", script, str(study), str(study.parent / "codings.jsonl")],
        stdout=subprocess.PIPE,
    )
    assert writer.stdout is not None
    with writer.stdout:
        writer.stdout.readline()
        time.sleep(seconds)
        writer.kill()
        writer.wait()
    with Project.open(study) as project:
        faults = project.verify()
        assert faults == (), faults
        return len(project.snapshot().codings)
