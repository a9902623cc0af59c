"""A forbidden situation, as formulas on a state and by the interpreter: the two must say the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import z3

from holdfire.examine.smt.condition import fresh, observed
from holdfire.logic.interpret import holds
from holdfire.messages.assessment import NOTHING_ASSESSED
from holdfire.messages.truth import Truth

if TYPE_CHECKING:
    from collections.abc import Sequence

    from holdfire.examine.smt.ruleset import Ruled
    from holdfire.examine.smt.search import Witness
    from holdfire.examine.smt.state import Formula, State
    from holdfire.logic.conditions import Observed
    from holdfire.logic.property import Forbidden
    from holdfire.messages.actions import Action
    from holdfire.messages.authority import RoleOrder
    from holdfire.messages.ruling import Permission, Ruling


def fits(situations: Sequence[Forbidden], state: State) -> list[Formula]:
    """Return, for each situation, that a state is one; whatever a set rules on it."""
    parts = [_conditions(each, state) for each in situations]
    return [z3.And(part, *_lacking(each, state)) for each, part in zip(situations, parts, strict=True)]


def _conditions(each: Forbidden, state: State) -> Formula:
    for name in sorted(each.unknown):
        state.item(name)
    return z3.And(
        [
            *(observed(condition, state).true for condition in each.when),
            *(z3.Not(observed(condition, state).true) for condition in each.not_known),
            *(z3.Not(z3.And([observed(c, state).true for c in group])) for group in each.unless),
        ]
    )


def _lacking(each: Forbidden, state: State) -> list[Formula]:
    """Return what is not known; asked last, since it speaks of every item that anything else asks about."""
    kept = state.items.keys() if each.only_known is None else each.only_known
    return [z3.Not(fresh(item)) for name, item in state.items.items() if name in each.unknown or name not in kept]


def permitted(each: Forbidden, ruled: Ruled) -> Formula:
    """Return that one of the actions is permitted, below the role where there is one."""
    return z3.Or([z3.And(ruled.permitted[action], *_below(each, ruled, action)) for action in each.actions])


def _below(each: Forbidden, ruled: Ruled, action: Action) -> list[Formula]:
    if each.below is None:
        return []
    return [z3.Or([who for role, who in ruled.authority[action].items() if ruled.roles.is_over(each.below, role)])]


def breaches(each: Forbidden, ruling: Ruling, roles: RoleOrder, seen: Witness) -> tuple[Permission, ...]:
    """Return the permissions by which a ruling on what was seen breaks a property, by the interpreter."""
    if not _is_one(each, seen):
        return ()
    given = (ruling.permitted[action] for action in each.actions if action in ruling.permitted)
    below = each.below
    return tuple(p for p in given if below is None or any(roles.is_over(below, role) for role in p.authorities))


def _is_one(each: Forbidden, seen: Witness) -> bool:
    known = {name for name in seen.evidence.items if seen.evidence.known(name) is not None}
    return (
        all(is_known(condition, seen) for condition in each.when)
        and not any(is_known(condition, seen) for condition in each.not_known)
        and not any(all(is_known(condition, seen) for condition in group) for group in each.unless)
        and not known & each.unknown
        and (each.only_known is None or known <= each.only_known)
    )


def is_known(condition: Observed, seen: Witness) -> bool:
    """Whether a condition is known to hold, by the interpreter."""
    return holds(condition, seen.evidence, NOTHING_ASSESSED, seen.held) is Truth.TRUE
