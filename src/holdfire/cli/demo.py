"""`holdfire demo`: one night under five rule sets, within two minutes."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Annotated, Final

from cyclopts import Parameter

from holdfire.cli.compare import show
from holdfire.cli.output import Json, console, print_json
from holdfire.cli.progress import progress
from holdfire.study.about import about
from holdfire.study.compare import compare
from holdfire.study.results import load
from holdfire.study.run import Request, run_study

SCENARIO: Final = "poland-2025-09-10"
OPTIONS: Final = "as-was,visual-confirmation,radar-permitted,perceived-danger,attributed-violator"
AT_LEAST, AT_MOST, CHUNK = 20, 200, 5
UNTIL_S: Final = 100.0
"""No chunk is begun that would end later, so that with compilation the whole keeps within two minutes."""


def demo_(
    *,
    until_s: Annotated[float, Parameter(help="seconds after which no more nights are begun")] = UNTIL_S,
    json: Json = False,
) -> int:
    """Rehearse the night of 9 to 10 September 2025 over Poland under five rule sets, and compare them.

    As many nights as fit, at least twenty under each set. Nothing is kept.
    """
    subject = about(SCENARIO, OPTIONS)
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "results"
        request = Request(
            folder=out, replications=AT_MOST, seed=1, workers=os.cpu_count() or 1, scenario=SCENARIO,
            until_s=until_s, at_least=AT_LEAST, chunk_size=CHUNK,
        )  # fmt: skip
        with progress() as tell:
            run_study(subject, request, tell)
        made = compare(load(out))
    if json:
        print_json("comparison", **made)
        return 0
    console_ = console()
    show(console_, made, None)
    console_.print(f"To keep what is rehearsed: holdfire run {SCENARIO} --out results/")
    return 0
