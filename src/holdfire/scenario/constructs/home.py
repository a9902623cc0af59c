"""The base to which something returns: the scenario's nearest, or where it has none, the nearest airport's."""

from __future__ import annotations

from math import hypot
from typing import TYPE_CHECKING, Any

from holdfire.geo.airports import airport, airports
from holdfire.geo.grid import Grid
from holdfire.geo.ground import window

if TYPE_CHECKING:
    from collections.abc import Sequence

    from holdfire.logic.checks import Raw
    from holdfire.scenario.outside import Outside, Point

Json = dict[str, Any]
BEYOND_M = 150_000.0


def homes(
    data: Raw, border: Outside, points: Sequence[Point], name: str, source: Sequence[str]
) -> tuple[list[str], list[Json]]:
    """Return the base of each point, and bases that the scenario lacks: called after an option, with its sources."""
    there = {base["id"]: airport(base["airport"]) for base in data.get("bases", [])}
    lacks = not there
    if lacks:
        _, _, right, top = border.box.bounds
        seen = airports(window(border.frame, Grid.over(right, top, 2000.0), BEYOND_M))
        known = [each for each in seen if each.iata and each.country in border.guarded]
        there = {f"{name}-{each.icao.lower()}": each for each in known}
    places = {name: border.frame.to_local(each.lat_deg, each.lon_deg) for name, each in there.items()}
    out = [min(places, key=lambda each: (hypot(places[each][0] - x, places[each][1] - y), each)) for x, y in points]
    new = dict.fromkeys(out) if lacks else ()
    return out, [{"id": each, "airport": there[each].icao, "source": list(source)} for each in new]
