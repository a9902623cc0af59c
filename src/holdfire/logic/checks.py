"""What a schema cannot say: findings in a rule-set file that need more than one field to see.

Each check takes the data as it was read, however broken, so that one fault hides no other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from holdfire.errors import Finding
from holdfire.findings import did_you_mean, one_of
from holdfire.messages.authority import Role, role_order
from holdfire.messages.identity import DECIDED
from holdfire.messages.vocabulary import ITEM, Kind

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
    cited = inherited | {str(source.get("id")) for _, source in mappings(data.get("sources"))}
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
    seen: set[str] = set()
    sources = (((("sources", i)), source) for i, source in mappings(data.get("sources")))
    for kind, found in (("source", sources), ("rule or criterion", entries(data))):
        seen.clear()
        for loc, entry in found:
            name = entry.get("id")
            if isinstance(name, str) and name in seen:
                yield Finding((*loc, "id"), f"id {name!r} names another {kind} too: give each its own")
            seen.add(str(name))


def _dates(data: Raw) -> Iterator[Finding]:
    effective = data.get("effective")
    if isinstance(effective, dict):
        begin, end = effective.get("from"), effective.get("until")
        if isinstance(begin, str) and isinstance(end, str) and end < begin:
            yield Finding(("effective", "until"), f"until {end} lies before from {begin}: swap them")


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
        if name not in cited:
            text = f"source {name!r} is not among the sources of this file{did_you_mean(name, cited)}"
            yield Finding((*loc, "source", index), text)


def _declares(loc: Location, entry: Raw) -> Iterator[Finding]:
    declared = entry.get("declares")
    if declared in {"unknown-identity", "pending"}:
        text = f"{declared} is what remains where no criterion holds: declare {one_of([str(i) for i in DECIDED])}"
        yield Finding((*loc, "declares"), text)


def _rule(loc: Location, rule: Raw) -> Iterator[Finding]:
    permit, forbid = rule.get("permit"), rule.get("forbid")
    if (permit is None) == (forbid is None):
        yield Finding(loc, "a rule permits or forbids: write one of permit and forbid")
    for key in ("permit", "forbid"):
        actions = rule.get(key)
        if isinstance(actions, list) and "observe" in actions:
            yield Finding((*loc, key, actions.index("observe")), "observe is always permitted: leave it out")
    if permit is not None and rule.get("by") is None:
        yield Finding(loc, "'by' is missing: say who authorises")
    if forbid is not None:
        for key in ("by", "executed_by", "after"):
            if key in rule:
                yield Finding((*loc, key), f"{key} belongs to a permission: a prohibition binds everyone at once")


def _clauses(loc: Location, entry: Raw, cited: frozenset[str]) -> Iterator[Finding]:
    when = entry.get("when")
    if not isinstance(when, dict):
        return
    for name, test in when.items():
        if isinstance(test, dict):
            place = (*loc, "when", name)
            yield from _release(place, test, forbids="forbid" in entry)
            yield from _citations(place, test, cited)
            if name in ITEM:
                yield from _test(place, name, test)


def _release(loc: Location, test: Raw, *, forbids: bool) -> Iterator[Finding]:
    if "on_unknown" in test and not forbids:
        text = "on_unknown belongs to a prohibition: anything else holds only where it is known to hold"
        yield Finding((*loc, "on_unknown"), text)
    if test.get("on_unknown") == "release" and not test.get("source"):
        yield Finding((*loc, "on_unknown"), "a release needs a source: say whose text lets go where nothing is known")


def _test(loc: Location, name: str, test: Raw) -> Iterator[Finding]:
    kind = ITEM[name].kind
    needed = {
        Kind.CHOICE: ("in", "not_in"),
        Kind.FLAG: ("is",),
        Kind.SET: ("includes", "includes_any", "at_least", "at_most"),
        Kind.NUMBER: ("at_least", "at_most"),
    }[kind]
    given = [key for key in needed if key in test]
    if not given and kind is not Kind.FLAG:
        yield Finding(loc, f"{name} is asked nothing: write {one_of(needed)}")
    if kind is Kind.CHOICE and len(given) == len(needed):
        yield Finding(loc, f"{name} has both in and not_in: write one of them")
    low, high = test.get("at_least"), test.get("at_most")
    if isinstance(low, (int, float)) and isinstance(high, (int, float)) and low > high:
        yield Finding((*loc, "at_least"), f"at_least {low} is more than at_most {high}: nothing can be both")
