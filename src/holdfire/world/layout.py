"""What is prepared once for all replications of a night, as records for the kernels that draw it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from holdfire.messages.chance import CHANCE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from holdfire.messages.layout import Records

_PAIR: Final = (np.float64, (2,))  # low, high; a number is drawn between them

GROUP: Final = np.dtype(
    [
        ("count_low", np.int64),
        ("count_high", np.int64),
        ("leg", np.int64),  # its first POINT_OF_ROUTE
        ("leg_end", np.int64),
        ("from_x_m", np.float64),
        ("from_y_m", np.float64),
        ("to_x_m", np.float64),
        ("to_y_m", np.float64),
        ("height_m", *_PAIR),
        ("speed_m_s", *_PAIR),
        ("appears_s", *_PAIR),
        ("endurance_s", *_PAIR),
        ("payload_share", *_PAIR),
        ("failures_per_s", *_PAIR),
        ("drifts", np.int64),  # 1: the wind says where it goes, and height_m where it floats
    ],
    align=True,
)
"""A line of the scenario: aircraft of one type that set out for one end."""

POINT_OF_ROUTE: Final = np.dtype([("x_m", np.float64), ("y_m", np.float64), ("spread_m", np.float64)], align=True)

SOURCE: Final = np.dtype(
    [
        ("path", np.int64),  # its first PATH
        ("path_end", np.int64),
        ("bends", np.int64),  # turning points under way
        ("levels", np.int64),  # 1: cruises on flight levels
        ("fitted", np.int64),  # 1: has transponder and radio, which can fail; 0: may have been built without
        ("bend", np.float64),  # standard deviation of its way aside, share of the path's length
        ("gradient", np.float64),  # of climb and descent
        ("at_once", *_PAIR),
        ("silent_share", *_PAIR),
        ("no_radio_share", *_PAIR),
        ("plan_share", *_PAIR),
        ("unmatched_share", *_PAIR),  # of its plans, those flown far off
        ("speed_m_s", *_PAIR),
        ("height_m", *_PAIR),
        ("slowest_m_s", np.float64),
        ("stay_s", np.float64),  # mean time over the area
        ("reach_s", np.float64),  # longest time over the area
    ],
    align=True,
)
"""A kind of civil traffic."""

PATH: Final = np.dtype(
    [
        ("x_m", np.float64),  # where it begins, which may be outside the area
        ("y_m", np.float64),
        ("east", np.float64),  # its direction, length 1
        ("north", np.float64),
        ("length_m", np.float64),
        ("enter_m", np.float64),  # from its beginning to where it is first over the area
        ("exit_m", np.float64),
    ],
    align=True,
)
"""A straight way from one place to another, and the part of it that lies over the area."""


LAYER: Final = np.dtype([("h_m", np.float64), ("from_deg", *_PAIR), ("m_s", *_PAIR)], align=True)
"""The wind at a height."""


class WorldPlan(NamedTuple):
    """All that replications of a night have in common. Nobody writes into it."""

    duration_s: float
    sizes: NDArray[np.int64]  # room for (aircraft, waypoints, plans, points of plans)
    platforms: Records
    own_aircraft: Records
    own_waypoints: Records
    patterns: Records  # AIRCRAFT: what all of a group, and then of a source, have in common; entity is ordinal 0's
    groups: Records
    route: Records
    sources: Records
    paths: Records
    wind: Records = np.zeros(0, LAYER)
    chances: Records = np.zeros(0, CHANCE)  # one for each group where some fly in a share of nights, else none
