"""The ways in which an action comes to be permitted: a permission fires, and every prohibition stands down.

A way is told as literals that all hold and as choices, of each of which one alternative holds. The ways of an
action are together exactly where it is permitted.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING

import z3

from holdfire.examine.literals import Choice, Cube, formula_of, ordered, ordered_choice, ordered_choices
from holdfire.logic.ruleset import Forbid, Permit
from holdfire.messages.authority import EVERY_ROLE, Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from holdfire.examine.cover import Land
    from holdfire.examine.smt.condition import Reading
    from holdfire.examine.smt.ruleset import Ruled
    from holdfire.examine.smt.state import Formula
    from holdfire.logic.conditions import Observed
    from holdfire.logic.ruleset import RuleSet
    from holdfire.messages.actions import Action


@dataclass(frozen=True, slots=True)
class Way:
    """One way in which an action is permitted.

    Attributes
    ----------
    rules
        The permissions that fire, as (set, rule).
    suffices
        Every role whose word is then enough.
    cube, choices
        What holds.
    """

    rules: tuple[tuple[str, str], ...]
    suffices: frozenset[Role]
    cube: Cube
    choices: frozenset[Choice] = frozenset()

    def literals(self) -> Cube:
        """Return every literal that it speaks of."""
        return self.cube.union(*(each for choice in self.choices for each in choice))

    @property
    def size(self) -> int:
        """How many literals tell it: the fewer, the wider."""
        return len(self.cube) + sum(len(each) for choice in self.choices for each in choice)

    def formula(self, readings: Mapping[Observed, Reading]) -> Formula:
        """Return that all of it holds."""
        choices = [
            z3.Or([formula_of(each, readings) for each in ordered_choice(choice)])
            for choice in ordered_choices(self.choices)
        ]
        return z3.And(formula_of(self.cube, readings), *choices)


@dataclass(slots=True)
class Side:
    """Sets that must all permit, and one beside them that needs no other, over one state."""

    binding: Sequence[tuple[RuleSet, Ruled]]
    defence: tuple[RuleSet, Ruled] | None
    ruled: Ruled
    _told: dict[int, Choice] = field(default_factory=dict)

    def ways(self, action: Action, land: Land) -> list[Way]:
        """Return every way in which an action is permitted."""
        found = list(self._together(self.binding, self._who_acts(action, land), action, land))
        return [*found, *self._beside(action, land)]

    def ways_of(self, place: int, action: Action, land: Land) -> list[Way]:
        """Return every way in which the set at a place alone, or what stands beside all, permits an action."""
        return [*self._together([self.binding[place]], [], action, land), *self._beside(action, land)]

    def _beside(self, action: Action, land: Land) -> Iterator[Way]:
        return self._together([self.defence], [], action, land) if self.defence else iter(())

    def suffices(self, action: Action, role: Role) -> Formula:
        """Return that a role's word is enough for an action."""
        order = self.ruled.roles
        return z3.Or([self.ruled.authority[action][low] for low in Role if low is role or order.is_over(role, low)])

    def _who_acts(self, action: Action, land: Land) -> list[Choice]:
        """Return that all sets let somebody act, where several are composed that do not all say who."""
        named = {each.executed_by for s, _ in self.binding for each in s.rules if isinstance(each, Permit)}
        if len(named) == 1 or (len(self.binding) == 1 and self.defence is None):
            return []
        acting = [z3.And([ruled.executors[action][role] for _, ruled in self.binding]) for role in Role]
        return [self._tell(z3.Or(acting), land)]

    def _together(
        self, group: Sequence[tuple[RuleSet, Ruled]], guards: list[Choice], action: Action, land: Land
    ) -> Iterator[Way]:
        """Yield each combination of one permission of every set, with what stands every prohibition down."""
        guards = guards + [
            self._tell(z3.Not(ruled.stands[each.id]), land)
            for ruleset, ruled in group
            for each in ruleset.rules
            if isinstance(each, Forbid) and action in each.actions
        ]
        for firing in product(*(self._firing(ruleset, ruled, action, land) for ruleset, ruled in group)):
            suffices = frozenset(EVERY_ROLE).intersection(*(roles for _, roles, _ in firing))
            cube: Cube = frozenset().union(*(each for _, _, each in firing))
            settled = settled_by(cube, guards, land) if firing and land.meets(cube=cube) else None
            if settled is not None:
                yield Way(tuple(rule for rule, _, _ in firing), suffices, *settled)

    def _firing(
        self, ruleset: RuleSet, ruled: Ruled, action: Action, land: Land
    ) -> list[tuple[tuple[str, str], frozenset[Role], Cube]]:
        return [
            ((ruleset.id, each.id), ruleset.roles.at_or_over([each.by]), cube)
            for each in ruleset.rules
            if isinstance(each, Permit) and action in each.actions
            for cube in ordered_choice(self._tell(ruled.stands[each.id], land))
        ]

    def _tell(self, formula: Formula, land: Land) -> Choice:
        key = formula.get_id()
        if key not in self._told:
            self._told[key] = frozenset(land.cubes(formula) or ())
        return self._told[key]


def settled_by(cube: Cube, guards: Iterable[Choice], land: Land) -> tuple[Cube, frozenset[Choice]] | None:
    """Return a cube with what its guards leave one alternative of, and the choices that stay; nothing if none do."""
    left = ordered_choices(guards)
    while True:
        still, grown = list[Choice](), cube
        for choice in left:
            possible = frozenset(each for each in ordered_choice(choice) if land.meets(cube=cube | each))
            if not possible:
                return None
            if len(possible) == 1:
                grown |= {each for one in possible for each in ordered(one) if not land.implied(each, grown)}
            elif not any(all(land.implied(each, cube) for each in ordered(one)) for one in ordered_choice(possible)):
                still.append(possible)
        if grown == cube:
            return land.shortest(cube), _needed(frozenset(_shorn(each, cube, land) for each in still), cube, land)
        if not land.meets(cube=grown):
            return None
        cube, left = grown, still


def _shorn(choice: Choice, cube: Cube, land: Land) -> Choice:
    """Leave out of a choice what a cube implies anyway, and alternatives that another one covers."""
    shorn = {frozenset(each for each in ordered(one) if not land.implied(each, cube)) for one in ordered_choice(choice)}
    return frozenset(one for one in shorn if not any(other < one for other in shorn))


def _needed(choices: frozenset[Choice], cube: Cube, land: Land) -> frozenset[Choice]:
    """Leave out choices that a cube and the others settle, the longest first."""
    kept = ordered_choices(choices)
    for each in sorted(kept, key=lambda choice: -sum(map(len, choice))) if len(kept) > 1 else ():
        rest = [Way((), frozenset(), one).formula(land.words.readings) for one in ordered_choice(each)]
        others = Way((), frozenset(), cube, frozenset(kept) - {each}).formula(land.words.readings)
        if not land.meets(others, z3.Not(z3.Or(rest))):
            kept.remove(each)
    return frozenset(kept)


def inside(way: Way, other: Way, land: Land) -> Way | None:
    """Return what a way needs beyond another that holds already, or nothing where the two never meet."""
    if not land.meets(way.formula(land.words.readings), other.formula(land.words.readings)):
        return None
    settled = settled_by(way.cube | other.cube, way.choices - other.choices, land)
    if settled is None:
        return None
    cube = frozenset(each for each in ordered(settled[0]) if not land.implied(each, other.cube))
    return Way(way.rules, way.suffices, cube, settled[1] - other.choices)
