"""Which items of evidence an answer rests on, criteria opened down to what was observed.

A permission rests on the items that the permitting rules ask. A hold rests on the items of every condition that
a permission still lacks and of every prohibition that stands, of the set that was asked: self-defence stands
beside every set and lacks an attack in almost every case, which is no reason of the set's own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

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
    """Return the names of the items on which the ruling on an action rests; none for observing, which always is."""
    permission = found.ruling.permitted.get(action)
    if permission is not None:
        return frozenset(name for state in permission.rules for name in _of_rule(found, state, lacking=False))
    withheld = found.ruling.withheld[action]
    states = [(state, False) for state in withheld.forbidden_by] + [(state, True) for state in withheld.missing]
    return frozenset(
        name
        for state, lacking in states
        if state.ruleset == found.asked.id
        for name in _of_rule(found, state, lacking=lacking)
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
