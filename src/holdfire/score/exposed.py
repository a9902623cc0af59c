"""In which minutes an uncrewed aircraft truly was where an airport's traffic flies; nobody who decides reads it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from holdfire.compiled import kernel
from holdfire.messages.aircraft import Part
from holdfire.units import MINUTE_S

if TYPE_CHECKING:
    from holdfire.messages.aircraft import World
    from holdfire.respond.lookout import Lookout

_INTRUDER, _STRAY = int(Part.INTRUDER), int(Part.FRIENDLY_DRONE)


@kernel
def note_exposed(lookout: Lookout, world: World, time_s: float) -> None:
    """Note the minute for each airport near which an uncrewed intruder or stray flies low; birds do not count."""
    disc, minute = lookout.disc, int(time_s / MINUTE_S)
    for a in range(disc.shape[0]):
        for each in range(world.counts[0]):
            truth = world.aircraft[world.active[each]]
            if truth["crewed"] == 0 and (truth["part"] == _INTRUDER or truth["part"] == _STRAY):
                away_m = math.hypot(truth["x_m"] - disc[a, 0], truth["y_m"] - disc[a, 1])
                if away_m < disc[a, 3] and truth["h_m"] < disc[a, 4]:
                    lookout.really[a, minute] = True
