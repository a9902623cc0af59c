"""The scenario as a claim has it: readiness set, other bases empty, fighters in the air left out where it speaks of alert."""

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
    out, notes = copy.deepcopy(dict(data)), list[str]()
    readiness, base = claim.settings.get("readiness_min"), claim.settings.get("base")
    if readiness is None and base is None:
        return out, notes
    if not any(each.get("aircraft") for each in out.get("bases", ())):
        message = f"{out.get('id')} has no fighters on alert: a claim on their readiness cannot be checked there"
        raise InputError(message)
    if isinstance(base, str):
        kept = base_of(out, base)
        for each in out["bases"]:
            if each["id"] != kept:
                each["aircraft"] = []
        notes.append(f"Alert aircraft of other bases than {kept} are left out.")
    if readiness is not None:
        for each in out["bases"]:
            for alert in each.get("aircraft", ()):
                alert["readiness_min"] = readiness
        notes.append(f"All fighters on alert are airborne {readiness:g} minutes after the order.")
    patrols = [each for each in out.get("patrols", ()) if each.get("part", "fighter") == "fighter"]
    if patrols:
        out["patrols"] = [each for each in out["patrols"] if each not in patrols]
        listed = ", ".join(str(each["id"]) for each in patrols)
        notes.append(f"Fighters in the air ({listed}) are left out, since the claim is about alert.")
    try:
        Scenario.model_validate(out)
    except ValidationError as error:
        message = f"{out.get('id')} cannot be rehearsed as the claim has it ({error.errors()[0]['msg']})"
        raise InputError(message) from None
    return out, notes
