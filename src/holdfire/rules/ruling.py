"""The meaning of permissions, in plain Python: what one rule set rules on one aircraft.

Nothing is permitted unless a rule permits it, but for observing. A prohibition beats every permission. A
permission fires only on what is known; a prohibition stands unless a condition is known not to hold, or is
released while not known. Malformed evidence on anything that the set asks about withholds everything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from holdfire.logic.conditions import OnUnknown
from holdfire.logic.interpret import holds, malformed_items
from holdfire.logic.ruleset import Forbid, Permit
from holdfire.messages.actions import ALL_ACTIONS, Action
from holdfire.messages.authority import ROLES
from holdfire.messages.evidence import refuse_unflagged
from holdfire.messages.ruling import ConditionState, Permission, RuleState, Ruling, Withheld
from holdfire.messages.truth import Truth

if TYPE_CHECKING:
    from collections.abc import Mapping

    from holdfire.logic.conditions import Held, Lasting
    from holdfire.logic.ruleset import Rule, RuleSet
    from holdfire.messages.assessment import Assessment
    from holdfire.messages.evidence import Evidence


def rule(ruleset: RuleSet, evidence: Evidence, assessment: Assessment, held: Mapping[Lasting, Held]) -> Ruling:
    """Return what a set permits and withholds for one aircraft, and why.

    Raises `UnflaggedEvidenceError` for evidence that is not simulated, historical or hypothetical.
    """
    refuse_unflagged(evidence)
    bad = malformed_items(ruleset, evidence)
    errors = (*assessment.errors, *bad.values())
    sound = evidence.without(bad)
    states = {entry: _state(ruleset, entry, sound, assessment, held) for entry in ruleset.rules}
    permitted = {Action.OBSERVE: _observing(ruleset)}
    withheld = {}
    for action in ALL_ACTIONS[1:]:
        answer = _answer(ruleset, action, states, fires=not errors)
        if isinstance(answer, Permission):
            permitted[action] = answer
        else:
            withheld[action] = answer
    return Ruling(ruleset.id, permitted, withheld, tuple(dict.fromkeys(errors)))


def _observing(ruleset: RuleSet) -> Permission:
    return Permission(Action.OBSERVE, ruleset.roles.lowest(ROLES), frozenset(ROLES), ())


def _answer(
    ruleset: RuleSet, action: Action, states: Mapping[Rule, RuleState], *, fires: bool
) -> Permission | Withheld:
    forbids = [state for entry, state in states.items() if isinstance(entry, Forbid) and action in entry.actions]
    permits = [entry for entry in states if isinstance(entry, Permit) and action in entry.actions]
    standing = tuple(state for state in forbids if state.fires)
    firing = [entry for entry in permits if states[entry].fires]
    if not fires or standing or not firing:
        missing = tuple(states[entry] for entry in permits if not states[entry].fires)
        return Withheld(action, standing, missing, (ruleset.id,))
    lowest = ruleset.roles.lowest(entry.by for entry in firing)
    executors = frozenset(ROLES).intersection(*({entry.executed_by} for entry in firing))
    let_go = tuple(state for state in forbids if all(each.truth is not Truth.FALSE for each in state.conditions))
    return Permission(action, lowest, executors, tuple(states[entry] for entry in firing), let_go)


def _state(
    ruleset: RuleSet,
    entry: Rule,
    evidence: Evidence,
    assessment: Assessment,
    held: Mapping[Lasting, Held],
) -> RuleState:
    truths = [holds(clause.condition, evidence, assessment, held) for clause in entry.when]
    if isinstance(entry, Permit):
        fires = all(truth is Truth.TRUE for truth in truths)
        return RuleState(ruleset.id, entry.id, fires, tuple(map(ConditionState, truths)))
    conditions = tuple(
        ConditionState(truth, truth is Truth.UNKNOWN and clause.condition.on_unknown is OnUnknown.RELEASE)
        for clause, truth in zip(entry.when, truths, strict=True)
    )
    fires = all(state.truth is not Truth.FALSE and not state.released for state in conditions)
    return RuleState(ruleset.id, entry.id, fires, conditions)
