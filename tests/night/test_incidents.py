"""Published incidents through the whole chain: who comes in time, and that a clearance is not yet a shot.

Few nights each, and neither is a validation: the first follows from what was put in, and three incidents are three.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from holdfire.messages.aircraft import Part
from holdfire.messages.response import What, Why
from holdfire.rehearsal.engine import engine_from
from holdfire.scenario.load import load_scenario

if TYPE_CHECKING:
    from holdfire.messages.layout import Records
    from holdfire.messages.night import OptionNight

NIGHTS = 6
CLEARED_NIGHTS = 24
ROMANIA = ("romania-2025-09-13", "romania-2025-11-19", "romania-2025-11-25")
"""By the record crews were cleared in each and held: n = 3, and no more is public."""


def data_of(name: str) -> dict[str, Any]:
    return copy.deepcopy(load_scenario(name).data)


def nights(data: dict[str, Any], *options: str, number: int = NIGHTS) -> dict[str, list[OptionNight]]:
    rehearsal = engine_from(data, options)
    each = [rehearsal.rehearse(1, replication) for replication in range(number)]
    return {option: [night[place] for night in each] for place, option in enumerate(options)}


def met_inside(night: OptionNight) -> int:
    """Count the intruders that a crew was beside before they left."""
    mine = night.aircraft[night.aircraft["part"] == Part.INTRUDER]
    return int((mine["intercepted_s"] < mine["left_s"]).sum())


def test_a_cold_alert_does_not_reach_twelve_minutes_over_the_gulf_and_a_pair_in_the_air_does() -> None:
    data = data_of("estonia-2025-09-19")
    data["bases"][0]["aircraft"][0]["readiness_min"] = 15
    data["background"] = {}  # whoever is ordered off after another aircraft ten minutes before has been cued
    rehearsed = nights(data, "cold-alert", "as-was")
    assert [met_inside(night) for night in rehearsed["cold-alert"]] == [0] * NIGHTS
    assert np.mean([met_inside(night) > 0 for night in rehearsed["as-was"]]) > 0.5


def at_intruders(night: OptionNight) -> Records:
    """Return the events about intruders."""
    intruders = night.aircraft["aircraft"][night.aircraft["part"] == Part.INTRUDER]
    return night.events[np.isin(night.events["aircraft"], intruders)]


def fired(night: OptionNight) -> bool:
    return What.FIRED in at_intruders(night)["what"]


def cleared(data: dict[str, Any]) -> list[OptionNight]:
    """Return the nights under `as-was` in which a crew was cleared to fire at the drone; they have to be most."""
    each = nights(data, "as-was", number=CLEARED_NIGHTS)["as-was"]
    granted = [night for night in each if What.GRANTED in at_intruders(night)["what"]]
    assert len(granted) > CLEARED_NIGHTS / 2
    return granted


def why_held(each: list[OptionNight]) -> set[int]:
    return {int(event["value"]) for night in each for event in at_intruders(night) if event["what"] == What.HELD}


@pytest.mark.parametrize("name", ROMANIA)
def test_permission_is_not_engagement(name: str) -> None:
    granted = cleared(data_of(name))
    assert np.mean([fired(night) for night in granted]) < 0.5
    held = [why_held([night]) for night in granted]
    if name == "romania-2025-11-19":  # seen on radar only, now and then: nobody was beside it in time
        assert np.mean([not each for each in held]) > 0.5
    else:  # collateral risk
        others = [each for night, each in zip(granted, held, strict=True) if not fired(night)]
        assert np.mean([Why.PEOPLE_BELOW in each for each in others]) > 0.5


def test_the_conduct_is_one_and_its_range_is_no_fit() -> None:
    first, *others = (data_of(name)["conduct"] for name in ROMANIA)
    assert all(each == first for each in others)
    assert (first["accepts_people"]["low"], first["accepts_people"]["high"]) == (1e-4, 0.1)


def test_crews_that_leave_the_weighing_to_the_rule_fire_in_most_nights() -> None:
    data = data_of("romania-2025-11-25")
    del data["conduct"]
    granted = cleared(data)
    assert np.mean([fired(night) for night in granted]) > 0.5
    assert not why_held(granted) & {Why.PEOPLE_BELOW, Why.NOTHING_SEEN}
