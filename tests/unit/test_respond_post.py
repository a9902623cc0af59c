"""Units on the ground are on what comes into their reach, beside whoever flies to it and in nobody's way."""

from __future__ import annotations

from math import pi

import numpy as np
import pytest

from holdfire.messages.actions import ALL_ACTIONS, Action
from holdfire.messages.authority import Role
from holdfire.messages.identity import Identity
from holdfire.messages.response import Duty, What
from holdfire.respond.decide import LET_GO_S
from support.responding import ALLOWED, SURE, Night, base, other, own, patrol, unit

ENGAGE, DISRUPT = (ALL_ACTIONS.index(each) for each in (Action.ENGAGE, Action.DISRUPT))
SHARES = {name: {"low": 1, "high": 1} for name in ("heat-missile", "gun")}
CERTAIN = SURE | {
    "search_min": {"low": 0.1, "high": 0.1}, "disrupts_share": {"low": 1, "high": 1},
    "success_share": SHARES | {"radar-missile": {"low": 0, "high": 0}},
}  # fmt: skip
JAMMER = {"missiles": 0, "gun_bursts": 0, "jams": True}


def passing(*patrols: object, y_m: float = 500.0, **changes: float) -> Night:
    """Return a night in which a drone flies west past the team, from 25 km east of it."""
    night = Night(own([base(0)], patrols, CERTAIN), [other(45e3, y_m, **changes)])  # type: ignore[arg-type]
    night.world.waypoints["h_m"][-1] = changes.get("h_m", 500.0)  # it stays as high as it is
    return night


def test_it_is_asked_for_what_is_within_its_reach_only_and_is_free_again_behind_it() -> None:
    night = passing(unit(), h_m=9000.0)
    on_it = []
    for _ in range(900):
        night.run(1)
        on_it.append((float(night.world.aircraft["x_m"][1]), int(night.response.responders["track"][0])))
    assert {slot for x_m, slot in on_it if abs(x_m - 20e3) > 10.5e3} == {-1}
    assert {slot for x_m, slot in on_it if abs(x_m - 20e3) < 9.5e3} == {0}
    assert night.response.contacts["responder"][0] == -1


@pytest.mark.parametrize(
    ("arms", "permitted", "end"),
    [
        ({}, Action.ENGAGE, What.HIT),
        ({}, Action.DISRUPT, None),
        (JAMMER, Action.DISRUPT, What.DISRUPTED),
        (JAMMER, Action.ENGAGE, None),
    ],
)
def test_it_stops_what_flies_past_with_what_it_has_where_that_is_permitted(
    arms: dict[str, object], permitted: Action, end: What | None
) -> None:
    night = passing(unit(**arms), y_m=300.0, h_m=300.0)
    night.permit(*ALLOWED, permitted)
    night.run(700)
    assert {each[1] for each in night.happened(What.HIT, What.DISRUPTED)} == ({end} if end else set())


def test_it_shoots_at_nothing_that_flies_high_above_it() -> None:
    night = passing(unit(), h_m=9000.0)
    night.permit(*ALLOWED, Action.ENGAGE)
    night.run(700)
    assert night.happened(What.FOUND)
    assert not night.happened(What.FIRED)


def test_who_flies_is_sent_as_if_no_unit_stood_there() -> None:
    flown, found = [], []
    for posts in ((), (unit(),), (unit(), unit(id="jammer", **JAMMER))):
        night = passing(patrol(), *posts, h_m=9000.0)
        night.run(700)
        flown.append([each for each in night.happened() if each[3] == 0])
        assert night.response.contacts["responder"][0] == 0
        assert night.response.responders["sorties"].sum() == 1
        found.append(len(night.happened(What.FOUND)))
    assert flown[0] == [(time_s, what, at - 1 if at > 0 else at, by) for time_s, what, at, by in flown[1]]
    assert flown[0] == [(time_s, what, at - 2 if at > 0 else at, by) for time_s, what, at, by in flown[2]]
    assert min(found) > 0


def test_what_a_unit_has_in_sight_is_not_intercepted() -> None:
    night = passing(unit(), h_m=9000.0)
    night.run(500)
    events = night.response.events[: night.response.counts[0]]
    assert events["value"][events["what"] == What.FOUND].tolist() == [1.0]
    assert night.response.contacts["done"][0] >> ALL_ACTIONS.index(Action.INTERCEPT) & 1 == 0


def test_it_asks_for_itself_and_a_crew_is_not_kept_from_asking() -> None:
    night = passing(patrol(orbit={"at": [0.0, 22.0]}), unit(**JAMMER), h_m=400.0)
    night.permit(*ALLOWED, Action.ENGAGE, Action.DISRUPT, by=Role.AIR_OPERATIONS_COMMANDER)
    night.run(700)
    asked = [each for each in night.response.events[: night.response.counts[0]] if each["what"] == What.ASKED]
    assert {(int(each["responder"]), int(each["value"])) for each in asked} == {(0, ENGAGE), (1, DISRUPT)}
    assert len(asked) == 2


def test_who_is_too_slow_for_it_goes_only_where_nobody_else_can() -> None:
    slow = patrol(id="slow", platform="slow", orbit={"at": [0.0, 100.0]}, height_m=500)
    for fast, speed_m_s, sent in ((True, 90.0, 1), (True, 45.0, 0), (False, 90.0, 0)):
        patrols = [slow, patrol()] if fast else [slow]
        night = Night(own([base(0)], patrols), [other(110e3, 0.0, speed_m_s=speed_m_s)])
        night.run(11)
        assert night.response.contacts["responder"][0] == sent
        assert night.response.responders["duty"][sent] == Duty.TRANSIT


def test_a_unit_that_fired_all_it_may_leaves_it_to_the_next() -> None:
    conduct = CERTAIN | {"success_share": {name: {"low": 0, "high": 0} for name in SHARES}, "shots_most": 1}
    other_post = unit(id="next", orbit={"at": [2.0, 20.0], "radius_km": 1})
    night = Night(own([base(0)], [unit(), other_post], conduct), [other(29e3, 500.0, heading_rad=1.5 * pi)])
    night.permit(*ALLOWED, Action.ENGAGE)
    night.run(400)
    fired = [each[3] for each in night.happened(What.FIRED)]
    assert sorted(fired) == [0, 1]
    assert np.isfinite(night.at(What.MISSED))


def test_it_is_not_let_go_at_once_where_what_is_known_flickers() -> None:
    night = passing(unit(), h_m=9000.0)
    night.run(500)
    assert night.response.responders["track"][0] == 0
    night.assess(Identity.NEUTRAL)
    night.run(int(LET_GO_S) - 10)
    assert night.response.responders["track"][0] == 0
    night.run(30)
    assert night.response.responders["track"][0] == -1


def test_it_drives_and_does_not_fly() -> None:
    night = passing(unit(), h_m=9000.0)
    night.run(500)
    assert night.response.responders["duty"][0] == Duty.CONTACT
    assert night.world.aircraft["h_m"][0] == 50.0


def test_nobody_in_the_air_takes_a_unit_on_the_ground_for_what_is_sought() -> None:
    night = Night(own([base(0)], [patrol(orbit={"at": [0.0, 25.0]}), unit()], CERTAIN))
    night.tracked, night.n = {0: 1}, 1  # a track where a unit stands
    night.run(600)
    assert night.response.contacts["responder"][0] == 0
    assert night.at(What.TASKED) < 60.0
    assert not night.happened(What.FOUND)
