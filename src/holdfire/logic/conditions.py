"""What a rule can ask of one item, and of what a state's criteria made of all items."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import inf
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from holdfire.messages.identity import Identity
    from holdfire.messages.vocabulary import Item

DEFAULT_CONFIDENCE = 0.95


class OnUnknown(StrEnum):
    """What a prohibition does about a condition that is not known: hold fire, or let go."""

    HOLD = "hold"
    RELEASE = "release"


@dataclass(frozen=True, slots=True)
class Within:
    """A choice or flag is one of these values (places among the item's values)."""

    codes: frozenset[int]


@dataclass(frozen=True, slots=True)
class Members:
    """A set holds all of `every`, some of `some` (where there are any), and between two counts of members."""

    every: frozenset[int] = frozenset()
    some: frozenset[int] = frozenset()
    at_least: float = 0.0
    at_most: float = inf


@dataclass(frozen=True, slots=True)
class Range:
    """A number lies between two bounds, both included, at a confidence."""

    at_least: float = -inf
    at_most: float = inf
    confidence: float = DEFAULT_CONFIDENCE


Test = Within | Members | Range


@dataclass(frozen=True, slots=True)
class Observed:
    """A condition on an observed item.

    Attributes
    ----------
    item, test
        What is asked, of what.
    max_age_s
        Older than this is not known; the item's own bound holds as well.
    verified
        Not known unless two sensors agree or the registration was checked lately.
    for_s
        It must have been so for this long without a break; 0 asks about now only.
    on_unknown
        What a prohibition does where this is not known.
    """

    item: Item
    test: Test
    max_age_s: float = inf
    verified: bool = False
    for_s: float = 0.0
    on_unknown: OnUnknown = OnUnknown.HOLD


@dataclass(frozen=True, slots=True)
class IntentIs:
    """Hostile intent, by this set's criteria, is known to be so."""

    value: bool
    on_unknown: OnUnknown = OnUnknown.HOLD


@dataclass(frozen=True, slots=True)
class ActIs:
    """A hostile act, by this set's criteria, is known to be so."""

    value: bool
    on_unknown: OnUnknown = OnUnknown.HOLD


@dataclass(frozen=True, slots=True)
class IdentityIn:
    """The standard identity, by this set's criteria, is one of these."""

    identities: frozenset[Identity]
    on_unknown: OnUnknown = OnUnknown.HOLD


Assessed = IntentIs | ActIs | IdentityIn
Condition = Observed | Assessed


@dataclass(frozen=True, slots=True)
class Lasting:
    """What a duration is about: a condition as of now, by which its two timers are named."""

    item: str
    test: Test
    max_age_s: float
    verified: bool


def lasting(condition: Observed) -> Lasting:
    """Return the name of a condition's timers; conditions that differ only in `for_s` share them."""
    return Lasting(condition.item.name, condition.test, condition.max_age_s, condition.verified)


@dataclass(frozen=True, slots=True)
class Held:
    """How long something has been so.

    `true_s` is the time for which it has been known true without a break, `clear_s` the time since it was last
    known false (infinite if never). A gap in what is known stops the first and leaves the second running, so
    that losing evidence for a moment can never make "for 10 s" false, only not known.
    """

    true_s: float = 0.0
    clear_s: float = inf


NEVER_TIMED = Held()
