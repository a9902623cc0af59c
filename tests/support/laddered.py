"""An engine whose nights differ in one thing: under each option something else, or nothing, is shot down."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from holdfire.messages.response import EVENT, What
from support.fake_engine import FakeEngine, subject

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from holdfire.messages.night import OptionNight
    from holdfire.study.subject import Subject

DRONE, JET = 100, 101
"""Places of an uncrewed and a crewed intruder; both enter every night. Unsaid, the former is shot down."""
SHOT = {"as-was": DRONE, "radar-permitted": JET, "visual": None}
STOPPED = {"radar-permitted": 4.0, "visual": 0.0, "armed-surveillance-drones+exercise-remote": 4.0}


def laddered(**data: Any) -> Subject:
    return replace(subject(**data), builder="support.laddered:build")


def build(scenario: Mapping[str, Any], options: Sequence[str]) -> Laddered:
    return Laddered(scenario, tuple(options))


class Laddered(FakeEngine):
    """Nights of a drone and a jet."""

    def _night(self, seed: int, replication: int, place: int, option: str) -> OptionNight:
        night = super()._night(seed, replication, place, option)
        shot, rows = SHOT.get(option, DRONE), night.aircraft
        rows["crewed"][rows["aircraft"] == JET] = 1
        rows["entered_s"], rows["left_s"] = 10.0, np.inf
        happened = [(10.0, What.ENTERED, DRONE), (20.0, What.ENTERED, JET)]
        happened += [(30.0, What.FIRED, shot), (31.0, What.HIT, shot)] if shot else []
        events = np.array([(time_s, what, 1, about, 0, 0.0) for time_s, what, about in happened], EVENT)
        figures = {**night.figures, "stopped": STOPPED.get(option, 1.0) + replication % 2, "cost_own_meur": 1.0}
        return replace(night, events=events, figures=figures)
