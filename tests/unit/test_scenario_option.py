"""Options: exactly what they change, and what is wrong only under them."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from holdfire.errors import UnknownNameError
from holdfire.scenario.address import locate, put
from holdfire.scenario.load import load_scenario, parse_scenario
from holdfire.scenario.option import with_option
from holdfire.scenario.schema import Scenario
from support.nights import night
from support.texts import findings


def differences(one: Any, other: Any, at: str = "") -> dict[str, tuple[Any, Any]]:
    """The places at which two data differ."""
    found: dict[str, tuple[Any, Any]] = {}
    if isinstance(one, dict) and isinstance(other, dict):
        for key in {*one, *other}:
            found |= differences(one.get(key), other.get(key), f"{at}.{key}")
        return found
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for index, pair in enumerate(zip(one, other, strict=True)):
            found |= differences(*pair, f"{at}.{index}")
        return found
    return {} if one == other else {at: (one, other)}


def without_options(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if key != "options"}


def test_an_option_changes_what_it_names_and_nothing_else() -> None:
    data = night()
    before = copy.deepcopy(data)
    for option, changes in {
        "as-written": {},
        "radar-permitted": {".states.0.ruleset": ("visual-confirmation", "radar-permitted")},
        "quicker": {".bases.0.aircraft.0.readiness_min.low": (8, 3), ".bases.0.aircraft.0.readiness_min.high": (15, 5)},
    }.items():
        seen = with_option(data, option)
        assert differences(without_options(data), without_options(seen)) == changes
        assert [entry["id"] for entry in seen["options"]] == [option]
        assert data == before


def test_a_field_that_the_file_leaves_out_can_be_set() -> None:
    data = night()
    data["options"][2]["set"] = {"bases.alert.aircraft.f-16c.gun_bursts": 0, "conduct.shots_most": 1}
    parse_scenario(data)
    made = Scenario.model_validate(with_option(data, "quicker"))
    assert made.bases[0].aircraft[0].gun_bursts == 0
    assert made.conduct.shots_most == 1


def test_the_set_of_the_chain_of_command_can_be_changed() -> None:
    data = night()
    data["options"][1]["rules"] = {"chain": "visual-confirmation"}
    parse_scenario(data)
    assert with_option(data, "radar-permitted")["chain"] == {"ruleset": "visual-confirmation"}


def test_an_unknown_option_is_told_what_there_is() -> None:
    with pytest.raises(UnknownNameError, match="my-night has no option 'quiker': did you mean 'quicker'"):
        with_option(night(), "quiker")


def test_a_night_without_options_is_itself() -> None:
    data = night()
    del data["options"]
    seen = with_option(data, "as-written")
    assert without_options(seen) == data


def test_what_is_wrong_without_the_option_is_not_told_under_it() -> None:
    data = night()
    data["sensors"][0]["mast_m"] = -40
    assert [loc for loc, _ in findings(lambda: parse_scenario(data))] == [("sensors", 0, "mast_m")]


def test_every_option_that_ships_gives_a_night() -> None:
    loaded = load_scenario("poland-2025-09-10")
    for option in loaded.scenario.options:
        made = loaded.under(option.id)
        assert made.own_number() == loaded.scenario.own_number() + (4 if option.id == "more-patrols" else 0)
        assert (made.states != loaded.scenario.states) is bool(option.rules)


@pytest.mark.parametrize(
    ("address", "loc"),
    [
        ("duration_h", ("duration_h",)),
        ("intruders.drones.height_m.low", ("intruders", 0, "height_m", "low")),
        ("states.PL.roles.air-operations-commander.available", ("states", 0, "roles", 0, "available")),
        ("bases.alert.aircraft.f-16c", ("bases", 0, "aircraft", 0)),
        ("night.misidentification_factor", ("night", "misidentification_factor")),
    ],
)
def test_an_address_leads_to_its_field(address: str, loc: tuple[str | int, ...]) -> None:
    assert locate(Scenario, night(), address) == loc


@pytest.mark.parametrize("address", ["", ".", "duration_h.", "sensors", "sensors.radar", "sensors.0", "priors.looks.x"])
def test_an_address_leads_somewhere_or_says_how_far(address: str) -> None:
    try:
        loc = locate(Scenario, night(), address)
    except ValueError as error:
        assert "has no" in str(error)  # noqa: PT017
    else:
        assert loc


def test_what_is_put_is_no_longer_the_authors() -> None:
    value = {"low": 1, "high": 2}
    data = {"bases": [{"id": "a"}]}
    changed = put(data, ("bases", 0, "readiness_min"), value)
    value["low"] = 0
    assert changed == {"bases": [{"id": "a", "readiness_min": {"low": 1, "high": 2}}]}
    assert data == {"bases": [{"id": "a"}]}
