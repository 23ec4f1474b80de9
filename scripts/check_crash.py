"""A long campaign: kill -9 during a bulk write, again and again; the study must stay sound.

python scripts/check_crash.py [--kills 50]
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
from killing import ROWS, kill_during_bulk_write, prepare


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=50)
    options = parser.parse_args()
    chance = random.Random(1)
    left: Counter[int] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        study = prepare(Path(folder))
        for _ in range(options.kills):
            left[kill_during_bulk_write(study, chance.random() * 0.4)] += 1
    print(
        f"{options.kills} kills; codings left -> times: {dict(left)} (1: nothing of it, {ROWS + 1}: all of it)"
    )
    if set(left) - {1, ROWS + 1}:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
