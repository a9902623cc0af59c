"""From a scenario's sections to means, own aircraft and the beginning of a night."""

from __future__ import annotations

from math import hypot, inf
from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from holdfire.errors import ContentError
from holdfire.messages.aircraft import Part
from holdfire.messages.authority import ROLES, Role
from holdfire.messages.response import Duty
from holdfire.respond.conduct_schema import RANGES, ConductModel
from holdfire.respond.means import CONDUCT, conduct_field
from holdfire.respond.names import Draw
from holdfire.respond.prepare import response_for
from holdfire.respond.schema import BaseOfAircraft, ChainModel, PatrolModel, StateModel
from holdfire.respond.tables import asked_table
from holdfire.respond.values import Value
from holdfire.respond.weapons import parse_weapon
from support.responding import Night, base, own, patrol, state, weapons

AIR = ROLES.index(Role.AIR_OPERATIONS_COMMANDER)


def test_own_aircraft_come_in_order_with_two_waypoints_each() -> None:
    made = own([base(2)], [patrol(number=2, relief=1)])
    assert [int(each["part"]) for each in made.aircraft] == [Part.FIGHTER] * 5
    assert made.waypoints.size == 10
    assert [int(each["leg"]) for each in made.aircraft] == [0, 2, 4, 6, 8]
    assert made.places == {"home": range(2), "cap": range(2, 5)}
    assert made.waypoints[5]["h_m"] == 100.0  # its base
    assert made.waypoints[4]["x_m"] == 50_000.0  # its orbit


def test_those_on_station_stand_on_their_circle_and_the_relief_at_its_base() -> None:
    made = own([base(0)], [patrol(number=2, relief=1, orbit={"at": [0.0, 50.0], "radius_km": 20.0})])
    away_m = [hypot(each["x_m"] - 50_000.0, each["y_m"]) for each in made.aircraft]
    assert away_m[:2] == pytest.approx([20_000.0, 20_000.0])
    assert hypot(made.aircraft[0]["x_m"] - made.aircraft[1]["x_m"], 0.0) < 1.0  # opposite, north and south
    assert made.aircraft[2]["x_m"] == 0.0
    assert made.aircraft["spawn_s"].tolist() == [0.0, 0.0, inf]


def test_names_do_not_move_when_an_option_adds_aircraft() -> None:
    few, many = own([base(1)], [patrol(number=1)]), own([base(3)], [patrol(number=2)])
    assert few.aircraft["entity"][0] == many.aircraft["entity"][0]
    assert few.aircraft["entity"][1] == many.aircraft["entity"][3]
    assert np.unique(many.aircraft["entity"]).size == many.aircraft.size


def test_a_night_begins_with_alert_on_the_ground_and_patrols_due() -> None:
    response = response_for(own([base(1)], [patrol(from_h=1)]).means, 4)
    assert response.responders["duty"].tolist() == [Duty.ALERT, Duty.SCRAMBLED]
    assert response.responders["ready_s"].tolist() == [inf, 3600.0]
    assert response.contacts["responder"].tolist() == [-1] * 4
    assert response.counts[0] == 0


def test_conduct_is_in_si_units_and_every_default_is_said_to_be_assumed() -> None:
    conduct = ConductModel()
    made = own(conduct={}).means.conduct[0]
    assert made["search_m"].tolist() == [5000.0, 12000.0]
    assert made["lost_sight_per_s"][0] == pytest.approx(0.02 / 60)
    assert made["departures_per_s"][1] == pytest.approx(1e-3 / 3600)
    assert set(CONDUCT.names or ()) == {
        "entity",
        "shots_most",
        "sees_first",
        *(conduct_field(name)[0] for name in RANGES),
    }
    said = [each for name in RANGES if (each := getattr(conduct, name))]
    assert {each.grade.value for each in said} == {"assumed"}
    assert len(said) == len(RANGES) - 1
    assert conduct.accepts_people is None  # and then more are accepted than ever are at risk
    assert made["accepts_people"].tolist() == [9.0, 9.0]


def test_draws_of_ranges_and_weapons_do_not_meet_other_draws() -> None:
    assert Draw.NIGHTLY + len(RANGES) <= Draw.NIGHTLY + 64
    assert Draw.NIGHTLY + 64 + 4 * 200 < Draw.SHOT


def test_who_is_asked_falls_back_on_the_chain_and_then_on_the_state_that_guards() -> None:
    dutch = state(id="NL", guards=False, roles=[])
    table = asked_table([state(), dutch], ChainModel())
    assert table[1, AIR]["available"] == 1.0
    assert table[1, AIR]["entity"] == table[0, AIR]["entity"]
    role = {"role": "air-operations-commander", "available": 0.5, "source": ["s"]}
    chain = ChainModel.model_validate({"roles": [role | {"answers_s": {"low": 1, "likely": 2, "high": 3}}]})
    table = asked_table([state(), dutch], chain)
    assert [table[row, AIR]["available"] for row in range(2)] == [1.0, 0.5]
    assert table[0, ROLES.index(Role.POLICE)]["available"] == 0.0  # nobody: it never answers


def test_weapons_that_ship_say_what_a_shot_costs() -> None:
    costs = {each.id: each.cost_eur for each in weapons()}
    assert costs["heat-missile"].low == 400_000  # at least EUR 400,000 each (public facts, section 3)
    assert costs["radar-missile"].low >= 900_000
    with pytest.raises(ContentError, match="a weapon is a mapping"):
        parse_weapon(3)
    with pytest.raises(ContentError, match="source 'x' is not"):
        parse_weapon(weapons()[0].model_dump(mode="json", exclude_none=True) | {"stray_share": cited("x")})


def cited(source: str) -> dict[str, Any]:
    return {"low": 0.1, "high": 0.2, "source": [source], "grade": "estimate"}


REFUSED: list[tuple[type, dict[str, Any], str]] = [
    (Value, {"low": 2.0, "high": 1.0}, "low must be at most high"),
    (Value, {"low": 1.0, "high": 1.0, "grade": "official"}, "no source says so"),
    (ConductModel, {"hold_share": {"low": 0, "high": 1.1}}, "outside 0 to 1"),
    (ConductModel, {"departures_per_contact_h": {"low": 0, "high": 0}}, "outside"),
    (ConductModel, {"success_share": {"gun": {"low": -1, "high": 0}}}, "outside 0 to 1"),
    (ConductModel, {"courage": {"low": 0, "high": 1}}, "Extra inputs"),
    (BaseOfAircraft, {"id": "x", "airport": "Lask", "source": ["s"]}, "pattern"),
    (StateModel, {"id": "ZZ", "guards": True, "ruleset": "r", "source": ["s"]}, "Input should be"),
    (PatrolModel, {"until_h": 0.0}, "must be more than from_h"),
    (PatrolModel, {"orbit": {"at": [99.0, 0.0]}}, "latitude lies in"),
    (PatrolModel, {"orbit": {"at": [True, 0.0]}}, "is no place"),
    (PatrolModel, {"number": 0}, "greater than or equal to 1"),
]


@pytest.mark.parametrize(("model", "data", "words"), REFUSED)
def test_what_makes_no_sense_is_refused(model: Any, data: dict[str, Any], words: str) -> None:
    whole = patrol().model_dump(mode="json") | data if model is PatrolModel else data
    with pytest.raises(ValidationError, match=words):
        model.model_validate(whole)


def test_a_role_stands_once_and_its_times_rise() -> None:
    role = state().roles[0].model_dump(mode="json")
    with pytest.raises(ValidationError, match="stands twice"):
        state(roles=[role, role])
    with pytest.raises(ValidationError, match="out of order"):
        state(role={"answers_s": {"low": 5.0, "likely": 1.0, "high": 9.0}})


def test_an_unknown_weapon_is_named_with_its_place() -> None:
    with pytest.raises(ContentError, match="did you mean 'heat-missile'") as caught:
        own([base(1, weapon="heat-missle")], [patrol(weapon="arrow")], conduct={"stray_share": {"stone": 1}})
    assert [finding.loc[0] for finding in caught.value.findings] == ["bases", "patrols", "conduct"]


def test_a_bare_number_is_both_ends() -> None:
    assert ConductModel.model_validate({"search_km": 7}).search_km == Value(low=7.0, high=7.0)


def test_a_full_book_says_so() -> None:
    night = Night(own([base(1)], [patrol(number=4)]), events=3)
    night.run(2)
    assert night.response.counts[0] == -1
