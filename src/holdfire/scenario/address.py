"""Where a field of a scenario stands, as an option names it: `patrols.cap-east.number`.

A part of an address is a field of a mapping, or the name of an entry of a list: its `id`, or for entries
without one their `role` or `platform`.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from holdfire.findings import did_you_mean, one_of, shown
from holdfire.logic.parse import fields_at
from holdfire.scenario.checks import LISTS

if TYPE_CHECKING:
    from pydantic import BaseModel

    from holdfire.errors import Location
    from holdfire.logic.checks import Raw

NAMED_BY = ("id", "role", "platform")


def locate(model: type[BaseModel], data: Raw, address: str) -> Location:
    """Return where the field of an address stands in the data of a model, be it written there or left to its default.

    Raises `ValueError`, which says how far the address leads and what there is.
    """
    here: Any = data
    loc: Location = ()
    parts = address.split(".")
    for depth, part in enumerate(parts):
        so_far = ".".join(parts[:depth])
        if isinstance(here, list):
            index = _entry(here, part, so_far)
            loc, here = (*loc, index), here[index]
        else:
            known = {*here, *fields_at(model, loc)} if isinstance(here, dict) else set()
            _require_field(part, known, so_far, here)
            loc, here = (*loc, part), here.get(part, [] if part in LISTS and not loc else {})
    return loc


def name_of(entry: object) -> str | None:
    """Return what an entry of a list is called in addresses."""
    if not isinstance(entry, dict):
        return None
    return next((str(entry[key]) for key in NAMED_BY if key in entry), None)


def _entry(entries: list[Any], name: str, so_far: str) -> int:
    names = [name_of(entry) for entry in entries]
    if names.count(name) == 1:
        return names.index(name)
    if name in names:
        message = f"{so_far} has {names.count(name)} entries called {name!r}: no address can tell them apart"
        raise ValueError(message)
    known = [each for each in names if each is not None]
    raise ValueError(_unknown(so_far, name, known))


def _require_field(name: str, known: set[str], so_far: str, here: object) -> None:
    if not isinstance(here, dict):
        message = f"{so_far} is {shown(here)} and has no {name!r} in it: end the address there"
        raise ValueError(message)  # noqa: TRY004  # of an address that somebody wrote
    if name not in known:
        raise ValueError(_unknown(so_far or "the scenario", name, sorted(known)))


def _unknown(so_far: str, name: str, known: list[str]) -> str:
    there = did_you_mean(name, known) or (f": it has {one_of(known, all_of=True)}" if known else ": it is empty")
    return f"{so_far} has no {name!r}{there}"


def put(data: Raw, loc: Location, value: object) -> Raw:
    """Return the data with another value at a place that `locate` found; the data itself is left as it is."""
    changed = copy.deepcopy(data)
    here: Any = changed
    for part in loc[:-1]:
        here = here[int(part)] if isinstance(here, list) else here.setdefault(part, {})
    here[loc[-1]] = copy.deepcopy(value)
    return changed
