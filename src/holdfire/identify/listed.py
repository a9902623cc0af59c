"""The filed plans by address and by squawk, and those that may fit now with where they lead: so a search sees few."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from holdfire.compiled import kernel
from holdfire.identify.raster import column_of, on_map, row_of
from holdfire.identify.view import KEYS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from holdfire.identify.view import Memory
    from holdfire.messages.layout import Records
    from holdfire.messages.plan import Plans


@kernel
def list_plans(  # noqa: PLR0913
    plans: Plans, state: NDArray[np.uint8], places: Records, window_s: float, lasts_s: float, time_s: float,
    memory: Memory,
) -> None:  # fmt: skip
    """List the plans by name, once, and those with a leg that may fit within the next `lasts_s` by where it lies.

    Once, too, note the state over which each plan lies.
    """
    plan, head, after, n = plans.plan, memory.head, memory.after, 0
    if memory.current_s[1] == 0.0:
        for key in range(head.size):
            head[key] = -1
        for each in range(plan.size - 1, -1, -1):
            by_address, by_squawk = plan[each]["address"] & KEYS - 1, KEYS + (plan[each]["mode_a"] & KEYS - 1)
            after[each, 0], after[each, 1] = head[by_address], head[by_squawk]
            head[by_address] = head[by_squawk] = each
            memory.domestic[each] = _domestic(state, places, memory.where[0], plan[each], plans.point)
    for each in range(plan.size):
        if _surround(plan[each], plans.point, time_s - window_s, time_s + lasts_s + window_s, memory.boxes[n]):
            memory.boxes[n]["plan"], memory.boxes[n]["address"] = each, plan[each]["address"]
            n += 1
    memory.current_s[0], memory.current_s[1] = n, time_s + lasts_s


@kernel
def _surround(plan: np.void, point: Records, from_s: float, until_s: float, box: np.void) -> bool:
    """Write which legs of a plan are filed for some moment of a time, and the box about them; return whether any is."""
    found = False
    box["west_m"] = box["south_m"] = inf
    box["east_m"] = box["north_m"] = -inf
    if plan["begin_s"] <= until_s and plan["end_s"] >= from_s:
        for leg in range(plan["leg"], plan["leg_end"] - 1):
            if point[leg]["time_s"] <= until_s and point[leg + 1]["time_s"] >= from_s:
                box["leg"] = box["leg"] if found else leg
                box["leg_end"], found = leg + 2, True
                for end in range(leg, leg + 2):
                    x, y = point[end]["x_m"], point[end]["y_m"]
                    box["west_m"], box["east_m"] = min(box["west_m"], x), max(box["east_m"], x)
                    box["south_m"], box["north_m"] = min(box["south_m"], y), max(box["north_m"], y)
    return found


@kernel
def _domestic(state: NDArray[np.uint8], places: Records, where: np.void, plan: np.void, point: Records) -> int:
    """Return the guarded state over which every point of a plan lies, -1 where there is none."""
    found = -1
    for leg in range(plan["leg"], plan["leg_end"]):
        x, y = point[leg]["x_m"], point[leg]["y_m"]
        if not on_map(where, x, y, 0.0):
            return -1
        guard = places[state[row_of(where, y), column_of(where, x)]]["guard"]
        if guard < 0 or (leg > plan["leg"] and guard != found):
            return -1
        found = guard
    return found
