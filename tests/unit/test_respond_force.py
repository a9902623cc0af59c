"""Calls, authorities and force: only as permitted, but for departures; what is hit, missed, astray and below."""

from __future__ import annotations

from math import inf
from typing import Any

import numpy as np
import pytest

from holdfire.messages.actions import ALL_ACTIONS, Action
from holdfire.messages.aircraft import Part, Status
from holdfire.messages.authority import ROLE_BIT, ROLES, Role
from holdfire.messages.response import What, Why
from holdfire.messages.vocabulary import CLASSES
from holdfire.respond.conduct_schema import ConductModel
from holdfire.respond.cost import other_cost, own_cost, weakest
from holdfire.respond.decide import HAIL_AGAIN_S
from holdfire.respond.names import triangular
from holdfire.respond.prepare import Sections, prepare_response
from holdfire.respond.schema import ChainModel
from holdfire.seed import Key
from holdfire.sources import Grade
from support.responding import (
    ALLOWED,
    FRAMES,
    JET,
    ONE,
    SHARE,
    SURE,
    SURE_SHOT,
    Night,
    base,
    other,
    own,
    patrol,
    state,
    weapons,
)

AIR = Role.AIR_OPERATIONS_COMMANDER
NEVER = {"low": 0, "high": 0}
ALWAYS = {"low": 1, "high": 1}
FORCE = (What.FIRED, What.HIT, What.DEPARTED, What.HELD)


def beside(conduct: Any = None, key: Key = ONE, states: Any = None, **changes: Any) -> Night:
    """Return a night in which the patrol has found an intruder."""
    made = own([], [patrol()], conduct=SURE_SHOT if conduct is None else conduct, **(states or {}))
    night = Night(made, [other(60e3, 0.0, **changes)], key=key)
    while night.at(What.FOUND) == inf and night.tick < 2000:
        night.run(1)
    return night


def value_of(night: Night, what: What) -> list[float]:
    events = night.response.events[: night.response.counts[0]]
    return [float(each) for each in events["value"][events["what"] == what]]


def test_nothing_is_fired_without_permission() -> None:
    night = beside()
    night.run(600)
    assert night.happened(*FORCE) == []


def test_a_permitted_shot_brings_down_what_the_crew_found_and_debris_falls() -> None:
    night = beside()
    night.permit(*ALLOWED, Action.ENGAGE)
    night.run(30)
    assert [each[1] for each in night.happened(What.GRANTED, *FORCE)] == [What.GRANTED, What.FIRED, What.HIT]
    assert night.world.aircraft[1]["status"] == Status.SHOT_DOWN
    assert value_of(night, What.DEBRIS) == [pytest.approx(100 * 100e-6)]  # 100 people per km², 100 m²
    assert night.response.responders[0]["missiles"] == 1
    assert night.response.responders[0]["track"] == -1


def test_a_departure_is_rare_and_is_counted_as_such() -> None:
    conduct = SURE_SHOT | {"departures_per_contact_h": ALWAYS, "hold_share": ALWAYS}
    nights = set()
    for replication in range(4):
        night = beside(conduct, Key(5, 0, replication))
        night.run(6000)
        nights.add(tuple(each[1] for each in night.happened(*FORCE)))
    assert (What.DEPARTED, What.FIRED, What.HIT) in nights
    assert nights <= {(), (What.DEPARTED, What.FIRED, What.HIT)}


def test_departures_come_at_their_rate() -> None:
    # 1 an hour, so that the first comes within 10 min with a chance of 1 - exp(-1/6) = 15.4 %
    conduct = SURE_SHOT | {"departures_per_contact_h": ALWAYS, "search_min": {"low": 0.01, "high": 0.01}}
    departed = 0
    for replication in range(60):
        night = beside(conduct, Key(5, 0, replication))
        night.run(600)
        departed += night.at(What.DEPARTED) < inf
    assert 3 <= departed <= 18  # all but 0.5 % of a binomial of 60 and 0.154


def test_a_crew_that_holds_is_counted_once_and_does_not_fire() -> None:
    night = beside(SURE_SHOT | {"hold_share": ALWAYS})
    night.permit(*ALLOWED, Action.ENGAGE)
    night.run(300)
    assert [each[1] for each in night.happened(*FORCE)] == [What.HELD]


@pytest.mark.parametrize(("people", "fires"), [(0.02, False), (0.005, True), (None, True)])
def test_a_crew_holds_where_the_picture_says_more_people_are_at_risk_than_it_accepts(
    people: float | None, *, fires: bool
) -> None:
    night = beside(SURE_SHOT | {"accepts_people": 0.01})
    if people is not None:
        night.know("people_at_risk", people)
    night.permit(*ALLOWED, Action.ENGAGE)
    night.run(60)
    assert [each[1] for each in night.happened(*FORCE)] == ([What.FIRED, What.HIT] if fires else [What.HELD])
    assert value_of(night, What.HELD) == ([] if fires else [Why.PEOPLE_BELOW])


def test_what_crews_accept_is_drawn_evenly_in_its_logarithm() -> None:
    held = 0
    for replication in range(60):  # 0.001 lies in the middle of the logarithms, and at a hundredth of the range
        night = beside(SURE_SHOT | {"accepts_people": {"low": 1e-5, "high": 0.1}}, Key(5, 0, replication))
        night.know("people_at_risk", 1e-3)
        night.permit(*ALLOWED, Action.ENGAGE)
        night.run(10)
        held += night.at(What.HELD) < inf
    assert 19 <= held <= 41  # all but 0.5 % of a binomial of 60 and a half


def test_a_crew_that_sees_first_fires_once_it_has_seen_what_it_is() -> None:
    night = beside(SURE_SHOT | {"sees_first": True})
    night.permit(*ALLOWED, Action.ENGAGE)
    night.response.contacts[0]["visual_class"] = CLASSES.index("not-established")
    night.run(60)
    assert value_of(night, What.HELD) == [Why.NOTHING_SEEN]
    assert night.at(What.FIRED) == inf
    night.response.contacts[0]["visual_class"] = CLASSES.index("one-way-attack-type")
    night.run(60)
    assert night.at(What.FIRED) < inf


def test_each_crew_that_holds_is_counted() -> None:
    made = own([base(1)], [patrol()], conduct=SURE_SHOT | {"hold_share": ALWAYS})
    night = Night(made, [other(60e3, 0.0)])
    night.permit(*ALLOWED, Action.ENGAGE)
    while night.at(What.HELD) == inf and night.tick < 2000:
        night.run(1)
    night.response.responders[1]["fuel_s"] = 0.0  # it goes home, and one from alert takes over
    night.run(2000)
    assert [each[3] for each in night.happened(What.HELD)] == [1, 0]


def test_a_crew_that_holds_looks_and_renews_its_call() -> None:
    night = beside(SURE_SHOT | {"hold_share": ALWAYS})
    night.permit(*ALLOWED, Action.ENGAGE)
    night.run(600)
    contact = night.response.contacts[0]
    assert contact["done"] >> ALL_ACTIONS.index(Action.IDENTIFY) & 1
    assert night.tick - contact["done_s"][ALL_ACTIONS.index(Action.HAIL)] <= HAIL_AGAIN_S + 5


def test_a_crew_that_has_fired_all_its_shots_is_followed_by_another() -> None:
    conduct = SURE | {"success_share": {"radar-missile": NEVER}}
    night = Night(own([base(1)], [patrol(missiles=4)], conduct=conduct), [other(60e3, 0.0)])
    night.permit(*ALLOWED, Action.ENGAGE)
    night.run(2000)
    assert [each[3] for each in night.happened(What.FIRED)] == [1, 1, 0, 0]
    assert night.response.responders[1]["missiles"] == 2


def test_shots_are_spaced_and_few_and_may_go_astray_on_people() -> None:
    conduct = SURE | {"success_share": {"radar-missile": NEVER}, "stray_share": SHARE}
    night = beside(conduct)
    night.permit(*ALLOWED, Action.ENGAGE)
    night.run(300)
    fired = [each[0] for each in night.happened(What.FIRED)]
    assert len(fired) == 2  # shots_most
    assert fired[1] - fired[0] >= 20
    assert len(night.happened(What.MISSED)) == 2
    assert value_of(night, What.STRAY) == [pytest.approx(100 * 200e-6)] * 2


def test_an_authority_answers_in_its_time_and_then_the_crew_fires() -> None:
    night = beside()
    night.permit(*ALLOWED, Action.ENGAGE, by=AIR)
    night.run(100)
    asked, granted, fired = night.at(What.ASKED), night.at(What.GRANTED), night.at(What.FIRED)
    assert 60 <= granted - asked <= 65
    assert granted <= fired <= granted + 5


@pytest.mark.parametrize("role", [{"available": 0.0}, {"grants": 0.0}])
def test_one_that_cannot_be_reached_or_refuses_is_asked_again_and_nobody_fires(role: dict[str, float]) -> None:
    night = beside(states={"role": role})
    night.permit(*ALLOWED, Action.ENGAGE, by=AIR)
    night.run(900)
    asked = [each[0] for each in night.happened(What.ASKED)]
    assert len(asked) == 3
    assert asked[1] - asked[0] >= 300
    assert night.happened(What.GRANTED, *FORCE) == []


@pytest.mark.parametrize("answered", [False, True])
@pytest.mark.parametrize(("crew", "fires"), [("PL", True), ("NL", False)])
def test_a_word_given_to_a_crew_is_another_states_crews_only_if_its_own_chain_gives_it(
    crew: str, fires: bool, answered: bool
) -> None:
    states = [state(), state(id="NL", guards=False, role={"available": 0.0})]  # nobody ever answers the Dutch
    patrols = [patrol(id="first"), patrol(id="second", crew=crew, orbit={"at": [0.0, 20.0]})]
    sections = Sections(states, ChainModel(), [base(0)], patrols, ConductModel.model_validate(SURE_SHOT))
    night = Night(
        prepare_response(sections, FRAMES, weapons(), lambda lat, lon: (lon * 1e3, lat * 1e3), lambda _: (0, 0, 100)),
        [other(60e3, 0.0)],
    )
    night.permit(*ALLOWED, Action.ENGAGE, by=AIR)
    while night.at(What.GRANTED if answered else What.ASKED) == inf and night.tick < 500:
        night.run(1)
    night.response.responders[0]["fuel_s"] = 0.0  # it goes home, and the other takes over
    night.run(600)
    assert night.at(What.FOUND) < inf
    assert ([each[3] for each in night.happened(What.FIRED)] == [1]) is fires
    assert (len(night.happened(What.ASKED)) > 1) is not fires


@pytest.mark.parametrize(("available", "asked"), [(1.0, AIR), (0.0, Role.NATIONAL_AUTHORITY)])
def test_the_next_who_suffices_is_asked_where_the_first_cannot_be_reached(available: float, asked: Role) -> None:
    role = {"role": "air-operations-commander", "available": available, "source": ["s"]}
    role["answers_s"] = {"low": 60.0, "likely": 60.0, "high": 60.0}
    night = beside(states={"roles": [role, role | {"role": "national-authority", "available": 1.0}]})
    night.permit(*ALLOWED, Action.ENGAGE)
    night.rulings["authority"] = ROLE_BIT[AIR] | ROLE_BIT[Role.NATIONAL_AUTHORITY]
    night.run(100)
    assert night.response.requests[0]["role"] == ROLES.index(asked)
    assert len(night.happened(What.ASKED)) == len(night.happened(What.FIRED)) == 1


def test_a_word_that_comes_when_it_is_permitted_no_more_changes_nothing() -> None:
    night = beside()
    night.permit(*ALLOWED, Action.ENGAGE, by=AIR)
    night.run(30)
    night.permit(*ALLOWED)
    night.run(300)
    assert night.at(What.GRANTED) < inf
    assert night.happened(*FORCE) == []


def test_a_permission_taken_back_takes_the_clearance_back_at_once() -> None:
    night = beside(SURE | {"success_share": {"radar-missile": NEVER}})
    night.permit(*ALLOWED, Action.ENGAGE)
    night.run(10)
    assert len(night.happened(What.FIRED)) == 1
    night.permit(*ALLOWED)
    night.run(300)
    assert len(night.happened(What.FIRED)) == 1


def test_a_shot_hits_what_the_crew_is_beside_be_it_an_airliner() -> None:
    airliner = other(60e3, 0.5e3, entity=9, part=Part.AIRLINER, platform=JET, crewed=1, speed_m_s=80.0)
    night = Night(own([], [patrol()], conduct=SURE_SHOT), [other(60e3, 0.0), airliner])
    night.n = 1
    night.permit(*ALLOWED, Action.ENGAGE)
    night.run(3)
    night.world.aircraft[1]["status"] = Status.FELL
    night.run(500)
    assert [each[2] for each in night.happened(What.HIT)] == [2]
    assert night.world.aircraft[2]["status"] == Status.SHOT_DOWN


def test_a_pair_has_the_same_luck_under_two_options() -> None:
    half = {"low": 0.5, "high": 0.5}
    conduct = SURE | {"success_share": {"radar-missile": half}, "hold_share": half}
    ends = set()
    for replication in range(6):
        both = []
        for wait in (0, 200):  # another option permits later
            night = beside(conduct, Key(8, 0, replication))
            night.run(wait)
            night.permit(*ALLOWED, Action.ENGAGE)
            night.run(200)
            both.append(tuple(each[1] for each in night.happened(What.HELD, What.FIRED, What.HIT, What.MISSED)))
        assert both[0] == both[1]
        ends.add(both[0])
    assert len(ends) > 1


@pytest.mark.parametrize(
    ("changes", "answer"),
    [
        ({"crewed": 1, "radio": 1}, What.ANSWERED),
        ({"crewed": 1, "radio": 0}, What.SILENT),
        ({"crewed": 1, "radio": 1, "radio_fails_s": 1.0}, What.SILENT),
        ({"crewed": 0, "radio": 1}, What.SILENT),
    ],
)
def test_a_call_is_answered_by_people_with_a_radio_after_a_minute(changes: dict[str, float], answer: What) -> None:
    night = Night(own(), [other(60e3, 0.0, **changes)])
    night.run(100)
    [(heard_s, what, _, _)] = night.happened(What.ANSWERED, What.SILENT)
    assert what is answer
    assert heard_s - night.at(What.HAILED) == 60
    assert night.response.contacts[0]["radio"] == (1 if answer is What.ANSWERED else 2)


@pytest.mark.parametrize(("crewed", "obeys"), [(0, 0), (1, 1)])
def test_people_obey_and_nobody_aboard_does_not(crewed: int, obeys: int) -> None:
    night = beside(SURE | {"intruder_obeys_share": ALWAYS}, crewed=crewed, platform=JET, speed_m_s=150.0)
    night.permit(*ALLOWED, Action.WARN, Action.DIVERT, Action.ESCORT)
    night.run(20)
    assert night.response.contacts[0]["complying"] == -1
    night.run(70)
    assert night.response.contacts[0]["complying"] == obeys
    assert len(night.happened(What.WARNED)) == 2
    assert len(night.happened(What.ESCORTED)) == 1


def test_who_is_told_to_divert_obeys_without_a_warning_before_it() -> None:
    night = beside(SURE | {"intruder_obeys_share": ALWAYS}, crewed=1, platform=JET, speed_m_s=150.0)
    night.permit(*ALLOWED, Action.DIVERT)
    night.run(80)
    assert night.response.contacts[0]["complying"] == 1


def test_warning_fire_takes_a_burst_and_hits_nobody() -> None:
    made = own([], [patrol(gun_bursts=2)], conduct=SURE)
    night = Night(made, [other(60e3, 0.0, crewed=1, platform=JET, speed_m_s=150.0)])
    night.permit(*ALLOWED, Action.WARN_BY_FIRE)
    night.run(600)
    assert value_of(night, What.WARNED) == [4.0]
    assert night.response.responders[0]["guns"] == 1
    assert night.happened(*FORCE) == []


def test_only_who_can_jam_disrupts_and_only_what_carries_nobody() -> None:
    for jams, crewed, ends in ((False, 0, []), (True, 0, [What.DISRUPTED]), (True, 1, [])):
        made = own([], [patrol(jams=jams)], conduct=SURE | {"disrupts_share": ALWAYS})
        night = Night(made, [other(60e3, 0.0, crewed=crewed)])
        night.permit(*ALLOWED, Action.DISRUPT)
        night.run(300)
        assert [each[1] for each in night.happened(What.DISRUPTED)] == ends


def test_own_interrogator_says_friend_only_of_who_answers() -> None:
    for iff, answer in ((0, 2), (1, 1)):
        night = beside(iff=iff)
        night.run(2)
        assert night.response.contacts[0]["iff"] == answer


def test_a_triangular_distribution_by_its_quantiles() -> None:
    # F(x) = (x - a)² / (b - a)(c - a) up to c; half of the mass of a symmetric one lies below its peak
    assert triangular(0.0, 50.0, 100.0, 0.5) == 50.0
    assert triangular(20.0, 60.0, 300.0, 0.0) == 20.0
    assert triangular(20.0, 60.0, 300.0, (40 * 40) / (280 * 40)) == pytest.approx(60.0)
    assert triangular(20.0, 60.0, 300.0, 1.0) == 300.0
    assert triangular(60.0, 60.0, 60.0, 0.3) == 60.0


def test_cost_is_flying_and_shots_on_our_side_and_aircraft_on_theirs() -> None:
    night = beside()
    night.permit(*ALLOWED, Action.ENGAGE)
    night.run(30)
    night.response.responders["flown_s"] = 1800.0
    made = own_cost(night.prepared.means, night.response, np.array([[20_000.0, 30_000.0]]))
    assert made == pytest.approx((10_000 + 900_000, 15_000 + 2_300_000))  # half an hour and one radar missile
    lost = other_cost(night.world.aircraft, np.array([[0.0, 0.0], [1e4, 2e4], [0.0, 0.0]]))
    assert (lost, lost.middle_eur) == ((1e4, 2e4), 1.5e4)
    # some forty to two hundred times what it brought down (public facts: 20 : 1 to 200 : 1)
    assert 20 < made.middle_eur / lost.middle_eur < 200
    assert weakest([Grade.OFFICIAL, Grade.ASSUMED, Grade.ESTIMATE]) is Grade.ASSUMED
