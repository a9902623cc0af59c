"""From the name of an option to what it changes: `visual+more-patrols~reaction`, worked out for one scenario.

A name is one of the scenario's own options or one of the catalogue's; several are joined by `+`. Each part is worked
out against the scenario as its file has it, so that their order changes nothing but which rule set stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from holdfire import catalogue
from holdfire.errors import Finding, InputError, UnknownNameError
from holdfire.findings import did_you_mean, one_of
from holdfire.logic.checks import mappings
from holdfire.scenario.change import Change, NoSenseError, joined, without_change
from holdfire.scenario.constructs.rules import rules
from holdfire.scenario.constructs.values import fixed, scaled
from holdfire.scenario.own import AS_WRITTEN, REACTION
from holdfire.scenario.sense import senseless

if TYPE_CHECKING:
    from holdfire.logic.checks import Raw
    from holdfire.logic.option_entry import OptionEntry


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a name, worked out; `provokes` are the ways in which the other side may adapt to it."""

    id: str
    title: str
    change: Change
    provokes: tuple[str, ...]


def spelled_out(data: Raw) -> tuple[Raw, list[Finding]]:
    """Return a sound scenario's data with options that use the catalogue as plain changes, and what is wrong there."""
    findings, options = [], []
    for index, entry in mappings(data.get("options")):
        made = entry
        if isinstance(entry.get("uses"), str):
            try:
                made = {**expanded(data, entry["uses"]), "id": entry["id"], "title": entry["title"]}
            except InputError as error:
                findings.append(Finding(("options", index, "uses"), str(error)))
        options.append(made)
    return ({**data, "options": options} if options else data), findings


def expanded(data: Raw, expression: str) -> Raw:
    """Return the plain option (`id`, `title`, and `rules`, `set`, `add` as needed) that a name means in a scenario.

    Raises `UnknownNameError` for a part that nothing is called, `NoSenseError` for one that means nothing here, and
    `InputError` where two parts contradict each other.
    """
    body = expression.removesuffix(REACTION)
    parts = [part_of(data, name) for name in body.split("+")]
    change, gave_way = joined((part.id, part.change) for part in parts)
    title = "; ".join(part.title for part in parts)
    if gave_way:
        title += f" ({'; '.join(gave_way)})"
    return {"id": expression, "title": title, **change.entry()}


def listed(data: Raw) -> list[Raw]:
    """Return the options of a scenario's data, or the one of a scenario that lists none."""
    return list(data.get("options") or [AS_WRITTEN.model_dump(include={"id", "title"})])


def part_of(data: Raw, name: str) -> Part:
    """Return one part of a name, worked out; raises as `expanded`."""
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
    return worked_out(data, catalogue.load_option(name))


def _own_part(data: Raw, entry: Raw) -> Part:
    if isinstance(entry.get("uses"), str):
        made = expanded({**data, "options": []}, entry["uses"])
        entry = {**made, "id": entry["id"], "title": entry["title"]}
    change = Change(*(dict(entry.get(name, {})) for name in ("rules", "set", "add")))
    return Part(entry["id"], entry["title"], change, ())


def worked_out(data: Raw, entry: OptionEntry) -> Part:
    """Return what an option of the catalogue changes in a scenario; raises `NoSenseError` where it means nothing."""
    if why := senseless(data, entry):
        message = f"{entry.id} makes no sense in {data['id']}: {why}"
        raise NoSenseError(message)
    given = entry.changes
    made = [(entry.id, each) for each in (rules(data, given.rules), scaled(data, given.scale), fixed(data, given.fix))]
    change = without_change(data, joined(made)[0])
    if not change:
        message = f"{entry.id} makes no sense in {data['id']}: it changes nothing there"
        raise NoSenseError(message)
    return Part(entry.id, entry.title, change, tuple(entry.provokes))
