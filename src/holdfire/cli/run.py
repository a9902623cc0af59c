"""`holdfire run`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from holdfire.cli.output import Json, console, plural, print_json
from holdfire.cli.progress import progress
from holdfire.study import manifest as manifests
from holdfire.study.about import about
from holdfire.study.run import Outcome, Request, run_study
from holdfire.study.subject import Subject

REPLICATIONS = 200
SEED = 1


def run_(  # noqa: PLR0913  # what the command line takes
    scenario: str,
    *,
    replications: Annotated[int | None, Parameter(help="nights under each option; 200")] = None,
    seed: Annotated[int | None, Parameter(help="of all random numbers; 1")] = None,
    workers: Annotated[int | None, Parameter(help="processes; as many as there are processors")] = None,
    out: Annotated[Path, Parameter(help="folder for the results")] = Path("results"),
    options: Annotated[str | None, Parameter(help="ids, as a,b; the first is the base; all of them")] = None,
    resume: Annotated[bool, Parameter(negative="", help="continue what the folder holds, or add to it")] = False,
    json: Json = False,
) -> int:
    """Rehearse a scenario under each of its options, and keep what came of it.

    Parameters
    ----------
    scenario
        Id of a scenario that ships, or path of a file.
    """
    kept = manifests.read(out) if resume and (out / manifests.NAME).exists() else {}
    named = options if options or not kept else ",".join(manifests.option_ids(kept))
    request = Request(
        folder=out,
        replications=_given(replications, kept.get("replications"), REPLICATIONS),
        seed=_given(seed, kept.get("seed"), SEED),
        workers=_given(workers, None, os.cpu_count() or 1),
        resume=resume,
        scenario=scenario,
    )
    request.check()
    subject = about(scenario, named)
    with progress() as tell:
        outcome = run_study(subject, request, tell)
    _tell(subject, request, outcome, json=json)
    return 0


def _given(asked: int | None, kept: int | None, otherwise: int) -> int:
    return next(value for value in (asked, kept, otherwise) if value is not None)


def _tell(subject: Subject, request: Request, outcome: Outcome, *, json: bool) -> None:
    if json:
        print_json(
            "run",
            scenario=subject.id,
            folder=str(request.folder),
            options=list(subject.options),
            seed=request.seed,
            replications=outcome.replications,
            kept=outcome.kept,
            wall_s=round(outcome.wall_s, 1),
        )
        return
    out = console()
    there = f", {outcome.kept} of them there before" if outcome.kept else ""
    options = f"under each of {plural(len(subject.options), 'option')}"
    out.print(f"{subject.id}: {plural(outcome.replications, 'replication')} {options}{there}", soft_wrap=True)
    out.print(f"written to {request.folder} in {outcome.wall_s:.0f} s", soft_wrap=True)
    out.print(f"Next: holdfire compare {request.folder}", soft_wrap=True)
