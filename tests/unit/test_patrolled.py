"""Fighters in the air where none patrol."""

from __future__ import annotations

import pytest
import shapely

from holdfire.geo.airports import airport
from holdfire.scenario.change import NoSenseError
from holdfire.scenario.expand import expanded
from holdfire.scenario.load import load_scenario
from holdfire.scenario.outside import outside


@pytest.mark.parametrize("name", ["romania-2025-09-13", "lithuania-2025-07-28", "eastern-flank"])
def test_each_base_with_fighters_on_alert_keeps_a_pair_in_the_air(name: str) -> None:
    data = load_scenario(name).data
    alert = {base["id"]: base["aircraft"] for base in data["bases"] if base.get("aircraft")}
    patrols = {each["base"]: each for each in expanded({**data, "options": []}, "more-patrols")["add"]["patrols"]}
    assert patrols.keys() <= alert.keys()
    assert patrols
    for base, patrol in patrols.items():
        first = alert[base][0]
        assert (patrol["platform"], patrol["crew"], patrol["number"]) == (first["platform"], first["crew"], 2)
        assert (patrol["from_h"], patrol["until_h"]) == (0.0, data["duration_h"])


def test_it_flies_at_the_border_nearer_to_it_than_its_base() -> None:
    data = load_scenario("romania-2025-09-13").data
    (patrol,) = expanded({**data, "options": []}, "more-patrols")["add"]["patrols"]
    border, base = outside(data), airport(data["bases"][0]["airport"])
    away_m = [
        border.line.distance(shapely.Point(border.frame.to_local(*place)))
        for place in (patrol["orbit"]["at"], (base.lat_deg, base.lon_deg))
    ]
    assert away_m[0] < 60_000 < away_m[1]


def test_who_patrols_already_flies_twice_as_many_and_nobody_else_flies() -> None:
    data = load_scenario("poland-2025-09-10").data
    made = expanded({**data, "options": []}, "more-patrols")
    assert set(made["set"]) == {f"patrols.{each}.number" for each in ("cap-east", "cap-south")} | {
        f"patrols.{each['id']}.relief"
        for each in data["patrols"]
        if each.get("relief") and each["id"].startswith("cap")
    }
    assert "patrols" not in made.get("add", {})


def test_helicopters_on_alert_keep_no_patrol() -> None:
    data = load_scenario("belgium-2025-11").data
    assert any(base.get("aircraft") for base in data["bases"])
    with pytest.raises(NoSenseError, match="no fighter is on patrol or on alert"):
        expanded({**data, "options": []}, "more-patrols")
