"""Where the same aircraft with the same evidence meets another ruling: across a border, a flag or a chain of command.

Evidence is stated from the side of the state overflown (`binding.layout`): each host, and every guest whose set
binds there, calls the airspace it guards `own`. So the two hosts of a border read one and the same state of
evidence, in which the aircraft is in own airspace. What the border itself begins anew (how deep, for how long,
which way, from where, whose alert) is taken to read alike on both sides, so that a seam is one of the texts;
`restated` names the items of a region for which that is more than can be had at the line itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import z3

from holdfire.catalogue import SELF_DEFENCE
from holdfire.errors import InputError
from holdfire.examine.computed import Computed, sets_of
from holdfire.examine.diff import Binding, Difference, compared, rank
from holdfire.examine.smt.condition import fresh
from holdfire.logic.conditions import Observed
from holdfire.logic.ruleset import RuleSet
from holdfire.messages.actions import ALL_ACTIONS
from holdfire.messages.authority import ROLES, common_order
from holdfire.messages.vocabulary import ITEM

if TYPE_CHECKING:
    from collections.abc import Iterable

    from holdfire.examine.smt.state import Formula, State
    from holdfire.messages.actions import Action
    from holdfire.messages.authority import Role, RoleOrder

Asked = RuleSet | Computed

RESTATED: Final = ("depth_m", "inside_s", "direction", "origin", "zone", "alert")
"""What is said of a border or of a host, and so begins anew with another host."""


@dataclass(frozen=True, slots=True)
class Seam:
    """A difference between two sides, how far it jumps, and what of it the border itself restates."""

    difference: Difference
    jump: int
    restated: tuple[str, ...]


def bound(host: Asked, crew: Asked | None, chain: Asked | None, defence: RuleSet) -> Binding:
    """Return what binds a crew in a host's airspace, each set once, self-defence beside them.

    Raises `InputError` for self-defence in one of those places.
    """
    sets: list[RuleSet] = []
    for each in (one for asked in (host, crew, chain) if asked is not None for one in sets_of(asked)):
        if each.id == SELF_DEFENCE:
            message = f"{SELF_DEFENCE} stands beside every set: name another as host, crew or chain"
            raise InputError(message)
        if each not in sets:
            sets.append(each)
    return Binding(tuple(sets), defence)


def seams(
    first: Binding, second: Binding, actions: Iterable[Action] = ALL_ACTIONS[1:], *, border: bool = True
) -> list[Seam]:
    """Return every region in which two sides rule differently, the worst jump first.

    With a border between them, the aircraft is in own airspace on each side. First come actions by force
    (`diff.BY_FORCE`), then the wider jump (`jump`), then the wider region.
    """
    order = common_order(each.roles for each in (*first.every(), *second.every()))
    found = compared(first, second, in_own_airspace if border else None).differences(actions)
    made = [Seam(each, jump(each, order), restated(each) if border else ()) for each in found]
    return sorted(made, key=lambda each: (rank(each.difference.action), -each.jump, each.difference.way.size))


def jump(found: Difference, order: RoleOrder) -> int:
    """Return how far the authority that is enough moves, from 1 to 6: from the crew's to withheld is 6.

    An authority counts as many as it is over; withheld counts one more than the national authority. Two of which
    neither is over the other are 1 apart at least; where only who acts differs it is 0.
    """
    one, other = (_height(roles, order) for roles in found.by)
    return max(abs(one - other), int(found.by[0] != found.by[1]))


def _height(roles: Iterable[Role], order: RoleOrder) -> int:
    return min((len(order.below[role]) for role in roles), default=len(ROLES))


def restated(found: Difference) -> tuple[str, ...]:
    """Return which items of a region the border itself begins anew."""
    said = found.way.literals().union(*(each.literals() for each in found.unless))
    return tuple(name for name in RESTATED if any(each.condition.item.name == name for each in said))


def asked_anew(sides: Iterable[Binding]) -> dict[str, tuple[str, ...]]:
    """Return, by item that a border restates, which entries ask it: there even equal texts may part."""
    found: dict[str, dict[str, None]] = {}
    for ruleset in (each for side in sides for each in side.every()):
        for entry in ruleset.entries():
            for clause in entry.when:
                if isinstance(clause.condition, Observed) and clause.condition.item.name in RESTATED:
                    found.setdefault(clause.condition.item.name, {})[f"{ruleset.id} {entry.id}"] = None
    return {name: tuple(found[name]) for name in RESTATED if name in found}


def in_own_airspace(state: State) -> list[Formula]:
    """Return that an aircraft is known to be in own airspace."""
    airspace = state.item("airspace")
    return [z3.And(fresh(airspace), airspace.code == ITEM["airspace"].values.index("own"))]
