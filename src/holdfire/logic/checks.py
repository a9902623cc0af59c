"""What a schema cannot say: findings in a rule-set file that need more than one field to see.

Each check takes the data as it was read, however broken, so that one fault hides no other.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any, TypeGuard

from holdfire.errors import Finding
from holdfire.findings import did_you_mean, one_of
from holdfire.messages.authority import Role, role_order
from holdfire.messages.identity import DECIDED
from holdfire.messages.vocabulary import ITEM, Item, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from holdfire.errors import Location

Raw = dict[str, Any]
SECTIONS = ("intent", "act", "identity", "rules")


def mappings(value: object) -> Iterator[tuple[int, Raw]]:
    """Yield the mappings of a list with their places; nothing where it is no list."""
    if isinstance(value, list):
        yield from ((index, entry) for index, entry in enumerate(value) if isinstance(entry, dict))


def entries(data: Raw) -> Iterator[tuple[Location, Raw]]:
    """Yield every criterion and rule of a file, those of `replace` and `add` too, with its place."""
    for top in ((), ("replace",), ("add",)):
        holder = data.get(top[0]) if top else data
        if isinstance(holder, dict):
            for section in SECTIONS:
                for index, entry in mappings(holder.get(section)):
                    yield (*top, section, index), entry


def find_all(data: Raw, inherited: frozenset[str]) -> Iterator[Finding]:
    """Yield every finding; `inherited` are the ids of the sources of the parent, for a variant."""
    cited = inherited | {str(source["id"]) for _, source in mappings(data.get("sources")) if "id" in source}
    yield from _twice(data)
    yield from _dates(data)
    yield from _roles(data)
    for loc, entry in entries(data):
        yield from _citations(loc, entry, cited)
        yield from _clauses(loc, entry, cited)
        if "rules" in loc:
            yield from _rule(loc, entry)
        if "identity" in loc:
            yield from _declares(loc, entry)


def _twice(data: Raw) -> Iterator[Finding]:
    sources = ((("sources", index), source) for index, source in mappings(data.get("sources")))
    for kind, found in (("source", sources), ("rule or criterion", entries(data))):
        first: dict[str, Location] = {}
        for loc, entry in found:
            name = entry.get("id")
            if isinstance(name, str) and name in first:
                text = f"id {name!r} names another {kind} too ({in_words(first[name])}): give each its own"
                yield Finding((*loc, "id"), text)
            elif isinstance(name, str):
                first[name] = loc


def in_words(loc: Location) -> str:
    """Return where an entry stands, for people: `entry 2 of rules`."""
    *names, index = loc
    return f"entry {int(index) + 1} of {'.'.join(map(str, names))}"


def _dates(data: Raw) -> Iterator[Finding]:
    effective = data.get("effective")
    if isinstance(effective, dict):
        begin, end = as_day(effective.get("from")), as_day(effective.get("until"))
        if begin and end and end < begin:
            yield Finding(("effective", "until"), f"until {end} lies before from {begin}: swap them")


def as_day(given: object) -> date | None:
    """Return the day that a text names as `2025-10-09`; nothing for anything else."""
    if not isinstance(given, str) or not re.fullmatch(r"\d{4}-\d\d-\d\d", given):
        return None
    try:
        return date.fromisoformat(given)
    except ValueError:  # no such day
        return None


def _roles(data: Raw) -> Iterator[Finding]:
    declared = data.get("roles")
    if not isinstance(declared, dict):
        return
    names = {role.value for role in Role}
    over = {}
    for name, role in declared.items():
        lower = role.get("over", []) if isinstance(role, dict) else []
        if name in names and isinstance(lower, list) and names.issuperset(map(str, lower)):
            over[Role(name)] = [Role(entry) for entry in lower]
    try:
        role_order(over)
    except ValueError as error:
        yield Finding(("roles",), str(error))


def _citations(loc: Location, entry: Raw, cited: frozenset[str]) -> Iterator[Finding]:
    given = entry.get("source")
    for index, name in enumerate(given if isinstance(given, list) else []):
        if isinstance(name, str) and name not in cited:
            there = did_you_mean(name, cited) or f": add it there{_or_cite(cited)}"
            yield Finding((*loc, "source", index), f"source {name!r} is not among the sources{there}")


def _or_cite(cited: frozenset[str]) -> str:
    return f", or cite {one_of(sorted(cited))}" if cited else ""


def _declares(loc: Location, entry: Raw) -> Iterator[Finding]:
    declared = entry.get("declares")
    if declared in ("unknown-identity", "pending"):
        text = f"{declared} is what remains where no criterion holds: declare {one_of([str(i) for i in DECIDED])}"
        yield Finding((*loc, "declares"), text)


def _rule(loc: Location, rule: Raw) -> Iterator[Finding]:
    permits, forbids = "permit" in rule, "forbid" in rule
    if permits and forbids:
        yield Finding((*loc, "forbid"), "a rule either permits or forbids: write two rules")
    elif permits and "by" not in rule:
        yield Finding(loc, "'by' is missing: say who authorises")
    elif forbids:
        text = "belongs to a permission, a prohibition binds everyone: leave it out"
        yield from (Finding((*loc, key), f"{key} {text}") for key in ("by", "executed_by", "after") if key in rule)
    elif not permits:
        yield Finding(loc, "a rule either permits or forbids: write permit or forbid")
    for key in ("permit", "forbid"):
        actions = rule.get(key)
        if isinstance(actions, list) and "observe" in actions:
            yield Finding((*loc, key, actions.index("observe")), "observe is always permitted: leave it out")


def _clauses(loc: Location, entry: Raw, cited: frozenset[str]) -> Iterator[Finding]:
    when = entry.get("when")
    if isinstance(when, dict):
        yield from conditions((*loc, "when"), when, cited, forbids="forbid" in entry)


def conditions(loc: Location, when: Raw, cited: frozenset[str], *, forbids: bool = False) -> Iterator[Finding]:
    """Yield every finding in the conditions that stand at a place; `cited` are the ids of the file's sources."""
    for name, test in when.items():
        place = (*loc, name)
        if name == "identity":
            yield from _pending(place, test)
        if isinstance(test, dict):
            yield from _release(place, test, forbids=forbids)
            yield from _citations(place, test, cited)
            if name in ITEM:
                yield from _test(place, ITEM[name], test)


def _pending(loc: Location, test: object) -> Iterator[Finding]:
    named = test.get("in") if isinstance(test, dict) else test
    if named == "pending" or (isinstance(named, list) and "pending" in named):
        yield Finding(loc, "pending is an identity that is not settled, and no rule can ask for that: leave it out")


def _release(loc: Location, test: Raw, *, forbids: bool) -> Iterator[Finding]:
    if "on_unknown" in test and not forbids:
        text = "on_unknown belongs to a prohibition, all else holds only where it is known to hold: leave it out"
        yield Finding((*loc, "on_unknown"), text)
    if test.get("on_unknown") == "release" and not test.get("source"):
        yield Finding((*loc, "on_unknown"), "a release needs a source: say whose text lets go where nothing is known")


_NEEDED = {
    Kind.CHOICE: ("in", "not_in"),
    Kind.FLAG: ("is",),
    Kind.SET: ("includes", "includes_any", "at_least", "at_most"),
    Kind.NUMBER: ("at_least", "at_most"),
}


def _test(loc: Location, item: Item, test: Raw) -> Iterator[Finding]:
    needed = _NEEDED[item.kind]
    given = [key for key in needed if key in test]
    if not given and not set(test) - _MODIFIERS and item.kind is not Kind.FLAG:
        yield Finding(loc, f"{item.name} is asked nothing: write {one_of(needed)}")
    if item.kind is Kind.CHOICE and len(given) == len(needed):
        yield Finding(loc, f"{item.name} has both in and not_in: write one of them")
    low, high = test.get("at_least"), test.get("at_most")
    if _is_number(low) and _is_number(high) and low > high:
        yield Finding((*loc, "at_least"), f"at_least {low} is more than at_most {high}, and nothing is both: swap them")
    yield from _never(loc, item, test)


_MODIFIERS = {"max_age_s", "for_s", "verified", "confidence", "on_unknown", "source"}


def _is_number(given: object) -> TypeGuard[float]:
    return isinstance(given, (int, float)) and not isinstance(given, bool)


def _never(loc: Location, item: Item, test: Raw) -> Iterator[Finding]:
    """Yield findings where no value can pass: a prohibition that asks so would never stand."""
    excluded, count = test.get("not_in"), len(item.values)
    if isinstance(excluded, list) and {str(value) for value in excluded} >= set(item.values):
        yield Finding((*loc, "not_in"), f"not_in leaves no value of {item.name}: name fewer")
    if item.kind is not Kind.SET:
        return
    low, high, every = test.get("at_least"), test.get("at_most"), test.get("includes")
    if _is_number(low) and low > count:
        yield Finding(
            (*loc, "at_least"), f"at_least {low} is more than the {count} that {item.name} can have: lower it"
        )
    needed = len({str(value) for value in every}) if isinstance(every, list) else 0
    if _is_number(high) and high < needed:
        yield Finding((*loc, "at_most"), f"at_most {high} is less than the {needed} that includes needs: raise it")
