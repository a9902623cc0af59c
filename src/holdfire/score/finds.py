"""In how many places intruders came down, as somebody who looks for them would count."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from holdfire.messages.aircraft import Status

if TYPE_CHECKING:
    from holdfire.messages.layout import Records

ONE_PLACE_M: Final = 5000.0
"""Finds nearer to each other than this count as one locality.

`assumed`: reports name the nearest village or its commune. By official counts of general knowledge Poland has some
40,000 rural localities with a head of their own and 2,479 communes on 312,700 km2, one about every 3 and every 11 km.
"""
_DOWN: Final = (Status.SHOT_DOWN, Status.DISRUPTED, Status.FELL, Status.ARRIVED)


def localities(ended: Records) -> int:
    """Count the places where some of these aircraft came down, as groups of finds linked by less than `ONE_PLACE_M`.

    `ended` are SCORED rows of those that did not leave. Single linkage: two finds are in one place where a chain of
    finds leads from one to the other (P. H. A. Sneath, "The application of computers to taxonomy", Journal of General
    Microbiology 17, 1957, doi 10.1099/00221287-17-1-201).
    """
    down = ended[np.isin(ended["status"], _DOWN)]
    x_m, y_m = down["ended_x_m"], down["ended_y_m"]
    near = np.hypot(x_m[:, None] - x_m, y_m[:, None] - y_m) < ONE_PLACE_M
    place = np.arange(down.size)
    while True:
        linked = np.where(near, place, down.size).min(axis=1, initial=down.size)
        if np.array_equal(linked, place):
            return int(np.unique(place).size)
        place = linked
