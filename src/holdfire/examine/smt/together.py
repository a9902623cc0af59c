"""All sets that bind as formulas, with self-defence beside them (`rules.compose`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import z3

from holdfire.errors import InputError
from holdfire.examine.smt.ruleset import Ruled, lowest_of
from holdfire.messages.actions import ALL_ACTIONS, Action
from holdfire.messages.authority import ROLES, common_order

if TYPE_CHECKING:
    from collections.abc import Sequence

    from holdfire.examine.smt.state import Formula
    from holdfire.messages.authority import Role, RoleOrder


def together(binding: Sequence[Ruled], defence: Ruled | None) -> Ruled:
    """Return what sets rule that must all permit, and self-defence beside them, which needs no other.

    Raises `InputError` where no set at all is given.
    """
    every = [*binding, *([defence] if defence else [])]
    if not every:
        message = "no rule set binds: name at least one"
        raise InputError(message)
    order = common_order(each.roles for each in every)
    permitted, authority, executors = {}, {}, {}
    for action in ALL_ACTIONS:
        permitted[action], authority[action], executors[action] = _joined(binding, defence, action, order)
    return Ruled(order, permitted, authority, executors, {})


_Answer = tuple["Formula", "dict[Role, Formula]", "dict[Role, Formula]"]


def _joined(binding: Sequence[Ruled], defence: Ruled | None, action: Action, order: RoleOrder) -> _Answer:
    all_of_them, by_all, acting = _by_all(binding, action, order)
    if defence is None:
        return all_of_them, by_all, acting
    enough = {role: _at_or_over(defence, action, role) for role in ROLES}
    own = lowest_of(enough, order, z3.BoolVal(val=True))
    lowest = lowest_of({role: z3.Or(by_all[role], own[role]) for role in ROLES}, order, z3.BoolVal(val=True))
    ways = ((by_all, acting), (own, defence.executors[action]))
    counts = [z3.Or([z3.And(roles[role], lowest[role]) for role in ROLES]) for roles, _ in ways]
    executors = {
        role: z3.Or([z3.And(way_counts, acts[role]) for way_counts, (_, acts) in zip(counts, ways, strict=True)])
        for role in ROLES
    }
    return z3.Or(all_of_them, defence.permitted[action]), lowest, executors


def _by_all(binding: Sequence[Ruled], action: Action, order: RoleOrder) -> _Answer:
    if not binding:
        nobody = dict.fromkeys(ROLES, z3.BoolVal(val=False))
        return z3.BoolVal(val=False), nobody, nobody
    acting = {role: z3.And([each.executors[action][role] for each in binding]) for role in ROLES}
    permitted = z3.And(*(each.permitted[action] for each in binding), z3.Or(list(acting.values())))
    fitting = {role: z3.And([_at_or_over(each, action, role) for each in binding]) for role in ROLES}
    acting = {role: z3.And(permitted, may) for role, may in acting.items()}
    return permitted, lowest_of(fitting, order, permitted), acting


def _at_or_over(ruled: Ruled, action: Action, role: Role) -> Formula:
    """Return that a role is, in a set's own order, at or over one that this set requires."""
    return z3.Or([ruled.authority[action][low] for low in ROLES if low is role or ruled.roles.is_over(role, low)])
