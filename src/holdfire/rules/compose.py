"""Every set that binds: the state overflown, the state whose crew flies, the chain of command, self-defence.

Permitted is what all permit, to someone whom all let act; forbidden is what any forbids; the authority is the
lowest that satisfies them all. What the base set of self-defence permits, no other set removes; what it forbids
binds its own permissions only. A set that withholds what another permits
is a caveat, and the ruling names it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from holdfire.errors import InputError
from holdfire.messages.actions import ALL_ACTIONS
from holdfire.messages.authority import EVERY_ROLE, common_order
from holdfire.messages.ruling import Permission, Ruling, Withheld

if TYPE_CHECKING:
    from collections.abc import Sequence

    from holdfire.logic.ruleset import RuleSet
    from holdfire.messages.actions import Action
    from holdfire.messages.authority import Role, RoleOrder

Bound = tuple["RuleSet", Ruling]
"""A set that binds, with what it rules on one aircraft."""


def compose(binding: Sequence[Bound], defence: Bound | None) -> Ruling:
    """Return the ruling of all sets that bind together.

    Parameters
    ----------
    binding
        The sets that must all permit; none of them binds nobody, and then nothing but self-defence permits.
    defence
        The base set, whose permissions stand beside those of all others; `None` where it is the only set asked.

    Raises
    ------
    InputError
        No set at all is given.
    """
    every = [*binding, *([defence] if defence else [])]
    if not every:
        message = "no rule set binds: name at least one"
        raise InputError(message)
    order = common_order(ruleset.roles for ruleset, _ in every)
    permitted = {}
    withheld = {}
    for action in ALL_ACTIONS:
        ways = [way for way in (_by_all(binding, action, order), _alone(defence, action, order)) if way]
        if ways:
            permitted[action] = _joined(action, ways, order)
        else:
            withheld[action] = _withheld(every, binding, action)
    errors = tuple(dict.fromkeys(error for _, ruling in every for error in ruling.errors))
    return Ruling(" + ".join(ruleset.id for ruleset, _ in every), permitted, withheld, errors)


def _by_all(binding: Sequence[Bound], action: Action, order: RoleOrder) -> Permission | None:
    found = [(ruleset, ruling.permitted.get(action)) for ruleset, ruling in binding]
    granted = [(ruleset, permission) for ruleset, permission in found if permission]
    executors = frozenset(EVERY_ROLE).intersection(*(permission.executors for _, permission in granted))
    if not granted or len(granted) < len(found) or not executors:
        return None
    return Permission(
        action,
        satisfying_all([(ruleset.roles, permission.authorities) for ruleset, permission in granted], order),
        executors,
        tuple(rule for _, permission in granted for rule in permission.rules),
        tuple(rule for _, permission in granted for rule in permission.let_go),
    )


def satisfying_all(required: Sequence[tuple[RoleOrder, frozenset[Role]]], order: RoleOrder) -> frozenset[Role]:
    """Return the lowest roles that are, in each set's own order, at or over one that this set requires.

    There always is one, since the national authority is over every role.
    """
    fitting = EVERY_ROLE
    for own, roles in required:
        fitting &= own.at_or_over(roles)
    return order.lowest(fitting)


def _alone(defence: Bound | None, action: Action, order: RoleOrder) -> Permission | None:
    permission = defence[1].permitted.get(action) if defence else None
    if defence is None or permission is None:
        return None
    return replace(permission, authorities=satisfying_all([(defence[0].roles, permission.authorities)], order))


def _joined(action: Action, ways: Sequence[Permission], order: RoleOrder) -> Permission:
    lowest = order.lowest(frozenset.union(*(way.authorities for way in ways)))
    executors = frozenset.union(*(way.executors for way in ways if way.authorities & lowest))
    return Permission(
        action,
        lowest,
        executors,
        tuple(rule for way in ways for rule in way.rules),
        tuple(rule for way in ways for rule in way.let_go),
    )


def _withheld(every: Sequence[Bound], binding: Sequence[Bound], action: Action) -> Withheld:
    answers = [ruling.withheld[action] for _, ruling in every if action in ruling.withheld]
    caveats = tuple(ruleset.id for ruleset, ruling in binding if action in ruling.withheld)
    return Withheld(
        action,
        tuple(rule for answer in answers for rule in answer.forbidden_by),
        tuple(rule for answer in answers for rule in answer.missing),
        caveats or tuple(ruleset.id for ruleset, _ in binding),  # where each lets another act, all withhold it
    )
