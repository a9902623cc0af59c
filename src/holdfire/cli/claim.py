"""`holdfire claim`."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from holdfire.claim.check import SUPPORTED, Rehearsed, check, understood
from holdfire.claim.grammar import parse
from holdfire.claim.kinds import KINDS, explicit
from holdfire.cli.output import Json, console, print_json
from holdfire.cli.progress import progress
from holdfire.errors import InputError

NIGHTS = 40


def claim_(  # noqa: PLR0913  # what the command line takes
    text: str = "",
    *,
    scenario: Annotated[str, Parameter(help="id of a scenario that ships, or path of a file")],
    kind: Annotated[str | None, Parameter(help=f"instead of a sentence: {', '.join(KINDS)}")] = None,
    set_: Annotated[tuple[str, ...], Parameter(name="--set", negative="", help="its parts, as readiness_min=15")] = (),
    nights: Annotated[int, Parameter(help="nights for each trial")] = NIGHTS,
    seed: Annotated[int, Parameter(help="of all random numbers")] = 1,
    workers: Annotated[int | None, Parameter(help="processes; as many as there are processors")] = None,
    out: Annotated[Path | None, Parameter(help="folder that keeps what is rehearsed; nothing is kept")] = None,
    json: Json = False,
) -> int:
    """Check a claim: supported (exit status 0), contradicted or not decidable (1), and which assumption turns it.

    Parameters
    ----------
    text
        A sentence, as "fighters at 15 minutes' readiness could not have reached the drones".
    """
    if bool(text) == bool(kind):
        message = "say the claim in a sentence, or by --kind and --set, and not both"
        raise InputError(message)
    if nights < 2:
        message = f"{nights} nights are asked: ask for 2 or more, since one has no interval"
        raise InputError(message)
    claim = explicit(kind, set_) if kind else parse(text)
    understood(claim, scenario)  # before time is spent
    with tempfile.TemporaryDirectory() as spare, progress() as tell:
        made = check(claim, scenario, Rehearsed(out or Path(spare), nights, seed, workers or os.cpu_count() or 1), tell)
    if json:
        print_json("claim", **made)
    else:
        shown = console()
        shown.print(made["verdict"].capitalize(), style="bold")
        for sentence in made["sentences"]:
            shown.print(sentence)
    return 0 if made["verdict"] == SUPPORTED else 1
