"""Units on the ground: each stands at its post, and is on what comes into its reach beside whoever flies to it.

It is nobody's stand-in. Who flies is sent as if no unit stood anywhere, and a unit asks for force by itself.
"""

from __future__ import annotations

from math import hypot, inf
from typing import TYPE_CHECKING

from holdfire.compiled import kernel
from holdfire.messages.vocabulary import ACTIONS
from holdfire.respond.book import expected

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from holdfire.messages.response import Response
    from holdfire.respond.means import Means

_LOOK, _DISRUPT, _ENGAGE = (ACTIONS.index(name) for name in ("identify", "disrupt", "engage"))
_FAR_M = 1e6  # who could only look comes after all who could do more


@kernel
def on_post(means: Means, response: Response, slot: int, number: int) -> int:
    """Return the unit on the ground that is on a track, -1: none."""
    for place in range(means.units.size):
        one = response.responders[place]
        if one["track"] == slot and one["number"] == number and means.units[place]["tied_m"] > 0.0:
            return place
    return -1


@kernel
def post_for(  # noqa: PLR0913
    means: Means,
    response: Response,
    track: np.void,
    slot: int,
    permitted: int,
    time_s: float,
    taken: NDArray[np.int64],
) -> int:
    """Return the unit on the ground that shall be on a track, -1: none.

    It is within its reach and free, and has the means of some force that is permitted, or may look at least. Who is on
    it already stays, then the nearest is asked; but who could use force goes before who could only look.
    """
    x_m, y_m = expected(track, time_s)
    best, best_m = -1, inf
    for place in range(taken.size):
        unit = means.units[place]
        if unit["tied_m"] == 0.0:
            continue
        one = response.responders[place]
        on_it = one["track"] == slot and one["number"] == track["number"]
        off_m = hypot(x_m - unit["orbit_x_m"], y_m - unit["orbit_y_m"])
        if off_m > unit["tied_m"] or (taken[place] and not on_it):
            continue
        fires = permitted >> _ENGAGE & 1 and one["missiles"] + one["guns"] > 0 and one["spent"] != track["number"]
        acts = fires or (permitted >> _DISRUPT & 1 and unit["jams"] == 1)
        off_m = (0.0 if on_it else off_m) + (0.0 if acts else _FAR_M)
        if off_m < best_m and (acts or permitted >> _LOOK & 1):
            best, best_m = place, off_m
    return best
