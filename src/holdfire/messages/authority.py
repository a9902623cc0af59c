"""Who may authorise: roles in a partial order, declared by each state.

`a` over `b` means that `a` may authorise whatever `b` may. The national authority is over every other role,
so that two roles always have someone over both. A controller relays and authorises nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Role(StrEnum):
    """A role that may authorise or execute, in the order of the record layouts."""

    CREW = "crew"
    MISSION_COMMANDER = "mission-commander"
    AIR_OPERATIONS_COMMANDER = "air-operations-commander"
    POLICE = "police"
    INTERIOR = "interior"
    NATIONAL_AUTHORITY = "national-authority"


ROLES = tuple(Role)
ROLE_BIT = {role: 1 << index for index, role in enumerate(ROLES)}
EVERY_ROLE = frozenset(ROLES)
USUAL_ORDER: Mapping[Role, tuple[Role, ...]] = {
    Role.MISSION_COMMANDER: (Role.CREW,),
    Role.AIR_OPERATIONS_COMMANDER: (Role.MISSION_COMMANDER,),
    Role.INTERIOR: (Role.POLICE,),
    Role.NATIONAL_AUTHORITY: (Role.AIR_OPERATIONS_COMMANDER, Role.INTERIOR),
}
"""Two chains, military and police, that meet in the national authority (assumed where a set declares none)."""


@dataclass(frozen=True, slots=True)
class RoleOrder:
    """A partial order of roles: for each role, all that it is over (itself left out), closed under "over"."""

    below: Mapping[Role, frozenset[Role]]

    def is_over(self, higher: Role, lower: Role) -> bool:
        """Whether `higher` may authorise whatever `lower` may, and is not the same."""
        return lower in self.below[higher]

    def lowest(self, roles: Iterable[Role]) -> frozenset[Role]:
        """Return the roles with no other of them below."""
        given = frozenset(roles)
        return frozenset(role for role in given if not self.below[role] & given)

    def at_or_over(self, roles: Iterable[Role]) -> frozenset[Role]:
        """Return every role that is one of these or over one of them."""
        given = frozenset(roles)
        return frozenset(role for role in ROLES if role in given or self.below[role] & given)


def role_order(over: Mapping[Role, Iterable[Role]]) -> RoleOrder:
    """Close the declared "over" pairs; the national authority is put over all.

    Raises `ValueError` naming the roles where the pairs run in a circle.
    """
    below = {role: set(over.get(role, ())) for role in ROLES}
    below[Role.NATIONAL_AUTHORITY] |= EVERY_ROLE - {Role.NATIONAL_AUTHORITY}
    for middle in ROLES:
        for role in ROLES:
            if middle in below[role]:
                below[role] |= below[middle]
    circle = [role.value for role in ROLES if role in below[role]]
    if circle:
        message = (
            f"{', '.join(circle)} would be over themselves (the national authority is over all): take an 'over' away"
        )
        raise ValueError(message)
    return RoleOrder({role: frozenset(lower) for role, lower in below.items()})


USUAL = role_order(USUAL_ORDER)


def common_order(orders: Iterable[RoleOrder]) -> RoleOrder:
    """Return the order on which all agree: one role is over another where it is so in every order."""
    all_orders = tuple(orders)
    return RoleOrder({role: frozenset.intersection(*(order.below[role] for order in all_orders)) for role in ROLES})
