"""How near a ruling is to its opposite: the fewest reports that would turn it, then the least change of them.

Lexicographic: first the number of reports that change, then the sum of what their changes cost, in standard
deviations. The number is found by asking a solver for one change, then for two, and so on; the costs by z3's
optimisation (Bjørner, Phan and Fleckenstein 2015). A set of reports is shown once, by its cheapest change. Every
answer is ruled on again by the interpreter.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal

import z3

from holdfire.examine.answer import answer, beside
from holdfire.examine.changes import Changes, changes, named, said
from holdfire.examine.computed import sets_of
from holdfire.examine.smt.consistency import CONSISTENCIES
from holdfire.examine.smt.ruleset import Ruled, rule
from holdfire.examine.smt.search import LIMIT_S, DisagreementError, UndecidedError
from holdfire.examine.smt.state import State
from holdfire.examine.smt.together import together
from holdfire.messages.actions import Action
from holdfire.messages.authority import ROLES
from holdfire.messages.evidence import Basis, Evidence
from holdfire.messages.vocabulary import Kind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from holdfire.examine.answer import Answer
    from holdfire.examine.computed import Computed
    from holdfire.examine.costs import Costs
    from holdfire.examine.smt.state import Formula
    from holdfire.logic.ruleset import RuleSet
    from holdfire.logic.situation import Situation
    from holdfire.messages.authority import Role
    from holdfire.messages.evidence import Known

Turn = Literal["permit", "hold"]
WAYS: Final = 12
"""How many ways are shown at most."""


@dataclass(frozen=True, slots=True)
class Question:
    """Which ruling is to turn to what: asked of a set with self-defence beside it, both as formulas, made once."""

    asked: RuleSet | Computed
    binding: tuple[RuleSet, ...]
    action: Action
    to: Turn
    costs: Costs
    state: State
    ruled: Ruled


@dataclass(frozen=True, slots=True)
class Altered:
    """One item before and after, and other values of it that would do as well at the same cost."""

    before: Known | None
    after: Known | None
    or_else: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Way:
    """Reports that, so changed, turn a ruling; `cost` in standard deviations; `found` is the ruling then."""

    reports: tuple[str, ...]
    cost: float
    items: Mapping[str, Altered]
    found: Answer


@dataclass(frozen=True, slots=True)
class Margin:
    """How far a ruling is from its opposite.

    Attributes
    ----------
    before
        The answer on the evidence as it is.
    least
        How many reports must change: 0 where the ruling is so already, `None` where no change at all turns it.
    ways
        Every set of so many reports that turns it, the cheapest first, but no more than asked for.
    more
        Whether there are others.
    broken
        Consistencies (`smt.consistency`) that the evidence breaks as it is, and its changes therefore may.
    """

    before: Answer
    least: int | None
    ways: tuple[Way, ...]
    more: bool
    broken: tuple[str, ...]


def question(asked: RuleSet | Computed, costs: Costs, action: Action = Action.ENGAGE, to: Turn = "permit") -> Question:
    """Return what is asked of a set; it may then be asked on any evidence."""
    sets, state = sets_of(asked), State()
    defence = beside(sets)
    ruled = together([rule(each, state) for each in sets], rule(defence[0], state) if defence else None)
    return Question(asked, (*sets, *defence), action, to, costs, state, ruled)


def margin(
    asked: Question,
    situation: Situation,
    *,
    below: Role | None = None,
    free: Collection[str] = (),
    limit: int = WAYS,
) -> Margin:
    """Return the smallest changes of evidence that turn a ruling.

    Parameters
    ----------
    below
        Take for permitted only what some authority other than this one may permit.
    free
        Reports whose change is not counted, though paid for.
    limit
        Return no more ways than this.

    Raises
    ------
    UndecidedError
        The solver gave up.
    """
    before = answer(asked.asked, situation)
    made = changes(asked.state, situation.evidence, asked.costs, asked.binding)
    kept, broken = _kept(asked.state, made)
    formulas = [*made.bound, *kept, _goal(asked, below)]
    counted = [flag for report, flag in made.reports.items() if report not in free]
    least = _fewest(formulas, counted)
    if least is None:
        return Margin(before, None, (), more=False, broken=broken)
    formulas.append(z3.AtMost(*counted, least) if counted else z3.BoolVal(val=True))
    ways: list[Way] = []
    for model, reports in _cheapest(made, formulas):
        if not reports or len(ways) > limit:
            break
        items = _altered(made, formulas, model)
        way = Way(reports, float(model.eval(made.cost()).as_fraction()), items, _after(asked, situation, items))
        _replay(asked, way, below)
        ways.append(way)
    return Margin(before, least, tuple(ways[:limit]), more=len(ways) > limit, broken=broken)


def _goal(asked: Question, below: Role | None) -> Formula:
    authority = asked.ruled.authority[asked.action]
    permitted = z3.Or([authority[role] for role in ROLES if role is not below])
    return permitted if asked.to == "permit" else z3.Not(permitted)


def _kept(state: State, made: Changes) -> tuple[list[Formula], tuple[str, ...]]:
    """Return the consistencies that the evidence keeps as it is, and the names of those that it breaks.

    Clocks need none: each runs by its own item.
    """
    solver = z3.Solver()
    solver.add(*made.bound, *(z3.Not(flag) for flag in made.reports.values()))
    kept, broken = [], []
    for each in CONSISTENCIES:
        formulas = [] if each.id == "clocks" else list(each.formulas(state))
        if solver.check(*formulas) == z3.sat:
            kept.extend(formulas)
        else:
            broken.append(each.id)
    return kept, tuple(broken)


def _fewest(formulas: Sequence[Formula], counted: Sequence[Formula]) -> int | None:
    """Return how many of some reports must change at least, or `None` where changing all is not enough."""
    solver = z3.Solver()
    solver.set("timeout", int(1000 * LIMIT_S))
    solver.add(*formulas)
    if _answered(solver.check()) == z3.unsat:
        return None
    for count in range(len(counted)):
        if _answered(solver.check(z3.AtMost(*counted, count))) == z3.sat:
            return count
    return len(counted)


def _cheapest(made: Changes, formulas: Sequence[Formula]) -> Iterator[tuple[z3.ModelRef, tuple[str, ...]]]:
    """Yield the sets of reports that fit, each with a model of its cheapest change, the cheapest first."""
    found: list[Formula] = []
    while (model := _least([*formulas, *found], made.cost())) is not None:
        fixed = [flag == model.eval(flag) for flag in made.reports.values()]
        plain = _least([*formulas, *fixed, made.cost() <= model.eval(made.cost())], made.plain())
        reports = tuple(report for report, flag in made.reports.items() if z3.is_true(model.eval(flag)))
        yield plain or model, reports
        found.append(z3.Not(z3.And([made.reports[report] for report in reports])))


def _least(formulas: Sequence[Formula], cost: Formula) -> z3.ModelRef | None:
    """Return a model of least cost, or `None` where nothing fits."""
    solver = z3.Optimize()
    solver.set("timeout", int(1000 * LIMIT_S))
    solver.add(*formulas)
    solver.minimize(cost)
    return solver.model() if _answered(solver.check()) == z3.sat else None


def _altered(made: Changes, formulas: Sequence[Formula], model: z3.ModelRef) -> dict[str, Altered]:
    return {
        name: Altered(each.given, said(each, model), _others(made, name, formulas, model))
        for name, each in made.items.items()
        if z3.is_true(model.eval(each.is_changed, model_completion=True))
    }


def _after(asked: Question, situation: Situation, items: Mapping[str, Altered]) -> Answer:
    """Return what the interpreter rules on the changed evidence."""
    known = {**situation.evidence.items, **{name: each.after for name, each in items.items()}}
    evidence = Evidence(Basis.HYPOTHETICAL, {name: item for name, item in known.items() if item is not None})
    return answer(asked.asked, replace(situation, evidence=evidence))


def _others(made: Changes, name: str, formulas: Sequence[Formula], model: z3.ModelRef) -> tuple[str, ...]:
    """Return the other values of a choice that would do, all else as in the model."""
    change = made.items[name]
    if change.variables.item.kind is not Kind.CHOICE or said(change, model) is None:
        return ()
    solver = z3.Solver()
    rest = [each for other, each in made.items.items() if other != name]
    pinned = [part for each in rest for part in (*each.variables.named(), each.held_s)]
    pinned += [part for part in change.variables.named() if part is not change.variables.code]
    solver.add(*formulas, *(part == model.eval(part, model_completion=True) for part in pinned))
    solver.add(made.cost() <= model.eval(made.cost()), change.is_changed)
    codes = range(len(change.variables.item.values))
    fitting = [code for code in codes if solver.check(change.variables.code == code) == z3.sat]
    now = model.eval(change.variables.code, model_completion=True).as_long()
    return tuple(str(named(change.variables, code)) for code in fitting if code != now)


def _answered(found: z3.CheckSatResult) -> z3.CheckSatResult:
    if found == z3.unknown:
        message = f"the solver found no smallest change within {LIMIT_S:g} s: ask for one action of a smaller set"
        raise UndecidedError(message)
    return found


def _replay(asked: Question, way: Way, below: Role | None) -> None:
    permission = way.found.ruling.permitted.get(asked.action)
    permitted = permission is not None and permission.authorities != {below}
    if permitted != (asked.to == "permit"):
        change = f"a change of {', '.join(way.reports)}"
        message = f"the solver turns {asked.action} to {asked.to} by {change}; the interpreter does not"
        raise DisagreementError(message)
