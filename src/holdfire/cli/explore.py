"""`holdfire explore`."""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from holdfire.answer.answer import LEAST_POINTS
from holdfire.cli.output import Json, console, plural, print_json
from holdfire.cli.progress import progress
from holdfire.errors import InputError
from holdfire.study import manifest as manifests
from holdfire.study.about import about
from holdfire.study.explore import explore
from holdfire.study.run import Request
from holdfire.study.space import explored, require_nights, space_of

POINTS = 64
NIGHTS = 2
SEED = 1


def explore_(  # noqa: PLR0913  # what the command line takes
    scenario: str,
    *,
    options: Annotated[str | None, Parameter(help="ids, as a,b; the first is the base; all of them")] = None,
    points: Annotated[int | None, Parameter(help="points of the space of unknowns; 64")] = None,
    nights: Annotated[int | None, Parameter(help="nights at each point, under each option; 2")] = None,
    unknown: Annotated[tuple[str, ...], Parameter(negative="", help="place of an assumed number; all ranges")] = (),
    seed: Annotated[int | None, Parameter(help="of all random numbers, the points included; 1")] = None,
    workers: Annotated[int | None, Parameter(help="processes; as many as there are processors")] = None,
    out: Annotated[Path, Parameter(help="folder for the space")] = Path("space"),
    resume: Annotated[bool, Parameter(negative="", help="continue what the folder holds, or add points")] = False,
    json: Json = False,
) -> int:
    """Rehearse a few nights at each of many points of what nobody knows, under each option.

    Parameters
    ----------
    scenario
        Id of a scenario that ships, or path of a file.
    """
    kept = manifests.read(out) if resume and (out / manifests.NAME).exists() else {}
    space = space_of(kept) if kept else None
    if kept and space is None:
        message = f"{out} holds results of holdfire run, not a space: name another folder"
        raise InputError(message)
    if nights is None:
        nights = space.nights if space else NIGHTS
    require_nights(nights)
    if points is None:
        points = kept["replications"] // nights if kept else POINTS
    if points < 1:
        message = f"{points} points are asked: ask for 1 or more; shares of the space need {LEAST_POINTS}"
        raise InputError(message)
    places = unknown or (tuple(each.place for each in space.unknowns) if space else ())
    subject = explored(
        about(scenario, options or (",".join(manifests.option_ids(kept)) if kept else None)), nights, places
    )
    request = Request(
        folder=out,
        replications=points * nights,
        seed=kept.get("seed", SEED) if seed is None else seed,
        workers=workers or os.cpu_count() or 1,
        resume=resume,
        scenario=scenario,
        chunk_size=nights,
    )
    with progress() as tell:
        outcome = explore(subject, request, tell)
    unknowns = len(subject.data["explored"]["unknowns"])
    if json:
        print_json(
            "space", scenario=subject.id, folder=str(out), options=list(subject.options), seed=request.seed,
            points=points, nights=nights, unknowns=unknowns, kept=outcome.kept // nights,
        )  # fmt: skip
        return 0
    shown = console()
    there = f", {outcome.kept // nights} of them there before" if outcome.kept else ""
    at = f"{plural(nights, 'night')} at each under each of {plural(len(subject.options), 'option')}"
    shown.print(
        f"{subject.id}: {plural(points, 'point')} of {plural(unknowns, 'unknown')}, {at}{there}", soft_wrap=True
    )
    shown.print(f"written to {out} in {outcome.wall_s:.0f} s", soft_wrap=True)
    shown.print(f"Next: {shlex.join(['holdfire', 'answer', str(out)])}", soft_wrap=True)
    return 0
