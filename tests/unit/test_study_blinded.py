"""What is left out of a forecast of an incident, and that nothing of it stays unsaid."""

from __future__ import annotations

from typing import Any

import pytest

from holdfire.catalogue import ids, load_ruleset
from holdfire.cli.validate_all import left_out
from holdfire.errors import ContentError, UnknownNameError
from holdfire.scenario.blind import SHELF, BlindModel, addresses, load_blind, parse_blind
from holdfire.scenario.load import load_scenario, parse_scenario
from holdfire.study.blinded import PREFIX, Blinded, blinded
from holdfire.study.each_incident import as_was
from support.nights import night

POLAND = "poland-2025-09-10"


def poland(**changes: Any) -> Blinded:
    loaded = load_scenario(POLAND)
    return blinded(loaded.data | changes, as_was(loaded), load_blind(POLAND))


def said(**more: Any) -> BlindModel:
    given = {"id": "my-night", "summary": "So.", "sources": [{"id": "own", "title": "Mine", "grade": "assumed"}]}
    return parse_blind(given | more, "my-night")


def restated(address: str, value: Any) -> dict[str, Any]:
    return {"address": address, "value": value, "why": "So.", "grade": "assumed", "source": ["own"]}


def small(ruleset: str, **more: Any) -> dict[str, Any]:
    data = night() | more
    for state in data["states"]:
        state["ruleset"] = ruleset
    return data | {"options": [AS_WAS]}


AS_WAS = {"id": "as-was", "title": "As it was"}


def test_where_no_rule_set_is_left_out_it_is_said_why() -> None:
    data = load_scenario("belgium-2025-11").data
    made = blinded(data, AS_WAS, load_blind("belgium-2025-11"))
    assert (made.replaced, made.kept) == ({}, ("visual-confirmation of BE (latest source of 2025-10-09)",))
    told = {"missing": [], "replaced": {}, "kept": list(made.kept), "instead": [], "restated": [], "stays": []}
    assert left_out(told).startswith(
        "no rule set left out, since none rests on anything since: visual-confirmation of BE"
    )
    assert poland().kept == ("icao-interception of IT, BE (latest source of 1990-07)",)


def test_the_polish_night_is_foretold_without_its_rule_set_and_its_fitted_numbers() -> None:
    made = poland()
    assert made.replaced == {"PL": "pre-delegated-uncrewed", "NL": "pre-delegated-uncrewed"}
    assert "2025-09" in made.because["pre-delegated-uncrewed"]
    assert {"attributed-violator", "perceived-danger", "radar-permitted", "visual-confirmation"} <= set(made.instead)
    assert "pre-delegated-uncrewed" not in made.instead
    assert {load_ruleset(name).kind for name in made.instead} == {"archetype"}
    assert made.missing == ()
    assert {each["address"] for each in made.restated} == {
        *(f"intruders.{group}.{what}" for group in ("from-belarus", "from-volhynia", "strike-drones")
          for what in ("endurance_h", "arrival")),
        "conduct.hold_share",
    }  # fmt: skip
    assert [option["id"] for option in made.options] == ["as-was", *(f"{PREFIX}-{name}" for name in made.instead)]
    assert made.members == tuple(f"{PREFIX}-{name}" for name in made.instead)
    assert len(made.later) >= 4  # those four rest on what was written a month later, though not on that night


def test_the_options_are_a_sound_scenario() -> None:
    loaded, made = load_scenario(POLAND), poland()
    parse_scenario(loaded.data | {"options": list(made.options)})


def test_what_was_fitted_and_nothing_stands_for_is_missing() -> None:
    fact = {"id": "x", "kind": "calibrated", "fitted": ["intruders.*.height_m", "conduct.hold_share", "luck"]}
    assert poland(observed=[fact]).missing == ("intruders.*.height_m", "luck")
    loaded = load_scenario(POLAND)
    assert blinded(loaded.data, as_was(loaded), None).missing == ("intruders.*.endurance_h", "intruders.*.arrival")


def test_a_set_from_before_the_incident_stays() -> None:
    made = blinded(small("icao-interception", start="2025-09-09T21:30:00Z"), AS_WAS, None)
    assert (made.replaced, made.instead, made.members, len(made.options)) == ({}, (), ("as-was",), 1)


def test_an_archetype_that_is_bound_is_one_of_those_tried_and_its_nights_are_not_run_twice() -> None:
    made = blinded(small("visual-confirmation", start="2025-09-09T21:30:00Z"), AS_WAS, None)
    assert set(made.replaced.values()) == {"visual-confirmation"}
    assert "as-was" in made.members
    assert f"{PREFIX}-visual-confirmation" not in [option["id"] for option in made.options]
    assert len(made.members) == len(made.instead) == len(made.options)


def test_a_set_that_is_said_to_be_made_from_it_is_left_out_and_not_tried() -> None:
    data = small("icao-interception", start="2025-09-09T21:30:00Z")
    made = blinded(data, AS_WAS, said(made_from_it=["icao-interception", "radar-permitted"]))
    assert set(made.replaced.values()) == {"icao-interception"}
    assert "radar-permitted" not in made.instead
    named = blinded(data, AS_WAS, said(made_from_it=["icao-interception"], instead=["any-violator"]))
    assert named.instead == ("any-violator",)


def test_numbers_alone_make_one_forecast() -> None:
    data = small("icao-interception", start="2025-09-09T21:30:00Z")
    made = blinded(data, AS_WAS, said(restated=[restated("conduct.hold_share", {"low": 0, "high": 1})]))
    assert made.members == (PREFIX,)
    assert made.options[1]["set"] == {"conduct.hold_share": {"low": 0, "high": 1}}


def test_addresses_with_any_part() -> None:
    data = load_scenario(POLAND).data
    assert addresses(data, "intruders.*.endurance_h") == [
        "intruders.from-belarus.endurance_h", "intruders.from-volhynia.endurance_h",
        "intruders.strike-drones.endurance_h",
    ]  # fmt: skip
    assert addresses(data, "conduct.hold_share") == ["conduct.hold_share"]
    for wrong in ("intruders.*.wings", "birds.*.height_m", "conduct.luck"):
        with pytest.raises(UnknownNameError):
            addresses(data, wrong)


@pytest.mark.parametrize(
    ("more", "text"),
    [
        ({"id": "other"}, "is not the scenario"),
        ({"restated": [restated("a", 1) | {"source": ["nobody"]}]}, "nobody"),
        ({"restated": [{"address": "a"}]}, "why"),
    ],
)
def test_a_faulty_file_is_refused(more: dict[str, Any], text: str) -> None:
    with pytest.raises(ContentError, match=text):
        said(**more)


@pytest.mark.parametrize("name", ids(SHELF))
def test_every_file_on_the_shelf_leads_somewhere(name: str) -> None:
    loaded, file = load_scenario(name), load_blind(name)
    assert file is not None
    assert not blinded(loaded.data, as_was(loaded), file).missing


def test_a_scenario_without_a_file_has_none() -> None:
    assert load_blind("benchmark-night") is None
