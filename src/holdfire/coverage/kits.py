"""What may be placed, each as sensors and patrols about the middle of a cell of 25 km. Every number is assumed.

`assumed`: masts as mobile radars have them; circles of 40 km for early warning, which is on station all the time; nodes
every 4 km; an exercise brings a mobile radar, a radar against low fliers, and two fighters in the air.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from holdfire.respond.schema import OrbitModel, PatrolModel
from holdfire.sense.patch import PatchModel
from holdfire.sense.schema import SensorModel


class Kit(NamedTuple):
    """Something that may be placed."""

    title: str
    masts: tuple[tuple[str, float], ...] = ()
    """Types of sensors and heights of their antennas, m."""
    spacing_km: float = 0.0
    """Of acoustic nodes over the cell; 0: none."""
    flies: tuple[str, str, int, float, float] | None = None
    """Sensor, platform, how many, height in m, radius of the circle in km."""


KITS: Final[dict[str, Kit]] = {
    "orbits": Kit("early-warning aircraft on station", flies=("airborne-early-warning", "g550-caew", 1, 9000.0, 40.0)),
    "radars": Kit("mobile radars", masts=(("medium-range-3d", 12.0),)),
    "acoustic": Kit("networks of microphones over a cell", spacing_km=4.0),
    "exercise": Kit(
        "exercises of some weeks", masts=(("medium-range-3d", 12.0), ("gap-filler", 12.0)),
        flies=("fighter-radar", "f-16c", 2, 6000.0, 20.0),
    ),
}  # fmt: skip


class Place(NamedTuple):
    """Where a kit stands: the middle of a square, and its corners, latitude and longitude."""

    name: str
    middle: list[float]
    corners: list[list[float]]


def entries(kit: Kit, place: Place, until_h: float) -> tuple[list[SensorModel], list[PatrolModel]]:
    """Return a kit at a place as entries of the sections `sensors` and `patrols`, on station until the end."""
    lat_deg, lon_deg = place.middle
    sensors = [
        SensorModel(id=f"{place.name}-{each}", model=model, lat_deg=lat_deg, lon_deg=lon_deg, mast_m=mast_m)
        for each, (model, mast_m) in enumerate(kit.masts, 1)
    ]
    if kit.spacing_km:
        area = PatchModel(corners=place.corners)
        ears = SensorModel(id=f"{place.name}-ears", model="acoustic-network", area=area, spacing_km=kit.spacing_km)
        sensors.append(ears)
    if kit.flies is None:
        return sensors, []
    model, platform, number, height_m, radius_km = kit.flies
    patrol = PatrolModel(
        id=f"{place.name}-up", part="early-warning", platform=platform, crew="none", number=number,
        orbit=OrbitModel(at=place.middle, radius_km=radius_km), height_m=height_m, until_h=until_h, base="none",
        source=["assumed"],
    )  # fmt: skip
    sensors.append(SensorModel(id=f"{place.name}-eye", model=model, carrier=patrol.id))
    return sensors, [patrol]
