"""What each field of an option's `changes` means in a scenario: all constructs, one after another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from holdfire.scenario.change import Change, joined
from holdfire.scenario.constructs.along import orbits, spread, standing
from holdfire.scenario.constructs.elsewhere import called, neighbours
from holdfire.scenario.constructs.kept import kept
from holdfire.scenario.constructs.patrolled import patrolled
from holdfire.scenario.constructs.rules import rules
from holdfire.scenario.constructs.sent import package, units
from holdfire.scenario.constructs.values import closing, fixed, scaled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from holdfire.logic.checks import Raw
    from holdfire.logic.option_entry import OptionEntry


def constructed(data: Raw, entry: OptionEntry) -> Change:
    """Return all that an option of the catalogue changes in a sound scenario's data."""
    made = joined((entry.id, change) for change in _each(data, entry))[0]
    return joined((entry.id, change) for change in (made, kept(data, made, entry.changes.upkeep, entry.id)))[0]


def _each(data: Raw, entry: OptionEntry) -> Iterator[Change]:
    given, name = entry.changes, entry.id
    yield rules(data, given.rules)
    yield scaled(data, given.scale)
    yield fixed(data, given.fix)
    yield closing(data, given.closing)
    if given.orbits:
        yield orbits(data, given.orbits, name)
    if given.neighbours:
        yield neighbours(data, given.neighbours, name)
    if given.warnings:
        yield called(data, given.warnings, name)
    if given.units:
        yield units(data, given.units, name)
    if given.package:
        yield package(data, given.package, name)
    if given.patrols:
        yield patrolled(data, given.patrols, name)
    yield from (spread(data, each, name) for each in given.spread)
    yield from (standing(data, each, name) for each in given.stand)
