"""The set of the option harmonised-strict lets nobody use force whom any archetype on the table would not let."""

from __future__ import annotations

import pytest

from holdfire.catalogue import load_ruleset
from holdfire.examine.diff import Direction, diff
from holdfire.messages.actions import Action

ARCHETYPES = (
    "visual-confirmation", "radar-permitted", "perceived-danger", "attributed-violator", "pre-delegated-uncrewed",
)  # fmt: skip


@pytest.mark.parametrize("name", ARCHETYPES)
def test_every_archetype_is_looser_or_alike(name: str) -> None:
    force = (Action.WARN_BY_FIRE, Action.DISRUPT, Action.ENGAGE)
    found = diff(load_ruleset("all-archetypes"), load_ruleset(name), force)
    assert {each.direction for each in found} <= {Direction.LOOSER, Direction.OTHER_AUTHORITY}
    assert any(each.direction is Direction.LOOSER for each in found if each.action is Action.ENGAGE)
