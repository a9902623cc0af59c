"""One sentence for each difference between two sides."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from holdfire.examine.diff import Difference, Direction
from holdfire.examine.words import authority_in_words, literal_in_words, way_in_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from holdfire.examine.ways import Way

FEW = 3
"""So many missing things are told as such; of more, it is told when the other side would permit."""


def sentence(found: Difference, names: tuple[str, str]) -> str:
    """Return a difference: `own airspace, inbound: A permits engage by the crew, B withholds: no look ...`."""
    where, what = way_in_words(found.way), found.action.value
    match found.direction:
        case Direction.OTHER_EXECUTOR:
            return f"{where}: both permit {what}, but not to the same to act"
        case Direction.OTHER_AUTHORITY:
            each = [f"{name} {authority_in_words(roles)}" for name, roles in zip(names, found.by, strict=True)]
            but = "; or if ".join(map(way_in_words, found.unless))
            return f"{where}: both permit {what}, {each[0]}, {each[1]}{f' (but not if {but})' if but else ''}"
        case Direction.STRICTER | Direction.LOOSER:
            first = 0 if found.direction is Direction.STRICTER else 1
            permits = f"{names[first]} permits {what} {authority_in_words(found.by[first])}"
            return f"{where}: {permits}, {names[1 - first]} withholds{reason(found.unless)}"


def reason(unless: Sequence[Way]) -> str:
    """Return why the other side withholds: what it misses if that is little, else when it would permit."""
    if not unless:
        return " it"
    only = unless[0]
    if len(unless) == 1 and len(only.cube) <= FEW and not only.choices:
        missed = sorted(literal_in_words(replace(each, so=not each.so)) for each in only.cube)
        return f": {', or '.join(missed)}"
    return f" it, unless {'; or '.join(map(way_in_words, unless))}"
