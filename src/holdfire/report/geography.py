"""The map: states, territorial waters and places in the flat frame of the area, in whole units of 50 m."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely

from holdfire.geo.airports import airport, airports
from holdfire.geo.borders import land, states, territory
from holdfire.geo.frame import Frame
from holdfire.geo.grid import Grid
from holdfire.geo.ground import window
from holdfire.geo.people import places
from holdfire.messages.film import UNIT_M
from holdfire.report.coverage import coverage
from holdfire.report.laydown import lay_down
from holdfire.units import KM_M

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from holdfire.scenario.schema import Scenario

    Json = dict[str, Any]

MARGIN_M: Final = 50_000.0
"""Drawn beyond the area."""
SIMPLER_M: Final = 200.0
"""How far a drawn line may be off the one that ships."""
TOWN_PEOPLE: Final = 100_000
"""Towns with at least so many people are named."""
_LONGEST_DEG: Final = 0.25


def map_data(scenario: Scenario) -> Json:
    """Return everything that is drawn under a night."""
    area = scenario.area
    frame = Frame(area.centre_lat_deg, area.centre_lon_deg)
    half = area.half_width_km * KM_M, area.half_height_km * KM_M
    grid = Grid.over(half[0] + MARGIN_M, half[1] + MARGIN_M, 5000.0)
    around = window(frame, grid, 0.0)
    rim = shapely.box(-half[0] - MARGIN_M, -half[1] - MARGIN_M, half[0] + MARGIN_M, half[1] + MARGIN_M)
    codes = list(states())
    lands = {code: _flat(area_, frame) for code, area_ in land(codes, around).items()}
    skies = {code: _flat(area_, frame) for code, area_ in territory(codes, around).items()}
    drawn = {code: _rings(found, rim) for code, found in lands.items()}
    waters = {code: _rings(_without(found, lands.get(code)), rim) for code, found in skies.items()}
    hosts = {state.id for state in scenario.states if state.guards}
    return {
        "unit_m": UNIT_M,
        "half_width_m": half[0],
        "half_height_m": half[1],
        "centre": [frame.lon_deg, frame.lat_deg],
        "states": [
            {"code": code, "name": states()[code].name, "guarded": code in hosts, "rings": rings}
            for code, rings in drawn.items()
            if rings
        ],
        "waters": [{"code": code, "rings": rings} for code, rings in waters.items() if rings],
        "places": list(_places(scenario, frame, half)),
        "sensors": [
            {"id": each.id, "title": f"{each.id} (made up)", "at": _at(frame, each.lat_deg, each.lon_deg)}
            for each in scenario.sensors
            if each.lat_deg is not None and each.lon_deg is not None
        ],
        "lay_down": lay_down(scenario.sensors),
        "coverage": coverage(scenario, frame, half),
    }


def _flat(area: BaseGeometry, frame: Frame) -> BaseGeometry:
    """Bring an area into the frame; an edge straight in longitude and latitude bends, so it is cut first."""

    def local(points: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.stack(frame.to_local(points[:, 1], points[:, 0]), axis=1)

    return shapely.make_valid(shapely.transform(shapely.segmentize(area, _LONGEST_DEG), local))


def _without(area: BaseGeometry, less: BaseGeometry | None) -> BaseGeometry:
    return area if less is None else shapely.difference(area, less)


def _rings(area: BaseGeometry, rim: BaseGeometry) -> list[list[int]]:
    """Return the rings of an area inside the rim, each east, north, east, north ... of its points."""
    cut = shapely.simplify(shapely.intersection(area, rim), SIMPLER_M)
    out = []
    for piece in shapely.get_parts(cut):
        if piece.geom_type == "Polygon" and not piece.is_empty:
            for ring in (piece.exterior, *piece.interiors):
                points = np.rint(np.asarray(ring.coords)[:, :2] / UNIT_M).astype(int)
                kept = points[np.concatenate([[True], np.any(np.diff(points, axis=0) != 0, axis=1)])]
                if len(kept) > 3:  # a triangle and its first point again
                    out.append(kept.ravel().tolist())
    return out


def _places(scenario: Scenario, frame: Frame, half: tuple[float, float]) -> Iterator[Json]:
    for site in scenario.sites:
        yield _place(site.id, site.title, "site", _at(frame, site.lat_deg, site.lon_deg), site.radius_km * KM_M)
    bases: Mapping[str, str] = {base.airport: base.id for base in scenario.bases}
    for icao, name in bases.items():
        found = airport(icao)
        yield _place(name, found.name, "base", _at(frame, found.lat_deg, found.lon_deg))
    inside = window(frame, Grid.over(*half, 5000.0), 0.0)
    for each in airports(inside):
        if each.iata and each.icao not in bases:
            yield _place(each.icao, each.name, "airport", _at(frame, each.lat_deg, each.lon_deg))
    for town in places(inside):
        if town.population >= TOWN_PEOPLE:
            yield _place(f"{town.country}-{town.name}", town.name, "town", _at(frame, town.lat_deg, town.lon_deg))


def _place(name: str, title: str, kind: str, at: list[int], radius_m: float = 0.0) -> Json:
    return {"id": name, "title": title, "kind": kind, "at": at, "radius_m": radius_m}


def _at(frame: Frame, lat_deg: float, lon_deg: float) -> list[int]:
    return [round(each / UNIT_M) for each in frame.to_local(lat_deg, lon_deg)]
