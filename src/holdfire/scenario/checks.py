"""What a schema cannot say of a scenario: findings that need more than one field to see.

Each check takes the data as it was read, however broken, so that one fault hides no other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeGuard

from holdfire.errors import Finding
from holdfire.findings import did_you_mean, one_of
from holdfire.logic.checks import in_words, mappings
from holdfire.scenario.rare import rare

if TYPE_CHECKING:
    from collections.abc import Iterator

    from holdfire.errors import Location
    from holdfire.logic.checks import Raw

LISTS = ("sources", "states", "intruders", "sensors", "sites", "bases", "patrols", "options", "observed", "wind_farms",
         "interference", "lights", "warnings", "upkeep")  # fmt: skip
"""Sections whose entries have an id each."""


def find_all(data: Raw) -> Iterator[Finding]:
    """Yield every finding that the file alone can show."""
    yield from _twice(data)
    yield from _citations(data)
    yield from _names(data)
    yield from _hours(data)
    yield from _guards(data)
    yield from rare(data)
    yield from _observed(data)


def _guards(data: Raw) -> Iterator[Finding]:
    states = [state for _, state in mappings(data.get("states"))]
    if states and not any(state.get("guards") is True for state in states):
        yield Finding(("states",), "no state guards its airspace: say `guards: true` of one")


def _twice(data: Raw) -> Iterator[Finding]:
    for section in LISTS:
        first: dict[str, Location] = {}
        for index, entry in mappings(data.get(section)):
            name, loc = entry.get("id"), (section, index)
            if isinstance(name, str) and name in first:
                text = f"id {name!r} names another entry too ({in_words(first[name])}): give each its own"
                yield Finding((*loc, "id"), text)
            elif isinstance(name, str):
                first[name] = loc


def _citations(data: Raw) -> Iterator[Finding]:
    cited = sorted(str(source["id"]) for _, source in mappings(data.get("sources")) if "id" in source)
    for loc, entry in walk({key: value for key, value in data.items() if key != "sources"}):
        given = entry.get("source")
        if loc[:1] == ("options",) and "add" in loc:  # an option may bring the sources of what it adds
            continue
        for index, name in enumerate(given if isinstance(given, list) else []):
            if isinstance(name, str) and name not in cited:
                there = did_you_mean(name, cited) or f": add it there{f', or cite {one_of(cited)}' if cited else ''}"
                yield Finding((*loc, "source", index), f"source {name!r} is not among the sources{there}")


def walk(value: object, loc: Location = ()) -> Iterator[tuple[Location, Raw]]:
    """Yield every mapping in data with its place, the outer before the inner."""
    if isinstance(value, dict):
        yield loc, value
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in children:
        yield from walk(child, (*loc, key))


def is_number(given: object) -> TypeGuard[float]:
    """Whether a value of a file is a number; true and false are none."""
    return isinstance(given, (int, float)) and not isinstance(given, bool)


def ids(data: Raw, section: str) -> list[str]:
    """Return the ids of a section's entries, as far as they have one."""
    return [entry["id"] for _, entry in mappings(data.get(section)) if isinstance(entry.get("id"), str)]


def _names(data: Raw) -> Iterator[Finding]:
    """Yield findings on names of one entry in another."""
    states, bases, patrols = ids(data, "states"), ids(data, "bases"), ids(data, "patrols")
    for index, base in mappings(data.get("bases")):
        for place, aircraft in mappings(base.get("aircraft")):
            yield from _known(("bases", index, "aircraft", place), aircraft, "crew", states, "states")
    for index, patrol in mappings(data.get("patrols")):
        yield from _known(("patrols", index), patrol, "crew", states, "states")
        yield from _known(("patrols", index), patrol, "base", bases, "bases")
    for index, sensor in mappings(data.get("sensors")):
        yield from _known(("sensors", index), sensor, "carrier", patrols, "patrols")


def _known(loc: Location, entry: Raw, key: str, known: list[str], section: str) -> Iterator[Finding]:
    name = entry.get(key)
    if isinstance(name, str) and name not in known:
        yield Finding((*loc, key), f"{key} {name!r} is not among the {section}{or_there(name, known)}")


def or_there(name: object, known: list[str]) -> str:
    """Return the name that was likely meant, or all there are."""
    listed = (
        f": there {'is' if len(known) == 1 else 'are'} {one_of(known, all_of=True)}" if known else ": there are none"
    )
    return did_you_mean(name, known) or listed


def _hours(data: Raw) -> Iterator[Finding]:
    end = data.get("duration_h")
    if not is_number(end) or end <= 0:
        return
    for section, key in (
        ("intruders", "appears_h"),
        ("patrols", "until_h"),
        ("interference", "until_h"),
        ("lights", "appears_h"),
    ):
        for index, entry in mappings(data.get(section)):
            given = entry.get(key)
            last = given.get("high") if isinstance(given, dict) else given
            if is_number(last) and last > end:
                loc = (section, index, key, "high") if isinstance(given, dict) else (section, index, key)
                text = f"{key} {last:g} lies behind the end, duration_h {end:g}: lower it, or lengthen the night"
                yield Finding(loc, text)


def _observed(data: Raw) -> Iterator[Finding]:
    for index, fact in mappings(data.get("observed")):
        kind, loc = fact.get("kind"), ("observed", index)
        if kind in ("outcome", "calibrated") and "figure" not in fact:
            yield Finding(loc, f"'figure' is missing: say beside which figure of a run this {kind} stands")
        if kind == "calibrated" and not fact.get("fitted"):
            yield Finding(loc, "'fitted' is missing: say which numbers were chosen so that it comes out")
        if kind != "outcome" and "naive" in fact:
            yield Finding((*loc, "naive"), "only an outcome is scored beside a naive forecaster: take it out")
        low, high = fact.get("low"), fact.get("high")
        if low is None and (high is not None or "note" not in fact):
            text = "'low' is missing: give the least that a source gives, or say in `note` why no figure is public"
            yield Finding(loc, text)
        if is_number(low) and is_number(high) and low > high:
            yield Finding((*loc, "low"), f"low {low:g} is more than high {high:g}: swap them")
        counted = [str(each.get("id")) for _, each in mappings(data.get("observed")) if is_number(each.get("low"))]
        yield from _naive((*loc, "naive"), fact.get("naive"), counted)


def _naive(loc: Location, naive: object, known: list[str]) -> Iterator[Finding]:
    given = naive if isinstance(naive, dict) else {}
    if isinstance(given.get("times"), str):
        yield from _known(loc, given, "times", known, "observed figures")
    for index, case in mappings(given.get("cases")):
        of, share = case.get("of"), case.get("share")
        if is_number(of) and is_number(share) and share > of:
            yield Finding((*loc, "cases", index, "share"), f"share {share} is more than of {of}: lower it")
