"""What it costs to have what watches or stands ready."""

from __future__ import annotations

import math

import pytest
import shapely

from holdfire.catalogue import ids, load_option
from holdfire.rehearsal.engine import engine_from
from holdfire.scenario.change import NoSenseError
from holdfire.scenario.expand import expanded
from holdfire.scenario.load import load_scenario, parse_scenario
from holdfire.scenario.outside import outside
from holdfire.scenario.own import REACTION
from support.nights import night

KEPT = {"id": "wires", "what": "a wire", "number": 4, "eur_a_day": {"low": 1e5, "high": 3e5}, "source": ["own"]}


@pytest.mark.compiled
def test_upkeep_is_part_of_what_a_night_costs_and_changes_nothing_else() -> None:
    data = night()
    kept_up = {"id": "kept", "title": "Kept", "add": {"upkeep": [KEPT]}}
    data["options"] = [{"id": "as-was", "title": "As it was"}, kept_up]
    parse_scenario(data)
    free, kept = engine_from(data, ["as-was", "kept"]).rehearse(1, 0)
    assert kept.figures["cost_own_meur"] - free.figures["cost_own_meur"] == pytest.approx(4 * 0.2)
    assert kept.figures["cost_own_low_meur"] - free.figures["cost_own_low_meur"] == pytest.approx(4 * 0.1)
    assert kept.figures["cost_own_high_meur"] - free.figures["cost_own_high_meur"] == pytest.approx(4 * 0.3)
    assert kept.digest == free.digest


@pytest.mark.compiled
def test_the_cost_of_a_night_lies_in_the_middle_of_its_prices() -> None:
    (told,) = engine_from(night(), ["as-written"]).rehearse(1, 0)
    low, cost, high = (told.figures[f"cost_own_{end}meur"] for end in ("low_", "", "high_"))
    assert 0 < low <= cost <= high
    assert cost == pytest.approx((low + high) / 2)


def test_a_network_is_paid_by_the_node_and_so_by_its_area() -> None:
    data = load_scenario("poland-2025-09-10").data
    made = expanded(data, "acoustic-network")["add"]
    frame = outside(data).frame
    areas = [
        shapely.Polygon([frame.to_local(*corner) for corner in each["area"]["corners"]]).area
        for each in made["sensors"]
    ]
    (upkeep,) = made["upkeep"]
    assert upkeep["number"] == sum(math.ceil(area / 25e6) for area in areas)
    assert upkeep["number"] > 100


def test_readiness_is_paid_for_each_aircraft_that_stands_on_alert() -> None:
    made = expanded(night(), "shorter-readiness")
    alert = sum(aircraft["number"] for base in night()["bases"] for aircraft in base["aircraft"])
    assert [each["number"] for each in made["add"]["upkeep"]] == [alert]


@pytest.mark.parametrize("name", ids("options"))
def test_what_an_option_says_of_upkeep_is_a_range_with_its_source(name: str) -> None:
    entry = load_option(name)
    sources = {source.id for source in entry.sources}
    for each in entry.changes.upkeep:
        low, high = each.eur_a_day
        assert 0 < low < high
        assert sources.issuperset(each.source)


@pytest.mark.parametrize("name", ids("options"))
def test_sensors_that_an_option_adds_are_paid_for_unless_flights_carry_them(name: str) -> None:
    data = load_scenario("poland-2025-09-10").data
    try:
        added = expanded({**data, "options": []}, name).get("add", {})
    except NoSenseError:
        return
    carried = [each for each in added.get("sensors", []) if "carrier" in each]
    assert len(carried) == len(added.get("sensors", [])) or added["upkeep"]


@pytest.mark.parametrize("name", ["ground-based-short-range", "non-kinetic"])
def test_teams_on_the_ground_are_paid_for_standing_there(name: str) -> None:
    made = expanded({**load_scenario("denmark-2025-09-22").data, "options": []}, name)["add"]
    (upkeep,) = made["upkeep"]
    assert upkeep["number"] == sum(each["number"] for each in made["patrols"]) > 0


@pytest.mark.parametrize("name", ids("options"))
def test_the_reaction_of_the_other_side_leaves_the_upkeep_as_it_is(name: str) -> None:
    data = {**load_scenario("poland-2025-09-10").data, "options": []}
    try:
        alone, reacting = (expanded(data, f"{name}{end}").get("add", {}) for end in ("", REACTION))
    except NoSenseError:
        return
    assert reacting.get("upkeep") == alone.get("upkeep")
