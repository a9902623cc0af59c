"""Which positions that aircraft report of themselves are measurements: not those held, too frequent, or too high."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np

from holdfire.geo.slant import to_earth_centred

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from holdfire.messages.layout import Records

APART_S: Final = 2.0
"""Between two reports of one aircraft (assumed): longer than the tracker's tick, as a sensor sees an aircraft once a
tick, and short against any turn."""
ONE_M: Final = 5_000.0
"""Further apart within that time are two aircraft, or a wrong report (assumed): faster than 2,500 m/s."""
STANDS_M_S: Final = 1.0
"""What says that it is slower may well report one place again (assumed: positions are sent in steps of about 5 m)."""
HELD_S: Final = 60.0
"""A place so long after it was last reported is reported anew (assumed)."""
NEAR_S: Final = 60.0
"""Heights so near in time say what a height can be (assumed)."""
HEIGHTS_M: Final = 300.0
CLIMB_M_S: Final = 60.0
"""Heights agree that differ by no more than the first and such a climb to their middle (assumed: 12,000 ft/min)."""


def measurements(said: Records) -> Records:
    """Return the `POSITION` records that are measurements, in their order of time; a height that cannot be is NaN."""
    return thinned(with_heights(fresh(said)))


def fresh(said: Records) -> Records:
    """Leave out what is no new position: tables repeat the last one, with a later time, until another comes.

    An aircraft that says that it moves, or does not say, is not where it was to the last digit; one that says that it
    stands may be.
    """
    kept, last_s = np.ones(len(said), np.bool_), dict[tuple[int, float, float], float]()
    stands = (said["ground_m_s"] < STANDS_M_S).tolist()
    times_s = said["time_s"].tolist()
    places = zip(said["address"].tolist(), said["lat_deg"].tolist(), said["lon_deg"].tolist(), strict=True)
    for row, place in enumerate(places):
        if place[0]:
            kept[row] = stands[row] or times_s[row] - last_s.get(place, -math.inf) > HELD_S
            last_s[place] = times_s[row]
    return said[kept]


def with_heights(said: Records) -> Records:
    """Make a height unknown that three of the four beside it, of the same address, speak against with one voice.

    Two aircraft under one address speak with two voices, and nothing of theirs is changed.
    """
    rows = np.flatnonzero(np.isfinite(said["h_m"]) & (said["address"] != 0))
    rows = rows[np.lexsort((said["time_s"][rows], said["address"][rows]))]
    if len(rows) < 5:
        return said
    beside = np.arange(2, len(rows) - 2)[:, None] + np.array([-2, -1, 1, 2])
    one, others = rows[2:-2], rows[beside]
    apart_s = np.ptp(said["time_s"][others], axis=1)
    near = (said["address"][others] == said["address"][one][:, None]).all(axis=1) & (apart_s <= 2.0 * NEAR_S)
    bound_m = HEIGHTS_M + 0.5 * CLIMB_M_S * apart_s
    h_m = np.sort(said["h_m"][others], axis=1)
    low, high = h_m[:, 2] - h_m[:, 0], h_m[:, 3] - h_m[:, 1]
    middle_m = np.where(low <= high, h_m[:, 1], h_m[:, 2])
    wrong = near & (np.minimum(low, high) <= bound_m) & (np.abs(said["h_m"][one] - middle_m) > bound_m)
    out = said.copy()
    out["h_m"][one[wrong]] = np.nan
    return out


def thinned(said: Records) -> Records:
    """Leave out what an aircraft reports less than `APART_S` after the report before that is kept; by time.

    Two that fly under one address are told apart by their places: no aircraft is `ONE_M` further on by then.
    """
    kept: NDArray[np.bool_] = np.ones(len(said), np.bool_)
    last = dict[int, list[int]]()
    place_m = to_earth_centred(said["lat_deg"], said["lon_deg"], np.zeros(len(said))).tolist()
    time_s = said["time_s"].tolist()
    for row, address in enumerate(said["address"].tolist()):
        recent = [one for one in last.get(address, []) if time_s[row] - time_s[one] < APART_S] if address else []
        kept[row] = all(math.dist(place_m[row], place_m[one]) > ONE_M for one in recent)
        last[address] = [*recent, row] if kept[row] else recent
    return said[kept]
