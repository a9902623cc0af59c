"""Look for a state of evidence that fits some formulas; there is one, shown as plainly as it can be, or there is none.

A state that a solver finds is full of arbitrary numbers. It is made plain by asking again: with one item after
another unknown, then without age or deviation, then with round numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING, Final

import z3

from holdfire.errors import HoldfireError
from holdfire.examine.smt.condition import exact
from holdfire.examine.smt.state import NEVER
from holdfire.logic.conditions import Held
from holdfire.messages.evidence import Basis, Evidence, Known
from holdfire.messages.vocabulary import ITEMS, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from holdfire.examine.smt.state import Formula, State, Variables
    from holdfire.logic.conditions import Lasting
    from holdfire.messages.evidence import Value

LIMIT_S: Final = 60.0
_PLAIN: Final = (
    0, 1, 10, 30, 60, 100, 200, 300, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000,
    0.1, -1, -10, -100, -1000, -10_000, NEVER,
)  # fmt: skip
"""Numbers that are tried first, so that the same question has the same witness whatever was asked before."""
_ROUND: Final = (0.0, 1.0, 10.0, 100.0, 1000.0)


class UndecidedError(HoldfireError):
    """A solver that found neither a state nor that there is none."""


class DisagreementError(HoldfireError):
    """The interpreter does not confirm what the solver found: one of the two readings is wrong."""


@dataclass(frozen=True, slots=True)
class Witness:
    """One state of evidence, with the timers of the conditions that last."""

    evidence: Evidence
    held: Mapping[Lasting, Held]


def find(
    formulas: Sequence[Formula], states: Sequence[State], limit_s: float = LIMIT_S, wishes: Sequence[Formula] = ()
) -> tuple[Witness, ...] | None:
    """Return a witness for each state such that all formulas hold, or `None` where nothing fits.

    Each of the wishes, in their order, is granted where it can be; then the states are made plain. Raises
    `UndecidedError` where the solver gives up or takes longer than the limit.
    """
    solver = z3.Solver()
    solver.set("timeout", int(limit_s * 1000))
    solver.add(*formulas)
    found = solver.check()
    if found == z3.unknown:
        why = f"the solver found no answer within {limit_s:g} s ({solver.reason_unknown()})"
        message = f"{why}: ask for less at once, or allow more time"
        raise UndecidedError(message)
    if found == z3.unsat:
        return None
    plainer = _Plainer(solver, solver.model())
    for wish in wishes:
        plainer.prefer([wish])
    for state in states:
        plainer.plain(state)
    return tuple(_witness(state, plainer.model) for state in states)


@dataclass(slots=True)
class _Plainer:
    """A solver that holds what was granted so far, and a model of it."""

    solver: z3.Solver
    model: z3.ModelRef

    def plain(self, state: State) -> None:
        """Make a state as plain as wishes can make it, and hold the solver to that."""
        ordered = [state.items[item.name] for item in ITEMS if item.name in state.items]
        for each in ordered:
            self.prefer([z3.Not(each.known)])
        for each in ordered:
            if z3.is_true(self._now(each.known)):
                self._make_plain(each)
        for timer in state.timers.values():
            self.prefer([timer.clear_s == exact(NEVER)])
            self._make_round(timer.true_s)
            self._make_round(timer.clear_s)

    def _make_plain(self, each: Variables) -> None:
        self._make_round(each.age_s)
        self.prefer([each.verified])
        if each.item.kind is Kind.NUMBER:
            self._make_round(each.sd)
            self._make_round(each.value)
        elif each.item.kind is Kind.SET:
            for place in range(len(each.item.values)):
                self.prefer([z3.Extract(place, place, each.code) == 0])
        else:
            self.prefer(each.code == code for code in range(len(each.item.values)))

    def _make_round(self, number: Formula) -> None:
        self.prefer([*(number == exact(plain) for plain in _PLAIN), *_round(_float(self.model, number), number)])

    def _now(self, term: Formula) -> Formula:
        return self.model.eval(term, model_completion=True)

    def prefer(self, wishes: Iterable[Formula]) -> None:
        """Hold on to the first wish that can be granted; leave all as it is where none can."""
        for wish in wishes:
            if z3.is_true(self._now(wish)):
                self.solver.add(wish)
                return
            if self.solver.check(wish) == z3.sat:
                self.model = self.solver.model()
                self.solver.add(wish)
                return


def _round(value: float, variable: Formula) -> Iterator[Formula]:
    """Yield that a number is a round one near where it is, then that it is nearly so."""
    for step in reversed(_ROUND[1:]):
        near = step * round(value / step)
        yield from (variable == candidate for candidate in (near, near + step, near - step))
    yield from (variable == candidate for candidate in (round(value, 1), round(value, 3), value))


def _witness(state: State, model: z3.ModelRef) -> Witness:
    known = {
        each.item.name: _known(each, model)
        for each in state.items.values()
        if z3.is_true(model.eval(each.known, model_completion=True))
    }
    held = {
        lasting: Held(_float(model, timer.true_s), _finite(_float(model, timer.clear_s)))
        for lasting, timer in state.timers.items()
    }
    return Witness(Evidence(Basis.HYPOTHETICAL, known), held)


def _known(each: Variables, model: z3.ModelRef) -> Known:
    verified = z3.is_true(model.eval(each.verified, model_completion=True))
    age_s, source = _float(model, each.age_s), _informant(each)
    if each.item.kind is Kind.NUMBER:
        return Known(_float(model, each.value), age_s, _float(model, each.sd), verified, source)
    return Known(_named(each, model.eval(each.code, model_completion=True).as_long()), age_s, 0.0, verified, source)


def _named(each: Variables, code: int) -> Value:
    values = each.item.values
    if each.item.kind is Kind.SET:
        return frozenset(value for place, value in enumerate(values) if code >> place & 1)
    return values[code] == "true" if each.item.kind is Kind.FLAG else values[code]


def _informant(each: Variables) -> str:
    """Return who would say so; a solver does not care."""
    return "radar" if each.item.kinematic else "eye" if each.item.name.startswith("visual") else "record"


def _float(model: z3.ModelRef, variable: Formula) -> float:
    value = model.eval(variable, model_completion=True)
    return float(value.as_fraction()) if z3.is_rational_value(value) else float(value.approx(20).as_fraction())


def _finite(seconds: float) -> float:
    return inf if seconds >= NEVER else seconds
