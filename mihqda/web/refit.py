"""Learning anew beside the server: a process of its own, so that coding stays as fast as it was."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mihqda.errors import MihqdaError

if TYPE_CHECKING:
    from mihqda.project import Project
    from mihqda.project.suggestions import Suggested


class Refit:
    """One learning at a time over one study.

    Attributes
    ----------
    note
        What the last one has to say, in a sentence; "" if nothing.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._process: subprocess.Popen[str] | None = None
        self.note = ""

    def start(self, *, coder: str = "", transcripts: tuple[str, ...] = ()) -> bool:
        """Begin to make the suggestions anew; False if that is being done already.

        Parameters
        ----------
        coder
            Learn from her codings alone, and say nothing of others'; "" means everybody's.
        transcripts
            Suggest for these alone; none means all.
        """
        if self.is_running:
            return False
        self.note = ""
        asked = json.dumps({"path": str(self._path), "coder": coder, "transcripts": transcripts})
        self._process = subprocess.Popen(
            [sys.executable, "-c", "from mihqda.web.refit import work; work()"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, encoding="utf-8",
            start_new_session=True,  # Ctrl-C is for the server, which ends this one itself
        )  # fmt: skip
        assert self._process.stdin is not None
        self._process.stdin.write(asked)
        self._process.stdin.close()
        return True

    @property
    def is_running(self) -> bool:
        """Whether suggestions are being made now."""
        if self._process is None:
            return False
        if self._process.poll() is None:
            return True
        assert self._process.stdout is not None
        with self._process.stdout as out:
            said = out.read().strip()
        self.note = said if self._process.returncode == 0 else "the suggestions could not be made anew"
        self._process = None
        return False

    def stop(self) -> None:
        """Call off what still runs; what it would have written is not written."""
        if self.is_running and self._process is not None:
            self._process.kill()
            self._process.wait()
            if self._process.stdout is not None:
                self._process.stdout.close()
            self._process = None


def learn_anew(project: Project, *, coder: str = "", transcripts: Sequence[str] = ()) -> Suggested:
    """Make the suggestions of a study anew: by the suggester, and for the unit, that most of them are by now."""
    before = project.suggestions(pending=False, hidden=True)
    how: dict[str, Any] = {}
    if len(before):
        how["suggester"] = str(before["suggester"].mode()[0])
        how["unit"] = before["unit"][before["suggester"] == how["suggester"]].mode()[0]
    return project.suggest(transcripts=transcripts, coders=[coder] if coder else [], **how)


def work() -> None:
    """Do it, in the other process: what is asked for comes in as JSON, a sentence goes out."""
    from mihqda.project import Project

    asked = json.loads(sys.stdin.read())
    try:
        with Project.open(asked["path"]) as project:
            made = learn_anew(project, coder=asked["coder"], transcripts=asked["transcripts"])
    except MihqdaError as error:
        # What is wrong may name the other coders.
        print("the suggestions could not be made anew" if asked["coder"] else error)
    else:
        print("; ".join(made.notes))
