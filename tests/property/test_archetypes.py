"""The six archetypes really differ, on the situations that the debate is about."""

from __future__ import annotations

import pytest

from holdfire.examine.matrix import ARCHETYPES, matrix
from holdfire.messages.actions import Action

EXPECTED = {
    "visual-confirmation": {"b": "air-operations-commander"},
    "radar-permitted": dict.fromkeys("abg", "air-operations-commander"),
    "perceived-danger": dict.fromkeys("abcdfg", "mission-commander"),
    "attributed-violator": dict.fromkeys("bd", "national-authority"),
    "pre-delegated-uncrewed": {"b": "crew"},
    "self-defence": {},
}
"""Who may engage, by situation; held everywhere else."""


@pytest.fixture(scope="module")
def answers() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {name: {} for name in ARCHETYPES}
    for letter, row in matrix().rows:
        for each in row:
            permission = each.ruling.permitted.get(Action.ENGAGE)
            if permission is not None:
                found[each.asked.id][letter] = "/".join(sorted(permission.authorities))
    return found


@pytest.mark.parametrize("name", ARCHETYPES)
def test_each_rules_as_its_text_says(name: str, answers: dict[str, dict[str, str]]) -> None:
    print(name, answers[name] or "held everywhere")
    assert answers[name] == EXPECTED[name]


def test_no_two_rule_alike(answers: dict[str, dict[str, str]]) -> None:
    rows = [tuple(sorted(answers[name].items())) for name in ARCHETYPES]
    assert len(set(rows)) == len(rows)


def test_the_drone_before_and_after_the_look(answers: dict[str, dict[str, str]]) -> None:
    turned = {name for name in ARCHETYPES if ("a" in answers[name]) != ("b" in answers[name])}
    assert turned == {"visual-confirmation", "attributed-violator", "pre-delegated-uncrewed"}
