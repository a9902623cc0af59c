"""Regions and states of evidence in words that a lawyer can read."""

from __future__ import annotations

from dataclasses import replace
from math import inf, isfinite
from typing import TYPE_CHECKING, Final, assert_never

from holdfire.logic.conditions import Members, Observed, Range, Within
from holdfire.logic.words import ROLE_WORDS, age, quantity, roles_in_words, title, value_in_words
from holdfire.messages.authority import EVERY_ROLE, Role
from holdfire.messages.vocabulary import INDEX, ITEM, ITEMS, Kind
from holdfire.units import in_words, number

if TYPE_CHECKING:
    from collections.abc import Iterable

    from holdfire.examine.literals import Choice, Cube, Literal
    from holdfire.examine.smt.search import Witness
    from holdfire.examine.ways import Way
    from holdfire.messages.actions import Action
    from holdfire.messages.ruling import RuleState, Ruling
    from holdfire.messages.vocabulary import Item

_FIRST: Final = (
    "occupancy", "status", "visual_class", "visual_load", "seen_as", "transponder", "iff", "flight_plan", "radio",
    "airspace", "zone", "origin", "depth_m", "inside_s", "direction", "attack",
)  # fmt: skip
"""What it is, what it answers, where it is and where it goes are told first; the rest as in the vocabulary."""
_PLACE: Final = {
    name: place for place, name in enumerate((*_FIRST, *(item.name for item in ITEMS if item.name not in _FIRST)))
}
_SHORT: Final = {
    ("airspace", "own"): "own airspace", ("status", "state"): "state aircraft", ("status", "civil"): "civil aircraft",
    ("occupancy", "crewed"): "crewed", ("occupancy", "uncrewed"): "uncrewed", ("direction", "inbound"): "inbound",
    ("direction", "outbound"): "outbound", ("direction", "parallel"): "parallel to the border",
}  # fmt: skip
ALTERNATIVES: Final = 4
"""So many alternatives of a choice are told; the JSON document has all."""
_SEEN: Final = {"visual_class": "look", "visual_load": "look at its load"}


def way_in_words(way: Way) -> str:
    """Return what holds: `own airspace, inbound, and either transponder silent or ...`."""
    parts = [cube_in_words(way.cube)] if way.cube else []
    choices = map(_choice_in_words, way.choices)
    return ", and ".join([*parts, *(f"either {choice}" for choice in sorted(choices))]) or "always"


def _choice_in_words(choice: Choice) -> str:
    """Return the alternatives of a choice; of many, the shortest, and how many others there are."""
    told = sorted(sorted(map(cube_in_words, choice)), key=len)[:ALTERNATIVES]
    rest = len(choice) - len(told)
    return " or ".join([*sorted(told), *([f"{rest} more" if rest > 1 else "one more"] if rest else [])])


def cube_in_words(cube: Cube) -> str:
    """Return literals in words, in the fixed order of subjects."""
    ordered = sorted(cube, key=lambda each: (_PLACE[each.condition.item.name], not each.holds, literal_in_words(each)))
    return ", ".join(map(literal_in_words, ordered)) or "always"


def literal_in_words(literal: Literal) -> str:
    """Return one literal: what is known, or what is not."""
    condition = literal.condition
    if condition.item.name in _SEEN and isinstance(condition.test, Within):
        return _look(literal, condition.test)
    asked = _asked(condition) if literal.holds else _denied(condition)
    if literal.so:
        return asked + _terms(condition, denied=not literal.holds)
    if literal.holds:
        return f"{_not_known(condition)}{_terms(condition)}"
    return f"{_asked(condition)} or not known{_terms(condition)}"


def _terms(condition: Observed, *, denied: bool = False) -> str:
    """Return how old, how well and how long; of what is denied, that it was not so all that time."""
    parts = [f" at most {in_words(condition.max_age_s, 's')} ago"] if isfinite(condition.max_age_s) else []
    parts += [" verified"] if condition.verified else []
    if condition.for_s > 0:
        span = in_words(condition.for_s, "s")
        parts.append(f" at some moment of the last {span}" if denied else f" for {span}")
    return f" ({','.join(parts).strip()})" if parts else ""


def _look(literal: Literal, test: Within) -> str:
    """Return what a look says; of what nobody saw, that no look says so."""
    condition, item = literal.condition, literal.condition.item
    span = f" at most {in_words(condition.max_age_s, 's')} old" if isfinite(condition.max_age_s) else ""
    told = _listed(item, test.codes if literal.holds else _rest(item, test.codes))
    rest = _terms(replace(condition, max_age_s=inf), denied=not literal.holds)
    return f"{'a' if literal.so else 'no'} {_SEEN[item.name]}{span} that says {told}{rest}"


def _asked(condition: Observed) -> str:
    item = condition.item
    match condition.test:
        case Within(codes):
            return _is(item, codes)
        case Members() if item.name == "done":
            return f"{_members(item, condition.test)} done"
        case Members():
            return f"{_set(item)} {_members(item, condition.test)}"
        case Range(low, high):
            return f"{title(item)} {_bounds(item, low, high)}"
        case _ as unreachable:
            assert_never(unreachable)


def _denied(condition: Observed) -> str:
    """Return that a condition is known not to hold."""
    item = condition.item
    match condition.test:
        case Within(codes):
            rest = _rest(item, codes)
            if len(rest) <= len(codes):
                return _is(item, rest)
            return f"{title(item)} known not to be {_listed(item, codes)}"
        case Members():
            return _members_denied(item, condition.test)
        case Range(low, high):
            below = [f"less than {quantity(item, low)}"] if isfinite(low) else []
            above = [f"more than {quantity(item, high)}"] if isfinite(high) else []
            return f"{title(item)} {' or '.join(below + above)}"
        case _ as unreachable:
            assert_never(unreachable)


def _members_denied(item: Item, test: Members) -> str:
    counted, named = test.at_least > 0 or isfinite(test.at_most), bool(test.every or test.some)
    if named and not counted and not test.some and item.name == "done":
        return f"{_listed(item, test.every)} not done"
    if named and not counted and not test.every:
        return f"{'never seen as' if item.name == 'seen_as' else f'{_set(item)} none of'} {_listed(item, test.some)}"
    if not named and not isfinite(test.at_most):
        return f"{_set(item)} fewer than {number(test.at_least)}"
    if not named and test.at_least <= 0:
        return f"{_set(item)} more than {number(test.at_most)}"
    return f"{_set(item)} known not to be {_members(item, test)}"


def _not_known(condition: Observed) -> str:
    """Return that a condition is not known to hold."""
    item = condition.item
    match condition.test:
        case Within(codes) if item.kind is Kind.FLAG:
            return f"not known to be {_is(item, codes)}"
        case Within(codes):
            return f"{title(item)} not known to be {_listed(item, codes)}"
        case Members(every) if item.name == "done" and condition.test == Members(every):
            return f"{_listed(item, every)} not on record"
        case Members():
            return f"{_set(item)} not known to be {_members(item, condition.test)}"
        case Range(low, high):
            return f"{title(item)} not known to be {_bounds(item, low, high)}"
        case _ as unreachable:
            assert_never(unreachable)


def _is(item: Item, codes: Iterable[int]) -> str:
    values = [item.values[code] for code in sorted(codes)]
    if item.kind is Kind.FLAG:
        return title(item) if values == ["true"] else f"not {title(item)}"
    if len(values) == 1 and (item.name, values[0]) in _SHORT:
        return _SHORT[item.name, values[0]]
    return f"{title(item)} {_listed(item, codes)}"


def _set(item: Item) -> str:
    return {"seen_as": "ever seen as", "done": "actions done", "warned": "warnings given"}.get(item.name, title(item))


def _members(item: Item, test: Members) -> str:
    parts = [_listed(item, test.every, "and")] if test.every else []
    parts += [_listed(item, test.some)] if test.some else []
    parts += [f"at least {number(test.at_least)}"] if test.at_least > 0 else []
    parts += [f"at most {number(test.at_most)}"] if isfinite(test.at_most) else []
    return " and ".join(parts) or "any"


def _bounds(item: Item, low: float, high: float) -> str:
    if low == high:
        return f"exactly {quantity(item, low)}"
    parts = [f"at least {quantity(item, low)}"] if isfinite(low) else []
    parts += [f"at most {quantity(item, high)}"] if isfinite(high) else []
    return " and ".join(parts)


def _rest(item: Item, codes: Iterable[int]) -> frozenset[int]:
    return frozenset(range(len(item.values))) - frozenset(codes)


def _listed(item: Item, codes: Iterable[int], last: str = "or") -> str:
    return f" {last} ".join(item.values[code] for code in sorted(codes))


def authority_in_words(roles: Iterable[Role]) -> str:
    """Return `by the crew or the police`."""
    return "by " + " or ".join(f"the {ROLE_WORDS[role]}" for role in ROLE_WORDS if role in frozenset(roles))


def witness_in_words(witness: Witness) -> str:
    """Return everything that is known in a state."""
    known = sorted(witness.evidence.items.items(), key=lambda each: _PLACE[each[0]])
    parts = []
    for name, found in known:
        item = ITEM[name]
        old = f" ({age(found.age_s)})" if found.age_s > 0 else ""
        parts.append(f"{title(item)} {value_in_words(item, found)}{old}")
    for lasting, held in sorted(witness.held.items(), key=lambda each: INDEX[each[0].item]):
        if held.true_s > 0:
            parts.append(f"{_asked(Observed(ITEM[lasting.item], lasting.test))} for {in_words(held.true_s, 's')}")
    return ", ".join(parts) or "nothing is known"


def ruling_in_words(ruling: Ruling, action: Action) -> str:
    """Return what a ruling says of an action, by which rules; of several sets, by whose."""
    permission = ruling.permitted.get(action)
    if permission is not None:
        usual = permission.executors in ({Role.CREW}, EVERY_ROLE)
        acting = "" if usual else f"; to act: {roles_in_words(permission.executors) or 'nobody'}"
        return f"{authority_in_words(permission.authorities)} ({_rules(ruling, permission.rules)}{acting})"
    withheld = ruling.withheld[action]
    if withheld.forbidden_by:
        return f"withheld (forbidden by {_rules(ruling, withheld.forbidden_by)})"
    missing = _rules(ruling, withheld.missing)
    return f"withheld (not all is known that {missing} asks)" if withheld.missing else "withheld"


def _rules(ruling: Ruling, states: Iterable[RuleState]) -> str:
    told = (each.rule if each.ruleset == ruling.ruleset else f"{each.ruleset} {each.rule}" for each in states)
    return ", ".join(dict.fromkeys(told)) or "always"
