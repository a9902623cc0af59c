"""Which states of evidence are taken to be impossible: a stated list, each of which can be left out.

A proof holds over all states that keep those in force, so that each is weak: it says what words and clocks mean, or
what one record says of another, and never what aircraft do. Only items that a question speaks of are bound.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations
from typing import TYPE_CHECKING, Final

import z3

from holdfire.examine.smt.condition import Reading, as_of_now, fresh
from holdfire.logic.conditions import Observed, Range, Within
from holdfire.messages.vocabulary import ACTIONS, CLASSES, ITEM, KINDS_OF_SENSOR

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from holdfire.examine.smt.state import Formula, State, Variables
    from holdfire.logic.conditions import Lasting, Test

_NOT_NEGATIVE: Final = (
    "inside_s", "speed_m_s", "cpa_m", "position_sigma_m", "warned_s", "people_at_risk", "people_at_risk_debris",
    "people_at_risk_weapon",
)  # fmt: skip
_WARNED_BY: Final = {"hail": "hailed", "warn": "signalled", "warn-by-fire": "warned-by-fire"}


@dataclass(frozen=True, slots=True)
class Consistency:
    """One thing that evidence cannot be, in words and as formulas on a state."""

    id: str
    sentence: str
    formulas: Callable[[State], Iterator[Formula]]


def consistent(state: State, without: Collection[str] = ()) -> list[Formula]:
    """Return that a state is well formed and keeps every consistency but those named."""
    kept = (each for each in CONSISTENCIES if each.id not in without)
    return [*state.sound(), *(formula for each in kept for formula in each.formulas(state))]


def _not_negative(state: State) -> Iterator[Formula]:
    for name in _NOT_NEGATIVE:
        if name in state.items:
            yield state.items[name].value >= 0


def _sums(state: State) -> Iterator[Formula]:
    whole, *parts = (state.items.get(f"people_at_risk{part}") for part in ("", "_debris", "_weapon"))
    known = [each for each in parts if each is not None]
    if whole is not None and known:
        total = sum(each.value for each in known)
        relation = whole.value == total if len(known) == len(parts) else whole.value >= total
        yield z3.Implies(z3.And(whole.known, *(each.known for each in known)), relation)


def _remembered(state: State) -> Iterator[Formula]:
    if {"visual_class", "seen_as"} <= state.items.keys():
        seen, ever = state.items["visual_class"], state.items["seen_as"]
        for code in range(len(CLASSES)):
            yield z3.Implies(z3.And(fresh(seen), ever.known, seen.code == code), _has(ever, code))


def _measured(state: State) -> Iterator[Formula]:
    if {"position_kinds", "independent_kinds"} <= state.items.keys():
        placed, saw = state.items["position_kinds"], state.items["independent_kinds"]
        for place in range(len(KINDS_OF_SENSOR)):
            yield z3.Implies(z3.And(placed.known, saw.known, _has(placed, place)), _has(saw, place))


def _warnings(state: State) -> Iterator[Formula]:
    warned, done, since = (state.items.get(name) for name in ("warned", "done", "warned_s"))
    if warned is not None and since is not None:
        yield z3.Implies(z3.And(warned.known, since.known), warned.code != 0)
    if warned is not None and done is not None:
        for action, how in _WARNED_BY.items():
            places = ACTIONS.index(action), ITEM["warned"].values.index(how)
            both = z3.And(warned.known, done.known)
            yield z3.Implies(both, _has(done, places[0]) == _has(warned, places[1]))


def _inside(state: State) -> Iterator[Formula]:
    if {"airspace", "depth_m"} <= state.items.keys():
        where, depth = state.items["airspace"], state.items["depth_m"]
        own = ITEM["airspace"].values.index("own")
        yield z3.Implies(z3.And(where.known, depth.known, where.code == own), depth.value >= 0)


def _timed(state: State) -> Iterator[Formula]:
    readings = {lasting: now(lasting, state) for lasting in state.timers}
    for lasting, timer in state.timers.items():
        yield z3.Implies(z3.Not(readings[lasting].true), timer.true_s == 0)
        yield z3.Implies(readings[lasting].false, timer.clear_s == 0)
    for narrow, wide in permutations(state.timers, 2):
        if _implies(narrow, wide):
            yield state.timers[wide].true_s >= state.timers[narrow].true_s
            yield state.timers[wide].clear_s >= state.timers[narrow].clear_s


def now(lasting: Lasting, state: State) -> Reading:
    """Return the reading, at this moment, of a condition that is timed."""
    condition = Observed(ITEM[lasting.item], lasting.test, lasting.max_age_s, lasting.verified)
    return as_of_now(condition, state)


def _implies(narrow: Lasting, wide: Lasting) -> bool:
    """Whether what is known true of one condition is known true of the other, and what is known false the other way."""
    same_sight = (narrow.item, narrow.max_age_s, narrow.verified) == (wide.item, wide.max_age_s, wide.verified)
    return same_sight and _within(narrow.test, wide.test)


def _within(narrow: Test, wide: Test) -> bool:
    if isinstance(narrow, Within) and isinstance(wide, Within):
        return narrow.codes <= wide.codes
    if isinstance(narrow, Range) and isinstance(wide, Range):
        inside = wide.at_least <= narrow.at_least and narrow.at_most <= wide.at_most
        return inside and narrow.confidence == wide.confidence
    return False


def _has(item: Variables, place: int) -> Formula:
    return z3.Extract(place, place, item.code) == 1


CONSISTENCIES: Final = (
    Consistency("not-negative", "Times, speeds, distances of approach and people are never negative.", _not_negative),
    Consistency("risk-is-its-parts", "People at risk are those from debris and those from a weapon.", _sums),
    Consistency("looks-are-remembered", "What the latest look says is among what looks ever said.", _remembered),
    Consistency("measured-is-seen", "What measured where it is is among what saw it.", _measured),
    Consistency("warnings-are-recorded", "A warning is on record as done and as given, and has a time.", _warnings),
    Consistency("inside-is-past-the-border", "What is in own airspace is not short of the border.", _inside),
    Consistency("clocks", "What is not so now has not lasted; what is narrower has not lasted longer.", _timed),
)
