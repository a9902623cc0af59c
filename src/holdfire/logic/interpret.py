"""The meaning of a condition, in plain Python: this reading defines it, the compiled table must agree."""

from __future__ import annotations

from functools import cache
from math import inf
from statistics import NormalDist
from typing import TYPE_CHECKING, assert_never

from holdfire.logic.conditions import (
    NEVER_TIMED,
    ActIs,
    Assessed,
    Condition,
    Held,
    IdentityIn,
    IntentIs,
    Lasting,
    Members,
    Observed,
    Range,
    Within,
    lasting,
)
from holdfire.messages.evidence import code_of, malformed
from holdfire.messages.truth import Truth, known

if TYPE_CHECKING:
    from collections.abc import Mapping

    from holdfire.logic.ruleset import RuleSet
    from holdfire.messages.assessment import Assessment
    from holdfire.messages.evidence import Evidence, Known


@cache
def deviations(confidence: float) -> float:
    """Return how many standard deviations a number must stand off its bound to be known beyond it.

    One-sided normal quantile: 1.645 at 0.95.
    """
    return NormalDist().inv_cdf(confidence)


def malformed_items(ruleset: RuleSet, evidence: Evidence) -> dict[str, str]:
    """Return, by its name, what is wrong with each item that a set asks about; empty where nothing is."""
    asked = {
        clause.condition.item.name
        for entry in ruleset.entries()
        for clause in entry.when
        if isinstance(clause.condition, Observed)
    }
    found = ((name, malformed(name, evidence.items[name])) for name in sorted(asked & evidence.items.keys()))
    return {name: error for name, error in found if error is not None}


def holds(condition: Condition, evidence: Evidence, assessment: Assessment, held: Mapping[Lasting, Held]) -> Truth:
    """Return whether a condition holds, as far as is known."""
    if isinstance(condition, Observed):
        return _lasts(condition, holds_now(condition, evidence), held)
    return _assessed(condition, assessment)


def holds_now(condition: Observed, evidence: Evidence) -> Truth:
    """Return whether a condition on an observed item holds at this moment, its duration left out."""
    found = evidence.known(condition.item.name, condition.max_age_s)
    if found is None or (condition.verified and not found.verified):
        return Truth.UNKNOWN
    if isinstance(condition.test, Range):
        margin = deviations(condition.test.confidence) * found.sd
        return _between(_as_number(found), margin, condition.test.at_least, condition.test.at_most)
    return known(passes_code(condition, code_of(condition.item, found)))


def passes_code(condition: Observed, code: int) -> bool:
    """Return whether an item with this code passes: a place among its values, or the members of a set as bits."""
    match condition.test:
        case Within(codes):
            return code in codes
        case Members(every, some, at_least, at_most):
            members = {place for place in range(len(condition.item.values)) if code >> place & 1}
            fits = every <= members and (not some or bool(some & members))
            return fits and at_least <= len(members) <= at_most
        case Range():
            message = f"{condition.item.name} is a number and has no code"
            raise TypeError(message)
        case _ as unreachable:
            assert_never(unreachable)


def _between(value: float, margin: float, at_least: float, at_most: float) -> Truth:
    """Known inside only if it clears both bounds by the margin, known outside only if it misses one by it."""
    if value - margin >= at_least and value + margin <= at_most:
        return Truth.TRUE
    if value + margin < at_least or value - margin > at_most:
        return Truth.FALSE
    return Truth.UNKNOWN


def _as_number(found: Known) -> float:
    assert not isinstance(found.value, (str, frozenset))  # noqa: S101  # malformed evidence is refused before
    return found.value


def _lasts(condition: Observed, now: Truth, held: Mapping[Lasting, Held]) -> Truth:
    """Kleene's reading of "at every moment of the last `for_s` seconds".

    True if known true at each, false if known false at one, else not known.
    """
    if condition.for_s == 0 or now is Truth.FALSE:
        return now
    timed = held.get(lasting(condition), NEVER_TIMED)
    if now is Truth.TRUE and timed.true_s >= condition.for_s:
        return Truth.TRUE
    return Truth.FALSE if timed.clear_s < condition.for_s else Truth.UNKNOWN


def _assessed(condition: Assessed, assessment: Assessment) -> Truth:
    match condition:
        case IntentIs(value):
            return _is(assessment.intent.truth, value)
        case ActIs(value):
            return _is(assessment.act.truth, value)
        case IdentityIn(identities):
            possible = assessment.identity.possible
            if possible <= identities:
                return Truth.TRUE
            return Truth.UNKNOWN if possible & identities else Truth.FALSE
        case _ as unreachable:
            assert_never(unreachable)


def _is(truth: Truth, value: bool) -> Truth:  # noqa: FBT001
    return Truth.UNKNOWN if truth is Truth.UNKNOWN else known((truth is Truth.TRUE) == value)


def advance(held: Held, now: Truth, dt_s: float) -> Held:
    """Return the timers after a step of `dt_s` seconds at whose end the condition is `now`."""
    if now is Truth.TRUE:
        return Held(held.true_s + dt_s, held.clear_s + dt_s)
    return Held(0.0, 0.0 if now is Truth.FALSE else held.clear_s + dt_s)


def held_since(condition: Observed, evidence: Evidence) -> Held:
    """Return timers from an item that says how long it has been as it is, where no loop kept them.

    What came before is not known: so the condition is never known false by it.
    """
    found = evidence.known(condition.item.name, condition.max_age_s)
    return Held(found.held_s if found is not None else 0.0, inf)
