"""Which items of evidence an answer rests on, criteria opened down to what was observed.

A permission rests on the items that its rules ask. A hold rests on some items if these alone bar every way: a
prohibition that asks one of them stands, or each permission lacks a condition on one of them. So a set that is
stopped by its border alone does not hold for want of a look. Only the set that was asked counts: self-defence
stands beside every set and lacks an attack in almost every case, which is no reason of the set's own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from holdfire.examine.computed import sets_of
from holdfire.logic.conditions import ActIs, Assessed, IdentityIn, IntentIs, Observed
from holdfire.logic.interpret import holds
from holdfire.messages.assessment import NOTHING_ASSESSED
from holdfire.messages.truth import Truth

if TYPE_CHECKING:
    from collections.abc import Iterator

    from holdfire.examine.answer import Answer
    from holdfire.logic.conditions import Condition
    from holdfire.logic.ruleset import Criterion, RuleSet
    from holdfire.messages.actions import Action
    from holdfire.messages.ruling import RuleState


def resting_on(found: Answer, action: Action) -> frozenset[str]:
    """Return every item that permits an action, or stands in its way; none for observing, which always is."""
    permission = found.ruling.permitted.get(action)
    if permission is not None:
        return frozenset().union(*(_of_rule(found, state, lacking=False) for state in permission.rules))
    obstacles = list(_obstacles(found, action))
    return frozenset().union(*(items for standing, lacked in obstacles for items in (*standing, *lacked)))


def rests_on(found: Answer, action: Action, items: frozenset[str]) -> bool:
    """Return whether the ruling on an action rests on some items, as the head of this module defines it."""
    if action in found.ruling.permitted:
        return bool(items & resting_on(found, action))
    return any(
        any(items & each for each in standing) or (bool(lacked) and all(items & each for each in lacked))
        for standing, lacked in _obstacles(found, action)
    )


def _obstacles(found: Answer, action: Action) -> Iterator[tuple[list[frozenset[str]], list[frozenset[str]]]]:
    """Yield, for each set asked, the items of the prohibitions that stand, and of what each permission lacks."""
    withheld = found.ruling.withheld[action]
    for own in sets_of(found.asked):
        standing = [state for state in withheld.forbidden_by if state.ruleset == own.id]
        missing = [state for state in withheld.missing if state.ruleset == own.id]
        yield (
            [frozenset(_of_rule(found, state, lacking=False)) for state in standing],
            [frozenset(_of_rule(found, state, lacking=True)) for state in missing],
        )


def _of_rule(found: Answer, state: RuleState, *, lacking: bool) -> Iterator[str]:
    """Yield the items that a rule asks; where it is `lacking`, those of the conditions that do not hold."""
    ruleset = next(each for each in found.binding if each.id == state.ruleset)
    rule = next(rule for rule in ruleset.rules if rule.id == state.rule)
    for clause, condition in zip(rule.when, state.conditions, strict=True):
        if not lacking or condition.truth is not Truth.TRUE:
            yield from _of_condition(found, ruleset, clause.condition)


def _of_condition(found: Answer, ruleset: RuleSet, condition: Condition) -> Iterator[str]:
    if isinstance(condition, Observed):
        yield condition.item.name
        return
    concluding = [each for each in ruleset.criteria if _concludes(each, condition)]
    truths = {criterion: list(_truths(found, ruleset, criterion)) for criterion in concluding}
    met = [criterion for criterion, each in truths.items() if all(truth is Truth.TRUE for _, truth in each)]
    for criterion in met or concluding:
        yield from (name for name, truth in truths[criterion] if met or truth is not Truth.TRUE)


def _truths(found: Answer, ruleset: RuleSet, criterion: Criterion) -> Iterator[tuple[str, Truth]]:
    held = found.situation.held(ruleset)
    for clause in criterion.when:
        if isinstance(clause.condition, Observed):
            truth = holds(clause.condition, found.situation.evidence, NOTHING_ASSESSED, held)
            yield clause.condition.item.name, truth


def _concludes(criterion: Criterion, condition: Assessed) -> bool:
    match condition:
        case IntentIs():
            return criterion.concludes == "intent"
        case ActIs():
            return criterion.concludes == "act"
        case IdentityIn(identities):
            return criterion.concludes in identities
        case _ as unreachable:
            assert_never(unreachable)
