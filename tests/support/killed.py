"""A run in a process of its own, to be killed: folder, workers, replications, slowness, then `resume` or nothing."""

from __future__ import annotations

import sys
from pathlib import Path

from holdfire.study import manifest
from holdfire.study.run import Request, run_study
from support.fake_engine import subject


def main() -> None:
    manifest.source_digest = lambda: "as it was"  # type: ignore[assignment]  # whatever is edited meanwhile
    folder, workers, replications, slow_s, *resume = sys.argv[1:]
    run_study(
        subject(slow_s=float(slow_s)),
        Request(Path(folder), int(replications), seed=3, workers=int(workers), resume=bool(resume), chunk_size=4),
    )


if __name__ == "__main__":
    main()
