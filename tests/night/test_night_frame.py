"""Where the frame lies and which way it points is nobody's business: a turned or shifted night is decided alike.

All that has a place or a direction is turned by a quarter or shifted together: truth, waypoints, own aircraft,
sensors with the phase of their beams, ground, sites and filed plans. Two things are drawn in the frame's own
directions, and are left out here: the error of broadcasts, and the way in which a weapon goes astray, which
decides nothing. Tracks are numbered by place, so decisions are compared without them, and events by aircraft.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from holdfire.loop import CYCLE
from holdfire.messages.response import ORDER
from holdfire.rehearsal.copies import copied
from support.rehearsed import FIVE, Begun, begun, cycles

if TYPE_CHECKING:
    from collections.abc import Callable

    from holdfire.geo.ground import Ground
    from holdfire.messages.layout import Records
    from holdfire.rehearsal.engine import Rehearsal

HOUR = 3600
QUARTER = 0.5 * math.pi
SHIFT_M = 2.0**18, -(2.0**17)
OPTIONS = [FIVE.index("perceived-danger"), FIVE.index("attributed-violator")]
PEOPLE = list(ORDER.fields or ()).index("people")
"""What is counted below rounds with the places."""
Decision = tuple[Any, ...]


def quiet(run: Begun) -> Begun:
    """A copy in which nothing is broadcast, and nobody leaves over an edge of the area."""
    setting = copied(run.scene.setting)._replace(half_width_m=1e7, half_height_m=1e7)
    radar = setting.sensors.radar
    assert (radar["position_sd_m"] > 0).any()
    radar["replies"][radar["position_sd_m"] > 0] = 0.0
    return with_setting(run, setting)


def with_setting(run: Begun, setting: Any) -> Begun:
    """The same night in another setting."""
    fields = {name: getattr(run.scene, name) for name in run.scene.__dataclass_fields__}
    scene = type(run.scene)(**fields | {"setting": setting})
    return Begun(scene, copied(run.night), copied(run.plans), run.key)


def turn(records: Records, before: str = "") -> None:
    """Turn places a quarter to the left."""
    x_m, y_m = f"{before}x_m", f"{before}y_m"
    records[x_m], records[y_m] = 0.0 - records[y_m], records[x_m].copy()


def shift(records: Records, before: str = "") -> None:
    """Shift places."""
    records[f"{before}x_m"] += SHIFT_M[0]
    records[f"{before}y_m"] += SHIFT_M[1]


def move_places(run: Begun, move: Callable[..., None]) -> None:
    """Turn or shift every place there is but the ground."""
    setting, night = run.scene.setting, run.night
    for records in (
        night.world.aircraft, night.world.waypoints, night.scanner.stand, setting.sensors.radar, run.plans.point,
        setting.identification.sites, setting.identification.zones,
    ):  # fmt: skip
        move(records)
    move(setting.means.units, "home_")
    move(setting.means.units, "orbit_")


def turned(run: Begun) -> Begun:
    """A copy turned a quarter to the left: what lay in the east lies in the north."""
    run = quiet(run)
    setting = run.scene.setting
    seen_by = setting.identification._replace(alone=left(setting.identification.alone))
    run = with_setting(run, setting._replace(ground=turned_ground(setting.ground), identification=seen_by))
    move_places(run, turn)
    aircraft, stand = run.night.world.aircraft, run.night.scanner.stand
    aircraft["heading_rad"] = (aircraft["heading_rad"] - QUARTER) % (2.0 * math.pi)
    stand["ahead_x"], stand["ahead_y"] = 0.0 - stand["ahead_y"], stand["ahead_x"].copy()
    stand["phase_s"] += 0.25 * run.scene.setting.sensors.radar["period_s"]
    return run


def left(grid: Any) -> Any:
    """Turn a grid of the ground."""
    return np.ascontiguousarray(np.swapaxes(grid, -1, -2)[..., ::-1])


def turned_ground(ground: Ground) -> Ground:
    height_m = ground.state.shape[0] * ground.cell_m
    return ground._replace(
        x0_m=-(ground.y0_m + height_m),
        y0_m=ground.x0_m,
        state=left(ground.state),
        depth_m=left(ground.depth_m),
        people_per_km2=left(ground.people_per_km2),
    )


def shifted(run: Begun) -> Begun:
    """A copy shifted by some hundreds of kilometres."""
    run = quiet(run)
    ground = run.scene.setting.ground
    there = ground._replace(x0_m=ground.x0_m + SHIFT_M[0], y0_m=ground.y0_m + SHIFT_M[1])
    run = with_setting(run, run.scene.setting._replace(ground=there))
    move_places(run, shift)
    return run


def half_done(run: Begun) -> Begun:
    """A copy of which the aircraft are turned and the rest is not."""
    run = quiet(run)
    turn(run.night.world.aircraft)
    return run


def decisions(run: Begun, option: int, until: int) -> list[list[Decision]]:
    """What was ruled and ordered at each moment, in no order; behind them what happened, to whom and by whom."""
    found = []
    for _ in cycles(run, option, until):
        n = int(run.night.picture.counts[0])
        rulings, orders = run.night.rulings[option, :n], run.night.orders[option, :n]
        done = (order[:PEOPLE] + order[PEOPLE + 1 :] for order in orders.tolist())
        found.append(sorted(zip((each.tobytes() for each in rulings), done, strict=True)))
    events = run.night.response.events[: run.night.response.counts[0]]
    return [*found, sorted(events[["time_s", "what", "aircraft", "responder"]].tolist())]


@pytest.mark.parametrize("option", OPTIONS)
@pytest.mark.parametrize("changed", [turned, shifted])
def test_an_hour_is_decided_alike(engine: Rehearsal, changed: Callable[[Begun], Begun], option: int) -> None:
    run = begun(engine)
    plain, other = quiet(run), changed(run)
    one, two = decisions(plain, option, HOUR), decisions(other, option, HOUR)
    alike = [a == b for a, b in zip(one, two, strict=True)]
    assert all(alike), f"decision {alike.index(False)} is another"
    assert len(one) == HOUR // CYCLE + 1
    assert sum(order[0] > 0 for cycle in one[:-1] for _, order in cycle) > 100
    assert len(one[-1]) > 100


def test_a_turn_of_some_things_and_not_of_others_is_told(engine: Rehearsal) -> None:
    run = begun(engine)
    one, two = decisions(quiet(run), OPTIONS[0], HOUR // 4), decisions(half_done(run), OPTIONS[0], HOUR // 4)
    assert one != two
