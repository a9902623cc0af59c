"""From a scenario's sections to the means of a night, and to the own aircraft that stand first in the truth."""

from __future__ import annotations

from math import cos, inf, nan, pi, sin
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from holdfire.errors import ContentError, Finding
from holdfire.findings import not_allowed
from holdfire.messages.aircraft import AIRCRAFT, WAYPOINT, Arrival, Part, Status, Transponder
from holdfire.messages.contact import CONTACT, SIGHTING
from holdfire.messages.layout import N_ACTIONS
from holdfire.messages.response import EVENT, REQUEST, RESPONDER, WARNED, Duty, Response
from holdfire.messages.vocabulary import STATES
from holdfire.respond.means import UNIT, Means, Warners
from holdfire.respond.tables import asked_table, conduct_table, weapon_table
from holdfire.respond.warners import NOBODY_CALLS
from holdfire.seed import Kind, entity
from holdfire.units import HOUR_S, KM_M, MINUTE_S

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from holdfire.errors import Location
    from holdfire.messages.layout import Records
    from holdfire.respond.conduct_schema import ConductModel
    from holdfire.respond.schema import AlertModel, BaseOfAircraft, ChainModel, PatrolModel, StateModel
    from holdfire.respond.weapons import WeaponModel

PARTS = {
    "fighter": Part.FIGHTER, "early-warning": Part.EARLY_WARNING, "tanker": Part.TANKER,
    "surveillance": Part.SURVEILLANCE,
}  # fmt: skip
FIRST_PATROL_LINE = 2048
"""Lines of names below it are bases, from it on patrols."""
MOST_SLOTS = 256
"""Aircraft of one entry of a base, in its names."""

MILITARY_CODES, MILITARY_ADDRESSES = 0o4000, 0x3F8000
"""First of the squawks and addresses of own aircraft: made up, apart from those of civil flights (assumed)."""

WAITING_M = 6000.0
"""Height at which one from alert waits for a task (assumed)."""


class Sections(NamedTuple):
    """The scenario's sections that the response owns."""

    states: Sequence[StateModel]
    chain: ChainModel
    bases: Sequence[BaseOfAircraft]
    patrols: Sequence[PatrolModel]
    conduct: ConductModel
    warners: Warners = NOBODY_CALLS


class Airframe(NamedTuple):
    """What the response needs of a platform: its place among the `PLATFORM` records and some of its numbers."""

    place: int
    slowest_m_s: float
    cruise_m_s: float
    fastest_m_s: float
    endurance_s: float
    people: int


class Own(NamedTuple):
    """The response as prepared once for all replications."""

    means: Means
    aircraft: Records
    """AIRCRAFT: the first places of the truth, in the order of `means.units`."""
    waypoints: Records
    """WAYPOINT: two for each, to be the first of the world's, since aircraft name them by place."""
    places: dict[str, range]
    """The aircraft of each base and patrol, by its id, for sensors that they carry."""


class _Slot(NamedTuple):
    """One own aircraft before it is a record."""

    entry: AlertModel | PatrolModel
    line: int
    ordinal: int
    base: int
    patrol: int
    starts: bool


def prepare_response(
    sections: Sections,
    airframes: Mapping[str, Airframe],
    weapons: Sequence[WeaponModel],
    locate: Callable[[float, float], tuple[float, float]],
    airport: Callable[[str], tuple[float, float, float]],
) -> Own:
    """Return means, own aircraft and their waypoints.

    Parameters
    ----------
    sections
        The scenario's sections.
    airframes
        By the id of every platform that bases and patrols name.
    weapons
        Every class that may be named, and the gun; their order names random numbers, so sort them by id.
    locate
        Latitude and longitude (degrees) to x and y (m), as `geo.frame.Frame.to_local`.
    airport
        ICAO location indicator to latitude, longitude (degrees) and elevation (m).

    Raises
    ------
    ContentError
        A weapon that is not among them, at its place from the top of the scenario.
    """
    findings = list(_unknown_weapons(sections, [weapon.id for weapon in weapons]))
    if findings:
        raise ContentError(findings)
    homes = [_home(base, locate, airport) for base in sections.bases]
    slots = list(_slots(sections))
    units, aircraft = np.zeros(len(slots), UNIT), np.zeros(len(slots), AIRCRAFT)
    waypoints = np.zeros(2 * len(slots), WAYPOINT)
    crews = [state.id for state in sections.states]
    classes = [weapon.id for weapon in weapons]
    for place, slot in enumerate(slots):
        frame = airframes[slot.entry.platform]
        _fill_unit(units[place], slot, frame, homes[slot.base], locate)
        units[place]["crew"], units[place]["weapon"] = crews.index(slot.entry.crew), classes.index(slot.entry.weapon)
        _fill_aircraft(aircraft[place], units[place], slot, frame)
        _fill_waypoints(waypoints[2 * place : 2 * place + 2], units[place])
        aircraft[place]["leg"], aircraft[place]["leg_end"] = 2 * place, 2 * place + 1
    tables = weapon_table(weapons, sections.conduct), conduct_table(sections.conduct), asked_table(*sections[:2])
    return Own(Means(units, *tables, sections.warners), aircraft, waypoints, _places(sections, slots))


def response_for(means: Means, n_tracks: int, n_events: int = 20_000, n_aircraft: int = 0) -> Response:
    """Return the response at the start of a night, with room for so many tracks, events, and aircraft called about."""
    units = means.units
    responders = np.zeros(units.size, RESPONDER)
    responders["aircraft"] = np.arange(units.size)
    for name in ("crew", "base", "missiles", "guns"):
        responders[name] = units[name]
    responders["duty"] = np.where(units["starts"] == 1, Duty.SCRAMBLED, Duty.ALERT)
    responders["ready_s"] = np.where(units["starts"] == 1, units["from_s"], inf)
    responders["track"], responders["found"] = -1, -1
    responders["home_leg"] = 2 * np.arange(units.size)
    responders["fuel_s"] = units["endurance_s"]
    responders["looked_s"], responders["shot_s"] = -inf, -inf
    contacts = np.zeros(n_tracks, CONTACT)
    contacts["responder"], contacts["visual_class"], contacts["visual_load"] = -1, -1, -1
    contacts["complying"], contacts["attack"] = -1, -1
    contacts["done_s"] = np.full((n_tracks, N_ACTIONS), -inf)
    for name in ("hailed_s", "warned_s"):
        contacts[name] = inf
    for name in ("radio_s", "looked_s", "complying_s", "attack_s", "iff_s"):
        contacts[name] = -inf
    sightings = np.zeros(units.size, SIGHTING)
    sightings["responder"] = np.arange(units.size)
    sightings["aircraft"], sightings["track"], sightings["time_s"] = -1, -1, -inf
    requests, events = np.zeros(n_tracks + units.size, REQUEST), np.zeros(n_events, EVENT)
    n_warners = means.warners.records.size
    calls_s = np.full((n_warners, n_aircraft), nan)
    counts, warned = np.zeros(1, np.int64), np.zeros(n_warners, WARNED)
    return Response(responders, contacts, requests, sightings, events, counts, warned, calls_s)


def _unknown_weapons(sections: Sections, known: Sequence[str]) -> Iterator[Finding]:
    named: list[tuple[Location, str]] = [
        (("bases", line, "aircraft", index, "weapon"), entry.weapon)
        for line, base in enumerate(sections.bases)
        for index, entry in enumerate(base.aircraft)
    ]
    named += [(("patrols", line, "weapon"), patrol.weapon) for line, patrol in enumerate(sections.patrols)]
    for field in ("success_share", "stray_share"):
        named += [(("conduct", field, name), name) for name in getattr(sections.conduct, field)]
    for loc, name in named:
        if name not in known:
            yield Finding(loc, not_allowed("weapon", name, known))


def _home(
    base: BaseOfAircraft,
    locate: Callable[[float, float], tuple[float, float]],
    airport: Callable[[str], tuple[float, float, float]],
) -> tuple[float, float, float]:
    lat_deg, lon_deg, elevation_m = airport(base.airport)
    return *locate(lat_deg, lon_deg), elevation_m


def _slots(sections: Sections) -> Iterator[_Slot]:
    """Yield own aircraft, bases first, each named by where it stands in the scenario."""
    for line, base in enumerate(sections.bases):
        for index, entry in enumerate(base.aircraft):
            for slot in range(entry.number):
                yield _Slot(entry, line, index * MOST_SLOTS + slot, line, -1, starts=False)
    bases = [base.id for base in sections.bases]
    for line, patrol in enumerate(sections.patrols):
        for slot in range(patrol.number + patrol.relief):
            base_place = bases.index(patrol.base)
            yield _Slot(patrol, FIRST_PATROL_LINE + line, slot, base_place, line, starts=slot < patrol.number)


def _places(sections: Sections, slots: Sequence[_Slot]) -> dict[str, range]:
    """Return the run of places of each base's and patrol's aircraft."""
    out = {}
    for line, name in [
        *enumerate(base.id for base in sections.bases),
        *enumerate((patrol.id for patrol in sections.patrols), FIRST_PATROL_LINE),
    ]:
        mine = [place for place, slot in enumerate(slots) if slot.line == line]
        out[name] = range(mine[0], mine[-1] + 1) if mine else range(0)
    return out


def _fill_unit(
    unit: np.void,
    slot: _Slot,
    frame: Airframe,
    home: tuple[float, float, float],
    locate: Callable[[float, float], tuple[float, float]],
) -> None:
    entry = slot.entry
    unit["entity"] = entity(Kind.BASE, slot.line, slot.ordinal)
    unit["base"], unit["patrol"], unit["starts"] = slot.base, slot.patrol, slot.starts
    unit["missiles"], unit["guns"], unit["jams"] = entry.missiles, entry.gun_bursts, entry.jams
    unit["home_x_m"], unit["home_y_m"], unit["home_h_m"] = home
    waits_at = getattr(entry, "waits_at", None)
    unit["orbit_x_m"], unit["orbit_y_m"] = locate(*waits_at) if waits_at else home[:2]
    unit["orbit_h_m"] = WAITING_M
    unit["until_s"] = inf
    unit["readiness_s"] = entry.readiness_min.low * MINUTE_S, entry.readiness_min.high * MINUTE_S
    unit["endurance_s"], unit["slowest_m_s"] = frame.endurance_s, frame.slowest_m_s
    unit["cruise_m_s"], unit["fastest_m_s"] = frame.cruise_m_s, frame.fastest_m_s
    if slot.patrol >= 0:
        _fill_patrol(unit, slot, locate)


def _fill_patrol(unit: np.void, slot: _Slot, locate: Callable[[float, float], tuple[float, float]]) -> None:
    """Spread those that start together evenly over their circle."""
    patrol: PatrolModel = slot.entry  # type: ignore[assignment]  # its slot says that it is a patrol
    x_m, y_m = locate(patrol.orbit.at[0], patrol.orbit.at[1])
    unit["orbit_x_m"], unit["orbit_y_m"], unit["orbit_h_m"] = x_m, y_m, patrol.height_m
    unit["orbit_r_m"] = patrol.orbit.radius_km * KM_M
    unit["from_s"], unit["until_s"] = patrol.from_h * HOUR_S, patrol.until_h * HOUR_S
    unit["number"] = patrol.number
    unit["supports"], unit["tanks"] = patrol.part != "fighter", patrol.part == "tanker"
    if patrol.reach_km is not None:
        unit["home_x_m"], unit["home_y_m"], unit["tied_m"] = x_m, y_m, patrol.reach_km * KM_M


def _fill_aircraft(aircraft: np.void, unit: np.void, slot: _Slot, frame: Airframe) -> None:
    """Set who starts on station on the circle, flying along it, and everyone else on the ground at the base."""
    entry = slot.entry
    part = PARTS[entry.part] if slot.patrol >= 0 else Part.FIGHTER  # type: ignore[union-attr]
    around = 2 * pi * slot.ordinal / max(int(unit["number"]), 1)
    radius_m = entry.orbit.radius_km * KM_M if slot.starts else 0.0  # type: ignore[union-attr]
    where = "orbit" if slot.starts else "home"
    values = {
        "entity": unit["entity"], "part": part, "status": Status.WAITING, "arrival": Arrival.HOLD,
        "platform": frame.place, "state": STATES.index(entry.crew), "crewed": frame.people > 0,
        "people": frame.people, "transponder": Transponder.OFF if unit["tied_m"] else Transponder.MILITARY,
        "mode_a": MILITARY_CODES + slot.line % 8 * 64 + slot.ordinal % 64,
        "address": MILITARY_ADDRESSES + slot.line * MOST_SLOTS + slot.ordinal, "iff": 1, "radio": 1,
        "plan": -1, "line": slot.line, "ordinal": slot.ordinal, "spawn_s": unit["from_s"] if slot.starts else inf,
        "fails_s": inf, "transponder_fails_s": inf, "radio_fails_s": inf,
        "x_m": unit[f"{where}_x_m"] + radius_m * sin(around), "y_m": unit[f"{where}_y_m"] + radius_m * cos(around),
        "h_m": unit[f"{where}_h_m"], "heading_rad": (around + pi / 2) % (2 * pi),
        "speed_m_s": unit["cruise_m_s"] if slot.starts else 0.0,
    }  # fmt: skip
    for name, value in values.items():
        aircraft[name] = value


def _fill_waypoints(waypoints: Records, unit: np.void) -> None:
    """Write the waypoint to steer by, its orbit at first, and that of its base."""
    for waypoint, where in zip(waypoints, ("orbit", "home"), strict=True):
        for name in ("x_m", "y_m", "h_m"):
            waypoint[name] = unit[f"{where}_{name}"]
        waypoint["speed_m_s"] = unit["cruise_m_s"]
