"""Published incidents through the whole chain: who comes in time, and that a clearance is not yet a shot.

Few nights each, and neither is a validation: the first follows from what was put in, and three incidents are three.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from holdfire.messages.aircraft import Part
from holdfire.rehearsal.engine import engine_from
from holdfire.scenario.load import load_scenario

if TYPE_CHECKING:
    from holdfire.messages.night import OptionNight

NIGHTS = 6
CLEARED = {
    "romania-2025-09-13": ("as-was", "later-rules", "direction-or-speed"),
    "romania-2025-11-19": ("as-was", "direction-or-speed"),
    "romania-2025-11-25": ("as-was", "direction-or-speed"),
}


def data_of(name: str) -> dict[str, Any]:
    return copy.deepcopy(load_scenario(name).data)


def nights(data: dict[str, Any], *options: str) -> dict[str, list[OptionNight]]:
    rehearsal = engine_from(data, options)
    each = [rehearsal.rehearse(1, replication) for replication in range(NIGHTS)]
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


def held(data: dict[str, Any], *options: str) -> dict[str, float]:
    """The share of nights without a shot, by option."""
    return {
        option: float(np.mean([night.figures["shots"] == 0 for night in each]))
        for option, each in nights(data, *options).items()
    }


@pytest.mark.parametrize("name", CLEARED)
def test_permission_is_not_engagement(name: str) -> None:
    # Cleared and not fired in Romania in 2025: 3 of 3. That is all that is public.
    assert min(held(data_of(name), *CLEARED[name]).values()) > 0.5


def test_they_hold_for_the_people_below() -> None:
    # The reason published for 25 November: were hardly anybody at risk, most crews would fire.
    data = data_of("romania-2025-11-25")
    data["priors"]["risk"]["debris_small_m2"] = 100.0
    assert held(data, "as-was")["as-was"] < 0.5
