"""Patrols where nobody patrols: whoever stands on alert keeps a pair in the air all night."""

from __future__ import annotations

from math import hypot
from typing import TYPE_CHECKING, Any

import shapely
from shapely.ops import nearest_points

from holdfire.catalogue import load_platform
from holdfire.geo.airports import airport
from holdfire.scenario.change import Change
from holdfire.scenario.outside import outside
from holdfire.units import KM_M

if TYPE_CHECKING:
    from holdfire.logic.checks import Raw
    from holdfire.logic.option_means import PatrolsModel

_CARRIED = ("weapon", "missiles", "gun_bursts", "jams")
_FIGHTER_M_S = 300.0
_APART_M = 100_000.0  # between the places along the border of which each base takes its nearest


def ready(base: Raw) -> list[Raw]:
    """Return what stands on alert at a base and flies as fast as fighters do: a helicopter keeps no patrol."""
    return [
        each for each in base.get("aircraft", []) if load_platform(each["platform"]).speed_max_m_s.value >= _FIGHTER_M_S
    ]


def patrolled(data: Raw, given: PatrolsModel, name: str) -> Change:
    """Return a pair in the air, and its relief, from each base with aircraft on alert; nothing where fighters patrol.

    It circles at the nearest place along the border that faces outside, or where there is none over its base, and is
    of the type, the crews and the load that stand on alert there.
    """
    if any(each.get("part", "fighter") == "fighter" for each in data.get("patrols", [])):
        return Change()
    border = outside(data)
    posts = border.posts(_APART_M, given.depth_km * KM_M)
    patrols: list[dict[str, Any]] = []
    for base in data.get("bases", []):
        at = airport(base["airport"])
        home = border.frame.to_local(at.lat_deg, at.lon_deg)
        inside = nearest_points(border.box, shapely.Point(home))[0]
        x_m, y_m = min(
            posts, key=lambda post: hypot(post[0] - home[0], post[1] - home[1]), default=(inside.x, inside.y)
        )
        patrols += [
            {
                "id": f"{name}-{base['id']}", "platform": alert["platform"], "crew": alert["crew"],
                "number": given.number, "relief": given.number,
                "orbit": {"at": border.place((x_m, y_m)), "radius_km": given.radius_km}, "height_m": given.height_m,
                "from_h": 0.0, "until_h": data["duration_h"], "base": base["id"],
                **{each: alert[each] for each in _CARRIED if each in alert}, "source": list(given.source),
            }
            for alert in ready(base)[:1]
        ]  # fmt: skip
    return Change(add={"patrols": patrols})
