"""What is decided about each track: pure, by rank and time, and force only as the ruling says."""

from __future__ import annotations

from math import inf

import numpy as np
import pytest

from holdfire.messages.actions import ALL_ACTIONS, Action
from holdfire.messages.aircraft import Transponder
from holdfire.messages.authority import ROLE_BIT, ROLES, Role
from holdfire.messages.identity import Identity
from holdfire.messages.response import Duty
from holdfire.messages.vocabulary import CLASSES
from holdfire.respond.decide import LET_GO_S
from holdfire.respond.matters import DANGER, DOUBTFUL, NOT, SUSPECT, how_much, urgency_s
from holdfire.respond.reach import meeting_s
from support.responding import ALLOWED, Night, base, other, own, patrol

ENGAGE, INTERCEPT, WARN = (ALL_ACTIONS.index(each) for each in (Action.ENGAGE, Action.INTERCEPT, Action.WARN))
AIR = Role.AIR_OPERATIONS_COMMANDER


def in_contact(found_part: int = 0) -> Night:
    """Return a night in which the patrol is beside the first of two intruders."""
    night = Night(own([base(2)], [patrol()]), [other(55e3, 0.0), other(90e3, 0.0, entity=78)])
    night.run(1)
    one, contact = night.response.responders[2], night.response.contacts[0]
    one["duty"], one["track"], one["number"], one["found"] = Duty.CONTACT, 0, 100, 3 + found_part
    contact["number"], contact["responder"] = 100, 2
    contact["done"] = (1 << len(ALL_ACTIONS)) - 1 & ~(1 << ENGAGE)
    contact["done_s"] = 0.0
    return night


def decided(night: Night, row: int = 0) -> tuple[int, int, int, int, int]:
    order = night.decide()[row]
    return tuple(int(order[name]) for name in ("action", "responder", "ask", "fire", "drop"))  # type: ignore[return-value]


def test_it_changes_nothing_but_the_orders_and_says_the_same_twice() -> None:
    night = in_contact()
    night.permit(*ALLOWED, Action.ENGAGE, by=AIR)
    before = [array.tobytes() for part in (night.response, night.tracks, night.world) for array in part]
    first = night.decide().tobytes()
    assert night.decide().tobytes() == first
    assert [array.tobytes() for part in (night.response, night.tracks, night.world) for array in part] == before


def test_the_crews_own_word_needs_no_question() -> None:
    night = in_contact()
    night.permit(*ALLOWED, Action.ENGAGE)
    assert decided(night) == (ENGAGE, 2, 0, 1, 0)


def test_without_permission_nobody_fires_or_asks() -> None:
    night = in_contact()
    assert decided(night) == (0, 2, 0, 0, 0)


def test_force_that_is_not_the_crews_to_execute_is_not_used() -> None:
    night = in_contact()
    night.permit(*ALLOWED, Action.ENGAGE, executors=ROLE_BIT[Role.POLICE])
    assert decided(night)[2:4] == (0, 0)


def test_a_higher_authority_is_asked_and_its_word_is_awaited() -> None:
    night = in_contact()
    night.permit(*ALLOWED, Action.ENGAGE, by=AIR)
    assert decided(night) == (ENGAGE, 2, ROLE_BIT[AIR], 0, 0)
    request = night.response.requests[0]
    request["number"], request["action"], request["role"] = 100, ENGAGE, ROLES.index(AIR)
    request["asked_s"], request["answer_s"] = float(night.tick), night.tick + 500.0
    assert decided(night)[2:4] == (0, 0)
    night.tick += 400  # late, but it is coming
    assert decided(night)[2:4] == (0, 0)
    night.tick += 400  # late, but it is coming
    night.response.contacts[0]["done_s"] = float(night.tick)
    assert decided(night)[2:4] == (0, 0)
    request["granted"] = 1
    assert decided(night)[2:4] == (0, 1)


def test_a_word_stands_only_for_what_was_asked_and_as_long_as_it_suffices() -> None:
    night = in_contact()
    night.permit(*ALLOWED, Action.ENGAGE, by=AIR)
    request = night.response.requests[0]
    request["number"], request["action"], request["role"], request["granted"] = 100, ENGAGE, ROLES.index(AIR), 1
    night.permit(*ALLOWED)
    assert decided(night)[3] == 0  # permitted no more
    night.permit(*ALLOWED, Action.ENGAGE, by=Role.NATIONAL_AUTHORITY)
    assert decided(night)[2:4] == (ROLE_BIT[Role.NATIONAL_AUTHORITY], 0)
    request["role"] = ROLES.index(Role.NATIONAL_AUTHORITY)
    night.permit(*ALLOWED, Action.ENGAGE, by=AIR)
    assert decided(night)[3] == 1
    request["number"] = 99  # about a track that is gone
    assert decided(night)[3] == 0


@pytest.mark.parametrize("granted", [0, -1])
def test_a_silent_or_refusing_authority_is_asked_again_after_a_while(granted: int) -> None:
    night = in_contact()
    night.permit(*ALLOWED, Action.ENGAGE, by=AIR)
    request = night.response.requests[0]
    request["number"], request["action"], request["role"], request["granted"] = 100, ENGAGE, ROLES.index(AIR), granted
    request["asked_s"], request["answer_s"] = float(night.tick), inf
    night.response.contacts[0]["done_s"] = night.tick + 299.0
    night.tick += 299
    assert decided(night)[2] == 0
    night.tick += 2
    assert decided(night)[2] == ROLE_BIT[AIR]


def test_a_refusal_counts_from_when_it_came() -> None:
    night = in_contact()
    night.permit(*ALLOWED, Action.ENGAGE, by=AIR)
    request, asked_s = night.response.requests[0], float(night.tick)
    request["number"], request["action"], request["role"], request["granted"] = 100, ENGAGE, ROLES.index(AIR), -1
    request["asked_s"], request["answer_s"] = asked_s, asked_s + 400.0
    for after_s, roles in ((405.0, 0), (699.0, 0), (701.0, ROLE_BIT[AIR])):
        night.tick = int(asked_s + after_s)
        night.response.contacts[0]["done_s"] = float(night.tick)
        assert decided(night)[2] == roles


@pytest.mark.parametrize(("crew", "fires"), [(0, 1), (1, 0)])
def test_a_word_is_for_crews_of_the_state_that_asked(crew: int, fires: int) -> None:
    night = in_contact()
    night.permit(*ALLOWED, Action.ENGAGE, by=AIR)
    request = night.response.requests[0]
    request["number"], request["action"], request["role"], request["granted"] = 100, ENGAGE, ROLES.index(AIR), 1
    request["crew"] = crew  # the one in contact is of the first state
    assert decided(night)[2:4] == ((0, 1) if fires else (ROLE_BIT[AIR], 0))


@pytest.mark.parametrize("due", [Action.IDENTIFY, Action.HAIL, Action.WARN])
def test_what_is_due_comes_before_force_and_force_in_the_next_cycle(due: Action) -> None:
    night = in_contact()
    night.permit(*ALLOWED, Action.WARN, Action.ENGAGE)
    contact = night.response.contacts[0]
    contact["done"] &= ~(1 << ALL_ACTIONS.index(due))
    contact["done_s"][ALL_ACTIONS.index(due)] = -inf
    assert (decided(night)[0], decided(night)[3]) == (ALL_ACTIONS.index(due), 0)
    night.act()
    assert decided(night) == (ENGAGE, 2, 0, 1, 0)


def test_an_empty_aircraft_is_not_told_to_fire() -> None:
    night = in_contact()
    night.permit(*ALLOWED, Action.ENGAGE)
    night.response.responders[2]["missiles"] = night.response.responders[2]["guns"] = 0
    assert decided(night)[3] == 0


@pytest.mark.parametrize("spent", ["missiles", "spent"])
def test_who_can_fire_no_more_makes_way_for_one_who_can_where_force_is_permitted(spent: str) -> None:
    night = in_contact()
    night.response.responders[2][spent] = {"missiles": 0, "spent": 100}[spent]
    assert decided(night)[4] == 0  # no force is wanted
    night.permit(*ALLOWED, Action.ENGAGE, executors=ROLE_BIT[Role.POLICE])
    assert decided(night)[4] == 0  # nor from a crew
    night.permit(*ALLOWED, Action.ENGAGE)
    assert decided(night) == (0, 2, 0, 0, 1)
    night.response.responders["missiles"][:2] = night.response.responders["guns"][:2] = 0
    assert decided(night)[4] == 0  # nobody else could fire either


def test_two_who_are_spent_do_not_make_way_for_the_same_one() -> None:
    night = Night(own([base(1)], [patrol(number=2)]), [other(55e3, 0.0), other(60e3, 9e3)])
    night.run(20)
    assert (night.response.responders["track"][1:] >= 0).all()
    night.response.responders["missiles"][1:] = 0
    night.permit(*ALLOWED, Action.ENGAGE)
    assert sorted(night.decide()["drop"].tolist()) == [0, 1]


def test_an_armed_one_is_sent_before_an_empty_one_and_an_empty_one_before_nobody() -> None:
    for armed, sent in ((1, 0), (0, 1)):
        night = Night(own([base(1)], [patrol()]), [other(60e3, 0.0)])
        night.response.responders["missiles"] = [armed, 0]
        night.response.responders["guns"] = 0
        night.run(11)
        assert night.response.contacts[0]["responder"] == sent


def test_one_that_jams_needs_no_weapon_to_be_sent_first() -> None:
    night = Night(own([base(1)], [patrol(jams=True, missiles=0)]), [other(60e3, 0.0)])
    night.run(11)
    assert night.response.contacts[0]["responder"] == 1


def test_nobody_is_sent_from_where_fuel_does_not_last_for_the_way_home() -> None:
    # 250 km at 250 m/s are 1000 s, and back at 230 m/s 1304 s from where the patrol is based, with 900 s in reserve
    for fuel_s, sent in ((3300.0, 0), (3100.0, -1)):
        night = Night(own([], [patrol()]), [other(300e3, 0.0, speed_m_s=0.0)])
        night.run(3)
        night.response.responders["fuel_s"] = fuel_s
        night.run(8)
        assert night.response.contacts[0]["responder"] == sent


def test_nobody_is_sent_twice_and_the_most_urgent_gets_the_soonest() -> None:
    night = Night(own([base(2)], [patrol()]), [other(150e3, 0.0), other(90e3, 0.0), other(60e3, 9e3), other(1e5, 0)])
    night.run(11)  # asked, called and sent
    night.response.contacts["responder"] = -1
    night.response.responders["track"] = -1
    night.response.responders["duty"] = [Duty.ALERT, Duty.ALERT, Duty.PATROL]
    night.know("time_to_cpa_s", 900.0)
    night.know("time_to_cpa_s", 120.0, row=1)
    sent = night.decide()["responder"].tolist()
    assert sent[1] == 2  # the patrol is there first
    assert sorted(sent) == [-1, 0, 1, 2]
    assert (night.orders[:4]["action"] == INTERCEPT).sum() == 3


def test_one_on_alert_needs_its_readiness_and_one_on_patrol_does_not() -> None:
    night = Night(own([base(1)], [patrol()]), [other(10e3, 0.0)])
    night.run(5)
    night.run(6)
    assert night.response.contacts[0]["responder"] == 1  # 40 km off, and yet before the base ten minutes away


def test_a_track_that_matters_no_more_is_let_go() -> None:
    night = in_contact()
    night.assess(Identity.FRIEND, Identity.NEUTRAL)
    assert decided(night) == (0, -1, 0, 0, 0)  # not for a moment of it
    night.response.responders["needed_s"] -= LET_GO_S + 1.0
    assert decided(night) == (0, 2, 0, 0, 1)


def test_people_aboard_are_warned_first_and_nobody_aboard_is_not() -> None:
    night = in_contact()
    night.response.contacts[0]["done"] &= ~(1 << WARN)
    night.permit(*ALLOWED, Action.WARN)
    assert decided(night)[0] == WARN
    night.know("occupancy", "uncrewed")
    assert decided(night)[0] == 0


def rank(night: Night, looked_as: int = -1) -> int:
    return how_much(night.rows[0], night.assessments[0], looked_as)


def test_what_matters() -> None:
    night = Night(own())
    assert rank(night) == SUSPECT
    assert rank(night, CLASSES.index("balloon")) == NOT
    night.assessments["holds"] = 1
    assert rank(night) == DANGER
    night.know("direction", "outbound")
    night.know("airspace", "foreign")
    assert rank(night) == NOT  # it left
    night.assessments["holds"] = 2
    assert rank(night) == DANGER  # it attacks
    night.assessments["error"] = 1
    assert rank(night) == NOT


def test_who_answers_nobody_inside_or_near_is_doubtful() -> None:
    night = Night(own())
    night.assess(Identity.UNKNOWN, Identity.SUSPECT, Identity.NEUTRAL)
    assert rank(night) == NOT  # nothing says where it is
    night.know("airspace", "own")
    assert rank(night) == DOUBTFUL
    night.know("transponder", "civil")
    assert rank(night) == NOT
    night.know("transponder", "7600")
    assert rank(night) == DOUBTFUL  # it says that it has lost its radio
    night.know("transponder", "silent")
    night.know("flight_plan", "matched")
    assert rank(night) == NOT


def test_urgency_goes_by_rank_then_by_time_then_by_depth() -> None:
    night = Night(own())
    night.know("depth_m", 20_000.0, row=1)
    night.know("time_to_cpa_s", 60.0, row=2)
    times = [urgency_s(night.rows[row], SUSPECT) for row in range(3)]
    assert times == sorted(times, reverse=True)
    assert urgency_s(night.rows[0], DANGER) < times[2]


@pytest.mark.parametrize(
    ("v_m_s", "expected_s"),
    [((0.0, 0.0), 400.0), ((-50.0, 0.0), 1e5 / 300), ((50.0, 0.0), 500.0), ((300.0, 0.0), 400.0)],
)
def test_meeting(v_m_s: tuple[float, float], expected_s: float) -> None:
    # 100 km away at 250 m/s: closing adds speeds, a stern chase takes them away; one that is faster cannot be met
    assert meeting_s(1e5, 0.0, *v_m_s, 250.0) == pytest.approx(expected_s)


def test_meeting_across_its_way_is_where_both_are() -> None:
    taken_s = meeting_s(0.0, 1e5, 120.0, 40.0, 250.0)
    assert np.hypot(120.0 * taken_s, 1e5 + 40.0 * taken_s) == pytest.approx(250.0 * taken_s)


def test_a_unit_on_the_ground_stands_at_its_post_and_answers_no_radar() -> None:
    made = own([], [patrol(reach_km=10)])
    unit = made.means.units[0]
    assert (unit["home_x_m"], unit["home_y_m"], unit["tied_m"]) == (50e3, 0.0, 10e3)
    assert made.aircraft["transponder"][0] == Transponder.OFF
    assert own([], [patrol()]).aircraft["transponder"][0] == Transponder.MILITARY
