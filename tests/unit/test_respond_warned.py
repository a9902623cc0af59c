"""What a neighbour's call does, and what it does not: crews sit ready for a while; nobody is sent and nothing begun."""

from __future__ import annotations

from math import inf
from typing import Any

import numpy as np
import pytest

from holdfire.messages.aircraft import Part
from holdfire.messages.response import Duty, What
from holdfire.messages.vocabulary import STATES
from holdfire.respond.cost import own_cost
from holdfire.respond.means import Warners
from holdfire.respond.warned import heed
from holdfire.respond.warners import records_of, state_number, state_of
from holdfire.respond.warning_schema import WarningModel
from support.responding import JET, SURE, Night, base, other, own, patrol

SURELY = {
    "told_share": 1, "delay_min": 0, "false_per_day": 0, "least_min": 3, "lapses_min": 60, "hour_eur": 1200,
}  # fmt: skip
READY = {"low": 15, "high": 15}
QUICK_TRANSIT = SURE | {"transit_m_s": {"low": 333, "high": 333}}
UNTRACKED_S = 600


def called(*more: dict[str, Any], near: bool = True, **changes: Any) -> Warners:
    """Latvia calls, and whoever else is asked for; all that there is lies within reach, or nothing."""
    given = [{"id": "lv", "state": "LV", "source": ["s"], **SURELY, **changes}, *more]
    models = [WarningModel.model_validate(each) for each in given]
    return Warners(records_of(models), -1e6, -1e6, 1e6, np.full((len(models), 2, 2), near))


def ordered(untracked_s: int = UNTRACKED_S, *, number: int = 1, ready: Any = READY, **warning: Any) -> Night:
    """A night in which a jet flies west for so long before a track begins, 136 km from the base."""
    made = own([base(number, readiness_min=ready)], conduct=QUICK_TRANSIT, warners=called(**warning))
    jet = other(136e3 + 100.0 * untracked_s, 0.0, platform=JET, crewed=1, speed_m_s=100.0)
    night = Night(made, [jet])
    night.n = 0
    night.run(untracked_s)
    night.n = 1
    return night


def off_min(night: Night) -> float:
    """From the order to the take-off."""
    night.run(20 * 60)
    return (night.at(What.AIRBORNE) - night.at(What.TASKED)) / 60


def test_a_call_ten_minutes_before_brings_a_cold_alert_to_an_incursion_of_12_min_in_time() -> None:
    # as in the test of a cold alert from Ämari, which misses it (public facts, 1.3 and check f of section 6)
    night = ordered()
    assert night.at(What.FOREWARNED) == 0
    night.run(12 * 60)
    assert night.at(What.AIRBORNE) - night.at(What.TASKED) == pytest.approx(5 * 60, abs=15)
    assert night.at(What.FOUND) - UNTRACKED_S < 12 * 60


@pytest.mark.parametrize(
    ("untracked_s", "warning", "minutes"),
    [
        (600, {"told_share": 0}, 15),
        (600, {"near": False}, 15),
        (600, {"delay_min": 4}, 15 - 6),
        (600, {"delay_min": 30}, 15),
        (840, {}, 3),
        (600, {"lapses_min": 9}, 15),
        (600, {"lapses_min": 11}, 5),
        (600, {"least_min": 8}, 8),
        (600, {"least_min": 20}, 15),
    ],
)
def test_readiness_is_shortened_by_the_time_since_the_call(
    untracked_s: int, warning: dict[str, Any], minutes: float
) -> None:
    assert off_min(ordered(untracked_s, **warning)) == pytest.approx(minutes, abs=0.3)


def test_the_order_says_how_much_nearer_to_take_off_the_crew_is() -> None:
    night = ordered()
    night.run(20)
    events = night.response.events[: night.response.counts[0]]
    (scramble,) = events[events["what"] == What.SCRAMBLE]
    assert scramble["value"] == pytest.approx(600, abs=15)


def test_the_call_that_helps_most_counts_where_two_call() -> None:
    later = {"id": "lt", "state": "LT", "source": ["s"], **SURELY, "delay_min": 5}
    made = own([base(1, readiness_min=READY)], conduct=QUICK_TRANSIT, warners=called(later))
    night = Night(made, [other(196e3, 0.0, platform=JET, crewed=1, speed_m_s=100.0)])
    night.n = 0
    night.run(UNTRACKED_S)
    night.n = 1
    assert off_min(night) == pytest.approx(5, abs=0.3)
    assert [each[0] for each in night.happened(What.FOREWARNED)] == [0, 300]


@pytest.mark.parametrize(("told_share", "sent"), [(0, 1), (1, 0)])
def test_whoever_sends_counts_on_the_crew_that_sits_ready(told_share: float, sent: int) -> None:
    # from the base 4 min of flight behind 15 of readiness, or what is left of it; 14 min from the patrol
    bases, patrols = [base(1, readiness_min=READY)], [patrol(orbit={"at": [0.0, 150.0]})]
    made = own(bases, patrols, warners=called(told_share=told_share))
    night = Night(made, [other(-60e3, 0.0, speed_m_s=30.0, heading_rad=0.0)])
    night.n = 0
    night.run(UNTRACKED_S)
    night.n = 1
    night.run(30)
    assert [responder for *_, responder in night.happened(What.TASKED)] == [sent]


def test_a_call_alone_sends_nobody_and_is_made_once() -> None:
    night = ordered(1200)
    assert [each[1] for each in night.happened()] == [What.FOREWARNED]
    assert night.response.responders[0]["duty"] == Duty.ALERT
    assert not night.response.contacts["number"].any()


@pytest.mark.parametrize(
    ("part", "calls"), [(Part.INTRUDER, 1), (Part.FRIENDLY_DRONE, 1), (Part.AIRLINER, 0), (Part.BIRD, 0)]
)
def test_only_of_intruders_and_strays_somebody_calls(part: Part, calls: int) -> None:
    night = Night(own([base(1)], warners=called()), [other(100e3, 0.0, part=part)])
    night.n = 0
    night.run(60)
    assert len(night.happened(What.FOREWARNED)) == calls


def test_a_second_call_lets_crews_sit_on_and_does_not_begin_anew() -> None:
    made = own([base(1, readiness_min=READY)], warners=called(lapses_min=8))
    late = other(150e3, 0.0, entity=78)
    late["spawn_s"] = 420.0
    night = Night(made, [other(200e3, 0.0), late])
    night.world.aircraft["spawn_s"][-1] = 420.0
    night.n = 0
    night.run(600)
    assert [each[0] for each in night.happened(What.FOREWARNED)] == [0, 420]
    (warned,) = night.response.warned
    assert (warned["since_s"], warned["until_s"]) == (0, 420 + 8 * 60)


@pytest.mark.parametrize("number", [1, 2])
def test_cockpits_cost_by_the_hour_and_aircraft_also_where_nothing_comes(number: int) -> None:
    night = ordered(3600, number=number, lapses_min=30)
    cost = own_cost(night.prepared.means, night.response, np.zeros((number, 2)))
    assert cost.low_eur == cost.high_eur == pytest.approx(number * 600, abs=number * 3)
    assert night.at(What.AIRBORNE) == inf


def test_calls_about_nothing_come_at_their_rate_and_send_crews_to_their_cockpits() -> None:
    night = Night(own([base(1)], warners=called(false_per_day=100, lapses_min=1)))
    for tick in range(0, 6 * 3600, 5):
        heed(night.prepared.means, night.response, night.world, float(tick), 5.0, tick, night.key)
    calls = night.happened(What.FOREWARNED)
    assert 25 / 2 < len(calls) < 25 * 2  # five standard deviations of 25
    assert {aircraft for _, _, aircraft, _ in calls} == {-1}
    assert night.response.warned[0]["stood_s"] > 0


def test_what_is_outside_the_area_nobody_notices() -> None:
    night = Night(own([base(1)], warners=called()), [other(1.5e6, 0.0)])
    night.n = 0
    night.run(10)
    assert night.at(What.FOREWARNED) == inf


def test_states_have_numbers_of_their_own_and_back() -> None:
    codes = [code for code in STATES if code != "none"]
    assert [state_of(state_number(code)) for code in codes] == codes
    assert len({state_number(code) for code in codes}) == len(codes)
