"""A rule set, or several that bind together, as formulas made once; each question has states of its own."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import z3

from holdfire.examine.answer import beside
from holdfire.examine.computed import sets_of
from holdfire.examine.forbidden import fits, permitted
from holdfire.examine.pairs import Sides, looser, losable, meet, related, unchanged
from holdfire.examine.smt.condition import exact
from holdfire.examine.smt.consistency import consistent, now
from holdfire.examine.smt.ruleset import rule
from holdfire.examine.smt.state import NEVER, State
from holdfire.examine.smt.together import together
from holdfire.messages.actions import Action
from holdfire.messages.vocabulary import ITEMS

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from holdfire.examine.computed import Computed
    from holdfire.examine.smt.ruleset import Ruled
    from holdfire.examine.smt.state import Formula
    from holdfire.logic.property import Pair, Property
    from holdfire.logic.ruleset import RuleSet


class Question(NamedTuple):
    """Formulas that hold together exactly where a property is broken, and the states that they speak of.

    `wishes` are what would be liked of a counterexample.
    """

    formulas: list[Formula]
    states: tuple[State, ...]
    wishes: list[Formula]


@dataclass(frozen=True)
class Encoded:
    """A rule set, or a computed one, with self-defence beside it unless it is that set itself."""

    ruleset: RuleSet | Computed

    @cached_property
    def sets(self) -> tuple[RuleSet, ...]:
        """The sets that bind together under its name."""
        return sets_of(self.ruleset)

    @cached_property
    def defence(self) -> RuleSet | None:
        """The base set; none beside itself."""
        return next(iter(beside(self.sets)), None)

    @cached_property
    def first(self) -> tuple[State, Ruled]:
        """A state, and what the set alone rules on it."""
        return self._alone(*self._first)

    @cached_property
    def second(self) -> tuple[State, Ruled]:
        """Another state, and what the set alone rules on that."""
        return self._alone(*self._second)

    @cached_property
    def first_defended(self) -> tuple[State, Ruled]:
        """The first state, and what the set rules with self-defence beside it."""
        return self._defended(*self._first)

    @cached_property
    def second_defended(self) -> tuple[State, Ruled]:
        """The second, likewise."""
        return self._defended(*self._second)

    @cached_property
    def _first(self) -> tuple[State, list[Ruled]]:
        state = State()
        return state, [rule(each, state) for each in self.sets]

    @cached_property
    def _second(self) -> tuple[State, list[Ruled]]:
        state = State("after ")
        return state, [rule(each, state) for each in self.sets]

    def _alone(self, state: State, ruled: list[Ruled]) -> tuple[State, Ruled]:
        return state, ruled[0] if len(ruled) == 1 else together(ruled, None)

    def _defended(self, alone: State, ruled: list[Ruled]) -> tuple[State, Ruled]:
        if self.defence is None:
            return self._alone(alone, ruled)
        state = copied(alone)
        return state, together(ruled, rule(self.defence, state))

    def state(self, *, with_defence: bool) -> tuple[State, Ruled]:
        """Return a state to ask about, which no other question shares, and what is ruled on it."""
        state, ruled = self.first_defended if with_defence else self.first
        return copied(state), ruled

    def sides(self, *, with_defence: bool) -> Sides:
        """Return two states to ask about, and what is ruled on each."""
        after, rules_after = self.second_defended if with_defence else self.second
        return Sides(*self.state(with_defence=with_defence), copied(after), rules_after)


def copied(state: State) -> State:
    """Return a state of the same variables, to which more can be added."""
    return State(state.name, dict(state.items), dict(state.timers))


def question(encoded: Encoded, asked: Property, without: Collection[str] = ()) -> Question:
    """Return what a solver is asked: whether a property is broken in any state, or any pair of them."""
    if asked.pairs:
        return _of_pairs(encoded, asked, without)
    state, ruled = encoded.state(with_defence=asked.with_defence)
    situations = fits(asked.situations, state)
    broken = [z3.And(one, permitted(each, ruled)) for one, each in zip(situations, asked.situations, strict=True)]
    formulas = [z3.Or(broken), *consistent(state, without)]
    return Question(formulas, (state,), [_written(state)])


def possible(encoded: Encoded, asked: Property, without: Collection[str] = ()) -> bool:
    """Whether any evidence fits one of a property's situations: if none does, to prove it says nothing."""
    state, _ = encoded.state(with_defence=asked.with_defence)
    situations = fits(asked.situations, state)
    solver = z3.Solver()
    solver.add(z3.Or(situations), *consistent(state, without))
    none: bool = solver.check() == z3.unsat
    return not none


def _of_pairs(encoded: Encoded, asked: Property, without: Collection[str]) -> Question:
    sides = encoded.sides(with_defence=asked.with_defence)
    meet(asked.pairs, sides)
    broken = [z3.And(*related(pair, losable(pair, encoded.sets), sides), looser(pair, sides)) for pair in asked.pairs]
    states = (sides.before, sides.after)
    formulas = [z3.Or(broken), *(formula for state in states for formula in consistent(state, without))]
    kept = [unchanged(item.name, sides) for item in ITEMS if item.name in sides.before.items]
    return Question(formulas, states, [*kept, *map(_written, states)])


def turning(encoded: Encoded, pair: Pair, without: Collection[str] = ()) -> tuple[str, ...]:
    """Return each item whose loss alone can turn hold into engage."""
    sides = encoded.sides(with_defence=False)
    meet([pair], sides)
    lost = losable(pair, encoded.sets)
    engage = Action.ENGAGE
    solver = z3.Solver()
    solver.add(*related(pair, lost, sides))
    solver.add(z3.Not(sides.rules_before.permitted[engage]), sides.rules_after.permitted[engage])
    solver.add(*consistent(sides.before, without), *consistent(sides.after, without))
    names = [item.name for item in ITEMS if item.name in sides.before.items]
    kept = {name: unchanged(name, sides) for name in names}
    return tuple(name for name in names if solver.check(*_but(kept, name)) != z3.unsat)


def _but(kept: dict[str, Formula], lost: str) -> Sequence[Formula]:
    return [same for name, same in kept.items() if name != lost]


def _written(state: State) -> Formula:
    """Return that a situation file can say so: it has one time for each item, and none since it was last otherwise."""
    parts: list[Formula] = []
    for lasting, timer in state.timers.items():
        reading = now(lasting, state)
        parts.append(z3.Implies(reading.true, timer.true_s == z3.Real(f"{state.name}{lasting.item}.held_s")))
        parts.append(z3.Or(reading.false, timer.clear_s == exact(NEVER)))
    return z3.And(parts)
