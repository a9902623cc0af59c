"""From the name of an option to what it changes: `visual+more-patrols~reaction`, worked out for one scenario.

A name is one of the scenario's own options or one of the catalogue's; several are joined by `+`. Each part is worked
out against the scenario as its file has it, so that their order changes nothing but which rule set stands. What the
scenario has already is left out only after that: `radar+visual` ends as `visual` does.
"""

from __future__ import annotations

import copy
import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from holdfire import catalogue
from holdfire.errors import Finding, InputError, UnknownNameError
from holdfire.findings import did_you_mean, one_of
from holdfire.logic.checks import mappings
from holdfire.logic.option_reaction import WAYS
from holdfire.scenario.change import Change, NoSenseError, citing, joined
from holdfire.scenario.construct import constructed
from holdfire.scenario.constructs.reacts import reacts
from holdfire.scenario.constructs.rules import guards
from holdfire.scenario.constructs.values import addresses
from holdfire.scenario.own import AS_WRITTEN, REACTION
from holdfire.scenario.sense import senseless

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from holdfire.logic.checks import Raw
    from holdfire.logic.option_entry import OptionEntry
    from holdfire.logic.option_reaction import Way


ALREADY: Final = "as the scenario has it already"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a name, worked out; `provokes` are the ways in which the other side may adapt to it.

    `already` is whether it comes from the catalogue and the scenario has all that it would change; `more` whether it
    stands for more than rules.
    """

    id: str
    title: str
    change: Change
    provokes: tuple[Way, ...]
    already: bool = False
    more: bool = False


def spelled_out(data: Raw) -> tuple[Raw, list[Finding]]:
    """Return a sound scenario's data with options that use the catalogue as plain changes, and what is wrong there."""
    findings, options = [], []
    for index, entry in mappings(data.get("options")):
        made = entry
        if isinstance(entry.get("uses"), str):
            try:
                made = _spelled(data, entry)
            except InputError as error:
                findings.append(Finding(("options", index, "uses"), str(error)))
        options.append(made)
    return ({**data, "options": options} if options else data), findings


def _spelled(data: Raw, entry: Raw) -> Raw:
    """Return an option with the changes that what it uses means in a scenario; it is adapted to as that is."""
    uses: str = entry["uses"]
    others: Raw = {**data, "options": [each for each in data.get("options") or () if each is not entry]}
    parts = _parts(others, uses)
    ways = dict.fromkeys(way for part in parts for way in part.provokes)
    kept = {"id": entry["id"], "title": entry["title"], "stands_for": meaning(others, uses)}
    return {**_together(data, uses, parts), "provokes": list(ways), **kept}


def expanded(data: Raw, expression: str, shelf: Mapping[str, OptionEntry] | None = None) -> Raw:
    """Return the plain option (`id`, `title`, and `rules`, `set`, `add` as needed) that a name means in a scenario.

    One that the scenario has already is an `id` and a `title` that says so. What is on `shelf` stands for the entry of
    that id in the catalogue.

    Raises `UnknownNameError` for a part that nothing is called, `NoSenseError` for one that means nothing here, and
    `InputError` where two parts contradict each other.
    """
    return _together(data, expression, _parts(data, expression, shelf))


def _parts(data: Raw, expression: str, shelf: Mapping[str, OptionEntry] | None = None) -> list[Part]:
    """Return the parts of a name, worked out; raises as `expanded`, and for a part to which the other side adapts."""
    names, own = _names(expression), _own(data)
    for name in names if expression != names[0] else ():
        means = own.get(name, name)
        if means.endswith(REACTION):
            message = (
                f"{expression!r}: the other side adapts in {name} already, which stands for {means}: "
                f"join what it adapts to, and end in {REACTION}"
            )
            raise InputError(message)
    return [part_of(data, name, shelf) for name in names]


def _together(data: Raw, expression: str, parts: Sequence[Part]) -> Raw:
    """Return the plain option that the parts of a name come to."""
    changes = [(part.id, part.change) for part in parts]
    titles = [part.title for part in parts]
    if expression.endswith(REACTION):
        changes.append(("the reaction", reaction(data, expression, [way for part in parts for way in part.provokes])))
        titles.append("the other side adapts")
    whole, notes = joined(changes)
    _bind(data, whole)
    change = _anew(data, whole)
    notes += [f"nothing is left of {part.id}" for part in parts if part.more and _gave_way(part.change, whole)]
    notes += [f"the scenario has {part.id} already" for part in parts if part.already] if change else [ALREADY]
    title = "; ".join(titles) + (f" ({'; '.join(notes)})" if notes else "")
    entry = {"id": expression, "title": title, **change.entry()}
    if (stands_for := meaning(data, expression)) != expression:
        entry["stands_for"] = stands_for
    made: Raw = json.loads(json.dumps(entry))  # nothing in it is shared
    return made


def meaning(data: Raw, expression: str) -> str:
    """Return a name with what each of the scenario's own options in it stands for, down to the catalogue.

    What stands twice then counts where it stands last, as of two rule sets the later one binds. An id that joins
    nothing, as `a+a`, stands for itself.
    """
    own = _own(data)
    if own.get(expression, expression) != expression:
        return own[expression]
    try:
        names = _names(expression)
    except InputError:
        return expression
    whole: dict[str, None] = {}
    for name in names:
        means = own.get(name, name)
        for each in [name] if means.endswith(REACTION) else means.split("+"):
            whole.pop(each, None)
            whole[each] = None
    return "+".join(whole) + (REACTION if expression.endswith(REACTION) else "")


def _own(data: Raw) -> dict[str, str]:
    """Return what each of a scenario's own options uses, by its id; of one that states its changes, its id."""
    entries = data.get("options") or ()
    return {str(each["id"]): str(each.get("stands_for") or each.get("uses") or each["id"]) for each in entries}


def _gave_way(change: Change, whole: Change) -> bool:
    """Whether a change is of rules alone, and others stand instead of every one of them."""
    only = not (change.set or any(change.add.values()))
    return only and all(whole.rules[state] != name for state, name in change.rules.items())


def _names(expression: str) -> list[str]:
    """Return the parts that a name joins; raises `InputError` for one that is empty or twice there, or a `~` before."""
    together, *more = expression.split(REACTION)
    names = together.split("+")
    if any(more):
        whole = "".join((together, *more))
        message = f"{expression!r}: {REACTION} comes last and once, as {whole}{REACTION}, of all parts together"
        raise InputError(message)
    if not all(names) or len(more) > 1:
        message = (
            f"{expression!r} has an empty part: join options by one +, as visual+more-patrols, and end in {REACTION}"
        )
        raise InputError(message)
    for name in names:
        if names.count(name) > 1:
            message = f"{expression!r} names {name!r} {names.count(name)} times: name it once"
            raise InputError(message)
    return names


def reaction(data: Raw, named: str, ways: Sequence[Way]) -> Change:
    """Return how the other side adapts to an option, so named, that provokes some ways to.

    Raises `NoSenseError` where nobody in the scenario can adapt so; it says why.
    """
    usual = catalogue.load_reaction("usual")
    change, reasons = reacts(data, usual, [way for way in WAYS if way in ways])
    if not change:
        why = "; ".join(reasons) or ("nobody comes" if ways else "it provokes nothing")
        option = named.removesuffix(REACTION)
        message = f"the other side cannot adapt to {option} in {data['id']}: {why}; take it without {REACTION}"
        raise NoSenseError(message)
    return citing(change, "reaction", usual.sources)


def _bind(data: Raw, change: Change) -> None:
    """Bind crews that an option brings as it binds the state that guards, so that the order of parts is all one."""
    host = next((change.rules[state] for state in guards(data) if state in change.rules), None)
    for state in change.add.get("states", []) if host else ():
        state["ruleset"] = host


def listed(data: Raw) -> list[Raw]:
    """Return the options of a scenario's data, or the one of a scenario that lists none."""
    return list(data.get("options") or [AS_WRITTEN.model_dump(include={"id", "title"})])


def part_of(data: Raw, name: str, shelf: Mapping[str, OptionEntry] | None = None) -> Part:
    """Return one part of a name, worked out; takes and raises as `expanded`."""
    own = {entry["id"]: entry for entry in listed(data)}
    if name in own:
        return _own_part(data, own[name])
    known = catalogue.ids("options")
    if name not in known:
        there = did_you_mean(name, [*own, *known])
        message = (
            f"no option is called {name!r}{there} (the scenario has {one_of(tuple(own), all_of=True)}; "
            f"holdfire options lists the catalogue)"
        )
        raise UnknownNameError(message)
    return worked_out(data, (shelf or {}).get(name) or catalogue.load_option(name))


def _own_part(data: Raw, entry: Raw) -> Part:
    if isinstance(entry.get("uses"), str):
        entry = _spelled({**data, "options": []}, entry)
    change = Change(*(copy.deepcopy(entry.get(name, {})) for name in ("rules", "set", "add")))
    ways = entry.get("provokes")
    return Part(entry["id"], entry["title"], change, tuple(_provoked(change) if ways is None else ways))


def _provoked(change: Change) -> Iterator[Way]:
    """Yield how the other side may adapt to a scenario's own option: as to those of the catalogue that are like it."""
    shelf = [catalogue.load_option(name) for name in catalogue.ids("options")]
    named = set(change.rules.values())
    for entry in shelf:
        if entry.kind == "rules" and named & set(entry.changes.rules.values()):
            yield from entry.provokes
    if change.set or change.add:
        yield from ("decoys", "other-routes")


def worked_out(data: Raw, entry: OptionEntry) -> Part:
    """Return what an option of the catalogue changes in a scenario; raises `NoSenseError` where it means nothing."""
    if why := senseless(data, entry):
        message = f"{entry.id} makes no sense in {data['id']}: {why}"
        raise NoSenseError(message)
    made = constructed(data, entry)
    change = citing(made, entry.id, entry.sources)
    already = not _anew(data, replace(made, add={**made.add, "upkeep": []}))
    if not made or (already and entry.changes.scale):  # at its bound already, which is not what the option has
        message = f"{entry.id} makes no sense in {data['id']}: it changes nothing there"
        raise NoSenseError(message)
    return Part(entry.id, entry.title, change, tuple(entry.provokes), already, entry.kind != "rules")


def _anew(data: Raw, change: Change) -> Change:
    """Return a change without what the scenario has already: rule sets that bind, and values that stand."""
    binding = {state["id"]: state["ruleset"] for state in data["states"]}
    binding["chain"] = (data.get("chain") or {}).get("ruleset")
    rules = {state: name for state, name in change.rules.items() if binding.get(state) != name}
    stands = {address: dict(addresses(data, address.split("."), None)).get(address) for address in change.set}
    return Change(
        rules, {address: value for address, value in change.set.items() if stands[address] != value}, change.add
    )
