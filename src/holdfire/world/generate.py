"""One night's aircraft and filed plans, drawn anew for each replication."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from holdfire.errors import CapacityError
from holdfire.messages.aircraft import AIRCRAFT, WAYPOINT, Part, World
from holdfire.messages.chance import there
from holdfire.messages.plan import PLAN, POINT, Plans
from holdfire.world.drift import drift
from holdfire.world.flight import COLUMNS, STATIONS
from holdfire.world.groups import add_groups
from holdfire.world.traffic import add_traffic

if TYPE_CHECKING:
    from holdfire.seed import Key
    from holdfire.world.layout import WorldPlan

FIELD_OF: Final = {
    Part.AIRLINER: "airliners",
    Part.CARGO: "cargo",
    Part.GENERAL_AVIATION: "general_aviation",
    Part.GLIDER: "gliders",
    Part.MEDICAL: "medical_helicopters",
    Part.FRIENDLY_DRONE: "friendly_drones",
    Part.BIRD: "birds",
}
"""Field of `background` that a part comes from."""


def generate(plan: WorldPlan, key: Key) -> tuple[World, Plans]:
    """Draw the aircraft of one replication, nobody spawned yet, and the plans that were filed for them.

    Own aircraft come first, as given, then those of the scenario's groups, then the background. Raises
    `CapacityError` where chance asks for more room than was made, which names the field.
    """
    plan = tonight(plan, key)
    aircraft, waypoints = np.zeros(plan.sizes[0], AIRCRAFT), np.zeros(plan.sizes[1], WAYPOINT)
    plans = Plans(np.zeros(plan.sizes[2], PLAN), np.zeros(plan.sizes[3], POINT))
    own = plan.own_aircraft.size
    aircraft[:own], waypoints[: plan.own_waypoints.size] = plan.own_aircraft, plan.own_waypoints
    counts = np.array([own, plan.own_waypoints.size, 0, 0], np.int64)
    add_groups(plan, key, aircraft, waypoints, counts)
    drift(plan, key, aircraft[: counts[0]], waypoints)
    full = add_traffic(plan, key, aircraft, waypoints, plans, np.zeros((STATIONS, COLUMNS)), counts)
    if full >= 0:
        field = FIELD_OF[Part(int(plan.patterns[plan.groups.size + full]["part"]))]
        message = f"background.{field}.at_once asks for more than {plan.sizes[0]} aircraft: lower it, or the duration"
        raise CapacityError(message)
    flying, legs, filed, points = (int(count) for count in counts)
    order = own + np.argsort(aircraft["spawn_s"][own:flying], kind="stable")
    world = World(
        aircraft[:flying],
        waypoints[:legs],
        plan.platforms,
        np.zeros(flying, np.int64),
        order.astype(np.int64),
        np.zeros(2, np.int64),
    )
    return world, Plans(plans.plan[:filed], plans.point[:points])


def tonight(plan: WorldPlan, key: Key) -> WorldPlan:
    """Return the plan of one night, in which a group that does not fly counts nobody; no other draw changes."""
    if not plan.chances.size:
        return plan
    groups = plan.groups.copy()
    for name in ("count_low", "count_high"):
        groups[name][~there(plan.chances, key)] = 0
    return plan._replace(groups=groups)
