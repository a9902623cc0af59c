"""Where two sets rule differently, exactly, in as few sentences as their texts allow; or the proof that nowhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

import z3

from holdfire.assess.criteria import assess
from holdfire.examine.computed import sets_of
from holdfire.examine.cover import Land
from holdfire.examine.literals import conditions, literals
from holdfire.examine.smt.consistency import consistent
from holdfire.examine.smt.ruleset import rule as ruled_by
from holdfire.examine.smt.search import DisagreementError, Witness, find
from holdfire.examine.smt.state import State
from holdfire.examine.smt.together import together
from holdfire.examine.ways import Side, Way, inside, settled_by
from holdfire.examine.withheld import Withholds, by_each, withholds
from holdfire.messages.actions import ALL_ACTIONS, Action
from holdfire.messages.authority import Role
from holdfire.rules.compose import compose
from holdfire.rules.ruling import rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from holdfire.examine.computed import Computed
    from holdfire.examine.smt.condition import Reading
    from holdfire.examine.smt.ruleset import Ruled
    from holdfire.examine.smt.state import Formula
    from holdfire.logic.conditions import Observed
    from holdfire.logic.ruleset import RuleSet
    from holdfire.messages.ruling import Ruling

BY_FORCE: tuple[Action, ...] = (Action.ENGAGE, Action.WARN_BY_FIRE, Action.DISRUPT, Action.DIVERT)
"""What is told first; then the rest, from the last of the actions to the first."""


Roles = frozenset[Role]
Where = Callable[[State], "list[Formula]"]
"""What narrows the states that are compared."""


class Direction(StrEnum):
    """What the second side does to the first."""

    LOOSER = "looser"
    STRICTER = "stricter"
    OTHER_AUTHORITY = "other authority"
    OTHER_EXECUTOR = "other executor"


@dataclass(frozen=True, slots=True)
class Binding:
    """Sets that must all permit, and self-defence where it is asked too."""

    sets: tuple[RuleSet, ...]
    defence: RuleSet | None = None

    def every(self) -> tuple[RuleSet, ...]:
        """All of them."""
        return (*self.sets, *([self.defence] if self.defence else []))

    def rule(self, witness: Witness) -> Ruling:
        """Return what the interpreter rules on a witness."""
        bound = [
            (each, rule(each, witness.evidence, assess(each, witness.evidence, witness.held), witness.held))
            for each in self.every()
        ]
        if len(bound) == 1:
            return bound[0][1]
        return compose(bound[: len(self.sets)], bound[-1] if self.defence else None)


@dataclass(frozen=True, slots=True)
class Difference:
    """One region in which two sides rule differently.

    Attributes
    ----------
    way
        What holds there.
    by
        The lowest roles whose word is enough by that way on the first side and on the second; none: it withholds.
        Where another region says so too, somebody lower may be enough.
    unless
        Of what holds, the part where the stricter side permits as well: it is no part of the region.
    witness, rulings
        One state of it, and what the interpreter rules there for either side.
    as_does
        Of a stricter side of several sets, the one that withholds there; `unless` is then where that one permits.
    """

    action: Action
    direction: Direction
    way: Way
    by: tuple[Roles, Roles]
    unless: tuple[Way, ...]
    witness: Witness
    rulings: tuple[Ruling, Ruling]
    as_does: Withholds | None = None

    def formula(self, readings: Mapping[Observed, Reading]) -> Formula:
        """Return where it is."""
        return region(self.way, self.unless, readings)


def region(way: Way, unless: Iterable[Way], readings: Mapping[Observed, Reading]) -> Formula:
    """Return that a way holds and none of the others."""
    return z3.And(way.formula(readings), *(z3.Not(each.formula(readings)) for each in unless))


@dataclass(slots=True)
class Comparison:
    """Two sides over one state of evidence; `where` narrows it, and speaks of the items `always`."""

    bindings: tuple[Binding, Binding]
    sides: tuple[Side, Side]
    state: State
    land: Land
    where: Sequence[Formula] = ()
    always: frozenset[str] = frozenset()

    @property
    def readings(self) -> Mapping[Observed, Reading]:
        """The readings of all conditions."""
        return self.land.words.readings

    def differences(self, actions: Iterable[Action] = ALL_ACTIONS[1:]) -> list[Difference]:
        """Return every region of difference, those that matter most first; none: it is proved that there is none."""
        chosen = sorted(actions, key=rank)
        return [each for action in chosen for each in self._of(action)]

    def differs(self, action: Action) -> Formula:
        """Return that the sides differ on an action: in whose word is enough, or in who may act."""
        return z3.Or(self._authority(action), self._executors(action))

    def _authority(self, action: Action) -> Formula:
        one, other = self.sides
        return z3.Or([one.suffices(action, role) != other.suffices(action, role) for role in Role])

    def _executors(self, action: Action) -> Formula:
        """Return that the sides differ in who may act, and in nothing else."""
        one, other = (each.ruled.executors[action] for each in self.sides)
        return z3.And(z3.Not(self._authority(action)), z3.Or([one[role] != other[role] for role in Role]))

    def _of(self, action: Action) -> list[Difference]:
        """Return the regions of one action; raises `DisagreementError` where they are not exactly the difference."""
        if not self.land.meets(self.differs(action)):
            return []
        found = list(self._regions(action))
        told = z3.Or([each.formula(self.readings) for each in found])
        if self.land.meets(told != self.differs(action)):
            message = f"the regions told of {action} are not exactly where the two differ: report this"
            raise DisagreementError(message)
        return found

    def _regions(self, action: Action) -> Iterator[Difference]:
        ways = tuple(side.ways(action, self.land) for side in self.sides)
        for first, direction in ((0, Direction.STRICTER), (1, Direction.LOOSER)):
            yield from self._withheld(action, first, ways, direction)
        for first in (0, 1):
            yield from self._asks_more(action, first, ways)
        acting = self._executors(action)
        for cube in self.land.cubes(acting) or ():
            way = Way((), frozenset(), cube)
            yield self._made(action, Direction.OTHER_EXECUTOR, way, (frozenset(), frozenset()), ())

    def _withheld(
        self, action: Action, first: int, ways: tuple[list[Way], ...], direction: Direction
    ) -> Iterator[Difference]:
        """Yield where one side permits, and the other does not; of one of several sets, by which it does not."""
        mine, other = self.sides[first], self.sides[1 - first]
        parts = list(by_each(other, action, ways[1 - first], self.land))
        told = [
            (way, place, self._meeting(those, way))
            for way in self._told(ways[first], z3.Not(other.ruled.permitted[action]))
            for place, those in parts
        ]
        for way, place, unless in self._fewest(told) if len(parts) > 1 else told:
            by = [mine.ruled.roles.lowest(way.suffices), frozenset[Role]()]
            made = self._made(action, direction, way, (by[first], by[1 - first]), unless)
            where = made.formula(self.readings)
            as_does = None if place is None else withholds(other, place, action, where, self.land)
            yield replace(made, as_does=as_does)

    def _fewest(self, told: Sequence[_Told]) -> list[_Told]:
        """Leave out regions that others cover, those that take the most words first."""
        where = {each: region(each[0], each[2], self.readings) for each in told}
        kept = sorted((each for each in told if self.land.meets(where[each])), key=_burden)
        for each in list(reversed(kept)):
            others = [where[one] for one in kept if one is not each and each[0].suffices <= one[0].suffices]
            if others and not self.land.meets(where[each], *map(z3.Not, others)):
                kept.remove(each)
        return kept

    def _asks_more(self, action: Action, first: int, ways: tuple[list[Way], ...]) -> Iterator[Difference]:
        """Yield where both permit, and a role that is enough on one side is not on the other."""
        order = self.sides[first].ruled.roles
        for role in Role:
            other = z3.Not(self.sides[1 - first].suffices(action, role))
            pairs = [
                (way, each)
                for way in ways[first]
                for each in ways[1 - first]
                if role in order.lowest(way.suffices - each.suffices)
            ]
            both = [made for way, each in pairs if (made := self._both(way, each)) is not None]
            enough = [each for each in ways[1 - first] if role in each.suffices]
            for way in self._told(both, other):
                by = [frozenset({role}), self.sides[1 - first].ruled.roles.lowest(way.suffices)]
                both_by = (by[first], by[1 - first])
                yield self._made(action, Direction.OTHER_AUTHORITY, way, both_by, self._meeting(enough, way))

    def _both(self, way: Way, other: Way) -> Way | None:
        settled = settled_by(way.cube | other.cube, way.choices | other.choices, self.land)
        return Way((*way.rules, *other.rules), other.suffices, *settled) if settled else None

    def _told(self, ways: Sequence[Way], where: Formula) -> list[Way]:
        """Return the ways that are needed to tell a region: narrowest left out first, if others as good cover it."""
        kept = sorted(
            (each for each in ways if self.land.meets(each.formula(self.readings), where)), key=lambda way: way.size
        )
        for way in list(reversed(kept)):
            others = [each for each in kept if each is not way and way.suffices <= each.suffices]
            rest = z3.And(where, *(z3.Not(each.formula(self.readings)) for each in others))
            if others and not self.land.meets(way.formula(self.readings), rest):
                kept.remove(way)
        return kept

    def _meeting(self, ways: Sequence[Way], way: Way) -> tuple[Way, ...]:
        """Return what of a way other ways take away: the widest of them, each once."""
        told: dict[object, Way] = {}
        for each in ways:
            if (needed := inside(each, way, self.land)) is not None:
                told.setdefault((needed.cube, needed.choices), needed)
        return tuple(each for each in told.values() if not any(_wider(other, each) for other in told.values()))

    def _made(
        self, action: Action, direction: Direction, way: Way, by: tuple[Roles, Roles], unless: tuple[Way, ...]
    ) -> Difference:
        witness = self._witness(way, unless)
        one, other = (each.rule(witness) for each in self.bindings)
        if self._answer(0, one, action) == self._answer(1, other, action):
            message = f"the interpreter sees no difference on {action} where the solver does: {witness}"
            raise DisagreementError(message)
        return Difference(action, direction, way, by, unless, witness, (one, other))

    def _answer(self, side: int, ruling: Ruling, action: Action) -> tuple[Roles, Roles] | None:
        """Return whose word is enough and who may act, or nothing where it is withheld."""
        permission = ruling.permitted.get(action)
        order = self.sides[side].ruled.roles
        return (order.at_or_over(permission.authorities), permission.executors) if permission else None

    def _witness(self, way: Way, unless: Sequence[Way]) -> Witness:
        """Return a state of a region: what the region does not speak of is not known there."""
        said = way.literals().union(*(each.literals() for each in unless))
        part = self.state.part({each.condition.item.name for each in said} | self.always)
        found = find([region(way, unless, self.readings), *self.where, *consistent(part)], [part])
        assert found is not None  # noqa: S101  # the region was met before
        return found[0]


_Told = tuple[Way, int | None, tuple[Way, ...]]
"""A way, the place of the set that withholds there, and the part where it does not."""


def _burden(told: _Told) -> tuple[int, int]:
    way, _, unless = told
    return sum(each.size for each in unless), way.size


def _wider(one: Way, other: Way) -> bool:
    """Whether one way holds wherever another does, and elsewhere too, by what they say alone."""
    same = (one.cube, one.choices) == (other.cube, other.choices)
    return one.cube <= other.cube and one.choices <= other.choices and not same


def rank(action: Action) -> tuple[int, int]:
    """Return a place in the order in which actions are told."""
    return (BY_FORCE.index(action) if action in BY_FORCE else len(BY_FORCE)), -ALL_ACTIONS.index(action)


def compared(first: Binding, second: Binding, where: Where | None = None) -> Comparison:
    """Lay two sides out over one state of evidence; `where` narrows it."""
    state = State()
    narrowed = where(state) if where else []
    always = frozenset(state.items)
    made: dict[int, Ruled] = {}
    for each in (*first.every(), *second.every()):
        made.setdefault(id(each), ruled_by(each, state))
    sides = tuple(_side(each, made) for each in (first, second))
    words = literals(conditions([*first.every(), *second.every()]), state)
    land = Land(words, [*narrowed, *consistent(state)])
    return Comparison((first, second), (sides[0], sides[1]), state, land, narrowed, always)


def _side(binding: Binding, made: dict[int, Ruled]) -> Side:
    bound = [(each, made[id(each)]) for each in binding.sets]
    if len(bound) == 1 and binding.defence is None:
        return Side(bound, None, bound[0][1])
    defence = (binding.defence, made[id(binding.defence)]) if binding.defence else None
    return Side(bound, defence, together([ruled for _, ruled in bound], defence[1] if defence else None))


def diff(
    first: RuleSet | Computed, second: RuleSet | Computed, actions: Iterable[Action] = ALL_ACTIONS[1:]
) -> list[Difference]:
    """Return every region of evidence in which two sets, each by itself, rule differently.

    An empty list is a proof that there is none, over every state that `smt.consistency` leaves possible.
    """
    return compared(Binding(sets_of(first)), Binding(sets_of(second))).differences(actions)
