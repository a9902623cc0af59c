"""By which set several that bind together withhold, so that a reader is told of one text at a time.

All of them must permit. So what they withhold together is what one or another withholds by itself, and where all
permit, but no two of them to the same to act, what they withhold between them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import z3

from holdfire.logic.ruleset import Forbid, Permit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from holdfire.examine.cover import Land
    from holdfire.examine.smt.state import Formula
    from holdfire.examine.ways import Side, Way
    from holdfire.messages.actions import Action


@dataclass(frozen=True, slots=True)
class Withholds:
    """One of several sets, which withholds in all of a region.

    Attributes
    ----------
    rules
        Its prohibitions that stand in all of it; there may be none, and the region tells what it misses.
    never
        Whether no rule of it permits the action at all.
    """

    ruleset: str
    rules: tuple[str, ...]
    never: bool


def by_each(side: Side, action: Action, whole: Sequence[Way], land: Land) -> Iterator[tuple[int | None, Sequence[Way]]]:
    """Yield the place of each set of a side with the ways that would satisfy it; no place: what would satisfy all.

    `whole` are the ways of the side as it is; of one set it is they alone that are asked.
    """
    if len(side.binding) == 1:
        yield None, whole
        return
    for place in range(len(side.binding)):
        yield place, side.ways_of(place, action, land)
    each_permits = [ruled.permitted[action] for _, ruled in side.binding]
    if land.meets(*each_permits, z3.Not(side.ruled.permitted[action])):
        yield None, whole


def withholds(side: Side, place: int, action: Action, region: Formula, land: Land) -> Withholds:
    """Return by which rules the set at a place of a side withholds in all of a region."""
    ruleset, ruled = side.binding[place]
    mine = [each for each in ruleset.rules if action in each.actions]
    standing = [
        each.id for each in mine if isinstance(each, Forbid) and not land.meets(region, z3.Not(ruled.stands[each.id]))
    ]
    return Withholds(ruleset.id, tuple(standing), not any(isinstance(each, Permit) for each in mine))
