"""The truth: where every aircraft really is, and what it is. Whoever decides cannot import this.

An aircraft keeps its place in the array for the whole run, whether it has taken off yet or not, so that the
place is the same under every option. Positions are metres east and north in the flat frame of the area, height
above mean sea level; headings are clockwise from north.
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from holdfire.messages.layout import Records


class Part(IntEnum):
    """What an aircraft is there for."""

    INTRUDER = 0
    AIRLINER = 1
    CARGO = 2
    GENERAL_AVIATION = 3
    GLIDER = 4
    MEDICAL = 5
    FRIENDLY_DRONE = 6
    """A stray of a friendly neighbour."""
    FIGHTER = 7
    EARLY_WARNING = 8
    TANKER = 9
    BIRD = 10
    """A flock of birds."""
    BALLOON = 11
    """One that nobody steers and that means nothing: a weather service's, a child's."""
    SURVEILLANCE = 12
    """Flies its orbit with a camera, crewed or not."""


class Status(IntEnum):
    """Where an aircraft stands in its own story."""

    WAITING = 0
    FLYING = 1
    LANDED = 2
    LEFT = 3
    """Flew out of the area."""
    FELL = 4
    """Ran out of fuel or failed by itself."""
    ARRIVED = 5
    """Reached what it was aimed at."""
    SHOT_DOWN = 6
    DISRUPTED = 7
    """Brought down without a weapon."""


class Arrival(IntEnum):
    """What an aircraft does behind its last waypoint."""

    LAND = 0
    LEAVE = 1
    FALL = 2
    STRIKE = 3
    HOLD = 4
    """Circle about it."""


class Intent(IntEnum):
    """What it really means to do."""

    NONE = 0
    TRANSIT = 1
    PROBE = 2
    ATTACK = 3


class Transponder(IntEnum):
    """What its transponder really does."""

    OFF = 0
    CIVIL = 1
    MILITARY = 2


AIRCRAFT: Final = np.dtype(
    [
        ("entity", np.int64),  # its name for random numbers
        ("part", np.int64),  # a Part
        ("status", np.int64),  # a Status
        ("arrival", np.int64),  # an Arrival
        ("platform", np.int64),  # its place among the PLATFORM records
        ("state", np.int64),  # its state's place in vocabulary.STATES
        ("crewed", np.int64),  # 1: people are aboard
        ("people", np.int64),  # how many
        ("payload", np.int64),  # 1: it carries a warhead
        ("intent", np.int64),  # an Intent
        ("transponder", np.int64),  # a Transponder
        ("mode_a", np.int64),  # its squawk, octal digits as a number in base 8
        ("address", np.int64),  # its 24-bit address, 0: none
        ("iff", np.int64),  # 1: answers interrogations as a friend
        ("radio", np.int64),  # 1: hears and answers calls
        ("plan", np.int64),  # its place among the filed plans, -1: none
        ("line", np.int64),  # the intruder group, base or background source it came from
        ("ordinal", np.int64),  # its place in that line
        ("spawn_s", np.float64),  # when it takes off or enters the area
        ("fails_s", np.float64),  # when it falls by itself; inf: never
        ("transponder_fails_s", np.float64),  # when its transponder falls silent; inf: never
        ("radio_fails_s", np.float64),
        ("altimetry", np.float64),  # what its altimeter is off by, as a share of the most, -1 to 1; 0: not drawn yet
        ("x_m", np.float64),
        ("y_m", np.float64),
        ("h_m", np.float64),
        ("heading_rad", np.float64),
        ("faced_rad", np.float64),  # the heading that the next two are of
        ("faced_east", np.float64),  # its sine; both are 0 before they are found
        ("faced_north", np.float64),
        ("speed_m_s", np.float64),
        ("climb_m_s", np.float64),
        ("steady", np.int64),  # for how many more ticks it flies straight on at one speed, by this step:
        ("step_x_m", np.float64),
        ("step_y_m", np.float64),
        ("leg", np.int64),  # the waypoint it flies to
        ("leg_end", np.int64),  # one behind its last waypoint
    ],
    align=True,
)

SCRATCH: Final = ("altimetry", "steady", "step_x_m", "step_y_m")
"""What is only kept so that it need not be found again: it says nothing of what happened."""

WAYPOINT: Final = np.dtype(
    [("x_m", np.float64), ("y_m", np.float64), ("h_m", np.float64), ("speed_m_s", np.float64)], align=True
)

PLATFORM: Final = np.dtype(
    [
        ("speed_min_m_s", np.float64),
        ("speed_max_m_s", np.float64),
        ("accel_m_s2", np.float64),  # along its path, either way
        ("turn_g", np.float64),  # most load factor in a turn, g (1: cannot turn)
        ("climb_max_m_s", np.float64),
        ("descent_max_m_s", np.float64),
        ("height_max_m", np.float64),
        ("rcs_m2", np.float64),  # mean, S-band
        ("rcs_l_m2", np.float64),  # mean, L-band
        ("rcs_x_m2", np.float64),  # mean, X-band
        ("size_m", np.float64),  # largest dimension, for eyes
        ("mass_kg", np.float64),
        ("look", np.int64),  # what a right look takes it for: its place in vocabulary.CLASSES
        ("load", np.int64),  # what a right look sees it carry: its place in the item's values
        ("noise_db", np.float64),  # level at 1 m, -inf: silent
        ("emits_mw", np.float64),  # 0: sends nothing that is searched for
        ("emits_ghz", np.float64),
    ],
    align=True,
)


class World(NamedTuple):
    """All aircraft of one night."""

    aircraft: Records
    waypoints: Records
    platforms: Records
    active: NDArray[np.int64]  # places of those flying, in rising order, the first counts[0] of them
    order: NDArray[np.int64]  # places by time of spawning
    counts: NDArray[np.int64]  # (flying, next in order)


Truths = np.ndarray[Any, np.dtype[np.void]]
