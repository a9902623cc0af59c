"""Conditions and evidence in words, as a ruling and a table show them."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, assert_never

from holdfire.logic.conditions import (
    DEFAULT_CONFIDENCE,
    ActIs,
    Assessed,
    Condition,
    IdentityIn,
    IntentIs,
    Members,
    Observed,
    Range,
    Within,
)
from holdfire.messages.authority import ROLES, Role
from holdfire.messages.identity import CONCLUSIONS
from holdfire.messages.truth import Truth
from holdfire.messages.vocabulary import Kind
from holdfire.units import in_words, number, span_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from holdfire.messages.assessment import Assessment
    from holdfire.messages.evidence import Evidence, Known
    from holdfire.messages.vocabulary import Item


def condition_in_words(condition: Condition) -> str:
    """Return a condition as a phrase: `speed at most 50 m/s (180 km/h), verified`."""
    if not isinstance(condition, Observed):
        return _assessed(condition)
    parts = [_asked(condition)]
    if isfinite(condition.max_age_s):
        parts.append(f"at most {in_words(condition.max_age_s, 's')} old")
    if condition.verified:
        parts.append("verified")
    if condition.for_s > 0:
        parts.append(f"for {in_words(condition.for_s, 's')}")
    return ", ".join(parts)


def evidence_in_words(condition: Condition, evidence: Evidence, assessment: Assessment) -> str:
    """Return what is known about what a condition asks, with source and age."""
    if not isinstance(condition, Observed):
        return _found(condition, assessment)
    item = condition.item
    found = evidence.items.get(item.name)
    if found is None:
        return "not known"
    said = f"{value_in_words(item, found)} ({found.source}, {age(found.age_s)})"
    if evidence.known(item.name, condition.max_age_s) is None:
        return f"too old: {said}"
    return f"not verified: {said}" if condition.verified and not found.verified else said


_TITLES = {
    "cpa_m": "closest approach",
    "time_to_cpa_s": "time to closest approach",
    "done": "actions done",
    "iff": "IFF",
    "position_sigma_m": "position's standard deviation",
    "warned_s": "time since the first warning",
    "inside_s": "time inside",
}


ROLE_WORDS = {
    Role.CREW: "crew",
    Role.MISSION_COMMANDER: "mission commander",
    Role.AIR_OPERATIONS_COMMANDER: "air operations commander",
    Role.POLICE: "police",
    Role.INTERIOR: "interior ministry",
    Role.NATIONAL_AUTHORITY: "national authority",
}


def roles_in_words(roles: Iterable[Role]) -> str:
    """Return who may authorise, any one of them, for people."""
    given = frozenset(roles)
    return " or ".join(ROLE_WORDS[role] for role in ROLES if role in given)


def title(item: Item) -> str:
    """Return an item's name for people: `people at risk`, `speed`."""
    name = _TITLES.get(item.name, item.name)
    for suffix in ("_m_s", "_m", "_s"):
        if item.kind is Kind.NUMBER and name.endswith(suffix):
            name = name.removesuffix(suffix)
            break
    return name.replace("_", " ")


def value_in_words(item: Item, found: Known) -> str:
    """Return a known value for people, with its standard deviation where it has one."""
    value = found.value
    if isinstance(value, frozenset):
        return ", ".join(sorted(value)) or "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return value
    spread = f" ± {quantity(item, found.sd)}" if found.sd > 0 else ""
    return quantity(item, value) + spread


def quantity(item: Item, value: float) -> str:
    """Return a number of an item with its unit, but for people, whom the item's name counts already."""
    return number(value) if item.unit == "people" else in_words(value, item.unit)


def age(age_s: float) -> str:
    """Return an age for people."""
    return "now" if age_s == 0 else f"{span_in_words(age_s)} ago"


def _asked(condition: Observed) -> str:
    item = condition.item
    match condition.test:
        case Within(codes) if item.kind is Kind.FLAG:
            return title(item) if codes == {1} else f"not {title(item)}"
        case Within(codes):
            return f"{title(item)} {_listed(item.values[code] for code in sorted(codes))}"
        case Members(every, some, low, high):
            asked = [_members(item, every, some), *_counted(low, high)]
            return " ".join([title(item), " and ".join(part for part in asked if part)])
        case Range(low, high, confidence):
            sure = "" if confidence == DEFAULT_CONFIDENCE else f" (at {confidence:.4g})"
            return f"{title(item)} {_bounds(item, low, high)}{sure}"
        case _ as unreachable:
            assert_never(unreachable)


def _listed(names: Iterable[str], last: str = "or") -> str:
    given = list(names)
    return given[0] if len(given) == 1 else f"{', '.join(given[:-1])} {last} {given[-1]}"


def _members(item: Item, every: frozenset[int], some: frozenset[int]) -> str:
    parts = []
    if every:
        parts.append(f"include {_listed((item.values[code] for code in sorted(every)), 'and')}")
    if some:
        parts.append(f"include {_listed(item.values[code] for code in sorted(some))}")
    return " and ".join(parts)


def _counted(low: float, high: float) -> list[str]:
    least = [f"at least {number(low)}"] if low > 0 else []
    return [*least, *([f"at most {number(high)}"] if isfinite(high) else [])]


def _bounds(item: Item, low: float, high: float) -> str:
    if low == high:
        return f"exactly {quantity(item, low)}"
    parts = [f"at least {quantity(item, low)}"] if isfinite(low) else []
    if isfinite(high):
        parts.append(f"at most {quantity(item, high)}")
    return " and ".join(parts)


def _assessed(condition: Assessed) -> str:
    match condition:
        case IntentIs(value):
            return "hostile intent" if value else "no hostile intent"
        case ActIs(value):
            return "hostile act" if value else "no hostile act"
        case IdentityIn(identities):
            return f"identity {_listed(name for name in CONCLUSIONS if name in identities)}"
        case _ as unreachable:
            assert_never(unreachable)


def _found(condition: Assessed, assessment: Assessment) -> str:
    match condition:
        case IntentIs():
            return _finding(assessment.intent.truth, assessment.intent.criteria)
        case ActIs():
            return _finding(assessment.act.truth, assessment.act.criteria)
        case IdentityIn():
            return _by(assessment.identity.settled, assessment.identity.criteria)
        case _ as unreachable:
            assert_never(unreachable)


def _finding(truth: Truth, criteria: tuple[str, ...]) -> str:
    said = {Truth.TRUE: "met", Truth.FALSE: "not met", Truth.UNKNOWN: "not settled by what is known"}
    return _by(said[truth], criteria)


def _by(said: str, criteria: tuple[str, ...]) -> str:
    return f"{said} ({', '.join(criteria)})" if criteria else said
