"""The numbers of a scenario: which nobody attests, and which each night draws."""

from __future__ import annotations

from holdfire.scenario.assumed import numbers
from holdfire.scenario.schema import Scenario
from support.nights import night


def found(**changes: object) -> dict[str, tuple[str, bool, bool]]:
    data = {**night(), **changes}
    made = Scenario.model_validate(data)
    return {number.address: (number.in_words(), number.assumed, number.drawn) for number in numbers(made)}


def test_a_number_is_assumed_if_its_source_is() -> None:
    data = night()
    data["sources"].append({"id": "atlas", "title": "An atlas", "grade": "official"})
    data["sites"][0]["source"] = ["atlas"]
    data["sensors"][0]["source"] = ["atlas", "own"]
    data["sensors"][1]["source"] = ["atlas"]
    told = found(**data)
    assert told["sites.lublin.radius_km"] == ("8", False, False)
    assert told["sensors.radar.mast_m"] == ("15", True, False)
    assert told["sensors.receiver.mast_m"] == ("20", False, False)


def test_a_number_that_the_file_does_not_give_is_assumed() -> None:
    told = found()
    assert told["conduct.shots_most"][1]
    assert told["priors.risk.stray_share"] == ("0.2", True, False)
    assert not told["duration_h"][1]


def test_a_range_is_one_number_that_each_night_draws() -> None:
    told = found()
    assert told["intruders.drones.speed_m_s"] == ("38 to 44", True, True)
    assert told["intruders.drones.number"] == ("2", True, False)
    assert "intruders.drones.speed_m_s.low" not in told


def test_what_a_file_says_of_options_and_of_what_happened_is_no_number_of_the_night() -> None:
    assert {address.split(".")[0] for address in found()} <= set(Scenario.model_fields) - {
        "options",
        "observed",
        "sources",
    }


def test_an_assumption_is_found_under_the_address_by_which_an_option_sets_it() -> None:
    assert {"bases.alert.aircraft.f-16c.readiness_min", "states.PL.roles.air-operations-commander.available"} <= set(
        found()
    )
