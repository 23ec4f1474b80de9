"""A long campaign: kill -9 of the server during rapid codings, again and again, until 1,000 were confirmed.

python scripts/check_server_crash.py [--codings 1000]
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "web"))
from cutting import kill_during_codings
from killing import prepare


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--codings", type=int, default=1000)
    parser.add_argument("--seconds", type=float, default=1.0, help="the latest moment of a kill")
    options = parser.parse_args()
    chance = random.Random(1)
    kills = confirmed = on_the_way = 0
    with tempfile.TemporaryDirectory() as folder:
        study = prepare(Path(folder))
        while confirmed < options.codings:
            stood, more = kill_during_codings(
                study, chance.random() * options.seconds, first=confirmed + on_the_way
            )
            kills, confirmed, on_the_way = kills + 1, confirmed + stood, on_the_way + more
            print(
                f"kill {kills}: {stood} confirmed, all there; {more} written on the way; verify: sound",
                flush=True,
            )
    print(f"{confirmed} codings confirmed over {kills} kills: none lost")


if __name__ == "__main__":
    main()
