"""Make src/holdfire/library/stress/ID.json: what turns the demo's answers round, tried beforehand.

It does what `holdfire run` and `holdfire stress` do, in build/stress, and goes on there after a stop; what other code
began is refused: remove it. On two idle cores it takes about half an hour::

    .venv/bin/python scripts/stress_record.py
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from holdfire.cli.demo import OPTIONS, SCENARIO
from holdfire.cli.main import run
from holdfire.study import manifest
from holdfire.study.files import write_whole
from holdfire.study.record import SHELF, record_of

FOLDER = Path(__file__).parents[1] / "build" / "stress"
NIGHTS, SEED = 20, 1


def main() -> None:
    """Rehearse what is not rehearsed yet, then write the record."""
    resume = ["--resume"] * (FOLDER / manifest.NAME).exists()
    asked = ["--options", OPTIONS, "--replications", str(NIGHTS), "--seed", str(SEED), "--out", str(FOLDER)]
    for command in (["run", SCENARIO, *asked, *resume], ["stress", str(FOLDER), "--nights", str(NIGHTS)]):
        if status := run(command):
            sys.exit(status)
    SHELF.mkdir(exist_ok=True)
    path = SHELF / f"{SCENARIO}.json"
    write_whole(path, json.dumps(record_of(FOLDER), indent=1, ensure_ascii=False) + "\n")
    print(f"{path}: {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
