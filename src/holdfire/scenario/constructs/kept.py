"""What an option's means cost to have: how many there are of each is counted in what the option adds, or readies."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import shapely

from holdfire.scenario.change import Change
from holdfire.scenario.outside import outside
from holdfire.units import KM_M

if TYPE_CHECKING:
    from collections.abc import Sequence

    from holdfire.logic.checks import Raw
    from holdfire.logic.option_means import UpkeepModel


def kept(data: Raw, made: Change, upkeep: Sequence[UpkeepModel], name: str) -> Change:
    """Return the upkeep of what a change has made of a scenario; of what there is none, nothing."""
    entries = []
    for place, each in enumerate(upkeep, start=1):
        number = _count(data, made, each)
        if number > 0:
            low, high = each.eur_a_day
            entries.append({
                "id": f"{name}-{place}", "what": each.what, "number": number,
                "eur_a_day": {"low": low, "high": high}, "source": list(each.source),
            })  # fmt: skip
    return Change(add={"upkeep": entries})


def _count(data: Raw, made: Change, upkeep: UpkeepModel) -> int:
    if upkeep.of == "alert":  # those that are readied where they stand, or that are sent
        bases = made.add.get("bases", []) if made.add.get("bases") else data.get("bases", [])
        return sum(aircraft["number"] for base in bases for aircraft in base.get("aircraft", []))
    if upkeep.of == "units":  # they stand all night, which is no flying
        return sum(each["number"] for each in made.add.get("patrols", []) if "reach_km" in each)
    sensors = [each for each in made.add.get("sensors", []) if upkeep.sensor in {None, each["model"]}]
    return sum(_nodes(data, each) if "area" in each else 1 for each in sensors)


def _nodes(data: Raw, network: Raw) -> int:
    """Return how many nodes an area of a network holds, one for each square of its spacing."""
    frame, square_m2 = outside(data).frame, float(network["spacing_km"] * KM_M) ** 2
    area_m2: float = shapely.Polygon([frame.to_local(*corner) for corner in network["area"]["corners"]]).area
    return max(math.ceil(area_m2 / square_m2), 1)
