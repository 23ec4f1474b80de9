"""A review in a real terminal changes exactly what its keys say."""

import os
import random
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pexpect
import pytest
from terminal import mihqda

from mihqda.project import Project
from mihqda.spans import Span

CODES = {
    "load": ("Workload", "time; hours"),
    "role": ("Role clarity", "task; mandate"),
    "it": ("Platform", "login; screen"),
}
SAID = (
    "There was no time for that 🙂. And the login failed, again.",
    "My task was clear: 会议 and hours of it. Who has the mandate?",
    "The screen froze; it cost time, and nobody had a task.",
)
MANY = 200
STYLE = re.compile(r"\x1b\[[0-9;]*m")
QUIT = re.escape("[q]uit")
HEAD = re.compile(r"T · P\d \(g\) ·.* (\d+):(\d+)\s")
CODE = re.compile(r"^[A-Z][\w ]+  (load|role|it)  ", re.MULTILINE)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("review")
    rows = [f"{one},{name},What {name} is.,{words}" for one, (name, words) in CODES.items()]
    (folder / "codes.csv").write_text("id,name,definition,keywords\n" + "\n".join(rows), encoding="utf-8")
    (folder / "people.csv").write_text("participant,group\nP1,g\nP2,g\n", encoding="utf-8")
    turns = [f"Interviewer: And {n}?\n\nP{1 + n % 2}: {SAID[n % 3]}" for n in range(MANY // 2)]
    (folder / "T.txt").write_text("\n\n".join(turns) + "\n", encoding="utf-8")
    study = folder / "s.mihqda"
    assert mihqda("init", study, "--codebook", folder / "codes.csv").status == 0
    assert mihqda("import", study, folder / "T.txt", "--participants", folder / "people.csv").status == 0
    assert mihqda("suggest", study, "--suggester", "keywords").status == 0
    return study


@pytest.fixture
def study(made: Path, tmp_path: Path) -> Path:
    path = tmp_path / "s.mihqda"
    path.write_bytes(made.read_bytes())
    return path


@dataclass
class Reviewer:
    """Types keys, and keeps its own account of what they mean."""

    child: pexpect.spawn
    text: str
    decided: list[tuple[str, Span, str, Span, str, str]] = field(default_factory=list)
    shown: Span = field(default_factory=lambda: Span(0, 1))
    code: str = ""

    def look(self) -> bool:
        """Read the suggestion on the screen; False at the end of the queue."""
        if self.child.expect([QUIT, "nothing is left to review"]) == 1:
            return False
        screen = STYLE.sub("", self.child.before).replace("\r", "")
        self.shown = Span(*map(int, HEAD.findall(screen)[-1]))
        self.code = CODE.findall(screen)[-1]
        return True

    def decide(
        self, what: str, keys: str, *, to: Span | None = None, code: str = "", valence: str = ""
    ) -> None:
        self.child.send(keys)
        self.decided.append((what, self.shown, self.code, to or self.shown, code or self.code, valence))

    def word(self, which: int) -> Span:
        """Return a word of the turn that is shown; the turn is the suggested segment."""
        found = [
            one.span() for one in re.compile(r"\S+").finditer(self.text, self.shown.start, self.shown.end)
        ]
        return Span(*found[which])

    def do_anything(self, draw: random.Random) -> None:
        """Decide on what is shown in one of many ways."""
        whole = self.shown
        other = draw.choice([code for code in CODES if code != self.code])
        name = CODES[other][0]
        shorter = Span(whole.start, self.word(-3).end)
        later = Span(self.word(1).start, whole.end)
        draw.choice([
            lambda: self.decide("accepted", "a"),
            lambda: self.decide("rejected", "r"),
            lambda: self.decide("skipped", "s"),
            lambda: self.decide("changed", "o" + name[:5].lower() + "\n", code=other),
            lambda: self.decide("changed", "ozzz\nzz\x1b" "o" + name + "\n", code=other),
            lambda: self.decide("accepted", "+--w<>ww0a"),
            lambda: self.decide("changed", "w--wwa", to=shorter),
            lambda: self.decide("changed", "w>v-wwmeen 会议 memo\na", to=later, valence="-"),
            lambda: self.decide("accepted", "edx?va" "v+a", valence="+"),
            lambda: self.decide("accepted", "\x1b[A\x1b[Ba"),
        ])()  # fmt: skip


@pytest.fixture
def reviewer(study: Path) -> Iterator[Reviewer]:
    with Project.open(study) as project:
        text = project.transcript("T").text
    child = pexpect.spawn(
        sys.executable, ["-m", "mihqda", "review", str(study), "--coder", "zoë", "--order", "reading"],
        encoding="utf-8", dimensions=(40, 80), timeout=20, env={**os.environ, "NO_COLOR": "1", "TERM": "xterm"},
    )  # fmt: skip
    child.delaybeforesend = None
    yield Reviewer(child, text)
    child.close(force=True)


def test_a_review_of_two_hundred_suggestions_leaves_what_the_keys_said(
    study: Path, reviewer: Reviewer
) -> None:
    draw = random.Random(5)
    undone = 0
    while len(reviewer.decided) < MANY and reviewer.look():
        if reviewer.decided and draw.random() < 0.15:
            before = reviewer.decided.pop()
            reviewer.child.send("u")
            undone += 1
            assert reviewer.look()
            assert (reviewer.shown, reviewer.code) == before[1:3], "undo brings back what was decided last"
        reviewer.do_anything(draw)
    assert len(reviewer.decided) == MANY
    reviewer.look()
    reviewer.child.send("q")
    skipped = sum(what == "skipped" for what, *_ in reviewer.decided)
    reviewer.child.expect(f"{MANY - skipped} decided, {skipped} skipped for later, ")
    reviewer.child.expect(pexpect.EOF)
    reviewer.child.close()
    assert reviewer.child.exitstatus == 0
    assert undone > 15
    with Project.open(study) as project:
        codings, decisions = project.codings(), project.snapshot().decisions
        assert project.verify() == ()
        assert set(codings["coder"]) == set(decisions["coder"]) == {"zoë"}
    made: dict[tuple[int, int, str], str] = {}  # the second acceptance of one coding finds the first
    for what, _, _, to, code, valence in reviewer.decided:
        if what in ("accepted", "changed"):
            made.setdefault((to.start, to.end, code), valence)
    found = zip(codings["start"], codings["end"], codings["code"], codings["valence"], strict=True)
    assert {(start, end, code): valence for start, end, code, valence in found} == made
    assert len(codings) == len(made)
    assert set(codings["memo"]) == {"", "een 会议 memo"}
    assert sorted(
        zip(decisions["decision"], decisions["start"], decisions["end"], decisions["code"], strict=True)
    ) == sorted((what, shown.start, shown.end, code) for what, shown, code, *_ in reviewer.decided)
    assert set(codings["coding"]) == set(decisions["coding"]) - {""}
    assert all(codings["origin"].str.startswith("suggestion:"))


def test_control_c_ends_cleanly_and_loses_nothing(study: Path, reviewer: Reviewer) -> None:
    reviewer.look()
    reviewer.decide("accepted", "a")
    reviewer.look()
    reviewer.child.sendintr()
    reviewer.child.expect("1 decided")
    reviewer.child.expect(pexpect.EOF)
    reviewer.child.close()
    assert reviewer.child.exitstatus == 0
    assert "Traceback" not in reviewer.child.before
    with Project.open(study) as project:
        assert len(project.codings()) == 1


def test_lines_fit_eighty_columns_without_colour(reviewer: Reviewer) -> None:
    from rich.cells import cell_len

    reviewer.look()
    reviewer.child.send("?+")
    reviewer.child.expect("the span becomes")
    screen = reviewer.child.before
    assert not re.search(r"\x1b\[[0-9;]*3[0-7]m", screen), "no colours"
    plain = STYLE.sub("", screen)
    assert max(cell_len(line) for line in plain.splitlines()) <= 80


def test_without_a_terminal_the_way_out_is_said(study: Path) -> None:
    before = study.read_bytes()
    done = mihqda("review", study, "--coder", "zoë")
    assert done.status == 2
    assert "a review needs a terminal" in done.err
    assert "mihqda suggest" in done.err
    assert study.read_bytes() == before
