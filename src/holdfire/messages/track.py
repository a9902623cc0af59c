"""Tracks: what is believed to be one aircraft, and where it is thought to be and go."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from holdfire.messages.vocabulary import KINDS_OF_SENSOR

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from holdfire.messages.layout import Records


MODES: Final = 4
"""Models of motion in the plane: steady flight, a turn to the left, a turn to the right, hovering.

In height there are two more, apart from these: the rate of climb is kept, level or not, or it changes (`climbs`).
"""


class Stand(IntEnum):
    """Where a track stands; a coasted one is confirmed and has had no plot lately."""

    FREE = 0
    TENTATIVE = 1
    CONFIRMED = 2
    COASTED = 3


TRACK: Final = np.dtype(
    [
        ("number", np.int64),  # never given twice in a run; 0: none
        ("stand", np.int64),  # a Stand
        ("hits", np.int64),  # plots taken
        ("history", np.int64),  # one bit a look, the latest lowest: 1 where it gave a plot
        ("sensors", np.int64),  # bit s: sensor s ever fed it
        ("last_sensor", np.int64),
        ("mode_a", np.int64),  # last squawk heard, plot.NO_CODE: none
        ("address", np.int64),  # last address heard, 0: none
        ("iff", np.int64),  # as in a plot, the last answer
        ("unanswered", np.int64),  # looks in a row whose interrogation was not answered
        ("time_s", np.float64),  # of the state below
        ("born_s", np.float64),
        ("fed_s", np.float64),  # when it last took a plot
        ("confirmed_s", np.float64),
        ("mode_a_s", np.float64),  # when a squawk was last heard; -inf: never
        ("squawk_since_s", np.float64),  # when it began to squawk what it does
        ("iff_s", np.float64),
        ("height_s", np.float64),  # when a height was last measured; -inf: never
        ("kind_s", np.float64, (len(KINDS_OF_SENSOR),)),  # when each kind of sensor last fed it; -inf: never
        ("two_sensors_s", np.float64),  # when two sensors last agreed on it within 30 s; -inf: never
        ("score", np.float64),  # log of the odds that there is such an aircraft
        ("best_score", np.float64),
        ("x_m", np.float64),
        ("y_m", np.float64),
        ("vx_m_s", np.float64),
        ("vy_m_s", np.float64),
        ("p", np.float64, (10,)),  # covariance, upper triangle by rows, in the order x y vx vy
        ("modes", np.float64, (MODES,)),  # how likely each model of motion is; they sum to 1
        (
            "mode_like",
            np.float64,
            (2, MODES),
        ),  # scratch: how likely each made the last plot, and before that what of it is its own
        ("mode_state", np.float64, (14, MODES)),  # of each a column: x y vx vy and its covariance, as `p`
        ("spare", np.float64, (14, 1)),  # four zeros, and what of steady flight's covariance is there for turns alone
        ("h_m", np.float64),  # NaN: unknown
        ("vh_m_s", np.float64),
        ("climbs", np.float64),  # chance that its rate of climb changed with the last height
        ("p_h", np.float64, (3,)),  # covariance of h, vh: hh, hv, vv
        ("seen_as", np.int64),  # bits of CLASSES that cameras ever gave it, 0: none
        ("visual_class", np.int64),  # what a camera last took it for, if any did
        ("visual_load", np.int64),  # and what it saw it carry: place in the item's values
        ("visual_s", np.float64),  # and when
    ],
    align=True,
)


SNAPSHOT: Final = np.dtype(
    [
        ("time_s", np.float64),
        ("number", np.int64),
        ("stand", np.int64),
        ("existence", np.float64),  # chance that there is such an aircraft
        ("fed_s", np.float64),
        ("x_m", np.float64),
        ("y_m", np.float64),
        ("vx_m_s", np.float64),
        ("vy_m_s", np.float64),
        ("p", np.float64, (10,)),  # as of a track, carried to `time_s`
        ("h_m", np.float64),
        ("vh_m_s", np.float64),
        ("mode_a", np.int64),
        ("address", np.int64),
        ("modes", np.float64, (MODES,)),
    ],
    align=True,
)
"""What was believed of one confirmed track at one time."""


class Tracks(NamedTuple):
    """All tracks, and the room that the tracker works in."""

    track: Records
    used: NDArray[np.int64]  # places in use, in rising order, the first counts[0] of them
    counts: NDArray[np.int64]  # (in use, last number given, tentative ones ever, confirmed ones ever, dropped)
    work: NDArray[np.int64]  # scratch of the tracker: nothing in it outlasts a tick
