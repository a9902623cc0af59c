"""How the other side adapts: who can, why the rest cannot, and that as many come where others fly instead."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from holdfire.messages.aircraft import Part
from holdfire.rehearsal.engine import families_of
from holdfire.scenario.change import NoSenseError
from holdfire.scenario.expand import expanded
from holdfire.scenario.load import load_scenario
from holdfire.seed import Key
from holdfire.world.generate import generate
from support.nights import night

if TYPE_CHECKING:
    from numpy.typing import NDArray

NIGHTS = 40
MUNICH = "germany-2025-10-02"
PROVOKES = "attributed-violator"  # others who squawk, and others with people aboard; nobody besides


@cache
def data_of(scenario: str) -> dict[str, Any]:
    return load_scenario(scenario).data


def intruders(scenario: str, option: str) -> list[NDArray[np.void]]:
    """The intruders of each of some nights under an option."""
    (family,) = families_of({**data_of(scenario), "options": [expanded(data_of(scenario), option)]}, [option])
    worlds = [generate(family.scene.plan, Key(1, 0, replication))[0] for replication in range(NIGHTS)]
    return [world.aircraft[world.aircraft["part"] == Part.INTRUDER] for world in worlds]


@pytest.mark.parametrize("scenario", ["poland-2025-09-10", "estonia-2025-09-19", "romania-2025-11-25"])
def test_where_others_fly_instead_as_many_come_in_every_night(scenario: str) -> None:
    before, after = intruders(scenario, PROVOKES), intruders(scenario, f"{PROVOKES}~reaction")
    assert [len(each) for each in after] == [len(each) for each in before]
    squawking = [np.count_nonzero(each["transponder"]) for each in after]
    assert min(squawking) < max(squawking) <= sum(most_instead(scenario, "squawking"))
    assert not any(np.any(each["transponder"]) for each in before)


def most_instead(scenario: str, called: str) -> list[int]:
    """How many of each group may squawk, or have people aboard."""
    added = expanded(data_of(scenario), f"{PROVOKES}~reaction")["add"]["intruders"]
    return [
        sum(each["id"].startswith(f"{group['id']}-{called}-") for each in added)
        for group in data_of(scenario)["intruders"]
    ]


def test_three_in_ten_may_squawk_and_two_in_ten_have_people_aboard() -> None:
    most = [group["number"]["high"] for group in data_of("poland-2025-09-10")["intruders"]]
    assert most_instead("poland-2025-09-10", "squawking") == [round(0.3 * each) for each in most]
    assert most_instead("poland-2025-09-10", "crewed") == [round(0.2 * each) for each in most]


@pytest.mark.parametrize("option", ["visual", "acoustic-network", "more-patrols", PROVOKES])
def test_a_lone_drone_of_the_other_side_adapts_whatever_it_means(option: str) -> None:
    made = expanded(data_of("romania-2025-11-25"), f"{option}~reaction")
    assert made["title"].endswith("the other side adapts") or "the scenario has" in made["title"]
    added = [each["id"] for each in made.get("add", {}).get("intruders", [])]
    assert ("lone-drone-decoys" in added) == (option in {"acoustic-network", "more-patrols"})
    assert any(address.startswith("intruders.lone-drone.") for address in made["set"])


@pytest.mark.parametrize(
    ("scenario", "option", "why"),
    [
        ("estonia-2026-05-19", "visual", "what came was a friend's stray and not sent by the other side"),
        ("zagreb-2022-03-10", "radar", "what came was a friend's stray and not sent by the other side"),
        ("germany-2025-10-02", "radar", "what comes can hover, and flies as no aeroplane; what came belongs to nobody"),
        ("lithuania-balloons-2025-10", "radar", "what comes goes with the wind"),
    ],
)
def test_whoever_cannot_adapt_is_refused_with_the_reason(scenario: str, option: str, why: str) -> None:
    with pytest.raises(NoSenseError) as raised:
        expanded(data_of(scenario), f"{option}~reaction")
    assert str(raised.value).startswith(f"the other side cannot adapt to {option} in {scenario}: {why}")
    assert str(raised.value).endswith("; take it without ~reaction")


def test_what_comes_in_some_nights_only_is_not_flown_by_others_instead() -> None:
    data = night()
    data["intruders"][0] |= {"chance": 0.5, "state": "RU"}
    with pytest.raises(NoSenseError, match="is there in some nights only"):
        expanded(data, "radar~reaction")


@pytest.mark.parametrize("scenario", ["germany-2025-10-02", "denmark-2025-09-22", "poland-2025-09-10"])
def test_an_option_is_adapted_to_as_its_file_says_whether_the_scenario_lists_it_or_not(scenario: str) -> None:
    made = expanded(data_of(scenario), "do-nothing~reaction")  # it provokes more, and no decoys
    added = made.get("add", {}).get("intruders", [])
    assert not [each["id"] for each in added if each["id"].endswith("-decoys")]
    assert [place for place in made["set"] if place.startswith("intruders.") and place.endswith(".number")]


def test_who_flies_beside_a_group_that_comes_in_some_nights_comes_in_no_others() -> None:
    (before,), (after,) = (
        families_of({**data_of(MUNICH), "options": [expanded(data_of(MUNICH), option)]}, [option])
        for option in ("radar", "ground-based-short-range~reaction")
    )
    lines = [group["id"] for group in data_of(MUNICH)["intruders"]]
    rare = lines.index("munich-hostile")
    decoys = len(lines)  # added behind
    came = 0
    for replication in range(400):
        (one, _), (other, _) = (generate(each.scene.plan, Key(1, 0, replication)) for each in (before, after))
        hostile, beside = (
            np.count_nonzero((world.aircraft["part"] == Part.INTRUDER) & (world.aircraft["line"] == line))
            for world, line in ((one, rare), (other, decoys))
        )
        came += int(beside)
        assert not beside or hostile
    assert came
