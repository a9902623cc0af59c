"""The sets that ship really differ, on the situations that the debate is about."""

from __future__ import annotations

from itertools import combinations

import pytest

from holdfire.catalogue import SELF_DEFENCE, ids, load_ruleset
from holdfire.examine.computed import NATIONAL, STRICT
from holdfire.examine.matrix import ARCHETYPES, OTHERS, RULESETS, engaging, matrix

EXPECTED = {
    "visual-confirmation": dict.fromkeys("bh", "air-operations-commander"),
    "radar-permitted": dict.fromkeys("abghm", "air-operations-commander"),
    "perceived-danger": dict.fromkeys("abcdfghim", "mission-commander"),
    "attributed-violator": dict.fromkeys("bdhi", "national-authority"),
    "pre-delegated-uncrewed": dict.fromkeys("bhm", "crew"),
    "self-defence": {},
    "armed-surveillance-drones": dict.fromkeys("bh", "mission-commander"),
    "any-violator": dict.fromkeys("abcdfghijklm", "crew"),
    "air-policing": dict.fromkeys("bhm", "air-operations-commander"),
    "icao-interception": {},
    "all-archetypes": dict.fromkeys("bh", "national-authority"),
    "observe-only": {},
    "germany-2026": dict.fromkeys("bhlm", "national-authority"),
    "lithuania-2025": dict.fromkeys("hl", "national-authority"),
    "poland-2025": {"b": "crew", "h": "crew", "m": "crew", "i": "air-operations-commander"},
    "romania-2025": {
        "b": "mission-commander", "h": "mission-commander", "i": "mission-commander", "j": "national-authority",
        "l": "national-authority",
    },
    "romania-2025-cleared": {
        "b": "mission-commander", "h": "mission-commander", "i": "mission-commander", "j": "national-authority",
        "l": "national-authority", "m": "mission-commander",
    },
    "turkiye-2012": {"k": "air-operations-commander"},
    STRICT: {},
}  # fmt: skip
"""Who may engage, by situation; held everywhere else."""


@pytest.fixture(scope="module")
def answers() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {name: {} for name in RULESETS}
    for letter, row in matrix().rows:
        for each in row:
            if engaging(each):
                found[each.asked.id][letter] = "/".join(engaging(each))
    return found


def test_the_table_has_every_set_that_ships() -> None:
    assert set(RULESETS) == {*ids("rulesets"), STRICT}
    assert set(EXPECTED) == set(RULESETS)


def test_every_reconstruction_is_national_or_that_of_a_body_of_states() -> None:
    reconstructed = {name for name in ids("rulesets") if load_ruleset(name).kind == "reconstruction"}
    second_readings = {"romania-2025-cleared"}  # of a set that is national
    assert reconstructed - set(NATIONAL) - second_readings == {"air-policing", "icao-interception"}


@pytest.mark.parametrize("name", RULESETS)
def test_each_rules_as_its_text_says(name: str, answers: dict[str, dict[str, str]]) -> None:
    print(name, answers[name] or "held everywhere")
    assert answers[name] == EXPECTED[name]


def test_no_two_rule_alike(answers: dict[str, dict[str, str]]) -> None:
    """But for those that let nobody engage at all, which differ in what else they permit."""
    never = {name for name in RULESETS if not answers[name]}
    assert never == {SELF_DEFENCE, "icao-interception", "observe-only", STRICT}
    assert all(answers[one] != answers[other] for one, other in combinations({*RULESETS} - never, 2))


def test_the_drone_before_and_after_the_look(answers: dict[str, dict[str, str]]) -> None:
    turned = {name for name in (*ARCHETYPES, *OTHERS) if ("a" in answers[name]) != ("b" in answers[name])}
    assert turned == {
        "visual-confirmation", "attributed-violator", "pre-delegated-uncrewed", "armed-surveillance-drones",
        "air-policing", "all-archetypes", "romania-2025-cleared",
    }  # fmt: skip
    assert {name for name in NATIONAL if "a" in answers[name]} == set()


def test_a_drone_that_a_neighbour_tracked_before_a_look(answers: dict[str, dict[str, str]]) -> None:
    assert {name for name in RULESETS if "m" in answers[name]} == {
        "radar-permitted", "perceived-danger", "any-violator", "pre-delegated-uncrewed", "air-policing",
        "germany-2026", "poland-2025", "romania-2025-cleared",
    }  # fmt: skip


def test_three_fighters_along_the_coast(answers: dict[str, dict[str, str]]) -> None:
    assert {name for name in RULESETS if "c" in answers[name]} == {"perceived-danger", "any-violator"}
    assert {name for name in RULESETS if "d" in answers[name]} == {
        "perceived-danger", "any-violator", "attributed-violator",
    }  # fmt: skip
