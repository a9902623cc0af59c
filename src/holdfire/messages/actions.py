"""What may be done about an aircraft. These are not one ladder: no action implies another."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class Action(StrEnum):
    """An action, in the order of the record layouts. Force is only ever a modelled outcome."""

    OBSERVE = "observe"
    INTERROGATE = "interrogate"
    HAIL = "hail"
    INTERCEPT = "intercept"
    IDENTIFY = "identify"
    ESCORT = "escort"
    WARN = "warn"
    WARN_BY_FIRE = "warn-by-fire"
    DIVERT = "divert"
    DISRUPT = "disrupt"
    ENGAGE = "engage"


ALL_ACTIONS = tuple(Action)
BIT = {action: 1 << index for index, action in enumerate(ALL_ACTIONS)}


def bits(actions: Iterable[Action]) -> int:
    """Return the bits of these actions, as the record layouts carry them."""
    return sum(BIT[action] for action in set(actions))
