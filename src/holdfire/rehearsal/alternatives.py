"""What an item of the evidence could be instead: one value for each way in which the conditions on it can come out.

The conditions on one item part its values into classes within which no rule can tell two values apart. One value
of each class, the one nearest to what is known, therefore stands for all of them, and no single change is missed.
A changed item counts as seen just now, verified, and held for as long as any duration asks.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache, partial
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
    from collections.abc import Container, Mapping, Sequence

    from holdfire.logic.conditions import Held, Lasting
    from holdfire.logic.ruleset import RuleSet
    from holdfire.messages.evidence import Value
    from holdfire.messages.vocabulary import Item
    from holdfire.rehearsal.explain import Bound

Asked = tuple[Observed, "Mapping[Lasting, Held]"]
"""A condition, with the timers of the set in which it stands."""


class Alternative(NamedTuple):
    """One item, what it could be (`None`: not known), and how the conditions on it then come out."""

    item: str
    known: Known | None
    comes_out: tuple[Truth, ...]


def alternatives(evidence: Evidence, bound: Sequence[Bound], items: Container[str] = ITEM) -> list[Alternative]:
    """Return every single change of some items that a condition bearing on force can tell from what is known."""
    found: dict[str, list[Asked]] = {}
    for each in bound:
        for condition in _on_force(each.ruleset):
            if condition.item.name in items:
                found.setdefault(condition.item.name, []).append((condition, each.timers))
    return [other for name in ITEM if name in found for other in _of(ITEM[name], found[name], evidence)]


def _on_force(ruleset: RuleSet) -> tuple[Observed, ...]:
    """Return the conditions of a set's criteria, and of its rules about force, each once."""
    entries = [each for each in ruleset.entries() if isinstance(each, Criterion) or Action.ENGAGE in each.actions]
    asked = {clause.condition: None for each in entries for clause in each.when}
    return tuple(condition for condition in asked if isinstance(condition, Observed))


def _of(item: Item, asked: list[Asked], evidence: Evidence) -> list[Alternative]:
    now = evidence.items.get(item.name)
    seen = {tuple(holds(condition, evidence, NOTHING_ASSESSED, timers) for condition, timers in asked)}
    conditions = tuple(condition for condition, _ in asked)
    out = []
    values: Sequence[Value] = (_numbers if item.kind is Kind.NUMBER else partial(_named, item))(conditions, now)
    for value in values:
        known = replace(now or Known(value, 0.0), value=value, age_s=0.0, verified=True)
        alone = Evidence(evidence.basis, {item.name: known})
        comes_out = tuple(holds_now(condition, alone) for condition in conditions)
        if comes_out not in seen:
            seen.add(comes_out)
            out.append(Alternative(item.name, known, comes_out))
    unknown = (Truth.UNKNOWN,) * len(asked)
    if unknown not in seen:
        out.append(Alternative(item.name, None, unknown))
    return out


def _named(item: Item, conditions: tuple[Observed, ...], now: Known | None) -> list[Value]:
    """Return one value of each class of codes, the nearest first: of a set, the one with the fewest members changed."""
    code = code_of(item, now) if now else 0
    is_set = item.kind is Kind.SET
    chosen = [
        min(members, key=lambda other: ((other ^ code).bit_count() if is_set else other != code, other))
        for members in _classes(item.name, conditions)
    ]
    return [_value(item, each) for each in sorted(chosen, key=lambda other: (other != code, other))]


@cache
def _classes(name: str, conditions: tuple[Observed, ...]) -> tuple[tuple[int, ...], ...]:
    item = ITEM[name]
    codes = 1 << len(item.values) if item.kind is Kind.SET else len(item.values)
    classes: dict[tuple[bool, ...], list[int]] = {}
    for code in range(codes):
        classes.setdefault(tuple(passes_code(condition, code) for condition in conditions), []).append(code)
    return tuple(map(tuple, classes.values()))


def _value(item: Item, code: int) -> Value:
    if item.kind is Kind.SET:
        return frozenset(value for bit, value in enumerate(item.values) if code >> bit & 1)
    return item.values[code] == "true" if item.kind is Kind.FLAG else item.values[code]


def _numbers(conditions: tuple[Observed, ...], now: Known | None) -> list[float]:
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
