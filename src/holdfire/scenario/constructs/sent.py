"""Units on the ground at protected sites, and aircraft that allies send."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import shapely

from holdfire.scenario.change import Change
from holdfire.scenario.constructs.home import homes
from holdfire.scenario.outside import outside
from holdfire.units import KM_M

if TYPE_CHECKING:
    from holdfire.logic.checks import Raw
    from holdfire.logic.option_means import PackageModel, UnitsModel

Json = dict[str, Any]
POST_M = 50.0
"""Height at which a unit on the ground is kept in the records: the least that a patrol can have."""


def guarded_sites(data: Raw) -> list[Json]:
    """Return the protected sites on the land of those who guard."""
    border = outside(data)
    ashore = shapely.union_all(list(border.ashore.values()))
    at = {site["id"]: shapely.Point(border.frame.to_local(site["lat_deg"], site["lon_deg"])) for site in data["sites"]}
    return [site for site in data["sites"] if ashore.distance(at[site["id"]]) <= site.get("radius_km", 1.0) * KM_M]


def units(data: Raw, given: UnitsModel, name: str) -> Change:
    """Return a unit at each protected site, the first in the list first."""
    border, sites = outside(data), guarded_sites(data)[: given.at_most]
    points = [border.frame.to_local(site["lat_deg"], site["lon_deg"]) for site in sites]
    bases, added = homes(data, border, points, name, given.source)
    patrols = [
        {
            "id": f"{name}-{site['id']}", "platform": given.platform, "crew": border.owner(point), "number": 1,
            "orbit": {"at": [site["lat_deg"], site["lon_deg"]], "radius_km": 1.0}, "height_m": POST_M,
            "from_h": 0.0, "until_h": data["duration_h"], "base": base, "reach_km": given.reach_km,
            **given.arms.model_dump(), "source": list(given.source),
        }
        for site, point, base in zip(sites, points, bases, strict=True)
    ]  # fmt: skip
    return Change(add={"bases": added, "patrols": patrols})


def package(data: Raw, given: PackageModel, name: str) -> Change:
    """Return allied aircraft on alert at the base nearest to the border, as many as the area has a share of it.

    Crews of a state that the scenario does not have are bound as the state that guards there, and ask whom it asks.
    """
    border = outside(data)
    share = min(border.length_m / (given.whole_km * KM_M), 1.0)
    middle = border.posts(max(border.length_m, 1.0), 100 * KM_M, "land")[:1] or border.along(border.length_m)[:1]
    (base,), added = homes(data, border, middle, name, given.source)
    airport = next(each["airport"] for each in [*data.get("bases", []), *added] if each["id"] == base)
    host = next(state for state in data["states"] if state["id"] == border.owner(middle[0]))
    known = {state["id"] for state in data["states"]}
    least, most = given.readiness_min
    states, bases = [], []
    for sent in given.sent:
        if sent.crew not in known:
            known.add(sent.crew)
            states.append({**host, "id": sent.crew, "guards": False, "source": list(given.source)})
        aircraft = {
            "platform": sent.platform, "crew": sent.crew, "number": max(round(sent.number * share), 1),
            "readiness_min": {"low": least, "high": most}, **sent.arms.model_dump(),
        }  # fmt: skip
        entry = {"id": f"{name}-{sent.crew.lower()}", "airport": airport, "aircraft": [aircraft]}
        bases.append({**entry, "source": list(given.source)})
    return Change(add={"states": states, "bases": [*added, *bases]})
