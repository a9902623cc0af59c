"""Say exactly where a formula holds, in the words of rule sets.

A state of the formula is found; of the literals that hold there, those are kept that still imply it (unsatisfiable
cores, then one literal after another left out: a prime implicant, Quine, "The problem of simplifying truth
functions", *American Mathematical Monthly* 59, 1952); what is left of the formula is searched on, until nothing is.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import z3

from holdfire.examine.literals import Cube, Literal, Literals, formula_of, ordered
from holdfire.examine.smt.search import UndecidedError
from holdfire.messages.vocabulary import INDEX

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from holdfire.examine.smt.state import Formula

EMPTY: Cube = frozenset()


@dataclass(slots=True)
class Land:
    """All consistent states of evidence, and the literals in which parts of them are told."""

    words: Literals
    given: Sequence[Formula]
    _solver: z3.Solver = field(init=False)
    _named: dict[int, tuple[Formula, Formula]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._solver = z3.SimpleSolver()
        self._solver.add(*self.given, *self.words.meanings)

    def meets(self, *formulas: Formula, cube: Iterable[Literal] = EMPTY) -> bool:
        """Whether some state keeps formulas and literals at once."""
        names = [self._name(each) for each in formulas] + [self.words.assumptions[each] for each in ordered(cube)]
        found = self._solver.check(*names)
        if found == z3.unknown:
            message = f"the solver found no answer ({self._solver.reason_unknown()}): ask for one action at a time"
            raise UndecidedError(message)
        return bool(found == z3.sat)

    def implied(self, literal: Literal, cube: Cube) -> bool:
        """Whether literals imply another."""
        return literal in cube or not self.meets(cube={*cube, replace(literal, so=not literal.so)})

    def model(self) -> z3.ModelRef:
        """Return the state that was found last."""
        return self._solver.model()

    def cubes(self, formula: Formula, inside: Cube = EMPTY, most: int | None = None) -> tuple[Cube, ...] | None:
        """Return cubes whose union, inside a cube, is where a formula holds; `None` where it takes more than `most`.

        None covers no more than the others do. No cube: the formula holds nowhere there.
        """
        left, found = formula, list[Cube]()
        while self.meets(left, cube=inside):
            if len(found) == most:
                return None
            found.append(self._prime(self.words.true_in(self.model()), z3.Not(formula), inside))
            left = z3.And(left, z3.Not(formula_of(found[-1], self.words.readings)))
        return self._needed(found, inside)

    def shortest(self, cube: Cube) -> Cube:
        """Return a cube without what the rest of it implies."""
        for item in sorted({each.condition.item.name for each in cube}):
            mine = [each for each in ordered(cube) if each.condition.item.name == item]
            for each in sorted(mine, key=_burden) if len(mine) > 1 else ():
                if self.implied(each, cube - {each}):
                    cube -= {each}
        return cube

    def _prime(self, cube: Cube, negated: Formula, inside: Cube) -> Cube:
        """Leave literals of a cube out while what is left still implies the goal: the strongest first."""
        core = self._still(cube, negated, inside)
        items = {each.condition.item.name for each in core or cube}
        pool = [each for each in ordered(cube - inside) if each.condition.item.name in items]
        kept: Cube = frozenset(pool)
        for each in sorted(pool, key=_burden):
            if each in kept:
                smaller = self._still(kept - {each}, negated, inside)
                kept = kept if smaller is None else smaller
        for name in sorted(items):
            kept = self._said_at_once(
                kept, [each for each in pool if each.condition.item.name == name], negated, inside
            )
        return kept

    def _still(self, cube: Cube, negated: Formula, inside: Cube) -> Cube | None:
        """Return those of the literals that imply the goal inside the other cube, or nothing where they do not."""
        if self.meets(negated, cube={*inside, *cube}):
            return None
        named = {str(each) for each in self._solver.unsat_core()}
        return frozenset(each for each in cube if str(self.words.assumptions[each]) in named)

    def _said_at_once(self, kept: Cube, true: Sequence[Literal], negated: Formula, inside: Cube) -> Cube:
        """Put one literal for several of one item, where it says no more than they do and is enough."""
        several = kept & frozenset(true)
        rest = kept - several
        for each in sorted(true, key=_burden, reverse=True) if len(several) > 1 else ():
            enough = self._still(rest | {each}, negated, inside) is not None
            if enough and self.implied(each, several):
                return rest | {each}
        return kept

    def _needed(self, found: list[Cube], inside: Cube) -> tuple[Cube, ...]:
        """Leave out, narrowest first, what the others cover."""
        kept = sorted(found, key=len)
        for cube in list(reversed(kept)):
            others = [z3.Not(formula_of(each, self.words.readings)) for each in kept if each is not cube]
            if others and not self.meets(z3.And(others), cube={*inside, *cube}):
                kept.remove(cube)
        return tuple(kept)

    def _name(self, formula: Formula) -> Formula:
        """Return a name that a solver can assume for a formula."""
        key = formula.get_id()
        if key not in self._named:
            name = z3.Bool(f"formula {len(self._named)}")
            self._solver.add(z3.Implies(name, formula))
            self._named[key] = (formula, name)  # keeps the formula, so that its id stays its own
        return self._named[key][1]


def _burden(literal: Literal) -> tuple[bool, bool, bool, int]:
    """Order literals as they are left out: what is known before what is not, what does not hold before what does."""
    condition = literal.condition
    qualified = condition.for_s > 0 or condition.verified
    return not literal.so, literal.holds, not qualified, -INDEX[condition.item.name]
