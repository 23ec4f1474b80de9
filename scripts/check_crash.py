"""A long campaign: kill -9 during a bulk write, again and again; the study must stay sound.

python scripts/check_crash.py [--kills 50]
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
from killing import ROWS, kill_during_bulk_write, prepare


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=2.0, help="the latest moment of a kill")
    options = parser.parse_args()
    chance = random.Random(1)
    left: Counter[int] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        fresh = prepare(Path(folder))
        study = fresh.with_name("killed.mihqda")
        for _ in range(options.kills):
            for leftover in study.parent.glob("killed.mihqda*"):
                leftover.unlink()
            shutil.copy(fresh, study)
            left[kill_during_bulk_write(study, chance.random() * options.seconds)] += 1
    print(
        f"{options.kills} kills; codings left -> times: {dict(left)} (1: nothing of it, {ROWS + 1}: all of it)"
    )
    if set(left) - {1, ROWS + 1}:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
