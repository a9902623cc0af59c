"""Neighbours who warn by telephone, from a scenario's text or an option to whole nights and their stories."""

from __future__ import annotations

from typing import Any

import pytest

from holdfire.catalogue import ids, load_option
from holdfire.cli.options import _changes
from holdfire.geo.allies import ALLIES
from holdfire.messages.response import What
from holdfire.rehearsal.engine import engine_from
from holdfire.scenario.change import NoSenseError
from holdfire.scenario.expand import expanded
from holdfire.scenario.load import load_scenario, parse_scenario
from holdfire.scenario.sense import senseless
from support.nights import night

OPTION = "share-across-border"
CALLER = {
    "id": "ua", "state": "UA", "told_share": 1, "delay_min": 0, "false_per_day": 0, "least_min": 2, "lapses_min": 90,
    "source": ["own"],
}  # fmt: skip
COLD = "as-written"


def called(**changes: Any) -> dict[str, Any]:
    """The small night, in which drones come from over the neighbour's land, without a call and with one."""
    data = night()
    data["options"] = [
        {"id": COLD, "title": "Cold"},
        {"id": "called", "title": "Called", "add": {"warnings": [CALLER | changes]}},
    ]
    parse_scenario(data)
    return data


@pytest.mark.compiled
def test_a_call_shortens_what_alert_takes_and_changes_nothing_of_what_is_seen() -> None:
    made = engine_from(called(), [COLD, "called"])
    sooner = 0
    for replication in range(4):
        cold, warm = made.rehearse(1, replication)
        before, after = (each.figures["alert_to_airborne_min"] for each in (cold, warm))
        calls = warm.events[warm.events["what"] == What.FOREWARNED]
        assert calls.size == 2
        assert not (cold.events["what"] == What.FOREWARNED).any()
        assert warm.figures["cost_own_meur"] > 0
        assert cold.figures["entered"] == warm.figures["entered"]
        if after == after:
            first = [each.events["time_s"][each.events["what"] == What.SCRAMBLE].min() for each in (cold, warm)]
            assert first[0] == first[1]  # nobody is ordered off for a call
            sooner += after < before - 1
    assert sooner > 0


@pytest.mark.compiled
def test_who_never_calls_leaves_the_night_bit_for_bit() -> None:
    cold, silent = engine_from(called(told_share=0), [COLD, "called"]).rehearse(1, 0)
    assert silent.digest == cold.digest


@pytest.mark.compiled
def test_a_story_tells_who_called_and_what_it_came_to() -> None:
    made = engine_from(called(), [COLD, "called"])
    told = []
    for replication in range(4):
        warm = made.rehearse(1, replication)[1]
        for aircraft in warm.events["aircraft"][warm.events["what"] == What.FOREWARNED]:
            told += [entry.text for entry in made.trace("called", 1, replication, int(aircraft)).entries]
    assert "UA warns by telephone" in told
    assert any("nearer to take-off since a neighbour's warning" in each for each in told)


def test_allies_with_land_here_call() -> None:
    made = expanded({**load_scenario("estonia-2026-05-19").data, "options": []}, OPTION)
    (warning,) = made["add"]["warnings"]
    assert warning["state"] == "LV"
    assert warning["delay_min"]["low"] < warning["delay_min"]["high"]
    assert "warnings by telephone from LV" in _changes(made)


SCENARIOS = {name: {**load_scenario(name).data, "options": []} for name in ids("scenarios")}
WITH_ALLIES = {name: data for name, data in SCENARIOS.items() if not senseless(data, load_option(OPTION))}


@pytest.mark.parametrize("name", WITH_ALLIES)
def test_only_allies_call_who_do_not_guard(name: str) -> None:
    data = WITH_ALLIES[name]
    states = [each["state"] for each in expanded(data, OPTION)["add"]["warnings"]]
    guards = {state["id"] for state in data["states"] if state["guards"]}
    assert ALLIES.issuperset(states)
    assert guards.isdisjoint(states)


@pytest.mark.parametrize("name", sorted(SCENARIOS.keys() - WITH_ALLIES.keys()))
def test_where_no_ally_has_land_the_option_is_refused_with_the_reason(name: str) -> None:
    with pytest.raises(NoSenseError, match="there is nobody to share with"):
        expanded(SCENARIOS[name], OPTION)


def test_who_calls_already_does_not_call_twice() -> None:
    data = {**load_scenario("estonia-2026-05-19").data, "options": []}
    data["warnings"] = [{**CALLER, "state": "LV", "source": ["own-reading"]}]
    assert "warnings" not in expanded(data, OPTION)["add"]


def test_what_the_option_says_of_warnings_is_a_range_with_its_source() -> None:
    entry = load_option(OPTION)
    given = entry.changes.warnings
    assert given is not None
    assert {source.id for source in entry.sources}.issuperset(given.source)
    for name, ends in given.model_dump(exclude={"reach_km", "source"}).items():
        assert ends[0] < ends[1], name
