"""A diff of sets that bind together is exact, and names the set that withholds; on drawn sets and computed ones."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
import z3

from holdfire.catalogue import SELF_DEFENCE, load_ruleset
from holdfire.examine.computed import HOST, NATIONAL, STRICT, named, sets_of
from holdfire.examine.diff import Binding, Comparison, Difference, Direction, compared, diff
from holdfire.examine.sentences import sentence
from holdfire.messages.actions import ALL_ACTIONS, Action
from support.random_rules import random_ruleset

if TYPE_CHECKING:
    from collections.abc import Sequence

DRAWN = range(8)
LONGEST = 1_200
"""Letters of a sentence that somebody still reads."""


def asked(name: str) -> Binding:
    return Binding(sets_of(named(name)))


def drawn(name: int) -> tuple[Binding, Binding]:
    """Two drawn sets that bind together against another, with a third beside both sides; or two, each alone."""
    one, two, three, beside = (
        replace(random_ruleset(name + 1000 * each, rules=5), id=f"drawn-{each}") for each in range(4)
    )
    if name % 4 == 3:
        return Binding((one,)), Binding((three,))
    return Binding((one, two), beside), Binding((three,), beside)


def sides(name: int | str) -> tuple[Binding, Binding]:
    """Two sides by name."""
    defence = load_ruleset(SELF_DEFENCE)
    match name:
        case "computed":
            return asked("visual-confirmation"), asked(STRICT)
        case "of which it is one":
            return asked(STRICT), asked("poland-2025")
        case "with self-defence":
            several = (load_ruleset("radar-permitted"), load_ruleset("air-policing"))
            return Binding(sets_of(named(STRICT)), defence), Binding(several, defence)
        case _:
            return drawn(int(name))


def told(made: Comparison, found: Sequence[Difference], action: str, direction: Direction) -> Any:
    return z3.Or([e.formula(made.readings) for e in found if e.action == action and e.direction is direction])


@pytest.mark.parametrize("name", ["computed", "of which it is one", "with self-defence", *DRAWN])
def test_the_regions_are_exact_and_the_set_that_is_named_withholds_there(name: int | str) -> None:
    first, second = sides(name)
    made = compared(first, second)
    found = made.differences()
    permits = [side.ruled.permitted for side in made.sides]
    for action in ALL_ACTIONS[1:]:
        for place, direction in ((0, Direction.STRICTER), (1, Direction.LOOSER)):
            only = z3.And(permits[place][action], z3.Not(permits[1 - place][action]))
            parted = made.land.meets(told(made, found, action, direction) != only)
            assert not parted, (action, direction)
    for each in found:
        if each.as_does is None:
            continue
        side = made.sides[1 if each.direction is Direction.STRICTER else 0]
        ruled = {ruleset.id: ruled for ruleset, ruled in side.binding}[each.as_does.ruleset]
        where = each.formula(made.readings)
        wrong = made.land.meets(where, ruled.permitted[each.action])
        lapses = [rule for rule in each.as_does.rules if made.land.meets(where, z3.Not(ruled.stands[rule]))]
        assert (wrong, lapses) == (False, [])


def test_the_drawn_sets_name_who_withholds_and_let_others_act() -> None:
    made = [compared(*drawn(name)).differences() for name in DRAWN]
    directions = {each.direction for found in made for each in found}
    assert directions == set(Direction)
    assert any(each.as_does for found in made for each in found)


@pytest.mark.parametrize("name", NATIONAL)
def test_a_hosts_set_for_every_flag_rules_as_the_host_does(name: str) -> None:
    assert diff(named(f"{HOST}:{name}"), named(name)) == []


@pytest.mark.parametrize(("one", "other"), [("visual-confirmation", STRICT), (STRICT, "radar-permitted")])
def test_a_computed_set_is_told_in_sentences_that_can_be_read(one: str, other: str) -> None:
    for each in diff(named(one), named(other), [Action.ENGAGE, Action.WARN]):
        said = sentence(each, (one, other))
        assert len(said) <= LONGEST
        if each.as_does is not None:
            assert f"{STRICT} withholds it as {each.as_does.ruleset} does" in said
