"""`holdfire stress`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from holdfire.cli.output import Json, console, plural, print_json
from holdfire.cli.progress import progress
from holdfire.errors import InputError
from holdfire.study import manifest as manifests
from holdfire.study.stress import Asked, is_stale, stress
from holdfire.study.vary_options import trials

if TYPE_CHECKING:
    from rich.console import Console


def stress_(
    results: Path,
    *,
    nights: Annotated[int | None, Parameter(help="the first of the study; as many as before, or 20")] = None,
    assumption: Annotated[
        tuple[str, ...], Parameter(negative="", help="place of an assumed number; those that bear most")
    ] = (),
    workers: Annotated[int | None, Parameter(help="processes; as many as there are processors")] = None,
    json: Json = False,
) -> int:
    """Try assumed numbers at both ends of their ranges, one at a time, and say which turn an answer round.

    Parameters
    ----------
    results
        Folder that `holdfire run` wrote.
    """
    if nights is not None and nights < 2:
        message = f"{nights} nights are asked: ask for 2 or more, since one has no interval"
        raise InputError(message)
    manifest = manifests.read(results)
    stale = is_stale(results)
    with progress() as tell:
        tried = trials(manifest["scenario"]["data"], assumption, manifests.option_ids(manifest))
        made = stress(Asked(results, nights, workers or os.cpu_count() or 1), tried, tell)
    if json:
        print_json("stress", **made)
        return 0
    out = console()
    if stale:
        out.print("What was tried before was tried on other results, and is not kept.")
    show(out, made)
    return 0


def show(out: Console, made: dict[str, Any]) -> None:
    """Print what was tried, and what it moves."""
    out.print(
        f"{plural(len(made['tried']), 'place')} at both ends, {made['nights']} nights each, against {made['base']}"
    )
    for each in made["tried"]:
        out.print(f"\n{each['place']}: {each['as_run']}; tried at {each['low']} and at {each['high']}", markup=False)
        turned = [f"{name} of {option}" for name, moved in each["figures"].items() for option in _flipped(moved)]
        out.print(f"  turns round: {', '.join(turned) or 'nothing'}")
        out.print(f"  {made['figure']} moves most: {_most(each['options'])}")
    out.print()
    out.print("A difference turns round where its interval of 95 % at one end lies on another side of 0 than as run.")
    out.print("Ends of ranges that are drawn for each aircraft move all of them at once: they are extreme.")
    for figure in made["figures"]:
        out.print(f"{figure['name']}: {figure['label']}")


def _flipped(moved: dict[str, Any]) -> list[str]:
    return [option for option, found in moved.items() if found["flips"]]


def _most(moved: dict[str, Any]) -> str:
    """Return the option whose difference moves most between the ends, from where to where."""
    told = {option: found for option, found in moved.items() if found["low"]["value"] is not None}
    if not told:
        return "not to be told"
    option = max(told, key=lambda name: abs(told[name]["high"]["value"] - told[name]["low"]["value"]))
    found = told[option]
    return f"{option}, from {found['low']['value']:+.2f} to {found['high']['value']:+.2f}"
