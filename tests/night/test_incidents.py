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
MET, NOBODY, FIRED = "met", "nobody cleared", "most fired"
VERDICTS = {
    "romania-2025-09-13": {"as-was": NOBODY, "later-rules": NOBODY, "direction-or-speed": MET},
    "romania-2025-11-19": {"as-was": NOBODY, "direction-or-speed": MET},
    "romania-2025-11-25": {"as-was": NOBODY, "direction-or-speed": MET},
}
"""Whether crews that are permitted to fire mostly hold, as in docs/validation.md. By the record all were cleared."""


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


def permitted(night: OptionNight) -> bool:
    return bool(np.isfinite(night.aircraft["permitted_s"]).any())


def verdict(each: list[OptionNight]) -> str:
    """What the nights in which somebody was permitted to fire say; the others say nothing of holding."""
    fired = [night.figures["shots"] > 0 for night in each if permitted(night)]
    if not fired:
        return NOBODY
    return MET if np.mean(fired) < 0.5 else FIRED


@pytest.mark.parametrize("name", VERDICTS)
def test_permission_is_not_engagement(name: str) -> None:
    # Cleared and not fired in Romania in 2025: 3 of 3. That is all that is public, and under the rules as they were
    # the model clears nobody: there the bar is not met.
    rehearsed = nights(data_of(name), *VERDICTS[name])
    assert {option: verdict(each) for option, each in rehearsed.items()} == VERDICTS[name]


def test_a_permission_that_was_given_came_to_no_shot() -> None:
    # The night of a track that came and went: permission came, and the drone was gone before anybody was beside it.
    each = nights(data_of("romania-2025-11-19"), "direction-or-speed")["direction-or-speed"]
    assert sum(permitted(night) for night in each) > NIGHTS / 2
    assert verdict(each) == MET


def test_the_area_of_debris_decides_whether_they_are_permitted_and_once_permitted_most_fire() -> None:
    # The reason published for 25 November is the risk below. In the model it works through the rule, not the crew.
    data = data_of("romania-2025-11-25")
    data["priors"]["risk"]["debris_small_m2"] = 100.0
    each = nights(data, "as-was")["as-was"]
    assert sum(permitted(night) for night in each) > NIGHTS / 2
    assert verdict(each) == FIRED
