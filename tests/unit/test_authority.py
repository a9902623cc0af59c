"""Roles in a partial order."""

from __future__ import annotations

from itertools import product

import pytest

from holdfire.messages.authority import EVERY_ROLE, ROLE_BIT, ROLES, USUAL, Role, RoleOrder, common_order, role_order

CREW, MISSION, AIR, POLICE, INTERIOR, NATIONAL = ROLES
ORDERS = {
    "none": role_order({}),
    "usual": USUAL,
    "one chain": role_order({MISSION: [CREW], AIR: [MISSION], POLICE: [AIR], INTERIOR: [POLICE]}),
    "police over crew": role_order({POLICE: [CREW], INTERIOR: [POLICE, MISSION]}),
}
ALL_SETS = [frozenset(role for role in ROLES if mask & ROLE_BIT[role]) for mask in range(1 << len(ROLES))]

each_order = pytest.mark.parametrize("order", [*ORDERS.values()], ids=[*ORDERS])


def test_the_usual_order_is_two_chains_that_meet() -> None:
    assert USUAL.below == {
        CREW: frozenset(),
        MISSION: {CREW},
        AIR: {MISSION, CREW},
        POLICE: frozenset(),
        INTERIOR: {POLICE},
        NATIONAL: EVERY_ROLE - {NATIONAL},
    }


@each_order
def test_an_order_is_strict_and_closed(order: RoleOrder) -> None:
    for a, b, c in product(ROLES, repeat=3):
        assert not order.is_over(a, a)
        assert not (order.is_over(a, b) and order.is_over(b, a))
        assert not (order.is_over(a, b) and order.is_over(b, c)) or order.is_over(a, c)


@each_order
def test_the_national_authority_is_over_all(order: RoleOrder) -> None:
    assert all(order.is_over(NATIONAL, role) for role in ROLES[:-1])


@each_order
def test_the_lowest_have_none_of_the_others_below(order: RoleOrder) -> None:
    for roles in ALL_SETS:
        lowest = order.lowest(roles)
        assert lowest <= roles
        assert bool(lowest) == bool(roles)
        assert not any(order.is_over(a, b) for a in lowest for b in roles)
        assert all(role in lowest or any(order.is_over(role, low) for low in lowest) for role in roles)


@each_order
def test_at_or_over_is_all_that_may_do_what_one_of_them_may(order: RoleOrder) -> None:
    for roles in ALL_SETS:
        expected = {role for role in ROLES if any(role is low or order.is_over(role, low) for low in roles)}
        assert order.at_or_over(roles) == expected
        assert not roles or NATIONAL in order.at_or_over(roles)


@pytest.mark.parametrize(
    ("over", "names"),
    [
        ({CREW: [CREW]}, "crew"),
        ({CREW: [POLICE], POLICE: [CREW]}, "crew, police"),
        ({CREW: [AIR], MISSION: [CREW], AIR: [MISSION]}, "crew, mission-commander, air-operations-commander"),
        ({CREW: [NATIONAL]}, "crew, national-authority"),
    ],
)
def test_a_circle_is_refused_by_name(over: dict[Role, list[Role]], names: str) -> None:
    with pytest.raises(ValueError, match="would be over themselves") as caught:
        role_order(over)
    said = "would be over themselves (the national authority is over all): take an 'over' away"
    assert str(caught.value) == f"{names} {said}"


def test_the_common_order_is_what_all_agree_on() -> None:
    common = common_order([USUAL, ORDERS["police over crew"]])
    for a, b in product(ROLES, repeat=2):
        assert common.is_over(a, b) == (USUAL.is_over(a, b) and ORDERS["police over crew"].is_over(a, b))
    assert common.lowest([POLICE, CREW, MISSION]) == {POLICE, CREW, MISSION}


def test_the_common_order_of_one_is_itself() -> None:
    assert common_order([USUAL]).below == USUAL.below
