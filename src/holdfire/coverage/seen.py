"""The chance that a scan gives a plot of an intruder at each cell of a border, outages and orbits allowed for.

A scan is one look of every sensor. Sensors fail by themselves, so that the expectation over outages is exact: each
gives a plot with its chance times its availability, and nobody sees where none does. Aircraft of one patrol are
together on their circle, anywhere on it, and on station for their share of the night.
"""

from __future__ import annotations

from math import pi
from typing import TYPE_CHECKING, Final

import numpy as np

from holdfire.coverage.look import looks
from holdfire.messages.aircraft import AIRCRAFT
from holdfire.seed import Key
from holdfire.sense.prepare import scanner_for

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from holdfire.coverage.border import Border
    from holdfire.coverage.intruder import Intruder
    from holdfire.coverage.laydown import LayDown, Patrol
    from holdfire.messages.layout import Records

    Numbers = NDArray[np.float64]

_ALONG: Final = np.array([-0.4, -0.2, 0.0, 0.2, 0.4])  # of a cell's length
_INTO_M: Final = np.array(
    [0.0, 1200.0, 2400.0]
)  # a minute's way of a slow drone; fringes of the ground's mirror even out
POINTS: Final = len(_ALONG) * len(_INTO_M)
_PHASES: Final = 12
_MOST_NODES: Final = 16
_CLEAR_M: Final = 0.5  # so that 300 m above the ground is not a rounding below it


def targets(lay: LayDown, border: Border, intruder: Intruder, height_m: float) -> Records:
    """Return the intruder at `POINTS` places of each cell, one cell behind the other, heading inward.

    Heights are above the ground, as far as terrain is known.
    """
    along = border.tangent[:, None, None] * (_ALONG[:, None] * border.along_m[:, None, None])[..., None]
    into = border.inward[:, None, None] * _INTO_M[None, None, :, None]
    at = (border.at_m[:, None, None] + along.reshape(len(border.at_m), len(_ALONG), 1, 2) + into).reshape(-1, 2)
    out = np.zeros(len(at), AIRCRAFT)
    out["x_m"], out["y_m"], out["speed_m_s"] = at[:, 0], at[:, 1], intruder.speed_m_s
    out["h_m"] = above_ground(lay, at, height_m)
    out["heading_rad"] = np.repeat(np.arctan2(border.inward[:, 0], border.inward[:, 1]), POINTS)
    return out


def above_ground(lay: LayDown, at_m: Numbers, height_m: float) -> Numbers:
    """Return heights above the sea at a height above the ground."""
    ground = lay.terrain.at(at_m[:, 0], at_m[:, 1]) if lay.terrain is not None else np.zeros(len(at_m))
    return np.asarray(ground + height_m + _CLEAR_M)


def scan_chance(lay: LayDown, border: Border, intruder: Intruder, height_m: float) -> Numbers:
    """Return [cell] the chance that one scan of all sensors gives a plot, the mean of places in the cell."""
    seen: Numbers = 1.0 - unseen_chance(lay, targets(lay, border, intruder, height_m), intruder)
    return np.asarray(seen.reshape(-1, POINTS).mean(axis=1))


def unseen_chance(lay: LayDown, at: Records, intruder: Intruder) -> Numbers:
    """Return [aircraft] the chance that no sensor gives a plot in one scan of all."""
    stands = scanner_for(lay.sensors, 0, Key(0, 0, 0)).stand
    unseen = _by_none(lay, (lay.sensors.radar["carrier"] < 0) & (lay.available > 0.0), stands, at, intruder)
    for patrol in lay.patrols:
        unseen *= _by_patrol(lay, patrol, at, intruder, stands)
    return unseen


def _by_none(lay: LayDown, mine: NDArray[np.bool_], stands: Records, at: Records, intruder: Intruder) -> Numbers:
    """Return the chance that none of some sensors gives a plot."""
    out = np.zeros((stands.size, at.size))
    looks(lay.sensors, stands, at, intruder.platforms, mine, np.zeros(_MOST_NODES), out)
    return np.asarray(np.prod(1.0 - lay.available[mine, None] * out[mine], axis=0))


def _by_patrol(lay: LayDown, patrol: Patrol, at: Records, intruder: Intruder, stands: Records) -> Numbers:
    """Return the chance that no aircraft of a patrol sees, over the phases of its circle and its time on station."""
    mine, total = np.isin(lay.sensors.radar["carrier"], patrol.places), np.zeros(at.size)
    for phase in np.arange(_PHASES) / _PHASES * 2 * pi / max(len(patrol.places), 1):
        set_on_circle(lay, patrol, phase, stands)
        total += _by_none(lay, mine, stands, at, intruder)
    there = patrol.until_share - patrol.from_share
    return np.asarray(1.0 - there + there * total / _PHASES)


def set_on_circle(lay: LayDown, patrol: Patrol, phase: float, stands: Records) -> None:
    """Write where the sensors of a patrol are at a phase of its circle."""
    for place, (x_m, y_m, heading) in zip(patrol.places, patrol.stands(phase), strict=True):
        for s in np.flatnonzero(lay.sensors.radar["carrier"] == place):
            stands[s]["x_m"], stands[s]["y_m"], stands[s]["h_m"] = x_m, y_m, patrol.h_m
            stands[s]["ahead_x"], stands[s]["ahead_y"] = np.sin(heading), np.cos(heading)
