"""A friend's strays: which lines they are, and how many of those stopped; rightly engaged or not, not hostile."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from holdfire.messages.aircraft import Part, Status

if TYPE_CHECKING:
    from collections.abc import Collection

    from holdfire.escalate.ladder import Ladder
    from holdfire.messages.night import OptionNight
    from holdfire.scenario.schema import Scenario

_NOBODY = "none"


def foreign_lines(scenario: Scenario, ladder: Ladder) -> tuple[int, ...]:
    """Return the lines of intruders that are not the other side's; whose those are is the ladder's to say."""
    others = (ladder.exchange and ladder.exchange.other_states) or ()
    return tuple(place for place, group in enumerate(scenario.intruders) if others and group.state not in others)


def with_strays(told: OptionNight, scenario: Scenario, foreign: Collection[int]) -> OptionNight:
    """Return a night with `stopped_strays`; it stays NaN where every group is the other side's or nobody's.

    `stopped` counts strays too: an intruder is whoever enters without leave.
    """
    lines = [place for place in foreign if scenario.intruders[place].state != _NOBODY]
    if not lines:
        return told
    rows = told.aircraft
    strays = (rows["part"] == Part.INTRUDER) & np.isfinite(rows["entered_s"]) & np.isin(rows["line"], lines)
    stopped = strays & np.isin(rows["status"], (Status.SHOT_DOWN, Status.DISRUPTED))
    return replace(told, figures={**told.figures, "stopped_strays": float(stopped.sum())})
