import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from operations import Worker, state

from mihqda import Project
from mihqda.errors import ConflictError


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 2**32), st.integers(5, 40))
def test_any_work_all_undone_gives_the_same_state_and_all_redone_the_later_one(seed: int, steps: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        worker = Worker(Project.create(Path(folder, "s.mihqda")), Path(folder), seed)
        empty = state(worker.project)
        for _ in range(steps):
            worker.work(with_undo=False)
        full = state(worker.project)
        undone = 0
        with pytest.raises(ConflictError, match="nothing to undo"):
            while True:
                worker.project.undo()
                undone += 1
        assert state(worker.project) == empty
        worker.do_reopen()
        for _ in range(undone):
            worker.project.redo()
        with pytest.raises(ConflictError, match="nothing to redo"):
            worker.project.redo()
        assert state(worker.project) == full
        assert worker.project.verify() == ()
        worker.project.close()


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 2**32))
def test_work_with_undo_and_redo_in_between_can_still_be_undone_to_the_start(seed: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        worker = Worker(Project.create(Path(folder, "s.mihqda")), Path(folder), seed)
        empty = state(worker.project)
        for _ in range(30):
            worker.work()
        with pytest.raises(ConflictError, match="nothing to undo"):
            while True:
                worker.project.undo()
        assert state(worker.project) == empty
        assert worker.project.verify() == ()
        worker.project.close()
