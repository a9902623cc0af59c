"""Straight entries across a border, and how long each goes without a confirmed track: by the night's own kernels.

At every cell an intruder appears on the border, anywhere along the cell, and flies in within `SLANT` of square to it.
`sense.scan` looks at it and `track` makes what it can of the plots, false ones among them, as in a night. What it lacks
of a night are other aircraft. Sensors fail as they do in a night, of which the passages see a moment long after its
begin, so that as many are out as ever; patrols are on station for their share of it, and anywhere on their circles.

Random numbers are named by cell and replication, so that options share them.
"""

from __future__ import annotations

from math import inf, pi, radians
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from holdfire.coverage.seen import above_ground
from holdfire.errors import CapacityError
from holdfire.messages.aircraft import AIRCRAFT, WAYPOINT, Status, Transponder, World
from holdfire.messages.plot import plots_for
from holdfire.messages.track import Stand
from holdfire.seed import Key, Kind, Stage, entity, stream, uniform
from holdfire.sense.prepare import as_tracked, scanner_for
from holdfire.sense.scan import scan
from holdfire.track.room import tracks_for
from holdfire.track.tracker import track
from holdfire.track.tuning import tuning_record

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from holdfire.coverage.border import Border
    from holdfire.coverage.intruder import Intruder
    from holdfire.coverage.laydown import LayDown
    from holdfire.messages.layout import Records
    from holdfire.messages.plot import Plots
    from holdfire.messages.track import Tracks
    from holdfire.sense.layout import Scanner

    Numbers = NDArray[np.float64]

SLANT: Final = radians(30.0)
"""How far a course may be off the normal to the border, either way (assumed)."""
BEGIN_S: Final = 21_600
"""When a passage begins, s into a night: many times any outage, so that as many sensors are out as ever.

A night has at most 16 outages of a sensor, so one that fails more often than every half hour would be out too seldom.
"""
_MOST_TRACKS, _MOST_PLOTS, _OWN = 2048, 4096, stream(Stage.STUDY)
_ALONG, _COURSE, _HOUR, _PHASE = range(4)  # draws


class Flight(NamedTuple):
    """Where the passages of one replication are."""

    world: World
    scanner: Scanner
    tracks: Tracks
    plots: Plots
    stated: Records
    tuning: Records
    moves: Numbers  # (cells, 2): m/s


def times_to_track(
    lay: LayDown, border: Border, intruder: Intruder, height_m: float, key: Key, until_s: int
) -> Numbers:
    """Return [cell] the time until a confirmed track took a plot of the intruder, s; inf: none did until then."""
    flight = _begun(lay, border, intruder, height_m, key)
    carriers, intruders = lay.carriers, flight.world.aircraft[lay.carriers :]
    found = np.full(len(border.at_m), inf)
    phases = [_drawn(key, Kind.BASE, line, _PHASE) * 2 * pi for line in range(len(lay.patrols))]
    for second in range(until_s + 1):
        tick = BEGIN_S + second
        _circle(lay, flight.world.aircraft, phases, second)
        scan(lay.sensors, flight.scanner, flight.world, tick, key, flight.plots)
        track(flight.tracks, flight.plots, flight.stated, flight.tuning, float(tick))
        _note(flight, carriers, found, float(second))
        if np.isfinite(found).all():
            break
        intruders["x_m"] += flight.moves[:, 0]
        intruders["y_m"] += flight.moves[:, 1]
        if lay.terrain is not None:
            at = np.stack([intruders["x_m"], intruders["y_m"]], axis=1)
            intruders["h_m"] = above_ground(lay, at, height_m)
    return found


def _begun(lay: LayDown, border: Border, intruder: Intruder, height_m: float, key: Key) -> Flight:
    count, first = len(border.at_m), lay.carriers
    aircraft = np.zeros(first + count, AIRCRAFT)
    draws = np.array([[_drawn(key, Kind.SCENARIO, each, draw) for draw in (_ALONG, _COURSE)] for each in range(count)])
    aircraft["entity"][:first] = [
        entity(Kind.BASE, line, each) for line, patrol in enumerate(lay.patrols) for each in range(len(patrol.places))
    ]
    ours = aircraft[first:]
    at = border.at_m + border.tangent * ((draws[:, 0] - 0.5) * border.along_m)[:, None]
    heading = np.arctan2(border.inward[:, 0], border.inward[:, 1]) + SLANT * (2.0 * draws[:, 1] - 1.0)
    ours["entity"] = [entity(Kind.SCENARIO, 0, each) for each in range(count)]
    ours["status"], ours["transponder"] = Status.FLYING, Transponder.OFF
    ours["x_m"], ours["y_m"], ours["h_m"] = at[:, 0], at[:, 1], above_ground(lay, at, height_m)
    ours["heading_rad"], ours["speed_m_s"] = heading, intruder.speed_m_s
    for name in ("fails_s", "transponder_fails_s", "radio_fails_s"):
        aircraft[name] = inf
    for line, patrol in enumerate(lay.patrols):
        there = patrol.from_share <= _drawn(key, Kind.BASE, line, _HOUR) < patrol.until_share
        aircraft["status"][list(patrol.places)] = Status.FLYING if there else Status.LANDED
    active = np.concatenate([np.arange(first, first + count), np.zeros(first, np.int64)])
    world = World(aircraft, np.zeros(1, WAYPOINT), intruder.platforms, active, active.copy(), np.array([count, 0]))
    sensors = lay.sensors.radar.size
    moves = intruder.speed_m_s * np.stack([np.sin(heading), np.cos(heading)], axis=1)
    return Flight(
        world, scanner_for(lay.sensors, aircraft.size, key), tracks_for(_MOST_TRACKS, sensors, _MOST_PLOTS),
        plots_for(_MOST_PLOTS), as_tracked(lay.sensors), tuning_record(), moves,
    )  # fmt: skip


def _drawn(key: Key, kind: Kind, each: int, draw: int) -> float:
    """Draw a number of one patrol or cell."""
    name = entity(kind, each, 0) if kind == Kind.BASE else entity(kind, 0, each)
    return uniform(key.seed, 0, 0, name, _OWN, draw, key.replication)


def _circle(lay: LayDown, aircraft: Records, phases: list[float], second: int) -> None:
    """Write where the patrols are on their circles."""
    for patrol, phase in zip(lay.patrols, phases, strict=True):
        places = list(patrol.places)
        x_m, y_m, heading = patrol.stands(phase + patrol.speed_m_s / max(patrol.radius_m, 1e3) * second).T
        aircraft["x_m"][places], aircraft["y_m"][places], aircraft["h_m"][places] = x_m, y_m, patrol.h_m
        aircraft["heading_rad"][places], aircraft["speed_m_s"][places] = heading, patrol.speed_m_s


def _note(flight: Flight, first: int, found: Numbers, second: float) -> None:
    """Note the intruders of which a confirmed track took a plot in this tick."""
    count = flight.plots.counts[0]
    if count < 0 or flight.tracks.counts[0] < 0:
        message = f"there is no room for the plots or tracks of {found.size} intruders: narrow the area"
        raise CapacityError(message)
    origin, fed = flight.plots.origin[:count], flight.plots.fed[:count]
    of = (origin >= first) & (fed >= 0)
    confirmed = flight.tracks.track["stand"][fed[of]] >= Stand.CONFIRMED
    cells = origin[of][confirmed] - first
    found[cells] = np.minimum(found[cells], second)
