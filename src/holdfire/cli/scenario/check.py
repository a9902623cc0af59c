"""`holdfire scenario check`."""

from __future__ import annotations

from typing import Any

from holdfire.cli.output import Json, console, faults_of, plural, print_json
from holdfire.errors import InputError
from holdfire.scenario.assumed import numbers
from holdfire.scenario.load import Loaded, load_scenario
from holdfire.scenario.terrain import terrain_caution


def check_(*scenarios: str, json: Json = False) -> int:
    """Check scenario files: every error at once, with its line and column.

    Parameters
    ----------
    scenarios
        Ids of scenarios that ship, or paths of files.
    """
    if not scenarios:
        message = "nothing to check: name a file, as in `holdfire scenario check my-night.yaml`"
        raise InputError(message)
    results = [_check(name) for name in scenarios]
    if json:
        print_json("scenario-check", results=results)
    else:
        for result in results:
            _print(result)
    return 0 if all(result["good"] for result in results) else 2


def _check(name: str) -> dict[str, Any]:
    try:
        loaded = load_scenario(name)
    except InputError as error:
        return {"name": name, "good": False, "faults": faults_of(error)}
    return {"name": name, "good": True, "faults": [], **_counts(loaded)}


def _counts(loaded: Loaded) -> dict[str, Any]:
    """Say what a reader should know of a night that is sound: how much is in it, and what rests on assumption."""
    night = loaded.scenario
    found = list(numbers(night))
    return {
        "intruders": list(night.intruders_number()),
        "own": night.own_number(),
        "others": night.others_number(),
        "sensors": len(night.sensors),
        "options": len(night.options),
        "rule_only": sum(option.rule_only for option in night.options),
        "numbers": len(found),
        "assumed": sum(number.assumed for number in found),
        "drawn": sum(number.drawn for number in found),
        "caution": terrain_caution(night, loaded.folder),
    }


def _print(result: dict[str, Any]) -> None:
    def say(line: str) -> None:
        console().print(line, soft_wrap=True)

    if not result["good"]:
        for fault in result["faults"]:
            place = f"{fault['path']}:{fault['line']}:{fault['column']}: " if fault["path"] else ""
            say(f"{place}{fault['text']}")
        say(f"{result['name']}: {plural(len(result['faults']), 'error')}; nothing was loaded")
        return
    say(f"{result['name']}: good")
    low, high = result["intruders"]
    between = plural(low, "intruder") if low == high else f"{low} to {high} intruders"
    say(f"  {between}, {result['own']} aircraft of our own, about {result['others']:.0f} others at any moment")
    say(f"  {plural(result['sensors'], 'sensor')}")
    say(f"  {plural(result['options'], 'option')}, {result['rule_only']} of them by rule sets alone")
    say(
        f"  {plural(result['numbers'], 'number')}: {result['assumed']} assumed, "
        f"{result['drawn']} drawn anew for every night"
    )
    if result["caution"]:
        say(f"  {result['caution']}")
