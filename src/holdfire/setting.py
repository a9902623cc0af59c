"""From a scenario to arrays: all that the nights of a study have in common."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from holdfire.binding.layout import Binding, binding
from holdfire.catalogue import SELF_DEFENCE, ids, load_platform, load_ruleset, load_sensor, load_weapon
from holdfire.geo.airports import airport, airports
from holdfire.geo.allies import ALLIES as ALLIES
from holdfire.geo.frame import Frame
from holdfire.geo.geotiff import read_geotiff
from holdfire.geo.grid import Grid
from holdfire.geo.ground import Ground, ground, window
from holdfire.geo.sea import water
from holdfire.geo.terrain import Terrain, coarse_terrain
from holdfire.identify.prepare import StateOnMap, view_for
from holdfire.messages.aircraft import Part
from holdfire.messages.chance import chances
from holdfire.messages.vocabulary import STATES
from holdfire.respond.closing import lookout_of
from holdfire.respond.prepare import Airframe, Own, Sections, prepare_response
from holdfire.respond.warners import warners_for
from holdfire.scenario.sky import looked_up
from holdfire.scenario.terrain import coarse_model
from holdfire.sense.eyes import EYES, eyes_for
from holdfire.sense.field_prepare import with_fields
from holdfire.sense.imager import with_imagers
from holdfire.sense.interference_prepare import with_interference
from holdfire.sense.light import in_a_word, lux
from holdfire.sense.mask import screened
from holdfire.sense.prepare import as_tracked, coverage, prepare_sensors
from holdfire.sense.seas import SEA, with_sea
from holdfire.sense.terrain_entry import COARSE
from holdfire.sense.turbines import TURBINES, farm_records
from holdfire.track.tuning import tuning_record
from holdfire.units import HOUR_S, KM_M
from holdfire.world.prepare import prepare_world

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from holdfire.identify.view import View
    from holdfire.logic.ruleset import RuleSet
    from holdfire.messages.layout import Records
    from holdfire.respond.lookout import Lookout
    from holdfire.respond.means import Means
    from holdfire.scenario.schema import Scenario
    from holdfire.sense.layout import Eyes, Sensors
    from holdfire.world.layout import WorldPlan
    from holdfire.world.lights_schema import LightModel
    from holdfire.world.platform import Platform

BEYOND_M: Final = 250_000.0
"""Flights that cross the area begin and end at airports within so much of its edge (assumed)."""


_FIRST: Final = (
    "a330-mrtt", "airliner", "airliner-heavy", "an-196", "eurofighter", "f-16c", "f-35a", "g550-caew", "geran-2",
    "gerbera", "glider", "light-aircraft", "medical-helicopter", "mig-31", "mq-9", "orlan-10", "small-drone",
    "smuggling-balloon", "songbirds", "w-3", "waterfowl", "weather-balloon",
)  # fmt: skip
"""Platforms that shipped first keep their places in records, so that no night changes as the shelf grows."""


class Setting(NamedTuple):
    """What no night changes, for the kernels."""

    half_width_m: float
    half_height_m: float
    sensors: Sensors
    stated: Records  # SENSOR_AS_TRACKED
    tuning: Records  # (1,) TUNING
    identification: View
    ground: Ground
    means: Means
    eyes: Eyes
    binding: Binding


class Rules(NamedTuple):
    """The rule sets that the options bring."""

    options: tuple[dict[str, RuleSet], ...]
    """For each, the set of each state."""
    chain: RuleSet | None
    defence: RuleSet


@dataclass(frozen=True, slots=True)
class Scene:
    """A scenario, as options that differ in nothing but rules share it.

    `platforms` are in the order in which records name them; `hosts` and `crews` are the states in the order in
    which they are counted.
    """

    setting: Setting
    plan: WorldPlan
    ticks: int
    platforms: tuple[Platform, ...]
    hosts: tuple[str, ...]
    crews: tuple[str, ...]
    own: Own
    rules: Rules
    frame: Frame
    start: datetime
    lights: tuple[LightModel, ...]
    light_chances: Records  # CHANCE, one for each light
    light_seen_by: tuple[int, ...]  # the place of each light's sensor
    lookout: Lookout  # with nothing noted


def prepare(scenario: Scenario, rules: Sequence[Mapping[str, str]], near: Path | None, dt_s: float) -> Scene:
    """Return the scene of a checked scenario.

    Parameters
    ----------
    scenario
        As one of the options has it; they differ in `rules` only.
    rules
        For each option the rule set of each state, by id or path.
    near
        The folder from which paths are taken.
    dt_s
        A tick.
    """
    scenario = looked_up(scenario, near)
    frame = Frame(scenario.area.centre_lat_deg, scenario.area.centre_lon_deg)
    half_m = scenario.area.half_width_km * KM_M, scenario.area.half_height_km * KM_M
    platforms = {name: load_platform(name, near) for name in _platforms(scenario)}
    own = _own(scenario, platforms, frame, near)
    duration_s = scenario.duration_h * HOUR_S
    fields = [each for each in airports(window(frame, Grid.over(*half_m, 2000.0), BEYOND_M)) if each.iata]
    plan = prepare_world(
        scenario.area, scenario.intruders, scenario.background, platforms, frame, fields, duration_s,
        (own.aircraft, own.waypoints), scenario.wind,
    )  # fmt: skip
    library = {name: load_sensor(name, near) for name in {EYES, *(each.model for each in scenario.sensors)}}
    sensors = prepare_sensors(
        scenario.sensors, library, frame, {**own.places, "fighters": _fighters(own)}, int(plan.sizes[0]),
        half_m=half_m, dt_s=dt_s,
    )  # fmt: skip
    sensors = disturbed(sensors, scenario, frame)
    half_way = scenario.start + timedelta(hours=scenario.duration_h / 2)
    light_lx = lux(scenario.night, half_way, frame.lat_deg, frame.lon_deg)
    sensors = with_imagers(sensors, scenario.sensors, library, scenario.night, light_lx)
    sensors = screened(sensors, terrain_of(scenario, frame, half_m, near), half_m)
    hosts = tuple(state.id for state in scenario.states if state.guards)
    crews = tuple(state.id for state in scenario.states)
    alerts = {state.id: state.alert for state in scenario.states}
    on_map = [StateOnMap(code, code in hosts, code in ALLIES, alerts.get(code, "peace")) for code in _codes(hosts)]
    read = _rules(scenario, rules, near)
    below = ground(frame, *half_m, [*(each.code for each in on_map), "none"], hosts)
    by_word = in_a_word(scenario.night, light_lx)
    sensors = with_fields(sensors, scenario.sensors, library, frame, by_word, scenario.start, below)
    sensors = with_interference(sensors, scenario.interference, frame, half_m)
    setting = Setting(
        half_m[0], half_m[1], sensors, as_tracked(sensors), tuning_record(),
        view_for(scenario.sites, scenario.priors, frame, on_map, coverage(sensors), below),
        below,
        own.means, eyes_for(scenario.night, library, dt_s, light_lx),
        binding(read.options, hosts, crews, read.chain, read.defence),
    )  # fmt: skip
    of_groups, of_lights, seen_by = _apart(scenario, sensors)
    return Scene(
        setting, plan._replace(chances=of_groups), ceil(duration_s / dt_s), tuple(platforms.values()),
        hosts, crews, own, read, frame, scenario.start,
        tuple(scenario.lights), of_lights, seen_by,
        _lookout(scenario, frame, duration_s),
    )  # fmt: skip


def _apart(scenario: Scenario, sensors: Sensors) -> tuple[Records, Records, tuple[int, ...]]:
    """Return in which nights each group and each light is there, and the place of each light's sensor."""
    apart = chances(scenario.chances(), scenario.accompanying())
    groups = apart.size - len(scenario.lights)
    lines = {scenario.sensors[line].id: place for place, line in enumerate(sensors.radar["line"])}
    return apart[:groups], apart[groups:], tuple(lines[each.seen_by] for each in scenario.lights)


def _lookout(scenario: Scenario, frame: Frame, duration_s: float) -> Lookout:
    """Return what is watched for the airports that may close, each where its site is."""
    sites = {site.id: frame.to_local(site.lat_deg, site.lon_deg) for site in scenario.sites}
    airports = scenario.closing.airports if scenario.closing else []
    return lookout_of(scenario.closing, [sites[each.id] for each in airports], duration_s)


def _fighters(own: Own) -> list[int]:
    """Return the places of our fighters: aircraft with a crew aboard, and no unit on the ground."""
    aloft = (own.aircraft["crewed"] == 1) & (own.means.units["tied_m"] == 0.0)
    return [int(place) for place in np.flatnonzero((own.aircraft["part"] == Part.FIGHTER) & aloft)]


def disturbed(sensors: Sensors, scenario: Scenario, frame: Frame) -> Sensors:
    """Return sensors with what disturbs them: wind farms, and the sea where it is rough."""
    if scenario.wind_farms:
        farms, turbines = farm_records(scenario.wind_farms, load_sensor(TURBINES).stated, frame)
        sensors = sensors._replace(farms=farms, turbines=turbines)
    if scenario.sea is not None:
        half_m = scenario.area.half_width_km * KM_M, scenario.area.half_height_km * KM_M
        sensors = with_sea(sensors, load_sensor(SEA).stated, water(frame, *half_m), scenario.sea.state)
    return sensors


def terrain_of(scenario: Scenario, frame: Frame, half_m: tuple[float, float], near: Path | None) -> Terrain | None:
    """Return the terrain that a scenario names; nothing where the Earth is taken as smooth."""
    if isinstance(scenario.terrain, str):
        return coarse_terrain(frame, half_m, coarse_model()) if scenario.terrain == COARSE else None
    return read_geotiff((near or Path()) / scenario.terrain.file, frame, half_m, coarse_model())


def _codes(hosts: Sequence[str]) -> list[str]:
    """Return every state but nobody's, those guarded first and in their order, as the depths count them."""
    return [*hosts, *(code for code in STATES if code not in hosts and code != "none")]


def _platforms(scenario: Scenario) -> list[str]:
    """Return the platforms that may fly, by id: what ships, and what the scenario brings along."""
    named = [each.platform for each in scenario.intruders] + [each.platform for each in scenario.patrols]
    named += [entry.platform for base in scenario.bases for entry in base.aircraft]
    found = {*ids("platforms"), *named}
    return [*(name for name in _FIRST if name in found), *sorted(found.difference(_FIRST))]


def _own(scenario: Scenario, platforms: Mapping[str, Platform], frame: Frame, near: Path | None) -> Own:
    airframes = {
        name: Airframe(
            place, each.speed_min_m_s.value, each.cruise_m_s.value, each.speed_max_m_s.value,
            each.endurance_h.value * HOUR_S, each.people,
        )
        for place, (name, each) in enumerate(platforms.items())
    }  # fmt: skip
    half_m = scenario.area.half_width_km * KM_M, scenario.area.half_height_km * KM_M
    sections = Sections(
        scenario.states, scenario.chain, scenario.bases, scenario.patrols, scenario.conduct,
        warners_for(scenario.warnings, frame, half_m),
    )  # fmt: skip

    def place_of(icao: str) -> tuple[float, float, float]:
        found = airport(icao)
        return found.lat_deg, found.lon_deg, found.elevation_m

    weapons = [load_weapon(name, near) for name in ids("weapons") if name != "gun"]
    return prepare_response(sections, airframes, [*weapons, load_weapon("gun")], frame.to_local, place_of)


def _rules(scenario: Scenario, rules: Sequence[Mapping[str, str]], near: Path | None) -> Rules:
    """Read each set once, so that those who share one are seen to."""
    loaded = {name: load_ruleset(name, near) for name in sorted({name for option in rules for name in option.values()})}
    chain = load_ruleset(scenario.chain.ruleset, near) if scenario.chain.ruleset else None
    options = tuple({state: loaded[name] for state, name in option.items()} for option in rules)
    return Rules(options, chain, load_ruleset(SELF_DEFENCE))
