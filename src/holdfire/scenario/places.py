"""Where and how things fly and stand: findings on points outside the area, and on what no such aircraft can do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pydantic import ValidationError

from holdfire.errors import Finding
from holdfire.geo.frame import Frame
from holdfire.logic.checks import mappings
from holdfire.scenario.checks import is_number, walk
from holdfire.scenario.sky import out_of_reach
from holdfire.sense.nodes import area_fault
from holdfire.sense.patch import PatchModel
from holdfire.units import HOUR_S
from holdfire.world.schema import AreaModel, BalloonModel, GroupModel, IntruderModel, StrayModel
from holdfire.world.setting import Setting, setting_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from holdfire.errors import Location
    from holdfire.logic.checks import Raw
    from holdfire.scenario.references import Named


_MODELS: Final[dict[str, type[GroupModel]]] = {
    "intruders": IntruderModel,
    "friendly_drones": StrayModel,
    "balloons": BalloonModel,
}


def misplaced(data: Raw, named: Named) -> Iterator[Finding]:
    """Yield a finding for each point that must lie in the area and does not, and for each group that cannot fly so."""
    end_h = data.get("duration_h")
    duration_s = float(end_h) * HOUR_S if is_number(end_h) else 0.0
    try:
        area = AreaModel.model_validate(data.get("area"))
    except ValidationError:  # told by the schema
        return
    frame = Frame(area.centre_lat_deg, area.centre_lon_deg)
    setting = setting_of(area, {}, frame, duration_s)
    for loc, lat, lon in _points(data):
        yield from _outside(loc, lat, lon, setting)
    yield from _patches(data, setting)
    yield from out_of_reach(data, named, setting)
    if duration_s > 0:
        yield from _unfit(data, named, setting)


def _patches(data: Raw, setting: Setting) -> Iterator[Finding]:
    """Yield what is wrong with parts of the area: those that sensors are spread over, and those that are disturbed."""
    half_m = float(setting.half_m[0]), float(setting.half_m[1])
    for section in ("sensors", "interference"):
        for index, entry in mappings(data.get(section)):
            try:
                patch = PatchModel.model_validate(entry.get("area"))
            except ValidationError:  # there is none, or the schema tells
                continue
            spacing_km = entry.get("spacing_km")
            spacing_km = spacing_km if is_number(spacing_km) and spacing_km > 0 else None
            if wrong := area_fault(patch, spacing_km, setting.frame, half_m):
                yield Finding((section, index, wrong[0]), wrong[1])


def _outside(loc: Location, lat: float, lon: float, setting: Setting) -> Iterator[Finding]:
    x_m, y_m = setting.frame.to_local(lat, lon)
    half_width_m, half_height_m = map(float, setting.half_m)
    beyond_m, side = max(
        (x_m - half_width_m, "eastern"),
        (-x_m - half_width_m, "western"),
        (y_m - half_height_m, "northern"),
        (-y_m - half_height_m, "southern"),
    )
    if beyond_m > 0:
        km = max(1, round(beyond_m / 1000))
        text = f"{lat:g}, {lon:g} lies {km} km beyond the {side} edge of the area: move it, or widen the area"
        yield Finding(loc, text)


def _points(data: Raw) -> Iterator[tuple[Location, float, float]]:
    """Yield every point that must lie in the area: not where aircraft appear, nor where they leave to."""
    for section in ("sensors", "sites", "wind_farms"):
        for index, entry in mappings(data.get(section)):
            yield from _point((section, index, "lat_deg"), [entry.get("lat_deg"), entry.get("lon_deg")])
    for index, patrol in mappings(data.get("patrols")):
        for loc, orbit in walk(patrol.get("orbit"), ("patrols", index, "orbit")):
            yield from _point((*loc, "at"), orbit.get("at"))
    for index, base in mappings(data.get("bases")):
        for place, aircraft in mappings(base.get("aircraft")):
            yield from _point(("bases", index, "aircraft", place, "waits_at"), aircraft.get("waits_at"))
    for index, light in mappings(data.get("lights")):
        yield from _point(("lights", index, "at"), light.get("at"))
    yield from _on_the_way(data)


def _on_the_way(data: Raw) -> Iterator[tuple[Location, float, float]]:
    for loc, group in _groups(data):
        route = list(mappings(group.get("route")))
        leaves = group.get("arrival") == "leave"
        for index, point in route[:-1] if leaves else route:
            yield from _point((*loc, "route", index, "at"), point.get("at"))


def _point(loc: Location, pair: object) -> Iterator[tuple[Location, float, float]]:
    if isinstance(pair, list) and len(pair) == 2 and all(map(is_number, pair)) and abs(pair[0]) <= 90:
        yield loc, float(pair[0]), float(pair[1])


def _groups(data: Raw) -> Iterator[tuple[Location, Raw]]:
    for index, group in mappings(data.get("intruders")):
        yield ("intruders", index), group
    background = data.get("background")
    for name in ("friendly_drones", "balloons"):
        strays = background.get(name) if isinstance(background, dict) else None
        if isinstance(strays, dict):
            yield ("background", name), strays


def _unfit(data: Raw, named: Named, setting: Setting) -> Iterator[Finding]:
    """Yield what the world says of a group: too far off, too fast or too high for its platform, too late."""
    for loc, entry in _groups(data):
        try:
            group = _MODELS[str(loc[-1] if loc[0] == "background" else loc[0])].model_validate(entry)
        except ValidationError:  # told by the schema
            continue
        platform = named.get("platforms", group.platform)
        if platform is not None:
            known = Setting({group.platform: platform}, setting.frame, setting.half_m, setting.duration_s)
            yield from known.unfit(loc, group)
            yield from known.too_far((*loc, "origin", "from"), group.origin.from_)
            yield from known.too_far((*loc, "origin", "to"), group.origin.to)
