"""What can be said of evidence in a rule set's own words: each condition is known to hold, or not, or neither."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import inf
from typing import TYPE_CHECKING

import z3

from holdfire.examine.smt.condition import Reading, observed
from holdfire.logic.conditions import Observed, OnUnknown
from holdfire.messages.vocabulary import INDEX

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from holdfire.examine.smt.state import Formula, State
    from holdfire.logic.ruleset import RuleSet


@dataclass(frozen=True, slots=True)
class Literal:
    """One thing said of a condition: that it `is` so, or is not so, that it is known to hold (or known not to)."""

    condition: Observed
    holds: bool
    """Whether this is about being known to hold, or about being known not to hold."""
    so: bool
    """Whether that is so."""


Cube = frozenset[Literal]
"""Literals that all hold."""

Choice = frozenset[Cube]
"""Alternatives, one of which holds."""


def ordered(cube: Iterable[Literal]) -> list[Literal]:
    """Return literals in an order that is the same in every run, and so asks a solver the same."""
    return sorted(cube, key=_place)


def ordered_choice(choice: Choice) -> list[Cube]:
    """Return alternatives in such an order."""
    return sorted(choice, key=lambda cube: list(map(_place, ordered(cube))))


def ordered_choices(choices: Iterable[Choice]) -> list[Choice]:
    """Return choices in such an order."""
    return sorted(choices, key=lambda choice: [list(map(_place, ordered(each))) for each in ordered_choice(choice)])


def _place(literal: Literal) -> tuple[int, str, float, float, bool, bool, bool]:
    asked = literal.condition
    test = repr(asked.test)
    return INDEX[asked.item.name], test, asked.max_age_s, asked.for_s, asked.verified, literal.holds, literal.so


def conditions(rulesets: Iterable[RuleSet]) -> tuple[Observed, ...]:
    """Return every distinct condition on observed items, those of criteria too; what they do if unknown left out."""
    found = {
        plain(clause.condition): None
        for ruleset in rulesets
        for entry in ruleset.entries()
        for clause in entry.when
        if isinstance(clause.condition, Observed)
    }
    return tuple(found)


def plain(condition: Observed) -> Observed:
    """Return a condition without what it does where it is not known, and without an age that its item bounds anyway."""
    age_s = condition.max_age_s if condition.max_age_s < condition.item.max_age_s else inf
    return replace(condition, on_unknown=OnUnknown.HOLD, max_age_s=age_s)


@dataclass(frozen=True, slots=True)
class Literals:
    """The readings of conditions over a state, by name, so that a solver can assume any of them."""

    readings: Mapping[Observed, Reading]
    assumptions: Mapping[Literal, Formula]
    meanings: tuple[Formula, ...]

    def true_in(self, model: z3.ModelRef) -> Cube:
        """Return every literal that holds in a model."""
        found = set()
        for condition, reading in self.readings.items():
            for holds, formula in ((True, reading.true), (False, reading.false)):
                so = z3.is_true(model.eval(formula, model_completion=True))
                found.add(Literal(condition, holds, so))
        return frozenset(found)


def literals(asked: Sequence[Observed], state: State) -> Literals:
    """Return the four literals of each condition over a state."""
    readings = {condition: observed(condition, state) for condition in asked}
    assumptions, meanings = {}, []
    for place, (condition, reading) in enumerate(readings.items()):
        for holds, formula in ((True, reading.true), (False, reading.false)):
            for so in (True, False):
                literal = Literal(condition, holds, so)
                name = z3.Bool(f"literal {place} {holds} {so}")
                assumptions[literal] = name
                meanings.append(z3.Implies(name, formula if so else z3.Not(formula)))
    return Literals(readings, assumptions, tuple(meanings))


def formula_of(cube: Iterable[Literal], readings: Mapping[Observed, Reading]) -> Formula:
    """Return that every literal holds."""
    parts = []
    for each in ordered(cube):
        reading = readings[each.condition]
        formula = reading.true if each.holds else reading.false
        parts.append(formula if each.so else z3.Not(formula))
    return z3.And(parts)
