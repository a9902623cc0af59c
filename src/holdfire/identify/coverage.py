"""Whether a broadcast comes from where radars see nothing: the sign of an aircraft that is not there.

A position that an aircraft broadcasts is what it says of itself; a radar's echo is not (M. Strohmeier, V. Lenders and
I. Martinovic, "On the security of the automatic dependent surveillance-broadcast protocol", IEEE Communications Surveys
and Tutorials 17, 2015, on checks by primary radar). Nothing is concluded outside stated coverage, or from a radar that
has fed no track lately and so may be down.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from holdfire.compiled import kernel
from holdfire.geo.horizon import EFFECTIVE_RADIUS_M
from holdfire.messages.vocabulary import ITEM, KINDS_OF_SENSOR

if TYPE_CHECKING:
    import numpy as np

    from holdfire.messages.layout import Records
    from holdfire.messages.track import Tracks

UNSEEN_LOOKS = 6.0
"""Looks of a radar in which it saw nothing, where it misses hardly one (assumed)."""
WORKS_LOOKS = 3.0
"""Looks within which a radar that works feeds some track (assumed)."""
_RADAR, _SSR = KINDS_OF_SENSOR.index("radar"), KINDS_OF_SENSOR.index("iff-ssr")
_HEARD_AGE_S = ITEM["transponder"].max_age_s


@kernel
def covers(radar: np.void, x_m: float, y_m: float, h_m: float) -> bool:
    """Whether a place is where a radar is stated to see what flies; false where the height is not known."""
    ground_m = max(math.hypot(x_m - radar["x_m"], y_m - radar["y_m"]), 1.0)
    rise = (h_m - radar["h_m"]) / ground_m - ground_m / (2.0 * EFFECTIVE_RADIUS_M)
    return bool(ground_m <= radar["reach_m"] and radar["tan_low"] < rise < radar["tan_top"])


@kernel
def works(radar: np.void, tracks: Tracks, time_s: float) -> bool:
    """Whether a radar was lately the last to feed some track."""
    for each in range(tracks.counts[0]):
        track = tracks.track[tracks.used[each]]
        if track["last_sensor"] == radar["sensor"] and time_s - track["fed_s"] <= WORKS_LOOKS * radar["period_s"]:
            return True
    return False


@kernel
def unseen(coverage: Records, tracks: Tracks, track: np.void, motion: np.void, time_s: float) -> bool:
    """Whether a track that is only broadcast has long been where a working radar should have seen it.

    A squawk that was answered lately clears it, since interrogators find the direction of what answers.
    """
    if track["address"] == 0 or time_s - track["kind_s"][_SSR] > _HEARD_AGE_S:
        return False
    since_s = max(track["kind_s"][_RADAR], track["mode_a_s"], track["born_s"])
    for each in range(coverage.size):
        radar = coverage[each]
        back_s = UNSEEN_LOOKS * radar["period_s"]
        if time_s - since_s > back_s and covers(radar, motion["x_m"], motion["y_m"], motion["h_m"]):
            x_m, y_m = motion["x_m"] - back_s * track["vx_m_s"], motion["y_m"] - back_s * track["vy_m_s"]
            if covers(radar, x_m, y_m, motion["h_m"]) and works(radar, tracks, time_s):
                return True
    return False
