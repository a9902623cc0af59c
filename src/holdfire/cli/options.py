"""`holdfire options`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

import yaml
from cyclopts import Parameter

from holdfire.catalogue import ids, load_option
from holdfire.cli.output import Json, console, print_json
from holdfire.errors import InputError
from holdfire.respond.upkeep import UpkeepModel, upkeep_cost
from holdfire.scenario.change import NoSenseError
from holdfire.scenario.expand import expanded
from holdfire.scenario.load import load_scenario

if TYPE_CHECKING:
    from holdfire.logic.checks import Raw


def options_(
    scenario: str | None = None,
    *,
    show: Annotated[str | None, Parameter(help="print what one would change: visual+more-patrols~reaction")] = None,
    json: Json = False,
) -> int:
    """List the options of the catalogue, or which of them make sense in a scenario and what they change there.

    Parameters
    ----------
    scenario
        Id of a scenario that ships, or path of a file.
    """
    if show is not None:
        return _show(scenario, show, json=json)
    data = None if scenario is None else load_scenario(scenario).data
    rows = [_row(name, data) for name in ids("options")]
    if json:
        print_json("options", scenario=scenario, options=rows)
        return 0
    out = console()
    for place, kind in enumerate(dict.fromkeys(row["kind"] for row in rows)):
        out.print(f"{chr(10) * (place > 0)}{kind.capitalize()}", style="bold")
        for row in rows:
            if row["kind"] == kind:
                out.print(f"{row['id']}: {row['title']}", soft_wrap=True, markup=False)
                for line in _here(row) if data else ():
                    out.print(f"    {line}", soft_wrap=True, markup=False)
    return 0


def _show(scenario: str | None, name: str, *, json: bool) -> int:
    if scenario is None:
        message = "an option changes something only in a scenario: name one, as in `holdfire options poland-2025-09-10 --show visual`"  # noqa: E501
        raise InputError(message)
    made = load_scenario(scenario, [name]).data["options"][-1]
    if json:
        print_json("option", scenario=scenario, option=made)
    else:
        sys.stdout.write(yaml.safe_dump(made, sort_keys=False, allow_unicode=True, width=120))
    return 0


def _row(name: str, data: Raw | None) -> dict[str, Any]:
    entry = load_option(name)
    row: dict[str, Any] = {"id": name, "kind": entry.kind, "title": entry.title, "summary": entry.summary}
    row["provokes"] = list(entry.provokes)
    row["needs"] = [{"needs": each.needs, "because": each.because} for each in entry.makes_sense]
    if data is None:
        return row
    try:
        return {**row, "makes_sense": True, "why_not": None, "changes": _changes(expanded(data, name))}
    except NoSenseError as error:
        return {**row, "makes_sense": False, "why_not": str(error).partition(": ")[2], "changes": []}


def _changes(option: Raw) -> list[str]:
    """Return in short what an option changes: rule sets by name, values by address, how much it adds."""
    bound: dict[str, list[str]] = {}
    for state, ruleset in option.get("rules", {}).items():
        bound.setdefault(ruleset, []).append(state)
    said = [f"{', '.join(states)}: {ruleset}" for ruleset, states in bound.items()]
    said += [f"{address}: {_value(value)}" for address, value in option.get("set", {}).items()]
    added = {section: [each["id"] for each in more] for section, more in option.get("add", {}).items()}
    said += [
        f"{section.replace('_', ' ')}: {len(names)} more"
        for section, names in added.items()
        if section not in {"sources", "upkeep", "warnings"}
    ]
    called = [each["state"] for each in option.get("add", {}).get("warnings", [])]
    said += [f"warnings by telephone from {', '.join(called)}"] if called else []
    kept = upkeep_cost(map(UpkeepModel.model_validate, option.get("add", {}).get("upkeep", [])))
    return said + ([f"to have: {kept.low_eur:,.0f} to {kept.high_eur:,.0f} euros a day"] if kept.high_eur else [])


def _value(value: object) -> str:
    if isinstance(value, dict) and {"low", "high"} <= value.keys():
        return f"{value['low']:g} to {value['high']:g}"
    return str(value)


def _here(row: dict[str, Any]) -> list[str]:
    if not row["makes_sense"]:
        return [f"makes no sense: {row['why_not']}"]
    return list(row["changes"]) or ["as it is already"]
