"""People on the ground at risk if a modelled engagement happened here and now."""

from __future__ import annotations

from math import nan, sqrt
from typing import TYPE_CHECKING

from holdfire.compiled import kernel
from holdfire.identify.raster import column_of, on_map, row_of
from holdfire.messages.vocabulary import ITEM

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_GRAVITY_M_S2 = 9.80665  # standard acceleration of free fall (CGPM 1901)
_LONG_FALL_S = 30.0  # from 4.4 km; taken where the height is not known (assumed)
_PER_KM2 = 1e-6
_ONE_SIDED = 1.6448536269514722  # 95 % of a normal distribution
_UNCREWED = ITEM["occupancy"].values.index("uncrewed")


@kernel
def around(
    people: NDArray[np.float32], motion: np.void, where: np.void, ahead_m: float, spread_m: float
) -> tuple[float, float]:
    """Return mean and standard deviation of people per km² at a place ahead and at four about it.

    Off the map they are NaN, since nobody counted.
    """
    east, north = spread_m * motion["ux"], spread_m * motion["uy"]
    x, y = motion["x_m"] + ahead_m * motion["ux"], motion["y_m"] + ahead_m * motion["uy"]
    if not on_map(where, x, y, spread_m):
        return nan, nan
    here = people[row_of(where, y), column_of(where, x)]
    front = people[row_of(where, y + north), column_of(where, x + east)]
    back = people[row_of(where, y - north), column_of(where, x - east)]
    left = people[row_of(where, y + east), column_of(where, x - north)]
    right = people[row_of(where, y - east), column_of(where, x + north)]
    mean = (here + front + back + left + right) / 5.0
    squares = here * here + front * front + back * back + left * left + right * right
    return mean, sqrt(max(squares / 5.0 - mean * mean, 0.0))


@kernel
def harmed(
    people: NDArray[np.float32], motion: np.void, where: np.void, bounds: np.void, aboard: int
) -> tuple[float, float, float, float]:
    """Return people harmed by debris and its deviation, and by a weapon gone astray and its deviation.

    People are those in the area that what falls makes dangerous, unsheltered. Debris flies on while it falls, by
    the share of the throw without air that is left (`drag`), and is spread about that; a stray weapon falls anywhere
    within its reach. Where the height was never measured the throw is part of the spread. The deviations hold the
    difference between the places asked, and how uncertain the numbers of people are. `aboard` is the occupancy, -1
    where it is not known; then speed says how large it may be.
    """
    h, flies_on = motion["h_m"], bounds["drag"] * motion["speed_m_s"]
    measured = h == h
    throw = flies_on * sqrt(2.0 * max(h, 0.0) / _GRAVITY_M_S2) if measured else 0.0
    spread = bounds["debris_spread_m"] + motion["sigma_m"] + (0.0 if measured else flies_on * _LONG_FALL_S)
    debris, debris_sd = around(people, motion, where, throw, spread)
    # half of the disc within reach lies nearer than this
    stray, stray_sd = around(people, motion, where, 0.0, bounds["stray_reach_m"] * sqrt(0.5))
    share = bounds["density_sd_share"]
    slow = motion["speed_m_s"] + _ONE_SIDED * motion["speed_sd_m_s"] < bounds["slow_m_s"]
    area = bounds["debris_slow_m2"] if slow else bounds["debris_other_m2"]
    area = _PER_KM2 * (bounds["debris_small_m2"] if aboard == _UNCREWED else area)
    shot = _PER_KM2 * bounds["stray_share"] * bounds["stray_m2"]
    return (
        area * debris, area * sqrt(debris_sd * debris_sd + share * share * debris * debris),
        shot * stray, shot * sqrt(stray_sd * stray_sd + share * share * stray * stray),
    )  # fmt: skip
