"""`holdfire demo`: one night under five rule sets, within two minutes, and a page of it."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Annotated, Any, Final

from cyclopts import Parameter

from holdfire.cli.compare import show
from holdfire.cli.output import Json, console, print_json
from holdfire.cli.progress import progress
from holdfire.cli.report import FILE, said, show_page
from holdfire.errors import StoppedError
from holdfire.report.nights import Choice
from holdfire.report.write import refuse_unwritable, write
from holdfire.study.about import about
from holdfire.study.compare import compare
from holdfire.study.record import beforehand
from holdfire.study.results import load
from holdfire.study.run import Request, run_study

SCENARIO: Final = "poland-2025-09-10"
OPTIONS: Final = "as-was,visual-confirmation,radar-permitted,perceived-danger,attributed-violator"
AT_LEAST, AT_MOST, CHUNK = 20, 200, 5
UNTIL_S: Final = 100.0
"""No chunk is begun that would end later, so that with compilation the whole keeps within two minutes."""
NIGHTS: Final = Choice(2, ("visual-confirmation", "radar-permitted"))
"""To be played: few, so that the page is there soon, and first one in which the two part."""


def demo_(
    *,
    until_s: Annotated[float, Parameter(help="seconds after which no more nights are begun")] = UNTIL_S,
    out: Annotated[Path, Parameter(help="the page to write")] = FILE,
    open_: Annotated[bool, Parameter(name="--open", negative="--no-open", help="show it in a browser")] = True,
    json: Json = False,
) -> int:
    """Rehearse the night of 9 to 10 September 2025 over Poland under five rule sets, and compare them.

    As many nights as fit, at least twenty under each set. Nothing is kept but a page to look at; with --json there is
    none.
    """
    if not json:
        refuse_unwritable(out)
    with tempfile.TemporaryDirectory() as folder:
        results = Path(folder) / "results"
        made = _compared(results, until_s)
        if json:
            print_json("comparison", **made)
            return 0
        console_ = console()
        show(console_, made, None)
        with progress() as tell:
            written = write(results, out, workers=os.cpu_count() or 1, tell=tell, choice=NIGHTS)
    said(console_, out, written)
    console_.print(f"To keep what is rehearsed: holdfire run {SCENARIO} --out results/")
    show_page(out, wanted=open_)
    return 0


def _compared(results: Path, until_s: float) -> dict[str, Any]:
    subject = about(SCENARIO, OPTIONS)
    request = Request(
        folder=results, replications=AT_MOST, seed=1, workers=os.cpu_count() or 1, scenario=SCENARIO,
        until_s=until_s, at_least=AT_LEAST, chunk_size=CHUNK,
    )  # fmt: skip
    try:
        with progress() as tell:
            run_study(subject, request, tell)
    except StoppedError as error:
        if isinstance(error.__context__, KeyboardInterrupt):  # its message names a folder that is gone in a moment
            message = f"stopped, and nothing is kept; to keep what is rehearsed: holdfire run {SCENARIO} --out results/"
            raise StoppedError(message) from None
        raise
    kept = load(results)
    return compare(kept, stress=beforehand(kept.manifest))
