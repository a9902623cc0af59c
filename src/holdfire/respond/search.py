"""What a crew finds where a track should be: the track's aircraft, another one, or nothing."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from holdfire.compiled import kernel
from holdfire.messages.aircraft import Status, Transponder
from holdfire.respond.book import OFF_M, expected
from holdfire.respond.conduct_schema import RANGES
from holdfire.respond.names import Draw, chance, tonight

if TYPE_CHECKING:
    import numpy as np

    from holdfire.messages.aircraft import World
    from holdfire.messages.response import Response
    from holdfire.respond.means import Means
    from holdfire.seed import Key

_FLYING, _OFF = int(Status.FLYING), int(Transponder.OFF)
_SEARCH = int(Draw.SEARCH)
_RADIUS, _MEAN, _REACH = (RANGES.index(name) for name in ("search_km", "search_min", "finds_km"))
DT_S = 1.0
"""A tick."""
SQUAWK_S = 60.0
"""A track that squawked within it is sought with a transponder, any other without (assumed)."""


@kernel
def find(  # noqa: PLR0913
    means: Means, response: Response, world: World, track: np.void, place: int, time_s: float, key: Key
) -> int:
    """Return the place in the truth of what a crew comes upon now, -1: nothing yet.

    Looked at is the aircraft nearest to where the track should be, of those that fit it (`fits`) and are in
    reach of the crew's own sensors, which grows with the fourth root of the cross section (radar equation).
    It is found at a steady rate, so that the time it takes is exponential, and no search before counts.
    """
    one, unit, conduct = response.responders[place], means.units[place], means.conduct[0]
    aircraft, platforms, active = world.aircraft, world.platforms, world.active
    mine, night = aircraft[one["aircraft"]], conduct["entity"]
    x_m, y_m = expected(track, time_s)
    radius_m = tonight(conduct["search_m"], _RADIUS, night, key)
    reach_m = tonight(conduct["finds_m"], _REACH, night, key)
    best, best_m2 = -1, inf
    for each in range(world.counts[0]):
        truth = aircraft[active[each]]
        if active[each] < means.units.size and means.units[active[each]]["tied_m"] > 0.0:
            continue  # it stands on the ground
        dx_m, dy_m = truth["x_m"] - x_m, truth["y_m"] - y_m
        off_m2 = dx_m * dx_m + dy_m * dy_m
        if off_m2 > radius_m * radius_m or off_m2 >= best_m2 or active[each] == one["aircraft"]:
            continue
        away_x_m, away_y_m = truth["x_m"] - mine["x_m"], truth["y_m"] - mine["y_m"]
        seen_m = reach_m * platforms[truth["platform"]]["rcs_x_m2"] ** 0.25
        if away_x_m * away_x_m + away_y_m * away_y_m <= seen_m * seen_m and fits(truth, track, time_s):
            best, best_m2 = active[each], off_m2
    if best < 0:
        return -1
    luck = chance(int(time_s), unit["entity"], _SEARCH, key)
    return best if luck < DT_S / tonight(conduct["search_s"], _MEAN, night, key) else -1


@kernel
def fits(truth: np.void, track: np.void, time_s: float) -> bool:
    """Whether a crew could take an aircraft for the track.

    It flies, at about the track's height where that is known, and answers as the track does: the crew
    interrogates too, so that an airliner that squawks is not taken for a silent track, nor the other way round.
    """
    if truth["status"] != _FLYING:
        return False
    squawks = truth["transponder"] != _OFF and truth["transponder_fails_s"] > time_s
    if squawks != (track["mode_a_s"] >= time_s - SQUAWK_S):
        return False
    height_m = track["h_m"]
    return not abs(truth["h_m"] - height_m) > OFF_M  # NaN: the height is not known, and fits
