"""Two situations of one aircraft, the second with less known or with more that is civil, as formulas on two states."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import z3

from holdfire.examine.forbidden import is_known
from holdfire.examine.smt.condition import observed
from holdfire.logic.conditions import ActIs, IdentityIn, IntentIs, Observed
from holdfire.messages.authority import ROLES
from holdfire.messages.identity import Identity
from holdfire.messages.vocabulary import ITEM

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from holdfire.examine.smt.ruleset import Ruled
    from holdfire.examine.smt.search import Witness
    from holdfire.examine.smt.state import Formula, State, Timer, Variables
    from holdfire.logic.conditions import Condition
    from holdfire.logic.property import Pair
    from holdfire.logic.ruleset import RuleSet
    from holdfire.messages.actions import Action
    from holdfire.messages.authority import Role, RoleOrder
    from holdfire.messages.evidence import Known
    from holdfire.messages.ruling import Permission, Ruling


@dataclass(frozen=True, slots=True)
class Sides:
    """One aircraft before and after a change: what can be known of it, and what a set rules."""

    before: State
    rules_before: Ruled
    after: State
    rules_after: Ruled


def meet(pairs: Sequence[Pair], sides: Sides) -> None:
    """Make both states speak of all that the set and any of the pairs ask about."""
    for pair in pairs:
        for condition in (*pair.when, *pair.becomes):
            observed(condition, sides.before)
    for here, there in ((sides.before, sides.after), (sides.after, sides.before)):
        for name in here.items:
            there.item(name)
        for lasting in here.timers:
            there.timer(lasting)


def related(pair: Pair, losable: frozenset[str], sides: Sides) -> list[Formula]:
    """Return that the second state differs from the first as a pair lets it, and by nothing else.

    Both states must speak of the same things (`meet`).
    """
    before, after = sides.before, sides.after
    parts = [observed(condition, before).true for condition in pair.when]
    becomes = {each.item.name: observed(each, after).true for each in pair.becomes}
    for name, item in before.items.items():
        same = unchanged(name, sides)
        if name in becomes:
            parts.append(z3.Or(same, becomes[name]))
        else:
            parts.append(_lost(item, after.items[name]) if name in losable else same)
    for lasting, timer in before.timers.items():
        if lasting.item in losable - becomes.keys():
            parts.append(_forgot(timer, after.timers[lasting]))
    return parts


def unchanged(name: str, sides: Sides) -> Formula:
    """Return that nothing about an item differs, nor for how long it has been so."""
    one, other = sides.before, sides.after
    pairs = [*zip(one.items[name].named(), other.items[name].named(), strict=True)]
    for lasting, timer in one.timers.items():
        if lasting.item == name:
            again = other.timers[lasting]
            pairs += [(timer.true_s, again.true_s), (timer.clear_s, again.clear_s)]
    return z3.And([here == there for here, there in pairs])


def _lost(one: Variables, other: Variables) -> Formula:
    """Return that an item is no better known: what it says is the same, if it still says anything."""
    value = [here == there for here, there in ((one.code, other.code), (one.value, other.value)) if here is not None]
    spread = [other.sd == one.sd] if one.sd is not None else []
    less = z3.And(one.known, other.age_s >= one.age_s, z3.Implies(other.verified, one.verified), *value, *spread)
    return z3.Implies(other.known, less)


def _forgot(one: Timer, other: Timer) -> Formula:
    return z3.And(other.true_s <= one.true_s, other.clear_s >= one.clear_s)


def looser(pair: Pair, sides: Sides) -> Formula:
    """Return that an action is permitted only after the change, or on a lower authority."""
    return z3.Or([_looser(action, sides) for action in pair.actions])


def _looser(action: Action, sides: Sides) -> Formula:
    one, other = sides.rules_before, sides.rules_after
    now = other.authority[action]
    lower = [z3.And(now[role], z3.Not(z3.Or(_at_or_under(action, role, one)))) for role in ROLES]
    return z3.And(other.permitted[action], z3.Or(z3.Not(one.permitted[action]), *lower))


def _at_or_under(action: Action, role: Role, ruled: Ruled) -> list[Formula]:
    return [ruled.authority[action][low] for low in ROLES if low is role or ruled.roles.is_over(role, low)]


def loosened(
    pair: Pair, rulings: Sequence[Ruling], sets: Sequence[RuleSet], roles: RoleOrder, seen: Sequence[Witness]
) -> tuple[Permission, ...]:
    """Return the permissions that a ruling gives only after the change, or on a lower authority, by the interpreter."""
    if not all(is_known(condition, seen[0]) for condition in pair.when) or not _differ(pair, sets, seen):
        return ()
    before, after = (ruling.permitted for ruling in rulings)
    return tuple(
        after[action]
        for action in pair.actions
        if action in after
        and (action not in before or not after[action].authorities <= roles.at_or_over(before[action].authorities))
    )


def _differ(pair: Pair, sets: Sequence[RuleSet], seen: Sequence[Witness]) -> bool:
    """Whether the second state differs from the first by no more than a pair lets it."""
    first, then = (each.evidence.items for each in seen)
    became = {each.item.name for each in pair.becomes if is_known(each, seen[1])}
    changed = {name for name in first.keys() | then.keys() if first.get(name) != then.get(name)} - became
    return changed <= losable(pair, sets) and all(
        name not in then or (name in first and _no_better(first[name], then[name])) for name in changed
    )


def _no_better(first: Known, then: Known) -> bool:
    same = (then.value, then.sd, then.source) == (first.value, first.sd, first.source)
    return same and then.age_s >= first.age_s and then.verified <= first.verified


def losable(pair: Pair, sets: Sequence[RuleSet]) -> frozenset[str]:
    """Return the items that a pair lets go, for sets that bind together."""
    match pair.loses:
        case "any":
            return frozenset(ITEM)
        case "unlisted":
            spots = ((each, clause) for each in sets for _, clause in each.blind_spots())
            return frozenset(ITEM) - {name for each, clause in spots for name in rests_on(each, clause.condition)}
        case named:
            return named


def rests_on(ruleset: RuleSet, condition: Condition) -> Iterator[str]:
    """Yield the items that a condition rests on, through the criteria where it asks for a conclusion."""
    match condition:
        case Observed():
            yield condition.item.name
        case IntentIs() | ActIs() | IdentityIn():
            concludes = {IntentIs: "intent", ActIs: "act"}.get(type(condition))
            for each in ruleset.criteria:
                mine = isinstance(each.concludes, Identity) if concludes is None else each.concludes == concludes
                for clause in each.when if mine else ():
                    yield from rests_on(ruleset, clause.condition)
