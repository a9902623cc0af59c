"""What an item of the evidence could be instead: one value for each way in which the conditions on it can come out.

The conditions on one item part its values into classes within which no rule can tell two values apart. One value
of each class, the one nearest to what is known, therefore stands for all of them, and no single change is missed.
A changed item counts as seen just now, verified, and held for as long as any duration asks.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from math import inf, isfinite
from typing import TYPE_CHECKING, NamedTuple

from holdfire.logic.conditions import Observed, Range
from holdfire.logic.interpret import deviations, holds, holds_now, passes_code
from holdfire.logic.ruleset import Criterion
from holdfire.messages.actions import Action
from holdfire.messages.assessment import NOTHING_ASSESSED
from holdfire.messages.evidence import Evidence, Known, code_of
from holdfire.messages.truth import Truth
from holdfire.messages.vocabulary import ITEM, Kind

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from holdfire.logic.ruleset import RuleSet
    from holdfire.messages.evidence import Value
    from holdfire.messages.vocabulary import Item
    from holdfire.rehearsal.explain import Bound


class Alternative(NamedTuple):
    """One item, what it could be (`None`: not known), and how the conditions on it then come out."""

    item: str
    known: Known | None
    comes_out: tuple[Truth, ...]


class Alternatives:
    """What the items that some sets ask about could be instead; laid out once for the sets."""

    def __init__(self, rulesets: Sequence[RuleSet]) -> None:
        asked: dict[str, list[tuple[int, Observed]]] = {}
        for place, ruleset in enumerate(rulesets):
            for condition in _on_force(ruleset):
                asked.setdefault(condition.item.name, []).append((place, condition))
        self.asked = {name: asked[name] for name in ITEM if name in asked}
        self._classes = {
            name: _classes(ITEM[name], [condition for _, condition in found])
            for name, found in self.asked.items()
            if ITEM[name].kind is not Kind.NUMBER
        }

    def of(self, evidence: Evidence, bound: Sequence[Bound], items: Container[str] = ITEM) -> list[Alternative]:
        """Return every single change of some items that a condition bearing on force can tell from what is known."""
        return [other for name in self.asked if name in items for other in self._of(ITEM[name], evidence, bound)]

    def _of(self, item: Item, evidence: Evidence, bound: Sequence[Bound]) -> list[Alternative]:
        asked, now = self.asked[item.name], evidence.items.get(item.name)
        conditions = [condition for _, condition in asked]
        stands = tuple(holds(each, evidence, NOTHING_ASSESSED, bound[place].timers) for place, each in asked)
        seen, out = {stands}, list[Alternative]()
        for value in self._values(item, conditions, now):
            known = replace(now or Known(value, 0.0), value=value, age_s=0.0, verified=True)
            alone = Evidence(evidence.basis, {item.name: known})
            comes_out = tuple(holds_now(condition, alone) for condition in conditions)
            if comes_out not in seen:
                seen.add(comes_out)
                out.append(Alternative(item.name, known, comes_out))
        unknown = (Truth.UNKNOWN,) * len(asked)
        return out if unknown in seen else [*out, Alternative(item.name, None, unknown)]

    def _values(self, item: Item, conditions: Sequence[Observed], now: Known | None) -> Sequence[Value]:
        if item.kind is Kind.NUMBER:
            return _numbers(conditions, now)
        return _named(item, self._classes[item.name], now)


def _on_force(ruleset: RuleSet) -> list[Observed]:
    """Return the conditions of a set's criteria, and of its rules about force, each once."""
    entries = [each for each in ruleset.entries() if isinstance(each, Criterion) or Action.ENGAGE in each.actions]
    asked = dict.fromkeys(clause.condition for each in entries for clause in each.when)
    return [condition for condition in asked if isinstance(condition, Observed)]


def _classes(item: Item, conditions: Sequence[Observed]) -> list[list[int]]:
    """Return codes by how the conditions come out for them."""
    codes = 1 << len(item.values) if item.kind is Kind.SET else len(item.values)
    classes: dict[tuple[bool, ...], list[int]] = {}
    for code in range(codes):
        classes.setdefault(tuple(passes_code(condition, code) for condition in conditions), []).append(code)
    return list(classes.values())


def _named(item: Item, classes: Sequence[Sequence[int]], now: Known | None) -> list[Value]:
    """Return one value of each class of codes, the nearest first: of a set, the one with the fewest members changed."""
    code = code_of(item, now) if now else 0
    is_set = item.kind is Kind.SET
    chosen = [
        min(members, key=lambda other: ((other ^ code).bit_count() if is_set else other != code, other))
        for members in classes
    ]
    return [_value(item, each) for each in sorted(chosen, key=lambda other: (other != code, other))]


def _value(item: Item, code: int) -> Value:
    if item.kind is Kind.SET:
        return frozenset(value for bit, value in enumerate(item.values) if code >> bit & 1)
    return item.values[code] == "true" if item.kind is Kind.FLAG else item.values[code]


def _numbers(conditions: Sequence[Observed], now: Known | None) -> list[float]:
    """Return every bound with its margin, and a value just beyond each, the nearest to what is known first."""
    sd = now.sd if now else 0.0
    edges = {-inf, inf}
    for condition in conditions:
        assert isinstance(condition.test, Range)  # noqa: S101  # a number is asked for nothing else
        margin = deviations(condition.test.confidence) * sd
        for bound in (condition.test.at_least, condition.test.at_most):
            edges |= {bound - margin, bound + margin} if isfinite(bound) else set()
    ordered = sorted(edges)
    at = float(now.value) if now and isinstance(now.value, int | float) else 0.0
    values = [at, *(edge for edge in ordered if isfinite(edge))]
    values += [_between(low, high, at) for low, high in pairwise(ordered)]
    return sorted(values, key=lambda value: (abs(value - at), value))


def _between(low: float, high: float, at: float) -> float:
    """Return a value between two edges, not far from the one nearer to a third."""
    if low < at < high:
        return at
    edge, inward = (low, 1.0) if at <= low else (high, -1.0)
    step = 0.01 * abs(edge) or 1.0
    return edge + inward * min(step, 0.5 * (high - low))
