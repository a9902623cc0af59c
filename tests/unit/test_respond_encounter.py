"""Getting there, finding, staying beside and coming home: time and fuel."""

from __future__ import annotations

from math import hypot, inf

import pytest

from holdfire.messages.actions import ALL_ACTIONS, Action
from holdfire.messages.aircraft import Part, Status, Transponder
from holdfire.messages.contact import SightingOf
from holdfire.messages.identity import Identity
from holdfire.messages.response import Duty, What
from holdfire.messages.vocabulary import CLASSES
from holdfire.respond.report import report
from holdfire.seed import Key
from support.responding import DRONE, JET, ONE, SURE, Night, base, other, own, patrol

QUICK = {"low": 0.01, "high": 0.01}


def apart_m(night: Night, place: int) -> float:
    mine, truth = night.world.aircraft[place], night.world.aircraft[-1]
    return hypot(mine["x_m"] - truth["x_m"], mine["y_m"] - truth["y_m"])


def test_lask_to_wyryki_takes_its_readiness_and_its_flight() -> None:
    # 289 km (public facts, section 3) at 250 m/s are 19.3 min behind 10 min of readiness; the last 10 km are search
    conduct = SURE | {"search_min": QUICK}
    night = Night(own([base(1)], conduct=conduct), [other(289e3, 0.0, speed_m_s=30.0, heading_rad=0.0)])
    night.run(2400)
    assert night.at(What.AIRBORNE) - night.at(What.TASKED) == pytest.approx(600, abs=2)
    assert night.at(What.FOUND) - night.at(What.AIRBORNE) == pytest.approx(289e3 / 250, rel=0.1)


def test_a_cold_alert_of_15_min_misses_an_incursion_of_12_min_at_136_km() -> None:
    # Ämari to Vaindloo, 19 September 2025 (public facts, 1.3 and check f of section 6)
    ready = {"low": 15, "high": 15}
    made = own([base(1, readiness_min=ready)], conduct=SURE | {"transit_m_s": {"low": 333, "high": 333}})
    night = Night(made, [other(136e3, 0.0, platform=JET, crewed=1, speed_m_s=100.0)])
    night.run(12 * 60)
    assert night.at(What.TASKED) < 20
    assert night.at(What.AIRBORNE) == inf
    night.run(12 * 60)
    assert 15 * 60 < night.at(What.FOUND) < 27 * 60


def test_take_off_to_contact_in_romania_lies_within_the_default_ranges() -> None:
    # 13 September 2025: 18 min from take-off to contact over 150 to 170 km (public facts, section 6)
    minutes = []
    for replication in range(12):
        made = own([base(1)], conduct={})
        night = Night(made, [other(160e3, 0.0, speed_m_s=45.0, heading_rad=0.0)], key=Key(3, 0, replication))
        night.run(2700)
        minutes.append((night.at(What.FOUND) - night.at(What.AIRBORNE)) / 60)
    assert min(minutes) < 18 < max(minutes)


@pytest.mark.parametrize(("platform", "speed_m_s"), [(DRONE, 45.0), (JET, 230.0)])
def test_a_crew_stays_beside_what_it_found(platform: int, speed_m_s: float) -> None:
    night = Night(own([], [patrol()]), [other(90e3, 0.0, platform=platform, speed_m_s=speed_m_s, crewed=1)])
    while night.at(What.FOUND) == inf and night.tick < 1500:
        night.run(5)
    assert night.tick < 1500
    apart = []
    for _ in range(60):
        night.run(10)
        apart.append(apart_m(night, 0))
    assert night.response.responders[0]["duty"] == Duty.CONTACT
    assert max(apart) < 6000
    assert min(apart) < 500


def test_one_that_cannot_be_found_is_given_up_and_not_tried_again_at_once() -> None:
    night = Night(own([], [patrol()]), [other(70e3, 0.0)])
    night.run(2)
    night.world.aircraft[1]["status"] = Status.LEFT  # the track goes on, and is nobody's
    night.run(900)
    [(dropped_s, _, found, _)] = night.happened(What.DROPPED)
    assert found == -1
    assert not night.response.contacts[0]["done"] >> ALL_ACTIONS.index(Action.INTERCEPT) & 1
    night.run(int(dropped_s) + 320 - night.tick)
    tasked = [each[0] for each in night.happened(What.TASKED)]
    assert len(tasked) == 2
    assert tasked[1] - dropped_s >= 300


def test_one_that_was_lost_after_contact_and_sought_in_vain_is_not_tried_again_at_once() -> None:
    night = Night(own([], [patrol()]), [other(60e3, 0.0)])
    while night.at(What.FOUND) == inf and night.tick < 600:
        night.run(1)
    one = night.response.responders[0]
    one["duty"], one["found"], one["since_s"] = Duty.SEARCH, -1, float(night.tick)
    night.world.aircraft[1]["status"] = Status.LEFT
    night.run(1000)
    [(dropped_s, _, _, _)] = night.happened(What.DROPPED)
    assert night.happened(What.TASKED)[1][0] - dropped_s >= 300


def test_a_fighter_that_was_shot_down_flies_no_more_and_another_is_sent() -> None:
    night = Night(own([base(1)], [patrol(relief=1)]), [other(60e3, 0.0)])
    night.run(30)
    one = night.response.responders[1]
    assert one["track"] == 0
    night.world.aircraft[1]["status"] = Status.SHOT_DOWN
    flown_s, fuel_s = float(one["flown_s"]), float(one["fuel_s"])
    night.run(1300)
    assert (one["duty"], one["track"], one["flown_s"], one["fuel_s"]) == (Duty.LOST, -1, flown_s, fuel_s)
    assert [each[3] for each in night.happened(What.TASKED)] == [1, 0]
    assert night.response.responders[2]["duty"] == Duty.PATROL  # its relief


@pytest.mark.parametrize(("h_m", "heard"), [(10_021.0, What.SILENT), (900.0, What.ANSWERED)])
def test_a_call_to_a_height_is_taken_by_whoever_flies_there(h_m: float, heard: What) -> None:
    cargo = other(60e3, 1e3, entity=9, part=Part.CARGO, platform=JET, crewed=1, radio=1, h_m=h_m, speed_m_s=45.0)
    night = Night(own(), [other(60e3, 0.0, h_m=406.0), cargo])
    night.n = 1
    night.run(3)
    night.world.aircraft[0]["x_m"] += 20e3  # its track stays behind, beside the other one
    night.tracked = {}
    night.run(90)
    assert night.response.contacts[0]["radio"] == (1 if heard is What.ANSWERED else 2)
    assert [(each[1], each[2]) for each in night.happened(heard)] == [(heard, 1 if heard is What.ANSWERED else -1)]


@pytest.mark.parametrize("squawks", [False, True])
def test_another_aircraft_is_found_where_nothing_tells_it_from_the_track(squawks: bool) -> None:
    transponder = Transponder.CIVIL if squawks else Transponder.OFF
    airliner = other(70e3, 1e3, entity=9, platform=JET, crewed=1, speed_m_s=80.0, transponder=transponder)
    night = Night(own([], [patrol()]), [other(70e3, 0.0), airliner])
    night.tracked = {0: 1}
    night.n = 1
    night.run(3)
    night.world.aircraft[1]["status"] = Status.FELL  # its track is carried on beside the airliner
    night.tracked = {}
    night.tracks.track[0]["vx_m_s"] = -80.0
    night.run(500)
    assert [each[2] for each in night.happened(What.FOUND)] == ([] if squawks else [2])


def test_a_small_drone_far_outside_its_reach_is_not_found() -> None:
    # 0.05 m² is seen at 0.47 of the reach for 1 m² (fourth root)
    conduct = SURE | {"search_km": {"low": 10, "high": 10}, "search_min": QUICK}
    near = own([], [patrol()], conduct=conduct | {"finds_km": {"low": 12, "high": 12}})
    night = Night(near, [other(90e3, 0.0)])
    night.run(60)
    while night.response.responders[0]["found"] < 0 and night.tick < 400:
        night.run(1)
    assert night.tick > 61
    assert apart_m(night, 0) == pytest.approx(12e3 * 0.05**0.25, rel=0.05)


def test_sight_is_lost_and_the_search_begins_again() -> None:
    night = Night(own([], [patrol()], conduct=SURE | {"lost_sight_per_min": {"low": 60, "high": 60}}), [other(60e3, 0)])
    night.run(300)
    whats = [each[1] for each in night.happened(What.FOUND, What.LOST_SIGHT)]
    assert whats[:3] == [What.FOUND, What.LOST_SIGHT, What.FOUND]


def test_a_patrol_flies_as_long_as_its_fuel_and_its_relief_follows() -> None:
    night = Night(own([], [patrol(relief=1)]))
    night.run(9000)
    home_s, reserve_s = 50e3 / 230.0, 900.0
    assert night.at(What.RETURNED) == pytest.approx(9000 - home_s - reserve_s, abs=60)
    airborne = night.happened(What.AIRBORNE)
    assert [each[3] for each in airborne] == [0, 1]
    assert 600 <= airborne[1][0] - night.at(What.RETURNED) <= 1200 + 60
    landed = night.at(What.LANDED)
    assert 0 < night.response.responders[0]["fuel_s"] == pytest.approx(9000 - landed, abs=2)
    assert night.response.responders[0]["duty"] == Duty.TURNAROUND
    night.run(int(landed) + 3602 - night.tick)
    assert night.response.responders[0]["duty"] == Duty.ALERT
    assert night.response.responders[0]["fuel_s"] == 9000


def test_a_tanker_on_station_halves_what_a_fighter_burns() -> None:
    tanker = patrol(id="tanker", part="tanker", platform="tanker", until_h=5)
    night = Night(own([], [patrol(), tanker]))
    night.run(1000)
    assert night.response.responders["duty"].tolist() == [Duty.PATROL, Duty.SUPPORT]
    assert 9000 - night.response.responders[0]["fuel_s"] == pytest.approx(500, abs=2)
    assert 3e4 - night.response.responders[1]["fuel_s"] == pytest.approx(1000, abs=2)


def test_a_surveillance_aircraft_flies_its_orbit_and_takes_no_task() -> None:
    drone = patrol(id="eye", part="surveillance", platform="tanker", until_h=5)
    night = Night(own([], [drone]))
    assert night.world.aircraft["part"][0] == Part.SURVEILLANCE
    night.run(1000)
    assert night.response.responders["duty"].tolist() == [Duty.SUPPORT]
    assert 3e4 - night.response.responders[0]["fuel_s"] == pytest.approx(1000, abs=2)


def test_a_patrol_goes_home_when_its_time_is_over() -> None:
    night = Night(own([], [patrol(until_h=0.1)]))
    night.run(365)
    assert night.at(What.RETURNED) == 360


def test_one_from_alert_waits_a_while_and_then_goes_home() -> None:
    night = Night(own([base(1)]), [other(50e3, 0.0)])
    night.run(700)
    night.assess(Identity.NEUTRAL)
    night.run(1920)
    assert night.at(What.RETURNED) - night.at(What.DROPPED) == pytest.approx(1800, abs=2)


def test_one_still_on_the_ground_is_called_back_when_its_track_is_gone() -> None:
    night = Night(own([base(1)]), [other(50e3, 0.0)])
    night.run(60)
    assert night.response.responders[0]["duty"] == Duty.SCRAMBLED
    night.tracked, night.n = {}, 0
    night.tracks.track[0]["number"] = 0
    night.run(1)
    assert night.response.responders[0]["duty"] == Duty.ALERT
    assert night.response.contacts[0]["responder"] == -1


def test_readiness_and_search_are_the_crews_own_under_every_option() -> None:
    spread = {"readiness_min": {"low": 5, "high": 15}}
    times = []
    for bases in ([base(1, **spread)], [base(2, **spread)]):
        night = Night(own(bases), [other(50e3, 0.0)])
        night.run(1200)
        times.append((night.at(What.AIRBORNE), night.at(What.FOUND)))
    assert times[0] == times[1]


def test_what_a_crew_reports_stands_right_or_wrong() -> None:
    night = Night(own([], [patrol()]), [other(55e3, 0.0)])
    night.run(200)
    response, contact = night.response, night.response.contacts[0]
    sighting = response.sightings[0]

    def look(visual_class: str) -> None:
        sighting["track"], sighting["seen"], sighting["time_s"] = 0, 1, 200.0
        sighting["visual_class"], sighting["by"] = CLASSES.index(visual_class), SightingOf.EYE
        report(night.prepared.means, response, night.tracks, 200.0)

    look("civil")
    look("not-established")
    assert contact["visual_class"] == CLASSES.index("civil")
    look("one-way-attack-type")
    assert contact["seen_as"] == 1 << CLASSES.index("civil") | 1 << CLASSES.index("one-way-attack-type")
    assert contact["done"] >> ALL_ACTIONS.index(Action.IDENTIFY) & 1
    assert len(night.happened(What.LOOKED)) == 2
    report(night.prepared.means, response, night.tracks, 201.0)  # old
    assert len(night.happened(What.LOOKED)) == 2


def test_a_night_without_anyone_to_respond_costs_nothing_and_runs() -> None:
    night = Night(own(), [other(0.0, 0.0)], key=ONE)
    night.run(20)
    assert {each[1] for each in night.happened()} == {What.INTERROGATED, What.HAILED}
    assert night.decide()["responder"].tolist() == [-1]
