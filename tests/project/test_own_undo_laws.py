"""Two coders work beside each other; each takes back and does again her own steps, in any order of the two."""

import random
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from operations import state

from mihqda import Project
from mihqda.codebook import Code
from mihqda.errors import ConflictError
from mihqda.project.desk import Desk
from mihqda.project.revising import revision_of


def work(desk: Desk, chance: random.Random) -> None:
    """Apply a code, or change or remove a coding of one's own."""
    mine = [one for one in desk.codings("T") if one.coder == desk.coder]
    kind = chance.choice(["apply", "apply", "apply", "revise", "remove"]) if mine else "apply"
    try:
        if kind == "apply":
            start = chance.randrange(4, 60)
            desk.apply(
                "T", start, start + chance.randint(2, 20), chance.choice("ab"), memo=chance.choice(["", "m"])
            )
        else:
            one = chance.choice(mine)
            if kind == "remove":
                desk.remove(one.id, revision=revision_of(one))
            else:
                desk.revise(
                    one.id, revision=revision_of(one), end=one.span.start + chance.randint(2, 20),
                    valence=chance.choice(["+", "", None]),
                )  # fmt: skip
    except ConflictError:  # the same span and code again
        pass


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 2**32), st.integers(3, 25))
def test_all_own_steps_undone_by_each_give_the_start_and_redone_the_end(seed: int, steps: int) -> None:
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "T.txt")
        path.write_text("P1: " + "words and more words 🙂 " * 6, encoding="utf-8")
        with Project.create(Path(folder, "s.mihqda")) as project:
            project.add_code(Code("a", "A"))
            project.add_code(Code("b", "B"))
            project.import_transcripts(path)
            desks = [project.desk("anna"), project.desk("ben")]
            start = state(project)
            for _ in range(steps):
                work(chance.choice(desks), chance)
            end = state(project)
            undone = {desk.coder: 0 for desk in desks}
            waiting = list(desks)
            while waiting:
                desk = chance.choice(waiting)
                try:
                    desk.undo()
                    undone[desk.coder] += 1
                except ConflictError:  # nothing of hers is left, or the state below is another
                    waiting.remove(desk)
            assert state(project) == start
            again = [desk for desk in desks for _ in range(undone[desk.coder])]
            chance.shuffle(again)
            for desk in again:
                desk.redo()
            assert state(project) == end
            for desk in desks:
                with pytest.raises(ConflictError, match="nothing of yours to redo"):
                    desk.redo()
            assert project.verify() == ()
