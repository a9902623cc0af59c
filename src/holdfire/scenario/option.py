"""An option: what it changes in a scenario, applied to the data and checked again as a whole.

Whatever is wrong only under an option is found at the option's own lines.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from holdfire.errors import ContentError, Finding, HoldfireError, Location, UnknownNameError
from holdfire.findings import did_you_mean, one_of
from holdfire.logic.checks import in_words, mappings
from holdfire.scenario.address import locate, put
from holdfire.scenario.checks import ids, or_there
from holdfire.scenario.own import AS_WRITTEN
from holdfire.scenario.schema import Scenario

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from holdfire.logic.checks import Raw

_TOLD = ("id", "title", "kind", "summary", "sources", "options", "observed", "validation")
"""What a file says of itself; an option changes the night."""

Places = list[tuple[Location, Location]]
"""Where each change of an option took hold, and where in the option it is written."""


def with_option(data: Raw, option: str) -> Raw:
    """Return the data of a sound scenario as an option has it; its list of options keeps that one's name only.

    Raises `UnknownNameError`, or `ContentError` where the option leads nowhere.
    """
    if "options" not in data:
        data = {**data, "options": [{"id": AS_WRITTEN.id, "title": AS_WRITTEN.title}]}
    known = ids(data, "options")
    if option not in known:
        there = f"{did_you_mean(option, known)} (it has {one_of(known, all_of=True)})"
        message = f"{data.get('id')} has no option {option!r}{there}"
        raise UnknownNameError(message)
    index, entry = next((index, entry) for index, entry in mappings(data["options"]) if entry["id"] == option)
    changed, _, findings = _apply(data, index, entry)
    if findings:
        raise ContentError(findings)
    return {**changed, "options": [{"id": option, "title": entry["title"]}]}


def rule_sets(data: Raw, option: str) -> dict[str, str]:
    """Return the rule set of each state, and of the chain of command where it has one, under an option.

    Empty where this version does not read the data, which may be of old results.
    """
    try:
        night = with_option(dict(data), option)
        rules = {str(state["id"]): str(state["ruleset"]) for state in night["states"]}
        chain = (night.get("chain") or {}).get("ruleset")
    except (HoldfireError, LookupError, TypeError):
        return {}
    return rules | ({"chain": str(chain)} if chain else {})


def check_options(data: Raw, check: Callable[[Raw], Sequence[Finding]], *, twins: bool = False) -> Iterator[Finding]:
    """Yield what is wrong under each option and not without it; `check` finds what is wrong with a night.

    That two options are the same night is wrong unless `twins` are allowed.
    """
    known = set(check(_bare(data)))
    nights: list[tuple[Location, str, Raw]] = []
    for index, entry in mappings(data.get("options")):
        loc = ("options", index)
        if "uses" in entry:  # not spelled out, since the scenario itself is at fault
            continue
        changed, places, findings = _apply(data, index, entry)
        yield from findings
        night = _bare(changed)
        if not (findings or twins):
            yield from _twin(loc, night, nights)
            nights.append((loc, str(entry.get("id")), night))
        for finding in check(night):
            if finding not in known:
                yield Finding(_own_place(loc, finding.loc, places), finding.text)


def _twin(loc: Location, night: Raw, before: list[tuple[Location, str, Raw]]) -> Iterator[Finding]:
    for other, name, same in before:
        if same == night:
            text = f"this option is the same night as {name!r} ({in_words(other)}): change something, or take it out"
            yield Finding(loc, text)
            return


def _bare(data: Raw) -> Raw:
    return {key: value for key, value in data.items() if key != "options"}


def _own_place(option: Location, loc: Location, places: Places) -> Location:
    """Return where in an option that is written which makes a place of the night wrong."""
    for place, written in places:
        depth = min(len(place), len(loc))
        if place[:depth] == loc[:depth]:
            return (*written, *loc[depth:]) if "add" in written else written
    return option


def _apply(data: Raw, index: int, entry: Raw) -> tuple[Raw, Places, list[Finding]]:
    """Return the changed data, where each change took hold, and what is wrong with the changes themselves."""
    findings: list[Finding] = []
    data, places = _longer(data, index, entry)
    for written, state, address, value in _changes(("options", index), entry):
        try:
            place = _place(data, address) if state is None else _place_of_ruleset(data, state)
        except ValueError as error:
            findings.append(Finding(written, str(error)))
            continue
        places.append((place, written))
        try:
            data = put(data, place, value)
        except (AttributeError, TypeError):  # the scenario itself is broken there, which is told elsewhere
            continue
    return data, places, findings


def _longer(data: Raw, index: int, entry: Raw) -> tuple[Raw, Places]:
    """Return the data with what an option adds behind its lists, and where each entry stands there and is written."""
    places: Places = []
    added = entry.get("add")
    for section, more in added.items() if isinstance(added, dict) else ():
        there = data.get(section, [])
        if not (isinstance(more, list) and isinstance(there, list)):  # told elsewhere
            continue
        data = {**data, section: [*there, *copy.deepcopy(more)]}
        written = ("options", index, "add", section)
        places += [((section, len(there) + place), (*written, place)) for place in range(len(more))]
    return data, places


def _changes(loc: Location, entry: Raw) -> Iterator[tuple[Location, str | None, str, Any]]:
    """Yield where each change is written, the state whose rule set it is or nothing, the address, and its value."""
    rules, values = entry.get("rules"), entry.get("set")
    for state, ruleset in rules.items() if isinstance(rules, dict) else ():
        yield (*loc, "rules", state), str(state), "ruleset", ruleset
    for address, value in values.items() if isinstance(values, dict) else ():
        yield (*loc, "set", address), None, str(address), value


def _place_of_ruleset(data: Raw, state: str) -> Location:
    if state == "chain":
        return "chain", "ruleset"
    for index, each in mappings(data.get("states")):
        if each.get("id") == state:
            return "states", index, "ruleset"
    message = f"{state!r} is not among the states{or_there(state, ids(data, 'states'))}"
    raise ValueError(message)


def _place(data: Raw, address: str) -> Location:
    first, *_, last = address.split(".")[0], address.split(".")[-1]
    if first in _TOLD:
        message = f"{first} is what the file says of itself, and an option changes the night: leave it out"
        raise ValueError(message)
    if last == "ruleset":
        message = f"{address} is a rule set: write it under rules, as {{PL: visual-confirmation}}"
        raise ValueError(message)
    return locate(Scenario, data, address)
