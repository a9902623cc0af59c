"""One rule set as formulas over observed items: what it permits, on whose authority, and who may act.

Criteria are expanded down to what was observed, so that nothing is concluded from a conclusion.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

import z3

from holdfire.examine.smt.condition import Reading, observed
from holdfire.logic.conditions import ActIs, IdentityIn, IntentIs, Observed, OnUnknown
from holdfire.logic.ruleset import Forbid, Permit
from holdfire.messages.actions import ALL_ACTIONS, Action
from holdfire.messages.authority import ROLES, Role
from holdfire.messages.identity import CONCLUSIONS, DECIDED, Identity

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from holdfire.examine.smt.state import Formula, State
    from holdfire.logic.conditions import Condition
    from holdfire.logic.ruleset import Clause, RuleSet
    from holdfire.messages.authority import RoleOrder


@dataclass(frozen=True, slots=True)
class Assessed:
    """What a set's criteria make of the evidence: two statements, and which identities are possible."""

    intent: Reading
    act: Reading
    possible: Mapping[Identity, Formula]


@dataclass(frozen=True, slots=True)
class Ruled:
    """A ruling as formulas, by action; `roles` is the order in which its authorities are lowest.

    Attributes
    ----------
    authority
        That a role is one of the lowest that may authorise.
    executors
        That a role may act.
    stands
        Of one set: that a rule, by its id, fires (a permission) or stands (a prohibition).
    """

    roles: RoleOrder
    permitted: Mapping[Action, Formula]
    authority: Mapping[Action, Mapping[Role, Formula]]
    executors: Mapping[Action, Mapping[Role, Formula]]
    stands: Mapping[str, Formula]


def assess(ruleset: RuleSet, state: State) -> Assessed:
    """Return what a set's criteria make of a state (`assess.criteria`)."""
    readings = [(each.concludes, _all(each.when, state)) for each in ruleset.criteria]

    def concluded(what: str) -> Reading:
        mine = [reading for concludes, reading in readings if concludes == what]
        return Reading(z3.Or([each.true for each in mine]), z3.And([each.false for each in mine]))

    found = {identity: concluded(identity) for identity in DECIDED}
    before: list[Formula] = []
    possible = {}
    for identity in DECIDED:
        possible[identity] = z3.And(z3.Not(found[identity].false), *before)
        before.append(z3.Not(found[identity].true))
    possible[Identity.UNKNOWN] = z3.And(before)
    return Assessed(concluded("intent"), concluded("act"), possible)


def rule(ruleset: RuleSet, state: State) -> Ruled:
    """Return what a set rules on a state (`rules.ruling`)."""
    assessed = assess(ruleset, state)
    stands = {each.id: _stands(isinstance(each, Forbid), each.when, state, assessed) for each in ruleset.rules}
    asked = {
        c.condition.item.name for each in ruleset.entries() for c in each.when if isinstance(c.condition, Observed)
    }
    malformed = z3.Or([state.item(name).malformed for name in sorted(asked)])
    permitted: dict[Action, Formula] = {Action.OBSERVE: z3.BoolVal(val=True)}
    lowest = ruleset.roles.lowest(ROLES)
    authority = {Action.OBSERVE: {role: z3.BoolVal(role in lowest) for role in ROLES}}
    executors = {Action.OBSERVE: {role: z3.BoolVal(val=True) for role in ROLES}}
    for action in ALL_ACTIONS[1:]:
        permits = [each for each in ruleset.rules if isinstance(each, Permit) and action in each.actions]
        forbids = [stands[each.id] for each in ruleset.rules if isinstance(each, Forbid) and action in each.actions]
        firing = z3.Or([stands[each.id] for each in permits])
        permitted[action] = z3.And(z3.Not(malformed), firing, z3.Not(z3.Or(forbids)))
        named = {role: z3.Or([stands[each.id] for each in permits if each.by is role]) for role in ROLES}
        authority[action] = lowest_of(named, ruleset.roles, permitted[action])
        executors[action] = {
            role: z3.And(permitted[action], *(z3.Not(stands[e.id]) for e in permits if e.executed_by is not role))
            for role in ROLES
        }
    return Ruled(ruleset.roles, permitted, authority, executors, stands)


def lowest_of(named: Mapping[Role, Formula], order: RoleOrder, given: Formula) -> dict[Role, Formula]:
    """Return that each role is among those named with no other of them below, where `given` holds."""
    return {
        role: z3.And(given, is_named, z3.Not(z3.Or([named[lower] for lower in ROLES if order.is_over(role, lower)])))
        for role, is_named in named.items()
    }


def _all(clauses: Sequence[Clause], state: State) -> Reading:
    readings = [observed(clause.condition, state) for clause in clauses if isinstance(clause.condition, Observed)]
    return Reading(z3.And([each.true for each in readings]), z3.Or([each.false for each in readings]))


def reading(condition: Condition, state: State, assessed: Assessed) -> Reading:
    """Return the reading of any condition."""
    match condition:
        case Observed():
            return observed(condition, state)
        case IntentIs(value):
            return assessed.intent if value else Reading(assessed.intent.false, assessed.intent.true)
        case ActIs(value):
            return assessed.act if value else Reading(assessed.act.false, assessed.act.true)
        case IdentityIn(identities):
            inside, outside = (
                [assessed.possible[i] for i in CONCLUSIONS if (i in identities) is it] for it in (True, False)
            )
            return Reading(z3.Not(z3.Or(outside)), z3.Not(z3.Or(inside)))
        case _ as unreachable:
            assert_never(unreachable)


def _stands(forbids: bool, clauses: Sequence[Clause], state: State, assessed: Assessed) -> Formula:  # noqa: FBT001
    """Return that a permission fires, all known; or that a prohibition stands: nothing known false, or let go."""
    parts = []
    for clause in clauses:
        found = reading(clause.condition, state, assessed)
        holds = not forbids or clause.condition.on_unknown is OnUnknown.RELEASE
        parts.append(found.true if holds else z3.Not(found.false))
    return z3.And(parts)
