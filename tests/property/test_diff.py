"""A diff is exact, antisymmetric, and proves sets equal that are; on random sets and on those that ship."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import z3

from holdfire.catalogue import load_ruleset
from holdfire.examine.diff import Binding, Comparison, Difference, Direction, compared, diff
from holdfire.examine.smt.condition import as_of_now
from holdfire.examine.smt.consistency import consistent
from holdfire.examine.smt.rows import columns
from holdfire.examine.smt.walk import walk
from holdfire.logic.conditions import Observed
from holdfire.logic.parse import parse
from holdfire.logic.ruleset import Forbid, Permit, RuleSet
from holdfire.messages.actions import ALL_ACTIONS, BIT
from holdfire.messages.authority import Role
from holdfire.messages.vocabulary import ITEM
from support.random_rules import random_held, random_rows, random_ruleset
from support.readings import compiled
from thirty_rules import thirty_rules

if TYPE_CHECKING:
    from collections.abc import Sequence

    from holdfire.logic.conditions import Lasting
    from holdfire.messages.layout import Records

    Column = np.ndarray[Any, Any]

PAIRS = [("visual-confirmation", "radar-permitted"), ("perceived-danger", "attributed-violator")]
RANDOM = (*range(5), 85)  # the last has two ways that differ in their rules alone, and other people to act


def pair(name: int | tuple[str, str]) -> tuple[RuleSet, RuleSet]:
    """Two sets: that ship, or drawn; of those the second has rules of the first, so that they have much in common."""
    if isinstance(name, tuple):
        return load_ruleset(name[0]), load_ruleset(name[1])
    one, other = random_ruleset(name), random_ruleset(name + 100, rules=4)
    mixed = [replace(each, id=f"X-{each.id}") for each in other.rules]
    return one, replace(one, id="other", rules=(*one.rules[1:], *mixed), criteria=one.criteria)


def possible(timers: Sequence[Lasting], made: Comparison, rows: Records, held: Column) -> Column:
    """Stop the timers of what is not so now, as clocks do."""
    for place, each in enumerate(timers):
        now = as_of_now(Observed(ITEM[each.item], each.test, each.max_age_s, each.verified), made.state)
        values = columns(made.state, replace(load_ruleset("self-defence"), criteria=(), rules=()), rows, held)
        true, false = (np.broadcast_to(found, rows.size) for found in walk(list(now), values))
        held[~true, place, 0] = 0.0
        held[false, place, 1] = 0.0
    return held


def union(found: Sequence[Difference], made: Comparison, action: str, *directions: Direction) -> Any:
    regions = [
        e.formula(made.readings) for e in found if e.action == action and e.direction in (directions or Direction)
    ]
    return z3.Or(regions)


@pytest.mark.parametrize("name", [*PAIRS, *RANDOM], ids=str)
def test_the_regions_are_together_exactly_where_the_sets_differ(name: int | tuple[str, str]) -> None:
    one, other = pair(name)
    made = compared(Binding((one,)), Binding((other,)))
    found = made.differences()
    sides = [side.ruled.permitted for side in made.sides]
    for action in ALL_ACTIONS[1:]:
        assert not made.land.meets(union(found, made, action) != made.differs(action))
        for first, direction in ((0, Direction.STRICTER), (1, Direction.LOOSER)):
            only = z3.And(sides[first][action], z3.Not(sides[1 - first][action]))
            assert not made.land.meets(union(found, made, action, direction) != only)
    for each in found:
        for side, roles in zip(made.sides, each.by, strict=True):
            for role in roles:
                assert not made.land.meets(each.formula(made.readings), z3.Not(side.suffices(each.action, role)))


def test_what_two_rules_permit_alike_is_no_difference() -> None:
    def permitting(name: str, *by: str, **when: str) -> RuleSet:
        rules = [
            {"id": f"A-{i}", "permit": ["engage"], "by": role, "when": when, "because": "So.", "source": ["s"]}
            for i, role in enumerate(by)
        ]
        source = {"id": "s", "title": "Drawn", "grade": "assumed"}
        head = {"id": name, "title": name, "kind": "hypothetical", "summary": "For a test.", "sources": [source]}
        return parse({**head, "rules": rules})

    three = permitting("three", "crew", "national-authority", occupancy="uncrewed")
    found = diff(three, permitting("four", "crew", airspace="own"))
    looser = [each for each in found if each.direction is Direction.LOOSER]
    assert [len(each.unless) for each in looser] == [1]
    assert {literal.condition.item.name for way in looser[0].unless for literal in way.cube} == {"occupancy"}


@pytest.mark.parametrize("name", [*PAIRS, *RANDOM], ids=str)
def test_the_regions_are_where_the_compiled_tables_differ(name: int | tuple[str, str]) -> None:
    one, other = pair(name)
    made = compared(Binding((one,)), Binding((other,)))
    found = made.differences()
    rows = random_rows(4_000, 6_000)
    timers = list(dict.fromkeys([*one.timers(), *other.timers()]))
    drawn = possible(timers, made, rows, random_held(5_000, rows.size, len(timers)))
    held = [drawn[:, [timers.index(each) for each in ruleset.timers()]] for ruleset in (one, other)]
    values = columns(made.state, one, rows, held[0]) | columns(made.state, other, rows, held[1])
    kept = np.logical_and.reduce(np.broadcast_arrays(*walk(consistent(made.state), values), np.ones(rows.size, bool)))
    assert kept.sum() > 50, "hardly any row is possible: the test is too tame"
    rulings = [
        compiled(ruleset, rows, timed)[1]["permitted"] for ruleset, timed in zip((one, other), held, strict=True)
    ]
    for action in ALL_ACTIONS[1:]:
        for first, direction in ((0, Direction.STRICTER), (1, Direction.LOOSER)):
            only = (rulings[first] & ~rulings[1 - first] & BIT[action]) != 0
            (told,) = walk([union(found, made, action, direction)], values)
            assert (np.broadcast_to(told, rows.size)[kept] == only[kept]).all()


@pytest.mark.parametrize("name", [*PAIRS, *RANDOM], ids=str)
def test_a_diff_is_antisymmetric(name: int | tuple[str, str]) -> None:
    one, other = pair(name)
    there, back = diff(one, other), diff(other, one)
    turned = {Direction.STRICTER: Direction.LOOSER, Direction.LOOSER: Direction.STRICTER}

    def told(found: Sequence[Difference], *, turn: bool) -> set[Any]:
        return {
            (e.action, turned.get(e.direction, e.direction), e.by[::-1]) if turn else (e.action, e.direction, e.by)
            for e in found
        }

    assert told(there, turn=True) == told(back, turn=False)


@pytest.mark.parametrize("name", [*PAIRS, *RANDOM], ids=str)
def test_every_witness_is_ruled_on_as_its_region_says(name: int | tuple[str, str]) -> None:
    one, other = pair(name)
    for each in diff(one, other):
        permitted = [each.action in ruling.permitted for ruling in each.rulings]
        match each.direction:
            case Direction.STRICTER:
                assert permitted == [True, False]
            case Direction.LOOSER:
                assert permitted == [False, True]
            case Direction.OTHER_AUTHORITY | Direction.OTHER_EXECUTOR:
                assert permitted == [True, True]


@pytest.mark.parametrize("name", RANDOM)
def test_one_more_prohibition_only_makes_stricter(name: int) -> None:
    one = random_ruleset(name)
    added = next(
        entry
        for drawn in range(500, 550)
        for entry in random_ruleset(drawn + 50 * name).rules
        if isinstance(entry, Forbid)
    )
    found = diff(one, replace(one, rules=(*one.rules, replace(added, id="ADDED"))))
    assert {each.direction for each in found} <= {Direction.STRICTER}


def test_a_new_prohibition_is_found() -> None:
    one = load_ruleset("radar-permitted")
    forbid = next(rule for rule in one.rules if isinstance(rule, Forbid))
    found = diff(one, replace(one, rules=(*one.rules, replace(forbid, id="ADDED", when=()))))
    assert {each.direction for each in found} == {Direction.STRICTER}
    assert {each.action for each in found} == set(forbid.actions)


@pytest.mark.parametrize("name", ["radar-permitted", "self-defence"])
def test_equal_sets_are_proved_equal(name: str) -> None:
    ruleset = load_ruleset(name)
    expanded = replace(ruleset, id="expanded", extends=None, origin=())
    turned = replace(ruleset, id="turned", rules=ruleset.rules[::-1], criteria=ruleset.criteria[::-1])
    for other in (ruleset, expanded, turned):
        assert diff(ruleset, other) == []


def test_who_may_act_is_compared_too() -> None:
    one = load_ruleset("visual-confirmation")
    rules = tuple(
        replace(rule, executed_by=Role.POLICE) if isinstance(rule, Permit) and rule.id == "AP-5" else rule
        for rule in one.rules
    )
    (found,) = diff(one, replace(one, id="other", rules=rules))
    assert found.direction is Direction.OTHER_EXECUTOR


def test_two_sets_of_thirty_rules() -> None:
    one = thirty_rules()
    other = replace(one, id="other", rules=tuple(rule for rule in one.rules if rule.id not in {"B-8", "B-11"}))
    made = compared(Binding((one,)), Binding((other,)))
    found = made.differences()
    assert 0 < len(found) < 15
    for action in ALL_ACTIONS[1:]:
        assert not made.land.meets(union(found, made, action) != made.differs(action))
