"""What is done to broadcasts (ADS-B): positions that are not sent, positions that are off, and aircraft that are none.

An aircraft whose satellite navigation is jammed sends no position, or one that says itself that it is worthless, which
nobody passes on; one that is deceived sends a wrong position in good faith (ICAO Doc 9849, GNSS Manual, chapter on
vulnerability). Either needs a line of sight to whoever transmits, over an Earth of 4/3 its radius (`geo.horizon`).
Power is no bound there: a receiver gets -128.5 dBm of GPS (IS-GPS-200, L1 C/A) and fails under some 30 dB more
(estimate), which 100 W send 400 km far in free space (ITU-R P.525). Replies to secondary radar are not touched.

A ghost is a broadcast without an aircraft (M. Schäfer, V. Lenders and I. Martinovic, "Experimental analysis of attacks
on next generation air traffic communication", ACNS 2013); every station whose horizon holds its claimed place hears
it, which is what an attacker near by would reach.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, NamedTuple, cast

import numpy as np

from holdfire.compiled import kernel
from holdfire.geo.horizon import horizon_m
from holdfire.messages.plot import NO_CODE
from holdfire.messages.vocabulary import KINDS_OF_SENSOR
from holdfire.seed import Key, normal_pair, uniform

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from holdfire.messages.layout import Records
    from holdfire.messages.plot import Plots

MOST_ZONES: Final = 62
"""A bit each in a cell of the map."""

ZONE: Final = np.dtype(
    [
        ("from_s", np.float64),
        ("until_s", np.float64),
        ("lost", np.float64),  # share of positions that are not sent
        ("east_m", np.float64),  # by which the others are off
        ("north_m", np.float64),
        ("x_m", np.float64),  # of a transmitter
        ("y_m", np.float64),
        ("antenna_m", np.float64),  # infinite: an area, whatever the height
    ],
    align=True,
)

GHOST: Final = np.dtype(
    [
        ("entity", np.int64),  # its name for random numbers
        ("address", np.int64),
        ("from_s", np.float64),
        ("until_s", np.float64),
        ("x_m", np.float64),  # where it claims to be at first
        ("y_m", np.float64),
        ("vx_m_s", np.float64),
        ("vy_m_s", np.float64),
        ("h_m", np.float64),
    ],
    align=True,
)


class Interference(NamedTuple):
    """All of a night; without any, no zone and no ghost."""

    zone: Records  # ZONE
    bits: NDArray[np.int64]  # (ny, nx): of each cell of the map, bit k: zone k covers it
    cell_m: float
    west_m: float
    south_m: float
    ghost: Records  # GHOST


_STRAY = cast("int", np.int64(5))  # draws of a look at an aircraft's broadcast, and of a ghost's
_KIND: Final = 1 << KINDS_OF_SENSOR.index("iff-ssr")


@kernel
def disturb(  # noqa: PLR0913
    interference: Interference, radar: np.void, target: np.void, tick: int, time_s: float, key: Key, out: np.void
) -> int:
    """Take away or displace the broadcast in `out`; return how many reports are left of it (0 or 1)."""
    zones, (ny, nx) = interference.zone, interference.bits.shape
    column = math.floor((target["x_m"] - interference.west_m) / interference.cell_m)
    row = math.floor((target["y_m"] - interference.south_m) / interference.cell_m)
    if zones.size == 0 or not (0 <= column < nx and 0 <= row < ny):
        return 1
    share = uniform(key.seed, key.branch, tick, target["entity"], radar["stream"], _STRAY, key.replication)
    for each in range(zones.size):
        zone = zones[each]
        away_m = math.hypot(target["x_m"] - zone["x_m"], target["y_m"] - zone["y_m"])
        seen = away_m <= horizon_m(zone["antenna_m"], target["h_m"])
        if seen and (interference.bits[row, column] >> each) & 1 == 1 and zone["from_s"] <= time_s < zone["until_s"]:
            if share < zone["lost"]:
                return 0
            out["x_m"] += zone["east_m"]
            out["y_m"] += zone["north_m"]
    return 1


@kernel
def ghosts_heard(  # noqa: PLR0913
    interference: Interference,
    radar: np.void,
    stand: np.void,
    sensor: int,
    tick: int,
    time_s: float,
    key: Key,
    plots: Plots,
    n: int,
) -> int:
    """Write behind the first `n` plots what a station hears of ghosts in this tick; return how many, -1: no room."""
    count, sd_m = 0, radar["position_sd_m"]
    for each in range(interference.ghost.size):
        ghost = interference.ghost[each]
        heard_s = time_s - ghost["from_s"]
        if (tick + each) % radar["period_ticks"] != 0 or heard_s < 0.0 or time_s >= ghost["until_s"]:
            continue
        x_m, y_m = ghost["x_m"] + heard_s * ghost["vx_m_s"], ghost["y_m"] + heard_s * ghost["vy_m_s"]
        away_m = math.hypot(x_m - stand["x_m"], y_m - stand["y_m"])
        far = away_m > min(radar["reach_m"], horizon_m(stand["h_m"], ghost["h_m"]))
        entity, own = ghost["entity"], radar["stream"]
        missed = uniform(key.seed, key.branch, tick, entity, own, _STRAY, key.replication) >= radar["replies"]
        if far or missed:
            continue
        if n + count == plots.plot.size:
            return -1
        out, at = plots.plot[n + count], n + count
        east, north = normal_pair(key.seed, key.branch, tick, entity, own, _STRAY + 1, key.replication)
        out["sensor"], out["kinds"], out["asked"], out["iff"] = sensor, _KIND, 0, 0
        out["mode_a"], out["address"], out["time_s"] = NO_CODE, ghost["address"], time_s
        out["x_m"], out["y_m"] = x_m + sd_m * east, y_m + sd_m * north
        out["var_x_m2"], out["cov_xy_m2"], out["var_y_m2"] = sd_m * sd_m, 0.0, sd_m * sd_m
        out["h_m"], out["var_h_m2"] = ghost["h_m"], radar["altimetry_m"] * radar["altimetry_m"] / 3.0
        plots.origin[at], plots.fed[at] = -1, -1
        count += 1
    return count


def no_interference() -> Interference:
    """Return what a night has in which nobody disturbs anything."""
    return Interference(np.zeros(0, ZONE), np.zeros((1, 1), np.int64), 1.0, 0.0, 0.0, np.zeros(0, GHOST))
