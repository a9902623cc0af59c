"""Nights with units on the ground: they stop what comes near, and keep nobody who flies from going."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from holdfire.messages.aircraft import Part, Status
from holdfire.messages.response import What
from holdfire.rehearsal.engine import engine_from
from holdfire.scenario.expand import spelled_out
from holdfire.study.about import about
from support.rehearsed import short

if TYPE_CHECKING:
    from holdfire.messages.night import OptionNight

NIGHTS = range(3)
BARE, ARMED, JAMMING = "as-was", "ground-based-short-range", "non-kinetic"
TOWN = {"id": "town", "title": "Made up", "lat_deg": 51.9, "lon_deg": 23.33, "radius_km": 2, "kind": "city"}
LOW = {
    "number": 6, "origin": {"from": [51.95, 23.75], "to": [51.96, 23.75]},
    "route": [{"at": [51.9, 23.33], "spread_km": 0.5}, {"at": [51.85, 22.9], "spread_km": 1}],
    "height_m": {"low": 200, "high": 300}, "appears_h": {"low": 0.0, "high": 0.3}, "failures_per_h": 0.01,
    "endurance_h": {"low": 2.0, "high": 2.1},
}  # fmt: skip
"""Drones that cross low over a town behind the border, which is all that there is to guard."""


def guarded() -> dict[str, Any]:
    """The Polish night by day, cut short, in which whatever violates may be stopped."""
    data = copy.deepcopy(short(1.0))
    data["night"] |= {"darkness": "day", "cloud_cover": 0.0, "visibility_km": 60}
    data["conduct"] = {"hold_share": 0.0, "search_min": {"low": 0.2, "high": 0.5}, "disrupts_share": 1.0}
    data["intruders"] = [data["intruders"][0] | LOW]
    data["sites"] = [TOWN | {"source": data["sites"][0]["source"]}]
    for state in data["states"]:
        state["ruleset"] = "any-violator"
    given = [{"id": BARE, "title": BARE}, *({"id": each, "title": each, "uses": each} for each in (ARMED, JAMMING))]
    made, findings = spelled_out(data | {"options": given})
    assert not findings
    return made


@pytest.fixture(scope="module")
def nights() -> list[dict[str, OptionNight]]:
    made = engine_from(guarded(), (BARE, ARMED, JAMMING))
    return [{night.option: night for night in made.rehearse(1, replication)} for replication in NIGHTS]


def stopped(night: OptionNight, what: What) -> int:
    """How many intruders were brought down in a way."""
    ours = night.aircraft["aircraft"][night.aircraft["part"] == Part.INTRUDER]
    events = night.events[night.events["what"] == what]
    return int(np.isin(events["aircraft"], ours).sum())


def test_a_unit_with_short_range_weapons_stops_what_flies_past_its_site(nights: list[dict[str, OptionNight]]) -> None:
    by_units = 0
    for night in nights:
        events = night[ARMED].events
        units = events["responder"][(events["what"] == What.FOUND) & (events["value"] == 1.0)]
        by_units += int((np.isin(events["responder"], units) & (events["what"] == What.HIT)).sum())
    assert by_units >= len(NIGHTS)
    sums = {option: sum(stopped(night[option], What.HIT) for night in nights) for option in (BARE, ARMED)}
    assert sums[ARMED] > sums[BARE]


def test_a_unit_with_a_jammer_disrupts_what_flies_past_its_site(nights: list[dict[str, OptionNight]]) -> None:
    assert sum(stopped(night[JAMMING], What.DISRUPTED) for night in nights) >= len(NIGHTS)
    assert sum(stopped(night[BARE], What.DISRUPTED) for night in nights) == 0
    down = [int((night[JAMMING].aircraft["status"] == Status.DISRUPTED).sum()) for night in nights]
    assert sum(down) == sum(stopped(night[JAMMING], What.DISRUPTED) for night in nights)


def intercepted(night: OptionNight) -> int:
    """How many intruders somebody flew up to."""
    rows = night.aircraft
    return int((np.isfinite(rows["intercepted_s"]) & (rows["part"] == Part.INTRUDER)).sum())


@pytest.mark.parametrize("option", [ARMED, JAMMING])
def test_units_keep_no_fighter_from_going(nights: list[dict[str, OptionNight]], option: str) -> None:
    # What a unit brings down first nobody need meet; beyond that a night may differ by chance.
    without = sum(intercepted(night[BARE]) for night in nights)
    spared = sum(stopped(night[option], What.HIT) + stopped(night[option], What.DISRUPTED) for night in nights)
    assert without > len(NIGHTS)
    assert sum(intercepted(night[option]) for night in nights) + spared >= without


def test_drones_that_go_to_balloons_leave_fewer_unknown_than_fighters_alone() -> None:
    # Fewer are met, since what a camera has told on the way there nobody need be beside.
    names = (BARE, "armed-surveillance-drones")
    made = engine_from(about("lithuania-balloons-2025-10", ",".join(names)).data, names)
    sums = {name: {"identified": 0.0, "intercepted": 0.0} for name in names}
    for replication in range(2):
        for night in made.rehearse(1, replication):
            for figure in sums[night.option]:
                sums[night.option][figure] += night.figures[figure]
    assert sums[names[1]]["identified"] >= sums[BARE]["identified"] > 20
    assert sums[names[1]]["intercepted"] < sums[BARE]["intercepted"]


@pytest.mark.parametrize("option", [ARMED, JAMMING])
def test_units_change_nothing_about_who_is_met_where_they_stop_nothing(option: str) -> None:
    made = engine_from(about("estonia-2026-05-19", f"{BARE},{option}").data, (BARE, option))
    met = 0
    for replication in range(8):
        without, beside = made.rehearse(1, replication)
        met += intercepted(without)
        assert intercepted(beside) == intercepted(without) or beside.figures["stopped"] > without.figures["stopped"]
    assert met > 3
