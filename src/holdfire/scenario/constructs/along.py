"""What is placed along the border that faces outside: orbits, sensors on masts, networks over a strip."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from holdfire.scenario.change import Change
from holdfire.scenario.constructs.home import homes
from holdfire.scenario.constructs.watched import least_watched
from holdfire.scenario.outside import outside
from holdfire.units import KM_M

if TYPE_CHECKING:
    from holdfire.logic.checks import Raw
    from holdfire.logic.option_means import AlongModel, OrbitsModel, SpreadModel, StandModel
    from holdfire.scenario.outside import Ground, Outside, Point

Json = dict[str, Any]
_LEAST_STRIP_M2 = 500e6
_MOST_CORNERS = 200


def posts(data: Raw, given: AlongModel, on: Ground = "any") -> tuple[Outside, list[Point]]:
    """Return where along the border something is placed, and that border; further apart where there are too many."""
    border = outside(data)
    if given.stretch_km is not None:
        border = replace(border, line=least_watched(data, border, given.stretch_km * KM_M))
    spacing_m = max(given.every_km * KM_M, border.length_m / given.at_most)
    points = border.posts(spacing_m, given.depth_km * KM_M, on)
    while len(points) > given.at_most:
        spacing_m *= 1.1
        points = border.posts(spacing_m, given.depth_km * KM_M, on)
    return border, points


def orbits(data: Raw, given: OrbitsModel, name: str) -> Change:
    """Return aircraft that circle along the border, each with a relief, and what they carry."""
    border, points = posts(data, given)
    bases, added = homes(data, border, points, name, given.source)
    patrols: list[Json] = []
    sensors: list[Json] = []
    for number, (point, base) in enumerate(zip(points, bases, strict=True), start=1):
        patrol = f"{name}-{number}"
        patrols.append({
            "id": patrol, "part": given.part, "platform": given.platform, "crew": border.owner(point),
            "number": given.number, "relief": given.number,
            "orbit": {"at": border.place(point), "radius_km": given.radius_km}, "height_m": given.height_m,
            "from_h": 0.0, "until_h": data["duration_h"], "base": base, **given.arms.model_dump(),
            "source": list(given.source),
        })  # fmt: skip
        if given.sensor is not None:
            carried = {"id": f"{patrol}-sensor", "model": given.sensor, "carrier": patrol}
            sensors.append({**carried, "source": list(given.source)})
    return Change(add={"bases": added, "patrols": patrols, "sensors": sensors})


def standing(data: Raw, given: StandModel, name: str) -> Change:
    """Return sensors on masts along the border, on land or, afloat, on the waters before it."""
    border, points = posts(data, given, "sea" if given.afloat else "land")
    sensors = [
        stood(border, point, f"{name}-{given.sensor}-{number}", given.sensor, given.mast_m, given.source)
        for number, point in enumerate(points, start=1)
    ]
    return Change(add={"sensors": sensors})


def stood(border: Outside, point: Point, name: str, model: str, mast_m: float, source: list[str]) -> Json:
    """Return one sensor that stands at a point."""
    lat_deg, lon_deg = border.place(point)
    return {
        "id": name,
        "model": model,
        "lat_deg": lat_deg,
        "lon_deg": lon_deg,
        "mast_m": mast_m,
        "source": list(source),
    }


def spread(data: Raw, given: SpreadModel, name: str) -> Change:
    """Return a network over the strip of land inside the border, in as many parts as that has."""
    border = outside(data)
    sensors: list[Json] = []
    for shape in border.strip(given.strip_km * KM_M):
        if shape.area < _LEAST_STRIP_M2:
            continue
        coarse_m = 1000.0
        while len(shape.exterior.coords) > _MOST_CORNERS:
            coarse_m *= 2.0
            shape = shape.simplify(coarse_m)  # noqa: PLW2901  # as coarse as need be
        corners = [border.place(point) for point in list(shape.exterior.coords)[:-1]]
        sensors.append({
            "id": f"{name}-{given.sensor}-{len(sensors) + 1}", "model": given.sensor, "area": {"corners": corners},
            "spacing_km": given.spacing_km, "source": list(given.source),
        })  # fmt: skip
    return Change(add={"sensors": sensors})
