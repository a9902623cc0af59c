"""Every change of some evidence that can be mistaken, as formulas on a solver's state, each with what it costs.

A change makes an item known that was not, or takes one away, or says another value; or it leaves the value and makes
it as of now, (not) verified, long so, or without deviation. A number moves by whole steps. What is known anew is as of
now and, where it is a number, as uncertain as the costs say. A timer runs as long as its item says that it has been
so, as in any situation.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import z3

from holdfire.examine.smt.condition import exact
from holdfire.examine.smt.state import NEVER
from holdfire.logic.conditions import Observed
from holdfire.messages.evidence import Known, code_of
from holdfire.messages.vocabulary import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from holdfire.examine.costs import Cost, Costs
    from holdfire.examine.smt.state import Formula, State, Variables
    from holdfire.logic.ruleset import RuleSet
    from holdfire.messages.evidence import Evidence, Value


@dataclass(frozen=True, slots=True)
class Change:
    """How one item may change: its variables, that it does, and what that costs (standard deviations).

    `plain` counts how far it goes in ways that cost nothing: of several that cost the same, the least is shown.
    """

    variables: Variables
    given: Known | None
    held_s: Formula
    is_changed: Formula
    cost: Formula
    plain: Formula


@dataclass(frozen=True, slots=True)
class Changes:
    """All that may change, what binds it to the evidence given, and that each report changed."""

    items: Mapping[str, Change]
    bound: tuple[Formula, ...]
    reports: Mapping[str, Formula]

    def cost(self) -> Formula:
        """Return the cost of all changes together."""
        return z3.Sum([z3.RealVal(0), *(each.cost for each in self.items.values())])

    def plain(self) -> Formula:
        """Return how far they go in ways that cost nothing."""
        return z3.Sum([z3.IntVal(0), *(each.plain for each in self.items.values())])


def changes(state: State, evidence: Evidence, costs: Costs, asked: Sequence[RuleSet]) -> Changes:
    """Return every change of the evidence on the items of a state, of which some sets ask."""
    lasting_s = _longest(asked)
    items: dict[str, Change] = {}
    bound: list[Formula] = state.sound()
    reports: dict[str, list[Formula]] = {}
    for name, variables in state.items.items():
        made = _Change(variables, evidence.known(name), costs.items.get(name), lasting_s.get(name, 0.0))
        items[name] = made.change()
        bound += [*made.well_formed(), *made.tied()]
        if made.cost is not None:
            reports.setdefault(made.cost.report, []).append(items[name].is_changed)
    for lasting, timer in state.timers.items():
        bound += [timer.true_s == items[lasting.item].held_s, timer.clear_s == exact(NEVER)]
    flags = {report: z3.Bool(f"{report} changed") for report in reports}
    bound += [flags[report] == z3.Or(parts) for report, parts in reports.items()]
    return Changes(items, tuple(bound), flags)


def _longest(asked: Sequence[RuleSet]) -> dict[str, float]:
    """Return, for each item, the longest time for which some set asks that it lasted."""
    out: dict[str, float] = {}
    conditions = (clause.condition for ruleset in asked for entry in ruleset.entries() for clause in entry.when)
    for condition in conditions:
        if isinstance(condition, Observed):
            out[condition.item.name] = max(out.get(condition.item.name, 0.0), condition.for_s)
    return out


class _Change:
    """The formulas of one item; an item without a cost cannot change."""

    def __init__(self, variables: Variables, given: Known | None, cost: Cost | None, lasting_s: float) -> None:
        self.variables, self.given, self.cost = variables, given, cost
        self.base = given or Known("", 0.0, sd=cost.sd if cost else 0.0)
        self.lasting_s = max(lasting_s, self.base.held_s)
        self.is_number = variables.item.kind is Kind.NUMBER
        self.held_s = z3.Real(f"{variables.known}.held_s")
        self.steps = z3.Int(f"{variables.known}.steps")

    def change(self) -> Change:
        """Return that the item changed, and its cost."""
        now, cost = self.variables.known, self.cost
        if cost is None:
            return Change(self.variables, self.given, self.held_s, z3.BoolVal(val=False), z3.RealVal(0), z3.IntVal(0))
        price = _if(self._better(), cost.better)
        if self.given is None:
            return Change(self.variables, None, self.held_s, now, _if(now, cost.found) + price, self._plain())
        total = _if(z3.Not(now), cost.lost) + price + self._far(cost)
        is_changed = z3.Or(z3.Not(now), self._better(), self._differs())
        return Change(self.variables, self.given, self.held_s, is_changed, total, self._plain())

    def well_formed(self) -> list[Formula]:
        """Return what an item can say: only what is known says something new, and a number moves by steps."""
        each, base, now = self.variables, self.base, self.variables.known
        out = [
            z3.Or(each.age_s == exact(base.age_s), each.age_s == 0),
            z3.Or(self.held_s == exact(base.held_s), self.held_s == exact(self.lasting_s)),
            z3.Implies(z3.Not(now), z3.Not(z3.Or(self._better(), self._differs()))),
        ]
        if self.is_number:
            start = exact(float(base.value)) if self.given else z3.RealVal(0)  # type: ignore[arg-type]
            step = z3.RealVal(Fraction(str(self.cost.step if self.cost else 1)))
            out += [each.value == start + step * z3.ToReal(self.steps), z3.Or(each.sd == exact(base.sd), each.sd == 0)]
        return out

    def tied(self) -> list[Formula]:
        """Return, for an item without a cost, that it stays as it is."""
        if self.cost is not None:
            return []
        return [self.variables.known == (self.given is not None), z3.Not(self._better()), z3.Not(self._differs())]

    def _parts(self) -> list[Formula]:
        each, base = self.variables, self.base
        parts = [each.verified != base.verified, each.age_s != exact(base.age_s), self.held_s != exact(base.held_s)]
        return [*parts, each.sd != exact(base.sd)] if self.is_number else parts

    def _better(self) -> Formula:
        return z3.Or(self._parts())

    def _differs(self) -> Formula:
        return self.steps != 0 if self.is_number else self.variables.code != self._code()

    def _code(self) -> int:
        return code_of(self.variables.item, self.given) if self.given else 0

    def _far(self, cost: Cost) -> Formula:
        """Return what another value costs: by its deviations, by the members that differ, or a wrong value's price."""
        if self.is_number:
            per_step = Fraction(str(cost.step)) / Fraction(self.base.sd or cost.sd)
            return z3.RealVal(per_step) * z3.ToReal(_size(self.steps))
        if self.variables.item.kind is Kind.SET:
            return z3.Sum([_if(flip, cost.wrong) for flip in self._flips()])
        return _if(self._differs(), cost.wrong)

    def _flips(self) -> list[Formula]:
        code, base = self.variables.code, self._code()
        return [z3.Extract(place, place, code) != (base >> place & 1) for place in range(code.size())]

    def _plain(self) -> Formula:
        if self.is_number:
            places = [] if self.given else [_size(self.steps)]
        elif self.variables.item.kind is Kind.SET:
            places = [z3.If(flip, 1 + place, 0) for place, flip in enumerate(self._flips())]
        else:
            code = self.variables.code
            places = [z3.If(code == place, place, 0) for place in range(1, len(self.variables.item.values))]
        return z3.Sum([z3.IntVal(0), *places, *(z3.If(part, 1, 0) for part in self._parts())])


def _if(condition: Formula, cost: float) -> Formula:
    return z3.If(condition, exact(cost), z3.RealVal(0))


def _size(steps: Formula) -> Formula:
    return z3.If(steps >= 0, steps, -steps)


def said(change: Change, model: z3.ModelRef) -> Known | None:
    """Return what a model says of an item."""
    each = change.variables

    def value(term: Formula) -> Any:  # noqa: ANN401  # a constant of z3
        return model.eval(term, model_completion=True)

    def number(term: Formula) -> float:
        return float(value(term).as_fraction())

    if not z3.is_true(value(each.known)):
        return None
    is_number = each.item.kind is Kind.NUMBER
    now: Value = number(each.value) if is_number else named(each, value(each.code).as_long())
    return Known(
        value=now,
        age_s=number(each.age_s),
        sd=number(each.sd) if is_number else 0.0,
        verified=z3.is_true(value(each.verified)),
        source=change.given.source if change.given else "radar" if each.item.kinematic else "record",
        held_s=number(change.held_s),
    )


def named(each: Variables, code: int) -> Value:
    """Return the value that a code stands for."""
    values = each.item.values
    if each.item.kind is Kind.SET:
        return frozenset(value for place, value in enumerate(values) if code >> place & 1)
    return values[code] == "true" if each.item.kind is Kind.FLAG else values[code]
