"""The scenario as a claim has it: readiness set, other bases empty, and of a claim on alert no fighters in the air."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from holdfire.claim.names import base_of
from holdfire.errors import InputError
from holdfire.scenario.schema import Scenario

if TYPE_CHECKING:
    from collections.abc import Mapping

    from holdfire.claim.kinds import Claim


def staged(data: Mapping[str, Any], claim: Claim) -> tuple[dict[str, Any], list[str]]:
    """Return the scenario's data as a claim has it, and in sentences what was changed.

    Raises `InputError` where that is no scenario, `UnknownNameError` for a base that it does not have.
    """
    out = copy.deepcopy(dict(data))
    readiness, base = claim.settings.get("readiness_min"), claim.settings.get("base")
    if readiness is None and base is None:
        return out, []
    if not any(each.get("aircraft") for each in out.get("bases", ())):
        message = f"{out.get('id')} has no fighters on alert: a claim on their readiness cannot be checked there"
        raise InputError(message)
    notes = _from_one_base(out, str(base)) if base else []
    if readiness is not None:
        for alert in (alert for each in out["bases"] for alert in each.get("aircraft", ())):
            alert["readiness_min"] = readiness
        notes.append(f"All fighters on alert are airborne {readiness:g} minutes after the order.")
    notes += _without_patrols(out)
    try:
        Scenario.model_validate(out)
    except ValidationError as error:
        why = error.errors()[0]["msg"].removeprefix("Value error, ")
        message = f"{out.get('id')} cannot be rehearsed as the claim has it ({why})"
        raise InputError(message) from None
    return out, notes


def _from_one_base(data: dict[str, Any], named: str) -> list[str]:
    kept = base_of(data, named)
    for each in data["bases"]:
        if each["id"] != kept:
            each["aircraft"] = []
    return [f"Alert aircraft of other bases than {kept} are left out."]


def _without_patrols(data: dict[str, Any]) -> list[str]:
    fighters = [each for each in data.get("patrols", ()) if each.get("part", "fighter") == "fighter"]
    if not fighters:
        return []
    data["patrols"] = [each for each in data["patrols"] if each not in fighters]
    listed = ", ".join(str(each["id"]) for each in fighters)
    return [f"Fighters in the air ({listed}) are left out, since the claim is about alert."]
