"""A margin is the smallest there is: trying every single change, and then every pair, finds none smaller."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations, product
from math import inf
from operator import itemgetter
from typing import TYPE_CHECKING, Any

import numba
import pytest

from holdfire.catalogue import LIBRARY
from holdfire.examine.answer import answer
from holdfire.examine.costs import Cost, Costs, parse_costs
from holdfire.examine.margin import Turn, margin, question
from holdfire.logic.conditions import Observed
from holdfire.logic.parse import parse
from holdfire.logic.ruleset import Permit
from holdfire.logic.situation import Situation
from holdfire.messages.actions import Action
from holdfire.messages.evidence import Basis, Evidence, Known
from holdfire.messages.vocabulary import ITEM, Kind
from holdfire.reader.document import read
from support.draws import Draws
from support.random_rules import random_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from holdfire.logic.ruleset import RuleSet
    from holdfire.messages.evidence import Value

COMPILED = not vars(numba.config)["DISABLE_JIT"]
SETS = 24 if COMPILED else 2
ASKED = ["direction", "transponder", "complying", "warned", "climb_m_s", "altitude_m"]
"""Items that no consistency binds to one another."""
STEP = 10.0
REACH = 60.0
"""No bound of a random rule, with its margin, lies further out (`support.random_rules.BOUNDS`)."""


@dataclass(frozen=True)
class Tried:
    """What an item may be instead, and what that costs."""

    now: Known | None
    cost: float


def costs_of(items: list[str]) -> Costs:
    """The costs that ship, each item in a report of its own, steps coarse, and all other items fixed."""
    text: Any = read(LIBRARY / "margins" / "usual.yaml").data
    named = [{**each, "report": None} for each in text["named"] if each["item"] in items]
    numbers = [{**each, "report": None, "step": STEP} for each in text["numbers"] if each["item"] in items]
    for each in (*named, *numbers):
        del each["report"]
    fixed = [{"item": name, "because": "For the test."} for name in ITEM if name not in items]
    return parse_costs(text | {"named": named, "numbers": numbers, "fixed": fixed})


def drawn(name: int) -> tuple[RuleSet, Situation, Action, list[str]]:
    draws = Draws(name + 4_000_000)
    items = draws.some(ASKED, 3)
    made = parse(random_text(draws, release=True, rules=5, asked=items))
    known = {item: _known(draws, item) for item in items if draws.chance(0.8)}
    permitted = sorted({action for each in made.rules if isinstance(each, Permit) for action in each.actions})
    action = draws.pick(permitted or [Action.ENGAGE])
    return made, Situation("drawn", "Drawn", None, Evidence(Basis.HYPOTHETICAL, known)), action, items


def _known(draws: Draws, name: str) -> Known:
    item = ITEM[name]
    value: Value
    match item.kind:
        case Kind.NUMBER:
            value = draws.pick((-21.5, 0.0, 10.0, 11.5))
        case Kind.FLAG:
            value = draws.chance(0.5)
        case Kind.CHOICE:
            value = draws.pick(item.values)
        case Kind.SET:
            value = frozenset(draws.some(item.values, 3))
    sd = draws.pick((0.0, 1.0, 3.0)) if item.kind is Kind.NUMBER else 0.0
    return Known(value, draws.pick((0.0, 4.0, 10.0)), sd, draws.chance(0.5), "record", draws.pick((0.0, 6.0)))


def tries(ruleset: RuleSet, given: Known | None, cost: Cost) -> Iterator[Tried]:
    """Everything that one item may be instead; what the set does not ask about is left as it is."""
    if given is not None:
        yield Tried(None, cost.lost)
    base = given or Known("", 0.0, sd=cost.sd)
    conditions = [clause.condition for entry in ruleset.entries() for clause in entry.when]
    asked = [each for each in conditions if isinstance(each, Observed) and each.item is cost.item]
    longest_s = max([base.held_s, *(each.for_s for each in asked)])
    ages = {base.age_s, *([0.0] if any(each.max_age_s < inf for each in asked) else [])}
    sure = {base.verified, *([not base.verified] if any(each.verified for each in asked) else [])}
    for age_s, verified, held_s in product(ages, sure, {base.held_s, longest_s}):
        for sd in {base.sd, 0.0} if cost.item.kind is Kind.NUMBER else {0.0}:
            for value, far in values(base, cost, known=given is not None):
                now = Known(value, age_s, sd, verified, "record", held_s)
                same = replace(base, value=value, source="record") == now
                if given is None or not (same and value == given.value):
                    yield Tried(now, far + (0 if same else cost.better) + (0 if given else cost.found))


def values(base: Known, cost: Cost, *, known: bool) -> Iterator[tuple[Value, float]]:
    item = cost.item
    if item.kind is Kind.NUMBER:
        start = float(base.value) if known else 0.0  # type: ignore[arg-type]
        for steps in range(-int(REACH / STEP) - 6, int(REACH / STEP) + 7):
            yield start + steps * STEP, abs(steps) * STEP / (base.sd or cost.sd) if known else 0.0
    elif item.kind is Kind.SET:
        for bits in range(1 << len(item.values)):
            value = frozenset(member for place, member in enumerate(item.values) if bits >> place & 1)
            was = base.value if isinstance(base.value, frozenset) else frozenset()
            yield value, cost.wrong * len(value ^ was) if known else 0.0
    else:
        for name in (False, True) if item.kind is Kind.FLAG else item.values:
            yield name, cost.wrong if known and name != base.value else 0.0


def smallest(
    ruleset: RuleSet, situation: Situation, action: Action, to: Turn, costs: Costs
) -> tuple[int | None, float]:
    """By trying: the number of items to change, up to two, and the least cost."""

    def turned(changed: dict[str, Known | None]) -> bool:
        items = {name: item for name, item in {**situation.evidence.items, **changed}.items() if item is not None}
        found = answer(ruleset, replace(situation, evidence=Evidence(Basis.HYPOTHETICAL, items)))
        return (action in found.ruling.permitted) == (to == "permit")

    if turned({}):
        return 0, 0.0
    every = {name: list(tries(ruleset, situation.evidence.known(name), cost)) for name, cost in costs.items.items()}
    for count in (1, 2):
        chosen = [
            (sum(each.cost for each in some), dict(zip(names, (each.now for each in some), strict=True)))
            for names in combinations(every, count)
            for some in product(*(every[name] for name in names))
        ]
        for cost, changed in sorted(chosen, key=itemgetter(0)):
            if turned(changed):
                return count, cost
    return None, 0.0


@pytest.mark.parametrize("name", range(SETS))
@pytest.mark.parametrize("to", ["permit", "hold"])
def test_no_smaller_change_turns_a_ruling(name: int, to: Turn) -> None:
    ruleset, situation, action, items = drawn(name)
    costs = costs_of(items)
    found = margin(question(ruleset, costs, action, to), situation)
    least, cost = smallest(ruleset, situation, action, to, costs)
    if least is None:
        assert found.least is None or found.least > 2
    else:
        assert found.least == least
        assert not found.ways or found.ways[0].cost == pytest.approx(cost)
    assert [way.cost for way in found.ways] == sorted(way.cost for way in found.ways)
    assert len({way.reports for way in found.ways}) == len(found.ways)
    assert all(len(way.reports) == found.least for way in found.ways)


def test_the_random_sets_ask_for_changes_of_every_size() -> None:
    sizes = set()
    for name in range(SETS):
        ruleset, situation, action, items = drawn(name)
        sizes.add(margin(question(ruleset, costs_of(items), action), situation, limit=1).least)
    assert {0, 1} <= sizes
    assert not COMPILED or {2, None} <= sizes
