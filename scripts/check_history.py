"""A long campaign: 1,000 random operations on a study, all undone, give the same state; for several seeds.

python scripts/check_history.py [--operations 1000] [--seeds 10]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
from operations import Worker, state

from mihqda import Project
from mihqda.errors import ConflictError


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--operations", type=int, default=1000)
    parser.add_argument("--seeds", type=int, default=10)
    options = parser.parse_args()
    for seed in range(options.seeds):
        with tempfile.TemporaryDirectory() as folder:
            worker = Worker(Project.create(Path(folder, "s.mihqda")), Path(folder), seed)
            empty = state(worker.project)
            done = Counter(worker.work() for _ in range(options.operations))
            steps = len(worker.project.history())
            undone = 0
            try:
                while True:
                    worker.project.undo()
                    undone += 1
            except ConflictError as error:
                if "nothing to undo" not in str(error):
                    raise
            same = state(worker.project) == empty
            faults = worker.project.verify()
            worker.project.close()
        print(
            f"seed {seed}: {sum(done.values())} operations, {steps} steps, {undone} undone, same state: {same}, faults: {len(faults)}"
        )
        if not same or faults:
            raise SystemExit(1)


if __name__ == "__main__":
    main()
