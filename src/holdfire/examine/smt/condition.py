"""One condition as a pair of formulas: it is known to hold, and it is known not to; neither: it is not known."""

from __future__ import annotations

from fractions import Fraction
from math import inf, isfinite
from typing import TYPE_CHECKING, NamedTuple, assert_never

import z3

from holdfire.logic.conditions import Members, Observed, Range, Within, lasting
from holdfire.logic.interpret import deviations

if TYPE_CHECKING:
    from holdfire.examine.smt.state import Formula, State, Variables


class Reading(NamedTuple):
    """What is known of a statement, as two formulas that never hold together."""

    true: Formula
    false: Formula


def observed(condition: Observed, state: State) -> Reading:
    """Return the reading of a condition on an observed item (`logic.interpret.holds`)."""
    now = as_of_now(condition, state)
    if condition.for_s == 0:
        return now
    timer, for_s = state.timer(lasting(condition)), exact(condition.for_s)
    true = z3.And(now.true, timer.true_s >= for_s)
    return Reading(true, z3.Or(now.false, z3.And(z3.Not(true), timer.clear_s < for_s)))


def as_of_now(condition: Observed, state: State) -> Reading:
    """Return the reading with the duration left out (`logic.interpret.holds_now`)."""
    item = state.item(condition.item.name)
    usable = fresh(item, condition.max_age_s)
    if condition.verified:
        usable = z3.And(usable, item.verified)
    if isinstance(condition.test, Range):
        true, false = _between(condition.test, item)
        return Reading(z3.And(usable, true), z3.And(usable, false))
    passes = _passes(condition.test, item)
    return Reading(z3.And(usable, passes), z3.And(usable, z3.Not(passes)))


def fresh(item: Variables, max_age_s: float = inf) -> Formula:
    """Return that an item is known, and no older than its own bound and this one."""
    bound = min(max_age_s, item.item.max_age_s)
    return z3.And(item.known, item.age_s <= exact(bound)) if isfinite(bound) else item.known


def exact(number: float) -> Formula:
    """Return a floating-point number as the fraction that it is."""
    return z3.RealVal(Fraction(number))


def _between(test: Range, item: Variables) -> tuple[Formula, Formula]:
    """Return that a number is inside both bounds, and outside one, by the margin of its deviation."""
    margin = exact(deviations(test.confidence)) * item.sd
    inside, outside = [], []
    if test.at_least > -inf:
        inside.append(item.value - margin >= exact(test.at_least))
        outside.append(item.value + margin < exact(test.at_least))
    if test.at_most < inf:
        inside.append(item.value + margin <= exact(test.at_most))
        outside.append(item.value - margin > exact(test.at_most))
    return z3.And(inside), z3.Or(outside)


def _passes(test: Within | Members, item: Variables) -> Formula:
    match test:
        case Within(codes):
            return z3.Or([item.code == code for code in sorted(codes)])
        case Members(every, some, at_least, at_most):
            there = [z3.Extract(place, place, item.code) == 1 for place in range(len(item.item.values))]
            parts = [there[place] for place in sorted(every)]
            if some:
                parts.append(z3.Or([there[place] for place in sorted(some)]))
            if at_least > 0:
                parts.append(z3.AtLeast(*there, int(at_least)))
            if at_most < len(there):
                parts.append(z3.AtMost(*there, int(at_most)))
            return z3.And(parts)
        case _ as unreachable:
            assert_never(unreachable)
