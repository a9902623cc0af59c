"""Who watches a border: a scenario's sensors as the simulation has them, those that fly on their patrols' circles.

Left out are receivers of broadcasts and finders of radio, since an intruder is silent here, and people's telephone
calls, which come late. Aircraft on alert stand on the ground.
"""

from __future__ import annotations

from datetime import timedelta
from math import pi
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from holdfire.catalogue import load_platform, load_sensor
from holdfire.errors import InputError
from holdfire.geo.frame import Frame
from holdfire.geo.ground import Ground
from holdfire.scenario.sky import looked_up
from holdfire.scenario.terrain import coarse_model
from holdfire.sense.eyes import EYES
from holdfire.sense.field_prepare import with_fields
from holdfire.sense.field_schema import AcousticModel
from holdfire.sense.imager import with_imagers
from holdfire.sense.imager_schema import ImagerModel
from holdfire.sense.light import in_a_word, lux
from holdfire.sense.mask import screened
from holdfire.sense.prepare import prepare_sensors
from holdfire.sense.stated import RadarModel
from holdfire.setting import disturbed, terrain_of
from holdfire.units import KM_M

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from holdfire.geo.terrain import Terrain
    from holdfire.respond.schema import PatrolModel
    from holdfire.scenario.schema import Scenario
    from holdfire.sense.layout import Sensors
    from holdfire.sense.schema import SensorModel

    Numbers = NDArray[np.float64]

SEES: Final = RadarModel | AcousticModel | ImagerModel
"""What is counted."""


class Patrol(NamedTuple):
    """Aircraft with sensors, evenly spread over one circle."""

    name: str
    places: range  # among the aircraft
    x_m: float
    y_m: float
    h_m: float
    radius_m: float
    speed_m_s: float
    from_share: float  # of the night, from which on it is on station
    until_share: float

    def stands(self, phase: float) -> Numbers:
        """Return x, y, heading of each aircraft, clockwise round, at a phase of the circle, rad."""
        around = phase + 2 * pi * np.arange(len(self.places)) / len(self.places)
        return np.stack(
            [self.x_m + self.radius_m * np.sin(around), self.y_m + self.radius_m * np.cos(around), around + pi / 2],
            axis=1,
        )


class LayDown(NamedTuple):
    """Sensors, and what carries them."""

    sensors: Sensors
    patrols: tuple[Patrol, ...]
    available: Numbers  # (sensors,): share of the time in which one works while it is there
    terrain: Terrain | None
    names: tuple[str, ...]  # of each sensor's line

    @property
    def carriers(self) -> int:
        """Return how many aircraft carry sensors; their places come first."""
        return sum(len(each.places) for each in self.patrols)

    def known_from_m(self) -> float:
        """Return the height above the ground below which terrain is unknown."""
        if self.terrain is not None and not self.terrain.coarse:
            return 0.0
        return coarse_model().above_m


def lay_down(scenario: Scenario, near: Path | None) -> LayDown:
    """Return who watches under a scenario as one of its options has it.

    Raises `CapacityError` for more sensors than a track can remember, `InputError` where nothing can see.
    """
    scenario = looked_up(scenario, near)
    frame = Frame(scenario.area.centre_lat_deg, scenario.area.centre_lon_deg)
    half_m = scenario.area.half_width_km * KM_M, scenario.area.half_height_km * KM_M
    library = {name: load_sensor(name, near) for name in {EYES, *(each.model for each in scenario.sensors)}}
    placed = [each for each in scenario.sensors if isinstance(library[each.model].stated, SEES)]
    patrols = tuple(_patrols(scenario, placed, frame, near))
    count = sum(len(each.places) for each in patrols)
    sensors = prepare_sensors(placed, library, frame, _carriers(scenario, patrols, near), count, half_m=half_m)
    if not sensors.radar.size:
        message = f"{scenario.id} has no radar, camera or acoustic network: nothing can see"
        raise InputError(message)
    sensors = disturbed(sensors, scenario, frame)
    half_way = scenario.start + timedelta(hours=scenario.duration_h / 2)
    light_lx = lux(scenario.night, half_way, frame.lat_deg, frame.lon_deg)
    sensors = with_imagers(sensors, placed, library, scenario.night, light_lx)
    terrain = terrain_of(scenario, frame, half_m, near)
    sensors = screened(sensors, terrain, half_m)
    night = in_a_word(scenario.night, light_lx)
    sensors = with_fields(sensors, placed, library, frame, night, scenario.start, _NOBODY)
    names = tuple(placed[line].id for line in sensors.radar["line"])
    return LayDown(sensors, patrols, _available(sensors), terrain, names)


def _available(sensors: Sensors) -> Numbers:
    """Return the share of the time in which each sensor works: mean time between outages over that and their length."""
    every_s, lasts_s = sensors.radar["outage_every_s"], sensors.radar["outage_s"]
    return np.asarray(1.0 / (1.0 + lasts_s / every_s))  # 1 where it never fails


def _carriers(scenario: Scenario, patrols: Sequence[Patrol], near: Path | None) -> dict[str, Sequence[int]]:
    """Return the places of aircraft by patrol, and those of all fighters."""
    flown = {each.name: each.places for each in patrols}
    crewed = {each.id for each in scenario.patrols if _is_fighter(each, near)}
    fighters = [place for name, places in flown.items() if name in crewed for place in places]
    return {**{each.id: range(0) for each in scenario.patrols}, **flown, "fighters": fighters}


_NOBODY: Final = Ground(
    0.0, 0.0, 1.0, np.zeros((1, 1), np.uint8), np.zeros((1, 1, 1), np.float32), 0.0, np.zeros((1, 1), np.float32)
)
"""Where residents live matters to telephone calls only, which are left out."""


def _flying(scenario: Scenario, placed: Sequence[SensorModel], near: Path | None) -> list[str]:
    """Return the patrols that carry a sensor, in the scenario's order."""
    named = {each.carrier for each in placed}
    fighters = any(each.carriers for each in placed)
    return [each.id for each in scenario.patrols if each.id in named or (fighters and _is_fighter(each, near))]


def _is_fighter(patrol: PatrolModel, near: Path | None) -> bool:
    """Whether a patrol is of those that `carriers: fighters` means, as `setting.prepare` has it."""
    return patrol.part == "fighter" and patrol.reach_km is None and load_platform(patrol.platform, near).crewed


def _patrols(scenario: Scenario, placed: Sequence[SensorModel], frame: Frame, near: Path | None) -> list[Patrol]:
    out: list[Patrol] = []
    first, flying = 0, _flying(scenario, placed, near)
    for each in (each for each in scenario.patrols if each.id in flying):
        x_m, y_m = frame.to_local(*each.orbit.at)
        radius_m = 0.0 if each.reach_km else each.orbit.radius_km * KM_M  # a unit on the ground stands
        speed_m_s = load_platform(each.platform, near).cruise_m_s.value
        share = [min(hour / scenario.duration_h, 1.0) for hour in (each.from_h, each.until_h)]
        places = range(first, first + each.number)
        out.append(Patrol(each.id, places, x_m, y_m, each.height_m, radius_m, speed_m_s, share[0], share[1]))
        first += each.number
    return out
