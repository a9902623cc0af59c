"""One sentence for each difference between two sides."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from holdfire.examine.diff import Difference, Direction
from holdfire.examine.words import authority_in_words, literal_in_words, way_in_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from holdfire.examine.ways import Way
    from holdfire.examine.withheld import Withholds

FEW = 3
"""So many missing things are told as such; of more, it is told when the other side would permit."""

WIDEST = 3
"""Of what is taken out of a region so many are told, the widest; how many more there are is said."""


def sentence(found: Difference, names: tuple[str, str]) -> str:
    """Return a difference: `own airspace, inbound: A permits engage by the crew, B withholds: no look ...`."""
    where, what = way_in_words(found.way), found.action.value
    match found.direction:
        case Direction.OTHER_EXECUTOR:
            return f"{where}: both permit {what}, but not to the same to act"
        case Direction.OTHER_AUTHORITY:
            each = [f"{name} {authority_in_words(roles)}" for name, roles in zip(names, found.by, strict=True)]
            but = f" (but not if {_widest(found.unless, '; or if ')})" if found.unless else ""
            return f"{where}: both permit {what}, {each[0]}, {each[1]}{but}"
        case Direction.STRICTER | Direction.LOOSER:
            first = 0 if found.direction is Direction.STRICTER else 1
            permits = f"{names[first]} permits {what} {authority_in_words(found.by[first])}"
            as_does = _as_does(found.as_does) if found.as_does else ""
            return f"{where}: {permits}, {names[1 - first]} withholds{reason(found.unless, as_does)}"


def _as_does(found: Withholds) -> str:
    """Return which of several sets withholds, and by which rules: ` as germany-2026 does (DE-4 forbids it)`."""
    forbid = f"{' and '.join(found.rules)} forbid{'s' if len(found.rules) == 1 else ''} it" if found.rules else ""
    why = "no rule of it permits it" if found.never else forbid
    return f" as {found.ruleset} does{f' ({why})' if why else ''}"


def reason(unless: Sequence[Way], as_does: str = "") -> str:
    """Return why the other side withholds: what it misses if that is little, else when it would permit."""
    if not unless:
        return f" it{as_does}"
    only = unless[0]
    if len(unless) == 1 and len(only.cube) <= FEW and not only.choices:
        missed = sorted(literal_in_words(replace(each, so=not each.so)) for each in only.cube)
        return f"{f' it{as_does}' if as_does else ''}: {', or '.join(missed)}"
    return f" it{as_does}, unless {_widest(unless, '; or ')}"


def _widest(unless: Sequence[Way], joined: str) -> str:
    """Return the widest of some ways, in the order in which they stand, and how many more there are."""
    told = sorted(unless, key=lambda way: way.size)[:WIDEST]
    rest = len(unless) - len(told)
    said = joined.join(way_in_words(way) for way in unless if way in told)
    return said + (f"{joined}in one of {rest} narrower ways" if rest > 1 else f"{joined}in a narrower way" * rest)
